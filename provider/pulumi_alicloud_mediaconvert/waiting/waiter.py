"""Wait until a job has ended: states and time, neither HTTP nor Pulumi.

Called with a `Poll`, which is the client's call for one job, and a clock. What the
polls have shown is in `wait_state`, when to poll next in `poll_interval`.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.clock import SYSTEM_CLOCK, Clock
from pulumi_alicloud_mediaconvert.errors import (
    ApiError,
    AuthenticationError,
    JobNotFoundError,
    ProviderError,
)
from pulumi_alicloud_mediaconvert.text import short_duration
from pulumi_alicloud_mediaconvert.waiting.poll_interval import forecast, interval
from pulumi_alicloud_mediaconvert.waiting.wait_errors import (
    LastSeen,
    PollError,
    WaitTimeoutError,
    gone,
)
from pulumi_alicloud_mediaconvert.waiting.wait_limits import LimitKind, WaitLimits
from pulumi_alicloud_mediaconvert.waiting.wait_state import (
    Limit,
    WaitState,
    next_limit,
    whole_wait,
)

# How long the last poll may retry a failed call; no poll needs to make do with less.
LAST_POLL_SECONDS = 15.0
# What took longer may have come from before a sleep of this machine: no limit is
# judged by it alone.
LATE_SECONDS = LAST_POLL_SECONDS + 5
# How long outputs may lag behind the end of their job.
SETTLE_SECONDS = 30.0

Poll = Callable[[float], Awaitable[Job]]
"""Takes the seconds within which it may retry a failed call."""

TakePause = Callable[[Job | None, float, float], Awaitable[Job | None]]
"""Takes the job as last seen, the seconds until the next poll, and those after which it
must be taken. Returns when it is time for it, with the job if it was seen meanwhile."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Progress:
    """What a live row needs, after each poll.

    Attributes:
        job: as last seen; `None` while it has not been found.
        is_seen: whether this poll has found it.
        elapsed: seconds since the wait began.
        unchanged: seconds since the job was first seen in its state, at its percent.
        polls: how many were taken.
        remaining_estimate: seconds until the end, from the course of `Percent`; `None`
            where that tells nothing.
    """

    job: Job | None
    is_seen: bool = True
    elapsed: float
    unchanged: float = 0.0
    polls: int
    remaining_estimate: float | None


@dataclass(frozen=True)
class Wait:
    """One wait for one job: what `wait_for_job` was given."""

    poll: Poll
    limits: WaitLimits
    clock: Clock
    random: Callable[[], float]
    progress: Callable[[Progress], None]
    subject: str | None
    pause: TakePause
    is_whole: Callable[[Job], bool]

    async def until_ended(self) -> Job:
        """Poll and sleep until the job has ended or a limit is reached."""
        wait_state = await self._polled(WaitState(began=self.clock.now()))
        is_confirmed = False
        while True:
            if (
                wait_state.absence is None
                and wait_state.job
                and wait_state.job.has_ended
            ):
                return await self._settled(wait_state, wait_state.job)
            limit = next_limit(wait_state, self.limits)
            if not limit.is_reached(self.clock.now()):
                wait_state = await self._paused(wait_state, limit)
                is_confirmed = False
            elif wait_state.late > LATE_SECONDS and not is_confirmed:
                wait_state = await self._polled(wait_state)
                is_confirmed = True
            else:
                raise _end_of(wait_state, limit, self.clock.now(), self.subject)

    async def _settled(self, wait_state: WaitState, ended: Job) -> Job:
        """Return the ended job once all of it is reported and has ended, or time is up.

        Neither a record that goes nor an answer from before takes the end back; a poll
        that fails for good is told, with the job as it was seen to have ended.
        """
        limit = min(
            whole_wait(wait_state, self.limits),
            Limit(self.clock.now(), LimitKind.TIMEOUT, SETTLE_SECONDS),
            key=lambda limit: limit.due,
        )
        while not self.is_whole(ended) and not limit.is_reached(self.clock.now()):
            await self.clock.sleep(self._pause_seconds(wait_state, limit))
            wait_state = await self._polled(wait_state, ended)
            if (
                wait_state.absence is None
                and wait_state.job
                and wait_state.job.has_ended
            ):
                ended = wait_state.job
            elif wait_state.is_gone:
                break
        return ended

    async def _polled(
        self, wait_state: WaitState, ended: Job | None = None
    ) -> WaitState:
        """Take one poll.

        A poll that outlasts the deadline is the last one, so it may retry as long as
        the last one may.

        Args:
            wait_state: before it.
            ended: the job, if it was seen to have ended.
        """
        began = self.clock.now()
        left = whole_wait(wait_state, self.limits).due - began
        try:
            job = await self.poll(max(left, LAST_POLL_SECONDS))
        except JobNotFoundError as error:
            now = self.clock.now()
            wait_state = wait_state.missed(error, now, now - began)
        except ApiError as error:
            last = ended or wait_state.job
            if last is None or isinstance(error, AuthenticationError):
                raise
            raise PollError(
                job=last,
                cause=error,
                ago_seconds=self.clock.now() - wait_state.seen_at,
            ) from error
        else:
            now = self.clock.now()
            wait_state = wait_state.seen(job, now, now - began)
        self._show(wait_state)
        return wait_state

    async def _paused(self, wait_state: WaitState, limit: Limit) -> WaitState:
        """Pause, and poll again unless the job was seen meanwhile."""
        began = self.clock.now()
        left = limit.due - began
        job = await self.pause(
            wait_state.job, self._pause_seconds(wait_state, limit), left
        )
        if job is None:
            return await self._polled(wait_state)
        now = self.clock.now()
        wait_state = wait_state.seen(job, now, max(0.0, now - began - left))
        self._show(wait_state)
        return wait_state

    def _pause_seconds(self, wait_state: WaitState, limit: Limit) -> float:
        """Return the seconds to the next poll, which the limit may cut."""
        now = self.clock.now()
        pause = interval(wait_state, self.limits, now, self.random)
        return min(pause, limit.due - now)

    def _show(self, wait_state: WaitState) -> None:
        now = self.clock.now()
        expected = forecast(wait_state, now)
        shown = Progress(
            job=wait_state.job,
            is_seen=wait_state.absence is None,
            elapsed=now - wait_state.began,
            unchanged=now - wait_state.percent_since if wait_state.job else 0.0,
            polls=wait_state.polls,
            remaining_estimate=max(0.0, expected.remaining) if expected else None,
        )
        try:
            self.progress(shown)
        except Exception:
            # Quietly: a row that cannot be drawn is no reason to print a traceback.
            log.debug("The progress of the wait could not be shown.", exc_info=True)


async def wait_for_job(  # noqa: PLR0913  # the last five have a default
    poll: Poll,
    limits: WaitLimits,
    *,
    clock: Clock = SYSTEM_CLOCK,
    random: Callable[[], float] = random.random,
    progress: Callable[[Progress], None] = lambda _: None,
    subject: str | None = None,
    pause: TakePause | None = None,
    is_whole: Callable[[Job], bool] = lambda job: job.is_settled,
) -> Job:
    """Poll the job until it has ended, and return it as last seen.

    The first poll is at once. At the deadline one last poll is taken, and may still
    win. A job that has ended before its outputs is polled for some seconds more,
    and then returned as it is. No limit is judged by an answer that may be from before
    a sleep of this machine.

    Args:
        poll: takes the seconds within which it may retry a failed call.
        limits: of this wait.
        clock: what measures and passes the time.
        random: from 0 up to, but not including, 1.
        progress: called after each poll; what it raises is ignored.
        subject: names the job in errors; by default it is `job` and its ID.
        pause: passes the time between two polls; by default it sleeps on the clock.
        is_whole: whether nothing more can come of a job that has ended; by default
            its outputs have ended too.

    Raises:
        WaitTimeoutError: a limit is reached; the job goes on.
        JobNotFoundError: the job stayed unknown longer than the grace, or the wait.
        WaitError: a poll failed for good, after the job had been seen; it may have
            ended, with outputs that had not.
        ApiError: a poll failed for good before that; of authentication, at any time.
        ConfigurationError: as the poll raises it.
    """

    async def sleep(_job: Job | None, seconds: float, _longest: float) -> None:
        await clock.sleep(seconds)

    wait = Wait(
        poll, limits, clock, random, progress, subject, pause or sleep, is_whole
    )
    return await wait.until_ended()


def _end_of(
    wait_state: WaitState, limit: Limit, now: float, subject: str | None
) -> ProviderError:
    """Return how a wait ends at its limit.

    A job that vanished within its grace was last seen under way: that is a timeout.
    """
    job = wait_state.job
    if wait_state.absence and job is None:
        return wait_state.absence
    name = subject or _name(job)
    if wait_state.absence and job and limit.kind is LimitKind.NOT_FOUND:
        ago = f"{short_duration(now - wait_state.seen_at)} ago"
        return gone(name, LastSeen.of(job, ago), wait_state.absence)
    return WaitTimeoutError(
        name,
        job=job,
        limit=limit.kind,
        limit_seconds=limit.seconds,
        waited_seconds=now - wait_state.began,
        polls=wait_state.polls,
        is_missed=wait_state.absence is not None,
    )


def _name(job: Job | None) -> str:
    return f"job {job.job_id}" if job and job.job_id else "the job"
