"""Jobs that would pass: the one door to the rest of the package.

The emulator builds its answers without the package, or a mistake would agree with
itself. What expectations mean only the package can say: it says what to deliver, and
then verifies the answer that was built of it.
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

# Who scripts jobs by hand, as the package's own tests do, needs nothing of the package:
# it is imported where it is asked.


def expected_delivery(expect: object) -> Delivery:
    """Build what a job has to deliver to meet expectations.

    Args:
        expect: as the input `expect` of `MediaConvertJob`, without Pulumi's outputs.

    Raises:
        ValueError: they are refused, or the job that was made does not pass; one line
            for each problem, with its path.
    """
    from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer  # noqa: PLC0415  # only when it is asked
    from pulumi_alicloud_mediaconvert.errors import ExpectationsError  # noqa: PLC0415  # only when it is asked
    from pulumi_alicloud_mediaconvert.synthesis.jobs import (  # noqa: PLC0415  # only when it is asked
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
        ValueError: it is none; one line for each problem, with file and line.
    """
    from pulumi_alicloud_mediaconvert.errors import ExpectationsError  # noqa: PLC0415  # only when it is asked
    from pulumi_alicloud_mediaconvert.expect.loader import (  # noqa: PLC0415  # only when it is asked
        load_expectations,
    )

    try:
        return load_expectations(path)
    except ExpectationsError as error:
        raise ValueError(str(error)) from None
