"""Each mistake in expectations, and the line that tells it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from ruamel.yaml import YAML

from pulumi_alicloud_mediaconvert.expect.expectations import Expectations
from pulumi_alicloud_mediaconvert.expect.validation_messages import (
    MAX_PROBLEMS,
    problems_of,
)

FILE = Path(__file__).parent / "data" / "refusals.yaml"
REFUSALS = YAML(typ="safe", pure=True).load(FILE.read_text("utf-8"))


def lines_of(expect: object) -> list[str]:
    """Return what is said of expectations that are refused."""
    with pytest.raises(ValidationError) as caught:
        Expectations.model_validate(expect)
    return [problem.line for problem in problems_of(caught.value, Expectations)]


def of_output(**stated: Any) -> dict[str, Any]:
    """State something of one output."""
    return {"outputs": [{"name": "a", **stated}]}


def of_video(**stated: Any) -> dict[str, Any]:
    """State something of the video of one output."""
    return of_output(video=stated)


# What a row of the file states stands here, with the path down to there.
WITHIN: dict[str, Callable[[Any], tuple[Any, str]]] = {
    "expect": lambda stated: (stated, ""),
    "output": lambda stated: (of_output(**stated), "outputs[0]."),
    "video": lambda stated: (of_video(**stated), "outputs[0].video."),
}


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda one: str(one)[:90])
def test_each_mistake_is_told_at_its_path(refusal):
    """A line says where it is, what is allowed and what stands there."""
    [(kind, stated), (_, lines)] = refusal.items()
    expect, path = WITHIN[kind](stated)

    assert lines_of(expect) == [path + line for line in lines]


@pytest.mark.parametrize(
    ("expect", "line"),
    [
        (of_output(audio=[{}] * 65), "outputs[0].audio: must have at most 64 entries"),
        (
            {"rules": [{"query": "a" * 2001}]},
            "rules[0].query: must have at most 2000 characters",
        ),
        (
            of_video(pix_fmt={"matches": "a" * 1001}),
            "outputs[0].video.pix_fmt.matches: must have at most 1000 characters",
        ),
        (
            {"consistent": {"duration_seconds": 10**400}},
            "consistent.duration_seconds: must be a number, got int",
        ),
    ],
    ids=["streams", "query", "pattern", "number"],
)
def test_what_is_too_large_is_told_without_it(expect, line):
    """Nobody's screen is filled."""
    assert lines_of(expect) == [line]


def test_what_contains_itself_is_refused():
    """A mapping without end is no expectation."""
    endless: dict[str, Any] = {}
    endless["not"] = endless

    lines = lines_of(of_video(width=endless))

    assert lines
    assert all(line.endswith("is nested too deeply") for line in lines)


def test_what_is_nested_too_deeply_is_refused():
    """A constraint a thousand levels deep stops no deployment with a traceback."""
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
