"""Where waits stand, on stderr: bars on a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn
from rich.progress import Progress as Bars
from rich.table import Column

from pulumi_alicloud_mediaconvert.cli.jobs import Show
from pulumi_alicloud_mediaconvert.lifecycle.job_wait import RETRYING, progress_line
from pulumi_alicloud_mediaconvert.schema.inputs import JobInputs
from pulumi_alicloud_mediaconvert.text import plain
from pulumi_alicloud_mediaconvert.verification.report import describe_state
from pulumi_alicloud_mediaconvert.waiting.waiter import Progress

WHOLE = 100


class Silence:
    """Shows nothing."""

    def polled(self, _job_id: str, _progress: Progress) -> None:
        """Show nothing."""

    def retrying(self, _job_id: str, _why: str) -> None:
        """Show nothing."""


class Lines:
    """A line for each change of a job: what a log keeps."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._last: dict[str, str] = {}

    def polled(self, job_id: str, progress: Progress) -> None:
        """Print where the wait stands if the job has moved."""
        state = describe_state(progress.job) if progress.job else ""
        self._print(job_id, state, progress_line(progress))

    def retrying(self, job_id: str, why: str) -> None:
        """Print why a call is repeated, once as long as it is the same."""
        self._print(job_id, why, f"{RETRYING}{why}")

    def _print(self, job_id: str, news: str, line: str) -> None:
        if self._last.get(job_id) != news:
            self._last[job_id] = news
            text = f"{job_id}: {plain(line)}"
            self._console.print(text, markup=False, highlight=False, soft_wrap=True)


class Rows:
    """A row with a bar for each job."""

    def __init__(self, bars: Bars, tasks: Mapping[str, TaskID]) -> None:
        self._bars = bars
        self._tasks = tasks

    def polled(self, job_id: str, progress: Progress) -> None:
        """Show state, percent and what is left of the time."""
        job = progress.job
        percent = job.percent if job else None
        if job and job.has_ended:
            percent = WHOLE
        # Without a total the bar moves, but tells nothing that nobody knows.
        total = None if percent is None else WHOLE
        self._bars.update(
            self._tasks[job_id],
            completed=percent or 0,
            total=total,
            where=plain(progress_line(progress)),
        )

    def retrying(self, job_id: str, why: str) -> None:
        """Show why a call is repeated."""
        self._bars.update(self._tasks[job_id], where=plain(f"{RETRYING}{why}"))


@contextmanager
def shown(
    declared: Sequence[JobInputs], environ: Mapping[str, str], *, quiet: bool
) -> Iterator[Show]:
    """Show the waits for some jobs, until they are over.

    Args:
        declared: the jobs.
        environ: `NO_COLOR`, `TERM` and `COLUMNS` are respected, `CI` wants lines.
        quiet: whether nothing is to be shown.
    """
    console = Console(stderr=True)
    if quiet:
        yield Silence()
    elif environ.get("CI") or not console.is_terminal or console.is_dumb_terminal:
        yield Lines(console)
    else:
        bars = Bars(
            TextColumn("{task.description}", markup=False, table_column=whole()),
            BarColumn(bar_width=None, table_column=Column(ratio=1, min_width=4)),
            TextColumn("{task.fields[where]}", markup=False, table_column=whole()),
            console=console,
            # What remains is the result.
            transient=True,
        )
        with bars:
            tasks = {
                one.job_id: bars.add_task(one.job_id, total=None, where="")
                for one in declared
            }
            yield Rows(bars, tasks)


def whole() -> Column:
    """Make a column of texts that are cut rather than wrapped."""
    return Column(no_wrap=True, overflow="ellipsis")
