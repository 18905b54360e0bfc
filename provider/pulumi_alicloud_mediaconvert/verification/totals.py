"""Verify the outputs together: how many, which ones beside those named, how alike."""

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
    judge,
)
from pulumi_alicloud_mediaconvert.verification.findings import (
    Doubt,
    Extremes,
    Finding,
    Requested,
    differs,
    met,
    undecided,
)
from pulumi_alicloud_mediaconvert.verification.locations import Location
from pulumi_alicloud_mediaconvert.verification.matches import Selection
from pulumi_alicloud_mediaconvert.verification.output_statuses import (
    excuses_of,
)
from pulumi_alicloud_mediaconvert.verification.statuses import (
    SUCCESS,
    output_location,
)
from pulumi_alicloud_mediaconvert.verification.work import Work

NO_LENGTHS = ((Decimal(0), ""), (Decimal(0), ""))

# A request may ask for millions of outputs, which nobody can have meant.
MAX_COUNTS = 1000


def verify_count(  # noqa: PLR0913  # the last one has a default
    constraint: object,
    location: Location,
    seen: int,
    most: int,
    work: Work,
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


def verify_others(job: Job, chosen: Selection) -> Iterator[Finding]:
    """Yield each output that no expectation names."""
    whole = {group.label for one, group, _ in chosen.groups if one.outputs is None}
    # `every_output` names none.
    matches = [match for match in chosen.matches if not match.is_default]
    certain = {id(match.output) for match in matches if match.is_certain}
    possible = {id(match.output) for match in matches}
    excused = excuses_of(job, chosen)
    others = 0
    for output in job.outputs:
        if output.status != SUCCESS and id(output) in excused:
            # Not delivered, by leave of its group.
            continue
        if id(output) in certain or output.group in whole:
            continue
        others += 1
        location, expected = (
            output_location(output),
            "no output that no expectation names",
        )
        if id(output) in possible:
            yield undecided(location, expected, "it may be one that is selected", "one")
        else:
            yield differs(location, expected, "one")
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
