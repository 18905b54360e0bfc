"""A job from a file with a stored response: needs no network and no credentials."""

from __future__ import annotations

from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.api.stored_responses import (
    MAX_ANSWER_MEBIBYTES,
    job_of_text,
)
from pulumi_alicloud_mediaconvert.cli.input_files import (
    STDIN,
    content_of,
    name_of,
    unreadable,
)
from pulumi_alicloud_mediaconvert.errors import ApiResponseError, ConfigurationError


def is_file(subject: str) -> bool:
    """Whether a word of the command line names a stored response, not a job."""
    return subject == STDIN or subject.lower().endswith(".json") or "/" in subject


def load_job(file: str) -> Job:
    """Load the job of a stored response of GetMediaConvertJob.

    Args:
        file: with the body of the response, or only its `Job`; `-` is stdin.

    Raises:
        ConfigurationError: it cannot be read, or is no such response.
    """
    try:
        return job_of_text(content_of(file, MAX_ANSWER_MEBIBYTES * 2**20 + 1))
    except OSError as error:
        raise ConfigurationError(unreadable(file, error)) from None
    except ApiResponseError as error:
        raise ConfigurationError(
            f"{name_of(file)}: is not a response of GetMediaConvertJob: {error}.",
            next_steps=error.next_steps,
        ) from None
