"""Runs of ended jobs: measured once, and shown by several rows of scripts/bench.

The ways of a round follow one another, so that whatever else the machine does meets all
of them.
"""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial

from benchmarks.alternatives import KEPT
from benchmarks.stacks import (
    Program,
    Took,
    Workbench,
    a_job_each,
    a_native_job_each,
    by_hand,
    ids,
    no_resource,
    one_set,
    timed_up,
    workbench,
)
from pulumi_alicloud_mediaconvert.emulator import scripts
from real_engine import WRITE_ONCE

DYNAMIC, NATIVE, SET = "a job each, Python", "a job each, YAML", "a set"
NOTHING, KEEPING = (
    "a resource each that does nothing",
    "a resource each with the same properties",
)
WHOLE, EMPTY = "keeps the whole answer", "no resource"
PROGRAMS: Mapping[str, Callable[[int], Program]] = {
    DYNAMIC: a_job_each,
    NATIVE: a_native_job_each,
    SET: one_set,
    NOTHING: partial(by_hand, "Nothing"),
    KEEPING: partial(by_hand, "NothingKept"),
    WHOLE: partial(by_hand, "Whole"),
    EMPTY: no_resource,
}
BOTH_AND_KEEPING = (DYNAMIC, KEEPING, NATIVE)

# How often one, a hundred and a thousand jobs are deployed, and a stack is run again.
ROUNDS = {1: 5, 100: 3, 1000: 2}
UNCHANGED_ROUNDS, COLD_ROUNDS = 5, 2
FEW = 10
# How many jobs stand for so many where it is only to run.
QUICK = {1: 1, 10: 2, 30: 3, 100: 3, 200: 4, 300: 4, 1000: 4, 3000: 5}

# The runs of each way, in their order.
Runs = Mapping[str, Sequence[Took]]


def number_of(jobs: int, *, quick: bool) -> int:
    """Return how many jobs are deployed for so many."""
    return QUICK[jobs] if quick else jobs


@functools.cache
def ended(jobs: int, *, quick: bool) -> Runs:
    """Deploy ended jobs by both hosts, and do-nothing resources that keep as much.

    With a thousand the engine writes its state once, in the end: where it writes a file
    of a dozen megabytes two thousand times, nothing else can be seen.
    """
    count = number_of(jobs, quick=quick)
    variables = WRITE_ONCE if jobs == max(ROUNDS) else {}
    with _workbench(count) as bench:
        return _in_turn(
            1 if quick else ROUNDS[jobs],
            BOTH_AND_KEEPING,
            lambda way: _up(bench, way, count, variables),
        )


@functools.cache
def once(way: str, jobs: int, *, write_once: bool, quick: bool) -> Took:
    """Deploy ended jobs in one way: a few twice, and many a single time."""
    count = number_of(jobs, quick=quick)
    rounds = 2 if jobs <= FEW and not quick else 1
    with _workbench(count) as bench:
        variables = WRITE_ONCE if write_once else {}
        runs = [_up(bench, way, count, variables) for _ in range(rounds)]
        # Now and then the engine waits five seconds for a plugin that has ended.
        took = min(runs, key=lambda one: one.seconds)
    # These take long enough that a person may ask whether it goes on.
    print(json.dumps({"way": way, "count": count, **asdict(took)}), file=sys.stderr)
    return took


@functools.cache
def unchanged(*, quick: bool) -> Runs:
    """Run stacks of one job again, in which nothing has changed."""
    with _workbench(1) as bench:
        ways = (DYNAMIC, NOTHING, NATIVE, EMPTY)
        stacks = {way: bench.stack(PROGRAMS[way](1)) for way in ways}
        for stack in stacks.values():
            timed_up(stack)
        return _in_turn(
            1 if quick else UNCHANGED_ROUNDS, ways, lambda way: timed_up(stacks[way])
        )


@functools.cache
def cold(*, quick: bool) -> Runs:
    """Deploy one job as on a new machine: no folder of Pulumi's, no bytecode of Python.

    Containers and installers that do not compile, such as uv, leave Python so.
    """
    with _workbench(1) as bench:

        def first(way: str) -> Took:
            stack = bench.stack(PROGRAMS[way](1))
            stack.home = stack.folder / "home"
            stack.variables |= {
                "PYTHONPYCACHEPREFIX": str(stack.folder / "bytecode"),
                # An empty one lets the first process write for those after it.
                "PYTHONDONTWRITEBYTECODE": "",
            }
            return timed_up(stack)

        return _in_turn(1 if quick else COLD_ROUNDS, (DYNAMIC, NOTHING, NATIVE), first)


@contextmanager
def _workbench(count: int) -> Iterator[Workbench]:
    """Serve so many jobs that have ended."""
    with workbench() as bench:
        for job_id in ids(count):
            bench.api.add_job(job_id, scripts.succeeds_cleanly())
        yield bench


def _in_turn(
    rounds: int, ways: Iterable[str], run: Callable[[str], Took]
) -> dict[str, list[Took]]:
    took: dict[str, list[Took]] = {way: [] for way in ways}
    for _ in range(rounds):
        for way, runs in took.items():
            runs.append(run(way))
    return took


def _up(bench: Workbench, way: str, count: int, variables: Mapping[str, str]) -> Took:
    stack = bench.stack(PROGRAMS[way](count))
    stack.variables |= variables
    if way == KEEPING:
        (stack.folder / KEPT).write_text(_kept())
    return timed_up(stack)


@functools.cache
def _kept() -> str:
    """Deploy one job, and return what the state keeps of it, as JSON."""
    with _workbench(1) as bench:
        stack = bench.stack(a_job_each(1))
        timed_up(stack)
        [job_id] = ids(1)
        kept = stack.resources()[job_id]["outputs"]
    return json.dumps({key: kept[key] for key in kept if key != "__provider"})
