"""What happens to a job's resource: settle it, or look again.

Knows inputs, verdicts and waiting; does not know what serves it, so that a native
plugin may become a second host beside the dynamic provider.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pulumi_alicloud_mediaconvert.access.settings import Settings
from pulumi_alicloud_mediaconvert.api.client import ImsClient
from pulumi_alicloud_mediaconvert.api.models import PERCENT, Job
from pulumi_alicloud_mediaconvert.api.retrying import CallLimits
from pulumi_alicloud_mediaconvert.clock import SYSTEM_CLOCK, Clock
from pulumi_alicloud_mediaconvert.errors import (
    JobNotFoundError,
    ProviderError,
    WaitError,
)
from pulumi_alicloud_mediaconvert.lifecycle.declared import Declared
from pulumi_alicloud_mediaconvert.lifecycle.gate_result import (
    INTERRUPTED,
    GateResult,
    gate_result,
    gate_result_without_record,
    gone_since,
    interrupted,
    still_running,
)
from pulumi_alicloud_mediaconvert.lifecycle.stored_state import had_ended, was_seen
from pulumi_alicloud_mediaconvert.schema.inputs import JobInputs
from pulumi_alicloud_mediaconvert.verification.report import (
    Report,
    describe_state,
    job_name,
)
from pulumi_alicloud_mediaconvert.verification.statuses import is_whole
from pulumi_alicloud_mediaconvert.verification.verifier import verify
from pulumi_alicloud_mediaconvert.waiting.list_poller import Endpoint
from pulumi_alicloud_mediaconvert.waiting.shared_poller import SharedPoller
from pulumi_alicloud_mediaconvert.waiting.waiter import (
    Progress,
    short_duration,
    wait_for_job,
)

DEFAULT_TIMEOUT_SECONDS = 1800.0
# A look outside a wait: a refresh, a function, `wait=False`.
SINGLE_READ = CallLimits(total_seconds=30)
# How a row begins that says why a call is repeated.
TROUBLE = "trying again: "


@dataclass(frozen=True)
class JobWait:
    """One wait, and who is told of it.

    Attributes:
        inputs: of the job.
        timeout_seconds: of the wait, where the inputs name none.
        progress: told after each look where the wait stands.
        retrying: told why a call is repeated.
        drop_details: whether of a job that goes on just state and progress are kept.
    """

    inputs: JobInputs
    timeout_seconds: float
    progress: Callable[[Progress], None]
    retrying: Callable[[str], None]
    drop_details: bool = False

    def kept(self, job: Job) -> Job:
        """Return a job as it is to be remembered until the next look."""
        if job.has_ended or not self.drop_details:
            return job
        bulky: dict[str, Any] = {
            "config": None,
            "outputs": [],
            "output_groups": [],
            # Of what was sent a wait compares just this.
            "raw": {key: job.raw[key] for key in job.raw.keys() & {PERCENT}},
        }
        return job.model_copy(update=bulky)


@dataclass
class _Seen:
    """What a wait knows of its job if it is ended: as last seen, and why not later."""

    job: Job | None = None
    at: datetime | None = None
    trouble: str | None = None


@dataclass(frozen=True)
class Lifecycle:
    """Everything that can happen to a job's resource.

    Attributes:
        client: reads jobs.
        settings: say where a region's API is.
        clock: of all waits.
    """

    client: ImsClient
    settings: Settings
    clock: Clock = SYSTEM_CLOCK

    @functools.cached_property
    def poller(self) -> SharedPoller:
        """Looks at jobs, for all of them together."""
        return SharedPoller(self.client, self.clock)

    async def settle(  # noqa: PLR0913  # the last four have a default
        self,
        declared: Declared,
        timeout_seconds: float,
        progress: Callable[[str], None],
        stored: Mapping[str, Any] | None = None,
        *,
        retrying: Callable[[str], None] | None = None,
        drop_details: bool = False,
        why_cut: Callable[[], str] = lambda: INTERRUPTED,
    ) -> GateResult:
        """Wait until the job has ended, verify it, and say what becomes of it.

        Cancelling ends the wait at once and keeps what was seen.

        Args:
            declared: the resource.
            timeout_seconds: of the wait, where the inputs name none.
            progress: told in one line where the wait stands.
            stored: outputs of this very job from earlier. If it had ended then, it is
                not waited for when its record has gone.
            retrying: told in one line why a call is repeated, `progress` without it.
            drop_details: of a job that goes on, keep just state and progress.
            why_cut: says in a clause why the wait was cancelled, if it was.

        Raises:
            ProviderError: the job was never seen, so that there is nothing to keep.
        """
        seen = _Seen()

        def polled(step: Progress) -> None:
            seen.trouble = None
            if step.job is not None and step.is_seen:
                seen.job, seen.at = step.job, self.clock.date()
            progress(progress_line(step))

        def failed(why: str) -> None:
            seen.trouble = why
            (retrying or progress)(f"{TROUBLE}{why}")

        wait = JobWait(
            declared.inputs, timeout_seconds, polled, failed, drop_details=drop_details
        )
        try:
            settled = await self._settled(declared, wait, seen, stored)
        except asyncio.CancelledError:
            settled = interrupted(declared, seen.job, seen.trouble, why_cut())
        return settled.seen_at(seen.at or self.clock.date())

    async def _settled(
        self,
        declared: Declared,
        wait: JobWait,
        seen: _Seen,
        stored: Mapping[str, Any] | None,
    ) -> GateResult:
        try:
            job = await self.ended_job(wait, may_be_new=not had_ended(stored))
        except WaitError as error:
            return _kept(declared, error.job, str(error))
        except ProviderError as error:
            if seen.job is not None:
                is_gone = isinstance(error, JobNotFoundError)
                return _kept(declared, seen.job, str(error), is_gone=is_gone)
            if stored and isinstance(error, JobNotFoundError):
                if had_ended(stored):
                    return gate_result_without_record(declared, stored)
                if was_seen(stored):
                    return gone_since(declared, stored, error)
            raise
        return gate_result(declared, verify(job, declared.inputs.expect))

    async def read(
        self, declared: Declared, within_seconds: float = SINGLE_READ.total_seconds
    ) -> GateResult:
        """Look once and verify with the inputs as they are.

        Args:
            declared: the resource.
            within_seconds: how long the look may take, retries included.

        Raises:
            ProviderError: the API gave no answer about the job.
        """
        limits = CallLimits(total_seconds=within_seconds)
        job = await self.fetch(declared.inputs, limits)
        settled = gate_result(declared, verify(job, declared.inputs.expect))
        return settled.seen_at(self.clock.date())

    async def fetch(
        self,
        inputs: JobInputs,
        limits: CallLimits,
        *,
        is_urgent: bool = False,
        last: Job | None = None,
        retrying: Callable[[str], None] = lambda _: None,
    ) -> Job:
        """Return the job as it is now, under the ID that was asked for.

        Raises:
            ProviderError: the API gave no answer about the job.
        """
        job = await self.poller.poll(
            self._endpoint(inputs),
            inputs.job_id,
            limits,
            # What decides a wait, or is no part of one, queues behind nobody's.
            last=last,
            is_urgent=is_urgent or limits.total_seconds <= SINGLE_READ.total_seconds,
            retrying=retrying,
        )
        return _named(job, inputs.job_id)

    async def ended_job(self, wait: JobWait, *, may_be_new: bool = True) -> Job:
        """Return the job when it has ended; as it is where nobody wants to wait.

        Args:
            wait: for it.
            may_be_new: whether it may have been submitted just now, so that the API
                may not know it yet.

        Raises:
            WaitError: it goes on, and carries the job as last seen.
            ProviderError: the API gave no answer about the job.
        """
        inputs = wait.inputs
        if inputs.wait is False:
            return await self.fetch(inputs, SINGLE_READ, retrying=wait.retrying)
        has_moved = False
        last: Job | None = None

        async def poll(within_seconds: float) -> Job:
            limits = CallLimits(total_seconds=within_seconds)
            job = await self.fetch(
                inputs, limits, is_urgent=has_moved, last=last, retrying=wait.retrying
            )
            return wait.kept(job)

        limits = inputs.limits(wait.timeout_seconds)

        async def rest(job: Job | None, seconds: float, longest: float) -> Job | None:
            nonlocal has_moved, last
            last = job
            began = self.clock.now()
            # Whatever the list of jobs says: it may lag behind, or know nothing.
            longest = min(longest, max(seconds, limits.poll_max))
            endpoint = self._endpoint(inputs)
            over = await self.poller.rest(
                endpoint, inputs.job_id, job, seconds, longest
            )
            has_moved = over.has_moved
            if has_moved:
                shortest = min(limits.poll_min, longest)
                await self.clock.sleep(began + shortest - self.clock.now())
            return over.news and wait.kept(_named(over.news, inputs.job_id))

        return await wait_for_job(
            poll,
            # The grace is for jobs that were submitted just now.
            limits if may_be_new else replace(limits, not_found_grace=0),
            clock=self.clock,
            progress=wait.progress,
            subject=job_name(inputs.job_id, inputs.region),
            rest=rest,
            is_whole=is_whole,
        )

    def _endpoint(self, inputs: JobInputs) -> Endpoint:
        return Endpoint(inputs.region, self.settings.endpoint(inputs.region))


def _named(job: Job, job_id: str) -> Job:
    # The vendor's page masks the ID; whoever asked knows it.
    return job.model_copy(update={"job_id": job_id})


def _kept(
    declared: Declared, job: Job | None, text: str, *, is_gone: bool = False
) -> GateResult:
    """Keep what was seen before a look failed for good."""
    report = certain_report(declared.inputs, job)
    if report is not None:
        return gate_result(declared, report)
    return still_running(declared, job, text, is_gone=is_gone)


def certain_report(inputs: JobInputs, job: Job | None) -> Report | None:
    """Verify a job as last seen, after which a look has failed for good.

    Returns:
        Of a job that had ended the report, if that is certain: doubt about outputs
        that had not is the fault's, and no verdict.
    """
    if job is None or not job.has_ended:
        return None
    report = verify(job, inputs.expect)
    return None if report.verdict == "inconclusive" else report


def progress_line(progress: Progress) -> str:
    """Say on one row where a wait stands: `Running 66 % · about 3m left`."""
    where = describe_state(progress.job) if progress.job else "not known yet"
    if progress.job and progress.job.has_ended:
        return where
    if progress.remaining_estimate is None:
        return f"{where} · {short_duration(progress.elapsed)} waited"
    return f"{where} · about {short_duration(progress.remaining_estimate)} left"
