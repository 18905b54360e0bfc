"""Read one job, or wait until it has ended.

Knows inputs and time; knows neither verdicts nor what serves a resource.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from pulumi_alicloud_mediaconvert.access.settings import Settings
from pulumi_alicloud_mediaconvert.api.client import ImsClient
from pulumi_alicloud_mediaconvert.api.failures import Failure
from pulumi_alicloud_mediaconvert.api.models import PERCENT, Job
from pulumi_alicloud_mediaconvert.api.retrying import (
    CallLimits,
    OnRetry,
    ignore_retry,
)
from pulumi_alicloud_mediaconvert.clock import SYSTEM_CLOCK, Clock
from pulumi_alicloud_mediaconvert.schema.inputs import JobInputs
from pulumi_alicloud_mediaconvert.text import job_name
from pulumi_alicloud_mediaconvert.verification.statuses import is_whole
from pulumi_alicloud_mediaconvert.waiting.list_poller import Endpoint
from pulumi_alicloud_mediaconvert.waiting.shared_poller import SharedPoller
from pulumi_alicloud_mediaconvert.waiting.wait_limits import WaitLimits
from pulumi_alicloud_mediaconvert.waiting.waiter import Progress, wait_for_job

# Outside a wait: a refresh, a function, `wait=False`.
SINGLE_READ = CallLimits()


@dataclass(frozen=True, kw_only=True)
class Retry:
    """A call that is made again.

    Attributes:
        job: as last seen; `None` if it never was.
        brief: why the last attempt failed, in a word or two.
        why: the same as a clause.
        seconds: since the first failure in a row.
        left: seconds until the wait ends if no further attempt succeeds.
    """

    job: Job | None
    brief: str
    why: str
    seconds: float
    left: float


@dataclass(frozen=True)
class JobReader:
    """Reads jobs; reads of the same job at the same time share one call.

    Attributes:
        client: calls the API.
        settings: name the API of each region.
        clock: of all waits.
    """

    client: ImsClient
    settings: Settings
    clock: Clock = SYSTEM_CLOCK

    @functools.cached_property
    def poller(self) -> SharedPoller:
        """Polls jobs for all waits together."""
        return SharedPoller(self.client, self.clock)

    async def fetch(
        self,
        inputs: JobInputs,
        limits: CallLimits,
        *,
        is_urgent: bool = False,
        last: Job | None = None,
        retrying: OnRetry = ignore_retry,
    ) -> Job:
        """Return the job as it is now, under the ID that was asked for.

        Raises:
            ProviderError: the API gave no answer about the job.
        """
        job = await self.poller.poll(
            self.endpoint(inputs),
            inputs.job_id,
            limits,
            last=last,
            # What decides a wait, or is no part of one, goes before ordinary polls.
            is_urgent=is_urgent or limits.total_seconds <= SINGLE_READ.total_seconds,
            retrying=retrying,
        )
        return named(job, inputs.job_id)

    def endpoint(self, inputs: JobInputs) -> Endpoint:
        """Return where the API of a job is."""
        return Endpoint(inputs.region, self.settings.endpoint(inputs.region))


@dataclass
class JobWait:
    """One wait for one job, and what it has seen.

    Attributes:
        reader: of the job.
        inputs: of the job.
        timeout_seconds: of the wait, where the inputs name none.
        on_progress: called after each poll.
        on_retry: called before a call is made again.
        drop_details: whether to keep only state and progress of a job that is running.
        job: as last seen.
        seen_at: when that was.
        trouble: why the last call failed; `None` since one that did not.
        polls: how many there were.
    """

    reader: JobReader
    inputs: JobInputs
    timeout_seconds: float
    on_progress: Callable[[Progress], None]
    on_retry: Callable[[Retry], None]
    drop_details: bool = False
    job: Job | None = field(default=None, init=False)
    seen_at: datetime | None = field(default=None, init=False)
    trouble: str | None = field(default=None, init=False)
    polls: int = field(default=0, init=False)
    _failing_since: float = field(default=0.0, init=False)
    _has_moved: bool = field(default=False, init=False)
    _paused_on: Job | None = field(default=None, init=False)

    async def ended_job(self, *, may_be_new: bool = True) -> Job:
        """Return the job when it has ended; with `wait=False`, as it is.

        Args:
            may_be_new: whether it may have been submitted just now, so that the API
                may not know it yet.

        Raises:
            WaitError: it goes on, and carries the job as last seen.
            ProviderError: the API gave no answer about the job.
        """
        inputs = self.inputs
        if inputs.wait is False:
            return await self.reader.fetch(
                inputs, SINGLE_READ, retrying=self._note_retry
            )
        limits = self._limits
        return await wait_for_job(
            self._poll,
            # The grace is for jobs that were submitted just now.
            limits if may_be_new else replace(limits, not_found_grace=0),
            clock=self.reader.clock,
            progress=self._note_progress,
            subject=job_name(inputs.job_id, inputs.region),
            pause=self._pause,
            is_whole=is_whole,
        )

    @functools.cached_property
    def _limits(self) -> WaitLimits:
        return self.inputs.limits(self.timeout_seconds)

    async def _poll(self, within_seconds: float) -> Job:
        job = await self.reader.fetch(
            self.inputs,
            CallLimits(total_seconds=within_seconds),
            is_urgent=self._has_moved,
            last=self._paused_on,
            retrying=self._note_retry,
        )
        return self._kept(job)

    async def _pause(
        self, job: Job | None, seconds: float, longest: float
    ) -> Job | None:
        self._paused_on = job
        clock, limits, job_id = self.reader.clock, self._limits, self.inputs.job_id
        began = clock.now()
        # Whatever the list of jobs says: it may lag behind, or know nothing.
        longest = min(longest, max(seconds, limits.poll_max))
        pause = await self.reader.poller.pause(
            self.reader.endpoint(self.inputs), job_id, job, seconds, longest
        )
        self._has_moved = pause.has_moved
        if pause.has_moved:
            shortest = min(limits.poll_min, longest)
            await clock.sleep(began + shortest - clock.now())
        return pause.news and self._kept(named(pause.news, job_id))

    def _note_progress(self, step: Progress) -> None:
        self.polls = step.polls
        self.trouble = None
        if step.job is not None and step.is_seen:
            self.job, self.seen_at = step.job, self.reader.clock.date()
        self.on_progress(step)

    def _note_retry(self, failure: Failure, left: float) -> None:
        now = self.reader.clock.now()
        if self.trouble is None:
            self._failing_since = now
        self.trouble = failure.what
        self.on_retry(
            Retry(
                job=self.job,
                brief=failure.brief,
                why=failure.what,
                seconds=now - self._failing_since,
                left=max(0.0, left),
            )
        )

    def _kept(self, job: Job) -> Job:
        """Return a job as it is to be remembered until the next poll."""
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


def named(job: Job, job_id: str) -> Job:
    """Return a job under the ID that was asked for, which the API may mask."""
    return job.model_copy(update={"job_id": job_id})
