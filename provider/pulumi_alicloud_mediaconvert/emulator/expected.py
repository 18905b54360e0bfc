"""Jobs that meet expectations: the only module that imports the rest of the package.

The emulator builds its responses without the client's code, so that it cannot repeat
the client's mistakes. But only the package knows what expectations mean: it decides
what to deliver, and then verifies the response that the emulator builds from that.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pulumi_alicloud_mediaconvert.emulator.delivery import Delivery
from pulumi_alicloud_mediaconvert.emulator.jobs import EmulatedJob, built_job
from pulumi_alicloud_mediaconvert.emulator.orders import delivery_of
from pulumi_alicloud_mediaconvert.emulator.steps import Step

if TYPE_CHECKING:
    from pulumi_alicloud_mediaconvert.api.models import Job

# Scripted jobs need nothing of the package, so these functions import it when called.


def expected_delivery(expect: object) -> Delivery:
    """Build what a job has to deliver to meet expectations.

    Args:
        expect: The input `expect` of `MediaConvertJob`, without Pulumi outputs.

    Raises:
        ValueError: The expectations are invalid, or the job does not meet them. One
            line for each problem, with its path.
    """
    from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer  # noqa: PLC0415  # only if it is needed
    from pulumi_alicloud_mediaconvert.errors import ExpectationsError  # noqa: PLC0415  # only if it is needed
    from pulumi_alicloud_mediaconvert.synthesis.jobs import (  # noqa: PLC0415  # only if it is needed
        passing_delivery,
    )

    def read(ordered: dict[str, Any]) -> Job:
        job = EmulatedJob("made", "cn-shanghai", 0, delivery=delivery_of(ordered))
        return job_from_answer(built_job(job, Step("Success"), 0))

    try:
        return delivery_of(passing_delivery(expect, read))
    except ExpectationsError as error:
        raise ValueError(str(error)) from None


def read_file(path: Path) -> object:
    """Read expectations from a file, as `load_expectations` does.

    Raises:
        ValueError: The file is invalid. One line for each problem, with its location.
    """
    from pulumi_alicloud_mediaconvert.errors import ExpectationsError  # noqa: PLC0415  # only if it is needed
    from pulumi_alicloud_mediaconvert.expect.loader import (  # noqa: PLC0415  # only if it is needed
        load_expectations,
    )

    try:
        return load_expectations(path)
    except ExpectationsError as error:
        raise ValueError(str(error)) from None
