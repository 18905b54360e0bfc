"""Jobs as the command line names them: checked, read, waited for, verified.

The engine goes the same way: `check`, `lifecycle/job`, `verifier`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from pulumi_alicloud_mediaconvert.access.credential_resolver import CONFIG_PROFILE
from pulumi_alicloud_mediaconvert.access.settings import (
    CONFIG_ENDPOINT,
    CONFIG_REGIONS,
    INPUT_REGION,
    Settings,
    read_settings,
)
from pulumi_alicloud_mediaconvert.api.client import ImsClient
from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.cli.command_messages import (
    COMMAND_LINE,
    option_line,
)
from pulumi_alicloud_mediaconvert.clock import SYSTEM_CLOCK, Clock
from pulumi_alicloud_mediaconvert.errors import ConfigurationError, ProviderError
from pulumi_alicloud_mediaconvert.lifecycle.job import certain_report
from pulumi_alicloud_mediaconvert.lifecycle.job_wait import (
    JobReader,
    JobWait,
)
from pulumi_alicloud_mediaconvert.schema.check import check_inputs
from pulumi_alicloud_mediaconvert.schema.inputs import JobInputs
from pulumi_alicloud_mediaconvert.schema.stated_levels import with_points
from pulumi_alicloud_mediaconvert.text import job_name
from pulumi_alicloud_mediaconvert.verification.report import Report
from pulumi_alicloud_mediaconvert.verification.verifier import verify
from pulumi_alicloud_mediaconvert.waiting.wait_errors import WaitTimeoutError
from pulumi_alicloud_mediaconvert.waiting.wait_limits import DEFAULTS
from pulumi_alicloud_mediaconvert.waiting.waiter import Progress


class Show(Protocol):
    """Shows where waits stand."""

    def polled(self, job_id: str, progress: Progress) -> None:
        """Show what a look has found."""

    def retrying(self, job_id: str, why: str) -> None:
        """Show why a call is repeated."""


@dataclass(frozen=True)
class Found:
    """What became of one job.

    Attributes:
        inputs: that named it.
        report: `None` if the job could not be read.
        trouble: in one line, why there is no report, or none of an ended job.
    """

    inputs: JobInputs
    report: Report | None = None
    trouble: str | None = None


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where jobs are, as options say it; `None` leaves it to the environment."""

    region: str | None = None
    endpoint: str | None = None
    profile: str | None = None

    def settings(self, environ: Mapping[str, str]) -> Settings:
        """Return the settings of the engine, with options as its configuration."""
        stated = {
            CONFIG_REGIONS[0]: self.region,
            CONFIG_ENDPOINT: self.endpoint,
            CONFIG_PROFILE: self.profile,
        }
        config = {key: value for key, value in stated.items() if value}
        return read_settings(config, environ)


def declared_jobs(
    job_ids: Sequence[str],
    settings: Settings,
    expect: Any = None,  # noqa: ANN401  # what `expect` takes
    wait: Mapping[str, Any] | bool = False,  # noqa: FBT001, FBT002  # as the input
) -> list[JobInputs]:
    """Check what was typed, each job once.

    Raises:
        ConfigurationError: region, endpoint, a job ID or a limit cannot be one; a
            line for each problem.
    """
    try:
        region = settings.region(None)
    except ConfigurationError as error:
        if error.tried:
            raise
        raise ConfigurationError(*error.problems, setting=INPUT_REGION) from None
    settings.endpoint(region)
    shared = {"region": region, "expect": with_points(expect), "wait": wait}
    lines: list[str] = []
    declared: dict[str, JobInputs] = {}
    for job_id in job_ids:
        checked = check_inputs({"job_id": job_id, **shared}, JobInputs)
        lines += map(option_line, checked.problems)
        if checked.inputs is not None:
            declared[checked.inputs.job_id] = checked.inputs
    if lines:
        raise ConfigurationError(*dict.fromkeys(lines))
    return list(declared.values())


async def find_jobs(
    declared: Sequence[JobInputs],
    settings: Settings,
    show: Show,
    clock: Clock = SYSTEM_CLOCK,
) -> list[Found]:
    """Wait for jobs side by side, as far as each is to be waited for; verify them."""
    async with ImsClient(settings.credentials(clock), clock=clock) as client:
        reader = JobReader(client, settings, clock)
        work = (_find(inputs, reader, show) for inputs in declared)
        return await asyncio.gather(*work)


async def _find(inputs: JobInputs, reader: JobReader, show: Show) -> Found:
    wait = JobWait(
        reader,
        inputs,
        DEFAULTS.timeout,
        lambda step: show.polled(inputs.job_id, step),
        lambda why: show.retrying(inputs.job_id, why),
    )
    try:
        job = await wait.ended_job()
    except ProviderError as error:
        report = certain_report(inputs, wait.job)
        if report is None and isinstance(error, WaitTimeoutError):
            unended = error.job or Job(job_id=inputs.job_id)
            report = Report(job=unended, verdict="pending")
        trouble = COMMAND_LINE.text(error)
        if isinstance(error, ConfigurationError):
            trouble = f"{job_name(inputs.job_id, inputs.region)}: {trouble}"
        return Found(inputs, report, trouble)
    return Found(inputs, verify(job, inputs.expect))
