"""A `Report`: everything that one verification found, and its texts.

Knows jobs and mismatches; knows neither HTTP nor Pulumi. Made by `verifier`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.quoting import plain, quoted
from pulumi_alicloud_mediaconvert.verification.hints import hint_of

# What an expectation comes to that is not met, and what all of them come to.
Outcome = Literal["missed", "inconclusive"]
Verdict = Literal["passed", "failed", "inconclusive", "pending", "unverified"]
# Whether the miss of an expectation counts for the verdict.
Enforcement = Literal["mandatory", "advisory"]


@dataclass(frozen=True, kw_only=True)
class Mismatch:
    """One expectation that is not met.

    Attributes:
        path: of the fact in the outputs, such as `outputs["720P-mp4"].status`.
        expected: what was demanded, as text.
        actual: what was seen, as text.
        verdict: `missed`, or `inconclusive` where the fact was not reported.
        text: the whole in one line.
        enforcement_level: `advisory` if it does not count for the verdict.
    """

    path: str
    expected: str
    actual: str
    verdict: Outcome
    text: str
    enforcement_level: Enforcement = "mandatory"


@dataclass(frozen=True, kw_only=True)
class Report:
    """The result of verifying one job.

    Attributes:
        job: the facts that were verified.
        verdict: of the whole.
        mismatches: every expectation that is not met, the job's own first.
        skipped_checks: what could not be tested and why, one line each.
    """

    job: Job
    verdict: Verdict
    mismatches: tuple[Mismatch, ...] = ()
    skipped_checks: tuple[str, ...] = ()

    @property
    def is_untested(self) -> bool:
        """Whether it was to be verified as requested, but nothing could be tested."""
        return any(line.startswith(f"{TESTED} 0 ") for line in self.skipped_checks[:1])

    @property
    def advisories(self) -> tuple[Mismatch, ...]:
        """The mismatches that do not count for the verdict."""
        return tuple(
            mismatch
            for mismatch in self.mismatches
            if mismatch.enforcement_level == "advisory"
        )


@dataclass(frozen=True, kw_only=True)
class StoredVerdict:
    """What is known of an earlier verification whose answer is not kept.

    Attributes:
        verdict: of then.
        mismatches: of then.
        expect: what was demanded then, as it was stated.
    """

    verdict: Verdict
    mismatches: tuple[Mismatch, ...]
    expect: Any


TESTED = "as-requested:"


def tally_line(tested: int, skipped: int) -> str:
    """Say how much of the request could be tested; the first of `skipped_checks`."""
    return f"{TESTED} {tested} tested, {skipped} skipped"


def lines_of(report: Report, region: str | None = None) -> list[str]:
    """Say what was found in one line each: the job itself, then every mismatch."""
    return [
        headline(report, region),
        *(
            mismatch.text
            for mismatch in report.mismatches
            if mismatch.path != JOB_STATE_PATH
        ),
        *([UNTESTED] if report.is_untested else []),
    ]


UNTESTED = (
    "Nothing that the request states could be tested: its templates decide "
    "everything. State what you expect, or leave `expect` out."
)
JOB_STATE_PATH = "state"


def headline(report: Report, region: str | None = None) -> str:
    """Say in one line how the job ended and what that means."""
    job = report.job
    name = job_name(job.job_id, region)
    if not job.has_ended:
        return f"{name} has not ended: {describe_state(job)}."
    if job.state == "Success":
        return f"{name} ended Success{_consequence(report)}."
    said = vendor_words(job.code, job.message)
    request = f" (request {plain(job.request_id)})" if job.request_id else ""
    text = f"{name} ended {plain(job.state or '')}{': ' if said else ''}{said}"
    hint = hint_of(job.code)
    return f"{text}. {hint.text[:-1]}{request}." if hint else f"{text}{request}."


def job_name(job_id: str | None, region: str | None) -> str:
    """Name a job as a support desk wants it: `job 0a1b… (cn-shanghai)`."""
    return f"job {plain(job_id or '')}" + (f" ({region})" if region else "")


def describe_state(job: Job) -> str:
    """Say where a job stands: `Running 66 %`."""
    state = plain(job.state or "no state reported")
    return state if job.percent is None else f"{state} {job.percent} %"


def vendor_words(code: str | None, message: str | None) -> str:
    """Quote the vendor: `Code, "message"`, or the one of them there is."""
    words = quoted(message) if message else ""
    return ", ".join(part for part in (plain(code or ""), words) if part)


def _consequence(report: Report) -> str:
    advised = len(report.advisories)
    missed = sum(
        one.verdict == "missed" and one.enforcement_level == "mandatory"
        for one in report.mismatches
    )
    undecided = len(report.mismatches) - advised - missed
    found = [
        f"{count} {kind}{'check' if count == 1 else 'checks'} {what}"
        for count, kind, what in (
            (missed, "", "failed"),
            (undecided, "", "could not be decided"),
            (advised, "advisory ", "failed"),
        )
        if count
    ]
    good = " and is as expected" if report.verdict == "passed" else ""
    *first, last = found or [""]
    bad = f", but {', '.join(first)}{' and ' if first else ''}{last}" if found else ""
    asked = report.skipped_checks[0] if report.skipped_checks else ""
    return good + bad + (f" ({asked})" if asked.startswith(TESTED) else "")
