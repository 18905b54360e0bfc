"""Judge when to poll: calls against delay, on made-up timelines, against other ways.

Calls are all polls of a job, the one that finds the end included; delay is the time
from the end to that poll. Polls take no time here. A fixed interval trades one for the
other, so a way is compared with the fixed interval of as many calls, and with the one
of as much delay: both are chosen anew for every set of timelines, which is more than
its users could do.
"""

from __future__ import annotations

import functools
import math
import random
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from benchmarks.results import Compared, Goal
from benchmarks.timelines import HELD_OUT_KINDS, KINDS, Timeline, timeline
from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.waiting.poll_interval import forecast, interval
from pulumi_alicloud_mediaconvert.waiting.wait_limits import WaitLimits
from pulumi_alicloud_mediaconvert.waiting.wait_state import WaitState

SEEDS = range(200)
HELD_OUT_SEEDS = range(1000, 1200)
# Of each kind, where it is only to run.
QUICK_TIMELINES = 4

DEFAULTS = WaitLimits()
POLL_MAXIMA = (20.0, 30.0, 60.0, 120.0, 300.0)
SCALES = (0.3, 0.5, 1.0, 2.0, 3.0, 5.0)
FIXED_SECONDS = (2, 3, 5, 10, 20, 30, 60)
GOAL = 0.5

# A fixed interval is taken as the mean of some near it: no luck with round lengths.
NEAR = (0.96, 0.98, 1.0, 1.02, 1.04)
MIN_FIXED, MAX_FIXED = 0.05, 5000.0
HALVINGS = 30

Chance = Callable[[], float]
Way = Callable[[WaitState, float, Chance], float]
"""Takes what was seen, the moment and chance; returns the seconds to the next poll."""


class Watched(NamedTuple):
    """What it took to see the end of a job, or of jobs on average."""

    calls: float
    delay: float


def predicted(limits: WaitLimits = DEFAULTS) -> Way:
    """Look as the waiter does."""
    return lambda course, now, chance: interval(course, limits, now, chance)


def fixed(seconds: float) -> Way:
    """Look every so often, as botocore does (30 s)."""
    return lambda _course, _now, _chance: seconds


def growing(first: float, longest: float, factor: float) -> Way:
    """Look after pauses that grow: exponential back-off without jitter."""
    rises = math.ceil(math.log(longest / first, factor))
    return lambda course, _now, _chance: min(
        longest, first * factor ** min(course.polls - 1, rises)
    )


def naive(course: WaitState, now: float, _chance: Chance) -> float:
    """Look when percent says that the job has ended, else back off."""
    expected = forecast(course, now)
    if expected is None:
        return growing(DEFAULTS.poll_min, DEFAULTS.poll_max, 1.5)(course, now, _chance)
    return max(DEFAULTS.poll_min, min(DEFAULTS.poll_max, expected.remaining))


FIXED: Mapping[str, Way] = {
    f"every {seconds} s": fixed(seconds) for seconds in FIXED_SECONDS
}
BACK_OFFS: Mapping[str, Way] = {
    "1 to 20 s, times 1.5 (google)": growing(1, 20, 1.5),
    "0.1 to 10 s, times 2 (Terraform SDK)": growing(0.1, 10, 2),
    "3 to 20 s, times 1.5": growing(3, 20, 1.5),
}
NAIVE: Mapping[str, Way] = {"3 to 20 s, at the estimated end": naive}


def watched(one: Timeline, way: Way, chance: Chance) -> Watched:
    """Look at a job until it has ended."""
    now, course = 0.0, WaitState(began=0.0)
    while shown := one.at(now):
        course = course.seen(_job(*shown), now)
        now += way(course, now, chance)
    return Watched(course.polls + 1, now - one.ends_at)


@functools.cache
def _job(state: str, percent: int | None) -> Job:
    return Job(state=state, percent=percent)


def each_watched(timelines: Iterable[Timeline], way: Way) -> list[Watched]:
    """Look at each of the jobs, with chance that repeats."""
    chance = random.Random(0).random  # noqa: S311  # repeatable, not secret
    return [watched(one, way, chance) for one in timelines]


def mean(every: Iterable[Watched]) -> Watched:
    """Average calls and delay, each job counting the same."""
    calls, delays = zip(*every, strict=True)
    return Watched(statistics.fmean(calls), statistics.fmean(delays))


class FixedIntervals:
    """All fixed intervals on the same timelines."""

    def __init__(self, timelines: Iterable[Timeline]) -> None:
        self._ends = [one.ends_at for one in timelines]

    def at(self, seconds: float) -> Watched:
        """Return calls and delay of polls that are about so far apart."""
        return mean(
            Watched(1 + polls, polls * near - end)
            for near in (seconds * factor for factor in NEAR)
            for end in self._ends
            for polls in (math.ceil(end / near),)
        )

    def with_calls(self, calls: float) -> float:
        """Return the interval that takes so many calls."""
        return self._shortest(lambda found: found.calls <= calls)

    def with_delay(self, delay: float) -> float:
        """Return the interval that has so much delay."""
        return self._shortest(lambda found: found.delay >= delay)

    def _shortest(self, is_met: Callable[[Watched], bool]) -> float:
        shortest, longest = MIN_FIXED, MAX_FIXED
        for _ in range(HALVINGS):
            middle = math.sqrt(shortest * longest)
            if is_met(self.at(middle)):
                longest = middle
            else:
                shortest = middle
        return longest


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A way of polling against fixed intervals; times in seconds.

    Attributes:
        name: of the jobs, or of the way.
        calls: mean number a job.
        delay: mean of the jobs.
        fixed: the fixed interval of as many calls.
        fixed_delay: its delay.
        fixed_calls: calls of the fixed interval of as much delay.
    """

    name: str
    calls: float
    delay: float
    fixed: float
    fixed_delay: float
    fixed_calls: float

    @property
    def ratio(self) -> float:
        """Delay divided by that of the fixed interval of as many calls."""
        return self.delay / self.fixed_delay

    @property
    def raw(self) -> dict[str, Any]:
        """As JSON, to three digits after the point."""
        numbers = {**vars(self), "ratio": self.ratio}
        return {
            key: value if isinstance(value, str) else round(value, 3)
            for key, value in numbers.items()
        }


def against_fixed(name: str, timelines: Sequence[Timeline], way: Way) -> Comparison:
    """Compare a way of polling with fixed intervals on the same jobs."""
    return _against(name, mean(each_watched(timelines, way)), FixedIntervals(timelines))


def _against(name: str, found: Watched, others: FixedIntervals) -> Comparison:
    same_calls = others.with_calls(found.calls)
    return Comparison(
        name=name,
        calls=found.calls,
        delay=found.delay,
        fixed=same_calls,
        fixed_delay=others.at(same_calls).delay,
        fixed_calls=others.at(others.with_delay(found.delay)).calls,
    )


def made(kinds: Iterable[str], seeds: Sequence[int]) -> list[Timeline]:
    """Make the timelines of some kinds and seeds."""
    return [timeline(kind, seed) for kind in kinds for seed in seeds]


def by_kind(
    kinds: Iterable[str], seeds: Sequence[int], limits: WaitLimits = DEFAULTS
) -> list[Comparison]:
    """Compare on each kind, then on all of them."""
    sets = {kind: made([kind], seeds) for kind in kinds}
    sets["all of these"] = [one for every in sets.values() for one in every]
    return [against_fixed(name, jobs, predicted(limits)) for name, jobs in sets.items()]


def efficiency(*, quick: bool) -> list[Compared]:
    """Row of scripts/bench: our delay against that of a fixed interval.

    On timelines that no number was chosen by, all kinds together; `details` has each.
    """
    seeds = HELD_OUT_SEEDS[: QUICK_TIMELINES if quick else None]
    *kinds, every = by_kind(KINDS, seeds)
    return [
        Compared(
            name=f"delay to notice the end of {len(seeds) * len(kinds):,} jobs",
            baseline=f"a poll every {every.fixed:.1f} s: as many calls,"
            f" {every.calls:.1f} a job",
            unit="s",
            ours=[every.delay],
            theirs=[every.fixed_delay],
            goal=Goal("ratio", GOAL),
            details={"kinds": [one.raw for one in (*kinds, every)]},
        )
    ]


def measured(timelines_of_a_kind: int = len(SEEDS)) -> dict[str, Any]:
    """Measure all that docs/polling.md shows, as JSON."""
    tuned_on, held_out = (
        SEEDS[:timelines_of_a_kind],
        HELD_OUT_SEEDS[:timelines_of_a_kind],
    )
    jobs = made(KINDS, held_out)
    others = FixedIntervals(jobs)

    def compared(ways: Mapping[str, Way]) -> list[dict[str, Any]]:
        return [
            _against(name, mean(each_watched(jobs, way)), others).raw
            for name, way in ways.items()
        ]

    return {
        "timelines_of_a_kind": timelines_of_a_kind,
        "tuned_on": [one.raw for one in by_kind(KINDS, tuned_on)],
        "held_out_seeds": [one.raw for one in by_kind(KINDS, held_out)],
        "held_out_kinds": [one.raw for one in by_kind(HELD_OUT_KINDS, held_out)],
        "fixed": compared(FIXED),
        "back_offs": compared(BACK_OFFS),
        "naive": compared(NAIVE),
        "larger_poll_max": compared(
            {
                f"{most:g} s": predicted(replace(DEFAULTS, poll_max=most))
                for most in POLL_MAXIMA
            }
        ),
        "scaled_bounds": compared(
            {bounds(limits): predicted(limits) for limits in map(_scaled, SCALES)}
        ),
    }


def bounds(limits: WaitLimits) -> str:
    """Name the bounds of an interval."""
    return f"{limits.poll_min:g} to {limits.poll_max:g} s"


def _scaled(scale: float) -> WaitLimits:
    return replace(
        DEFAULTS,
        poll_min=DEFAULTS.poll_min * scale,
        poll_max=DEFAULTS.poll_max * scale,
    )
