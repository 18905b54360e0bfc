"""Verify a job: `verify(job, expectations) -> Report`. Pure, and never raises.

A job that did not succeed is judged by states alone. Of one that did, every single
expectation is met, missed, or inconclusive where the API did not report the fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pulumi_alicloud_mediaconvert.api.models import Job, Output
from pulumi_alicloud_mediaconvert.expect.expectations import (
    Expectations,
)
from pulumi_alicloud_mediaconvert.expect.expected_media import EveryOutputExpectation
from pulumi_alicloud_mediaconvert.expect.matchers import Matcher
from pulumi_alicloud_mediaconvert.verification.as_requested import verify_as_requested
from pulumi_alicloud_mediaconvert.verification.claims import Claim, Selection
from pulumi_alicloud_mediaconvert.verification.judging import (
    fact_of,
    judge,
)
from pulumi_alicloud_mediaconvert.verification.media import output_fact, streams_of
from pulumi_alicloud_mediaconvert.verification.places import (
    ROOT,
    Found,
    Met,
    Place,
    found_at,
    mismatches_in,
)
from pulumi_alicloud_mediaconvert.verification.report import (
    Mismatch,
    Report,
    StoredVerdict,
    Unmet,
    Verdict,
)
from pulumi_alicloud_mediaconvert.verification.rules import verify_rules
from pulumi_alicloud_mediaconvert.verification.selection import is_excused, select
from pulumi_alicloud_mediaconvert.verification.statuses import (
    SUCCESS,
    group_place,
    most_members,
    most_outputs,
    verify_parts_of_failure,
    verify_reported,
    verify_state,
    verify_status,
)
from pulumi_alicloud_mediaconvert.verification.streams import verify_streams
from pulumi_alicloud_mediaconvert.verification.tolerance import (
    verify_output_statuses,
)
from pulumi_alicloud_mediaconvert.verification.totals import (
    verify_consistent,
    verify_count,
    verify_others,
)

# Not validated: that would build the models for nothing.
NOTHING_BEYOND_SUCCESS = Expectations.model_construct()
SELECTED = "if it is selected at all"
# Lines of what a request states and nobody can test; the first one counts them all.
MOST_SKIPPED = 1000


def verify(
    job: Job,
    expectations: Expectations | None = None,
    *,
    stored: StoredVerdict | None = None,
) -> Report:
    """Verify what a job delivered.

    Args:
        job: as last seen. One that has not ended is `pending`, whatever it says.
        expectations: beyond the success of the job, all its outputs and groups.
        stored: the last verdict, where the job is known from stored facts only: what
            they cannot tell keeps that verdict.

    Returns:
        The report with every mismatch. Its verdict is `failed` if a mandatory
        expectation is missed, else `inconclusive` if one could not be decided, else
        `passed`.
    """
    if not job.has_ended:
        return Report(job=job, verdict="pending")
    if job.state != SUCCESS:
        return _report(job, [*verify_state(job), *verify_parts_of_failure(job)], [])
    demanded = expectations or NOTHING_BEYOND_SUCCESS
    found = [*verify_state(job), *_verify_success(job, demanded)]
    skipped: list[str] = []
    of_rules, skipped_rules = verify_rules(job, demanded.rules or [], stored)
    found += of_rules
    if demanded.as_requested:
        of_request, skipped = verify_as_requested(job)
        found += of_request
    skipped += skipped_rules
    if (more := len(skipped) - MOST_SKIPPED) > 0:
        skipped[MOST_SKIPPED:] = [f"and {more:,} more"]
    return _report(job, found, skipped)


def _report(job: Job, found: Sequence[Found], skipped: Sequence[str]) -> Report:
    once = tuple(_said_once(found))
    said = {id(one) for one in once}
    return Report(
        job=job,
        verdict=verdict_of(once),
        mismatches=tuple(one.mismatch for one in once),
        skipped_checks=tuple(skipped),
        findings=tuple(one for one in found if isinstance(one, Met) or id(one) in said),
    )


def _said_once(found: Iterable[Found]) -> Iterable[Unmet]:
    """Say once what is demanded in two places; one that is certain is enough."""
    once: dict[tuple[str, str], Unmet] = {}
    for one in mismatches_in(found):
        key = (one.path, one.text)
        if key not in once or one.verdict == "missed":
            once[key] = one
    return once.values()


def verdict_of(mismatches: Iterable[Mismatch]) -> Verdict:
    """Join what was found to one verdict; advisory mismatches do not count."""
    counting = {
        mismatch.verdict
        for mismatch in mismatches
        if mismatch.enforcement_level == "mandatory"
    }
    if "missed" in counting:
        return "failed"
    return "inconclusive" if counting else "passed"


def _verify_success(job: Job, expectations: Expectations) -> Iterator[Found]:
    reported = [*verify_reported(job)]
    is_complete = not any(mismatches_in(reported))
    chosen = select(job, expectations, is_complete=is_complete)
    yield from verify_output_statuses(job, chosen)
    yield from _verify_groups(job, chosen)
    yield from reported
    yield from chosen.found
    for claim in chosen.claims:
        if claim.output.status == SUCCESS:
            # A skipped or failed output has no media: its status says all there is.
            yield from _verify_claim(claim)
    if (demand := expectations.output_count) is not None:
        yield from verify_count(demand, ROOT, len(job.outputs), most_outputs(job))
    if expectations.other_outputs == "forbid":
        yield from verify_others(job, chosen)
    if expectations.consistent is not None:
        yield from verify_consistent(job, expectations.consistent)


def _verify_groups(job: Job, chosen: Selection) -> Iterator[Found]:
    tolerated = {
        id(group)
        for expectation, group, _ in chosen.groups
        if expectation.status is not None
    }
    for group in job.output_groups:
        if id(group) not in tolerated:
            yield from verify_status(group, group_place(group))
    parts = {
        id(group): (members, most)
        for group, members, most in zip(
            job.output_groups, job.members, most_members(job), strict=True
        )
    }
    for expectation, group, place in chosen.groups:
        members, most = parts[id(group)]
        excused = is_excused(expectation, group)
        delivered = not excused or any(one.status == SUCCESS for one in members)
        for name, demand, kind in expectation.demands:
            if name == "status":
                at = place.of(demand) if isinstance(demand, Matcher) else place
                yield from verify_status(group, at, demand)
            elif name == "output_count":
                yield from verify_count(
                    demand, place, len(members), most, is_excused=excused
                )
            elif delivered:
                fact = fact_of(getattr(group, name))
                found = judge(demand, fact, kind)
                yield found_at(place, name, demand, fact, found)


def _verify_claim(claim: Claim) -> Iterator[Found]:
    for one in verify_output(claim.expectation, claim.output, claim.place):
        if isinstance(one, Met) or claim.is_certain or one.verdict == "inconclusive":
            yield one
        else:
            doubt = "unless another one is for it" if claim.is_default else SELECTED
            yield replace(one, verdict="inconclusive", text=f"{one.text}, {doubt}")


def verify_output(
    expectation: EveryOutputExpectation, output: Output, place: Place
) -> Iterator[Found]:
    """Yield what each expectation on a delivered output came to.

    Args:
        expectation: on the output; its status is not looked at.
        output: as delivered.
        place: of the output, with what the expectation says of itself.
    """
    for name, demand, kind in expectation.demands:
        if name == "status":
            continue
        fact = output_fact(output, name)
        yield found_at(place, name, demand, fact, judge(demand, fact, kind))
    if expectation.video is not None:
        streams = streams_of(output, "video")
        yield from verify_streams(expectation.video, streams, "video", place)
    if expectation.audio is not None:
        streams = streams_of(output, "audio")
        yield from verify_streams(expectation.audio, streams, "audio", place)
