"""Where credentials come from: configured keys, else a profile, else the chain."""

from __future__ import annotations

from collections.abc import Mapping

from pulumi_alicloud_mediaconvert.access.credential_chain import (
    SourcesReader,
    default_chain,
    named_profile,
    unset,
    unset_clause,
)
from pulumi_alicloud_mediaconvert.access.credentials import (
    Credentials,
    RenewedCredentials,
)
from pulumi_alicloud_mediaconvert.clock import Clock
from pulumi_alicloud_mediaconvert.errors import (
    Advice,
    ConfigurationError,
    NextStep,
)
from pulumi_alicloud_mediaconvert.text import in_quotes, joined

CONFIG_PROFILE = "alicloud:profile"
OWN_PROFILE = "mediaconvert:profile"
# Of each namespace its keys, else its profile.
CONFIG_PROFILES = (OWN_PROFILE, CONFIG_PROFILE)
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


def stated_keys(
    config: Mapping[str, str], environ: Mapping[str, str]
) -> Credentials | None:
    """Return the keys of configuration or environment, `None` without any.

    Args:
        config: stack configuration, values without blanks around them.
        environ: the environment, ditto.

    Raises:
        ConfigurationError: one half of a pair is there without the other.
    """
    for names, profile in zip(CONFIG_KEY_SETS, CONFIG_PROFILES, strict=True):
        if found := _key_set(config, names):
            return found
        if config.get(profile):
            return None
    return _key_set(environ, ENVIRONMENT_KEY_SET)


class CredentialResolver:
    """Configured keys, else the configured profile, else the official chain.

    Args:
        config: stack configuration, values without blanks around them.
        environ: the environment, ditto.
        clock: decides when to look them up again.
    """

    def __init__(
        self, config: Mapping[str, str], environ: Mapping[str, str], clock: Clock
    ) -> None:
        self._config = config
        self._environ = environ
        self._looked_up = RenewedCredentials(self._reader, clock=clock)

    async def get(self, *, reload: bool = False) -> Credentials:
        """Return the credentials of now.

        Raises:
            ConfigurationError: there are none, or just a part of them.
        """
        stated = stated_keys(self._config, self._environ)
        return stated or await self._looked_up.get(reload=reload)

    def _reader(self) -> SourcesReader:
        environ = self._environ
        named = [name for name in CONFIG_PROFILES if self._config.get(name)]
        if named:
            profile = self._config[named[0]]
            return SourcesReader(
                lambda: named_profile(profile, environ),
                lambda tried: ConfigurationError(
                    f"no credentials from the profile {in_quotes(profile)}",
                    setting=named[0],
                    tried=tried,
                    next_steps=[Advice(NextStep.CHECK_PROFILE)],
                ),
            )
        keys = [*(names[0] for names in CONFIG_KEY_SETS), *CONFIG_PROFILES]
        stated = [
            *unset(self._config, keys),
            *unset(environ, ENVIRONMENT_KEY_SET[:1]),
        ]
        return SourcesReader(
            lambda: default_chain(environ),
            lambda tried: ConfigurationError(
                "no credentials",
                tried=[*stated, *tried],
                next_steps=[Advice(NextStep.SET_CREDENTIALS)],
            ),
        )


def _key_set(
    holder: Mapping[str, str], names: tuple[str, str, str]
) -> Credentials | None:
    present = [name for name in names if holder.get(name)]
    if not present:
        return None
    missing = [name for name in names[:2] if not holder.get(name)]
    if missing:
        raise ConfigurationError(
            f"{joined(present)} is set without {joined(missing)}:"
            f" set both or neither ({unset_clause(holder, missing)})"
        )
    return Credentials(holder[names[0]], holder[names[1]], holder.get(names[2]) or None)
