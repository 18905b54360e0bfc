"""What a row says while jobs run, and how often.

The engine cuts a row at the right edge of the terminal, so a line begins with what
matters most. In a log it prints each line below the previous one. A plugin cannot tell
a terminal from a log, so rows have the same rate for both.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.api.states import QUEUED, RUNNING
from pulumi_alicloud_mediaconvert.clock import Clock
from pulumi_alicloud_mediaconvert.lifecycle.job_wait import Retry
from pulumi_alicloud_mediaconvert.text import counted, plain, short_duration
from pulumi_alicloud_mediaconvert.verification.statuses import (
    is_whole,
    unfinished_outputs,
)
from pulumi_alicloud_mediaconvert.waiting.waiter import Progress

# A line without news comes after this time, and so does the same news again.
PAUSE_SECONDS = 30.0
TENTHS = 10
WHOLE = 100
# A percent that has been the same for less time is not news.
MIN_UNCHANGED_SECONDS = 60.0


class WaitWatch(Protocol):
    """Follows one wait."""

    def polled(self, progress: Progress) -> None:
        """Take what a poll has found."""

    def retrying(self, retry: Retry) -> None:
        """Take why a call is made again."""


@dataclass
class RowPace:
    """Decides which lines a row shows.

    These are: news, such as another state; each tenth of the work; and a line each
    half minute. News that alternate do not come more often than that.

    Attributes:
        clock: of the wait.
    """

    clock: Clock
    _shown_at: float = field(default=-math.inf, init=False)
    _news: object = field(default=None, init=False)
    _news_at: dict[object, float] = field(default_factory=dict, init=False)
    _tenth: int | None = field(default=None, init=False)

    def takes(self, news: object, done: float | None) -> bool:
        """Whether to show a line; counts it as shown.

        Args:
            news: main content of the line, hashable.
            done: share of the work, from 0 to 1; `None` while it is not known.
        """
        now = self.clock.now()
        tenth = self._tenth if done is None else math.floor(done * TENTHS)
        last = self._news_at.get(news, -math.inf)
        is_news = news != self._news and now - last >= PAUSE_SECONDS
        is_due = now - self._shown_at >= PAUSE_SECONDS
        if not is_news and not is_due and tenth == self._tenth:
            return False
        self._shown_at, self._tenth, self._news = now, tenth, news
        self._news_at[news] = now
        return True


class JobRow:
    """The row of one job.

    Args:
        show: takes each line.
        clock: of the wait.
    """

    def __init__(self, show: Callable[[str], None], clock: Clock) -> None:
        self._show = show
        self._pace = RowPace(clock)

    def polled(self, progress: Progress) -> None:
        """Show state and progress of the job.

        A job that has ended with all its outputs has no line here: its verdict follows
        at once.
        """
        job = progress.job
        if job and job.has_ended and is_whole(job):
            return
        news = job.state if job and progress.is_seen else None
        if self._pace.takes((news, False), _share(job)):
            self._show(progress_line(progress))

    def retrying(self, retry: Retry) -> None:
        """Show why a call is made again."""
        news = retry.job.state if retry.job else None
        if self._pace.takes((news, True), _share(retry.job)):
            self._show(retry_line(retry))


@dataclass
class SetCounts:
    """How far a set is, counted while its jobs end.

    Attributes:
        total: number of its jobs.
        ended: number of jobs that have ended.
        bad: number of jobs with each bad verdict, by words for it.
        passed: number of jobs that have passed.
        verified: those of them that were verified in this run.
        met: number of checks that these met.
    """

    total: int
    ended: int = 0
    bad: dict[str, int] = field(default_factory=dict)
    passed: int = 0
    verified: int = 0
    met: int = 0


class SetRow:
    """The one row of a set of jobs.

    Args:
        show: takes each line.
        clock: of the waits.
    """

    def __init__(self, show: Callable[[str], None], clock: Clock) -> None:
        self._show = show
        self._pace = RowPace(clock)
        self._retries: dict[str, Retry] = {}

    def watch(self, name: str, moved: Callable[[], None]) -> WaitWatch:
        """Follow the wait for a job of the set.

        Args:
            name: of the job.
            moved: called after each poll and before each retry.
        """
        return _Member(name, self._retries, moved)

    def answered(self, name: str) -> None:
        """Note that a job is not read again, or was read."""
        self._retries.pop(name, None)

    def counted(self, counts: SetCounts) -> None:
        """Show how far the set is."""
        news = (bool(self._retries), *counts.bad)
        if self._pace.takes(news, counts.ended / counts.total):
            self._show(set_line(counts, [*self._retries.values()]))


@dataclass(frozen=True)
class _Member:
    name: str
    retries: dict[str, Retry]
    moved: Callable[[], None]

    def polled(self, _progress: Progress) -> None:
        self.retries.pop(self.name, None)
        self.moved()

    def retrying(self, retry: Retry) -> None:
        self.retries[self.name] = retry
        self.moved()


def progress_line(progress: Progress) -> str:
    """Say where a job stands: `42% · 3m left · Running`.

    A job that has ended may not have reported all its outputs yet.
    """
    job, seconds = progress.job, progress.elapsed
    # A shorter time would stay on the row, outdated, until the next line.
    elapsed = short_duration(seconds) if seconds >= PAUSE_SECONDS else ""
    if job is None:
        return _parts("not found yet", elapsed)
    state = plain(job.state or "no state reported")
    if job.has_ended:
        return _parts(state, _missing(job))
    if job.state == QUEUED:
        return _parts("queued", elapsed)
    if job.state != RUNNING or job.percent is None:
        return _parts(state, elapsed)
    left = progress.remaining_estimate
    time = elapsed if left is None else f"{short_duration(left)} left"
    if progress.unchanged >= MIN_UNCHANGED_SECONDS:
        state = f"no change for {short_duration(progress.unchanged)}"
    return _parts(f"{job.percent}%", time, state)


def retry_line(retry: Retry) -> str:
    """Say why a call is retried: `42% · 503 ServiceUnavailable · retrying · …`."""
    job = retry.job
    is_running = job and job.state == RUNNING and job.percent is not None
    where = f"{job.percent}%" if job and is_running else ""
    end = f"gives up in {short_duration(retry.left)}" if retry.left >= 1 else ""
    return _parts(where, retry.brief, f"retrying{_since(retry)}", end, _detail(retry))


def set_line(counts: SetCounts, retries: list[Retry]) -> str:
    """Say how far a set is: `3 failed · 812/1,000 ended`.

    If all jobs have passed, it says how many checks they met.
    """
    # Failed ones before inconclusive ones.
    parts = [f"{count:,} {word}" for word, count in sorted(counts.bad.items())]
    parts.append(f"{counts.ended:,}/{counts.total:,} ended")
    if counts.verified and counts.passed == counts.total:
        # The state does not keep how many checks a job met that passed before.
        is_all = counts.verified == counts.total
        of_jobs = "" if is_all else f" of {counted(counts.verified, 'job')}"
        parts.append(f"{counted(counts.met, 'check')}{of_jobs} met")
    if retries:
        longest = max(retries, key=lambda one: one.seconds)
        jobs = counted(len(retries), "job")
        parts += [longest.brief, f"retrying {jobs}{_since(longest)}", _detail(longest)]
    return _parts(*parts)


def _parts(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def _missing(job: Job) -> str:
    """Return what an ended job is still polled for: `waiting for 2 outputs`."""
    if is_whole(job):
        return ""
    count = unfinished_outputs(job)
    return f"waiting for {counted(count, 'output') if count else 'its outputs'}"


def _detail(retry: Retry) -> str:
    """Return why a call failed, if that says more than what is said already."""
    return "" if retry.why == retry.brief else retry.why


def _since(retry: Retry) -> str:
    seconds = round(retry.seconds)
    return f" for {short_duration(seconds)}" if seconds else ""


def _share(job: Job | None) -> float | None:
    """Return how much of a job is done, from 0 to 1, if it is known."""
    return None if job is None or job.percent is None else job.percent / WHOLE
