"""Jobs as the command line names them: checked, read, waited for, verified.

`pulumi up` does the same with `check`, `lifecycle/job` and `verifier`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
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
from pulumi_alicloud_mediaconvert.api.failures import Subject
from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.cli.command_messages import (
    COMMAND_LINE,
    option_line,
)
from pulumi_alicloud_mediaconvert.cli.job_lists import NamedJob
from pulumi_alicloud_mediaconvert.cli.silence import SilenceLimit, silent_seconds
from pulumi_alicloud_mediaconvert.clock import SYSTEM_CLOCK, Clock
from pulumi_alicloud_mediaconvert.errors import ConfigurationError, ProviderError
from pulumi_alicloud_mediaconvert.lifecycle.job import certain_report
from pulumi_alicloud_mediaconvert.lifecycle.job_wait import (
    JobReader,
    JobWait,
    Retry,
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

JOB_ID = "job_id"


class Show(Protocol):
    """Shows where waits stand."""

    def polled(self, job_id: str, progress: Progress) -> None:
        """Show what a poll has found."""

    def retrying(self, job_id: str, retry: Retry) -> None:
        """Show why a call is retried."""


@dataclass(frozen=True)
class Found:
    """What became of one job.

    Attributes:
        inputs: that named it.
        report: `None` if the job could not be read.
        trouble: in one line, why there is no report, or none of an ended job.
        shared_cause: the part of `trouble` that is the same for all jobs, if any.
        is_interrupted: whether the command was interrupted before the wait ended.
    """

    inputs: JobInputs
    report: Report | None = None
    trouble: str | None = None
    shared_cause: str | None = None
    is_interrupted: bool = False


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where jobs are, from options; `None`: from the environment."""

    region: str | None = None
    endpoint: str | None = None
    profile: str | None = None

    def settings(self, environ: Mapping[str, str]) -> Settings:
        """Return the settings of the engine, with options as its configuration."""
        given = {
            CONFIG_REGIONS[0]: self.region,
            CONFIG_ENDPOINT: self.endpoint,
            CONFIG_PROFILE: self.profile,
        }
        config = {key: value for key, value in given.items() if value}
        return read_settings(config, environ)


def declared_jobs(
    jobs: Sequence[NamedJob],
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
    for job in jobs:
        checked = check_inputs({JOB_ID: job.job_id, **shared}, JobInputs)
        lines += (
            f"{job.place}: {one.text}" if one.path == JOB_ID else option_line(one)
            for one in checked.problems
        )
        if checked.inputs is not None:
            declared[checked.inputs.job_id] = checked.inputs
    if lines:
        raise ConfigurationError(*dict.fromkeys(lines))
    return list(declared.values())


class Reading:
    """Reads jobs in parallel, waits for each if its inputs say so, and verifies it.

    Args:
        declared: the jobs, all of one region and with the same limits.
        settings: say where the API is, and give credentials.
        show: shows where the waits stand.
        clock: of all waits.
        make_client: makes the client of the API.
    """

    def __init__(
        self,
        declared: Sequence[JobInputs],
        settings: Settings,
        show: Show,
        clock: Clock = SYSTEM_CLOCK,
        make_client: Callable[..., ImsClient] = ImsClient,
    ) -> None:
        self._declared = declared
        self._settings = settings
        self._show = show
        self._clock = clock
        self._make_client = make_client
        self._waits: dict[str, JobWait] = {}
        self._found: dict[str, Found] = {}
        self._silence: str | None = None

    async def run(self) -> list[Found]:
        """Return what became of each job.

        An endpoint that never responds ends the reads of all jobs together.
        """
        credentials = self._settings.credentials(self._clock)
        async with self._make_client(credentials, clock=self._clock) as client:
            reader = JobReader(client, self._settings, self._clock)
            limit = SilenceLimit(client, self._clock, silent_seconds(self._declared[0]))
            reads = [
                asyncio.create_task(self._read(inputs, reader, limit))
                for inputs in self._declared
            ]
            watch = asyncio.create_task(self._end_if_silent(limit, reads))
            try:
                await asyncio.gather(*reads)
            finally:
                watch.cancel()
        return self.so_far()

    def so_far(self) -> list[Found]:
        """Return what is known by now; may be called on any thread, at any time."""
        return [
            self._found.get(one.job_id)
            or _interrupted(one, self._waits.get(one.job_id))
            for one in self._declared
        ]

    async def _read(
        self, inputs: JobInputs, reader: JobReader, limit: SilenceLimit
    ) -> None:
        wait = self._waits[inputs.job_id] = JobWait(
            reader,
            inputs,
            DEFAULTS.timeout,
            lambda step: self._show.polled(inputs.job_id, step),
            lambda retry: self._show.retrying(inputs.job_id, limit.shown(retry)),
        )
        try:
            job = await wait.ended_job()
        except ProviderError as error:
            self._found[inputs.job_id] = _troubled(inputs, wait.job, error)
        except asyncio.CancelledError:
            if self._silence is None:
                raise
            self._found[inputs.job_id] = _silent(inputs, self._silence)
        else:
            self._found[inputs.job_id] = Found(inputs, verify(job, inputs.expect))

    async def _end_if_silent(
        self, limit: SilenceLimit, reads: Sequence[asyncio.Task[None]]
    ) -> None:
        """End all reads if no request gets any response for a time."""
        if not await limit.is_reached():
            return
        troubles = (wait.trouble for wait in self._waits.values())
        self._silence = limit.cause(next(filter(None, troubles), None))
        for read in reads:
            read.cancel()


def _silent(inputs: JobInputs, cause: str) -> Found:
    """Say that a job could not be read because the endpoint never responded."""
    subject = Subject(inputs.job_id, inputs.region)
    return Found(inputs, trouble=f"cannot read {subject}: {cause}", shared_cause=cause)


def _troubled(inputs: JobInputs, last: Job | None, error: ProviderError) -> Found:
    """Say what is known about a job if its wait ended before the job did.

    Args:
        inputs: that name it.
        last: the job as last seen.
        error: how the wait has ended.
    """
    report = certain_report(inputs, last)
    if report is None and isinstance(error, WaitTimeoutError):
        unended = error.job or Job(job_id=inputs.job_id)
        report = Report(job=unended, verdict="pending")
    trouble = COMMAND_LINE.text(error)
    if isinstance(error, ConfigurationError):
        trouble = f"{job_name(inputs.job_id, inputs.region)}: {trouble}"
    return Found(inputs, report, trouble)


def _interrupted(inputs: JobInputs, wait: JobWait | None) -> Found:
    """Say what is known about a job if its wait was interrupted, or had not begun."""
    job = wait.job if wait else None
    if job is not None and not job.has_ended:
        return Found(inputs, Report(job=job, verdict="pending"), is_interrupted=True)
    when = "it was read" if job is None else "all of its outputs had ended"
    return Found(
        inputs,
        certain_report(inputs, job),
        f"{job_name(inputs.job_id, inputs.region)}: interrupted before {when}.",
        is_interrupted=True,
    )
