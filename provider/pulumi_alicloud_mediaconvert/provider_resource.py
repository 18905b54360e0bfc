"""`MediaConvertProvider`: a second account or region, for some resources of a stack."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import pulumi

from pulumi_alicloud_mediaconvert.access.credential_resolver import (
    CONFIG_KEY_SETS,
    CONFIG_PROFILE,
    CONFIG_PROFILES,
)
from pulumi_alicloud_mediaconvert.access.settings import (
    CONFIG_ENDPOINT,
    CONFIG_NETWORK,
    CONFIG_REGIONS,
)
from pulumi_alicloud_mediaconvert.hosts.dynamic.program import (
    check_options,
    configured_names,
    is_later,
    may_be_secret,
)
from pulumi_alicloud_mediaconvert.hosts.provider_inputs import problem_of
from pulumi_alicloud_mediaconvert.input_names import Network
from pulumi_alicloud_mediaconvert.schema.inputs import CONFIGURATION_KEYS
from pulumi_alicloud_mediaconvert.schema.unknown_keys import unread_keys

# The package of all dynamic resources.
DYNAMIC_PACKAGE = "pulumi-python"
OWN_KEYS = ("access_key", "secret_key", "security_token")
KEYS: Mapping[str, str] = {
    "region": CONFIG_REGIONS[0],
    "profile": CONFIG_PROFILE,
    **dict(zip(OWN_KEYS, CONFIG_KEY_SETS[0], strict=True)),
    "endpoint": CONFIG_ENDPOINT,
    "network": CONFIG_NETWORK,
}
SECRET_KEYS = frozenset(key for names in CONFIG_KEY_SETS for key in names)
KEYS_OF_CREDENTIALS = SECRET_KEYS | {*CONFIG_PROFILES}
Stated = Mapping[str, pulumi.Input[str] | None]


class MediaConvertProvider(pulumi.ProviderResource):
    """Another account or region for some jobs of a stack, passed as `opts.provider`.

    The engine gives an explicit provider only its own configuration. This class
    therefore copies the stack's `mediaconvert:*` and `alicloud:*` configuration, and
    replaces the values that are set here. The state stores keys as secrets, and
    never stores keys from the environment.

    Credentials that are set here replace all credentials of the stack. The stack's
    endpoint applies to every region unless `endpoint` or `network` is set.
    """

    def __init__(  # noqa: PLR0913  # the inputs, each by its name
        self,
        resource_name: str,
        *,
        region: pulumi.Input[str] | None = None,
        profile: pulumi.Input[str] | None = None,
        access_key: pulumi.Input[str] | None = None,
        secret_key: pulumi.Input[str] | None = None,
        security_token: pulumi.Input[str] | None = None,
        endpoint: pulumi.Input[str] | None = None,
        network: pulumi.Input[Network | str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare the provider.

        Args:
            resource_name: Name of the provider.
            region: Default region of jobs without `region`. Default: the region of the stack.
            profile: Profile of the aliyun CLI to take credentials from.
            access_key: ID of an access key, instead of a profile.
            secret_key: Secret of the access key.
            security_token: Security token of a temporary access key.
            endpoint: URL of the API, such as `https://ice.cn-beijing.aliyuncs.com`.
            network: Which endpoint of the region to call: `public` or `vpc`. Default: the network of the stack, else `public`.
            opts: Options of the resource.

        Raises:
            pulumi.RunError: Credentials are incomplete, or set in two ways.
            TypeError: `opts` is not a `ResourceOptions`.
        """  # noqa: E501  # editors show one line of each parameter
        stated: Stated = {
            "region": region,
            "profile": profile,
            "access_key": access_key,
            "secret_key": secret_key,
            "security_token": security_token,
            "endpoint": endpoint,
            "network": network,
        }
        if problem := problem_of(stated, OWN_KEYS, is_later):
            raise pulumi.RunError(f'MediaConvertProvider "{resource_name}": {problem}')
        check_options(opts)
        settings = _configuration(stated)
        # `open_settings` of `program` reads it. An output may be secret.
        self.open_settings = [key for key in settings if isinstance(settings[key], str)]
        super().__init__(DYNAMIC_PACKAGE, resource_name, settings, opts)


def _configuration(stated: Stated) -> dict[str, pulumi.Input[str]]:
    """Copy the stack's configuration, and replace what is set here."""
    _warn_once(*unread_keys(configured_names(), pulumi.get_project()))
    replaced = {
        KEYS[name]: value for name, value in stated.items() if value is not None
    }
    left_out: set[str] = set()
    if replaced.keys() & KEYS_OF_CREDENTIALS:
        left_out |= KEYS_OF_CREDENTIALS
    if CONFIG_NETWORK in replaced:
        left_out.add(CONFIG_ENDPOINT)
    copied = {
        key: value
        for key in CONFIGURATION_KEYS
        if key not in left_out and (value := _configured(key)) is not None
    }
    return {
        key: pulumi.Output.secret(value) if _is_secret(key) else value
        for key, value in {**copied, **replaced}.items()
    }


@functools.cache
def _warn_once(*lines: str) -> None:
    """Warn about unknown keys; the plugin sees only the copied ones."""
    if lines:
        pulumi.log.warn("\n".join(lines))


def _configured(key: str) -> str | None:
    namespace, _, name = key.partition(":")
    return pulumi.Config(namespace).get(name)


def _is_secret(key: str) -> bool:
    # The default provider's state has keys that were set without `--secret` in plain
    # text; a copy need not.
    return key in SECRET_KEYS or may_be_secret(key)
