"""The official default chain, place by place, and a profile that a stack names.

The order is the library's (`DefaultCredentialsProvider`), and so is each place; what
it lacks is to say why a place gave nothing. Pure but for the reading itself: the
environment is handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pulumi_alicloud_mediaconvert.access.credentials import (
    Credentials,
    LostCredentialsError,
    UnusableError,
)
from pulumi_alicloud_mediaconvert.errors import ConfigurationError, Tried
from pulumi_alicloud_mediaconvert.text import plain

if TYPE_CHECKING:
    from pulumi_alicloud_mediaconvert.access.alibabacloud_chain import KeysProvider

OIDC_NAMES = (
    "ALIBABA_CLOUD_ROLE_ARN",
    "ALIBABA_CLOUD_OIDC_PROVIDER_ARN",
    "ALIBABA_CLOUD_OIDC_TOKEN_FILE",
)
CLI_PROFILES = ".aliyun/config.json"
INI_PROFILES = ".alibabacloud/credentials.ini"
PROFILE = "ALIBABA_CLOUD_PROFILE"
CLI_DISABLED = "ALIBABA_CLOUD_CLI_PROFILE_DISABLED"
INI_FILE = "ALIBABA_CLOUD_CREDENTIALS_FILE"
ECS_DISABLED = "ALIBABA_CLOUD_ECS_METADATA_DISABLED"
ECS_ROLE = "ALIBABA_CLOUD_ECS_METADATA"
ECS_V1_DISABLED = "ALIBABA_CLOUD_IMDSV1_DISABLED"
URI = "ALIBABA_CLOUD_CREDENTIALS_URI"
NONE_ANY_MORE = "the credentials are no longer available"
NO_HOME = "the home directory is unknown: HOME is not set"
CHAIN_NAMES = (
    *OIDC_NAMES,
    "ALIBABA_CLOUD_ROLE_SESSION_NAME",
    "ALIBABA_CLOUD_STS_REGION",
    "ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED",
    *(PROFILE, CLI_DISABLED, INI_FILE, ECS_DISABLED, ECS_ROLE, ECS_V1_DISABLED, URI),
    *("HOME", "USERPROFILE"),
)


@dataclass(frozen=True)
class CredentialSource:
    """Where credentials may be.

    Attributes:
        name: as the user knows it.
        absent: says why it need not be read; empty if it must be.
        make: build the library's provider.
    """

    name: str
    absent: Callable[[], str]
    make: Callable[[], KeysProvider]


class SourcesReader:
    """Reads the first of several sources that gives credentials, and stays with it.

    Args:
        find_sources: name the sources in their order, as they are now.
        refused: makes the error of the sources that gave none.
    """

    def __init__(
        self,
        find_sources: Callable[[], Iterable[CredentialSource]],
        refused: Callable[[Sequence[Tried]], ConfigurationError],
    ) -> None:
        self._find_sources = find_sources
        self._refused = refused
        self._source: CredentialSource | None = None
        self._provider: KeysProvider | None = None
        self.looking_at = "credentials"

    def forget(self) -> None:
        """Forget what the library remembers, and read it again at the same place."""
        self._provider = None

    def read(self) -> Credentials:
        """Return the credentials of now.

        Raises:
            ConfigurationError: no source gives any, each with its reason.
            LostCredentialsError: the source that gave some may give some again.
        """
        if self._source is not None:
            # Another source may be another account's.
            try:
                return self._read_at(self._source)
            except UnusableError as error:
                tried = [Tried((self._source.name,), str(error))]
                if error.is_transient:
                    raise LostCredentialsError(NONE_ANY_MORE, tried=tried) from None
                refused = self._refused(tried)
                raise ConfigurationError(
                    NONE_ANY_MORE,
                    setting=refused.setting,
                    tried=tried,
                    next_steps=refused.next_steps,
                ) from None
        tried = []
        for source in self._find_sources():
            try:
                found = self._read_at(source)
            except UnusableError as error:
                tried.append(Tried((source.name,), str(error)))
                self._provider = None
            else:
                self._source = source
                return found
        raise self._refused(tried)

    def _read_at(self, source: CredentialSource) -> Credentials:
        from pulumi_alicloud_mediaconvert.access import alibabacloud_chain  # noqa: PLC0415  # costs 0.4 s

        self.looking_at = source.name
        if self._provider is None:
            self._provider = alibabacloud_chain.build(lambda: _made(source))
        return alibabacloud_chain.read(self._provider)


def default_chain(environ: Mapping[str, str]) -> Iterator[CredentialSource]:
    """Name the places of the default chain, after the keys of the environment.

    Args:
        environ: values without blanks around them; may be empty ones.
    """
    from pulumi_alicloud_mediaconvert.access import alibabacloud_chain  # noqa: PLC0415  # costs 0.4 s

    profile = environ.get(PROFILE) or None
    role, address = environ.get(ECS_ROLE) or None, environ.get(URI, "")
    is_v1_off = _is_on(environ, ECS_V1_DISABLED)
    yield CredentialSource(
        "OIDC",
        lambda: unset_clause(environ, OIDC_NAMES),
        lambda: alibabacloud_chain.oidc(environ),
    )
    yield _cli_source(environ, profile)
    yield _file_source(
        environ.get(INI_FILE) or _at_home(environ, INI_PROFILES),
        f"~/{INI_PROFILES}",
        lambda file: alibabacloud_chain.ini_profile(profile or "default", file),
    )
    yield CredentialSource(
        "the role of an ECS instance",
        lambda: _switched_off(environ, ECS_DISABLED),
        lambda: alibabacloud_chain.ecs_role(role, is_v1_disabled=is_v1_off),
    )
    yield CredentialSource(
        "a credentials URI",
        lambda: unset_clause(environ, (URI,)),
        lambda: alibabacloud_chain.uri(address),
    )


def named_profile(name: str, environ: Mapping[str, str]) -> Iterator[CredentialSource]:
    """Name the one place of a profile of the aliyun CLI.

    Args:
        name: of the profile.
        environ: as for `default_chain`.
    """
    yield _cli_source(environ, name)


def _cli_source(environ: Mapping[str, str], profile: str | None) -> CredentialSource:
    from pulumi_alicloud_mediaconvert.access import alibabacloud_chain  # noqa: PLC0415  # costs 0.4 s

    return _file_source(
        _at_home(environ, CLI_PROFILES),
        f"~/{CLI_PROFILES}",
        lambda file: alibabacloud_chain.cli_profile(profile, file),
        lambda: _switched_off(environ, CLI_DISABLED),
    )


def _file_source(
    file: str | None,
    name: str,
    make: Callable[[str], KeysProvider],
    absent: Callable[[], str] = str,
) -> CredentialSource:
    """Make a place of a file.

    Args:
        file: `None` if nobody knows where it is.
        name: of the file in that case.
        make: build the provider that reads it.
        absent: say why it need not be looked at.
    """
    if file is None:
        return CredentialSource(name, lambda: absent() or NO_HOME, lambda: make(name))
    return CredentialSource(
        plain(file), lambda: absent() or _no_file(file), lambda: make(file)
    )


def _made(source: CredentialSource) -> KeysProvider:
    """Build the provider of a place.

    Raises:
        UnusableError: there is no need to, or it cannot be built.
    """
    if why := source.absent():
        raise UnusableError(why)
    return source.make()


def unset(holder: Mapping[str, str], names: Sequence[str]) -> list[Tried]:
    """Return which of these are not there, and which are there but empty."""
    groups = {
        "not set": tuple(name for name in names if name not in holder),
        "empty": tuple(name for name in names if name in holder and not holder[name]),
    }
    return [Tried(group, why) for why, group in groups.items() if group]


def unset_clause(holder: Mapping[str, str], names: Sequence[str]) -> str:
    """Say which of these are not there, and which are there but empty."""
    return "; ".join(
        f"{', '.join(one.names)} {one.why}" for one in unset(holder, names)
    )


def _at_home(environ: Mapping[str, str], path: str) -> str | None:
    if home := environ.get("HOME") or environ.get("USERPROFILE"):
        return str(Path(home) / path)
    try:
        return str(Path.home() / path)
    except RuntimeError:
        # The system does not know the user, as in many containers.
        return None


def _no_file(path: str) -> str:
    try:
        Path(path).stat()
    except (FileNotFoundError, NotADirectoryError):
        return "no such file"
    except OSError:
        # Whoever reads it says why that fails.
        pass
    return ""


def _is_on(environ: Mapping[str, str], name: str) -> bool:
    return environ.get(name, "").lower() == "true"


def _switched_off(environ: Mapping[str, str], name: str) -> str:
    return f"switched off by {name}" if _is_on(environ, name) else ""
