"""What a wait has seen so far, and which of its limits that touches: pure.

`waiter` takes the polls and passes the time; all that it decides on is here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.api.states import QUEUED, RUNNING
from pulumi_alicloud_mediaconvert.errors import JobNotFoundError
from pulumi_alicloud_mediaconvert.waiting.wait_limits import LimitKind, WaitLimits

# A sleep until a moment may end that much before it, by rounding.
ROUNDING = 0.001
# So many polls in a row must miss a job that was seen before it counts as gone: one
# of them may have reached a part of the service that lags behind.
MIN_MISSES = 3


@dataclass(frozen=True, kw_only=True)
class Trend:
    """How the percent of a running job has risen; never so far that it fell.

    Attributes:
        since: moment of the poll that it is measured from.
        start: percent at that poll.
        step: how much the latest change added; 0 before the first one.
        gap: seconds from the poll before that change to the one that saw it.
    """

    since: float
    start: int
    step: int = 0
    gap: float = 0


@dataclass(frozen=True, kw_only=True)
class WaitState:
    """What the polls so far have shown; moments are seconds of the wait's clock.

    Attributes:
        began: when the wait did.
        polls: how many were taken.
        job: as last seen.
        seen_at: when that was.
        state_since: when the job was first seen in its state.
        percent_since: when it was first seen in its state at its percent, as sent.
        trend: of its percent; `None` where it runs without one, or does not run.
        absence: the error, if the last poll did not find the job.
        absent_since: when it was first not found.
        misses: how many polls in a row did not find it.
        late: seconds from when the latest answer may have been given to when it was
            read.
    """

    began: float
    polls: int = 0
    job: Job | None = None
    seen_at: float = 0
    state_since: float = 0
    percent_since: float = 0
    trend: Trend | None = None
    absence: JobNotFoundError | None = None
    absent_since: float = 0
    misses: int = 0
    late: float = 0

    def seen(self, job: Job, now: float, late: float = 0) -> WaitState:
        """Return the course after a poll that found the job."""
        was = self.job
        same_state = was is not None and was.state == job.state
        same_percent = same_state and was is not None and was.is_at_percent_of(job)
        return replace(
            self,
            polls=self.polls + 1,
            job=job,
            seen_at=now,
            state_since=self.state_since if same_state else now,
            percent_since=self.percent_since if same_percent else now,
            trend=self._trend(job, now),
            absence=None,
            misses=0,
            late=late,
        )

    def missed(
        self, absence: JobNotFoundError, now: float, late: float = 0
    ) -> WaitState:
        """Return the course after a poll that did not find the job."""
        return replace(
            self,
            polls=self.polls + 1,
            absence=absence,
            absent_since=now if self.absence is None else self.absent_since,
            misses=self.misses + 1,
            late=late,
        )

    @property
    def is_gone(self) -> bool:
        """Whether enough polls in a row have missed the job to believe them."""
        return self.misses >= (1 if self.job is None else MIN_MISSES)

    def _trend(self, job: Job, now: float) -> Trend | None:
        """Return the climb after a poll that found the job."""
        if job.state != RUNNING or job.percent is None:
            return None
        before = self.job.percent if self.job else None
        if self.trend is None or before is None or job.percent < before:
            return Trend(since=now, start=job.percent)
        if job.percent == before:
            return self.trend
        return replace(self.trend, step=job.percent - before, gap=now - self.seen_at)


@dataclass(frozen=True)
class Limit:
    """A moment at which the wait ends.

    Attributes:
        since: when its time began, in seconds of the wait's clock.
        kind: which limit it is.
        seconds: that it allows.
    """

    since: float
    kind: LimitKind
    seconds: float

    @property
    def due(self) -> float:
        """The moment."""
        return self.since + self.seconds

    def is_reached(self, now: float) -> bool:
        """Whether no time is left."""
        return self.due - now <= ROUNDING


def next_limit(wait_state: WaitState, limits: WaitLimits) -> Limit:
    """Return the limit that is reached first, if nothing changes."""
    pending = [whole_wait(wait_state, limits)]
    state = wait_state.job.state if wait_state.job else None
    if wait_state.absence:
        if wait_state.is_gone:
            grace = limits.not_found_grace
            pending.append(Limit(wait_state.absent_since, LimitKind.NOT_FOUND, grace))
    elif state == QUEUED and limits.queue_timeout is not None:
        longest = limits.queue_timeout
        pending.append(Limit(wait_state.state_since, LimitKind.QUEUE, longest))
    elif state == RUNNING and limits.stall_timeout is not None:
        longest = limits.stall_timeout
        pending.append(Limit(wait_state.percent_since, LimitKind.STALL, longest))
    return min(pending, key=lambda limit: limit.due)


def whole_wait(wait_state: WaitState, limits: WaitLimits) -> Limit:
    """Return the limit that holds whatever the job does."""
    return Limit(wait_state.began, LimitKind.TIMEOUT, limits.timeout)
