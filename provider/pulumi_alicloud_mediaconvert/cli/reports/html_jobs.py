"""What the HTML page shows of each job, as values for the template. Pure.

Every text is as the report has it: the template's environment makes it one printable
line and escapes it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote

from pulumi_alicloud_mediaconvert.cli.reports.html_outputs import (
    ShownPart,
    shown_group,
    shown_output,
)
from pulumi_alicloud_mediaconvert.cli.reports.parts import (
    cells_of,
    ended_with_job,
    hint_for,
    met_of,
    other_causes,
    skipped_of,
)
from pulumi_alicloud_mediaconvert.cli.reports.tables import AT_STEPS
from pulumi_alicloud_mediaconvert.cli.reports.time_line import TimeLine, time_line
from pulumi_alicloud_mediaconvert.text import counted, in_one_line
from pulumi_alicloud_mediaconvert.verification.causes import Cause
from pulumi_alicloud_mediaconvert.verification.render import (
    remark_on,
    vendor_words,
)
from pulumi_alicloud_mediaconvert.verification.report import (
    UNTESTED,
    Report,
    describe_state,
)

SUCCESS = "Success"
UNREAD = "unread"
MET = "met"
# What counts most stands first.
ROW_ORDER = {"missed": 0, "inconclusive": 1, "advisory": 2}

SUBMIT_AGAIN = "Correct the request or the expectation, then submit the job again."
NEXT_STEPS = {
    "inconclusive": "Check the outputs yourself, or expect only what the API reports.",
    "pending": "Run the command again, or allow more time with --timeout.",
}
ASK_VENDOR = (
    "The vendor does not document this code: read the message, or open a ticket with "
    "the job ID."
)


class Row(NamedTuple):
    """Checks of one cause: where, what was expected and seen, what they came to."""

    paths: list[str]
    expected: str
    actual: str
    outcome: str
    remark: str = ""

    @property
    def tone(self) -> str:
        """The color, by the outcome."""
        return self.outcome

    @property
    def steps(self) -> list[list[str]]:
        """Each path in parts, between which a line may end."""
        return [AT_STEPS.split(path) for path in self.paths]

    @property
    def line(self) -> str:
        """A check that is met, where a table would have too many rows."""
        return f"{self.paths[0]}: {self.actual}, expected {self.expected}"


@dataclass(frozen=True, kw_only=True)
class ShownJob:
    """One job.

    Attributes:
        tone: the verdict, or `unread`; the page counts and filters by it.
        word: the same for a person.
        job_id: as named.
        reason: what it came to, in one line.
        name: of the job.
        next_step: what to do about it.
        facts: of the job itself, with their names.
        tally: how much of its own request could be tested.
        with_job: which parts ended as the job did and have no other reason.
        unmet: checks that are not met, the worst first.
        met: checks that are met.
        met_summary: how many these are.
        skipped: checks that could not be tested, a line for each.
        skipped_summary: how many these are.
        times: when it was queued and ran.
        parts: groups and outputs.
    """

    tone: str
    word: str
    job_id: str
    reason: str
    name: str = ""
    next_step: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    tally: str = ""
    with_job: list[str] = field(default_factory=list)
    unmet: list[Row] = field(default_factory=list)
    met: list[Row] = field(default_factory=list)
    met_summary: str = ""
    skipped: list[str] = field(default_factory=list)
    skipped_summary: str = ""
    times: TimeLine | None = None
    parts: list[ShownPart] = field(default_factory=list)

    @property
    def fragment(self) -> str:
        """The job ID as a part of an address."""
        return quote(in_one_line(self.job_id), safe="")


def unread_job(job_id: str, region: str | None, why: str) -> ShownJob:
    """Return what there is to show of a job that could not be read."""
    facts = [("region", region)] if region else []
    return ShownJob(
        tone=UNREAD, word="not read", job_id=job_id, reason=why, facts=facts
    )


def shown_job(report: Report, region: str | None) -> ShownJob:
    """Return what there is to show of a job."""
    job = report.job
    unmet = [_row(cause) for cause in other_causes(report)]
    met_summary, checks = met_of(report)
    met = [Row([one.path], one.expected, one.actual, MET) for one in checks]
    skipped_summary, skipped = skipped_of(report)
    return ShownJob(
        tone=report.verdict,
        word=report.verdict,
        job_id=job.job_id or "(no ID)",
        reason=_reason(report, unmet, met),
        name=job.job_name or "",
        next_step=_next_step(report),
        facts=_facts(report, region),
        with_job=ended_with_job(report),
        tally=report.tally.line if report.tally else "",
        unmet=sorted(unmet, key=lambda row: ROW_ORDER[row.outcome]),
        met=met,
        met_summary=met_summary,
        skipped=skipped,
        skipped_summary=skipped_summary,
        times=time_line(job),
        parts=[
            *(shown_group(group, job.code) for group in job.output_groups),
            *(shown_output(output, job.code) for output in job.outputs),
        ],
    )


def _row(cause: Cause) -> Row:
    finding, mismatch = cause.found[0]
    _, expected, actual, outcome = cells_of(mismatch)
    paths = [one.path for _, one in cause.found]
    return Row(paths, expected, actual, outcome, remark_on(finding))


def _reason(report: Report, unmet: list[Row], met: list[Row]) -> str:
    job = report.job
    if not job.has_ended:
        return describe_state(job)
    if job.state != SUCCESS:
        hint = hint_for(report)
        said = hint.cause if hint else vendor_words(job.code, job.message)
        return ": ".join(filter(None, (job.state, said)))
    counts = Counter(row.outcome for row in unmet for _ in row.paths)
    found = [(counts[outcome], outcome) for outcome in ROW_ORDER if counts[outcome]]
    found += [(len(met), MET)] if met else []
    if not found:
        return SUCCESS
    (count, first), *rest = found
    others = (f", {number:,} {outcome}" for number, outcome in rest)
    return f"{counted(count, 'check')} {first}{''.join(others)}"


def _next_step(report: Report) -> str:
    job = report.job
    if hint := hint_for(report):
        return f"{hint.next_step[0].upper()}{hint.next_step[1:]}."
    if report.is_untested:
        return UNTESTED
    if report.verdict != "failed":
        return NEXT_STEPS.get(report.verdict, "")
    return SUBMIT_AGAIN if job.state == SUCCESS or not job.code else ASK_VENDOR


def _facts(report: Report, region: str | None) -> list[tuple[str, str]]:
    job, hint = report.job, hint_for(report)
    # A success may carry code and message idly.
    is_bad = job.has_ended and job.state != SUCCESS
    known = [
        ("state", describe_state(job)),
        ("vendor code", job.code if is_bad else None),
        ("vendor message", job.message if is_bad else None),
        ("origin of the fault", hint.origin if hint else None),
        ("request ID", job.request_id),
        ("region", region),
        ("job name", job.job_name),
        ("pipeline", job.pipeline_id),
        ("user data", job.user_data),
        ("created", job.create_time),
        ("finished", job.finish_time),
    ]
    return [(name, value) for name, value in known if value]
