"""A job that the real engine waits for: its row, its limits, and how it goes on."""

from __future__ import annotations

import re

from terminal import bullets

from pulumi_alicloud_mediaconvert.emulator import (
    Step,
    after_reads,
    faults,
    not_found,
    scripts,
)

THROTTLED = faults.throttle(times=1, retry_after_ms=10)
RESUME = "The job continues. Run `pulumi up` again to resume, or raise `wait.timeout`."


def test_what_passes_after_a_while_is_waited_for(stack, emulator):
    """The row of a job shows how far it is; a fault that passes leaves no trace.

    A job may be unknown for some time after it was submitted, and the API may report
    the success of a job before that of its outputs. The preview before an `up` reads
    each job once, and spoils no wait.
    """
    early = Step("Success", outputs={"audio-m4a": "Init"}, leave=after_reads(3))
    jobs = {
        "runs": scripts.succeeds_slowly(reads=5),
        "outputs-late": [early, Step("Success")],
        "appears-late": scripts.appears_late(reads=3),
        "throttled": scripts.succeeds_cleanly(),
        "cut": scripts.succeeds_cleanly(),
    }
    for name, script in jobs.items():
        emulator.add_job(name, script)
    # After the preview, which tries nothing twice.
    emulator.faults.add(THROTTLED, job_id="throttled", skip=1)
    emulator.faults.add(faults.cut_connection(times=1), job_id="cut", skip=1)
    stack.program(f"for name in {[*jobs]}:\n    MediaConvertJob(name, job_id=name)\n")

    run = stack.up(previews=True)

    assert run.code == 0, run.text
    assert "warning" not in run.text
    row = run.diagnostics(ephemeral=True)
    assert any(re.match(r"[24]0% · ", line) for line in row), row
    assert any(re.match(r"80% · \d+s left", line) for line in row), row
    kept = stack.resources()
    assert {kept[name]["outputs"]["verdict"] for name in jobs} == {"passed"}
    read = [request.job_id for request in emulator.requests]
    assert {name: read.count(name) for name in jobs} == {
        "runs": 6,
        "outputs-late": 4,
        "appears-late": 4,
        "throttled": 3,
        "cut": 3,
    }


def test_each_limit_ends_a_wait_and_names_itself(stack, emulator):
    """What was seen is kept as pending, and the next `up` goes on.

    `custom_timeouts(create=…)` outranks the configuration, in updates too.
    """
    gone = [*scripts.stalls(percent=10, reads=1).steps[:1], not_found()]
    jobs = {
        "over": scripts.stalls(percent=40),
        "queued": scripts.hangs_queued(),
        "custom": scripts.hangs_queued(),
        "gone": gone,
    }
    for name, script in jobs.items():
        emulator.add_job(name, script)
    stack.configure("mediaconvert:waitTimeout", "1h")
    stack.configure("mediaconvert:waitNotFoundGrace", "300ms")
    stack.program(
        """
MediaConvertJob("over", job_id="over", wait={"timeout": "1s"})
MediaConvertJob("queued", job_id="queued", wait={"queue_timeout": "1s"})
MediaConvertJob("custom", job_id="custom", opts=pulumi.ResourceOptions(
    custom_timeouts=pulumi.CustomTimeouts(create="1s")))
MediaConvertJob("gone", job_id="gone")
"""
    )

    run = stack.up("--continue-on-error")

    assert run.code != 0
    assert "Traceback" not in run.text
    said = {name: bullets(run.on_row(name, "error")[0]) for name in jobs}
    assert {name: len(lines) for name, lines in said.items()} == dict.fromkeys(jobs, 1)
    for name, words in {
        "over": "Running at 40%",
        "queued": "queue",
        "custom": "still Inited",
        "gone": "no longer finds",
    }.items():
        assert f"job {name} (cn-shanghai)" in said[name][0]
        assert words in said[name][0]
    assert said["over"][0].endswith(RESUME)
    kept = {
        name: one["outputs"]
        for name, one in stack.resources().items()
        if "outputs" in one
    }
    assert {kept[name]["verdict"] for name in jobs} == {"pending"}
    assert kept["over"]["percent"] == 40

    for name in set(jobs) - {"custom"}:
        emulator.add_job(name, scripts.succeeds_cleanly())
    resumed = stack.up("--continue-on-error")

    assert resumed.code != 0
    assert bullets(resumed.text)[:1] == bullets(resumed.on_row("custom", "error")[0])
    assert "still Inited" in bullets(resumed.text)[0]
    kept = stack.resources()
    assert {name: kept[name]["outputs"]["verdict"] for name in jobs} == {
        **dict.fromkeys(jobs, "passed"),
        "custom": "pending",
    }
