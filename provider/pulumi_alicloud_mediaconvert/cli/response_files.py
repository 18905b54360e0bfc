"""A job from a file that holds an answer: needs neither network nor credentials."""

from __future__ import annotations

import sys
from pathlib import Path

from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.api.stored_responses import (
    MAX_ANSWER_MEBIBYTES,
    job_of_text,
)
from pulumi_alicloud_mediaconvert.errors import ApiResponseError, ConfigurationError
from pulumi_alicloud_mediaconvert.text import plain

STDIN = "-"


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
        return job_of_text(_content(file))
    except OSError as error:
        raise ConfigurationError(
            f"{name}: cannot be read: {error.strerror or error}."
        ) from None
    except ApiResponseError as error:
        raise ConfigurationError(
            f"{name}: is no answer of GetMediaConvertJob: {error}.",
            next_steps=error.next_steps,
        ) from None


def _content(file: str) -> bytes:
    most = MAX_ANSWER_MEBIBYTES * 2**20
    if file == STDIN:
        if sys.stdin is None:
            raise OSError("it is closed")
        content = sys.stdin.buffer.read(most + 1)
    else:
        try:
            with Path(file).open("rb") as opened:
                content = opened.read(most + 1)
        except ValueError as error:
            # Such as a zero byte in the path.
            raise OSError(str(error)) from None
    return content
