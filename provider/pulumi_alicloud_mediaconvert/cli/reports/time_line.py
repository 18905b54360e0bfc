"""When a job and its outputs were created and finished, as bars of one axis. Pure.

The API reports no start. What it reports is when the task of an output was created: up
to the first of these a job counts as queued, from then on as running.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from pulumi_alicloud_mediaconvert.api.models import Job, Output

# Units of the axis.
AXIS = 1000
MIN_WIDTH = 4
MINUTE = 60
HOUR = 60 * MINUTE
MAX_PARTS = 50
SPLIT = (
    "The API reports no start time: the job counts as queued until its first output "
    "was created."
)
UNSPLIT = "The API reports no start time: queue and run are shown as one."
UNCREATED = "The API does not report when the job was created: the queue is unknown."


class Bar(NamedTuple):
    """A bar of the axis.

    Attributes:
        tone: `queue` or `run`.
        word: of the job's own, what it was doing; of an output's, nothing.
        label: the output's name, as a person has it.
        begin: in thousandths of the axis.
        width: in thousandths of the axis.
        took: how long, in words.
    """

    tone: str
    word: str
    label: str
    begin: int
    width: int
    took: str


class TimeLine(NamedTuple):
    """The time of a job.

    Attributes:
        spans: the job's own bars, in order.
        parts: a bar for each output with known times, if there are several.
        took: the whole, in words.
        note: what the bars rest on.
    """

    spans: tuple[Bar, ...]
    parts: tuple[Bar, ...]
    took: str
    note: str


class _Span(NamedTuple):
    label: str
    begin: datetime
    end: datetime


def time_line(job: Job) -> TimeLine | None:
    """Return the time of an ended job; `None` where the API's times tell none."""
    if not job.has_ended:
        return None
    parts = [*_spans(job.outputs)]
    created, finished = _moment(job.create_time), _moment(job.finish_time)
    begin = created or min((one.begin for one in parts), default=None)
    end = finished or max((one.end for one in parts), default=None)
    if begin is None or end is None or end <= begin:
        return None
    # Times that cannot be those of this job prove nothing.
    within = [one for one in parts if begin <= one.begin and one.end <= end]
    start = min((one.begin for one in within), default=None)
    bar = _Axis(begin, end).bar
    if created is None:
        spans, note = [bar("run", "ran", begin, end)], UNCREATED
    elif start is None:
        spans, note = [bar("run", "queued and ran", begin, end)], UNSPLIT
    else:
        spans = [bar("queue", "queued", begin, start), bar("run", "ran", start, end)]
        note = SPLIT
    several = within if len(within) > 1 else []
    return TimeLine(
        spans=tuple(spans),
        parts=tuple(
            bar("run", "", one.begin, one.end, one.label) for one in several[:MAX_PARTS]
        ),
        took=in_words((end - begin).total_seconds()),
        note=note,
    )


def in_words(seconds: float) -> str:
    """Write a duration for a person: `41 s`, `6 min 2 s`, `1 h 30 min`."""
    whole = round(seconds)
    if whole < MINUTE:
        return f"{whole} s"
    hours, rest = divmod(whole, HOUR)
    minutes, left = divmod(rest, MINUTE)
    if hours:
        return f"{hours:,} h {minutes} min"
    return f"{minutes} min {left} s"


class _Axis(NamedTuple):
    begin: datetime
    end: datetime

    def bar(
        self, tone: str, word: str, begin: datetime, end: datetime, label: str = ""
    ) -> Bar:
        """Place a span on the axis; one of no length is seen all the same."""
        whole = (self.end - self.begin).total_seconds()
        first = round((begin - self.begin).total_seconds() / whole * AXIS)
        last = round((end - self.begin).total_seconds() / whole * AXIS)
        width = max(last - first, MIN_WIDTH if label else 0)
        took = in_words((end - begin).total_seconds())
        return Bar(tone, word, label, min(first, AXIS - width), width, took)


def _spans(outputs: Iterable[Output]) -> Iterator[_Span]:
    for output in outputs:
        begin, end = _moment(output.create_time), _moment(output.finish_time)
        if begin and end and begin <= end:
            yield _Span(output.label, begin, end)


def _moment(text: str | None) -> datetime | None:
    """Read a time of the API; one without a zone is UTC, as the others are."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
