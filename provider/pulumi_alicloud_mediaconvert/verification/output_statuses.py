"""How each output had to end, and which expectations allow another end. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pulumi_alicloud_mediaconvert.verification.candidates import ExpectedOutput
from pulumi_alicloud_mediaconvert.verification.findings import Finding
from pulumi_alicloud_mediaconvert.verification.locations import Location
from pulumi_alicloud_mediaconvert.verification.selection import Selection
from pulumi_alicloud_mediaconvert.verification.statuses import (
    SUCCESS,
    judge_status,
    output_location,
    verify_status,
)
from pulumi_alicloud_mediaconvert.verification.work_budget import WorkBudget


def verify_output_statuses(chosen: Selection) -> Iterator[Finding]:
    """Yield for each output whether it ended well, or as it may."""
    for one in chosen.outputs:
        usual = _usual(one, chosen)
        yield from _verify_output_status(one, usual, chosen.work)


class Usual(NamedTuple):
    """How an output has to end where no expectation about it says it.

    Attributes:
        constraint: on its status.
        location: of the output, with what `every_output` says of that constraint.
    """

    constraint: object
    location: Location


def _usual(one: ExpectedOutput, chosen: Selection) -> Usual:
    """Say how an output has to end by default, or as its group may."""
    every = chosen.every_output
    usual = Usual(SUCCESS, output_location(one.output))
    if every is not None and every.status is not None:
        usual = Usual(every.status, usual.location.of(every))
    if one.excuse is None:
        return usual
    if judge_status(one.output, usual.constraint, chosen.work) == "met":
        return usual
    return Usual(one.excuse, output_location(one.output))


def _verify_output_status(
    expected: ExpectedOutput, usual: Usual, work: WorkBudget
) -> Iterator[Finding]:
    output, matches = expected.output, expected.matches
    stated = [match for match in matches if match.expectation.status is not None]
    named = [
        match
        for match in matches
        if match.expectation.status is None and match.is_named
    ]
    for match in stated:
        constraint = match.expectation.status
        yield from verify_status(
            output, match.location, constraint, is_certain=match.is_certain, work=work
        )
    # What another expectation tolerates is no tolerance of one that names the output.
    if any(match.is_certain for match in stated):
        for match in named:
            yield from verify_status(
                output, match.location, usual.constraint, work=work
            )
        return
    # Not even what may tolerate this status is sure to be about this output.
    tolerated = any(
        judge_status(output, match.expectation.status, work) == "met"
        for match in stated
    ) and not any(match.location.enforcement_level == "mandatory" for match in named)
    yield from verify_status(
        output, usual.location, usual.constraint, is_certain=not tolerated, work=work
    )
