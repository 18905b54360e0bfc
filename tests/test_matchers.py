"""What a constraint may be; what it may not be is in `data/refusals.yaml`."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from pulumi_alicloud_mediaconvert.expect import value_types
from pulumi_alicloud_mediaconvert.expect.expected_media import VideoExpectation
from pulumi_alicloud_mediaconvert.expect.matcher_validation import (
    DEEPEST,
    MAX_PATTERN,
)
from pulumi_alicloud_mediaconvert.expect.validation_messages import problems_of
from pulumi_alicloud_mediaconvert.expect.value_types import ValueType

TAKEN = [
    {"width": 1280.0},
    {"width": [1280, {"min": 1920, "max": 1920}]},
    {"width": {"near": 0, "tolerance": 0}},
    {"width": {"near": 10**9, "tolerance_percent": 0.1}},
    {"width": {"any_of": [[1, 2], {"not": [3, {"max": 0}]}]}},
    {
        "width": {
            "min": 1,
            "max": None,
            "message": "why",
            "enforcement_level": "advisory",
        }
    },
    {"width": {"present": False}},
    {"width": None},
    {"pix_fmt": {"matches": "(?i)YUV.*"}},
    {"pix_fmt": {"matches": "a" * MAX_PATTERN}},
    {"duration_seconds": {"not": {"max": 5}}},
    {"dar": {"near": "16:9", "tolerance": 0.01}},
    {"fps": {"min": "24000/1001", "max": 25}},
    {"level": {"min": "3.1", "max": 5}},
    {"level": {"min": 40, "max": "5.1"}},
    {"codec": ["H.264", {"matches": "hevc|h265"}]},
    {"rotate": [0, -90]},
]


def problems_with(stated):
    """Say what is wrong with a video expectation, in the order of the paths."""
    with pytest.raises(ValidationError) as caught:
        VideoExpectation.model_validate(stated)
    return sorted(one.line for one in problems_of(caught.value, VideoExpectation))


@pytest.mark.parametrize("stated", TAKEN, ids=lambda one: repr(one)[:60])
def test_a_good_constraint_is_taken(stated):
    """What the language has is not refused, however it is nested."""
    VideoExpectation.model_validate(stated)


def test_a_constraint_is_nested_as_deeply_as_it_may_be():
    """Forty levels are taken."""
    constraint: object = 1
    for _ in range(40):
        constraint = {"not": constraint}

    VideoExpectation.model_validate({"width": constraint})


@pytest.mark.parametrize("stated", [{"width": 1}, {"width": {"min": 1}}], ids=repr)
def test_what_is_demanded_stays_as_it_was_read(stated):
    """An expectation is a value: nobody changes it after it was checked."""
    read = VideoExpectation.model_validate(stated)

    with pytest.raises(ValidationError, match="frozen"):
        setattr(read, "width", 2)  # noqa: B010  # mypy would refuse it already


@pytest.mark.parametrize("wrap", ["not", "any_of"])
def test_a_constraint_may_be_nested_but_not_without_end(wrap):
    """Beyond what anybody writes it is refused, before anything breaks."""
    constraint: object = 1
    for _ in range(DEEPEST + 1):
        constraint = {"not": constraint} if wrap == "not" else {"any_of": [constraint]}

    [problem] = problems_with({"width": constraint})

    assert problem.endswith(": is nested too deeply")


@pytest.mark.parametrize(
    ("field", "is_ordered", "takes_pattern"),
    [
        *((name, True, False) for name in ("width", "fps", "dar", "level")),
        *((name, False, True) for name in ("codec", "profile", "lang", "pix_fmt")),
    ],
)
def test_order_is_for_numbers_and_patterns_are_for_text(
    field, is_ordered, takes_pattern
):
    """Each kind takes the forms that mean something for it."""
    for constraint, is_taken in (
        ({"min": 1}, is_ordered),
        ({"matches": "1"}, takes_pattern),
    ):
        if is_taken:
            VideoExpectation.model_validate({field: constraint})
        else:
            assert len(problems_with({field: constraint})) == 1


def test_no_kind_takes_both_but_that_of_queries():
    """Of what a query gives nobody knows the kind."""
    both = {
        kind.name
        for kind in vars(value_types).values()
        if isinstance(kind, ValueType) and kind.scale and kind.takes_pattern
    }

    assert both == {"Plain"}
