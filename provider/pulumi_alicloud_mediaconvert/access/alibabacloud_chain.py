"""The official library's providers of credentials, quiet and without its thread.

Importing this module costs 0.4 s, so it is imported when credentials are looked up.
The library reads its environment when it is imported, lets what a profile lacks be
filled in from there, and keeps a thread for the role of an ECS instance: here every
place is told what to read, half a key pair is refused, and there is no thread. Nor does
it write the keys of a command into the user's profiles. What a login by OAuth renews
it has to write there: the old token is worth nothing after that.

Source: `alibabacloud_credentials.provider`, version 1.0.12.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from alibabacloud_credentials.provider import (
    CLIProfileCredentialsProvider,
    EcsRamRoleCredentialsProvider,
    OIDCRoleArnCredentialsProvider,
    ProfileCredentialsProvider,
    URLCredentialsProvider,
)

from pulumi_alicloud_mediaconvert.access.alibabacloud_failures import (
    LOG_IN,
    in_our_words,
)
from pulumi_alicloud_mediaconvert.access.credentials import Credentials, UnusableError
from pulumi_alicloud_mediaconvert.access.external_command import ExternalCommand
from pulumi_alicloud_mediaconvert.access.profile_files import (
    cli_profiles,
    ini_sections,
)
from pulumi_alicloud_mediaconvert.text import in_quotes, joined

# What a profile of each kind cannot do without: the library would take it from the
# environment, and so make a pair of two halves.
NEEDED_BY_MODE: Mapping[str, Sequence[str]] = {
    "AK": ("access_key_id", "access_key_secret"),
    "StsToken": ("access_key_id", "access_key_secret", "sts_token"),
    "RamRoleArn": ("access_key_id", "access_key_secret", "ram_role_arn"),
    "ChainableRamRoleArn": ("source_profile", "ram_role_arn"),
    "External": ("process_command",),
    "OIDC": ("ram_role_arn", "oidc_provider_arn", "oidc_token_file"),
    "CloudSSO": (
        "cloud_sso_sign_in_url",
        "cloud_sso_account_id",
        "cloud_sso_access_config",
    ),
}
NEEDED_BY_TYPE: Mapping[str, Sequence[str]] = {
    "access_key": ("access_key_id", "access_key_secret"),
    "ram_role_arn": ("access_key_id", "access_key_secret", "role_arn"),
    "oidc_role_arn": ("role_arn", "oidc_provider_arn", "oidc_token_file_path"),
    "rsa_key_pair": ("public_key_id", "private_key_file"),
}
# Modes in which a person has to log in by hand, once in a while.
LOGIN_MODES = frozenset({"CloudSSO", "OAuth"})


class Keys(Protocol):
    """Credentials as the library returns them."""

    def get_access_key_id(self) -> str | None:
        """Return the ID of the access key."""

    def get_access_key_secret(self) -> str | None:
        """Return its secret."""

    def get_security_token(self) -> str | None:
        """Return the token of a temporary key."""


class KeysProvider(Protocol):
    """A provider of the library: it blocks, and renews by itself."""

    def get_credentials(self) -> Keys:
        """Return the credentials of now."""


class CliProfile(CLIProfileCredentialsProvider):  # type: ignore[misc]  # untyped
    """A profile of the aliyun CLI.

    Args:
        name: of the profile; `None`: the one that is current.
        file: that holds it.
    """

    def __init__(self, name: str | None, file: str) -> None:
        super().__init__(profile_name=name, profile_file=file)
        self._name = name
        self._file = file
        self._made: KeysProvider | None = None
        self._on_the_way: list[str] = []

    def get_credentials(self) -> Keys:
        """Return the credentials of now."""
        if self._made is None:
            current, profiles = cli_profiles(self._file)
            self._on_the_way = []
            self._made = self._get_credentials_provider(
                {"profiles": profiles}, self._name or current
            )
        return self._made.get_credentials()

    def _get_credentials_provider(
        self, config: dict[str, Any], profile_name: str | None
    ) -> Any:  # noqa: ANN401  # of the library
        if not profile_name:
            raise UnusableError("it names no current profile")
        named = [one for one in config["profiles"] if one.get("name") == profile_name]
        where = f"profile {in_quotes(str(profile_name))}"
        if not named:
            raise UnusableError(f"it has no {where}")
        if profile_name in self._on_the_way:
            raise UnusableError(
                "it gives no credentials: its profiles refer to each other in a circle"
            )
        self._on_the_way.append(profile_name)
        mode = named[0].get("mode")
        _refuse_half(where, NEEDED_BY_MODE, mode, named[0])
        if mode == "EcsRamRole":
            return ecs_role(named[0].get("ram_role_name"))
        if mode == "External":
            return ExternalCommand(named[0]["process_command"])
        try:
            return super()._get_credentials_provider(config, profile_name)
        except (TypeError, ValueError):
            if mode not in LOGIN_MODES:
                raise
            raise UnusableError(f"the login of {where} has expired; {LOG_IN}") from None


class IniProfile(ProfileCredentialsProvider):  # type: ignore[misc]  # untyped
    """A section of a file of credentials.

    Args:
        name: of the section.
        file: that holds it.
    """

    def __init__(self, name: str, file: str) -> None:
        super().__init__(profile_name=name, profile_file=file)
        self._name = name
        self._file = file
        self._made: KeysProvider | None = None

    def get_credentials(self) -> Keys:
        """Return the credentials of now."""
        if self._made is None:
            section = ini_sections(self._file).get(self._name)
            if section is None:
                raise UnusableError("it has no such section")
            self._made = self._get_credentials_provider(section)
        return self._made.get_credentials()

    def _get_credentials_provider(self, section: Mapping[str, str]) -> Any:  # noqa: ANN401  # of the library
        kind = section.get("type")
        where = f"section {in_quotes(self._name)}"
        _refuse_half(where, NEEDED_BY_TYPE, kind, section)
        if kind == "ecs_ram_role":
            return ecs_role(section.get("role_name"))
        return super()._get_credentials_provider(section)


def cli_profile(name: str | None, file: str) -> KeysProvider:
    """Build the provider of a profile of the aliyun CLI.

    Args:
        name: of the profile; `None`: the one that is current.
        file: that holds it.
    """
    provider: KeysProvider = CliProfile(name, file)
    return provider


def ini_profile(name: str, file: str) -> KeysProvider:
    """Build the provider of a section of a file of credentials."""
    provider: KeysProvider = IniProfile(name, file)
    return provider


def oidc(environ: Mapping[str, str]) -> KeysProvider:
    """Build the provider that trades a token of OIDC for one of STS."""
    in_vpc = environ.get("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED", "").lower() == "true"
    provider: KeysProvider = OIDCRoleArnCredentialsProvider(
        role_arn=environ["ALIBABA_CLOUD_ROLE_ARN"],
        oidc_provider_arn=environ["ALIBABA_CLOUD_OIDC_PROVIDER_ARN"],
        oidc_token_file_path=environ["ALIBABA_CLOUD_OIDC_TOKEN_FILE"],
        role_session_name=environ.get("ALIBABA_CLOUD_ROLE_SESSION_NAME"),
        sts_region_id=environ.get("ALIBABA_CLOUD_STS_REGION"),
        enable_vpc=in_vpc,
    )
    return provider


def ecs_role(name: str | None, *, is_v1_disabled: bool | None = None) -> KeysProvider:
    """Build the provider of the role of an ECS instance.

    Args:
        name: of the role; `None`: the instance knows it.
        is_v1_disabled: whether only the second version of the metadata service is to
            be asked; `None`: as the library finds it.
    """
    provider: KeysProvider = EcsRamRoleCredentialsProvider(
        role_name=name, disable_imds_v1=is_v1_disabled, async_update_enabled=False
    )
    return provider


def uri(address: str) -> KeysProvider:
    """Build the provider that asks an address."""
    provider: KeysProvider = URLCredentialsProvider(uri=address)
    return provider


def build(make: Callable[[], KeysProvider]) -> KeysProvider:
    """Build a provider.

    Raises:
        UnusableError: what it was told cannot be used.
    """
    with in_our_words():
        return make()


def read(provider: KeysProvider) -> Credentials:
    """Read the credentials of now.

    Raises:
        UnusableError: there are none, or no usable ones.
    """
    with in_our_words():
        keys = provider.get_credentials()
        return Credentials(
            keys.get_access_key_id() or "",
            keys.get_access_key_secret() or "",
            keys.get_security_token() or None,
        )


def _refuse_half(
    where: str,
    needed: Mapping[str, Sequence[str]],
    kind: str | None,
    stated: Mapping[str, Any],
) -> None:
    missing = [key for key in needed.get(kind or "", ()) if not stated.get(key)]
    if missing:
        raise UnusableError(f"{where} lacks {joined(missing)}")
