"""Where waits stand, on stderr: bars on a terminal, plain lines elsewhere."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Task, TaskID, TextColumn
from rich.progress import Progress as Bars
from rich.progress_bar import ProgressBar
from rich.table import Column

from pulumi_alicloud_mediaconvert.cli.colours import is_dumb, is_terminal
from pulumi_alicloud_mediaconvert.cli.jobs import Show
from pulumi_alicloud_mediaconvert.cli.streams import say
from pulumi_alicloud_mediaconvert.clock import SYSTEM_CLOCK
from pulumi_alicloud_mediaconvert.lifecycle.job_wait import Retry
from pulumi_alicloud_mediaconvert.lifecycle.wait_rows import progress_line, retry_line
from pulumi_alicloud_mediaconvert.schema.inputs import JobInputs
from pulumi_alicloud_mediaconvert.text import counted, plain
from pulumi_alicloud_mediaconvert.verification.report import describe_state
from pulumi_alicloud_mediaconvert.waiting.waiter import Progress

log = logging.getLogger(__name__)

WHOLE = 100
# With more jobs a log has only the total, and a terminal so many running ones.
MANY_JOBS = 20
# A total is printed that often: when one more tenth has ended, and after a while.
PARTS = 10
WHILE_SECONDS = 30.0
# The bar of an ended job says how it ended; cyan says nothing.
RUNNING, GOOD, BAD = "cyan", "green", "red"


class Silence:
    """Shows nothing."""

    def polled(self, _job_id: str, _progress: Progress) -> None:
        """Show nothing."""

    def retrying(self, _job_id: str, _retry: Retry) -> None:
        """Show nothing."""


class Lines:
    """A line for each change of a job: what a log keeps."""

    def __init__(self) -> None:
        self._last: dict[str, str] = {}

    def polled(self, job_id: str, progress: Progress) -> None:
        """Print where the wait stands if the job has moved."""
        state = describe_state(progress.job) if progress.job else ""
        self._print(job_id, state, progress_line(progress))

    def retrying(self, job_id: str, retry: Retry) -> None:
        """Print why a call is made again, once as long as it is the same."""
        self._print(job_id, retry.why, retry_line(retry))

    def _print(self, job_id: str, news: str, line: str) -> None:
        if self._last.get(job_id) != news:
            self._last[job_id] = news
            say(f"{job_id}: {plain(line)}")


class Totals:
    """A line now and then for very many jobs: how many of them have ended.

    Args:
        count: of the jobs.
        now: seconds of a clock.
    """

    def __init__(self, count: int, now: Callable[[], float]) -> None:
        self._count = count
        self._now = now
        self._ended: set[str] = set()
        self._printed = 0
        self._printed_at = now()
        self._why: str | None = None

    def polled(self, job_id: str, progress: Progress) -> None:
        """Print the total if it is time."""
        if progress.job is not None and progress.job.has_ended:
            self._ended.add(job_id)
        ended = len(self._ended)
        is_whole = ended == self._count
        is_part = ended - self._printed >= self._count / PARTS
        is_late = self._now() - self._printed_at >= WHILE_SECONDS
        if is_part or is_late or (is_whole and self._printed < ended):
            self._printed, self._printed_at = ended, self._now()
            say(f"{ended:,} of {counted(self._count, 'job')} ended")

    def retrying(self, job_id: str, retry: Retry) -> None:
        """Print why calls are retried, once as long as it is the same."""
        if retry.why != self._why:
            self._why = retry.why
            say(f"{job_id}: {plain(retry_line(retry))}")


class OutcomeBar(BarColumn):
    """A bar in the colour of the job's outcome, once there is one."""

    def render(self, task: Task) -> ProgressBar:
        """Draw a bar."""
        self.complete_style = self.pulse_style = RUNNING
        self.finished_style = GOOD if task.fields["is_good"] else BAD
        return super().render(task)


class Rows:
    """A row with a bar for each job; for very many, a total and some that go on."""

    def __init__(self, bars: Bars, job_ids: Sequence[str]) -> None:
        self._bars = bars
        self._count = len(job_ids)
        self._ended: set[str] = set()
        self._total: TaskID | None = None
        if len(job_ids) > MANY_JOBS:
            self._total = self._added("all", len(job_ids))
        self._hidden = dict.fromkeys(job_ids[MANY_JOBS:])
        self._tasks = {
            job_id: self._added(job_id, is_visible=place < MANY_JOBS)
            for place, job_id in enumerate(job_ids)
        }

    def polled(self, job_id: str, progress: Progress) -> None:
        """Show state, percent and the remaining time."""
        job = progress.job
        has_ended = job is not None and job.has_ended
        percent = WHOLE if has_ended else job and job.percent
        self._bars.update(
            self._tasks[job_id],
            completed=percent or 0,
            # Without a total the bar moves, but shows no progress that is not known.
            total=None if percent is None else WHOLE,
            is_good=has_ended and job is not None and job.state == "Success",
            where=plain(progress_line(progress)),
        )
        if has_ended and self._total is not None:
            self._count_ended(job_id, self._total)

    def retrying(self, job_id: str, retry: Retry) -> None:
        """Show why a call is made again."""
        self._bars.update(self._tasks[job_id], where=plain(retry_line(retry)))

    def _count_ended(self, job_id: str, total: TaskID) -> None:
        """Replace the row of a job that has ended with that of a running one."""
        if job_id in self._ended:
            return
        self._ended.add(job_id)
        ended = len(self._ended)
        where = f"{ended:,} of {counted(self._count, 'job')} ended"
        self._bars.update(total, completed=ended, where=where)
        self._bars.update(self._tasks[job_id], visible=False)
        was_hidden = job_id in self._hidden
        self._hidden.pop(job_id, None)
        if self._hidden and not was_hidden:
            following = next(iter(self._hidden))
            del self._hidden[following]
            self._bars.update(self._tasks[following], visible=True)

    def _added(
        self, name: str, total: int | None = None, *, is_visible: bool = True
    ) -> TaskID:
        return self._bars.add_task(
            name, total=total, where="", is_good=True, visible=is_visible
        )


class Logged:
    """Logs each retry, and shows the rest as another one does."""

    def __init__(self, show: Show) -> None:
        self._show = show

    def polled(self, job_id: str, progress: Progress) -> None:
        """Show where the wait stands."""
        self._show.polled(job_id, progress)

    def retrying(self, job_id: str, retry: Retry) -> None:
        """Log why a call is retried, each time."""
        log.debug("%s: %s", job_id, plain(retry_line(retry)))
        self._show.retrying(job_id, retry)


@contextmanager
def shown(
    declared: Sequence[JobInputs],
    environ: Mapping[str, str],
    *,
    quiet: bool,
    now: Callable[[], float] = SYSTEM_CLOCK.now,
) -> Iterator[Show]:
    """Show the waits for some jobs, until they are over.

    Args:
        declared: the jobs.
        environ: `NO_COLOR`, `TERM` and `COLUMNS` are respected, `CI` wants lines.
        quiet: whether nothing is to be shown.
        now: seconds of a clock.
    """
    is_debug = log.isEnabledFor(logging.DEBUG)
    is_plain = environ.get("CI") or is_dumb(environ) or is_debug
    if quiet:
        yield Logged(Silence())
    elif is_plain or not is_terminal(sys.stderr):
        is_many = len(declared) > MANY_JOBS
        yield Logged(Totals(len(declared), now) if is_many else Lines())
    else:
        bars = Bars(
            TextColumn("{task.description}", markup=False, table_column=whole()),
            OutcomeBar(bar_width=None, table_column=Column(ratio=1, min_width=4)),
            TextColumn("{task.fields[where]}", markup=False, table_column=whole()),
            console=Console(stderr=True),
            # What remains is the result.
            transient=True,
        )
        with bars:
            yield Rows(bars, [one.job_id for one in declared])


def whole() -> Column:
    """Make a column of texts that are cut rather than wrapped."""
    return Column(no_wrap=True, overflow="ellipsis")
