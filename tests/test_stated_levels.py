"""Levels of expectations on their way through the engine, which drops their points."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pulumi
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_alicloud_mediaconvert.expect.value_types import LEVEL
from pulumi_alicloud_mediaconvert.hosts.dynamic.program import when_known
from pulumi_alicloud_mediaconvert.schema.inputs import JobInputs
from pulumi_alicloud_mediaconvert.schema.stated_levels import (
    with_points,
    without_points,
)

STATED = [
    (4.0, "4.0"),
    (4, 4),
    (3.1, 3.1),
    ("4", "4"),
    ({"max": 6.0}, {"max": "6.0"}),
    ([5.0, 12], ["5.0", 12]),
    (
        {"any_of": [{"not": 5.0}, {"near": 4.0, "tolerance": 1}]},
        {"any_of": [{"not": "5.0"}, {"near": "4.0", "tolerance": 1}]},
    ),
]


def expecting(level: object) -> dict[str, object]:
    """Expect a level of a video stream, beside other numbers."""
    video = {"level": level, "width": 1280.0}
    return {"outputs": [{"name": "a", "video": [video]}], "consistent": {"x": 1.0}}


async def later(value: object) -> object:
    """Give a value as a program may: not at once."""
    return value


@pytest.mark.parametrize(("stated", "sent"), STATED, ids=repr)
def test_a_level_with_a_point_is_sent_as_text(stated, sent):
    """The point of a float is kept wherever a level may have one, and only there."""
    assert with_points(expecting(stated)) == expecting(sent)


def test_what_has_no_such_level_is_sent_as_it_is():
    """What a program states is not copied for nothing."""
    expect = expecting(31)

    assert with_points(expect) is expect
    assert with_points("as-requested") == "as-requested"


@pytest.mark.parametrize(
    "of", [pulumi.Output.from_input, later], ids=["output", "future"]
)
@pytest.mark.parametrize(
    "expect",
    [
        lambda of: of(expecting(4.0)),
        lambda of: expecting(of(4.0)),
        lambda of: expecting({"max": of(4.0)}),
    ],
    ids=["the whole", "a level", "a bound"],
)
def test_a_level_that_is_known_later_keeps_its_point(of, expect):
    """An output may stand for the whole, for a level, or for what holds it."""

    async def resolved() -> Any:
        sent = with_points(expect(of), when_known)
        return await pulumi.Output.from_input(sent).future()

    known = asyncio.run(resolved())

    assert '"4.0"' in json.dumps(known["outputs"])
    assert known["consistent"] == {"x": 1.0}


@given(st.integers(0, 255))
def test_a_count_stays_one_in_the_engines_numbers(count):
    """The engine has one kind of number: a count comes back as a float."""
    stated = JobInputs.model_validate(
        {"job_id": "a", "region": "cn-x", "expect": expect_level(float(count))}
    )

    dumped: Any = stated.model_dump()["expect"]
    read = LEVEL.read(dumped["outputs"][0]["video"]["level"])
    assert (read, read.as_tuple().exponent) == (count, 0)
    assert without_points(count) == count


def expect_level(level: object) -> dict[str, object]:
    """Expect a level and nothing else."""
    return {"outputs": [{"name": "a", "video": {"level": level}}]}
