"""A `Report`: everything that one verification found, and its texts.

Knows jobs and mismatches; knows neither HTTP nor Pulumi. Made by `verifier`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, Literal, Protocol

from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.text import plain, quoted
from pulumi_alicloud_mediaconvert.verification.job_codes import job_code

# What an expectation comes to, one that is not met, and all of them together.
CheckOutcome = Literal["met", "missed", "inconclusive"]
Outcome = Literal["missed", "inconclusive"]
Verdict = Literal["passed", "failed", "inconclusive", "pending", "unverified"]
# Whether the miss of an expectation counts for the verdict.
Enforcement = Literal["mandatory", "advisory"]


@dataclass(frozen=True, kw_only=True)
class Check:
    """One expectation and what it came to.

    Attributes:
        path: of the fact in the outputs, such as `outputs["720P-mp4"].status`.
        label: the same for a person, such as `output "720P-mp4": status`.
        expected: what was demanded, as text.
        actual: what was seen, as text.
        outcome: `met`, `missed`, or `inconclusive` where the fact was not reported.
        enforcement_level: `advisory` if it does not count for the verdict.
    """

    path: str
    label: str
    expected: str
    actual: str
    outcome: CheckOutcome
    enforcement_level: Enforcement = "mandatory"


class Finding(Protocol):
    """What one expectation came to."""

    @property
    def check(self) -> Check:
        """The same in words."""


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
class Unmet(Mismatch):
    """A mismatch as it is found.

    Attributes:
        label: the path for a person; no part of what is stored.
    """

    label: str

    @property
    def mismatch(self) -> Mismatch:
        """The mismatch as it is stored."""
        return Mismatch(
            **{one.name: getattr(self, one.name) for one in fields(Mismatch)}
        )

    @property
    def check(self) -> Check:
        """The expectation that is not met."""
        return Check(
            path=self.path,
            label=self.label,
            expected=self.expected,
            actual=self.actual,
            outcome=self.verdict,
            enforcement_level=self.enforcement_level,
        )


@dataclass(frozen=True, kw_only=True)
class Report:
    """The result of verifying one job; as text, what `pulumi up` says of it.

    Attributes:
        job: the facts that were verified.
        verdict: of the whole: `passed`, `failed`, `inconclusive`, `pending` where the
            job has not ended, or `unverified`.
        mismatches: every expectation that is not met, the job's own first.
        skipped_checks: what could not be tested and why, one line each.
        findings: what `checks` is made of.
    """

    job: Job = field(repr=False)
    verdict: Verdict
    mismatches: tuple[Mismatch, ...] = ()
    skipped_checks: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = field(default=(), repr=False, compare=False)

    def __str__(self) -> str:
        """Say what was found, one line each."""
        return "\n".join(lines_of(self))

    # Most reports are asked for their mismatches alone.
    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """Every single check, those that are met included; none of a pending job."""
        return tuple(dict.fromkeys(one.check for one in self.findings))

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
    hint = job_code(job.code)
    return f"{text}. {hint.text[:-1]}{request}." if hint else f"{text}{request}."


def job_name(job_id: str | None, region: str | None) -> str:
    """Name a job as a support desk wants it: `job 0a1b… (cn-shanghai)`."""
    name = f"job {plain(job_id)}" if job_id else "the job"
    return name + (f" ({region})" if region else "")


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
