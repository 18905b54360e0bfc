"""The schema of the Pulumi package, and what validates values by its types."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources
from typing import Any

from jsonschema import Draft202012Validator

from pulumi_alicloud_mediaconvert.hosts import native

SCHEMA: dict[str, Any] = json.loads(
    resources.files(native).joinpath("schema.json").read_text("utf-8")
)
JOB, JOB_SET = (
    SCHEMA["resources"][f"mediaconvert:index:{one}"] for one in ("Job", "JobSet")
)
GET_JOB = SCHEMA["functions"]["mediaconvert:index:getJob"]
ANY = "pulumi.json#/Any"
TYPES = "#/types/"


def properties_of(spec: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield everything that has a name and a meaning, wherever it stands."""
    if isinstance(spec, list):
        for entry in spec:
            yield from properties_of(entry)
    if not isinstance(spec, dict):
        return
    for key, value in spec.items():
        if key in ("properties", "inputProperties", "variables"):
            yield from value.items()
        yield from properties_of(value)


def references_in(spec: Any) -> Iterator[str]:
    """Yield the tokens of all types that are referred to."""
    if isinstance(spec, list):
        for entry in spec:
            yield from references_in(entry)
    elif isinstance(spec, dict):
        reference = spec.get("$ref", "")
        if isinstance(reference, str) and reference.startswith(TYPES):
            yield reference.removeprefix(TYPES)
        for value in spec.values():
            yield from references_in(value)


def json_schema(spec: Any) -> Any:
    """Write a type as JSON Schema does, which knows no property but those named."""
    if isinstance(spec, list):
        return [json_schema(one) for one in spec]
    if not isinstance(spec, dict):
        return spec
    if spec.get("$ref") == ANY:
        return {}
    if "enum" in spec:
        return {"enum": [one["value"] for one in spec["enum"]]}
    written = {key: json_schema(one) for key, one in spec.items() if key != "oneOf"}
    if "properties" in spec:
        written["properties"] = {
            name: json_schema(one) for name, one in spec["properties"].items()
        }
        written["additionalProperties"] = False
    if "oneOf" in spec:
        # Any of them: a whole number is a number, too.
        written["anyOf"] = json_schema(spec["oneOf"])
    return written


def validator_of(spec: dict[str, Any]) -> Draft202012Validator:
    """Return what validates values of an object, with all types of the package."""
    types = {token: json_schema(one) for token, one in SCHEMA["types"].items()}
    return Draft202012Validator({**json_schema(spec), "types": types})


def of_token(reference: str) -> dict[str, Any]:
    """Return the type that a reference is to."""
    spec: dict[str, Any] = SCHEMA["types"][reference.removeprefix(TYPES)]
    return spec
