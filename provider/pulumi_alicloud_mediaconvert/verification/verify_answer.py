"""`verify(answer, expect) -> Report`: a verdict without the engine or the network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.api.stored_responses import (
    job_of_mapping,
    job_of_text,
)
from pulumi_alicloud_mediaconvert.error_renderer import NEUTRAL
from pulumi_alicloud_mediaconvert.errors import ApiResponseError
from pulumi_alicloud_mediaconvert.expect.validation_messages import stated_expectations
from pulumi_alicloud_mediaconvert.verification import verifier
from pulumi_alicloud_mediaconvert.verification.report import Report

if TYPE_CHECKING:
    # Verifying needs no Pulumi; the types of `expect` are for checkers.
    from pulumi_alicloud_mediaconvert.args import Expect


def verify(
    answer: Mapping[str, Any] | str | bytes,
    expect: Expect | Mapping[str, Any] | None = None,
) -> Report:
    """Verify a response of GetMediaConvertJob as `pulumi up` does.

    Needs neither the engine nor the network.

    Args:
        answer: Body of the response, or its `Job` alone, as a mapping or as JSON text. `JobId` may be missing.
        expect: Expectations, or `"as-requested"`, as for `MediaConvertJob`. Default: the job and all its outputs must have succeeded.

    Returns:
        The report: its verdict, the mismatches, and all checks.

    Raises:
        ExpectationsError: `expect` is not valid: one line for each problem, with its
            path.
        ApiResponseError: `answer` is not a response of GetMediaConvertJob.
    """  # noqa: E501  # editors show one line of each parameter
    constraints = None if expect is None else stated_expectations(expect)
    return verifier.verify(_job(answer), constraints)


def _job(answer: object) -> Job:
    try:
        if isinstance(answer, str | bytes):
            return job_of_text(answer)
        if isinstance(answer, Mapping):
            return job_of_mapping(answer)
    except ApiResponseError as error:
        steps = map(NEUTRAL.next_step, error.next_steps)
        refused = f"This is not a response of GetMediaConvertJob: {error}."
        raise ApiResponseError(" ".join([refused, *steps])) from None
    raise ApiResponseError(
        "This is not a response of GetMediaConvertJob:"
        " it is neither a mapping nor text."
    )
