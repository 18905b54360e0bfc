"""Rows of the reference about inputs and about the configuration of a stack."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from documentation import package_tables
from documentation.python_types import type_text
from documentation.tables import Table
from pulumi_alicloud_mediaconvert.schema.inputs import (
    CONFIGURATION_KEYS,
    CONFIGURED_INPUTS,
    CONFIGURED_RATE,
    CONFIGURED_TIMEOUT,
    JobInputs,
    WaitInputs,
)

DURATIONS = {60.0: '`"60s"`', 3.0: '`"3s"`', 20.0: '`"20s"`'}
# Defaults if neither an input nor the configuration sets a value.
UNSTATED = {
    "region": "from configuration",
    "timeout": '`"30m"`',
    "queue_timeout": "unlimited",
    "stall_timeout": "unlimited",
}
NONE = "none"
CONFIGURATION_DEFAULTS = {
    "endpoint": "endpoint of the region",
    "network": '`"public"`',
    CONFIGURED_RATE: "`100`",
}


def inputs(
    model: type[BaseModel], declared: Mapping[str, str], names: Iterable[str] = ()
) -> Table:
    """Write the inputs of a model: name, type, default, meaning.

    Args:
        model: that checks them.
        declared: their types in a program.
        names: of those to write, in this order; all by default.
    """
    fields = model.model_fields
    rows = [
        (
            f"`{name}`",
            type_text(declared[name]),
            default_of(model, name),
            fields[name].description or "",
        )
        for name in names or fields
    ]
    return ("input", "type", "default", "meaning"), rows


def declared_by(resource: type) -> dict[str, str]:
    """Return the types of the inputs of a resource, by name."""
    parameters = inspect.signature(resource).parameters.values()
    return {one.name: str(one.annotation) for one in parameters}


def default_of(model: type[BaseModel], name: str) -> str:
    """Write the default of an input."""
    field = model.model_fields[name]
    if name in UNSTATED:
        return UNSTATED[name]
    if field.is_required():
        return "required"
    value: Any = field.get_default(call_default_factory=True)
    if isinstance(value, BaseModel):
        return "`{}`"
    if isinstance(value, float):
        return DURATIONS[value]
    return NONE if value is None else f"`{value!r}`".replace("'", '"')


def configuration() -> Table:
    """Write every key of a stack's configuration: type, default, meaning."""
    rows = [(f"`{key}`", *_key(*key.split(":"))) for key in CONFIGURATION_KEYS]
    return ("key", "type", "default", "meaning"), rows


def _key(namespace: str, name: str) -> tuple[str, str, str]:
    properties = package_tables.provider_properties()
    shown = package_tables.type_name(properties[name])
    if "](#" in shown:  # an enumeration, with a section on the page of the plugin
        shown = type_text(shown.partition("](#")[0].strip("[`"))
    if namespace == "alicloud":
        first = f"Like `mediaconvert:{name}`, which takes precedence. Python only."
        return shown, NONE, first
    paths = {**CONFIGURED_INPUTS, CONFIGURED_TIMEOUT: ("wait", "timeout")}
    if name not in paths:
        default = CONFIGURATION_DEFAULTS.get(name, NONE)
        return shown, default, properties[name]["description"]
    *above, last = paths[name]
    model = WaitInputs if above else JobInputs
    is_duration = bool(above)
    meaning = f"Default of the input `{'.'.join(paths[name])}`."
    return "duration" if is_duration else shown, default_of(model, last), meaning
