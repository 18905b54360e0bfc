"""Whatever is demanded of whatever was reported: nothing breaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from pulumi_alicloud_mediaconvert.expect.expectations import (
    Expectations,
    GroupExpectation,
    OutputExpectation,
    Rule,
    Selector,
)
from pulumi_alicloud_mediaconvert.expect.expected_media import (
    AudioExpectation,
    VideoExpectation,
    kinds_of,
)
from pulumi_alicloud_mediaconvert.expect.matchers import Matcher, Strict
from pulumi_alicloud_mediaconvert.expect.validation_messages import problems_of
from pulumi_alicloud_mediaconvert.expect.value_parsers import Level
from pulumi_alicloud_mediaconvert.expect.value_types import LEVEL
from pulumi_alicloud_mediaconvert.verification.constraint_words import described
from pulumi_alicloud_mediaconvert.verification.evaluation import OPPOSITE, Fact, judge

MODELS: list[type[Strict]] = [
    *(Expectations, OutputExpectation, Selector, GroupExpectation, Rule),
    *(VideoExpectation, AudioExpectation),
]
TEXTS = [
    "h264",
    "hvc1",
    "16:9",
    "0:1",
    "30000/1001",
    "3.1",
    "1b",
    "zh",
    "mp4",
    ".*",
    "(",
]
plain_values = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-(10**40), 10**40)
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(TEXTS)
)
numbers = (
    st.integers(-(10**40), 10**40) | st.floats(allow_nan=False) | st.sampled_from(TEXTS)
)
FORM_KEYS = ["min", "max", "near", "tolerance", "tolerance_percent", "matches"]
constraints = st.recursive(
    plain_values
    | st.dictionaries(st.sampled_from(FORM_KEYS), numbers, min_size=1, max_size=2)
    | st.builds(lambda near: {"near": near, "tolerance": 1}, numbers)
    | st.booleans().map(lambda there: {"present": there}),
    lambda inner: (
        st.lists(inner, max_size=3)
        | inner.map(lambda one: {"not": one})
        | st.lists(inner, max_size=3).map(lambda some: {"any_of": some})
    ),
    max_leaves=5,
)
json_values = st.recursive(
    plain_values,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=4,
)
FIELDS = sorted(
    {
        (model.__name__, name)
        for model in (VideoExpectation, AudioExpectation, Selector, Rule)
        for name in kinds_of(model)
    }
)
BY_NAME = {model.__name__: model for model in MODELS}


@st.composite
def facts_of(draw, kind):
    """Draw a fact as it may reach a demand of a kind; of any JSON."""
    values: st.SearchStrategy[object] = json_values
    if kind is LEVEL:
        # The only kind whose fact is made by us, of a codec and a whole number.
        codecs = st.sampled_from(["h264", "hevc", "av1", "vp9", "mpeg2video", None])
        values = st.builds(Level, codecs, st.integers(-(2**53), 2**53))
    return Fact(
        tuple(draw(st.lists(values, max_size=2))),
        is_known=draw(st.booleans()),
        is_absent=draw(st.booleans()),
    )


@pytest.mark.parametrize(("model", "field"), FIELDS)
@given(data=st.data())
def test_judging_never_raises(model, field, data):
    """Any fact has an outcome by any constraint, and `not` turns it about."""
    kind = kinds_of(BY_NAME[model])[field]
    stated = (
        {"query": "a", field: data.draw(constraints)}
        if model == "Rule"
        else {field: data.draw(constraints)}
    )
    try:
        constraint = getattr(BY_NAME[model].model_validate(stated), field)
    except ValidationError:
        return
    if constraint is None:
        return
    fact = data.draw(facts_of(kind))

    found = judge(constraint, fact, kind)

    assert found in OPPOSITE
    assert described(constraint)
    assert (
        judge(Matcher.model_validate({"not": constraint}), fact, kind)
        == OPPOSITE[found]
    )


keys = st.sampled_from(
    sorted({name for model in MODELS for name in model.model_fields} | {"not", "widht"})
)
documents = st.recursive(
    plain_values | constraints,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@given(stated=documents | json_values)
def test_models_refuse_by_problems_or_take(model, stated):
    """Whatever is stated is taken, or refused with at least one problem."""
    try:
        model.model_validate(stated)
    except ValidationError as error:
        problems = problems_of(error, model)
        assert problems
        assert all(one.text for one in problems)
