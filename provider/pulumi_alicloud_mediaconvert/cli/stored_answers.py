"""A job from a stored answer of the API: needs neither network nor credentials."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pulumi_alicloud_mediaconvert.api.answers import job_from_answer
from pulumi_alicloud_mediaconvert.api.cleaning import parse_json
from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.errors import ApiResponseError, ConfigurationError
from pulumi_alicloud_mediaconvert.quoting import plain, quoted

STDIN = "-"
# As much as is read of an answer that comes over the network.
LARGEST_ANSWER_MEBIBYTES = 8
# Keys of what this package prints of a job itself, which is not all that there was.
OF_A_REPORT = frozenset({"verdict", "facts_digest"})


def is_file(subject: str) -> bool:
    """Whether a word of the command line names a stored answer, and no job."""
    return subject == STDIN or subject.lower().endswith(".json") or "/" in subject


def load_job(file: str) -> Job:
    """Load the job of a stored answer of GetMediaConvertJob.

    Args:
        file: that holds the body of the answer, or its `Job` alone; `-` is stdin.

    Raises:
        ConfigurationError: it cannot be read, or is no such answer.
    """
    name = "stdin" if file == STDIN else plain(file)
    try:
        return job_from_answer(_job_in(_parsed(_content(file))))
    except OSError as error:
        raise ConfigurationError(
            f"{name}: cannot be read: {error.strerror or error}."
        ) from None
    except ApiResponseError as error:
        said = str(error).rstrip(".")
        raise ConfigurationError(
            f"{name}: is no answer of GetMediaConvertJob: {said}."
        ) from None


def _content(file: str) -> bytes:
    most = LARGEST_ANSWER_MEBIBYTES * 2**20
    if file == STDIN:
        content = sys.stdin.buffer.read(most + 1)
    else:
        try:
            with Path(file).open("rb") as opened:
                content = opened.read(most + 1)
        except ValueError as error:
            # Such as a zero byte in the path.
            raise OSError(str(error)) from None
    if len(content) > most:
        raise ApiResponseError(f"it is larger than {LARGEST_ANSWER_MEBIBYTES} MiB")
    return content


def _parsed(content: bytes) -> Mapping[str, Any]:
    try:
        # Some editors, and PowerShell, begin a file with a byte order mark.
        parsed = parse_json(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise ApiResponseError("it is not JSON, or not all of it") from None
    if not isinstance(parsed, dict):
        raise ApiResponseError("it is JSON, but no object")
    return parsed


def _job_in(stored: Mapping[str, Any]) -> Mapping[str, Any]:
    body = stored.get("body", stored)
    if not isinstance(body, dict):
        raise ApiResponseError("its body is no object")
    if body.keys() >= OF_A_REPORT:
        raise ApiResponseError(
            "it is a report; store the answer itself by `get --raw`, to verify it"
        )
    if "Job" not in body and "Code" in body and "State" not in body:
        code, said = (str(body.get(key) or "") for key in ("Code", "Message"))
        raise ApiResponseError(f"it is the error {plain(code)}, {quoted(said)}")
    job = body.get("Job", body)
    if not isinstance(job, dict):
        raise ApiResponseError("its Job is no object")
    if not str(job.get("JobId") or "").strip():
        raise ApiResponseError("its Job has no JobId")
    return job
