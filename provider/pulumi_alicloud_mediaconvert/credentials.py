"""Who signs: credentials, and where they come from when asked for.

Keys that were stated are used as they are; a profile of the aliyun CLI and the
official default chain are read by `alibabacloud_credentials`, which is imported only
then: it costs 0.4 s, and reads its environment when it is imported.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NoReturn, Protocol

from pulumi_alicloud_mediaconvert.errors import ConfigurationError

# The library gives the metadata service of ECS one second for each of its answers by
# itself. This bounds all else it may do, down to a profile's program that hangs.
LOOKUP_SECONDS = 15.0
# What goes into a header as it is; the message must not quote what does not fit.
HEADER_TEXT = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Credentials:
    """An access key, with the token that makes it a temporary one.

    Never shown and never pickled.

    Raises:
        ConfigurationError: a part is empty or holds blanks or other characters that
            no key has.
    """

    access_key_id: str = field(repr=False)
    access_key_secret: str = field(repr=False)
    security_token: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Refuse what could not be sent."""
        parts = {
            "ID": self.access_key_id,
            "secret": self.access_key_secret,
            "security token": self.security_token or "-",
        }
        for name, value in parts.items():
            if not HEADER_TEXT.fullmatch(value):
                raise ConfigurationError(
                    f"the access key's {name} is empty or holds characters that none"
                    " has, such as blanks or quotes of a word processor; copy it again"
                )

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled: what is pickled ends up in a state file."""
        raise TypeError("credentials are not pickled")


class CredentialsSource(Protocol):
    """Whoever can be asked for credentials, before every call."""

    async def get(self, *, reload: bool = False) -> Credentials:
        """Return the credentials of now.

        Args:
            reload: forget what was remembered; the API called it expired.

        Raises:
            ConfigurationError: there are none, or just a part of them.
        """


class Keys(Protocol):
    """Credentials as the official library returns them."""

    def get_access_key_id(self) -> str | None:
        """Return the ID of the access key."""

    def get_access_key_secret(self) -> str | None:
        """Return its secret."""

    def get_security_token(self) -> str | None:
        """Return the token of a temporary key."""


class KeysProvider(Protocol):
    """A provider of the official library: it blocks, and refreshes by itself."""

    def get_credentials(self) -> Keys:
        """Return the credentials of now."""


class LibraryCredentials:
    """Credentials from the official library, each look shared by all who wait for it.

    Args:
        make_provider: build the library's provider; may import it.
        explain: say for one of the library's errors what to tell the user. Its own
            text may quote whole answers, so none of it is shown.
        lookup_seconds: the longest time that a look may take.
    """

    def __init__(
        self,
        make_provider: Callable[[], KeysProvider],
        explain: Callable[[Exception], str],
        *,
        lookup_seconds: float = LOOKUP_SECONDS,
    ) -> None:
        self._make_provider = make_provider
        self._explain = explain
        self._lookup_seconds = lookup_seconds
        self._provider: KeysProvider | None = None
        self._lookup: asyncio.Task[Credentials] | None = None
        self._last: Credentials | None = None

    async def get(self, *, reload: bool = False) -> Credentials:
        """Return the credentials of now, refreshed by the library when it is time.

        Raises:
            ConfigurationError: the library found none in time. Not while earlier ones
                may still be good: a passing fault must not end a long wait.
        """
        if self._lookup is None or self._lookup.done():
            if reload:
                self._provider = None
                self._last = None
            self._lookup = asyncio.create_task(self._look_up())
            self._lookup.add_done_callback(_mark_retrieved)
        # One who gives up must not take the look away from the others.
        return await asyncio.shield(self._lookup)

    async def _look_up(self) -> Credentials:
        try:
            async with asyncio.timeout(self._lookup_seconds):
                self._last = await asyncio.to_thread(self._read)
        except ConfigurationError:
            raise
        except Exception as error:  # noqa: BLE001  # the library raises anything
            if self._last is None:
                raise ConfigurationError(self._explain(error)) from None
        return self._last

    def _read(self) -> Credentials:
        if self._provider is None:
            self._provider = self._make_provider()
            _silence_library()
        keys = self._provider.get_credentials()
        return Credentials(
            keys.get_access_key_id() or "",
            keys.get_access_key_secret() or "",
            keys.get_security_token() or None,
        )


def read_default_chain() -> KeysProvider:
    """Build the official default chain: environment, OIDC, profiles, ECS role, URI.

    Source: `alibabacloud_credentials.provider.DefaultCredentialsProvider`.
    """
    from alibabacloud_credentials.provider import (  # noqa: PLC0415  # costs 0.4 s
        DefaultCredentialsProvider,
    )

    provider: KeysProvider = DefaultCredentialsProvider()
    return provider


def read_cli_profile(name: str, file: str | None) -> KeysProvider:
    """Build the provider of one profile of the aliyun CLI.

    Args:
        name: of the profile.
        file: that holds it; by default `~/.aliyun/config.json`.
    """
    from alibabacloud_credentials.provider import (  # noqa: PLC0415  # costs 0.4 s
        CLIProfileCredentialsProvider,
    )

    provider: KeysProvider = CLIProfileCredentialsProvider(
        profile_name=name, profile_file=file
    )
    return provider


def _silence_library() -> None:
    # It prints every failure with its traceback to stderr, once for each import of
    # its two modules; what the user should know is in our own error.
    for name in ("credentials", "apscheduler"):
        logger = logging.getLogger(name)
        logger.handlers = [logging.NullHandler()]
        logger.propagate = False


def _mark_retrieved(lookup: asyncio.Task[Credentials]) -> None:
    # Where nobody waits any more, asyncio would complain that nobody looked.
    if not lookup.cancelled():
        lookup.exception()
