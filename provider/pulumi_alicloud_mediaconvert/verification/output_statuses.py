"""How each output had to end, and by whose leave it may have ended otherwise. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pulumi_alicloud_mediaconvert.api.models import Job, Output
from pulumi_alicloud_mediaconvert.expect.expected_media import EveryOutputExpectation
from pulumi_alicloud_mediaconvert.verification.findings import Finding
from pulumi_alicloud_mediaconvert.verification.locations import Location
from pulumi_alicloud_mediaconvert.verification.matches import Match, Selection
from pulumi_alicloud_mediaconvert.verification.selection import is_excused
from pulumi_alicloud_mediaconvert.verification.statuses import (
    SUCCESS,
    judge_status,
    output_location,
    verify_status,
)
from pulumi_alicloud_mediaconvert.verification.work import Work


def verify_output_statuses(job: Job, chosen: Selection) -> Iterator[Finding]:
    """Yield for each output whether it ended well, or as it may.

    Args:
        job: that succeeded.
        chosen: what the expectations on its outputs are about.
    """
    by_output: dict[int, list[Match]] = {}
    for match in chosen.matches:
        if not match.is_default:
            by_output.setdefault(id(match.output), []).append(match)
    excuses = excuses_of(job, chosen)
    every = chosen.every_output
    for output in job.outputs:
        matches = by_output.get(id(output), [])
        usual = _usual(output, every, excuses.get(id(output)), chosen.work)
        yield from _verify_output_status(output, matches, usual, chosen.work)


def excuses_of(job: Job, chosen: Selection) -> dict[int, object]:
    """Say by what demand outputs, by `id`, may end as their whole group did."""
    members = {
        id(group): outputs
        for group, outputs in zip(job.output_groups, job.members, strict=True)
    }
    return {
        id(output): one.status
        for one, group, _ in chosen.groups
        if is_excused(one, group, chosen.work)
        for output in members[id(group)]
    }


class Usual(NamedTuple):
    """How an output has to end where no expectation about it says it.

    Attributes:
        constraint: on its status.
        location: of the output, with what `every_output` says of that demand.
    """

    constraint: object
    location: Location


def _usual(
    output: Output,
    every: EveryOutputExpectation | None,
    excuse: object,
    work: Work,
) -> Usual:
    """Say how an output has to end by default, or as its group may."""
    usual = Usual(SUCCESS, output_location(output))
    if every is not None and every.status is not None:
        usual = Usual(every.status, usual.location.of(every))
    if excuse is None or judge_status(output, usual.constraint, work) == "met":
        return usual
    return Usual(excuse, output_location(output))


def _verify_output_status(
    output: Output, matches: Sequence[Match], usual: Usual, work: Work
) -> Iterator[Finding]:
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
