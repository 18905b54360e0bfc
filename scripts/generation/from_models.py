"""Blocks of code that follow from the models of `expect`: its types for editors."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from generation.lines import docstring, unwrapped
from pulumi_alicloud_mediaconvert.expect import expectations, expected_media
from pulumi_alicloud_mediaconvert.expect.json_schema import forms_of
from pulumi_alicloud_mediaconvert.expect.matcher_validation import FORMS, NOTES
from pulumi_alicloud_mediaconvert.expect.matchers import Matcher, Strict
from pulumi_alicloud_mediaconvert.expect.validation_messages import keys_of
from pulumi_alicloud_mediaconvert.expect.value_types import (
    ANGLE,
    MEASURE,
    NUMBER,
    PLAIN,
    RATE,
    TEXT,
    ValueType,
)
from pulumi_alicloud_mediaconvert.input_names import (
    INPUT_NAMES,
    SET_INPUT_NAMES,
    EnforcementLevel,
    ExpectationLevel,
    OnInconclusive,
    OnPreview,
    OtherOutputs,
)
from pulumi_alicloud_mediaconvert.schema.inputs import JobInputs, WaitInputs
from pulumi_alicloud_mediaconvert.schema.set_inputs import JobSetInputs
from pulumi_alicloud_mediaconvert.text import short_duration
from pulumi_alicloud_mediaconvert.waiting.wait_limits import DEFAULTS

MODELS: Mapping[str, type[Strict]] = {
    "VideoExpectationArgs": expected_media.VideoExpectation,
    "AudioExpectationArgs": expected_media.AudioExpectation,
    "SelectorArgs": expectations.Selector,
    "EveryOutputExpectationArgs": expected_media.EveryOutputExpectation,
    "OutputExpectationArgs": expectations.OutputExpectation,
    "GroupExpectationArgs": expectations.GroupExpectation,
    "ConsistentArgs": expectations.ConsistentExpectation,
    "RuleArgs": expectations.Rule,
    "ExpectationsArgs": expectations.Expectations,
}
NAMES = {model: name for name, model in MODELS.items()}
# One of each form; kinds of one form share the types.
KINDS = (NUMBER, ANGLE, MEASURE, RATE, TEXT, PLAIN)
BOUNDS = {*FORMS[0], *FORMS[1]}
ENUMS: Mapping[object, str] = {
    EnforcementLevel: "EnforcementLevel",
    ExpectationLevel: "ExpectationLevel",
    OnInconclusive: "OnInconclusive",
    OnPreview: "OnPreview",
    OtherOutputs: "OtherOutputs",
}
# What a resource returns of an input, if not as `ENUMS` or any value.
AS_APPLIED = {
    "job_id": "str",
    "region": "str",
    "fail_fast": "bool",
    "triggers": "Sequence[Any]",
}
# Defaults that the models do not have.
UNSTATED = {
    "region": "the configured region",
    "wait": f'a `timeout` of `"{short_duration(DEFAULTS.timeout)}"`',
}
# Inputs of `MediaConvertJob.get` besides the ID.
READ_NAMES = ("region", "expect", "enforcement_level", "on_inconclusive")
# What both constructors raise.
REFUSED = {
    "pulumi.RunError": "`opts` has `import_`, which dynamic resources do not support.",
    "TypeError": "`opts` is not a `ResourceOptions`.",
}


def argument_blocks() -> Mapping[str, list[str]]:
    """Write the keys of the types in `args`, by class."""
    blocks = {name: [*_keys(model)] for name, model in MODELS.items()}
    for kind in KINDS:
        blocks[f"{form_of(kind)}MatcherArgs"] = [*_matcher_keys(kind)]
    return blocks


def wait_blocks() -> Mapping[str, list[str]]:
    """Write the keys of the type of `wait`."""
    return {
        "WaitArgs": [
            line
            for name, field in WaitInputs.model_fields.items()
            for line in (
                f"    {name}: pulumi.Input[str | float]",
                *docstring(meaning_of(field), 4),
            )
        ]
    }


def constructors() -> tuple[list[str], list[str]]:
    """Write the docstrings of `MediaConvertJob` and `MediaConvertJobSet`."""
    return (
        _documented("Declare the job.", _described(JobInputs, INPUT_NAMES), REFUSED),
        _documented(
            "Declare the jobs.", _described(JobSetInputs, SET_INPUT_NAMES), REFUSED
        ),
    )


def get_block() -> list[str]:
    """Write the docstring of `MediaConvertJob.get`."""
    region = f"Region of the job. Default: {UNSTATED['region']}."
    described = _described(JobInputs, READ_NAMES) | {
        "id": "ID of the job.",
        "region": region,
    }
    in_order = ["resource_name", "id", *READ_NAMES, "opts"]
    return _documented(
        "Read a job by its ID, also in previews, without managing it.",
        {name: described[name] for name in in_order},
        {"pulumi.RunError": "The installed SDK is older than 3.268."}
        | {"TypeError": REFUSED["TypeError"]},
        "It reads the job once, never waits, and verifies it. A bad verdict, including",
        "`pending`, stops the deployment, depending on `enforcement_level`.",
    )


def applied_blocks() -> tuple[list[str], list[str]]:
    """Write the inputs of both resources as attributes: what was applied."""
    return _applied(JobInputs, INPUT_NAMES), _applied(JobSetInputs, SET_INPUT_NAMES)


def _applied(model: type[BaseModel], names: Sequence[str]) -> list[str]:
    lines: list[str] = []
    for name in names:
        field = model.model_fields[name]
        typed = AS_APPLIED.get(name) or ENUMS.get(field.annotation, "Any")
        lines.append(f"    {name}: pulumi.Output[{typed}]")
        lines += docstring(meaning_of(field), 4)
    return lines


def _described(model: type[BaseModel], names: Sequence[str]) -> dict[str, str]:
    """Return the meanings of parameters, by name."""
    meanings = {name: meaning_of(model.model_fields[name]) for name in names}
    for name, default in UNSTATED.items():
        if name in meanings:
            meanings[name] += f" Default: {default}."
    return {
        "resource_name": "Name of the resource.",
        **meanings,
        "opts": "Options of the resource.",
    }


def _documented(
    summary: str, described: Mapping[str, str], raised: Mapping[str, str], *more: str
) -> list[str]:
    """Write the docstring of a method: what it does, its parameters, its errors."""
    sections = {"Args": described, "Raises": raised}
    return unwrapped(
        summary,
        *(["", *more] if more else []),
        *(
            line
            for head, entries in sections.items()
            for line in (
                "",
                f"{head}:",
                *(f"    {name}: {text}" for name, text in entries.items()),
            )
        ),
        indent=8,
    )


def form_of(kind: ValueType) -> str:
    """Name the form of a kind: what decides how its values are typed."""
    if len(kind.types) > 1:
        return "Plain" if "boolean" in kind.types else "Rate"
    if kind.types == ("string",):
        return "Text"
    if not kind.takes_plain:
        return "Measure"
    return "Number" if kind.scale else "Angle"


def _keys(model: type[Strict]) -> Iterator[str]:
    """Write the keys of a model; those that every expectation has come last.

    A class of `args` inherits none: editors show only what stands beside a key in the
    very class.
    """
    kinds = expected_media.kinds_of(model)
    for name, field in _in_order(model):
        value = f"{form_of(kinds[name])}Constraint" if name in kinds else None
        typed = f"pulumi.Input[{value or _python(field.annotation)}]"
        typed = f"Required[{typed}]" if field.is_required() else typed
        yield f"    {name}: {typed}"
        yield from docstring(meaning_of(field), 4)


def _in_order(model: type[Strict]) -> Iterator[tuple[str, FieldInfo]]:
    """Return what selects first, notes last; a selector carries none."""
    first, last = ("name", "where"), ("message", "enforcement_level")
    fields = model.model_fields
    left_out = NOTES if model is expectations.Selector else frozenset()
    between = [name for name in fields if name not in {*first, *last}]
    for name in (*first, *between, *last):
        if name in fields and name not in left_out:
            yield name, fields[name]


def meaning_of(field: FieldInfo) -> str:
    """Say what a field means, and its default."""
    if field.default in (None, PydanticUndefined):
        return field.description or ""
    is_time = isinstance(field.default, float)
    default = f"{field.default:g} seconds" if is_time else f"`{field.default}`"
    return f"{field.description} Default: {default}."


def _python(annotation: Any) -> str:  # noqa: ANN401  # any type
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if annotation in ENUMS:
        # As Pulumi types its enums: a value from the configuration is any text.
        return f"{ENUMS[annotation]} | str"
    if origin is Annotated:
        return _python(inner[0])
    if origin is list:
        return f"Sequence[pulumi.Input[{_python(inner[0])}]]"
    if origin is Literal:
        words = ", ".join(f'"{word}"' for word in inner)
        return f"Literal[{words}]"
    if origin in (typing.Union, types.UnionType):
        one, *others = [_python(part) for part in inner if part is not types.NoneType]
        # One stream, or a list of them.
        return one.replace("ExpectationArgs", "Constraint") if others else one
    return NAMES.get(annotation) or str(annotation.__name__)


def _matcher_keys(kind: ValueType) -> Iterator[str]:
    number = "float | str" if kind is RATE else "float"
    typed = {
        **dict.fromkeys(BOUNDS, "float"),
        **dict.fromkeys(("min", "max", "near"), number),
        "any_of": f"Sequence[pulumi.Input[{form_of(kind)}Constraint]]",
        "matches": "str",
        "present": "bool",
        "message": "str",
        "enforcement_level": "ExpectationLevel | str",
    }
    keys = {key for form in forms_of(kind) for key in form} - {"not"} | NOTES
    for key, name in keys_of(Matcher).items():
        if key in keys:
            yield f"    {key}: pulumi.Input[{typed[key]}]"
            yield from docstring(Matcher.model_fields[name].description or "", 4)
