"""Rows of scripts/bench: how time and state of a stack grow with the number of jobs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from typing import NamedTuple

from benchmarks.results import Compared
from benchmarks.stacks import (
    Program,
    Workbench,
    a_job_each,
    by_hand,
    ended_jobs,
    ids,
    one_set,
    timed_up,
    workbench,
)
from pulumi_alicloud_mediaconvert.emulator import scripts
from real_engine import WRITE_ONCE

QUICK_COUNTS = (1, 3)
# Numbers of jobs between which the state grows.
FEW, MORE = 10, 30


class Way(NamedTuple):
    """One way to deploy many jobs.

    Attributes:
        program: of so many of them.
        counts: that are measured.
        variables: of the environment.
    """

    program: Callable[[int], Program]
    counts: Sequence[int]
    variables: Mapping[str, str]


# With the engine's state as it is by default, more would take hours.
WAYS = {
    "a MediaConvertJob each": Way(a_job_each, (1, 10, 100, 300), {}),
    "the same, state written once": Way(a_job_each, (1, 10, 100, 1000), WRITE_ONCE),
    "a resource each that does nothing": Way(
        partial(by_hand, "Nothing"), (1, 10, 100, 300, 1000), {}
    ),
    "one MediaConvertJobSet": Way(one_set, (1, 10, 100, 1000, 3000), {}),
}


def growth(*, quick: bool) -> list[Compared]:
    """Measure each way once for each number of jobs.

    The details have a curve for each way; the line shows the largest set.
    """
    curves: dict[str, list[dict[str, float]]] = {}
    with workbench() as bench:
        for name, way in WAYS.items():
            counts = QUICK_COUNTS if quick else way.counts
            for job_id in ids(counts[-1]):
                bench.api.add_job(job_id, scripts.succeeds_cleanly())
            curves[name] = [_point(bench, way, count) for count in counts]
    largest = curves["one MediaConvertJobSet"][-1]
    return [
        Compared(
            name=f"`pulumi up` of {ended_jobs(int(largest['count']))}, as one set",
            beside="",
            unit="s",
            ours=[largest["seconds"]],
            details={"curves": curves},
        )
    ]


def _point(bench: Workbench, way: Way, count: int) -> dict[str, float]:
    stack = bench.stack(way.program(count))
    stack.variables = {**stack.variables, **way.variables}
    point = {"count": count, **asdict(timed_up(stack))}
    # It takes long enough that somebody may ask whether it goes on.
    print(json.dumps(point), file=sys.stderr, flush=True)
    return point


def sizes(*, quick: bool) -> list[Compared]:
    """Compare what a job more adds to the state."""
    few, more = (1, 3) if quick else (FEW, MORE)
    with workbench() as bench:
        for job_id in ids(more):
            bench.api.add_job(job_id, scripts.succeeds_cleanly())
        whole, ours, of_set = (
            _grown(bench, program, few, more)
            for program in (partial(by_hand, "Whole"), a_job_each, one_set)
        )
    return [
        Compared(
            name=name,
            beside="a dynamic resource by hand that keeps the answer of the API",
            unit="kB",
            ours=[grown / 1000],
            theirs=[whole / 1000],
        )
        for name, grown in (
            ("state of one job with three outputs", ours),
            ("the same in a `MediaConvertJobSet`", of_set),
        )
    ]


def _grown(
    bench: Workbench, program: Callable[[int], Program], few: int, more: int
) -> float:
    small, large = (
        timed_up(bench.stack(program(count))).state_bytes for count in (few, more)
    )
    return (large - small) / (more - few)
