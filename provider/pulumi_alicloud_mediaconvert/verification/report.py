"""A `Report`: everything that one verification found, and its texts.

Knows jobs and mismatches; knows neither HTTP nor Pulumi. Made by `verifier`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
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
    with_job_line,
)
from pulumi_alicloud_mediaconvert.verification.findings import AnyFinding, Skipped
from pulumi_alicloud_mediaconvert.verification.job_codes import job_code
from pulumi_alicloud_mediaconvert.verification.locations import JOB_STATE, Named
from pulumi_alicloud_mediaconvert.verification.render import (
    Check,
    Mismatch,
    check_of,
    mismatch_of,
    redacted_line,
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
    lines = _redacted_lines(report) if hides_expect else lines_below(report)
    untested = [UNTESTED] if report.is_untested else []
    return [headline(report, region), *lines, *untested]


def lines_below(report: Report) -> list[str]:
    """Return the lines below the headline: one for each cause of a problem."""
    return cause_lines(causes_of(listed(report), report.job))


def _redacted_lines(report: Report) -> list[str]:
    reported = {plain(part.label) for part in report.job.outputs}
    reported |= {plain(part.label) for part in report.job.output_groups}
    spelling = report.spelling
    lines: list[str] = []
    for cause in causes_of(listed(report), report.job):
        if cause.status is None:
            found = (redacted_line(one, reported, spelling) for one, _ in cause.found)
            lines += found
        else:
            # It has facts of the job alone.
            lines.append(with_job_line(cause))
    return lines


def causes(report: Report) -> list[Cause]:
    """Group the findings below the headline by their cause, for a table."""
    return causes_of(listed(report), report.job, joins_equal=True)


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
    if job.state == "Success":
        return f"{name} ended Success{_consequence(report)}."
    said = vendor_words(job.code, job.message)
    request = f" (request {plain(job.request_id)})" if job.request_id else ""
    text = f"{name} ended {plain(job.state or '')}{': ' if said else ''}{said}"
    hint = job_code(job.code)
    return f"{text}. {hint.text}{request}." if hint else f"{text}{request}."


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


def _consequence(report: Report) -> str:
    counts = Counter(
        "advisory" if one.location.enforcement_level == "advisory" else one.outcome
        for one in report.unmet
    )
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
    has_met = is_good and report.met_count > 0
    count = met_words(report) if has_met else ""
    good = " and is as expected" if is_good and not report.is_untested else ""
    good += f": {count}" if has_met and not found else ""
    bad = f", but {joined(found)}" if found else ""
    tally = f" ({report.tally.line})" if report.tally else ""
    return good + bad + tally + (f". {count}" if has_met and found else "")
