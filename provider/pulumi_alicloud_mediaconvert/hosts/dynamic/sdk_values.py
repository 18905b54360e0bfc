"""The SDK's values as the service's, and back.

The engine hands every value over in clear, and keeps secret only what has the name of
a secret input. So the resource class says which inputs are secret in an input that no
user sees, and that is stored beside the others: a refresh runs no program.

Source: `resource.proto` for the marks, and `pulumi/runtime/rpc.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi.output

from pulumi_alicloud_mediaconvert.engine_marks import (
    MARK_KEY,
    SECRET_MARK,
    UNKNOWN_TEXT,
)
from pulumi_alicloud_mediaconvert.hosts.dynamic.plain_properties import PlainProperties
from pulumi_alicloud_mediaconvert.hosts.hidden_keys import HIDDEN_KEYS, SECRETS_KEY
from pulumi_alicloud_mediaconvert.schema.values import (
    UNKNOWN,
    Secret,
    Unknown,
    mapped,
)

# As the SDK reads a value that is not known yet.
UNKNOWN_CLASS = getattr(pulumi.output, "Unknown", ())


def from_sdk(props: Mapping[str, Any], inputs: Sequence[str]) -> dict[str, Any]:
    """Read properties, the hidden ones left out.

    Args:
        props: inputs, or stored outputs, which repeat them.
        inputs: names of all inputs.
    """
    values = {
        name: mapped(value, _from_sdk) if name in inputs else _from_sdk(value)
        for name, value in props.items()
        if name not in HIDDEN_KEYS
    }
    said = props.get(SECRETS_KEY)
    if isinstance(said, (list, tuple)):
        values |= {name: Secret(values.get(name)) for name in inputs if name in said}
    return values


def inputs_to_sdk(values: Mapping[str, Any], secrets: Sequence[str]) -> PlainProperties:
    """Write inputs; the engine itself keeps them secret.

    Args:
        values: of the inputs.
        secrets: names of the secret ones.
    """
    written = {name: mapped(value, _to_sdk) for name, value in values.items()}
    return PlainProperties(written | _secrets(secrets))


def state_to_sdk(values: Mapping[str, Any], secrets: Sequence[str]) -> PlainProperties:
    """Write properties for the state, secret ones as such.

    Args:
        values: of all properties.
        secrets: names of the secret inputs.
    """
    sealed = {
        name: seal(value.value) if isinstance(value, Secret) else value
        for name, value in values.items()
    }
    return PlainProperties(sealed | _secrets(secrets))


def seal(value: object) -> dict[str, object]:
    """Write a value as a secret in the engine's protocol: ciphertext in the state."""
    return {MARK_KEY: SECRET_MARK, "value": value}


def is_unknown(value: object) -> bool:
    """Whether a value of the SDK will be known only after a deployment."""
    return isinstance(value, UNKNOWN_CLASS) or value == UNKNOWN_TEXT


def _from_sdk(value: object) -> object:
    # `is_unknown`, without a call for each value.
    if value == UNKNOWN_TEXT or isinstance(value, UNKNOWN_CLASS):
        return UNKNOWN
    return value


def _to_sdk(value: object) -> object:
    if isinstance(value, Secret):
        return value.value
    return UNKNOWN_TEXT if isinstance(value, Unknown) else value


def _secrets(names: Sequence[str]) -> dict[str, Any]:
    return {SECRETS_KEY: [*names]} if names else {}
