"""Verify groups, and the outputs together: how many, which beside those named. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.expect.expectations import (
    ConsistentExpectation,
)
from pulumi_alicloud_mediaconvert.expect.value_parsers import exact
from pulumi_alicloud_mediaconvert.expect.value_types import NUMBER
from pulumi_alicloud_mediaconvert.text import plain
from pulumi_alicloud_mediaconvert.verification.constraint_words import shown_value
from pulumi_alicloud_mediaconvert.verification.evaluation import (
    Fact,
    Outcome,
    fact_of,
    judge,
)
from pulumi_alicloud_mediaconvert.verification.findings import (
    Doubt,
    Extremes,
    Finding,
    Requested,
    Unexpected,
    counted,
    differs,
    found_at,
    met,
    undecided,
)
from pulumi_alicloud_mediaconvert.verification.locations import Location
from pulumi_alicloud_mediaconvert.verification.selection import GroupMatch, Selection
from pulumi_alicloud_mediaconvert.verification.statuses import (
    SUCCESS,
    group_location,
    most_members,
    output_location,
    verify_status,
)
from pulumi_alicloud_mediaconvert.verification.work_budget import WorkBudget

NO_LENGTHS = ((Decimal(0), ""), (Decimal(0), ""))

# A request may ask for millions of outputs, which nobody can have meant.
MAX_COUNTS = 1000


def verify_groups(job: Job, chosen: Selection) -> Iterator[Finding]:
    """Yield how each group ended, and the results of the expectations on it."""
    stated = {one.key for one in chosen.groups if one.expectation.status is not None}
    for key, group in enumerate(job.output_groups):
        if key not in stated:
            yield from verify_status(group, group_location(group))
    most = most_members(job) if chosen.groups else []
    for match in chosen.groups:
        chosen.work.reached = match.location
        found = _verify_group(match, most[match.key], chosen.work)
        yield from counted(found, chosen.work)


def _verify_group(match: GroupMatch, most: int, work: WorkBudget) -> Iterator[Finding]:
    statuses = [one.output.status for one in match.outputs]
    for name, constraint, kind in match.expectation.constraints:
        if name == "status":
            yield from verify_status(match.group, match.location, constraint, work=work)
        elif name == "output_count":
            yield from verify_count(
                constraint,
                match.location,
                len(statuses),
                most,
                work,
                is_excused=match.is_excused,
            )
        elif not match.is_excused or SUCCESS in statuses:
            fact = fact_of(getattr(match.group, name))
            found = judge(constraint, fact, kind, work)
            yield found_at(match.location, name, constraint, fact, found)


def verify_count(  # noqa: PLR0913  # the last one has a default
    constraint: object,
    location: Location,
    seen: int,
    most: int,
    work: WorkBudget,
    *,
    is_excused: bool = False,
) -> Iterator[Finding]:
    """Verify a number of outputs of which not all that there are may be reported.

    Args:
        constraint: on their number.
        location: of what has them.
        seen: how many are reported.
        most: how many there may be.
        work: what is left of the verification.
        is_excused: whether any number may be missing.
    """
    if is_excused and any(
        judge(constraint, Fact((count,)), NUMBER, work) == "met"
        for count in range(seen, seen + MAX_COUNTS)
    ):
        yield Finding(location, "output_count", constraint, Fact((seen,)), "met")
        return
    outcomes: set[Outcome] = {
        judge(constraint, Fact((count,)), NUMBER, work)
        for count in range(seen, min(most, seen + MAX_COUNTS) + 1)
    }
    if outcomes == {"met"}:
        yield Finding(location, "output_count", constraint, Fact((seen,)), "met")
        return
    doubt = None if outcomes == {"missed"} else Doubt.UNCERTAIN
    detail = Requested(most) if most > seen else None
    outcome: Outcome = "inconclusive" if doubt else "missed"
    fact = Fact((seen,))
    yield Finding(location, "output_count", constraint, fact, outcome, doubt, detail)


def verify_others(chosen: Selection) -> Iterator[Finding]:
    """Yield each output that no expectation names; `every_output` names none."""
    groups = [one.group for one in chosen.groups if one.expectation.outputs is None]
    whole = {group.label for group in groups}
    others = 0
    for one in chosen.outputs:
        output = one.output
        # Not delivered, by leave of its group.
        is_excused = output.status != SUCCESS and one.excuse is not None
        is_certain = any(match.is_certain for match in one.matches)
        if is_excused or is_certain or output.group in whole:
            continue
        others += 1
        location = output_location(output)
        expected = "no output without an expectation"
        if one.matches:
            why = "an expectation may be about it"
            unclear = undecided(location, expected, why, "one")
            yield unclear._replace(detail=Unexpected())
        else:
            yield differs(location, expected, "one", detail=Unexpected())
    if not others:
        yield met(Location(("other_outputs",)), "none", "none")


def verify_consistent(
    job: Job, expectation: ConsistentExpectation
) -> Iterator[Finding]:
    """Yield whether the outputs that were delivered are alike."""
    delivered = [output for output in job.outputs if output.status == SUCCESS]
    lengths = [
        (exact(output.file.duration_seconds), plain(output.label))
        for output in delivered
        if output.file is not None and output.file.duration_seconds is not None
    ]
    location = Location(("consistent", "duration_seconds")).of(expectation)
    expected = f"at most {shown_value(expectation.duration_seconds)} s apart"
    (shortest, one), (longest, other) = (
        (min(lengths), max(lengths)) if lengths else NO_LENGTHS
    )
    spread = longest - shortest
    if spread > exact(expectation.duration_seconds):
        detail = Extremes((shortest, one), (longest, other))
        yield differs(location, expected, f"{spread} s", detail=detail)
    elif len(lengths) < len(delivered):
        unknown = len(delivered) - len(lengths)
        reason = (
            f"the duration of {unknown} of {len(delivered)} outputs is not reported"
        )
        yield undecided(location, expected, reason)
    else:
        yield met(location, expected, f"{spread} s")
