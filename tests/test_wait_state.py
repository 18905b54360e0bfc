import pytest

from pulumi_alicloud_mediaconvert.waiting.wait_state import Trend, WaitState
from waits import job_at


def course_of(script, seconds=3):
    """Return what a wait has seen after looks that are some seconds apart."""
    wait_state = WaitState(began=0)
    for number, step in enumerate(script.split(", ")):
        wait_state = wait_state.seen(job_at(step), number * seconds)
    return wait_state


@pytest.mark.parametrize(
    ("script", "trend"),
    [
        ("Running 10", Trend(since=0, start=10)),
        ("Running 10, Running 10", Trend(since=0, start=10)),
        ("Running 10, Running 30", Trend(since=0, start=10, step=20, gap=3)),
        (
            "Running 10, Running 30, Running 30",
            Trend(since=0, start=10, step=20, gap=3),
        ),
        ("Running 10, Running 30, Running 35", Trend(since=0, start=10, step=5, gap=3)),
        ("Inited, Running 0, Running 9", Trend(since=3, start=0, step=9, gap=3)),
        ("Running 80, Running 5, Running 9", Trend(since=3, start=5, step=4, gap=3)),
        ("Running, Running 10", Trend(since=3, start=10)),
        ("Running 10, Running, Running 20", Trend(since=6, start=20)),
        ("Running 10, Inited, Running 20", Trend(since=6, start=20)),
        ("Running 10, Running 30, Inited", None),
        ("Inited 10, Inited 20", None),
        ("Running, Running", None),
    ],
)
def test_the_climb_begins_anew_where_percent_falls_or_is_missing(script, trend):
    """What a job has gained counts from where it last began to run or fell back."""
    assert course_of(script).trend == trend


def test_the_gap_is_that_to_the_look_before_the_change():
    """Looks that saw no change narrow down when it came."""
    wait_state = WaitState(began=0)
    for moment, step in [(0, "Running 1"), (9, "Running 1"), (11, "Running 2")]:
        wait_state = wait_state.seen(job_at(step), moment)

    assert wait_state.trend == Trend(since=0, start=1, step=1, gap=2)
