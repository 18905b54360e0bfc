"""Answers that are held to what is expected of them, and what is said of that."""

from __future__ import annotations

from jobs import Wire
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.expect.expectations import Expectations
from pulumi_alicloud_mediaconvert.verification.report import Report
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
