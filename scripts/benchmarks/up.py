"""Rows of scripts/bench: whole runs of ended jobs, in Python and by the native plugin.

YAML starts the plugin twice, the first time for its schema: both processes count as the
plugin's.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from typing import Any

from benchmarks import ended
from benchmarks.ended import DYNAMIC, EMPTY, KEEPING, NATIVE, NOTHING, SET, Runs
from benchmarks.headlines import (
    GOALS,
    PLUGIN_OF_1000,
    PLUGIN_OF_SET,
    PROGRAM,
    UNCHANGED,
    UP_OF_100,
    UP_OF_1000,
    UP_OF_ONE,
    headline,
)
from benchmarks.headlines import NATIVE as NATIVE_OF_1000
from benchmarks.results import Compared
from benchmarks.stacks import Took, ended_jobs

THOUSAND, LARGE_SET = 1000, 3000
UP_OF = {1: UP_OF_ONE, 100: UP_OF_100, THOUSAND: UP_OF_1000}
BASELINES = {
    KEEPING: "as many dynamic resources that do nothing and keep the same properties",
    NOTHING: "a dynamic resource that does nothing",
    EMPTY: "a YAML program of no resource",
    DYNAMIC: "the dynamic provider, Python",
}
BY_PLUGIN = "native plugin, YAML"
Read = Callable[[Took], float]


def seconds(took: Took) -> float:
    """Return those of the wall."""
    return took.seconds


def cpu(took: Took) -> float:
    """Return the seconds of processor time, of all processes."""
    return took.cpu


def ups(*, quick: bool) -> list[Compared]:
    """Compare whole runs, and the processor time of plugin and program."""
    lines: list[Compared] = []
    for jobs, whole in UP_OF.items():
        took = ended.ended(jobs, quick=quick)
        count = ended.number_of(jobs, quick=quick)
        name = named(jobs, count)
        details = {way: [asdict(one) for one in each] for way, each in took.items()}
        of_plugin, of_program = _of_plugin(count), _of_program(count)
        lines += [
            _headline(whole, took, cpu, details=details),
            _compared(name, took, (DYNAMIC, KEEPING), seconds),
        ]
        if jobs == THOUSAND:
            lines += [
                _headline(PLUGIN_OF_1000, took, of_plugin, unit="ms"),
                _headline(PROGRAM, took, of_program, unit="ms"),
            ]
    return lines


def hosts(*, quick: bool) -> list[Compared]:
    """Compare the same jobs by both hosts, deployed in turn."""
    lines: list[Compared] = []
    for jobs in UP_OF:
        took = ended.ended(jobs, quick=quick)
        count = ended.number_of(jobs, quick=quick)
        name, pair = f"{named(jobs, count)}, {BY_PLUGIN}", (NATIVE, DYNAMIC)
        lines += [
            _compared(name, took, pair, seconds),
            _compared(f"{name}: processor time", took, pair, cpu),
        ]
        if jobs == THOUSAND:
            of_plugin = _of_plugin(count)
            lines.append(_headline(NATIVE_OF_1000, took, of_plugin, pair, unit="ms"))
    return lines


def unchanged(*, quick: bool) -> list[Compared]:
    """Compare second runs, in which nothing has changed: the commonest of all."""
    took = ended.unchanged(quick=quick)
    pair = (DYNAMIC, NOTHING)
    name = "unchanged `pulumi up` of one job"
    native = f"{name}, {BY_PLUGIN}"
    return [
        _headline(UNCHANGED, took, seconds, pair),
        _compared(f"{name}: processor time", took, pair, cpu),
        _compared(native, took, (NATIVE, EMPTY), seconds),
        _compared(native, took, (NATIVE, DYNAMIC), seconds),
    ]


def cold(*, quick: bool) -> list[Compared]:
    """Compare first runs on a new machine, where nothing is compiled."""
    took = ended.cold(quick=quick)
    name = "cold `pulumi up` of one job"
    return [
        _compared(name, took, (DYNAMIC, NOTHING), seconds),
        _compared(f"{name}, {BY_PLUGIN}", took, (NATIVE, DYNAMIC), seconds),
    ]


def large_set(*, quick: bool) -> list[Compared]:
    """Compare a job in a large set with a resource that does nothing."""
    count = ended.number_of(LARGE_SET, quick=quick)
    few = ended.number_of(THOUSAND, quick=quick)
    of_set = ended.once(SET, LARGE_SET, write_once=False, quick=quick)
    theirs = ended.ended(THOUSAND, quick=quick)[KEEPING]
    return [
        headline(
            PLUGIN_OF_SET,
            baseline=f"one of {few:,} that does nothing and keeps the same properties",
            unit="ms",
            ours=[_of_plugin(count)(of_set)],
            theirs=[statistics.median(map(_of_plugin(few), theirs))],
        )
    ]


def named(jobs: int, count: int) -> str:
    """Name a run of so many jobs."""
    how = ", state written once" if jobs == THOUSAND else ""
    return f"`pulumi up` of {ended_jobs(count)}{how}"


def _of_plugin(count: int) -> Read:
    return lambda took: took.plugin_cpu / count * 1000


def _of_program(count: int) -> Read:
    return lambda took: took.program_cpu / count * 1000


def _headline(  # noqa: PLR0913  # the last three have a default
    name: str,
    took: Runs,
    read: Read,
    pair: tuple[str, str] = (DYNAMIC, KEEPING),
    *,
    unit: str = "s",
    details: dict[str, Any] | None = None,
) -> Compared:
    line = _compared(name, took, pair, read, unit)
    return replace(line, goal=GOALS[name], details=details or {})


def _compared(
    name: str, took: Runs, pair: tuple[str, str], read: Read, unit: str = "s"
) -> Compared:
    ours, theirs = pair
    return Compared(
        name=name,
        baseline=BASELINES[theirs],
        unit=unit,
        ours=_numbers(read, took[ours]),
        theirs=_numbers(read, took[theirs]),
    )


def _numbers(read: Read, runs: Sequence[Took]) -> list[float]:
    return [read(one) for one in runs]
