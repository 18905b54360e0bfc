"""Waits of the native plugin on the real engine: limits, faults, and how they end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from native_programs import job, program
from stack import Run
from terminal import bullets

from pulumi_alicloud_mediaconvert.emulator import (
    Fault,
    Script,
    Step,
    after_reads,
    faults,
    not_found,
    scripts,
)

SEEN = Step("Running", percent=10, leave=after_reads(1))
FORBIDDEN = faults.vendor_error("Forbidden.RAM", "no", times=None)
OLD_DATE = faults.vendor_error("InvalidTimeStamp.Expired", "no", times=None)


@dataclass(frozen=True)
class Row:
    """A job whose wait has no good end.

    Attributes:
        script: of the job.
        parts: of what is said, after the name of the job.
        kept: state and verdict that are stored; None if there is nothing to store.
        wait: limits.
        fault: over the answers.
        skip: how many answers come before the fault.
    """

    script: Script
    parts: list[str]
    kept: tuple[str, str] | None = None
    wait: dict[str, Any] = field(default_factory=lambda: {"timeout": "2s"})
    fault: Fault | None = None
    skip: int = 0


def resume_by(limit: str) -> str:
    """Say how a wait goes on that a limit has ended."""
    return (
        f"The job continues. Run `pulumi up` again to resume, or raise `wait.{limit}`."
    )


ROWS = {
    "time": Row(
        scripts.stalls(percent=40),
        ["is still Running at 40%", "the timeout of", resume_by("timeout")],
        ("Running", "pending"),
    ),
    "queue": Row(
        scripts.hangs_queued(),
        ["is still Inited", "the queue timeout of 1s", resume_by("queueTimeout")],
        ("Inited", "pending"),
        {"queueTimeout": "1s"},
    ),
    "stall": Row(
        scripts.stalls(percent=40),
        ["the stall timeout of 1s", resume_by("stallTimeout")],
        ("Running", "pending"),
        {"stallTimeout": "1s"},
    ),
    "undocumented": Row(
        Script([Step("Dreaming", percent=3)]),
        ['is still in the unknown state "Dreaming"', resume_by("timeout")],
        ("Dreaming", "pending"),
    ),
    "gone": Row(
        Script([SEEN, not_found()]),
        ["no longer finds", "It was Running at 10% when it was last read"],
        ("Running", "pending"),
        {"notFoundGrace": "300ms"},
    ),
    "unknown": Row(
        Script([not_found()]),
        ["no job unknown in cn-shanghai", "Check the job ID, the region"],
        wait={"notFoundGrace": "300ms"},
    ),
    "late": Row(
        Script([Step("Success", outputs={"audio-m4a": "Init"})]),
        ["could not be decided", 'output "audio-m4a": status: expected Success'],
        ("Success", "inconclusive"),
    ),
    "throttled": Row(
        scripts.succeeds_cleanly(),
        ["the API is throttling", "Throttling.User", "Run `pulumi up` again later."],
        fault=faults.throttle(times=None),
    ),
    "broken": Row(
        Script([SEEN, *scripts.succeeds_cleanly().steps]),
        ["broke before the response was complete", "was Running at 10%", "resume."],
        ("Running", "pending"),
        fault=faults.cut_connection(times=None),
        skip=1,
    ),
    "refused": Row(
        scripts.succeeds_cleanly(),
        [
            "not allowed to read jobs",
            "Forbidden.RAM, request",
            "ice:GetMediaConvertJob",
        ],
        fault=FORBIDDEN,
    ),
    "dated": Row(
        scripts.succeeds_cleanly(),
        ["the clock of this machine is wrong", "InvalidTimeStamp.Expired, request"],
        fault=OLD_DATE,
    ),
}
# What costs time alone.
GOOD = {
    "runs": scripts.succeeds_slowly(reads=4),
    "appears": scripts.appears_late(reads=2),
    "settles": Script(
        [
            Step("Success", outputs={"audio-m4a": "Init"}, leave=after_reads(2)),
            Step("Success"),
        ]
    ),
    "shaken": scripts.succeeds_cleanly(),
}


def passing_lines(run: Run, name: str) -> list[str]:
    """Read what the row of a resource has shown in passing."""
    events = [event.get("diagnosticEvent", {}) for event in run.events]
    return [
        event["message"]
        for event in events
        if event.get("ephemeral") and event["urn"].endswith(f"::{name}")
    ]


def test_a_wait_without_a_good_end_is_one_line_and_resumed(yaml_stack, emulator):
    """What was seen is kept as pending, what was never seen is not; both go on.

    A wait that meets no limit waits, shows how far it is, and leaves no line.
    """
    for name, row in ROWS.items():
        emulator.add_job(name, row.script)
        if row.fault:
            emulator.faults.add(row.fault, job_id=name, skip=row.skip)
    for name, script in GOOD.items():
        emulator.add_job(name, script)
    emulator.faults.add(faults.throttle(times=1, retry_after_ms=10), job_id="shaken")
    emulator.faults.add(faults.cut_connection(times=1), job_id="shaken")
    waiting = {name: job(name, wait=row.wait) for name, row in ROWS.items()}
    yaml_stack.program(program(waiting | {name: job(name) for name in GOOD}))

    run = yaml_stack.up("--continue-on-error")

    assert run.code == 1
    assert "Traceback" not in run.text
    assert "rpc error" not in run.text
    assert not yaml_stack.export()["deployment"].get("pending_operations")
    kept = yaml_stack.resources()
    for name, row in ROWS.items():
        [error] = run.on_row(name, "error")
        assert f"job {name} " in error
        assert [part for part in row.parts if part not in error] == []
        assert bool(bullets(error)) is (row.kept is not None)
        stored = kept[name]["outputs"] if name in kept else None
        assert row.kept == (stored and (stored["state"], stored["verdict"])), name
    asked = [request.job_id for request in emulator.requests]
    assert (asked.count("refused"), asked.count("dated")) == (1, 2)
    for name in GOOD:
        assert kept[name]["outputs"]["verdict"] == "passed"
        assert run.on_row(name, "error") == run.on_row(name, "warning") == []
    for name, words in {
        "runs": "25% · ",
        "appears": "not found yet",
        "shaken": "400 Throttling.User · retrying",
        "throttled": "400 Throttling.User · retrying",
    }.items():
        shown = passing_lines(run, name)
        assert any(line.startswith(words) for line in shown), (name, shown)

    emulator.faults.clear()
    for name in ROWS:
        emulator.add_job(name, scripts.succeeds_cleanly())
    resumed = yaml_stack.up()

    assert resumed.code == 0, resumed.text
    done = resumed.operations()
    for name, row in ROWS.items():
        assert done[name] == ("create" if row.kept is None else "update")
