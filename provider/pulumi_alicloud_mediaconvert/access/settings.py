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
from types import MappingProxyType
from typing import NoReturn

from pulumi_alicloud_mediaconvert.access.credential_chain import CHAIN_NAMES
from pulumi_alicloud_mediaconvert.access.credential_resolver import (
    CONFIG_KEY_SETS,
    CONFIG_PROFILES,
    ENVIRONMENT_KEY_SET,
    CredentialResolver,
    stated_keys,
)
from pulumi_alicloud_mediaconvert.access.credentials import (
    Credentials,
    CredentialsSource,
)
from pulumi_alicloud_mediaconvert.access.endpoints import checked_endpoint
from pulumi_alicloud_mediaconvert.clock import SYSTEM_CLOCK, Clock
from pulumi_alicloud_mediaconvert.errors import (
    Advice,
    ConfigurationError,
    NextStep,
    Tried,
)
from pulumi_alicloud_mediaconvert.text import in_quotes

CONFIG_NAMESPACE = "mediaconvert"
INPUT_REGION = "region"
CONFIG_REGIONS = ("mediaconvert:region", "alicloud:region")
ENVIRONMENT_REGIONS = (
    "ALIBABA_CLOUD_REGION_ID",
    "ALIBABA_CLOUD_REGION",
    "ALICLOUD_REGION",
)
CONFIG_ENDPOINT = "mediaconvert:endpoint"
ENVIRONMENT_ENDPOINT = "ALIBABA_CLOUD_ICE_ENDPOINT"
CONFIG_NETWORK = "mediaconvert:network"
CONFIG_KEYS = (
    *CONFIG_REGIONS,
    CONFIG_ENDPOINT,
    CONFIG_NETWORK,
    *CONFIG_PROFILES,
    *(key for keys in CONFIG_KEY_SETS for key in keys),
)
ENVIRONMENT_KEYS = (
    *ENVIRONMENT_REGIONS,
    ENVIRONMENT_ENDPOINT,
    *ENVIRONMENT_KEY_SET,
    *CHAIN_NAMES,
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
REGION = re.compile(r"(?=.{1,50}\Z)[a-z]{2,3}(?:-[a-z0-9]{1,20}){1,4}", re.ASCII)
# As near as one slip of the keyboard in a word of ten letters.
MISSPELT = 0.9
RECOGNISABLE = 0.6


def check_region(word: str) -> str | None:
    """Say what is wrong with a region, or `None` if nothing is.

    There is no closed list: a region is refused for its shape, or because it is a
    known one but for a slip, digits aside.
    """
    if word in KNOWN_REGIONS:
        # At once: each look asks, and a comparison with them all takes a millisecond.
        return None
    near = difflib.get_close_matches(word.lower(), KNOWN_REGIONS, 1, RECOGNISABLE)
    if not REGION.fullmatch(word):
        hint = (
            f'did you mean "{near[0]}"?'
            if near
            else 'a region looks like "cn-shanghai"'
        )
        return f"{in_quotes(word)} is not a region: {hint}"
    if not near or _digits(word) != _digits(near[0]):
        return None
    if difflib.SequenceMatcher(None, near[0], word).ratio() < MISSPELT:
        return None
    return f'{in_quotes(word)} is not a known region: did you mean "{near[0]}"?'


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
        """Return the region: the input, else the configuration's or the environment's.

        Raises:
            ConfigurationError: there is none, or it cannot be one.
        """
        if stated is not None and not isinstance(stated, str):
            kind = type(stated).__name__
            raise ConfigurationError(f"region: must be text, got {kind}")
        sources = (INPUT_REGION, *CONFIG_REGIONS, *ENVIRONMENT_REGIONS)
        region, setting = (stated or "").strip(), None
        if not region and (configured := self.configured_region()):
            region, setting = configured, _first_name(self.config, CONFIG_REGIONS)
        region = region or _first(self.environ, ENVIRONMENT_REGIONS) or ""
        if not region:
            raise ConfigurationError(
                "no region",
                tried=[Tried(sources)],
                next_steps=[Advice(NextStep.SET_REGION)],
            )
        problem = check_region(region)
        if problem:
            raise ConfigurationError(problem, setting=setting)
        return region

    def endpoint(self, region: str) -> str:
        """Return scheme, host and port of a region's API, without a closing slash.

        Raises:
            ConfigurationError: the endpoint or the network that was set is unusable,
                or the region is none, and could lead to another host.
        """
        if stated := self.config.get(CONFIG_ENDPOINT):
            return checked_endpoint(stated, CONFIG_ENDPOINT)
        if stated := self.environ.get(ENVIRONMENT_ENDPOINT):
            return checked_endpoint(stated, ENVIRONMENT_ENDPOINT)
        problem = check_region(region)
        if problem:
            raise ConfigurationError(problem)
        network = self.config.get(CONFIG_NETWORK) or "public"
        if network not in {"public", "vpc"}:
            raise ConfigurationError(
                f"expected vpc or public, got {in_quotes(network)}",
                setting=CONFIG_NETWORK,
            )
        product = "ice-vpc" if network == "vpc" else "ice"
        return f"https://{product}.{region}.aliyuncs.com"

    def credentials(self, clock: Clock = SYSTEM_CLOCK) -> CredentialsSource:
        """Return where credentials come from; asking it may raise, this does not.

        Args:
            clock: decides when to look them up again.
        """
        return CredentialResolver(self.config, self.environ, clock)

    def stated_keys(self) -> Credentials | None:
        """Return the keys of configuration or environment, `None` without any.

        Raises:
            ConfigurationError: one half of a pair is there without the other.
        """
        return stated_keys(self.config, self.environ)


def _stated(holder: Mapping[str, str], names: tuple[str, ...]) -> Mapping[str, str]:
    """Keep what is there, without the blanks that a copy brings along."""
    return MappingProxyType(
        {name: holder[name].strip() for name in names if name in holder}
    )


def _first(holder: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    name = _first_name(holder, names)
    return name and holder[name]


def _first_name(holder: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((name for name in names if holder.get(name)), None)


def _digits(word: str) -> str:
    return re.sub(r"\D", "", word)
