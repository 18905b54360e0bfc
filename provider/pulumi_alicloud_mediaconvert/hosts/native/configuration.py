"""The provider's inputs, which are the stack's `mediaconvert:` configuration. Pure.

The engine sends only the provider's own namespace of the stack's configuration: keys
without it, and values as text. An explicit provider may have other plain values.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pulumi_alicloud_mediaconvert.access.credential_resolver import CONFIG_KEY_SETS
from pulumi_alicloud_mediaconvert.access.settings import CONFIG_NAMESPACE
from pulumi_alicloud_mediaconvert.hosts.provider_inputs import problem_of
from pulumi_alicloud_mediaconvert.lifecycle.input_changes import is_same
from pulumi_alicloud_mediaconvert.schema.unknown_keys import (
    unread_inputs,
    unread_keys,
)
from pulumi_alicloud_mediaconvert.schema.values import (
    Secret,
    Unknown,
    has_secret,
    in_clear,
)

# The engine's own, among the inputs of each provider.
ENGINES = frozenset({"version", "pluginDownloadURL", "pluginChecksums"})
INTERNAL = "__internal"
# An access key's ID, its secret, and a token.
SECRET_NAMES = tuple(key.partition(":")[2] for key in CONFIG_KEY_SETS[0])


def checked_configuration(news: Mapping[str, Any]) -> dict[str, Any]:
    """Return the inputs to store: keys as secrets, though they were set without it.

    The engine keeps `__internal` itself.
    """
    return {
        name: Secret(in_clear(value)) if name in SECRET_NAMES else value
        for name, value in news.items()
        if name != INTERNAL
    }


def stack_configuration(inputs: Mapping[str, Any]) -> dict[str, str]:
    """Return the configuration of a stack, keys with their namespace, for `Runtime`."""
    return {
        f"{CONFIG_NAMESPACE}:{name}": _text(value)
        for name, value in in_clear(own(inputs)).items()
        if value is not None and not isinstance(value, Unknown)
    }


def secret_settings(inputs: Mapping[str, Any]) -> frozenset[str]:
    """Return the keys of the settings that are secret, with their namespace."""
    return frozenset(
        f"{CONFIG_NAMESPACE}:{name}"
        for name, value in own(inputs).items()
        if has_secret(value)
    )


def changed_settings(olds: Mapping[str, Any], news: Mapping[str, Any]) -> list[str]:
    """Name the settings that differ."""
    before, after = in_clear(own(olds)), in_clear(own(news))
    return sorted(
        name
        for name in {*before, *after}
        if not is_same(before.get(name), after.get(name))
    )


def unread_lines(inputs: Mapping[str, Any], urn: str) -> list[str]:
    """Name settings that are not known, each with the most similar known one.

    Args:
        inputs: of the provider.
        urn: of the provider.
    """
    names = own(inputs)
    if is_explicit(urn):
        return unread_inputs(names)
    # A project of this name has keys of its own in the namespace.
    project = urn.split("::")[1:2]
    return unread_keys(
        [f"{CONFIG_NAMESPACE}:{name}" for name in names], "".join(project)
    )


def refusals(inputs: Mapping[str, Any], urn: str) -> list[str]:
    """Return the problems of an explicit provider.

    The default one has the settings of the stack: each is refused where it is used,
    since `destroy` uses none.
    """
    problem = is_explicit(urn) and problem_of(
        in_clear(own(inputs)), SECRET_NAMES, lambda one: isinstance(one, Unknown)
    )
    return [problem] if problem else []


def is_explicit(urn: str) -> bool:
    """Whether a program declares the provider; the engine makes the default one.

    Source: `pkg/resource/deploy/source_eval.go`: `default`, with version and URL.
    """
    name = urn.rpartition("::")[2]
    return name != "default" and not name.startswith("default_")


def own(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Return the inputs that are settings of this provider, known or not."""
    return {
        name: value
        for name, value in inputs.items()
        if name not in ENGINES and not name.startswith("__")
    }


def _text(value: Any) -> str:  # noqa: ANN401  # any plain value
    return value if isinstance(value, str) else json.dumps(value, default=str)
