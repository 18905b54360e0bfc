"""A job that is held to rules, by its answer or by what is stored of it."""

from __future__ import annotations

from jobs import make_job, make_output
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.expect.expectations import Expectations
from pulumi_alicloud_mediaconvert.verification.report import (
    Mismatch,
    Report,
    StoredVerdict,
    Verdict,
)
from pulumi_alicloud_mediaconvert.verification.verifier import verify

JOB = job_from_answer(
    make_job(make_output("a"), make_output("b", Duration=8), JobName="x", Novelty=[1])
)
# As it is known from the state, where the answer itself is not kept.
STORED_JOB = JOB.model_copy(update={"raw": {}})


def report_on(*rules: object, job: Job = JOB) -> Report:
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
