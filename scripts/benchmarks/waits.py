"""Rows of scripts/bench: two hundred waits side by side, and Ctrl-C, by both hosts."""

from __future__ import annotations

import functools
import signal
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial

from processes import Session

from benchmarks import headlines
from benchmarks.headlines import headline
from benchmarks.results import Compared
from benchmarks.stacks import (
    UP,
    Program,
    Took,
    Workbench,
    a_job_each,
    a_native_job_each,
    by_hand,
    ids,
    timed_up,
    workbench,
)
from pulumi_alicloud_mediaconvert.emulator import scripts
from real_engine import WRITE_ONCE

WAITS, QUICK_WAITS = 200, 8
# Four at a time, as the SDK serves them: each four more take as long again.
BY_HAND_WAITS = 8
PAIRS, INTERRUPTS = 2, 2
WAIT_SECONDS = 6
PARALLEL = ("--parallel", "256")
# A wait by hand that does not hear of Ctrl-C would keep the bench for an hour.
MAX_SECONDS = 10.0
LOOK_SECONDS = 0.05
# What the SDK serves at once.
SERVED = 4
BY_HAND = partial(by_hand, "Polled")
ON_OFFICIAL = "a hand-written dynamic provider with the official SDK, a poll every 3 s"
NATIVE = "native plugin, YAML"
DYNAMIC = "the dynamic provider, Python"
ONCE, ONE_NATIVE = "state written once", "one native"


@dataclass(frozen=True)
class Way:
    """One way to wait for jobs.

    Attributes:
        program: of so many jobs.
        count: of the jobs.
        variables: of the environment.
    """

    program: Callable[[int], Program]
    count: int
    variables: Mapping[str, str]


def waits(*, quick: bool) -> list[Compared]:
    """Compare two hundred waits with one by both hosts, and some with those by hand."""
    took = _waits(quick=quick)
    count, few = _counts(quick=quick)
    seconds = {way: [one.seconds for one in each] for way, each in took.items()}
    of_all, of_few = _named(count), _named(few)
    compared: Sequence[tuple[str, str, str, str]] = (
        (f"{of_all}, {ONCE}, {NATIVE}", "native", "one wait, by the same", ONE_NATIVE),
        (f"{of_all}, {ONCE}, {NATIVE}", "native", DYNAMIC, "once"),
        (of_few, "few", ON_OFFICIAL, "few by hand"),
    )
    details = {way: [asdict(one) for one in each] for way, each in took.items()}
    return [
        headline(
            headlines.WAITS,
            baseline="one wait of 6 s",
            unit="s",
            ours=seconds["once"],
            theirs=seconds["one"],
            details=details,
        ),
        *(
            Compared(
                name=line,
                baseline=other,
                unit="s",
                ours=seconds[ours],
                # What is measured less often is compared with the first of the others.
                theirs=seconds[theirs][: len(seconds[ours])],
            )
            for line, ours, other, theirs in compared
        ),
    ]


def _named(count: int) -> str:
    return f"`pulumi up` of {count} waits of {WAIT_SECONDS} s, --parallel 256"


def _counts(*, quick: bool) -> tuple[int, int]:
    return (QUICK_WAITS, QUICK_WAITS) if quick else (WAITS, BY_HAND_WAITS)


@functools.cache
def _waits(*, quick: bool) -> Mapping[str, list[Took]]:
    count, few = _counts(quick=quick)
    in_turn = {
        "one": Way(a_job_each, 1, {}),
        "once": Way(a_job_each, count, WRITE_ONCE),
    }
    # Once tells enough.
    others = {
        ONE_NATIVE: Way(a_native_job_each, 1, {}),
        "native": Way(a_native_job_each, count, WRITE_ONCE),
        "few": Way(a_job_each, few, {}),
        "few by hand": Way(BY_HAND, few, {}),
    }
    with workbench() as bench:
        rounds = [
            {name: _waited(bench, way) for name, way in in_turn.items()}
            for _ in range(1 if quick else PAIRS)
        ]
        took = {name: [one[name] for one in rounds] for name in in_turn}
        return took | {name: [_waited(bench, way)] for name, way in others.items()}


def _waited(bench: Workbench, way: Way) -> Took:
    for job_id in ids(way.count):
        # New for each: the time of a job runs from its first poll on.
        bench.api.add_job(job_id, scripts.succeeds_slowly(seconds=WAIT_SECONDS))
    stack = bench.stack(way.program(way.count))
    stack.variables |= way.variables
    return timed_up(stack, *PARALLEL)


def interrupts(*, quick: bool) -> list[Compared]:
    """Time what is left of a run after Ctrl-C, all of its jobs being waited for."""
    count, times = (QUICK_WAITS, 1) if quick else (WAITS, INTERRUPTS)
    whole = Way(a_job_each, count, {})
    once = Way(a_job_each, count, WRITE_ONCE)
    native = Way(a_native_job_each, count, WRITE_ONCE)
    with workbench() as bench:
        for job_id in ids(count):
            bench.api.add_job(job_id, scripts.hangs_queued())
        of_once = [_interrupted(bench, once, count) for _ in range(times)]
        # Once tells enough: the engine writes, and by hand nothing hears of Ctrl-C.
        others = {
            "": _interrupted(bench, whole, count),
            f", {ONCE}, {NATIVE}": _interrupted(bench, native, count),
        }
        by_hand = _interrupted(bench, Way(BY_HAND, count, {}), SERVED)
    return [
        headline(
            headlines.INTERRUPT,
            baseline="one wait of 6 s",
            unit="s",
            ours=of_once,
            theirs=[one.seconds for one in _waits(quick=quick)["one"]][:times],
        ),
        *(
            Compared(
                name=f"Ctrl-C to prompt, with {count} waits{how}",
                baseline=f"{ON_OFFICIAL}; cut off after {MAX_SECONDS:g} s",
                unit="s",
                ours=[seconds],
                theirs=[by_hand],
            )
            for how, seconds in others.items()
        ),
    ]


def _interrupted(bench: Workbench, way: Way, count: int) -> float:
    """Press Ctrl-C once so many jobs were polled; return the seconds to the end."""
    api, stack = bench.api, bench.stack(way.program(way.count))
    stack.variables |= way.variables
    began = len(api.requests)

    def polled() -> int:
        return len({request.query.get("JobId") for request in api.requests[began:]})

    with stack.start(*UP, *PARALLEL) as process:
        reading = threading.Thread(target=process.communicate, daemon=True)
        reading.start()
        while polled() < count and reading.is_alive():
            time.sleep(LOOK_SECONDS)
        pressed = time.monotonic()
        process.send_signal(signal.SIGINT)
        reading.join(MAX_SECONDS)
        took = time.monotonic() - pressed
        Session(process.pid).end()
    return took
