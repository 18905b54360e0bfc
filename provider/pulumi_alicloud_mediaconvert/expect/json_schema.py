"""The JSON Schema of what `expect` takes, for editors that complete YAML and JSON.

Structure, keys and descriptions come from the models, values from their kinds. What
the models check by code is repeated here where JSON Schema can express it.

It is draft 7: the YAML language server reads no newer one, and some editors warn about
those (https://github.com/redhat-developer/yaml-language-server/issues/856).

Source: https://json-schema.org/draft-07/json-schema-validation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pulumi_alicloud_mediaconvert.expect.expectations import (
    AS_REQUESTED,
    ConsistentExpectation,
    Expectations,
    OutputExpectation,
    Selector,
)
from pulumi_alicloud_mediaconvert.expect.expected_media import kinds_of
from pulumi_alicloud_mediaconvert.expect.matcher_validation import FORMS, NOTES
from pulumi_alicloud_mediaconvert.expect.matchers import KIND_MARK, Matcher, Strict
from pulumi_alicloud_mediaconvert.expect.validation_messages import keys_of, models_in
from pulumi_alicloud_mediaconvert.expect.value_types import PLAIN, ValueType

Schema = dict[str, Any]

DIALECT = "http://json-schema.org/draft-07/schema#"
# The keys of the definitions, in this draft and from pydantic.
DEFINITIONS, OF_PYDANTIC = "definitions", "$defs"
REFERENCE = f"#/{DEFINITIONS}/{{model}}"
BOUNDS, NEARNESS = FORMS[0], FORMS[1]
# Values of a tolerance, and of the difference between durations.
FROM_ZERO: Schema = {"type": "number", "minimum": 0}


def expectation_schema() -> Schema:
    """Write the JSON Schema (draft 7) of what `expect` takes.

    It is looser than the models in points that a schema cannot express: numbers written
    as text, regular expressions, queries, `min` above `max`, names that appear twice.
    It is stricter in one point: it refuses null within a matcher, which has no effect.
    """
    written = Expectations.model_json_schema(ref_template=REFERENCE)
    definitions: Schema = written.pop(OF_PYDANTIC)
    definitions[Expectations.__name__] = written
    for model in models_below(Expectations):
        _complete(definitions[model.__name__], model)
    definitions |= _constraint_definitions()
    return {
        "$schema": DIALECT,
        "description": "Expectations for a transcoding job.",
        "anyOf": [
            {
                "const": AS_REQUESTED,
                "description": "Check the job against its own request.",
            },
            _reference(Expectations.__name__),
        ],
        DEFINITIONS: {
            name: _tidied(definition)
            for name, definition in sorted(definitions.items())
            if name != Matcher.__name__
        },
    }


def models_below(model: type[Strict]) -> list[type[Strict]]:
    """Return a model and the models of its fields, without matchers."""
    found: dict[type[Strict], None] = {}
    waiting = [model]
    while waiting:
        one = waiting.pop()
        if one in found or one is Matcher:
            continue
        found[one] = None
        for field in one.model_fields.values():
            waiting += [
                inner
                for inner in models_in(field.annotation)
                if issubclass(inner, Strict)
            ]
    return list(found)


def forms_of(kind: ValueType) -> Iterator[tuple[str, ...]]:
    """Yield the forms of a matcher that a kind takes, each by its keys."""
    for form in FORMS:
        if form in (BOUNDS, NEARNESS) and kind.scale is None:
            continue
        if form == ("matches",) and not kind.takes_pattern:
            continue
        yield form


def _reference(name: str) -> Schema:
    return {"$ref": REFERENCE.format(model=name)}


def _complete(definition: Schema, model: type[Strict]) -> None:
    """Add the rules that a model checks by code."""
    properties = definition["properties"]
    if model is Selector:
        # It only selects: it has no message and no level.
        for key in NOTES:
            del properties[key]
        definition["minProperties"] = 1
    elif model is OutputExpectation:
        definition["oneOf"] = [
            {"required": [key], "properties": {key: {"type": kind}}}
            for key, kind in (("name", "string"), ("where", "object"))
        ]
    elif model is ConsistentExpectation:
        properties["duration_seconds"] |= FROM_ZERO
    if isinstance(name := properties.get("name"), dict) and KIND_MARK not in name:
        # `null` is an alternative, too, and a pattern does not apply to it.
        name["pattern"] = r"\S"
    for key, kind in kinds_of(model).items():
        property_ = properties[key]
        carries = "Part" if model is Selector else "Constraint"
        constraint = _reference(f"{property_.pop(KIND_MARK)}{carries}")
        known = _known(property_.pop("examples", ()))
        is_optional = kind is not PLAIN
        property_ |= (
            {"anyOf": [constraint, *known, {"type": "null"}]}
            if is_optional
            else constraint
        )


def _constraint_definitions() -> Schema:
    """Define for each kind a constraint, one within another, and their matchers."""
    kinds = {
        kind.name: kind
        for model in models_below(Expectations)
        for kind in kinds_of(model).values()
    }
    definitions: Schema = {"OneForm": _one_form()}
    for name, kind in kinds.items():
        definitions |= {
            f"{name}Constraint": _constraint(kind, f"{name}Matcher"),
            f"{name}Part": _constraint(kind, f"{name}PartMatcher"),
            f"{name}Matcher": _matcher(kind, with_notes=True),
            f"{name}PartMatcher": _matcher(kind, with_notes=False),
        }
    return definitions


def _constraint(kind: ValueType, matcher: str) -> Schema:
    values = [*_known(kind.known), _value(kind)] if kind.takes_plain else []
    entry = {"anyOf": [*values, _reference(f"{kind.name}PartMatcher")]}
    any_of_them = {
        "type": "array",
        "minItems": 1,
        "items": entry,
        "description": "Any of these.",
    }
    return {"anyOf": [*values, any_of_them, _reference(matcher)]}


def _known(values: Sequence[object]) -> list[Schema]:
    """Offer well-known values; another alternative accepts any value."""
    said = "Well-known values; any other is accepted, too."
    return [{"enum": [*values], "description": said}] if values else []


def _value(kind: ValueType) -> Schema:
    types = list(kind.types)
    wanted = kind.wanted[0].upper() + kind.wanted[1:]
    return {
        "type": types[0] if len(types) == 1 else types,
        "description": f"{wanted}.",
    }


def _matcher(kind: ValueType, *, with_notes: bool) -> Schema:
    written = Matcher.model_json_schema()[OF_PYDANTIC]
    described = written[Matcher.__name__]["properties"]
    part = _reference(f"{kind.name}Part")
    number = {"type": "number" if kind is PLAIN else _value(kind)["type"]}
    values = {
        **dict.fromkeys(BOUNDS, number),
        **dict.fromkeys(NEARNESS, FROM_ZERO),
        NEARNESS[0]: number,
        "not": part,
        "any_of": {"type": "array", "minItems": 1, "items": part},
    }
    keys = [key for form in forms_of(kind) for key in form]
    keys += [key for key in keys_of(Matcher) if key in NOTES and with_notes]
    return {
        "type": "object",
        "description": Matcher.__doc__,
        "properties": {
            key: (values.get(key) or _without_null(described[key]))
            | {"description": described[key]["description"]}
            for key in keys
        },
        "additionalProperties": False,
        "allOf": [_reference("OneForm")],
    }


def _without_null(property_: Schema) -> Schema:
    """Return the one alternative of an optional property that is not null."""
    [alternative] = (one for one in property_["anyOf"] if one != {"type": "null"})
    return dict(alternative)


def _one_form() -> Schema:
    """Require that a matcher has exactly one of its forms."""
    near, *tolerances = NEARNESS
    return {
        "oneOf": [
            {"anyOf": [{"required": [key]} for key in BOUNDS]},
            *({"required": [form[0]]} for form in FORMS if form != BOUNDS),
        ],
        "if": {"anyOf": [{"required": [key]} for key in NEARNESS]},
        "then": {
            "required": [near],
            "oneOf": [{"required": [key]} for key in tolerances],
        },
    }


def _tidied(schema: Any) -> Any:  # noqa: ANN401  # any part of a schema
    """Leave out titles, and null as the default."""
    if isinstance(schema, list):
        return [_tidied(entry) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _tidied(value)
        for key, value in schema.items()
        if not (key == "title" and isinstance(value, str))
        and not (key == "default" and value is None)
    }
