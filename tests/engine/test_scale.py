"""Many waits at once, and the end of a wait by Ctrl-C, on the real engine."""

from __future__ import annotations

from api import most_at_once
from pulumi_alicloud_mediaconvert.emulator import scripts

JOB_ID = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
JOBS = 40
WAIT_SECONDS = 5
# How many calls the SDK serves at a time.
SERVED = 4
# What the engine itself needs to write the state and to end its plugins.
ENGINE_EXIT_SECONDS = 2


def test_forty_waits_go_side_by_side(stack, emulator):
    """Forty jobs of five seconds are waited for together, not four at a time."""
    ids = [f"{number:032x}" for number in range(JOBS)]
    for job_id in ids:
        emulator.add_job(job_id, scripts.succeeds_slowly(seconds=WAIT_SECONDS))
    stack.program(
        f"""
for job_id in {ids}:
    MediaConvertJob(job_id, job_id=job_id, wait={{"poll_min": 1, "poll_max": 1}})
"""
    )

    run = stack.up("--parallel", "64")

    assert run.code == 0, run.text
    verdicts = [
        resource["outputs"]["verdict"]
        for name, resource in stack.resources().items()
        if name in ids
    ]
    assert verdicts == ["passed"] * JOBS
    assert run.seconds >= WAIT_SECONDS
    # On a busy machine the engine starts the last when the first have ended.
    assert most_at_once(emulator) > 2 * SERVED


def test_ctrl_c_ends_the_wait_and_the_next_up_resumes(stack, emulator):
    """Ctrl-C ends a wait within a second, keeps the job, and touches nothing."""
    emulator.add_job(JOB_ID, scripts.hangs_queued())
    stack.program(f'job = MediaConvertJob("trailer", job_id="{JOB_ID}")\n')

    run, took = stack.interrupt_when(
        lambda: emulator.wait_for_requests(1), "up", "--yes", "--skip-preview"
    )

    assert run.code != 0
    assert "Traceback" not in run.text, run.text
    assert "the wait was interrupted" in run.text, run.text
    kept = stack.resources()["trailer"]["outputs"]
    assert kept["verdict"] == "pending"
    assert not stack.export()["deployment"].get("pending_operations")
    assert took < 1 + ENGINE_EXIT_SECONDS

    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())

    assert stack.up().code == 0
