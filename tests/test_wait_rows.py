"""What the row of a resource says while jobs run, and how many lines that takes."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from clock import FakeClock
from pulumi_alicloud_mediaconvert.api.failures import Failure
from pulumi_alicloud_mediaconvert.api.models import Job, Output
from pulumi_alicloud_mediaconvert.errors import ApiStatusError
from pulumi_alicloud_mediaconvert.lifecycle.job_wait import Retry
from pulumi_alicloud_mediaconvert.lifecycle.wait_rows import (
    JobRow,
    SetCounts,
    SetRow,
    progress_line,
    retry_line,
    set_line,
)
from pulumi_alicloud_mediaconvert.waiting.waiter import Progress

# What the engine leaves of a row at 80 columns, next to the plugin's type, a name of
# seven letters and the time that it counts.
LEFT_AT_80_COLUMNS = 16
HOUR = 3600
HALF = Job(state="Running", percent=50)
WAITING = "Success · waiting for"


def ended(outputs=(), requested=0):
    """Make a job that succeeded, with outputs of these statuses."""
    names = [f"output-{place}" for place in range(max(len(outputs), requested))]
    return Job(
        state="Success",
        percent=100,
        config={"Outputs": [{"Name": name} for name in names[:requested]]},
        outputs=[
            Output(name=name, status=status)
            for name, status in zip(names, outputs, strict=False)
        ],
    )


def step(job, *, left=None, elapsed=45.0, unchanged=0.0):
    """Make what a poll has found."""
    return Progress(
        job=job,
        elapsed=elapsed,
        polls=3,
        remaining_estimate=left,
        unchanged=unchanged,
    )


def retry(job=None, *, seconds=0.0, left=1680.0):
    """Make a call that is made again."""
    return Retry(
        job=job,
        brief="400 Throttling",
        why="the API is throttling",
        seconds=seconds,
        left=left,
    )


@pytest.mark.parametrize(
    ("progress", "line"),
    [
        (step(HALF, left=180), "50% · 3m left · Running"),
        (step(HALF), "50% · 45s · Running"),
        (step(HALF, left=900, unchanged=720), "50% · 15m left · no change for 12m"),
        (step(HALF, left=9, unchanged=59), "50% · 9s left · Running"),
        (step(Job(state="Running")), "Running · 45s"),
        (step(Job(state="Inited", percent=0)), "queued · 45s"),
        (step(None), "not found yet · 45s"),
        (step(Job()), "no state reported · 45s"),
        (step(Job(state="Paused", percent=50)), "Paused · 45s"),
        (step(HALF, elapsed=29), "50% · Running"),
        (step(Job(state="Inited"), elapsed=0), "queued"),
        (step(None, elapsed=0), "not found yet"),
        (step(ended(outputs=["Success"])), "Success"),
        (step(ended(outputs=["Running", "Success", "Init"])), f"{WAITING} 2 outputs"),
        (step(ended(outputs=["Success"], requested=2)), f"{WAITING} 1 output"),
        (step(ended(outputs=["Running"], requested=3)), f"{WAITING} 3 outputs"),
        (step(ended()), f"{WAITING} its outputs"),
        (step(Job(state="Failed", percent=30)), "Failed"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_row_says_where_its_job_stands(progress, line):
    """How much is done and how long it still takes, then the state."""
    assert progress_line(progress) == line


@pytest.mark.parametrize(
    ("again", "line"),
    [
        (
            retry(HALF),
            "50% · 400 Throttling · retrying · gives up in 28m · the API is throttling",
        ),
        (
            retry(HALF, seconds=150),
            (
                "50% · 400 Throttling · retrying for 2m · gives up in 28m"
                " · the API is throttling"
            ),
        ),
        (
            retry(Job(state="Inited", percent=0)),
            "400 Throttling · retrying · gives up in 28m · the API is throttling",
        ),
        (retry(left=0), "400 Throttling · retrying · the API is throttling"),
    ],
    ids=["at once", "for some time", "queued", "the last try"],
)
def test_a_row_says_why_a_call_is_made_again(again, line):
    """The percent, if it is known, then status and code; words come last."""
    assert retry_line(again) == line


@pytest.mark.parametrize(
    ("bad", "retries", "line"),
    [
        ({}, [], "812/1,000 ended"),
        ({"failed": 3}, [], "3 failed · 812/1,000 ended"),
        (
            {"inconclusive": 1, "failed": 3},
            [retry(), retry(seconds=35)],
            (
                "3 failed · 1 inconclusive · 812/1,000 ended"
                " · 400 Throttling · retrying 2 jobs for 35s · the API is throttling"
            ),
        ),
    ],
    ids=["all good", "some bad", "retrying"],
)
def test_a_row_counts_the_jobs_of_a_set(bad, retries, line):
    """How many are bad and how many have ended, then what is retried."""
    assert set_line(SetCounts(1000, 812, bad), retries) == line


@pytest.mark.parametrize(
    ("counts", "line"),
    [
        (
            SetCounts(1000, 1000, passed=1000, verified=1000, met=4321),
            "1,000/1,000 ended · 4,321 checks met",
        ),
        (
            SetCounts(1000, 1000, passed=1000, verified=3, met=12),
            "1,000/1,000 ended · 12 checks of 3 jobs met",
        ),
        (
            SetCounts(3, 3, {"failed": 1}, passed=2, verified=2, met=8),
            "1 failed · 3/3 ended",
        ),
        (SetCounts(3, 2, passed=2, verified=2, met=8), "2/3 ended"),
        (SetCounts(3, 3, passed=3), "3/3 ended"),
    ],
    ids=["all now", "some now", "one bad", "one runs", "none now"],
)
def test_a_set_that_passes_says_how_many_checks_were_met(counts, line):
    """Of jobs that had passed before the state does not keep how many."""
    assert set_line(counts, []) == line


@pytest.mark.parametrize("percent", [0, 7, 42, 99])
@pytest.mark.parametrize("left", [0, 59, 119, 600, 3599, 35_940])
def test_what_matters_is_seen_at_80_columns(percent, left):
    """Percent and rest begin the line, and fit into what the engine leaves."""
    line = progress_line(step(Job(state="Running", percent=percent), left=left))

    assert re.match(rf"{percent}% · \w+ left", line[:LEFT_AT_80_COLUMNS])


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        (retry_line(retry(HALF, seconds=150)), "50% · 400 Thrott"),
        (retry_line(retry()), "400 Throttling ·"),
        (progress_line(step(Job(state="Inited"))), "queued · 45s"),
        (set_line(SetCounts(1000, 812, {"failed": 3}), []), "3 failed · 812/1"),
        (set_line(SetCounts(10_000, 0, {}), []), "0/10,000 ended"),
    ],
)
def test_each_line_begins_with_what_matters(line, seen):
    """At 80 columns the engine cuts off all that follows."""
    assert line[:LEFT_AT_80_COLUMNS] == seen


class Watched:
    """A row whose lines are kept, and the clock of its wait."""

    def __init__(self, kind):
        self.clock = FakeClock()
        self.lines: list[str] = []
        self.row = kind(self.lines.append, self.clock)


def ended_in(seconds, jobs=1000, polls=4):
    """Return the lines of a set whose jobs end one by one in so many seconds."""
    watched = Watched(SetRow)
    watched.row.counted(SetCounts(jobs, 0, {}))
    for ended in range(1, jobs + 1):
        for _ in range(polls):
            watched.clock.advance(seconds / jobs / polls)
            watched.row.counted(SetCounts(jobs, ended - 1, {}))
        watched.row.counted(SetCounts(jobs, ended, {}))
    return watched.lines


@pytest.mark.parametrize(
    ("seconds", "most"), [(6, 11), (60, 13), (HOUR, 131)], ids=["6s", "1m", "1h"]
)
def test_a_set_does_not_flood_a_log(seconds, most):
    """A thousand jobs make a line for each tenth, and one each half minute."""
    lines = ended_in(seconds)

    assert len(lines) <= most
    tenths = [f"{tenth}00/1,000 ended" for tenth in range(1, 10)]
    assert [one for one in tenths if one not in lines] == []
    assert (lines[0], lines[-1]) == ("0/1,000 ended", "1,000/1,000 ended")


def test_the_first_bad_job_of_a_set_is_shown_at_once():
    """Others come with the lines that are due."""
    watched = Watched(SetRow)

    for failed in range(50):
        bad = {"failed": failed} if failed else {}
        watched.row.counted(SetCounts(1000, failed, bad))

    assert watched.lines == ["0/1,000 ended", "1 failed · 1/1,000 ended"]


def test_a_set_shows_that_calls_are_retried_until_they_are_not():
    """The row says for how many jobs; a retry that succeeds is forgotten."""
    watched = Watched(SetRow)
    counts = SetCounts(1000, 0, {})

    def move():
        watched.row.counted(counts)

    watched.row.watch("a", move).retrying(retry())
    watched.row.watch("b", move).retrying(retry())
    watched.clock.advance(30)
    watched.row.watch("a", move).polled(step(HALF))
    watched.clock.advance(30)
    watched.row.watch("b", move).polled(step(HALF))

    assert watched.lines == [
        "0/1,000 ended · 400 Throttling · retrying 1 job · the API is throttling",
        "0/1,000 ended · 400 Throttling · retrying 1 job · the API is throttling",
        "0/1,000 ended",
    ]


def test_an_api_that_fails_every_other_call_does_not_flood_a_log():
    """News that alternate are no news: each comes once in half a minute."""
    job, many = Watched(JobRow), Watched(SetRow)
    member = many.row.watch("a", lambda: many.row.counted(SetCounts(1000, 0, {})))

    for _ in range(HOUR):
        for watch, clock in ((job.row, job.clock), (member, many.clock)):
            watch.retrying(retry(HALF))
            clock.advance(0.5)
            watch.polled(step(HALF))
            clock.advance(0.5)

    assert 240 <= len(job.lines) <= 242
    assert 240 <= len(many.lines) <= 242


def test_the_row_of_a_job_shows_states_and_tenths_at_once():
    """All else comes each half minute; a job of an hour takes no 200 lines."""
    watched = Watched(JobRow)
    watched.row.polled(step(None))
    watched.row.polled(step(Job(state="Inited", percent=0)))
    for second in range(HOUR):
        percent = second * 100 // HOUR
        watched.row.polled(step(Job(state="Running", percent=percent), left=60))
        watched.clock.advance(1)

    assert watched.lines[:3] == [
        "not found yet · 45s",
        "queued · 45s",
        "0% · 60s left · Running",
    ]
    for tenth in range(10, 100, 10):
        assert f"{tenth}% · 60s left · Running" in watched.lines
    assert len(watched.lines) <= 134


@pytest.mark.parametrize(
    ("outputs", "requested"),
    [(["Running", "Success"], 2), (["Success"], 2), (["Success", "Init"], 3), ([], 0)],
)
def test_a_job_that_ended_before_its_outputs_says_so_at_once(outputs, requested):
    """From the first poll that finds it ended; then the end is left to its verdict."""
    watched = Watched(JobRow)
    all_of_them = ["Success"] * max(requested, len(outputs), 1)

    watched.row.polled(step(Job(state="Running", percent=99), left=5))
    watched.row.polled(step(ended(outputs=outputs, requested=requested)))
    shown = [*watched.lines]
    watched.row.polled(step(ended(outputs=all_of_them, requested=requested)))

    assert len(shown) == 2
    assert shown[1].startswith(WAITING)
    assert watched.lines == shown


@pytest.mark.parametrize("verdict", ["failed", "inconclusive"])
@pytest.mark.parametrize("total", [6, 200, 10_000])
@pytest.mark.parametrize("ended_share", [0.1, 0.5, 1.0])
def test_a_bad_job_of_a_set_is_seen_at_80_columns(verdict, total, ended_share):
    """However many jobs there are, and however many of them have ended."""
    count = SetCounts(total, round(total * ended_share), {verdict: 1})

    assert set_line(count, [])[:LEFT_AT_80_COLUMNS].startswith(f"1 {verdict}")


@pytest.mark.parametrize("percent", [None, 0, 42, 99])
@pytest.mark.parametrize("status", [400, 429, 500, 503])
@pytest.mark.parametrize("code", [None, "Throttling.User", "ServiceUnavailable"])
def test_a_retry_says_status_and_code_before_all_words(percent, status, code):
    """At 80 columns little is left: the status is seen whole, the code in part."""
    failure = Failure(
        error=ApiStatusError,
        what="the API has an internal error",
        next_steps=(),
        is_transient=True,
        code=code,
        status_code=status,
    )
    job = None if percent is None else Job(state="Running", percent=percent)
    line = retry_line(replace(retry(job), brief=failure.brief, why=failure.what))

    where = "" if percent is None else f"{percent}% · "
    said = f"{status} {code}" if code else f"HTTP {status}"
    assert line.startswith(f"{where}{said} · retrying · gives up in ")
    assert line.index(str(status)) + 3 <= LEFT_AT_80_COLUMNS
    assert line.endswith(failure.what)


def test_a_short_job_shows_each_step():
    """Where percents leap a line follows each poll."""
    watched = Watched(JobRow)
    percents = [25, 50, 75]

    for percent in percents:
        watched.row.polled(step(Job(state="Running", percent=percent), left=5))
        watched.clock.advance(1)

    assert watched.lines == [f"{one}% · 5s left · Running" for one in percents]
