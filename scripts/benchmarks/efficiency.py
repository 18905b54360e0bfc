"""Row of scripts/bench: notice the end of a job, beside a fixed interval."""

from __future__ import annotations

from benchmarks import polling
from benchmarks.results import Compared, Goal
from benchmarks.timelines import KINDS

# So many of each kind of jobs.
TIMELINES, QUICK_TIMELINES = 200, 4


def efficiency(*, quick: bool) -> list[Compared]:
    """Compare the delay of our looks with that of a fixed interval of as many calls.

    On timelines that the numbers of `pace` were not chosen by, all kinds together;
    `details` has each kind.
    """
    timelines = QUICK_TIMELINES if quick else TIMELINES
    seeds = polling.HELD_OUT_SEEDS[:timelines]
    *kinds, every = polling.by_kind(KINDS, seeds)
    return [
        Compared(
            name=f"delay to notice the end of {timelines * len(kinds):,} jobs",
            beside=f"a look every {every.fixed:.1f} s: as many calls,"
            f" {every.calls:.1f} a job",
            unit="s",
            ours=[every.delay],
            theirs=[every.fixed_delay],
            goal=Goal("ratio", polling.GOAL),
            details={"kinds": [one.raw for one in (*kinds, every)]},
        )
    ]
