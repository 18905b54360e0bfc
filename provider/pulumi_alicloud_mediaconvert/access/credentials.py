"""Credentials, and how they are looked up again in time.

Where they come from is none of this module's business: see `credential_resolver`.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NoReturn, Protocol

from pulumi_alicloud_mediaconvert.clock import SYSTEM_CLOCK, Clock
from pulumi_alicloud_mediaconvert.errors import ConfigurationError

# The library gives the metadata service of ECS one second for each of its answers by
# itself. This bounds all else it may do, down to a profile's program that hangs.
LOOKUP_SECONDS = 15.0
# The library renews what has less than 15 minutes to live at every look, so that it
# would ask for tokens of 15 minutes before each call of thousands of waits.
RENEWAL_SECONDS = 60.0
# After a look that failed, while earlier credentials may still be good.
RETRY_SECONDS = 10.0
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
                    f"the access key's {name} is empty or contains characters that"
                    " no access key has, such as spaces or typographic quotes; copy it"
                    " again"
                )

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled: what is pickled ends up in a state file."""
        raise TypeError("credentials are not pickled")


class CredentialsSource(Protocol):
    """A source of credentials, asked before every call."""

    async def get(self, *, reload: bool = False) -> Credentials:
        """Return the credentials of now.

        Args:
            reload: forget what was remembered; the API called it expired.

        Raises:
            ConfigurationError: there are none, or just a part of them.
        """


class LostCredentialsError(ConfigurationError):
    """There were credentials, and for a passing reason there are none now."""


class UnusableError(Exception):
    """Why a place gives no credentials, in our own words.

    Attributes:
        is_transient: whether it may give some a moment later.
    """

    def __init__(self, why: str, *, is_transient: bool = False) -> None:
        super().__init__(why)
        self.is_transient = is_transient


class Reader(Protocol):
    """Reads credentials from one place or several: it blocks, and renews by itself.

    Attributes:
        looking_at: the place, as the user knows it.
    """

    looking_at: str

    def read(self) -> Credentials:
        """Return the credentials of now.

        Raises:
            ConfigurationError: there are none; in our own words, since those of the
                library may quote whole answers.
            LostCredentialsError: there were some, and there may be some again.
        """

    def forget(self) -> None:
        """Forget what was remembered, and read it again at the same place."""


class RenewedCredentials:
    """Credentials that are looked up; all who wait share one look-up.

    Args:
        make_reader: build the reader; may import what costs time.
        clock: decides when to look them up again.
        lookup_seconds: the longest time that a look-up may take.
    """

    def __init__(
        self,
        make_reader: Callable[[], Reader],
        *,
        clock: Clock = SYSTEM_CLOCK,
        lookup_seconds: float = LOOKUP_SECONDS,
    ) -> None:
        self._make_reader = make_reader
        self._clock = clock
        self._lookup_seconds = lookup_seconds
        self._reader: Reader | None = None
        self._lookup: asyncio.Task[Credentials] | None = None
        self._last: Credentials | None = None
        self._had_some = False
        self._good_until = 0.0

    async def get(self, *, reload: bool = False) -> Credentials:
        """Return the current credentials, looked up again in time.

        Raises:
            ConfigurationError: none were found in time. Not while earlier ones may
                still be good: a passing fault must not end a long wait.
            LostCredentialsError: there were some, and there may be some again.
        """
        if self._lookup is None or self._lookup.done():
            if reload and self._reader is not None:
                self._reader.forget()
                self._last = None
            elif self._last is not None and self._clock.now() < self._good_until:
                return self._last
            self._lookup = asyncio.create_task(self._look_up())
            self._lookup.add_done_callback(_mark_retrieved)
        # One who gives up must not take the look away from the others.
        return await asyncio.shield(self._lookup)

    async def _look_up(self) -> Credentials:
        good_for = RENEWAL_SECONDS
        try:
            async with asyncio.timeout(self._lookup_seconds):
                self._last = await asyncio.to_thread(self._read)
                self._had_some = True
        except (ConfigurationError, TimeoutError) as error:
            if self._last is None:
                raise self._explained(error) from None
            good_for = RETRY_SECONDS
        self._good_until = self._clock.now() + good_for
        return self._last

    def _read(self) -> Credentials:
        if self._reader is None:
            self._reader = self._make_reader()
        return self._reader.read()

    def _explained(self, error: Exception) -> ConfigurationError:
        if isinstance(error, ConfigurationError):
            return error
        source = self._reader.looking_at if self._reader else "credentials"
        what = f"{source} did not respond within {self._lookup_seconds:g} s"
        if self._had_some:
            return LostCredentialsError(
                f"the credentials are no longer available: {what}"
            )
        return ConfigurationError(f"no credentials: {what}")


def _mark_retrieved(lookup: asyncio.Task[Credentials]) -> None:
    # Where nobody waits any more, asyncio would complain that nobody looked.
    if not lookup.cancelled():
        lookup.exception()
