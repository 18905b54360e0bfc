"""Rows of scripts/bench: the native plugin beside the dynamic provider, in one run.

A program in YAML uses the plugin, one in Python the dynamic provider. YAML starts the
plugin twice, the first time for its schema: both processes count as the plugin's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from functools import partial

from benchmarks.results import Compared, Goal
from benchmarks.stacks import (
    Program,
    Took,
    Workbench,
    a_job_each,
    a_native_job_each,
    by_hand,
    ended_jobs,
    ids,
    no_resource,
    timed_up,
    workbench,
)
from pulumi_alicloud_mediaconvert.emulator import scripts
from real_engine import WRITE_ONCE

# How often so many jobs are deployed.
REPETITIONS, QUICK_REPETITIONS = {1: 5, 100: 3, 1000: 1}, {1: 1, 10: 1}
UNCHANGED, QUICK_UNCHANGED = 7, 1
NATIVE, DYNAMIC = "native plugin, YAML", "the dynamic provider, Python"
# By the number of jobs: processor time a job in the plugin, beside the other host.
PLUGIN_GOALS = {1000: Goal("ratio", 0.8)}
UNCHANGED_GOAL = Goal("ratio", 1.15)
NOTHING, EMPTY = "a dynamic resource that does nothing", "a YAML program of no resource"

# What is shown of a run, by the words that follow the name of a line.
TIMES: Mapping[str, Callable[[Took], float]] = {
    "": lambda took: took.seconds,
    ": processor time": lambda took: took.cpu,
}
Runs = Mapping[str, Sequence[Took]]


def ended(*, quick: bool) -> list[Compared]:
    """Compare runs of ended jobs; the engine writes its state once, in the end."""
    lines: list[Compared] = []
    with workbench() as bench:
        bench.variables |= WRITE_ONCE
        for count, times in (QUICK_REPETITIONS if quick else REPETITIONS).items():
            lines += _of_ended(count, _in_turn(bench, count, times))
    return lines


def _in_turn(bench: Workbench, count: int, times: int) -> Runs:
    for job_id in ids(count):
        bench.api.add_job(job_id, scripts.succeeds_cleanly())
    programs = {NATIVE: a_native_job_each(count), DYNAMIC: a_job_each(count)}
    rounds = [
        {host: timed_up(bench.stack(program)) for host, program in programs.items()}
        for _ in range(times)
    ]
    return {host: [one[host] for one in rounds] for host in programs}


def _of_ended(count: int, took: Runs) -> list[Compared]:
    name = f"`pulumi up` of {ended_jobs(count)}, state written once, {NATIVE}"
    return [
        *_compared(name, took, (NATIVE, DYNAMIC)),
        Compared(
            name=f"{name}: the plugin's processor time a job",
            beside=DYNAMIC,
            unit="ms",
            ours=[one.plugin_cpu / count * 1000 for one in took[NATIVE]],
            theirs=[one.plugin_cpu / count * 1000 for one in took[DYNAMIC]],
            goal=PLUGIN_GOALS.get(count),
            details={
                host: [asdict(one) for one in each] for host, each in took.items()
            },
        ),
    ]


def unchanged(*, quick: bool) -> list[Compared]:
    """Compare second runs, in which nothing has changed: the commonest of all."""
    ways: Mapping[str, Callable[[int], Program]] = {
        DYNAMIC: a_job_each,
        NOTHING: partial(by_hand, "Nothing"),
        NATIVE: a_native_job_each,
        EMPTY: no_resource,
    }
    with workbench() as bench:
        [job_id] = ids(1)
        bench.api.add_job(job_id, scripts.succeeds_cleanly())
        stacks = {way: bench.stack(program(1)) for way, program in ways.items()}
        for stack in stacks.values():
            timed_up(stack)
        rounds = [
            {way: timed_up(stack) for way, stack in stacks.items()}
            for _ in range(QUICK_UNCHANGED if quick else UNCHANGED)
        ]
    took = {way: [one[way] for one in rounds] for way in ways}
    pairs = (
        (DYNAMIC, NOTHING, UNCHANGED_GOAL),
        (NATIVE, EMPTY, None),
        (NATIVE, DYNAMIC, None),
    )
    return [
        line
        for ours, theirs, goal in pairs
        for line in _compared(
            f"unchanged `pulumi up` of one job, {ours}", took, (ours, theirs), goal
        )
    ]


def _compared(
    name: str, took: Runs, pair: tuple[str, str], goal: Goal | None = None
) -> list[Compared]:
    """Compare two ways: seconds, and processor time of all processes."""
    ours, theirs = pair
    return [
        Compared(
            name=name + what,
            beside=theirs,
            unit="s",
            ours=[read(one) for one in took[ours]],
            theirs=[read(one) for one in took[theirs]],
            goal=goal,
        )
        for what, read in TIMES.items()
    ]
