"""Rows of scripts/bench: two hundred waits side by side, and Ctrl-C in them."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import partial

from processes import Session
from stack import Stack

from benchmarks.results import Compared, Goal
from benchmarks.stacks import (
    UP,
    WRITE_ONCE,
    Took,
    Workbench,
    a_job_each,
    by_hand,
    ids,
    timed_up,
    workbench,
)
from pulumi_alicloud_mediaconvert.emulator import Emulator, scripts

WAITS, QUICK_WAITS = 200, 8
PAIRS, INTERRUPTS = 3, 3
WAIT_SECONDS = 6
PARALLEL = ("--parallel", "256")
# A wait by hand that does not hear of Ctrl-C would keep the bench for an hour.
MAX_SECONDS = 60.0
LOOK_SECONDS = 0.05
# What the SDK serves at once.
SERVED = 4
Program = Callable[[int], str]
BY_HAND = partial(by_hand, "Polled")
ON_OFFICIAL = "a dynamic provider by hand on the official SDK, a look every 3 s"


def waits(*, quick: bool) -> list[Compared]:
    """Compare two hundred waits with one, and with those of a provider by hand."""
    count, pairs = (QUICK_WAITS, 1) if quick else (WAITS, PAIRS)
    took = _waits(count, pairs)
    seconds = {way: [one.seconds for one in each] for way, each in took.items()}
    name = f"`pulumi up` of {count} waits of {WAIT_SECONDS} s, --parallel 256"
    return [
        Compared(
            name=name,
            beside="the same of one wait",
            unit="s",
            ours=seconds["ours"],
            theirs=seconds["one"],
            goal=Goal("ratio", 1.5),
            details={way: [asdict(one) for one in each] for way, each in took.items()},
        ),
        Compared(
            name=f"{name}, state written once",
            beside="one wait",
            unit="s",
            ours=seconds["once"],
            theirs=seconds["one"],
            goal=Goal("ratio", 1.5),
        ),
        Compared(
            name=name,
            beside=ON_OFFICIAL,
            unit="s",
            ours=seconds["ours"][-1:],
            theirs=seconds["by_hand"],
        ),
    ]


def _waits(count: int, pairs: int) -> Mapping[str, list[Took]]:
    took: dict[str, list[Took]] = {"one": [], "ours": [], "once": []}
    with workbench() as bench:
        for _ in range(pairs):
            took["one"].append(_waited(bench, a_job_each, 1))
            took["ours"].append(_waited(bench, a_job_each, count))
            took["once"].append(_waited(bench, a_job_each, count, WRITE_ONCE))
        # Four at a time, as the SDK serves them: minutes, and once tells enough.
        return took | {"by_hand": [_waited(bench, BY_HAND, count)]}


def _waited(
    bench: Workbench,
    program: Program,
    count: int,
    variables: Mapping[str, str] | None = None,
) -> Took:
    for job_id in ids(count):
        # Made anew: the time of a job runs from the first look on.
        bench.api.add_job(job_id, scripts.succeeds_slowly(seconds=WAIT_SECONDS))
    stack = bench.stack(program(count))
    stack.variables |= variables or {}
    return timed_up(stack, *PARALLEL)


def interrupts(*, quick: bool) -> list[Compared]:
    """Time what is left of a run after Ctrl-C, all of its jobs being waited for."""
    count, times = (QUICK_WAITS, 1) if quick else (WAITS, INTERRUPTS)
    ours: list[float] = []
    once: list[float] = []
    with workbench() as bench:
        for job_id in ids(count):
            bench.api.add_job(job_id, scripts.hangs_queued())
        for _ in range(times):
            ours.append(_interrupted(bench.stack(a_job_each(count)), bench.api, count))
            stack = bench.stack(a_job_each(count))
            stack.variables |= WRITE_ONCE
            once.append(_interrupted(stack, bench.api, count))
        by_hand = _interrupted(bench.stack(BY_HAND(count)), bench.api, SERVED)
    name = f"Ctrl-C to prompt, with {count} waits"
    beside = f"{ON_OFFICIAL}; cut off after {MAX_SECONDS:g} s"
    # It does not hear of Ctrl-C: once tells enough.
    theirs = [by_hand] * times
    return [
        Compared(
            name=name + how,
            beside=beside,
            unit="s",
            ours=took,
            theirs=theirs,
            goal=Goal("ours", 1.0),
        )
        for how, took in (("", ours), (", state written once", once))
    ]


def _interrupted(stack: Stack, api: Emulator, count: int) -> float:
    """Press Ctrl-C once so many jobs were looked at; return the seconds to the end."""
    began = len(api.requests)

    def looked_at() -> int:
        return len({request.query.get("JobId") for request in api.requests[began:]})

    with stack.start(*UP, *PARALLEL) as process:
        reading = threading.Thread(target=process.communicate, daemon=True)
        reading.start()
        while looked_at() < count and reading.is_alive():
            time.sleep(LOOK_SECONDS)
        pressed = time.monotonic()
        process.send_signal(signal.SIGINT)
        reading.join(MAX_SECONDS)
        took = time.monotonic() - pressed
        Session(process.pid).end()
    return took
