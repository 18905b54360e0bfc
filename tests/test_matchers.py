"""What a demand may not be: each refusal at its exact path, in its exact words."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from pulumi_alicloud_mediaconvert.expect import value_types
from pulumi_alicloud_mediaconvert.expect.expected_media import VideoExpectation
from pulumi_alicloud_mediaconvert.expect.matcher_validation import (
    DEEPEST,
    FORM_TEXT,
    MAX_PATTERN,
)
from pulumi_alicloud_mediaconvert.expect.validation_messages import problems_of
from pulumi_alicloud_mediaconvert.expect.value_types import ValueType

ONE_FORM = f"needs exactly one of {FORM_TEXT}"
TOLERANCE = "needs near with either tolerance or tolerance_percent"
NO_PLAIN = "use near, min or max: no two encodes agree to the last digit"
OUTERMOST = "belongs to the outermost matcher"
BAD_PATTERN = "is no regular expression that RE2 takes: "

# A demand on `width`, a number, and all that is said of it.
NUMBERS = [
    ("1280", ["width: must be a number, got '1280'"]),
    (True, ["width: must be a number, got True"]),
    (float("nan"), ["width: must be a number, got nan"]),
    ([], ["width: must not be empty"]),
    (
        [1, "2", None],
        [
            "width[1]: must be a number, got '2'",
            "width[2]: must be a number, got null",
        ],
    ),
    ([[1]], ["width[0]: must not be a list within a list"]),
    ({}, [f"width: {ONE_FORM}; got none"]),
    ({"min": None}, [f"width: {ONE_FORM}; got none"]),
    ({"message": "why"}, [f"width: {ONE_FORM}; got none"]),
    (
        {"min": 1, "near": 2, "tolerance": 1},
        [f"width: {ONE_FORM}; got min, near, tolerance"],
    ),
    ({"not": 1, "any_of": [2]}, [f"width: {ONE_FORM}; got any_of, not"]),
    ({"min": 5, "max": 4.9}, ["width: min must not exceed max (5 and 4.9)"]),
    (
        {"min": "a", "max": False},
        [
            "width.min: must be a number, got 'a'",
            "width.max: must be a number, got False",
        ],
    ),
    ({"near": 1}, [f"width: {TOLERANCE}"]),
    ({"tolerance": 1}, [f"width: {TOLERANCE}"]),
    ({"near": 1, "tolerance": 1, "tolerance_percent": 1}, [f"width: {TOLERANCE}"]),
    (
        {"near": "x", "tolerance": -1},
        [
            "width.near: must be a number, got 'x'",
            "width.tolerance: must be a number from 0, got -1",
        ],
    ),
    (
        {"near": 1, "tolerance_percent": True},
        ["width.tolerance_percent: must be a number from 0, got True"],
    ),
    (
        {"near": 1, "tolerance": float("inf")},
        ["width.tolerance: must be a number from 0, got inf"],
    ),
    ({"matches": "1.*"}, ["width.matches: needs text, but this is a number"]),
    ({"mni": 1}, ["width.mni: unknown key (did you mean `min`?)"]),
    ({"not_": 1}, ["width.not_: unknown key (did you mean `not`?)"]),
    (
        {"message": "why", "enforcement_level": "advisory"},
        [f"width: {ONE_FORM}; got none"],
    ),
    ({"not": {"max": "x"}}, ["width.not.max: must be a number, got 'x'"]),
    (
        {"any_of": [1, {"min": "x"}, "y"]},
        [
            "width.any_of[1].min: must be a number, got 'x'",
            "width.any_of[2]: must be a number, got 'y'",
        ],
    ),
    ({"any_of": []}, ["width.any_of: must not be empty"]),
    ({"any_of": 1}, ["width.any_of: must be a list, got 1"]),
    ({"present": "yes"}, ["width.present: must be true or false, got 'yes'"]),
    ({"present": 1}, ["width.present: must be true or false, got 1"]),
    ({"not": {"min": 1, "message": "why"}}, [f"width.not.message: {OUTERMOST}"]),
    (
        [{"min": 1, "enforcement_level": "advisory"}],
        [f"width[0].enforcement_level: {OUTERMOST}"],
    ),
    (
        {"min": 1, "enforcement_level": "strict"},
        ["width.enforcement_level: must be 'mandatory' or 'advisory', got 'strict'"],
    ),
    ({"min": 1, "message": 5}, ["width.message: must be text, got 5"]),
]
# A demand on `pix_fmt`, a word.
TEXTS = [
    (5, ["pix_fmt: must be text, got 5"]),
    (["a", 5], ["pix_fmt[1]: must be text, got 5"]),
    ({"min": 1}, ["pix_fmt: text has no order: min, max and near need numbers"]),
    (
        {"near": 1, "tolerance": 1},
        ["pix_fmt: text has no order: min, max and near need numbers"],
    ),
    ({"matches": 5}, ["pix_fmt.matches: must be text, got 5"]),
    ({"matches": "("}, [f"pix_fmt.matches: {BAD_PATTERN}missing ): ("]),
    (
        {"not": {"matches": "[z-a]"}},
        [f"pix_fmt.not.matches: {BAD_PATTERN}invalid character class range: z-a"],
    ),
    (
        {"matches": r"(a)\1"},
        [f"pix_fmt.matches: {BAD_PATTERN}invalid escape sequence: \\1"],
    ),
    (
        {"matches": r"\pL{1000}"},
        [f"pix_fmt.matches: {BAD_PATTERN}pattern too large - compile failed"],
    ),
    (
        {"matches": "a" * (MAX_PATTERN + 1)},
        ["pix_fmt.matches: must have at most 1000 characters"],
    ),
]
# A demand on a field of another kind.
OTHERS = [
    ({"duration_seconds": 5}, [f"duration_seconds: {NO_PLAIN}"]),
    ({"duration_seconds": [5, {"min": 1}]}, [f"duration_seconds[0]: {NO_PLAIN}"]),
    ({"duration_seconds": {"not": 5}}, [f"duration_seconds.not: {NO_PLAIN}"]),
    ({"bitrate_kbps": {"any_of": [5]}}, [f"bitrate_kbps.any_of[0]: {NO_PLAIN}"]),
    ({"bitrate_kbps": "fast"}, ["bitrate_kbps: must be a number, got 'fast'"]),
    (
        {"fps": {"max": "1/0"}},
        ["fps.max: must be a number or a fraction such as \"30000/1001\", got '1/0'"],
    ),
    (
        {"fps": {"min": "30000/1001", "max": "29.96"}},
        ["fps: min must not exceed max ('30000/1001' and '29.96')"],
    ),
    ({"dar": "16x9"}, ["dar: must be a ratio such as \"16:9\", got '16x9'"]),
    (
        {"level": {"min": "x"}},
        ["level.min: must be a level such as \"3.1\" or 31, got 'x'"],
    ),
    (
        {"level": {"min": "5.1", "max": 40}},
        ["level: min must not exceed max ('5.1' and 40)"],
    ),
    ({"rotate": "left"}, ["rotate: must be a number of degrees, got 'left'"]),
    ({"lang": 49}, ['lang: must be a language such as "zh", got 49']),
    (
        {"codec": 264, "width": "x", "pix_fmt": {"min": 1}},
        [
            'codec: must be a codec such as "h264", got 264',
            "pix_fmt: text has no order: min, max and near need numbers",
            "width: must be a number, got 'x'",
        ],
    ),
]
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


@pytest.mark.parametrize(
    ("constraint", "problems"), NUMBERS, ids=lambda one: repr(one)[:60]
)
def test_a_wrong_constraint_on_a_number_is_refused_at_its_path(constraint, problems):
    """Everything that is wrong is said, each at its path."""
    assert problems_with({"width": constraint}) == sorted(problems)


@pytest.mark.parametrize(
    ("constraint", "problems"), TEXTS, ids=lambda one: repr(one)[:60]
)
def test_a_wrong_constraint_on_text_is_refused_at_its_path(constraint, problems):
    """Text has no order, and its patterns must be ones."""
    assert problems_with({"pix_fmt": constraint}) == sorted(problems)


@pytest.mark.parametrize(("stated", "problems"), OTHERS, ids=lambda one: repr(one)[:60])
def test_each_kind_says_what_it_takes(stated, problems):
    """The words for what is expected are those of the field's kind."""
    assert problems_with(stated) == sorted(problems)


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
