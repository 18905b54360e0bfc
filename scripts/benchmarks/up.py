"""Rows of scripts/bench: an `up` of ended jobs, beside resources that do nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

from benchmarks.alternatives import KEPT
from benchmarks.results import Compared, Goal
from benchmarks.stacks import (
    Took,
    Workbench,
    a_job_each,
    by_hand,
    ended_jobs,
    ids,
    timed_up,
    workbench,
)
from pulumi_alicloud_mediaconvert.emulator import scripts
from real_engine import WRITE_ONCE

# How often so many resources are deployed.
REPETITIONS, QUICK_REPETITIONS = {1: 7, 100: 3}, {1: 1}
THOUSAND, QUICK_THOUSAND = 1000, 2
# By the number of jobs, beside resources that keep the same properties: whole runs, and
# processor time of the plugin and of the program. Engine and SDK leave no less.
RUN_GOALS = {
    1: Goal("ratio", 1.22),
    100: Goal("ratio", 1.15),
    1000: Goal("ratio", 1.25),
}
PLUGIN_GOALS = {1000: Goal("ratio", 2.0)}
PROGRAM_GOALS = {1000: Goal("ratio", 1.45)}
BARE, KEEPING = "do nothing", "do nothing and keep the same properties"
Runs = Mapping[str, Sequence[Took]]


def ups(*, quick: bool) -> list[Compared]:
    """Compare the time, and the processor time, of whole runs."""
    lines: list[Compared] = []
    with workbench() as bench:
        kept = _kept_by(bench)
        for count, times in (QUICK_REPETITIONS if quick else REPETITIONS).items():
            lines += _compared(count, _in_turn(bench, count, times, kept))
    return lines


def thousand(*, quick: bool) -> list[Compared]:
    """Compare runs of a thousand, where the engine writes its state once, in the end.

    Where it writes a file of a dozen megabytes two thousand times, nothing else can be
    seen.
    """
    count = QUICK_THOUSAND if quick else THOUSAND
    with workbench() as bench:
        kept = _kept_by(bench)
        bench.variables |= WRITE_ONCE
        took = _in_turn(bench, count, 1, kept)
    return _compared(count, took, ", state written once")


def _kept_by(bench: Workbench) -> str:
    """Deploy one job, and return what the state keeps of it, as JSON."""
    [job_id] = ids(1)
    bench.api.add_job(job_id, scripts.succeeds_cleanly())
    stack = bench.stack(a_job_each(1))
    timed_up(stack)
    kept = stack.resources()[job_id]["outputs"]
    return json.dumps({key: kept[key] for key in kept if key != "__provider"})


def _in_turn(bench: Workbench, count: int, times: int, kept: str) -> Runs:
    for job_id in ids(count):
        bench.api.add_job(job_id, scripts.succeeds_cleanly())
    programs = {
        "ours": a_job_each(count),
        BARE: by_hand("Nothing", count),
        KEEPING: by_hand("NothingKept", count),
    }
    took: dict[str, list[Took]] = {way: [] for way in programs}
    for _ in range(times):
        for way, program in programs.items():
            stack = bench.stack(program)
            (stack.folder / KEPT).write_text(kept)
            took[way].append(timed_up(stack))
    return took


def _compared(count: int, took: Runs, how: str = "") -> list[Compared]:
    ours, name = took["ours"], f"`pulumi up` of {ended_jobs(count)}{how}"
    lines = [
        Compared(
            name=name + what,
            beside=f"as many dynamic resources that {way}",
            unit="s",
            ours=[read(one) for one in ours],
            theirs=[read(one) for one in took[way]],
            goal=RUN_GOALS.get(count) if way == KEEPING else None,
        )
        for way in (BARE, KEEPING)
        for read, what in ((_seconds, ""), (_cpu, ": processor time"))
    ]
    details = {way: [asdict(one) for one in each] for way, each in took.items()}
    of_processes = [
        Compared(
            name=f"{name}: {what}",
            beside=f"as many dynamic resources that {KEEPING}",
            unit="ms",
            ours=[read(one) / count * 1000 for one in ours],
            theirs=[read(one) / count * 1000 for one in took[KEEPING]],
            goal=goals.get(count),
        )
        for what, read, goals in (
            ("the provider's processor time a job", _plugin_cpu, PLUGIN_GOALS),
            ("the program's processor time a job", _program_cpu, PROGRAM_GOALS),
        )
    ]
    return [replace(lines[0], details=details), *lines[1:], *of_processes]


def _seconds(took: Took) -> float:
    return took.seconds


def _cpu(took: Took) -> float:
    return took.cpu


def _plugin_cpu(took: Took) -> float:
    return took.plugin_cpu


def _program_cpu(took: Took) -> float:
    return took.program_cpu
