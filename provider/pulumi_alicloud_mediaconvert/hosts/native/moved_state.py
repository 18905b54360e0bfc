"""States that the dynamic resource stored, of stacks that have moved here. Pure.

They have the service's names, which `property_names` understands, and properties that
the dynamic resource alone needs. The first update writes them in native names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_alicloud_mediaconvert.hosts.hidden_keys import (
    HIDDEN_KEYS,
    PROVIDER_KEY,
    SECRETS_KEY,
)
from pulumi_alicloud_mediaconvert.schema.values import Secret, in_clear


def is_moved(state: Mapping[str, Any]) -> bool:
    """Whether the dynamic resource has stored a state: it is in each of its states."""
    return PROVIDER_KEY in state


def without_hidden_keys(state: Mapping[str, Any]) -> dict[str, Any]:
    """Return a state without the properties that the dynamic resource alone needs.

    What it names as secret is marked. Any other state is returned as it is.
    """
    names = in_clear(state.get(SECRETS_KEY))
    secrets = names if isinstance(names, list) else ()
    return {
        name: Secret(in_clear(value)) if name in secrets else value
        for name, value in state.items()
        if name not in HIDDEN_KEYS
    }
