"""Many waits at once, and the end of a wait by Ctrl-C, on the real engine."""

from __future__ import annotations

from pulumi_alicloud_mediaconvert.emulator import scripts

JOB_ID = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
JOBS = 40


def test_forty_waits_go_side_by_side(stack, emulator):
    """No job ends before all forty are waited for: four at a time would never end."""
    ids = [f"{number:032x}" for number in range(JOBS)]
    for job_id in ids:
        emulator.add_job(job_id, scripts.hangs_queued())
    stack.program(
        f"""
for job_id in {ids}:
    MediaConvertJob(job_id, job_id=job_id)
"""
    )

    with stack.running("up", "--yes", "--skip-preview", "--parallel", "64") as command:
        command.wait_until(lambda: are_read(emulator, ids))
        for job_id in ids:
            emulator.add_job(job_id, scripts.succeeds_cleanly())
        run = command.end()

    assert run.code == 0, run.text
    kept = stack.resources()
    verdicts = [kept[name]["outputs"]["verdict"] for name in ids]
    assert verdicts == ["passed"] * JOBS


def are_read(emulator, job_ids):
    """Wait until each job was read."""
    while {*job_ids} - {request.job_id for request in emulator.requests}:
        if not emulator.wait_for_requests(len(emulator.requests) + 1):
            return False
    return True


def test_ctrl_c_ends_a_wait_long_before_its_next_poll(stack, emulator):
    """It keeps the job as it was seen; what waits for the next poll hangs."""
    emulator.add_job(JOB_ID, scripts.hangs_queued())
    pause = {"poll_min": "20m", "poll_max": "20m"}
    stack.program(f'MediaConvertJob("trailer", job_id="{JOB_ID}", wait={pause})\n')

    run = stack.interrupt_when(
        lambda: emulator.wait_for_requests(1), "up", "--yes", "--skip-preview"
    )

    assert run.code != 0
    assert "the wait was interrupted" in run.text, run.text
    kept = stack.resources()["trailer"]["outputs"]
    assert kept["verdict"] == "pending"
    assert len(emulator.requests) == 1
