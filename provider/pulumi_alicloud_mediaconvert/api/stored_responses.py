"""Read an answer of GetMediaConvertJob that somebody has stored: as text, or parsed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.api.sanitizing import RepeatedKeyError, parse_json
from pulumi_alicloud_mediaconvert.errors import Advice, ApiResponseError, NextStep
from pulumi_alicloud_mediaconvert.text import plain, quoted

# As much as is read of an answer that comes over the network.
MAX_ANSWER_MEBIBYTES = 8
# Keys of what this package prints of a job itself, which is not all that there was.
OF_A_REPORT = frozenset({"verdict", "facts_digest"})
# An object without any of them is no `Job`.
OF_A_JOB = frozenset({"JobId", "State"})


def job_of_text(text: str | bytes) -> Job:
    """Read the job of a stored answer in JSON.

    Args:
        text: the body of the response, or only its `Job`.

    Raises:
        ApiResponseError: it is no such answer.
    """
    if len(text) > MAX_ANSWER_MEBIBYTES * 2**20:
        raise ApiResponseError(f"it is larger than {MAX_ANSWER_MEBIBYTES} MiB")
    try:
        # Some editors, and PowerShell, begin a file with a byte order mark.
        decoded = text.decode("utf-8-sig") if isinstance(text, bytes) else text
        parsed = parse_json(decoded)
    except RepeatedKeyError:
        raise ApiResponseError("it has two values for one key") from None
    except (ValueError, RecursionError):
        raise ApiResponseError("it is not JSON, or is cut off") from None
    if not isinstance(parsed, dict):
        raise ApiResponseError("it is JSON, but not an object")
    return job_from_answer(_job_in(parsed))


def job_of_mapping(answer: Mapping[Any, Any]) -> Job:
    """Read the job of an answer that is parsed already.

    Args:
        answer: the body of the response, or only its `Job`.

    Raises:
        ApiResponseError: it is no such answer, or holds what JSON cannot.
    """
    try:
        # What a program holds is read as it would be from the wire.
        text = json.dumps(answer, default=_as_json)
    except (TypeError, ValueError, RecursionError):
        raise ApiResponseError("it contains values that JSON does not have") from None
    return job_of_text(text)


def _as_json(value: object) -> dict[Any, Any]:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError


def _job_in(stored: Mapping[str, Any]) -> Mapping[str, Any]:
    body = stored.get("body", stored)
    if not isinstance(body, dict):
        raise ApiResponseError("its body is not an object")
    if body.keys() >= OF_A_REPORT:
        raise ApiResponseError(
            "it is a report", next_steps=[Advice(NextStep.STORE_ANSWER)]
        )
    if "Job" not in body and "Code" in body and "State" not in body:
        code, said = (str(body.get(key) or "") for key in ("Code", "Message"))
        raise ApiResponseError(f"it is the error {plain(code)}, {quoted(said)}")
    job = body.get("Job", body)
    if not isinstance(job, dict):
        raise ApiResponseError("its Job is not an object")
    if not any(str(job.get(key) or "").strip() for key in OF_A_JOB):
        raise ApiResponseError("its Job has no JobId and no State")
    return job
