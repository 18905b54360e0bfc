import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_alicloud_mediaconvert.errors import JobNotFoundError
from pulumi_alicloud_mediaconvert.waiting.poll_interval import (
    Forecast,
    forecast,
    interval,
)
from pulumi_alicloud_mediaconvert.waiting.wait_limits import WaitLimits
from pulumi_alicloud_mediaconvert.waiting.wait_state import WaitState
from waits import READ_ERRORS, job_at

LIMITS = WaitLimits()


def looked(wait_state, step, now):
    """Return the course after one more look."""
    fault = READ_ERRORS.get(step)
    if isinstance(fault, JobNotFoundError):
        return wait_state.missed(fault, now)
    return wait_state.seen(job_at(step), now)


def course_of(*looks):
    """Return what looks have shown that are given as moment and step."""
    wait_state = WaitState(began=0)
    for moment, step in looks:
        wait_state = looked(wait_state, step, moment)
    return wait_state


def steady(seconds, until, *, every=20, step=1):
    """Return the course of a job that runs evenly, and the moment of its last look."""
    wait_state, now = WaitState(began=0), 0
    for now in range(0, until + 1, every):
        percent = int(100 * now / seconds / step) * step
        wait_state = wait_state.seen(job_at(f"Running {percent}"), now)
    return wait_state, now


def longest(wait_state, now, limits=LIMITS):
    """Return the longest pause that chance may choose."""
    return interval(wait_state, limits, now, lambda: 1.0)


@pytest.mark.parametrize(
    ("until", "pause"),
    [(200, 20), (500, 20), (540, 20), (560, 13.7), (580, 6.9)],
)
def test_looks_close_in_on_the_estimated_end(until, pause):
    """The looks at a job that runs evenly for 600 s are sparse until shortly before."""
    wait_state, now = steady(600, until)

    assert longest(wait_state, now) == pytest.approx(pause, abs=0.1)


@pytest.mark.parametrize(("poll_max", "least"), [(20, 20), (300, 60)])
def test_half_way_the_next_look_is_as_far_as_allowed(poll_max, least):
    """With half of the time to go, only `poll_max` asks for a look soon."""
    wait_state, now = steady(600, 300, every=60)

    pause = longest(wait_state, now, WaitLimits(poll_max=poll_max))

    assert least <= pause <= min(poll_max, 300)


@pytest.mark.parametrize(
    "looks",
    [
        pytest.param([(0, "Inited"), (200, "Inited")], id="queued"),
        pytest.param([(0, "Running"), (200, "Running")], id="absent"),
        pytest.param([(0, "Running 0"), (200, "Running 0")], id="stuck at nothing"),
        pytest.param([(0, "Running 50"), (200, "Running 50")], id="one coarse step"),
        pytest.param([(0, "Running 90"), (200, "Running 10")], id="backwards"),
        pytest.param([(0, "Paused"), (200, "Paused")], id="unknown state"),
    ],
)
def test_a_percent_that_tells_nothing_falls_back_to_the_age(looks):
    """Without an estimate, pauses depend on how old the state is, on nothing else."""
    unreported = course_of((0, looks[0][1].split()[0]), (200, looks[0][1].split()[0]))

    assert forecast(course_of(*looks), 200) is None
    assert longest(course_of(*looks), 200) == longest(unreported, 200)


def test_pauses_without_percent_grow_to_the_longest_one():
    """Unguided looks back off evenly from `poll_min` to `poll_max`."""
    wait_state, now, pauses = WaitState(began=0), 0.0, []
    while now < 300:
        wait_state = wait_state.seen(job_at("Running"), now)
        pauses.append(interval(wait_state, LIMITS, now, lambda: 0.5))
        now += pauses[-1]

    assert max(pauses[:5]) < 6
    assert pauses[5:] == sorted(pauses[5:])
    assert pauses[-1] > 15
    assert len(pauses) < 35


def test_a_job_that_vanished_is_sought_again_soon():
    """A long wait does not make the first pause after a miss a long one."""
    wait_state, now = steady(600, 300)

    assert longest(wait_state, now) == 20
    assert longest(looked(wait_state, "missing", now + 20), now + 20) < 4


def test_looks_spread_again_where_the_end_is_overdue():
    """A job that lingers at its last percent is looked at ever less."""
    wait_state, now = steady(600, 600, every=6)
    pauses = [longest(wait_state, now + late) for late in (1, 30, 100, 400)]

    assert pauses == sorted(pauses)
    assert pauses[0] < 5
    assert pauses[-1] > 10


@pytest.mark.parametrize(
    ("standing", "remaining"), [(0, 50), (1, 49), (10, 40), (20, 80), (100, 400)]
)
def test_a_stalling_job_recedes(standing, remaining):
    """A percent that stands for longer than its latest step took slows the pace."""
    wait_state = course_of((0, "Running 30"), (10, "Running 40"), (20, "Running 50"))
    expected = forecast(wait_state, 20 + standing)

    assert expected
    assert expected.remaining == pytest.approx(remaining)


@pytest.mark.parametrize(
    ("few", "many"),
    [
        pytest.param(
            [(0, "Running 10"), (20, "Running 12")],
            [(0, "Running 10"), (400, "Running 50"), (800, "Running 90")],
            id="little was gained",
        ),
        pytest.param(
            [(0, "Running 0"), (50, "Running 50"), (100, "Running 95")],
            [(0, "Running 0"), (99, "Running 94"), (100, "Running 95")],
            id="a long gap before the change",
        ),
    ],
)
def test_less_knowledge_is_a_wider_spread(few, many):
    """How far an end may be off beside the time that is left, is told by the looks."""
    [vague, sharp] = [
        forecast(course_of(*looks), looks[-1][0]) for looks in (few, many)
    ]

    assert vague
    assert sharp
    assert vague.spread > sharp.spread
    assert isinstance(vague, Forecast)


@pytest.mark.parametrize(
    ("poll_min", "poll_max", "seconds"), [(5, 2, 5), (0, 0, 0.01), (-1, 0, 0.01)]
)
def test_interval_is_never_nothing(poll_min, poll_max, seconds):
    """Bounds that make no sense do not make a busy loop."""
    limits = WaitLimits(poll_min=poll_min, poll_max=poll_max)

    assert longest(course_of((0, "Running 10")), 0, limits) == seconds


def test_waits_that_began_together_do_not_look_together():
    """Of 500 waits for like jobs, no second sees much more than its share of looks."""
    dice = random.Random(7)
    seconds: dict[int, int] = {}
    for _ in range(500):
        wait_state, now = WaitState(began=0), 0.0
        while now < 300:
            wait_state = wait_state.seen(job_at(f"Running {int(now / 10)}"), now)
            seconds[int(now)] = seconds.get(int(now), 0) + 1
            now += interval(wait_state, LIMITS, now, dice.random)

    counts = [seconds.get(second, 0) for second in range(40, 300)]
    assert seconds[0] == 500
    assert max(counts) < 3 * sum(counts) / len(counts)


STEPS = st.sampled_from(["Inited", "Running", "Paused", "missing", "Success"]) | (
    st.integers(-(2**53), 2**53) | st.integers(0, 100)
).map("Running {}".format)
LOOKS = st.lists(st.tuples(st.floats(0, 1e6), STEPS), min_size=1, max_size=30)
BOUNDS = st.floats(-1, 1e5)
CHANCE = st.floats(0, 1, exclude_max=True)


@given(LOOKS, st.floats(0, 1e6), BOUNDS, BOUNDS, CHANCE)
def test_interval_keeps_its_bounds(looks, later, poll_min, poll_max, jitter):
    """Whatever was seen, the next look comes within `poll_min` and `poll_max`."""
    wait_state, now = WaitState(began=0), 0.0
    for pause, step in looks:
        now += pause
        wait_state = looked(wait_state, step, now)
    limits = WaitLimits(poll_min=poll_min, poll_max=poll_max)

    pause = interval(wait_state, limits, now + later, lambda: jitter)

    floor = max(0.01, poll_min)
    assert math.isfinite(pause)
    assert floor <= pause <= max(floor, poll_max) * (1 + 1e-12)


RISES = st.lists(
    st.tuples(st.floats(1, 500), st.integers(1, 20)), min_size=2, max_size=12
)


def risen(rises):
    """Return the course of a job whose percent rose so, and its moment."""
    wait_state, now, percent = WaitState(began=0), 0.0, 0
    wait_state = wait_state.seen(job_at("Running 0"), now)
    for pause, step in rises:
        now, percent = now + pause, percent + step
        wait_state = wait_state.seen(job_at(f"Running {percent}"), now)
    return wait_state, now


@given(RISES, CHANCE)
def test_a_longer_poll_max_never_looks_sooner(rises, jitter):
    """Bounds only bound: what lies within them does not move."""
    wait_state, now = risen(rises)
    pauses = [
        interval(wait_state, WaitLimits(poll_max=most), now, lambda: jitter)
        for most in (3, 10, 20, 60, 1e5)
    ]

    assert pauses == sorted(pauses)


@given(RISES, st.floats(1.1, 100))
def test_the_same_course_in_slow_motion_is_looked_at_later(rises, factor):
    """A job that takes longer for the same steps is not looked at sooner."""
    quick, then = risen(rises)
    slow, now = risen([(pause * factor, step) for pause, step in rises])
    limits = WaitLimits(poll_max=1e6)

    assert longest(slow, now, limits) >= longest(quick, then, limits) * (1 - 1e-9)


@given(RISES, st.floats(0, 1e5))
def test_an_estimate_never_hides_a_job_for_long(rises, later):
    """Between looks lies less than the age of the job, however sure its end seems."""
    wait_state, now = risen(rises)
    limits = WaitLimits(poll_min=0.1, poll_max=1e9)
    age = now + later

    assert longest(wait_state, age, limits) <= max(1.0, 2 * age)
