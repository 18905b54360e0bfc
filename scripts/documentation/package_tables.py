"""Tables of the native resources: properties, types and meanings, from the schema."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from documentation.tables import Table, markdown

PACKAGE = Path(__file__).parents[2] / "provider" / "pulumi_alicloud_mediaconvert"
SCHEMA = PACKAGE / "hosts" / "native" / "schema.json"
TYPES = "#/types/"
HEAD = ("type", "meaning")


@functools.cache
def _schema() -> Any:  # noqa: ANN401  # JSON
    return json.loads(SCHEMA.read_text("utf-8"))


def inputs(resource: str) -> Table:
    """Return the inputs of a resource."""
    spec = _schema()["resources"][_token(resource)]
    rows = _rows(spec["inputProperties"], spec["requiredInputs"])
    return ("input", *HEAD), [*rows]


def outputs(resource: str) -> Table:
    """Return the outputs of a resource that are no inputs."""
    spec = _schema()["resources"][_token(resource)]
    own = {
        name: one
        for name, one in spec["properties"].items()
        if name not in spec["inputProperties"]
    }
    return ("output", *HEAD), [*_rows(own)]


def results(function: str) -> Table:
    """Return what a function returns."""
    spec = _schema()["functions"][_token(function)]["outputs"]
    return ("field", *HEAD), [*_rows(spec["properties"])]


def provider() -> Table:
    """Return the inputs of the provider, which are the keys of the configuration."""
    return ("input", *HEAD), [*_rows(provider_properties())]


def provider_properties() -> Mapping[str, Any]:
    """Return the inputs of the provider as the schema has them."""
    properties: Mapping[str, Any] = _schema()["provider"]["inputProperties"]
    return properties


def types() -> str:
    """Return all types of inputs and outputs, each below a heading of its own."""
    parts = []
    for token, spec in _schema()["types"].items():
        name = token.rpartition(":")[2]
        rows: Iterable[tuple[str, ...]]
        if "enum" in spec:
            head: tuple[str, ...] = ("value", "meaning")
            rows = [(f"`{one['value']}`", one["description"]) for one in spec["enum"]]
        else:
            head = ("property", *HEAD)
            rows = _rows(spec["properties"], spec.get("required", ()))
        table = markdown((head, [*rows]))
        parts.append(f"### `{name}`\n\n{spec['description']}\n\n{table}")
    return "\n\n".join(parts)


def _token(name: str) -> str:
    return f"mediaconvert:index:{name}"


def _rows(
    properties: Mapping[str, Any], required: Iterable[str] = ()
) -> Iterator[tuple[str, ...]]:
    for name, spec in properties.items():
        needed = ", required" if name in required else ""
        yield f"`{name}`", f"{type_name(spec)}{needed}", spec["description"]


def type_name(spec: Mapping[str, Any]) -> str:
    """Write a type as a person says it."""
    if "oneOf" in spec:
        return " or ".join(map(type_name, spec["oneOf"]))
    if "items" in spec:
        entries = type_name(spec["items"])
        return f"list of {f'({entries})' if ' or ' in entries else entries}"
    if "additionalProperties" in spec:
        return f"mapping of {type_name(spec['additionalProperties'])}"
    reference = spec.get("$ref", "")
    if reference.startswith(TYPES):
        name = reference.rpartition(":")[2]
        return f"[`{name}`](#{name.lower()})"
    return str(spec.get("type", "any"))
