"""One call of the API: what is asked, within which limits, and when again. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from pulumi_alicloud_mediaconvert.api.failures import Failure, Subject
from pulumi_alicloud_mediaconvert.api.rate_limiter import Priority, Turn
from pulumi_alicloud_mediaconvert.api.responses import Parsed

Answered = TypeVar("Answered")

FIRST_DELAY_SECONDS = 0.5
MAX_DELAY_SECONDS = 10.0
# A wish beyond this is a fault; the official SDK draws the same line.
MAX_WISH_SECONDS = 120.0
# The shortest time that an attempt gets: the first one always, the last one so that
# it is not made in vain.
MIN_ATTEMPT_SECONDS = 1.0
# What ends so long after its limit was not slow: this process did not run.
OVERSLEPT_SECONDS = 5.0


@dataclass(frozen=True)
class CallLimits:
    """How long a call may take.

    Attributes:
        connect_seconds: to connect, in each attempt.
        read_seconds: to read, in each attempt: between two pieces of the answer, and
            together with `connect_seconds` for all of it.
        total_seconds: all attempts and the pauses between them.
        retries: whether there is a second attempt.
        largest_mebibytes: of an answer; a larger one is refused.
    """

    connect_seconds: float = 5
    read_seconds: float = 10
    total_seconds: float = 30
    retries: bool = True
    largest_mebibytes: float = 8


DEFAULT_LIMITS = CallLimits()

OnRetry = Callable[[Failure, float], None]
"""Takes why the last attempt failed, and the seconds until the call gives up."""


def ignore_retry(_failure: Failure, _left: float) -> None:
    """Let a call be retried."""


@dataclass(frozen=True, kw_only=True)
class Call(Generic[Answered]):
    """One call, whatever attempts it takes.

    Attributes:
        action: of the API.
        query: its parameters.
        subject: what is asked for.
        endpoint: scheme, host and port of the region's API.
        read: makes of an answer's object what was asked for; raises
            `ApiResponseError` where it is not that.
        limits: of time.
        priority: where calls queue.
        turn: lets it go first while it waits.
        retrying: called before each further attempt.
    """

    action: str
    query: Mapping[str, str]
    subject: Subject
    endpoint: str
    read: Callable[[Parsed], Answered]
    limits: CallLimits = DEFAULT_LIMITS
    priority: Priority = Priority.ORDINARY
    turn: Turn | None = None
    retrying: OnRetry = ignore_retry


@dataclass
class Budget:
    """The time of one call, which begins when its first attempt may go.

    Waiting in turn before that is nobody's fault, and bounded by who waits. Nor is
    the time in which a machine slept: after it there is one more whole attempt.

    Attributes:
        limits: of the call.
        started: when its first attempt went.
        failure: why the latest attempt failed.
        forgone: attempts that were not made, since their turn came too late.
    """

    limits: CallLimits
    started: float | None = None
    failure: Failure | None = None
    forgone: int = 0
    _due: float | None = None

    def spent(self, now: float) -> float:
        """Return the seconds since the first attempt."""
        return 0.0 if self.started is None else now - self.started

    def left(self, now: float) -> float:
        """Return the seconds until the limit of all attempts."""
        return self.limits.total_seconds - self.spent(now)

    def forgone_for(self, now: float, line_seconds: float) -> Failure | None:
        """Return the latest failure if another attempt is not made; counts it.

        Its turn would come beyond the limit.

        Args:
            now: the time.
            line_seconds: how long it would have to wait in turn.
        """
        if self.failure is None or line_seconds <= self.left(now):
            return None
        self.forgone += 1
        return self.failure

    def begin(self, now: float) -> None:
        """Begin, if that has not happened yet."""
        if self.started is None:
            self.started = now

    def attempt_seconds(self, now: float) -> float:
        """Return the seconds that an attempt may take that begins now."""
        self.begin(now)
        seconds = min(self._longest, max(self.left(now), MIN_ATTEMPT_SECONDS))
        self._due = now + seconds
        return seconds

    def paused(self, now: float, seconds: float) -> None:
        """Note a pause that begins now."""
        self._due = now + seconds

    def woken(self, now: float) -> None:
        """Note the end of an attempt or a pause, and whether it ended far too late."""
        has_slept = self._due is not None and now - self._due > OVERSLEPT_SECONDS
        if has_slept and self.started is not None:
            total = self.limits.total_seconds
            left = min(self._longest + MIN_ATTEMPT_SECONDS, total)
            self.started = max(self.started, now - total + left)
        self._due = None

    @property
    def _longest(self) -> float:
        return self.limits.connect_seconds + self.limits.read_seconds


def pause_seconds(attempts: int, retry_after: float | None, jitter: float) -> float:
    """Return the pause after so many attempts, in seconds.

    Args:
        attempts: so far, from 1.
        retry_after: of the API; obeyed, and never undercut by chance.
        jitter: between 0 and 1.
    """
    if retry_after is not None:
        retry_after = min(retry_after, MAX_WISH_SECONDS)
        return retry_after + jitter * min(retry_after, 1.0)
    growing = FIRST_DELAY_SECONDS * 2.0 ** min(attempts, 10)
    return min(MAX_DELAY_SECONDS, growing) * (1 + jitter) / 2
