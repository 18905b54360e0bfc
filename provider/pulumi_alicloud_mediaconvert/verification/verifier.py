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
from pulumi_alicloud_mediaconvert.verification.derived import verify_as_requested
from pulumi_alicloud_mediaconvert.verification.evaluation import judge
from pulumi_alicloud_mediaconvert.verification.groups import verify_groups
from pulumi_alicloud_mediaconvert.verification.locations import (
    ROOT,
    Found,
    Location,
    Met,
    counted,
    found_at,
    mismatches_in,
)
from pulumi_alicloud_mediaconvert.verification.matches import Match
from pulumi_alicloud_mediaconvert.verification.media_facts import (
    output_fact,
    streams_of,
)
from pulumi_alicloud_mediaconvert.verification.output_statuses import (
    verify_output_statuses,
)
from pulumi_alicloud_mediaconvert.verification.report import (
    Mismatch,
    Report,
    StoredVerdict,
    Unmet,
    Verdict,
)
from pulumi_alicloud_mediaconvert.verification.rules import verify_rules
from pulumi_alicloud_mediaconvert.verification.selection import select
from pulumi_alicloud_mediaconvert.verification.statuses import (
    SUCCESS,
    most_outputs,
    verify_parts_of_failure,
    verify_reported,
    verify_state,
)
from pulumi_alicloud_mediaconvert.verification.streams import verify_streams
from pulumi_alicloud_mediaconvert.verification.totals import (
    verify_consistent,
    verify_count,
    verify_others,
)
from pulumi_alicloud_mediaconvert.verification.work import (
    OutOfWorkError,
    Work,
)

# Not validated: that would build the models for nothing.
NOTHING_BEYOND_SUCCESS = Expectations.model_construct()
SELECTED = "if it is selected at all"
# Lines of what a request states and nobody can test; the first one counts them all.
MAX_SKIPPED = 1000


def verify(
    job: Job,
    expectations: Expectations | None = None,
    *,
    stored: StoredVerdict | None = None,
    work: Work | None = None,
) -> Report:
    """Verify what a job delivered.

    Args:
        job: as last seen. One that has not ended is `pending`, whatever it says.
        expectations: beyond the success of the job, all its outputs and groups.
        stored: the last verdict, where the job is known from stored facts only: what
            they cannot tell keeps that verdict.
        work: that it may be; by default a second's worth. Beyond it nothing passes,
            and what was not reached is not missed.

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
    work = work or Work()
    found: list[Found] = [*verify_state(job)]
    skipped: list[str] = []
    skipped_rules: list[str] = []
    try:
        # One by one: what was found before it is too much stays found.
        for one in _verify_success(job, demanded, work):
            found.append(one)  # noqa: PERF402  # see above
        for said in verify_rules(job, demanded.rules or [], work, stored):
            _sort_in(said, found, skipped_rules)
        if demanded.as_requested:
            for said in verify_as_requested(job, work):
                _sort_in(said, found, skipped)
    except OutOfWorkError:
        found.append(_unfinished(work))
    skipped += skipped_rules
    if (more := len(skipped) - MAX_SKIPPED) > 0:
        skipped[MAX_SKIPPED:] = [f"and {more:,} more"]
    return _report(job, found, skipped)


def _sort_in(said: Found | str, found: list[Found], skipped: list[str]) -> None:
    if isinstance(said, str):
        skipped.append(said)
    else:
        found.append(said)


def _unfinished(work: Work) -> Unmet:
    """Say where a verification stopped; what is advice there does not matter."""
    found = (
        ", but all that is expected of this job takes more work than the second that"
        " a verification has; neither this nor what comes after it is verified"
    )
    return Location(*work.reached).found(
        "to be verified", "not verified", found, is_missed=False
    )


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


def _verify_success(
    job: Job, expectations: Expectations, work: Work
) -> Iterator[Found]:
    reported = [*verify_reported(job)]
    is_complete = not any(mismatches_in(reported))
    chosen = select(job, expectations, work, is_complete=is_complete)
    yield from verify_output_statuses(job, chosen)
    yield from verify_groups(job, chosen)
    yield from reported
    yield from chosen.found
    for match in chosen.matches:
        if match.output.status == SUCCESS:
            # A skipped or failed output has no media: its status says all there is.
            yield from counted(_verify_match(match, work), work)
    if (constraint := expectations.output_count) is not None:
        most = most_outputs(job)
        yield from verify_count(constraint, ROOT, len(job.outputs), most, work)
    if expectations.other_outputs == "forbid":
        yield from verify_others(job, chosen)
    if expectations.consistent is not None:
        yield from verify_consistent(job, expectations.consistent)


def _verify_match(match: Match, work: Work) -> Iterator[Found]:
    work.reached = (match.location.path, match.location.label)
    for one in verify_output(match.expectation, match.output, match.location, work):
        if isinstance(one, Met) or match.is_certain or one.verdict == "inconclusive":
            yield one
        else:
            doubt = "unless another one is for it" if match.is_default else SELECTED
            yield replace(one, verdict="inconclusive", text=f"{one.text}, {doubt}")


def verify_output(
    expectation: EveryOutputExpectation,
    output: Output,
    location: Location,
    work: Work | None = None,
) -> Iterator[Found]:
    """Yield what each expectation on a delivered output came to.

    Args:
        expectation: on the output; its status is not looked at.
        output: as delivered.
        location: of the output, with what the expectation says of itself.
        work: what is left of the verification; one output by itself has as much as a
            whole job.

    Raises:
        OutOfWorkError: nothing is left of `work`.
    """
    work = work or Work()
    work.visit(output)
    for name, constraint, kind in expectation.constraints:
        if name == "status":
            continue
        fact = output_fact(output, name)
        yield found_at(
            location, name, constraint, fact, judge(constraint, fact, kind, work)
        )
    if expectation.video is not None:
        streams = streams_of(output, "video")
        yield from verify_streams(expectation.video, streams, "video", location, work)
    if expectation.audio is not None:
        streams = streams_of(output, "audio")
        yield from verify_streams(expectation.audio, streams, "audio", location, work)
