"""Reports of jobs that are verified, and of any outcome."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from jobs import REGION, Wire, make_answer, make_job, make_output
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.cli.reports.renderings import Format, render
from pulumi_alicloud_mediaconvert.expect.expectations import Expectations
from pulumi_alicloud_mediaconvert.verification.report import (
    Mismatch,
    Report,
    StoredVerdict,
    Verdict,
)
from pulumi_alicloud_mediaconvert.verification.verifier import verify


def report_on(answer: Wire, expect: object = None) -> Report:
    """Verify an answer; by its states alone where nothing is expected."""
    stated = {} if expect is None else expect
    return verify(job_from_answer(answer), Expectations.model_validate(stated))


def texts(report: Report) -> list[str]:
    """Return what is said."""
    return [one.text for one in report.mismatches]


def texts_on(answer: Wire, expect: object = None) -> list[str]:
    """Verify an answer, and return what is said."""
    return texts(report_on(answer, expect))


RULED_JOB = job_from_answer(
    make_job(make_output("a"), make_output("b", Duration=8), JobName="x", Novelty=[1])
)
# As it is known from the state, where the answer itself is not kept.
STORED_JOB = RULED_JOB.model_copy(update={"raw": {}})


def report_on_rules(*rules: object, job: Job = RULED_JOB) -> Report:
    """Verify a job by rules alone."""
    return verify(job, Expectations.model_validate({"rules": rules}))


def again(
    *rules: object,
    before: object,
    verdict: Verdict = "passed",
    found: tuple[Mismatch, ...] = (),
) -> Report:
    """Verify from stored facts what was verified before."""
    stored = StoredVerdict(verdict=verdict, mismatches=found, expect=before)
    expectations = Expectations.model_validate({"rules": rules})
    return verify(STORED_JOB, expectations, stored=stored)


WIDTH_MISSED = Mismatch(
    path='outputs["720P-mp4"].video.width',
    expected="1280",
    actual="848",
    verdict="missed",
    text='output "720P-mp4": video width: expected 1280, got 848; must be HD',
)
FPS_UNKNOWN = Mismatch(
    path='outputs["720P-mp4"].video.fps',
    expected="25",
    actual="not reported",
    verdict="inconclusive",
    text='output "720P-mp4": video fps: expected 25, got not reported',
)
LANG_ADVISED = replace(
    WIDTH_MISSED,
    path='outputs["720P-mp4"].audio.lang',
    expected="zho",
    actual="eng",
    text='output "720P-mp4": audio lang: expected zho, got eng',
    enforcement_level="advisory",
)
# What JSON can carry, halves of pairs included, or Python hands to a text.
any_text = st.text(st.characters(exclude_categories=()), max_size=60)
awkward_text = any_text | st.text("|`\\<>&\n\r\x00\ud800@#*_ ]-", max_size=20)
mismatches = st.builds(
    Mismatch,
    path=awkward_text,
    expected=awkward_text,
    actual=awkward_text,
    verdict=st.sampled_from(["missed", "inconclusive"]),
    text=awkward_text,
    enforcement_level=st.sampled_from(["mandatory", "advisory"]),
)


def report_of(
    *found: Mismatch, verdict: Verdict = "failed", skipped: tuple[str, ...] = ()
) -> Report:
    """Make the report of a job that has succeeded itself."""
    job = job_from_answer(make_answer())
    return Report(job=job, verdict=verdict, mismatches=found, skipped_checks=skipped)


def failed_job(**fields: Any) -> Report:
    """Verify a job that ended badly, with a code that the vendor documents."""
    said = {
        "Code": "InvalidParameter.ResourceContentBad",
        "Message": "The resource operated InputFile is bad",
        "RequestId": "5F2C1A",
    }
    return verify(job_from_answer(make_answer("Failed", **(said | fields))))


def running_job() -> Report:
    """Verify a job that goes on."""
    return verify(job_from_answer(make_answer("Running", Percent=66)))


REPORTS = {
    "passed": report_of(verdict="passed"),
    "failed job": failed_job(),
    "failed": report_of(WIDTH_MISSED, FPS_UNKNOWN, LANG_ADVISED),
    "inconclusive": report_of(FPS_UNKNOWN, verdict="inconclusive"),
    "advisory": report_of(LANG_ADVISED, verdict="passed", skipped=("one: why",)),
    "pending": running_job(),
    "unverified": report_of(verdict="unverified"),
}


def written(report: Report, form: Format) -> str:
    """Render one report of the region."""
    return render([report], form, region=REGION)
