"""How each output had to end, and by whose leave it may have ended otherwise. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pulumi_alicloud_mediaconvert.api.models import Job, Output
from pulumi_alicloud_mediaconvert.expect.matchers import Matcher
from pulumi_alicloud_mediaconvert.verification.report import Mismatch
from pulumi_alicloud_mediaconvert.verification.selection import (
    Claim,
    Selection,
    is_excused,
)
from pulumi_alicloud_mediaconvert.verification.statuses import (
    SUCCESS,
    judge_status,
    output_place,
    verify_status,
)


def verify_output_statuses(job: Job, chosen: Selection) -> Iterator[Mismatch]:
    """Yield each output that did not end well, and not as it may.

    Args:
        job: that succeeded.
        chosen: what the expectations on its outputs are about.
    """
    by_output: dict[int, list[Claim]] = {}
    for claim in chosen.claims:
        by_output.setdefault(id(claim.output), []).append(claim)
    excuses = _excuses(job, chosen)
    for output in job.outputs:
        claims = by_output.get(id(output), [])
        yield from _verify_output_status(output, claims, excuses.get(id(output)))


def _excuses(job: Job, chosen: Selection) -> dict[int, object]:
    """Say by what demand outputs, by `id`, are skipped with their whole group."""
    members = {
        id(group): outputs
        for group, outputs in zip(job.output_groups, job.members, strict=True)
    }
    return {
        id(output): one.status
        for one, group, _ in chosen.groups
        if is_excused(one, group)
        for output in members[id(group)]
    }


def _verify_output_status(
    output: Output, claims: Sequence[Claim], excuse: object
) -> Iterator[Mismatch]:
    stated = [claim for claim in claims if claim.expectation.status is not None]
    named = [
        claim for claim in claims if claim.expectation.status is None and claim.is_named
    ]
    for claim in stated:
        demand = claim.expectation.status
        at = claim.place.of(demand) if isinstance(demand, Matcher) else claim.place
        yield from verify_status(output, at, demand, is_certain=claim.is_certain)
    # What another expectation tolerates is no tolerance of one that names the output.
    if any(claim.is_certain for claim in stated):
        for claim in named:
            yield from verify_status(output, claim.place)
        return
    # Not even what may tolerate this status is sure to be about this output.
    tolerated = any(
        judge_status(output, claim.expectation.status) == "met" for claim in stated
    ) and not any(claim.place.enforcement_level == "mandatory" for claim in named)
    yield from verify_status(
        output, output_place(output), excuse or SUCCESS, is_certain=not tolerated
    )
