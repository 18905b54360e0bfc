"""One delivered output with the facts of a test, in the vendor's own names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypedDict, Unpack

from made import make_answer
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.expect.expectations import Expectations
from pulumi_alicloud_mediaconvert.verification.report import Report
from pulumi_alicloud_mediaconvert.verification.verifier import verify

NAME = "video"
Sent = Mapping[str, Any]


class Cases(NamedTuple):
    """Of one field: a demand and what was sent, for each way that it may go.

    Attributes:
        met: with room to spare.
        just_met: by the last number, or in another spelling.
        just_missed: by the next number, or by the nearest other word.
        missing: the fact was not reported.
        malformed: what was reported cannot be read.
        refused: a demand that is none.
    """

    met: tuple[object, Any]
    just_met: tuple[object, Any]
    just_missed: tuple[object, Any]
    missing: tuple[object, Any]
    malformed: tuple[object, Any]
    refused: object


OUTCOMES = {
    "met": "met",
    "just_met": "met",
    "just_missed": "missed",
    "missing": "inconclusive",
    "malformed": "inconclusive",
}


def rows_of(table: Mapping[str, Cases]) -> list[tuple[str, str, object, Any]]:
    """List field, case, demand and what was sent."""
    return [
        (field, case, *getattr(cases, case))
        for field, cases in table.items()
        for case in OUTCOMES
    ]


def row_id(value: object) -> str:
    """Name a row by its field and case."""
    return value if isinstance(value, str) and value.isidentifier() else ""


class Delivery(TypedDict, total=False):
    """What the API says of one output; what is left out it leaves out too."""

    file: Sent  # `FileBasicInfo`
    video: Sequence[Sent]  # `VideoStreamInfoList`
    audio: Sequence[Sent]  # `AudioStreamInfoList`
    output_file: Sent  # `OutputFile`
    name: object
    status: object
    request: Sent  # what `Config` says of the output


WIRE = {
    "file": "FileBasicInfo",
    "video": "VideoStreamInfoList",
    "audio": "AudioStreamInfoList",
}


def delivered(**sent: Unpack[Delivery]) -> Job:
    """Make a job of one output."""
    answer = make_answer()
    answer["Config"]["Outputs"][0] |= sent.get("request", {})
    answer["OutputDetails"][0] |= {
        "Name": sent.get("name", NAME),
        "Status": sent.get("status", "Success"),
        "Result": {
            "OutputFile": sent.get("output_file", {}),
            "OutFileMeta": {WIRE[key]: sent[key] for key in WIRE.keys() & sent},  # type: ignore[literal-required]  # keys of both
        },
    }
    return job_from_answer(answer)


def deliver(expected: Mapping[str, Any], **sent: Unpack[Delivery]) -> Report:
    """Verify one output against an expectation, its name aside."""
    expectations = {"outputs": [{"name": NAME, **expected}]}
    return verify(delivered(**sent), Expectations.model_validate(expectations))


def outcome_of(report: Report) -> str:
    """Say how the only expectation went."""
    assert len(report.mismatches) <= 1, report.mismatches
    return next((one.verdict for one in report.mismatches), "met")


def text_of(report: Report) -> str:
    """Return the text of the only mismatch."""
    [mismatch] = report.mismatches
    return mismatch.text
