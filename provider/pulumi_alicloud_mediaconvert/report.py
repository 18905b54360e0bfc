"""A `Report`: everything that one verification found, and its texts.

Knows jobs and mismatches; knows neither HTTP nor Pulumi. Made by `verifier`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pulumi_alicloud_mediaconvert.errors import JobFailedError, VerificationError
from pulumi_alicloud_mediaconvert.models import Job
from pulumi_alicloud_mediaconvert.quoting import plain, quoted

# Of one expectation, and of the whole.
Outcome = Literal["missed", "inconclusive"]
Verdict = Literal["passed", "failed", "inconclusive", "pending", "unverified"]

# What the vendor documents of codes that a job ends with.
HINTS = {
    "InvalidParameter.ResourceContentBad": (
        "The input file cannot be decoded; check that it is complete."
    ),
    "InvalidParameter.ResourceNotFound": (
        "The input file does not exist; check its address and the job's region."
    ),
}


@dataclass(frozen=True, kw_only=True)
class Mismatch:
    """One expectation that is not met.

    Attributes:
        path: of the fact in the outputs, such as `outputs["720P-mp4"].status`.
        expected: what was demanded, as text.
        actual: what was seen, as text.
        verdict: `missed`, or `inconclusive` where the fact was not reported.
        text: the whole in one line.
    """

    path: str
    expected: str
    actual: str
    verdict: Outcome
    text: str


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

    def raise_for_verdict(self) -> None:
        """Raise unless the verdict is `passed`.

        Raises:
            JobFailedError: the job itself ended in another state than success.
            VerificationError: any other bad verdict.
        """
        if self.verdict == "passed":
            return
        text = "\n".join(lines_of(self))
        if self.job.has_ended and self.job.state != "Success":
            raise JobFailedError(text, report=self)
        raise VerificationError(text, report=self)


def lines_of(report: Report, region: str | None = None) -> list[str]:
    """Say what was found in one line each: the job itself, then every mismatch."""
    return [
        headline(report, region),
        *(
            mismatch.text
            for mismatch in report.mismatches
            if mismatch.path != JOB_STATE_PATH
        ),
    ]


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
    hint = f" {HINTS[job.code]}" if job.code in HINTS else ""
    request = f" (request {job.request_id})" if job.request_id else ""
    text = f"{name} ended {plain(job.state or '')}{': ' if said else ''}{said}."
    return f"{text}{hint[:-1]}{request}." if hint else f"{text[:-1]}{request}."


def job_name(job_id: str | None, region: str | None) -> str:
    """Name a job as a support desk wants it: `job 0a1b… (cn-shanghai)`."""
    return f"job {job_id}" + (f" ({region})" if region else "")


def describe_state(job: Job) -> str:
    """Say where a job stands: `Running 66 %`."""
    state = plain(job.state or "no state reported")
    return state if job.percent is None else f"{state} {job.percent} %"


def vendor_words(code: str | None, message: str | None) -> str:
    """Quote the vendor: `Code, "message"`, or the one of them there is."""
    words = quoted(message) if message else ""
    return ", ".join(part for part in (plain(code or ""), words) if part)


def _consequence(report: Report) -> str:
    found = len(report.mismatches)
    if report.verdict == "passed":
        return " and is as expected"
    noun = "check" if found == 1 else "checks"
    if report.verdict == "failed":
        return f", but {found} {noun} failed"
    return f", but {found} {noun} could not be decided"
