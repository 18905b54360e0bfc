"""When to poll next: few polls early, close ones where the end is likely: pure.

Where an end comes with the odds `h` a second, polls that are `d` apart cost `1 / d`
calls and `h * d / 2` of delay a second: least at `d = sqrt(2 * worth / h)`, if a call
is worth so many seconds of delay. So polls stand as close as the square root of the
odds, and what is left is to know the odds: from the course of `Percent` where it
tells, from the age of the job where it does not.

`docs/polling.md` has the measurements; each number below may be halved or doubled, and
hardly changes them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from pulumi_alicloud_mediaconvert.waiting.wait_limits import WaitLimits
from pulumi_alicloud_mediaconvert.waiting.wait_state import WaitState

# Even a `poll_min` of zero must not become a busy loop.
MIN_INTERVAL = 0.01

# What a call is worth, as a share of `poll_min`.
CALL_WORTH = 0.2
# Calls times delay is what counts, so one more of many weighs less: after so many half.
CALLS_TO_HALF = 20

# Odds of an end within a second, times the age: a job of unknown length that is twice
# as old takes twice as long to end.
UNGUIDED_ODDS = 0.5
# The same for an end that its percent does not announce, such as a failure.
SURPRISE_ODDS = 0.05

WHOLE = 100
# How far the expected end may be off: as a share of the time that is left, for a pace
# that changes; of each thing that lies between two polls, so anywhere between them
# (the deviation of what is spread evenly is 0.29); of the whole, for an upload at the
# end; of the time for which the end is overdue.
PACE_ERROR = 0.1
BETWEEN_ERROR = 0.3
LINGERING_ERROR = 0.01
OVERDUE_ERROR = 0.5


@dataclass(frozen=True)
class Forecast:
    """When a job is expected to end, as a logistic distribution.

    Attributes:
        remaining: seconds from now to its middle; negative where that is past.
        spread: its scale, in seconds.
    """

    remaining: float
    spread: float


def interval(
    wait_state: WaitState, limits: WaitLimits, now: float, random: Callable[[], float]
) -> float:
    """Return the seconds from now to the next poll, from `poll_min` to `poll_max`.

    The more polls were taken, the less of it is left to chance: that parts waits which
    began together, and costs little later on. Limits of the wait are the caller's to
    mind: what they demand comes first.
    """
    floor = max(MIN_INTERVAL, limits.poll_min)
    ceiling = max(floor, limits.poll_max)
    worth = CALL_WORTH * floor / (1 + wait_state.polls / CALLS_TO_HALF)
    jitter = 1 / (1 + math.sqrt(wait_state.polls))
    longest = min(
        ceiling, max(_best_pause(wait_state, worth, now), floor * (1 + jitter))
    )
    shortest = max(floor, longest * (1 - jitter))
    return shortest + random() * (longest - shortest)


def forecast(wait_state: WaitState, now: float) -> Forecast | None:
    """Estimate when the job will end; `None` if its percent does not show it.

    The pace is that of the whole climb. A percent that stands for longer than its
    latest step took slows it down, so that a stalling job recedes.
    """
    trend = wait_state.trend
    if trend is None or not trend.step or wait_state.job is None:
        return None
    percent = wait_state.job.percent or 0
    left = max(0, WHOLE - percent)
    gained = percent - trend.start
    standing = now - wait_state.percent_since
    pace = max((wait_state.percent_since - trend.since) / gained, standing / trend.step)
    remaining = left * pace - standing
    spread = math.hypot(
        PACE_ERROR * left * pace,
        BETWEEN_ERROR * trend.step * pace * left / gained,
        BETWEEN_ERROR * trend.gap,
        LINGERING_ERROR * WHOLE * pace,
    )
    return Forecast(remaining, spread + OVERDUE_ERROR * max(0.0, -remaining))


def _best_pause(wait_state: WaitState, worth: float, now: float) -> float:
    """Return the pause of the least cost, without bounds."""
    if wait_state.absence:
        return _unguided(now - wait_state.absent_since, worth / UNGUIDED_ODDS)
    age = now - (wait_state.state_since if wait_state.job else wait_state.began)
    expected = forecast(wait_state, now)
    if expected is None:
        return _unguided(age, worth / UNGUIDED_ODDS)
    surprise = _unguided(age, worth / SURPRISE_ODDS)
    return min(surprise, _guided(expected, worth))


def _unguided(age: float, worth: float) -> float:
    """Return the pause at odds of `1 / age`: the roots of the ages rise evenly."""
    return (math.sqrt(max(0.0, age)) + math.sqrt(worth / 2)) ** 2 - max(0.0, age)


def _guided(expected: Forecast, worth: float) -> float:
    """Return the pause up to which the square root of the odds sums up to one poll.

    With `z` for the time since the middle in spreads, the odds of a logistic
    distribution are `1 / (spread * (1 + exp(-z)))`, and the sum of their root is
    `2 * asinh(exp(z / 2))`.
    """
    spread = max(expected.spread, worth)
    here = -expected.remaining / spread
    looks_there = 2 * math.asinh(math.exp(here / 2)) + math.sqrt(2 * worth / spread)
    there = 2 * math.log(math.sinh(looks_there / 2))
    return (there - here) * spread
