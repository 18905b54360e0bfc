import pytest

from pulumi_alicloud_mediaconvert.course import WaitLimits, interval, short_duration


@pytest.mark.parametrize(
    ("looks_made", "shortest", "longest"),
    [(1, 3, 3), (2, 3, 4.5), (3, 3, 6.75), (4, 3, 10.125), (6, 3, 20), (9999, 3, 20)],
)
def test_interval_grows_above_its_floor(looks_made, shortest, longest):
    """Intervals are spread from `poll_min` to a bound that grows to `poll_max`."""
    limits = WaitLimits()

    assert interval(looks_made, limits, lambda: 0.0) == shortest
    assert interval(looks_made, limits, lambda: 1.0) == longest


@pytest.mark.parametrize(
    ("poll_min", "poll_max", "seconds"), [(5, 2, 5), (0, 0, 0.01), (-1, 20, 0.01)]
)
def test_interval_is_never_nothing(poll_min, poll_max, seconds):
    """Bounds that make no sense do not make a busy loop."""
    limits = WaitLimits(poll_min=poll_min, poll_max=poll_max)

    assert interval(1, limits, lambda: 0.5) == seconds


@pytest.mark.parametrize(
    ("seconds", "printed"),
    [
        (-1, "0s"),
        (0, "0s"),
        (44.6, "45s"),
        (90, "90s"),
        (119.6, "2m"),
        (185, "3m"),
        (1860, "31m"),
        (3599, "1h"),
        (5400, "1h30m"),
        (93600, "26h"),
    ],
)
def test_durations_are_printed_short(seconds, printed):
    """Two units at most, in Go's letters."""
    assert short_duration(seconds) == printed
