"""Rows of scripts/bench: how time and state of a stack grow with the number of jobs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import NamedTuple

from benchmarks import ended
from benchmarks.ended import DYNAMIC, NATIVE, NOTHING, SET, WHOLE
from benchmarks.results import Compared
from benchmarks.stacks import Took, ended_jobs

# Numbers of jobs between which the state grows.
FEW, MORE, MANY = 10, 30, 100


class Curve(NamedTuple):
    """One way to deploy many jobs.

    Attributes:
        way: in which they are.
        jobs: how many.
        write_once: whether the engine writes its state once, in the end.
    """

    way: str
    jobs: Sequence[int]
    write_once: bool = False


ONCE = ", state written once"
# With the state as the engine writes it by default, more would take minutes.
CURVES = [
    Curve(DYNAMIC, (1, 10, 100, 200)),
    Curve(NATIVE, (1, 10, 100)),
    Curve(NOTHING, (1, 10, 100, 300)),
    Curve(DYNAMIC, (100, 1000), write_once=True),
    Curve(NATIVE, (100, 1000), write_once=True),
    Curve(SET, (1, 10, 100, 1000, 3000)),
]


def growth(*, quick: bool) -> list[Compared]:
    """Measure each curve; the details have them, the line shows the largest set."""
    curves = {
        curve.way + (ONCE if curve.write_once else ""): _points(curve, quick=quick)
        for curve in CURVES
    }
    largest = curves[SET][-1]
    return [
        Compared(
            name=f"`pulumi up` of {ended_jobs(int(largest['count']))}, as one set",
            baseline="",
            unit="s",
            ours=[largest["seconds"]],
            details={"curves": curves},
        )
    ]


def _points(curve: Curve, *, quick: bool) -> list[dict[str, float]]:
    counts = {ended.number_of(jobs, quick=quick): jobs for jobs in curve.jobs}
    return [
        {"count": count, **asdict(_took(curve, jobs, quick=quick))}
        for count, jobs in counts.items()
    ]


def _took(curve: Curve, jobs: int, *, quick: bool) -> Took:
    # What other rows measure too is taken from there.
    is_shared = jobs in ended.ROUNDS and curve.way in ended.BOTH_AND_KEEPING
    if is_shared and curve.write_once is (jobs == max(ended.ROUNDS)):
        return _middle(ended.ended(jobs, quick=quick)[curve.way])
    return ended.once(curve.way, jobs, write_once=curve.write_once, quick=quick)


def _middle(runs: Sequence[Took]) -> Took:
    """Return the run of the median time, of two the shorter one."""
    return sorted(runs, key=lambda one: one.seconds)[(len(runs) - 1) // 2]


def sizes(*, quick: bool) -> list[Compared]:
    """Compare what a job more adds to the state."""
    whole = _grown(Curve(WHOLE, (FEW, MORE)), quick=quick)
    ours: Mapping[str, Curve] = {
        "state of one job with three outputs": Curve(DYNAMIC, (FEW, MANY)),
        "the same in a `MediaConvertJobSet`": Curve(SET, (FEW, MANY)),
    }
    return [
        Compared(
            name=name,
            baseline="a hand-written dynamic resource that keeps the response",
            unit="kB",
            ours=[_grown(curve, quick=quick) / 1000],
            theirs=[whole / 1000],
        )
        for name, curve in ours.items()
    ]


def _grown(curve: Curve, *, quick: bool) -> float:
    small, large = _points(curve, quick=quick)
    return (large["state_bytes"] - small["state_bytes"]) / (
        large["count"] - small["count"]
    )
