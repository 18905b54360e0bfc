"""Rows of scripts/bench that programs of their own measure: a process for each way.

What they measure is of a whole process: its memory, its imports, its connections.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from benchmarks.results import Compared, Goal

JOB_ID = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"

SET = ("--jobs", "10000")
QUICK_SET = ("--jobs", "300", "--within", "300")
# All within two minutes: more than the rate lets anybody see at once.
HURRIED = ("--within", "120")

CALLS, QUICK_CALLS = 3000, 64
CALL_PAIRS, IMPORT_PAIRS, QUICK_PAIRS = 3, 15, 1

OUR_IMPORT = "import pulumi_alicloud_mediaconvert as package\npackage.MediaConvertJob"
OTHER_IMPORT = """\
import pulumi, httpx, pydantic
class Job(pydantic.BaseModel):
    job_id: str
    state: str
    percent: int | None = None
"""
# Processor time: of a whole process, whatever others run beside it.
IMPORT = "{}\nimport time\nprint(time.process_time())"


def sets(*, quick: bool) -> list[Compared]:
    """Wait for ten thousand jobs as one set, in simulated time."""
    arguments = QUICK_SET if quick else SET
    hour = _run("big_set", *arguments)
    hurried = _run("big_set", *arguments, *HURRIED)
    return of_sets(hour, hurried)


def of_sets(hour: dict[str, Any], hurried: dict[str, Any]) -> list[Compared]:
    """Write what two runs of big_set.py say: at ease, and at the limit."""
    name = f"a set of {hour['jobs']:,} jobs"
    minutes = hour["within_seconds"] / 60
    over_an_hour = (
        f"{name} ending over {minutes:g} minutes, {hour['per_second']:g} calls a second"
    )
    looks = "as many jobs looked at in turn, at the whole rate"
    return [
        Compared(
            name=f"{over_an_hour}: delay",
            beside=looks,
            unit="s",
            ours=[hour["mean_delay_seconds"]],
            theirs=[hour["in_turn"]["mean_delay_seconds"]],
            details=hour,
        ),
        Compared(
            name=f"{over_an_hour}: calls",
            beside=looks,
            unit="calls",
            ours=[hour["calls"]],
            theirs=[hour["in_turn"]["calls"]],
        ),
        Compared(
            name=f"{over_an_hour}: memory",
            beside="",
            unit="MB",
            ours=[max(hour["memory_mb"], hurried["memory_mb"])],
            goal=Goal("ours", 300),
        ),
        Compared(
            name=f"{name} ending within two minutes: calls",
            beside="what the rate allows until the last end is seen",
            unit="calls",
            ours=[hurried["calls"]],
            theirs=[hurried["allowed_calls"]],
            goal=Goal("ratio", 0.95, "at least"),
            details=hurried,
        ),
    ]


def imports(*, quick: bool) -> list[Compared]:
    """Compare processor time of an import, each in a new process."""
    pairs = [
        (_import(OUR_IMPORT), _import(OTHER_IMPORT))
        for _ in range(QUICK_PAIRS if quick else IMPORT_PAIRS)
    ]
    return [
        Compared(
            name="import what a program needs",
            beside="`import pulumi, httpx` and one pydantic model",
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
        Compared(
            name=name,
            beside="the official SDK, 32 threads",
            unit=unit,
            ours=[ours[key] for ours, _ in pairs],
            theirs=[theirs[key] for _, theirs in pairs],
            goal=goal,
        )
        for name, unit, key, goal in (
            (
                "read jobs from an emulator, 32 side by side",
                "calls/s",
                "calls_per_second",
                Goal("ratio", 1, "at least"),
            ),
            (
                "the same: processor time of the client",
                "ms",
                "cpu_ms_per_call",
                Goal("ratio", 1.15),
            ),
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
