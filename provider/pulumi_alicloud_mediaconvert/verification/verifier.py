"""Verify a job: `verify(job, expectations) -> Report`. Pure, and never raises.

A job that did not succeed is judged by states alone. Of one that did, every single
expectation is met, missed, or inconclusive where the API did not report the fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pulumi_alicloud_mediaconvert.api.models import Job, Output
from pulumi_alicloud_mediaconvert.expect.expectations import (
    Expectations,
)
from pulumi_alicloud_mediaconvert.expect.expected_media import EveryOutputExpectation
from pulumi_alicloud_mediaconvert.input_names import Verdict
from pulumi_alicloud_mediaconvert.verification.candidates import Match
from pulumi_alicloud_mediaconvert.verification.derived import verify_as_requested
from pulumi_alicloud_mediaconvert.verification.evaluation import judge
from pulumi_alicloud_mediaconvert.verification.findings import (
    AnyFinding,
    Doubt,
    Finding,
    Skipped,
    counted,
    found_at,
    undecided,
    unmet,
)
from pulumi_alicloud_mediaconvert.verification.locations import ROOT, Location
from pulumi_alicloud_mediaconvert.verification.media_facts import (
    output_fact,
    streams_of,
)
from pulumi_alicloud_mediaconvert.verification.output_statuses import (
    verify_output_statuses,
)
from pulumi_alicloud_mediaconvert.verification.report import Report
from pulumi_alicloud_mediaconvert.verification.rules import verify_rules
from pulumi_alicloud_mediaconvert.verification.selection import select
from pulumi_alicloud_mediaconvert.verification.statuses import (
    SUCCESS,
    most_outputs,
    verify_parts_of_failure,
    verify_reported,
    verify_state,
)
from pulumi_alicloud_mediaconvert.verification.stored_report import StoredVerdict
from pulumi_alicloud_mediaconvert.verification.streams import verify_streams
from pulumi_alicloud_mediaconvert.verification.tally import Tally
from pulumi_alicloud_mediaconvert.verification.totals import (
    verify_consistent,
    verify_count,
    verify_groups,
    verify_others,
)
from pulumi_alicloud_mediaconvert.verification.work_budget import (
    WorkBudget,
    WorkBudgetExceededError,
)

# Not validated: that would build the models for nothing.
NOTHING_BEYOND_SUCCESS = Expectations.model_construct()
# Lines of what a request states and nobody can test; the first one counts them all.
MAX_SKIPPED = 1000


def verify(
    job: Job,
    expectations: Expectations | None = None,
    *,
    stored: StoredVerdict | None = None,
    work: WorkBudget | None = None,
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
        return _report(job, [*verify_state(job), *verify_parts_of_failure(job)])
    demanded = expectations or NOTHING_BEYOND_SUCCESS
    work = work or WorkBudget()
    found: list[AnyFinding] = [*verify_state(job)]
    rest: list[AnyFinding | Skipped | Tally] = []
    try:
        # One by one: what was found before it is too much stays found.
        for one in _verify_success(job, demanded, work):
            found.append(one)  # noqa: PERF402  # see above
        for said in verify_rules(job, demanded.rules or [], work, stored):
            rest.append(said)  # noqa: PERF402  # see above
        if demanded.as_requested:
            for tested in verify_as_requested(job, work):
                rest.append(tested)  # noqa: PERF402  # see above
    except WorkBudgetExceededError:
        rest.append(_unfinished(work))
    found += [one for one in rest if not isinstance(one, Skipped | Tally)]
    skipped = [one for one in rest if isinstance(one, Skipped)]
    if (more := len(skipped) - MAX_SKIPPED) > 0:
        skipped[MAX_SKIPPED:] = [Skipped(ROOT, f"and {more:,} more")]
    tally = next((one for one in rest if isinstance(one, Tally)), None)
    return _report(job, found, skipped, tally)


def _unfinished(work: WorkBudget) -> Finding:
    """Say where a verification stopped; what is advice there does not matter."""
    why = (
        "the expectations take more work than one second, which is the limit of a"
        " verification; this check and those after it were not made"
    )
    location = Location(work.reached.steps, stated=work.reached.stated)
    return undecided(location, "to be verified", why, "not verified")


def _report(
    job: Job,
    found: Iterable[AnyFinding],
    skipped: Iterable[Skipped] = (),
    tally: Tally | None = None,
) -> Report:
    return Report(
        job=job,
        verdict=verdict_of(found),
        findings=tuple(found),
        skipped=tuple(skipped),
        tally=tally,
    )


def verdict_of(found: Iterable[AnyFinding]) -> Verdict:
    """Join what was found to one verdict; advisory mismatches do not count."""
    counting = {
        one.outcome
        for one in found
        if one.outcome != "met" and one.location.enforcement_level == "mandatory"
    }
    if "missed" in counting:
        return "failed"
    return "inconclusive" if counting else "passed"


def _verify_success(
    job: Job, expectations: Expectations, work: WorkBudget
) -> Iterator[Finding]:
    reported = [*verify_reported(job)]
    is_complete = not any(unmet(reported))
    chosen = select(job, expectations, work, is_complete=is_complete)
    yield from verify_output_statuses(chosen)
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
        yield from verify_others(chosen)
    if expectations.consistent is not None:
        yield from verify_consistent(job, expectations.consistent)


def _verify_match(match: Match, work: WorkBudget) -> Iterator[Finding]:
    work.reached = match.location
    doubt = Doubt.REPLACED if match.is_default else Doubt.SELECTED
    for one in verify_output(match.expectation, match.output, match.location, work):
        if one.outcome != "missed" or match.is_certain:
            yield one
        else:
            yield one._replace(outcome="inconclusive", doubt=doubt)


def verify_output(
    expectation: EveryOutputExpectation,
    output: Output,
    location: Location,
    work: WorkBudget | None = None,
) -> Iterator[Finding]:
    """Yield the results of the expectations on a delivered output.

    Args:
        expectation: on the output; its status is not looked at.
        output: as delivered.
        location: of the output, with what the expectation says of itself.
        work: what is left of the verification; one output by itself has as much as a
            whole job.

    Raises:
        WorkBudgetExceededError: nothing is left of `work`.
    """
    work = work or WorkBudget()
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
