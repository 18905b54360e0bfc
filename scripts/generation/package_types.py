"""Types of the Pulumi package: what `expect` takes, what outputs hold, and enums.

Source: https://www.pulumi.com/docs/iac/guides/building-extending/packages/schema/.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from documentation.attributes import meanings_of
from generation.from_models import form_of, meaning_of
from generation.package_enums import WORDS, enum_spec
from pulumi_alicloud_mediaconvert.expect import expectations, expected_media
from pulumi_alicloud_mediaconvert.expect.json_schema import forms_of
from pulumi_alicloud_mediaconvert.expect.matcher_validation import NOTES
from pulumi_alicloud_mediaconvert.expect.matchers import Matcher
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
from pulumi_alicloud_mediaconvert.hosts.native.property_keys import (
    all_names,
    native_name,
)
from pulumi_alicloud_mediaconvert.hosts.native.property_names import NAMES as PROPERTIES
from pulumi_alicloud_mediaconvert.schema import outputs
from pulumi_alicloud_mediaconvert.schema.inputs import WaitInputs

Spec = dict[str, Any]

PACKAGE = "mediaconvert"
ANY: Spec = {"$ref": "pulumi.json#/Any"}
TEXTS: Spec = {"type": "string"}
NUMBERS: Spec = {"type": "number"}
BOOLEANS: Spec = {"type": "boolean"}
# Names of properties that programs of the plugin spell in another way.
LONG_NAMES = {
    name
    for names in PROPERTIES
    for name in all_names(names.read(), set())
    if native_name(name) != name
}
UNIONS = (typing.Union, types.UnionType)
DURATION: Spec = {"oneOf": [TEXTS, NUMBERS]}
RATE_NUMBER: Spec = {"oneOf": [NUMBERS, TEXTS]}
# Where a program has another name for a model or a class. An SDK for Go calls the
# output of a resource `JobOutput`.
NAMES: Mapping[type, str] = {
    expectations.Selector: "OutputSelector",
    expectations.Rule: "RuleExpectation",
    WaitInputs: "WaitLimits",
    outputs.JobOutput: "DeliveredOutput",
}
MODELS: Sequence[type[BaseModel]] = (
    expectations.Expectations,
    expected_media.EveryOutputExpectation,
    expectations.OutputExpectation,
    expectations.Selector,
    expectations.GroupExpectation,
    expected_media.VideoExpectation,
    expected_media.AudioExpectation,
    expectations.ConsistentExpectation,
    expectations.Rule,
    WaitInputs,
)
OUTPUTS: Sequence[type[Any]] = (
    outputs.JobOutput,
    outputs.JobFile,
    outputs.JobVideoStream,
    outputs.JobAudioStream,
    outputs.JobOutputGroup,
    outputs.JobMismatch,
    outputs.JobSetCounts,
    outputs.JobSetEntry,
    outputs.JobSetMismatch,
)
# One of each form; kinds of one form share the types.
KINDS = (NUMBER, ANGLE, MEASURE, RATE, TEXT, PLAIN)
MATCHERS: Mapping[ValueType, str] = {
    NUMBER: "A matcher for a number. Use exactly one of its forms.",
    ANGLE: "A matcher for a rotation in degrees. Use exactly one of its forms.",
    MEASURE: "A matcher for a duration or a bit rate. Use exactly one of its forms.",
    RATE: "A matcher for a rate, a ratio or a level. Use exactly one of its forms.",
    TEXT: "A matcher for text. Use exactly one of its forms.",
    PLAIN: "A matcher for the result of a query. Use exactly one of its forms.",
}


def token(name: str) -> str:
    """Return the token of a type, a resource or a function."""
    return f"{PACKAGE}:index:{name}"


def reference(name: str) -> Spec:
    """Refer to a type."""
    return {"$ref": f"#/types/{token(name)}"}


# A union with an enum is no more than text in an SDK for Go.
EXPECT: Spec = {"oneOf": [reference("Expectations"), TEXTS]}
LEAVES: Mapping[object, Spec] = {
    str: TEXTS,
    float: NUMBERS,
    int: {"type": "integer"},
    bool: BOOLEANS,
    Any: ANY,
    Literal[False]: BOOLEANS,
    expectations.Expectations: EXPECT,
    **{words: reference(name) for words, name in WORDS.items()},
}


def name_of(model: type) -> str:
    """Name the type of a model or of a class of outputs."""
    return NAMES.get(model, model.__name__)


def said(text: str) -> str:
    """Write a description in the spelling of programs in every language."""
    # What stands in quotes is a value.
    known = re.compile(rf'"[^"]*"|\b({"|".join(sorted(LONG_NAMES, reverse=True))})\b')
    text = known.sub(
        lambda found: native_name(found[1]) if found[1] else found[0], text
    )
    return text.replace("`False`", "`false`").replace("`True`", "`true`")


def all_types() -> Spec:
    """Write all types by their tokens."""
    written = {
        **{name: enum_spec(words) for words, name in WORDS.items()},
        **{name_of(model): _model(model) for model in MODELS},
        **{matcher_name(kind): _matcher(kind) for kind in KINDS},
        **{name_of(typed): _output(typed) for typed in OUTPUTS},
    }
    return {token(name): spec for name, spec in sorted(written.items())}


def matcher_name(kind: ValueType) -> str:
    """Name the type of the matchers of a kind."""
    return f"{form_of(kind)}Matcher"


def input_of(model: type[BaseModel], name: str) -> Spec:
    """Write a field of a model as a property that a program states."""
    field = model.model_fields[name]
    typed = _input_type(model, name, field)
    return {**typed, "description": said(meaning_of(field))}


def type_of(annotation: Any) -> Spec:  # noqa: ANN401  # any type
    """Write the type of an input or of an output; that it may be absent is left out."""
    origin = typing.get_origin(annotation)
    inner = [one for one in typing.get_args(annotation) if one is not types.NoneType]
    if annotation in LEAVES:
        return LEAVES[annotation]
    if origin is None:
        return reference(name_of(annotation))
    if origin is typing.Annotated or (origin in UNIONS and len(inner) == 1):
        return type_of(inner[0])
    if origin in UNIONS:
        return {"oneOf": [type_of(one) for one in inner]}
    if issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": type_of(inner[1])}
    return {"type": "array", "items": type_of(inner[0])}


def is_optional(annotation: object) -> bool:
    """Whether an output may be absent."""
    return types.NoneType in typing.get_args(annotation)


def output_properties(
    annotations: Mapping[str, Any],
    meanings: Mapping[str, str],
) -> Spec:
    """Write outputs as properties, and which of them are always there.

    Args:
        annotations: their types by name; what may be `None` is not always there.
        meanings: by name.
    """
    return {
        "properties": {
            native_name(name): {
                **type_of(typed),
                "description": said(meanings[name]),
            }
            for name, typed in annotations.items()
        },
        "required": sorted(
            native_name(name)
            for name, typed in annotations.items()
            if not is_optional(typed)
        ),
    }


def _model(model: type[BaseModel]) -> Spec:
    # A selector carries no notes.
    left_out = NOTES if model is expectations.Selector else frozenset()
    names = {key: one for key, one in keys_of(model).items() if key not in left_out}
    properties = {key: input_of(model, name) for key, name in names.items()}
    required = [key for key, name in names.items() if _is_required(model, name)]
    return _object(model.__doc__ or "", properties, required)


def _is_required(model: type[BaseModel], name: str) -> bool:
    return model.model_fields[name].is_required()


def _object(description: str, properties: Spec, required: Iterable[str]) -> Spec:
    spec: Spec = {
        "type": "object",
        "description": said(description.partition("\n")[0]),
        "properties": {native_name(key): one for key, one in properties.items()},
    }
    if needed := sorted(map(native_name, required)):
        spec["required"] = needed
    return spec


def _input_type(model: type[BaseModel], name: str, field: FieldInfo) -> Spec:
    if issubclass(model, WaitInputs):
        return DURATION
    if issubclass(model, expected_media.Constraints):
        kind = expected_media.kinds_of(model).get(name)
        if kind is not None:
            return _constraint(kind)
    return type_of(field.annotation)


def _constraint(kind: ValueType) -> Spec:
    """Write the values of a constraint: a value, a matcher, or a list of both."""
    [matcher] = [matcher_name(one) for one in KINDS if form_of(one) == form_of(kind)]
    values = [{"type": one} for one in kind.types] if kind.takes_plain else []
    entries = [*values, reference(matcher)]
    entry = entries[0] if len(entries) == 1 else {"oneOf": entries}
    return {"oneOf": [*entries, {"type": "array", "items": entry}]}


def _matcher(kind: ValueType) -> Spec:
    number = RATE_NUMBER if form_of(kind) == form_of(RATE) else NUMBERS
    typed: Mapping[str, Spec] = {
        **dict.fromkeys(("min", "max", "near"), number),
        **dict.fromkeys(("tolerance", "tolerance_percent"), NUMBERS),
        "not": _constraint(kind),
        "any_of": {"type": "array", "items": _constraint(kind)},
        "matches": TEXTS,
        "present": BOOLEANS,
        "message": TEXTS,
        "enforcement_level": reference("ExpectationLevel"),
    }
    known = {key for form in forms_of(kind) for key in form} | NOTES
    properties = {
        key: {
            **typed[key],
            "description": said(Matcher.model_fields[name].description or ""),
        }
        for key, name in keys_of(Matcher).items()
        if key in known
    }
    return _object(MATCHERS[kind], properties, ())


def _output(typed: type[Any]) -> Spec:
    hints = typing.get_type_hints(typed)
    annotations = {name: hints[name] for name in typed.__annotations__}
    meanings = {**dict.fromkeys(annotations, ""), **meanings_of(typed)}
    described = output_properties(annotations, meanings)
    return {
        "type": "object",
        "description": said((typed.__doc__ or "").partition("\n")[0]),
        **described,
    }
