"""The types of `expect` for editors, and the models that they follow."""

from __future__ import annotations

import typing
from collections.abc import Sequence
from typing import Any

import pulumi
import pytest
from pydantic_core import PydanticUndefined

from pulumi_alicloud_mediaconvert import args
from pulumi_alicloud_mediaconvert.expect.expectations import (
    ConsistentExpectation,
    Expectations,
    GroupExpectation,
    OutputExpectation,
    Rule,
    Selector,
)
from pulumi_alicloud_mediaconvert.expect.expected_media import (
    AudioExpectation,
    EveryOutputExpectation,
    VideoExpectation,
    kinds_of,
)
from pulumi_alicloud_mediaconvert.expect.json_schema import (
    forms_of,
    models_below,
)
from pulumi_alicloud_mediaconvert.expect.matcher_validation import NOTES
from pulumi_alicloud_mediaconvert.expect.matchers import Strict
from pulumi_alicloud_mediaconvert.expect.validation_messages import keys_of
from pulumi_alicloud_mediaconvert.expect.value_types import ValueType
from pulumi_alicloud_mediaconvert.input_names import ExpectationLevel, OtherOutputs

# Computed types are beyond a type checker.
INPUT: Any = pulumi.Input
SEQUENCE: Any = Sequence
TYPES: dict[type[Strict], Any] = {
    Expectations: args.ExpectationsArgs,
    OutputExpectation: args.OutputExpectationArgs,
    EveryOutputExpectation: args.EveryOutputExpectationArgs,
    GroupExpectation: args.GroupExpectationArgs,
    VideoExpectation: args.VideoExpectationArgs,
    AudioExpectation: args.AudioExpectationArgs,
    Selector: args.SelectorArgs,
    ConsistentExpectation: args.ConsistentArgs,
    Rule: args.RuleArgs,
}
# By the types of a plain value, whether one is taken, and whether there is an order.
Form = tuple[tuple[str, ...], bool, bool]
NUMBER: Form = (("number",), True, True)
CONSTRAINTS: dict[Form, tuple[Any, Any]] = {
    NUMBER: (args.NumberConstraint, args.NumberMatcherArgs),
    (("number",), True, False): (args.AngleConstraint, args.AngleMatcherArgs),
    (("number",), False, True): (args.MeasureConstraint, args.MeasureMatcherArgs),
    (("number", "string"), True, True): (args.RateConstraint, args.RateMatcherArgs),
    (("string",), True, False): (args.TextConstraint, args.TextMatcherArgs),
    (("string", "number", "boolean"), True, True): (
        args.PlainConstraint,
        args.PlainMatcherArgs,
    ),
}
PYTHON_TYPES = {"number": float, "string": str, "boolean": bool}


def form_of(kind: ValueType) -> Form:
    """Say what decides how a kind is typed."""
    return kind.types, kind.takes_plain, kind.scale is not None


models = pytest.mark.parametrize("model", TYPES, ids=lambda model: model.__name__)


def kinds() -> dict[str, ValueType]:
    """Return the kinds of all that may be demanded, by their names."""
    return {kind.name: kind for model in TYPES for kind in kinds_of(model).values()}


def hints(type_: Any) -> dict[str, Any]:
    """Return the types of the keys, as they are written.

    Pulumi's own name for an input is one that `typing` cannot resolve.
    """
    return {
        key: eval(hint.__forward_arg__, vars(args))  # noqa: S307  # our own source
        for key, hint in type_.__annotations__.items()
    }


def hinted(type_: Any) -> dict[str, Any]:
    """Return the types of the keys, whether they are required or not."""
    return {
        key: typing.get_args(hint)[0] if is_required(hint) else hint
        for key, hint in hints(type_).items()
    }


def is_required(hint: Any) -> bool:
    """Whether a key of that type may not be left out."""
    return typing.get_origin(hint) is typing.Required


def keys_taken(model: type[Strict]) -> dict[str, str]:
    """Return the keys that a model takes; what only selects takes no notes."""
    left_out = NOTES if model is Selector else ()
    return {key: name for key, name in keys_of(model).items() if key not in left_out}


def test_every_model_has_its_type():
    """Whatever stands in `expect` is typed."""
    assert set(TYPES) == set(models_below(Expectations))


@models
def test_a_type_has_the_keys_of_its_model(model):
    """An editor offers what is validated, no more and no less."""
    assert set(TYPES[model].__annotations__) == set(keys_taken(model))


@models
def test_a_type_requires_what_its_model_requires(model):
    """A key without which a preview would stop is missed in the editor already."""
    required = {
        key
        for key, name in keys_of(model).items()
        if model.model_fields[name].get_default(call_default_factory=True)
        is PydanticUndefined
    }

    stated = hints(TYPES[model]).items()
    assert {key for key, hint in stated if is_required(hint)} == required


@models
def test_a_constraint_is_typed_by_its_kind(model):
    """A number is typed as a number, text as text, each with its matcher."""
    found = hinted(TYPES[model])

    wanted = {
        key: INPUT[CONSTRAINTS[form_of(kind)][0]]
        for key, kind in kinds_of(model).items()
    }
    assert {key: found[key] for key in wanted} == wanted


def listed(one: Any) -> Any:
    """Return the type of a list of which each entry may be an output."""
    return SEQUENCE[INPUT[one]]


@pytest.mark.parametrize(
    ("model", "key", "inner"),
    [
        (Expectations, "outputs", listed(args.OutputExpectationArgs)),
        (Expectations, "output_groups", listed(args.GroupExpectationArgs)),
        (Expectations, "every_output", args.EveryOutputExpectationArgs),
        (Expectations, "consistent", args.ConsistentArgs),
        (Expectations, "rules", listed(args.RuleArgs)),
        (Expectations, "as_requested", bool),
        (Expectations, "other_outputs", OtherOutputs | str),
        (OutputExpectation, "where", args.SelectorArgs),
        (OutputExpectation, "name", str),
        (OutputExpectation, "video", args.VideoConstraint),
        (OutputExpectation, "audio", args.AudioConstraint),
        (GroupExpectation, "outputs", listed(args.OutputExpectationArgs)),
        (GroupExpectation, "name", str),
        (ConsistentExpectation, "duration_seconds", float),
        (Rule, "query", str),
        (Rule, "message", str),
        (Rule, "enforcement_level", ExpectationLevel | str),
    ],
    ids=lambda value: getattr(value, "__name__", None) or str(value)[:40],
)
def test_what_is_no_constraint_is_typed_as_its_model_says(model, key, inner):
    """Mappings within mappings lead to the types of their models."""
    assert hinted(TYPES[model])[key] == INPUT[inner]


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.name)
def test_a_matcher_has_the_forms_of_its_kind(kind):
    """An editor offers bounds of numbers and patterns of text only."""
    constraint, matcher = CONSTRAINTS[form_of(kind)]

    keys = {key for form in forms_of(kind) for key in form} | NOTES
    found = hinted(matcher)
    assert set(found) == keys
    assert found["not"] == INPUT[constraint]
    assert found["any_of"] == INPUT[Sequence[INPUT[constraint]]]


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.name)
def test_a_constraint_is_a_plain_value_a_matcher_or_a_list_of_them(kind):
    """What no plain value may stand for is typed as a matcher only."""
    constraint, matcher = CONSTRAINTS[form_of(kind)]

    plain = [PYTHON_TYPES[name] for name in kind.types] if kind.takes_plain else []
    one = {*plain, matcher}
    parts = set(typing.get_args(constraint))
    [sequence] = parts - one
    assert parts == one | {sequence}
    assert sequence == listed(typing.Union[tuple(one)])  # noqa: UP007  # computed
