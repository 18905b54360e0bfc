"""How each output had to end, and by whose leave it may have ended otherwise. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pulumi_alicloud_mediaconvert.api.models import Job, Output
from pulumi_alicloud_mediaconvert.expect.expected_media import EveryOutputExpectation
from pulumi_alicloud_mediaconvert.expect.matchers import Matcher
from pulumi_alicloud_mediaconvert.verification.locations import Found, Location
from pulumi_alicloud_mediaconvert.verification.matches import Match, Selection
from pulumi_alicloud_mediaconvert.verification.selection import is_excused
from pulumi_alicloud_mediaconvert.verification.statuses import (
    SUCCESS,
    judge_status,
    output_location,
    verify_status,
)
from pulumi_alicloud_mediaconvert.verification.work import Work


def verify_output_statuses(job: Job, chosen: Selection) -> Iterator[Found]:
    """Yield for each output whether it ended well, or as it may.

    Args:
        job: that succeeded.
        chosen: what the expectations on its outputs are about.
    """
    by_output: dict[int, list[Match]] = {}
    for claim in chosen.claims:
        if not claim.is_default:
            by_output.setdefault(id(claim.output), []).append(claim)
    excuses = excuses_of(job, chosen)
    every = chosen.every_output
    for output in job.outputs:
        claims = by_output.get(id(output), [])
        usual = _usual(output, every, excuses.get(id(output)), chosen.work)
        yield from _verify_output_status(output, claims, usual, chosen.work)


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
        demand: on its status.
        place: of the output, with what `every_output` says of that demand.
    """

    demand: object
    place: Location


def _usual(
    output: Output,
    every: EveryOutputExpectation | None,
    excuse: object,
    work: Work,
) -> Usual:
    """Say how an output has to end by default, or as its group may."""
    usual = Usual(SUCCESS, output_location(output))
    if every is not None and every.status is not None:
        usual = Usual(every.status, usual.place.of(every))
    if excuse is None or judge_status(output, usual.demand, work) == "met":
        return usual
    return Usual(excuse, output_location(output))


def _verify_output_status(
    output: Output, claims: Sequence[Match], usual: Usual, work: Work
) -> Iterator[Found]:
    stated = [claim for claim in claims if claim.expectation.status is not None]
    named = [
        claim for claim in claims if claim.expectation.status is None and claim.is_named
    ]
    for claim in stated:
        demand = claim.expectation.status
        at = _place_of_status(claim.place, demand)
        yield from verify_status(
            output, at, demand, is_certain=claim.is_certain, work=work
        )
    # What another expectation tolerates is no tolerance of one that names the output.
    if any(claim.is_certain for claim in stated):
        for claim in named:
            at = _place_of_status(claim.place, usual.demand)
            yield from verify_status(output, at, usual.demand, work=work)
        return
    # Not even what may tolerate this status is sure to be about this output.
    tolerated = any(
        judge_status(output, claim.expectation.status, work) == "met"
        for claim in stated
    ) and not any(claim.place.enforcement_level == "mandatory" for claim in named)
    at = _place_of_status(usual.place, usual.demand)
    yield from verify_status(
        output, at, usual.demand, is_certain=not tolerated, work=work
    )


def _place_of_status(place: Location, demand: object) -> Location:
    return place.of(demand) if isinstance(demand, Matcher) else place
