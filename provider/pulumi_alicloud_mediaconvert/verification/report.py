"""A `Report`: everything that one verification found, and its texts.

Knows jobs and mismatches; knows neither HTTP nor Pulumi. Made by `verifier`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.input_names import Verdict
from pulumi_alicloud_mediaconvert.spelling import PYTHON, Spelling
from pulumi_alicloud_mediaconvert.text import counted, job_name, joined, plain
from pulumi_alicloud_mediaconvert.verification.causes import (
    Cause,
    cause_lines,
    causes_of,
    redacted_lines,
)
from pulumi_alicloud_mediaconvert.verification.ended_job import CauseLine, EndedJob
from pulumi_alicloud_mediaconvert.verification.findings import AnyFinding, Skipped
from pulumi_alicloud_mediaconvert.verification.job_codes import job_code
from pulumi_alicloud_mediaconvert.verification.locations import JOB_STATE, Named
from pulumi_alicloud_mediaconvert.verification.render import (
    Check,
    Mismatch,
    check_of,
    mismatch_of,
    skipped_line,
    vendor_words,
)
from pulumi_alicloud_mediaconvert.verification.tally import Tally


@dataclass(frozen=True, kw_only=True)
class Report:
    """Result of verifying a job. `str(report)` is the text that `pulumi up` prints."""

    job: Job = field(repr=False)
    """Facts of the job."""
    verdict: Verdict
    """Verdict of the job: `passed`, `failed`, `inconclusive`, `pending` if the job has
    not ended, or `unverified` if the enforcement is disabled.
    """
    findings: tuple[AnyFinding, ...] = field(default=(), repr=False)
    """Result of each check, the job's own first."""
    skipped: tuple[Skipped, ...] = ()
    """Checks that could not be made, each with the reason."""
    tally: Tally | None = None
    """How much of the job's own request was tested; `None` unless `as-requested`."""
    spelling: Spelling = field(default=PYTHON, repr=False, compare=False)
    """Spelling of the names of facts in texts. Paths do not depend on it."""

    def __str__(self) -> str:
        """Return the text that `pulumi up` prints: one line for each cause."""
        return "\n".join(lines_of(self))

    @cached_property
    def unmet(self) -> tuple[AnyFinding, ...]:
        """Results of the checks that did not pass, without duplicates."""
        return tuple(one for one, said in self._distinct if said)

    @cached_property
    def mismatches(self) -> tuple[Mismatch, ...]:
        """Checks that did not pass, the job's own first."""
        return tuple(said for _, said in self._distinct if said)

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """All checks, including those that were met; empty if the job has not ended."""
        return tuple(
            dict.fromkeys(check_of(one, self.spelling) for one, _ in self._distinct)
        )

    @cached_property
    def met_count(self) -> int:
        """Number of checks that were met."""
        met = [one.location for one in self.findings if one.outcome == "met"]
        paths = {
            tuple(step.shown if isinstance(step, Named) else step for step in one.steps)
            for one in met
        }
        # Only checks of one path can be the same one, and texts take time.
        return len(paths) if len(paths) == len(met) else len(met_checks(self))

    # Texts are made when somebody asks for them, which not every caller does.
    @cached_property
    def _distinct(self) -> Sequence[tuple[AnyFinding, Mismatch | None]]:
        once: dict[object, tuple[AnyFinding, Mismatch | None]] = {}
        for index, one in enumerate(self.findings):
            said = None if one.outcome == "met" else mismatch_of(one, self.spelling)
            key = (said.path, said.text) if said else index
            # One that is certain is enough.
            if key not in once or one.outcome == "missed":
                once[key] = one, said
        return [*once.values()]

    @cached_property
    def skipped_checks(self) -> tuple[str, ...]:
        """Checks that could not be made: one line for each, with the reason."""
        tally = [self.tally.line] if self.tally else []
        skipped = (skipped_line(one, self.spelling) for one in self.skipped)
        return (*tally, *skipped)

    @property
    def is_untested(self) -> bool:
        """Whether `as-requested` was stated, but nothing could be tested."""
        return self.tally is not None and not self.tally.tested


def lines_of(
    report: Report,
    region: str | None = None,
    *,
    hides_expect: bool = False,
) -> list[str]:
    """Return the headline, then one line for each cause of a problem.

    Args:
        report: of the job.
        region: of the job, for its name.
        hides_expect: whether the expectations are secret.
    """
    lines = [line.text for line in lines_below(report, hides_expect=hides_expect)]
    untested = [UNTESTED] if report.is_untested else []
    return [headline(report, region), *lines, *untested]


def lines_below(
    report: Report, *, hides_expect: bool = False, has_job: bool = True
) -> list[CauseLine]:
    """Return the lines below the headline: one for each cause of a problem.

    Args:
        report: of the job.
        hides_expect: whether the expectations are secret.
        has_job: whether a line says which parts ended with their job, for no reason of
            their own.
    """
    found = [
        cause
        for cause in causes(report, hides_expect=hides_expect)
        if has_job or cause.status is None
    ]
    write = redacted_lines if hides_expect else cause_lines
    return write(found, report.spelling)


def causes(report: Report, *, hides_expect: bool = False) -> list[Cause]:
    """Group the findings below the headline by their cause."""
    return causes_of(listed(report), report.job, hides_expect=hides_expect)


def listed(report: Report) -> list[tuple[AnyFinding, Mismatch]]:
    """Return the findings below the headline, which has the state of the job."""
    pairs = zip(report.unmet, report.mismatches, strict=True)
    return [pair for pair in pairs if pair[0].location.steps != JOB_STATE.steps]


UNTESTED = (
    "No setting of the request could be checked: its templates decide everything. "
    "Write expectations of your own, or leave out `expect`."
)


def headline(report: Report, region: str | None = None) -> str:
    """Return in one line how the job ended and what that means.

    A pass says how many checks were met, unless the report is a stored one.

    Args:
        report: of the job.
        region: of the job, for its name.
    """
    job = report.job
    name = job_name(job.job_id, region)
    if not job.has_ended:
        return f"{name} has not ended: {describe_state(job)}."
    return f"{name} {_ended(report, job.request_id)}"


def ended_job(report: Report, *, hides_expect: bool = False) -> EndedJob:
    """Say what there is to say of an ended job, as of others."""
    job = report.job
    if job.state == "Success":
        counts = tuple(sorted(_counts(report).items()))
        key: Hashable = (report.verdict, counts, report.tally)
    else:
        key = (job.state, job.code, job.message)
    below = lines_below(report, hides_expect=hides_expect, has_job=False)
    text = _ended(report, None, counts_met=False)
    # What is counted is counted in each of them.
    each = "each " if job.state == "Success" else ""
    return EndedJob(f"{each}{text}", key, below)


def _ended(report: Report, request_id: str | None, *, counts_met: bool = True) -> str:
    job = report.job
    if job.state == "Success":
        return f"ended Success{_consequence(report, counts_met=counts_met)}."
    said = vendor_words(job.code, job.message)
    request = f" (request {plain(request_id)})" if request_id else ""
    text = f"ended {plain(job.state or '')}{': ' if said else ''}{said}{request}."
    hint = job_code(job.code)
    return f"{text} {hint.text}." if hint else text


def met_checks(report: Report) -> list[Check]:
    """Return all checks that were met; a stored report has none."""
    return [check for check in report.checks if check.outcome == "met"]


def met_words(report: Report) -> str:
    """Return the number of checks that were met: `12 checks met`."""
    return f"{counted(report.met_count, 'check')} met"


def describe_state(job: Job) -> str:
    """Return state and progress of a job: `Running 66%`."""
    state = plain(job.state or "no state reported")
    return state if job.percent is None else f"{state} {job.percent}%"


def _counts(report: Report) -> Counter[str]:
    return Counter(
        "advisory" if one.location.enforcement_level == "advisory" else one.outcome
        for one in report.unmet
    )


def _consequence(report: Report, *, counts_met: bool) -> str:
    counts = _counts(report)
    found = [
        f"{counted(count, f'{kind}check')} {what}"
        for count, kind, what in (
            (counts["missed"], "", "failed"),
            (counts["inconclusive"], "", "could not be decided"),
            (counts["advisory"], "advisory ", "failed"),
        )
        if count
    ]
    is_good = report.verdict == "passed"
    has_met = is_good and counts_met and report.met_count > 0
    count = met_words(report) if has_met else ""
    good = " and is as expected" if is_good and not report.is_untested else ""
    good += f": {count}" if has_met and not found else ""
    bad = f", but {joined(found)}" if found else ""
    tally = f" ({report.tally.line})" if report.tally else ""
    return good + bad + tally + (f". {count}" if has_met and found else "")
