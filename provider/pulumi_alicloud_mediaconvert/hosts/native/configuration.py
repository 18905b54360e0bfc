"""The provider's inputs, which are the stack's `mediaconvert:` configuration. Pure.

The engine hands over the own namespace alone, keys without it, and values as text;
a program may state an explicit provider with other plain values.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pulumi_alicloud_mediaconvert.access.credential_resolver import CONFIG_KEY_SETS
from pulumi_alicloud_mediaconvert.access.settings import CONFIG_NAMESPACE
from pulumi_alicloud_mediaconvert.lifecycle.stored_state import is_same
from pulumi_alicloud_mediaconvert.schema.unknown_keys import unread_keys
from pulumi_alicloud_mediaconvert.schema.values import Secret, Unknown, in_clear

# The engine's own, among the inputs of each provider.
ENGINES = frozenset({"version", "pluginDownloadURL", "pluginChecksums"})
INTERNAL = "__internal"
SECRET_NAMES = frozenset(key.partition(":")[2] for key in CONFIG_KEY_SETS[0])


def checked_configuration(news: Mapping[str, Any]) -> dict[str, Any]:
    """Return the inputs to store: keys as secrets, though they were set without it.

    Nothing is refused here: what a setting is needed for says what is wrong with it,
    and `destroy` needs none.
    """
    return {
        name: Secret(in_clear(value)) if name in SECRET_NAMES else value
        for name, value in news.items()
        # The engine keeps this one itself.
        if name != INTERNAL
    }


def stack_configuration(inputs: Mapping[str, Any]) -> dict[str, str]:
    """Return the configuration of a stack, keys with their namespace, for `Runtime`."""
    return {
        f"{CONFIG_NAMESPACE}:{name}": _text(value)
        for name, value in in_clear(own(inputs)).items()
        if value is not None and not isinstance(value, Unknown)
    }


def changed_settings(olds: Mapping[str, Any], news: Mapping[str, Any]) -> list[str]:
    """Name the settings that differ."""
    before, after = in_clear(own(olds)), in_clear(own(news))
    return sorted(
        name
        for name in {*before, *after}
        if not is_same(before.get(name), after.get(name))
    )


def unread_lines(inputs: Mapping[str, Any]) -> list[str]:
    """Say which settings nobody reads, and which one is nearest to each."""
    return unread_keys([f"{CONFIG_NAMESPACE}:{name}" for name in own(inputs)], "")


def own(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Return the inputs that are settings of this provider, known or not."""
    return {
        name: value
        for name, value in inputs.items()
        if name not in ENGINES and not name.startswith("__")
    }


def _text(value: Any) -> str:  # noqa: ANN401  # any plain value
    return value if isinstance(value, str) else json.dumps(value)
