"""Each mistake in expectations, and the line that tells it."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from pulumi_alicloud_mediaconvert.expect.expectations import Expectations
from pulumi_alicloud_mediaconvert.expect.validation_messages import (
    MAX_PROBLEMS,
    problems_of,
)


def lines_of(expect: object) -> list[str]:
    """Return what is said of expectations that are refused."""
    with pytest.raises(ValidationError) as caught:
        Expectations.model_validate(expect)
    return [problem.line for problem in problems_of(caught.value, Expectations)]


def of_video(**stated: Any) -> dict[str, Any]:
    """State something of the video of one output."""
    return {"outputs": [{"name": "a", "video": stated}]}


@pytest.mark.parametrize(
    ("expect", "line"),
    [
        (7, 'must be a mapping or "as-requested", got 7'),
        ("as requested", "must be a mapping or \"as-requested\", got 'as requested'"),
        ({"outputs": {}}, "outputs: must be a list, got a mapping"),
        ({"outputs": ["a"]}, "outputs[0]: must be a mapping, got 'a'"),
        ({"outputs": [{}]}, "outputs[0]: needs either name or where"),
        (
            {"outputs": [{"name": "a", "where": {"width": 1}}]},
            "outputs[0]: needs either name or where",
        ),
        (
            {"outputs": [{"where": {}}]},
            "outputs[0].where: must select by at least one fact",
        ),
        (
            {"outputs": [{"where": {"width": 1, "message": "m"}}]},
            "outputs[0].where.message: has no place in where, which only selects",
        ),
        ({"outputs": [{"name": ""}]}, "outputs[0].name: must not be empty"),
        ({"outputs": [{"name": 720}]}, "outputs[0].name: must be text, got 720"),
        ({"output_groups": [{}]}, "output_groups[0].name: is required"),
        (
            {"outputs": [{"name": "a"}, {"name": " a"}]},
            'outputs[1].name: output "a" is named twice',
        ),
        (
            {"outputs": [{"name": "a", "status": ["Success", "Skiped"]}]},
            "outputs[0].status[1]: must be a status such as \"Success\", got 'Skiped'",
        ),
        (
            {"outputs": [{"name": "a", "status": {"not": "Fail"}}]},
            "outputs[0].status.not: must be a status such as \"Success\", got 'Fail'",
        ),
        (
            {"other_outputs": "refuse"},
            "other_outputs: must be 'allow' or 'forbid', got 'refuse'",
        ),
        ({"as_requested": 1}, "as_requested: must be true or false, got 1"),
        ({"consistent": {}}, "consistent.duration_seconds: is required"),
        (
            {"consistent": {"duration_seconds": -1}},
            "consistent.duration_seconds: must be a number of seconds from 0, got -1",
        ),
        (
            {"consistent": {"duration_seconds": 10**400}},
            "consistent.duration_seconds: must be a number, got int",
        ),
        ({"rules": [{}]}, "rules[0].query: is required"),
        (
            {"rules": [{"query": "a" * 2001}]},
            "rules[0].query: must have at most 2000 characters",
        ),
        (
            {"rules": [{"query": "a["}]},
            "rules[0].query: is no JMESPath query: Incomplete expression",
        ),
        (
            {"rules": [{"query": "lenght(outputs)"}]},
            (
                "rules[0].query: is no JMESPath query: there is no function `lenght` "
                "(did you mean `length`?)"
            ),
        ),
        (
            {"rules": [{"query": "outputs[?zzz(name)].a"}]},
            ("rules[0].query: is no JMESPath query: there is no function `zzz`"),
        ),
        (
            {"rules": [{"query": "length(outputs[0:2], state)"}]},
            ("rules[0].query: is no JMESPath query: `length` takes 1, not 2 arguments"),
        ),
        (
            {"rules": [{"query": "not_null()"}]},
            (
                "rules[0].query: is no JMESPath query: `not_null` takes at least 1, "
                "not 0 arguments"
            ),
        ),
        (
            {"rules": [{"query": "state", "must_be": {"min": "two"}}]},
            "rules[0].must_be.min: must be a number, got 'two'",
        ),
        ({1: 2}, "[1]: is no key: a key must be text"),
    ],
    ids=lambda value: str(value)[:70],
)
def test_each_mistake_is_told_at_its_path(expect, line):
    """One line says where it is, what is allowed and what stands there."""
    [found] = lines_of(expect)

    assert found == line


@pytest.mark.parametrize(
    ("field", "constraint", "line"),
    [
        ("audio", [{}] * 65, ": must have at most 64 entries"),
        (
            "video",
            "h264",
            ": must be a mapping, or a list of them ([]: none), got 'h264'",
        ),
        (
            "audio",
            "none",
            ": must be a mapping, or a list of them ([]: none), got 'none'",
        ),
        ("audio", ["aac"], "[0]: must be a mapping, got 'aac'"),
        (
            "bitrate_kbps",
            3,
            ": use near, min or max: no two encodes agree to the last digit",
        ),
        (
            "bitrate_kbps",
            [3],
            "[0]: use near, min or max: no two encodes agree to the last digit",
        ),
        (
            "bitrate_kbps",
            {"near": 3},
            ": needs near with either tolerance or tolerance_percent",
        ),
        (
            "bitrate_kbps",
            {"near": 3, "tolerance": -1},
            ".tolerance: must be a number from 0, got -1",
        ),
        ("width", "a", ": must be a number, got 'a'"),
        ("width", True, ": must be a number, got True"),
        ("width", [], ": must not be empty"),
        ("width", [[1]], "[0]: must not be a list within a list"),
        ("width", {"min": 2, "max": 1}, ": min must not exceed max (2 and 1)"),
        (
            "width",
            {"min": 1, "not": 2},
            (
                ": needs exactly one of min and max, near and tolerance, not, any_of, "
                "matches, present; got min, not"
            ),
        ),
        ("width", {"matches": "1"}, ".matches: needs text, but this is a number"),
        (
            "width",
            {"not": {"min": 1, "message": "m"}},
            ".not.message: belongs to the outermost matcher",
        ),
        (
            "width",
            {"not": {"any_of": [25, "wide"]}},
            ".not.any_of[1]: must be a number, got 'wide'",
        ),
        (
            "format",
            {"min": "a"},
            (
                ': a container format such as "mp4" has no order: min, max and near '
                "need numbers"
            ),
        ),
        (
            "url",
            {"matches": "("},
            ".matches: is no regular expression that RE2 takes: missing ): (",
        ),
    ],
    ids=lambda value: str(value)[:70],
)
def test_a_wrong_constraint_is_told_at_its_path(field, constraint, line):
    """The line leads to the very part of the demand that is wrong."""
    [found] = lines_of({"outputs": [{"name": "a", field: constraint}]})

    assert found == f"outputs[0].{field}{line}"


@pytest.mark.parametrize(
    ("field", "constraint", "text"),
    [
        (
            "codec",
            "hvc1",
            '"hvc1" is a codec tag; write codec "hevc" and codec_tag "hvc1"',
        ),
        ("codec", "he-aac", '"he-aac" names a profile, which the API does not report'),
        ("codec", 264, 'must be a codec such as "h264", got 264'),
        ("fps", "fast", 'must be a number or a fraction such as "30000/1001"'),
        ("dar", "16:0", 'must be a ratio such as "16:9"'),
        ("level", "high", 'must be a level such as "3.1" or 31'),
        ("rotate", "left", "must be a number of degrees"),
        ("lang", 1, 'must be a language such as "zh"'),
        ("lang", "chinese", "must be a language such as \"zh\", got 'chinese'"),
        ("codec", "", "must be a codec such as \"h264\", got ''"),
        ("pix_fmt", 1, "must be text, got 1"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_wrong_value_is_told_what_its_kind_takes(field, constraint, text):
    """What may be written stands there as an example."""
    [found] = lines_of(of_video(**{field: constraint}))

    assert found.startswith(f"outputs[0].video.{field}: {text}")


def test_what_contains_itself_is_refused():
    """A mapping without end is no expectation."""
    endless: dict[str, Any] = {}
    endless["not"] = endless

    lines = lines_of(of_video(width=endless))

    assert lines
    assert all(line.endswith("is nested too deeply") for line in lines)


def test_what_is_nested_too_deeply_is_refused():
    """A demand a thousand levels deep stops no deployment with a traceback."""
    constraint: Any = 1
    for _ in range(1000):
        constraint = {"not": constraint}

    lines = lines_of(of_video(width=constraint))

    assert lines
    assert all(line.endswith("is nested too deeply") for line in lines)


def test_everything_that_is_wrong_is_named_at_once():
    """A person mends everything in one go."""
    lines = lines_of(
        {
            "outputs": [
                {"nam": "a", "width": "x", "video": [{"widht": 1}, {"height": []}]},
                {"name": "b", "audio": {"codec": 1}},
            ],
            "other": 1,
        }
    )

    assert {line.partition(":")[0] for line in lines} == {
        "outputs[0]",
        "outputs[0].nam",
        "outputs[0].width",
        "outputs[0].video[0].widht",
        "outputs[0].video[1].height",
        "outputs[1].audio.codec",
        "other",
    }


def test_the_list_of_problems_has_an_end():
    """Who is wrong a thousand times is told a hundred."""
    lines = lines_of({f"key{number}": 1 for number in range(1000)})

    assert len(lines) == MAX_PROBLEMS
