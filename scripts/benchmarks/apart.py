"""Rows of scripts/bench that programs of their own measure: a process for each way.

What they measure is of a whole process: its memory, its imports, its connections.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from benchmarks.headlines import CLIENT_CALLS, CLIENT_CPU, headline
from benchmarks.results import Compared, Goal

JOB_ID = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"

# Jobs, and seconds within which they end: with time for the rate, and without.
AT_EASE, QUICK_AT_EASE = (2000, 600), (100, 120)
HURRIED, QUICK_HURRIED = (10_000, 120), (200, 120)

CALLS, QUICK_CALLS = 2000, 64
CALL_PAIRS, IMPORT_PAIRS, QUICK_PAIRS = 3, 7, 1

OUR_IMPORT = "import pulumi_alicloud_mediaconvert as package\npackage.MediaConvertJob"
OTHER_IMPORT = """\
import pulumi, httpx, pydantic
class Job(pydantic.BaseModel):
    job_id: str
    state: str
    percent: int | None = None
"""
# Processor time: of a whole process, whatever other processes run.
IMPORT = "{}\nimport time\nprint(time.process_time())"


def sets(*, quick: bool) -> list[Compared]:
    """Wait for thousands of jobs as one set, in simulated time.

    Both at the same time: what they measure does not depend on the machine's speed.
    """
    at_ease, hurried = (QUICK_AT_EASE, QUICK_HURRIED) if quick else (AT_EASE, HURRIED)
    with ThreadPoolExecutor() as threads:
        return of_sets(*threads.map(_simulated, (at_ease, hurried)))


def _simulated(jobs_within: tuple[int, int]) -> dict[str, Any]:
    jobs, within = jobs_within
    return _run("big_set", "--jobs", str(jobs), "--within", str(within))


def of_sets(at_ease: dict[str, Any], hurried: dict[str, Any]) -> list[Compared]:
    """Write what two runs of big_set.py say: at ease, and at the limit."""
    name, in_a_hurry = _set_named(at_ease), _set_named(hurried)
    return [
        Compared(
            name=f"{name}: delay",
            baseline="as many jobs read in turn, at the whole rate",
            unit="s",
            ours=[at_ease["mean_delay_seconds"]],
            theirs=[at_ease["in_turn"]["mean_delay_seconds"]],
            details=at_ease,
        ),
        Compared(
            name=f"{in_a_hurry}: calls",
            baseline="what the rate allows until the last end is seen",
            unit="calls",
            ours=[hurried["calls"]],
            theirs=[hurried["allowed_calls"]],
            goal=Goal("ratio", 0.95, "at least"),
            details=hurried,
        ),
        Compared(
            name=f"{in_a_hurry}: memory",
            baseline="",
            unit="MB",
            ours=[hurried["memory_mb"]],
            goal=Goal("ours", 300),
        ),
    ]


def _set_named(run: dict[str, Any]) -> str:
    minutes = f"{run['within_seconds'] / 60:g} minutes"
    rate = f"{run['per_second']:g} calls a second"
    return f"a set of {run['jobs']:,} jobs ending over {minutes}, {rate}"


def imports(*, quick: bool) -> list[Compared]:
    """Compare processor time of an import, each in a new process."""
    pairs = [
        (_import(OUR_IMPORT), _import(OTHER_IMPORT))
        for _ in range(QUICK_PAIRS if quick else IMPORT_PAIRS)
    ]
    return [
        Compared(
            name="import what a program needs",
            baseline="`import pulumi, httpx` and one pydantic model",
            unit="s",
            ours=[ours for ours, _ in pairs],
            theirs=[theirs for _, theirs in pairs],
            goal=Goal("ratio", 1.15),
        )
    ]


def calls(*, quick: bool) -> list[Compared]:
    """Compare how fast jobs can be read, from an emulator that checks signatures."""
    count = str(QUICK_CALLS if quick else CALLS)
    with _served() as url:
        pairs = [
            [
                _run("client", way, url, JOB_ID, "--calls", count)
                for way in ("ours", "theirs")
            ]
            for _ in range(QUICK_PAIRS if quick else CALL_PAIRS)
        ]
    return [
        headline(
            name,
            baseline="the official SDK, 32 threads",
            unit=unit,
            ours=[ours[key] for ours, _ in pairs],
            theirs=[theirs[key] for _, theirs in pairs],
        )
        for name, unit, key in (
            (CLIENT_CPU, "ms", "cpu_ms_per_call"),
            (CLIENT_CALLS, "calls/s", "calls_per_second"),
        )
    ]


@contextmanager
def _served() -> Iterator[str]:
    """Serve one ended job from a process of its own; gives the address."""
    serve = [sys.executable, "-m", "pulumi_alicloud_mediaconvert.emulator"]
    job = f"{JOB_ID}=succeeds-cleanly"
    with subprocess.Popen(
        [*serve, "--job", job], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None  # noqa: S101  # it is a pipe
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def _run(program: str, *arguments: str) -> dict[str, Any]:
    """Run a program of this folder, which prints one JSON object."""
    printed = _printed(["-m", f"benchmarks.{program}", *arguments])
    result: dict[str, Any] = json.loads(printed)
    return result


def _import(code: str) -> float:
    return float(_printed(["-c", IMPORT.format(code)]))


def _printed(arguments: Sequence[str]) -> str:
    return subprocess.run(
        [sys.executable, *arguments], check=True, stdout=subprocess.PIPE, text=True
    ).stdout
