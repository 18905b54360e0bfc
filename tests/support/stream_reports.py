"""Outputs with some streams, and what is said of them."""

from __future__ import annotations

from jobs import Wire, make_audio, make_job, make_output
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.expect.expectations import Expectations
from pulumi_alicloud_mediaconvert.verification.report import Report
from pulumi_alicloud_mediaconvert.verification.verifier import verify

AAC = make_audio(CodecName="aac", Channels=2, Lang="zh")
SURROUND = make_audio(CodecName="ac3", Channels=6, Lang="zh")
ENGLISH = make_audio(CodecName="aac", Channels=2, Lang="en")
UNKNOWN = make_audio(CodecName=None, Channels=2)


def report_on(output: Wire, **expect: object) -> Report:
    """Verify the streams of one output."""
    expectations = Expectations.model_validate({"every_output": expect})
    return verify(job_from_answer(make_job(output)), expectations)


def texts(report: Report) -> list[str]:
    """Return what is said, without the name of the output."""
    return [one.text.replace('output "video": ', "") for one in report.mismatches]


def audio_of(*streams: Wire) -> Wire:
    """Make an output with such audio, in this order within the file."""
    numbered = [{**stream, "Index": at} for at, stream in enumerate(streams, 1)]
    return make_output(audio=numbered)
