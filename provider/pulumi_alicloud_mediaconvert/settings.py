"""Region, endpoint and credentials: from configuration and environment.

Pure over two mappings: reading them never fails, since `destroy` reads them too.
A problem surfaces when what it concerns is used, as one line that names every place
that was looked at.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn

from pulumi_alicloud_mediaconvert.credentials import (
    Credentials,
    CredentialsSource,
    LibraryCredentials,
    read_cli_profile,
    read_default_chain,
)
from pulumi_alicloud_mediaconvert.errors import ConfigurationError
from pulumi_alicloud_mediaconvert.quoting import quoted

CONFIG_NAMESPACE = "mediaconvert"
CONFIG_REGIONS = ("mediaconvert:region", "alicloud:region")
ENVIRONMENT_REGIONS = (
    "ALIBABA_CLOUD_REGION_ID",
    "ALIBABA_CLOUD_REGION",
    "ALICLOUD_REGION",
)
CONFIG_ENDPOINT = "mediaconvert:endpoint"
ENVIRONMENT_ENDPOINT = "ALIBABA_CLOUD_ICE_ENDPOINT"
CONFIG_NETWORK = "mediaconvert:network"
CONFIG_PROFILE = "alicloud:profile"
# ID, secret and token; each set stands for itself, the first with anything in it wins.
CONFIG_KEY_SETS = (
    ("mediaconvert:accessKey", "mediaconvert:secretKey", "mediaconvert:securityToken"),
    ("alicloud:accessKey", "alicloud:secretKey", "alicloud:securityToken"),
)
ENVIRONMENT_KEY_SET = (
    "ALIBABA_CLOUD_ACCESS_KEY_ID",
    "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
    "ALIBABA_CLOUD_SECURITY_TOKEN",
)
CONFIG_KEYS = (
    *CONFIG_REGIONS,
    CONFIG_ENDPOINT,
    CONFIG_NETWORK,
    CONFIG_PROFILE,
    *(key for keys in CONFIG_KEY_SETS for key in keys),
)
ENVIRONMENT_KEYS = (
    *ENVIRONMENT_REGIONS,
    ENVIRONMENT_ENDPOINT,
    *ENVIRONMENT_KEY_SET,
    "HOME",
)
PLACES_OF_CREDENTIALS = (
    "configuration mediaconvert:accessKey, alicloud:accessKey and alicloud:profile,"
    " environment ALIBABA_CLOUD_ACCESS_KEY_ID, OIDC (ALIBABA_CLOUD_ROLE_ARN),"
    " ~/.aliyun/config.json, ~/.alibabacloud/credentials.ini, the role of an ECS"
    " instance, ALIBABA_CLOUD_CREDENTIALS_URI"
)

# For suggestions only, new regions need no new release. Source: the public regions in
# the endpoint map of the official SDK.
KNOWN_REGIONS = (
    *("cn-beijing", "cn-chengdu", "cn-guangzhou", "cn-hangzhou", "cn-heyuan"),
    *("cn-hongkong", "cn-huhehaote", "cn-qingdao", "cn-shanghai", "cn-shenzhen"),
    *("cn-wulanchabu", "cn-zhangjiakou", "ap-northeast-1", "ap-northeast-2"),
    *("ap-south-1", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3"),
    *("ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "eu-central-1"),
    *("eu-west-1", "me-central-1", "me-east-1", "us-east-1", "us-west-1"),
)
# Fits into one label of a host name, whatever stands before and after it.
REGION = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,20}){1,4}", re.ASCII)
# As near as one slip of the keyboard in a word of ten letters.
MISSPELT = 0.9
RECOGNISABLE = 0.6
in_quotes = partial(quoted, longest=60)

ENDPOINT = re.compile(
    r"(?:(?P<scheme>https?)://)?"
    r"(?P<host>[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])"
    r"(?P<port>:\d{1,5})?/?",
    re.ASCII | re.IGNORECASE,
)
# Just these: their addresses are also kept from proxies.
LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
HIGHEST_PORT = 65535


def check_region(word: str) -> str | None:
    """Say what is wrong with a region, or `None` if nothing is.

    There is no closed list: a region is refused for its shape, or because it is a
    known one but for a slip, digits aside.
    """
    near = difflib.get_close_matches(word.lower(), KNOWN_REGIONS, 1, RECOGNISABLE)
    if not REGION.fullmatch(word):
        hint = (
            f'did you mean "{near[0]}"?'
            if near
            else 'a region looks like "cn-shanghai"'
        )
        return f"{in_quotes(word)} is no region: {hint}"
    if word in KNOWN_REGIONS or not near or _digits(word) != _digits(near[0]):
        return None
    if difflib.SequenceMatcher(None, near[0], word).ratio() < MISSPELT:
        return None
    return f'{in_quotes(word)} is no known region: did you mean "{near[0]}"?'


def read_settings(config: Mapping[str, str], environ: Mapping[str, str]) -> Settings:
    """Keep what matters of configuration and environment; never raises.

    Args:
        config: stack configuration, keys with their namespace: `mediaconvert:region`.
        environ: the environment of the process.
    """
    return Settings(_stated(config, CONFIG_KEYS), _stated(environ, ENVIRONMENT_KEYS))


@dataclass(frozen=True)
class Settings:
    """What configuration and environment say, read when it is used.

    Never shown and never pickled: it may hold keys.
    """

    config: Mapping[str, str] = field(repr=False)
    environ: Mapping[str, str] = field(repr=False)

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled: what is pickled ends up in a state file."""
        raise TypeError("settings are not pickled")

    def configured_region(self) -> str | None:
        """Return the region of the stack's configuration, unchecked."""
        return _first(self.config, CONFIG_REGIONS)

    def region(self, stated: str | None) -> str:
        """Return the region: as stated, else as configured, else of the environment.

        Raises:
            ConfigurationError: there is none, or it cannot be one.
        """
        places = (*CONFIG_REGIONS, *ENVIRONMENT_REGIONS)
        region = (
            (stated or "").strip()
            or self.configured_region()
            or _first(self.environ, ENVIRONMENT_REGIONS)
        )
        if not region:
            raise ConfigurationError(
                "no region: set the input region, or mediaconvert:region by `pulumi"
                " config set mediaconvert:region cn-shanghai`; looked at the input,"
                f" {', '.join(places)}"
            )
        problem = check_region(region)
        if problem:
            raise ConfigurationError(problem)
        return region

    def endpoint(self, region: str) -> str:
        """Return scheme, host and port of a region's API, without a closing slash.

        Raises:
            ConfigurationError: the endpoint or the network that was set is unusable,
                or the region is none, and could lead to another host.
        """
        if CONFIG_ENDPOINT in self.config:
            return _checked_endpoint(self.config[CONFIG_ENDPOINT], CONFIG_ENDPOINT)
        if ENVIRONMENT_ENDPOINT in self.environ:
            stated = self.environ[ENVIRONMENT_ENDPOINT]
            return _checked_endpoint(stated, ENVIRONMENT_ENDPOINT)
        problem = check_region(region)
        if problem:
            raise ConfigurationError(problem)
        network = self.config.get(CONFIG_NETWORK, "public")
        if network not in {"public", "vpc"}:
            raise ConfigurationError(
                f"{CONFIG_NETWORK}: expected vpc or public, got {in_quotes(network)}"
            )
        product = "ice-vpc" if network == "vpc" else "ice"
        return f"https://{product}.{region}.aliyuncs.com"

    def credentials(self) -> CredentialsSource:
        """Return where credentials come from; asking it may raise, this does not."""
        return ConfiguredCredentials(self)

    def stated_keys(self) -> Credentials | None:
        """Return the keys of configuration or environment, `None` without any.

        Raises:
            ConfigurationError: one half of a pair is there without the other.
        """
        for names in CONFIG_KEY_SETS:
            if found := _key_set(self.config, names):
                return found
        if CONFIG_PROFILE in self.config:
            return None
        return _key_set(self.environ, ENVIRONMENT_KEY_SET)


class ConfiguredCredentials:
    """Stated keys, else the profile that was named, else the official chain."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._library = _library_source(settings)

    async def get(self, *, reload: bool = False) -> Credentials:
        """Return the credentials of now.

        Raises:
            ConfigurationError: there are none, or just a part of them.
        """
        stated = self._settings.stated_keys()
        return stated or await self._library.get(reload=reload)


def _library_source(settings: Settings) -> LibraryCredentials:
    profile = settings.config.get(CONFIG_PROFILE)
    if profile is None:
        return LibraryCredentials(
            read_default_chain,
            lambda _: f"no credentials: looked at {PLACES_OF_CREDENTIALS}",
        )
    home = settings.environ.get("HOME")
    file = str(Path(home) / ".aliyun" / "config.json") if home else None
    return LibraryCredentials(
        lambda: read_cli_profile(profile, file),
        lambda error: _explain_profile(profile, file or "~/.aliyun/config.json", error),
    )


def _explain_profile(profile: str, file: str, error: Exception) -> str:
    text = str(error)
    if "unable to open" in text:
        why = "there is no such file; run `aliyun configure`"
    elif "unable to get profile" in text:
        why = "it has no profile of that name; see `aliyun configure list`"
    elif isinstance(error, TimeoutError):
        why = "it took too long; try `aliyun sts GetCallerIdentity`"
    else:
        why = "it gives no credentials; try `aliyun sts GetCallerIdentity`"
    return f"{CONFIG_PROFILE} names {in_quotes(profile)} of {file}: {why}"


def _key_set(
    holder: Mapping[str, str], names: tuple[str, str, str]
) -> Credentials | None:
    if not any(name in holder for name in names):
        return None
    missing = [name for name in names[:2] if name not in holder]
    if missing:
        present = [name for name in names if name in holder]
        raise ConfigurationError(
            f"{' and '.join(present)} is set without {' and '.join(missing)}:"
            " set both, or neither"
        )
    return Credentials(holder[names[0]], holder[names[1]], holder.get(names[2]))


def _checked_endpoint(text: str, name: str) -> str:
    # Never quoted: what does not fit may hold a password.
    found = ENDPOINT.fullmatch(text)
    port = found["port"] or "" if found else ""
    if not found or ".." in found["host"] or int(port[1:] or 0) > HIGHEST_PORT:
        raise ConfigurationError(
            f"{name}: expected https://<host> or https://<host>:<port>,"
            " without user, path or query"
        )
    scheme, host = (found["scheme"] or "https").lower(), found["host"].lower()
    if scheme == "http" and host not in LOOPBACK_HOSTS:
        raise ConfigurationError(
            f"{name}: plain http is for {', '.join(sorted(LOOPBACK_HOSTS))} alone,"
            f" got {in_quotes(host)}; use https"
        )
    return f"{scheme}://{host}{port}"


def _stated(holder: Mapping[str, str], names: tuple[str, ...]) -> Mapping[str, str]:
    """Keep what is not empty, without the blanks that a copy brings along."""
    stripped = {name: holder[name].strip() for name in names if name in holder}
    return MappingProxyType({name: value for name, value in stripped.items() if value})


def _first(holder: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((holder[name] for name in names if name in holder), None)


def _digits(word: str) -> str:
    return re.sub(r"\D", "", word)
