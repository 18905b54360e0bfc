"""A job that the real engine waits for: its row, its limits, and how it goes on."""

from __future__ import annotations

from programs import JOB_ID, ONE_JOB
from terminal import bullets

from pulumi_alicloud_mediaconvert.emulator import Step, after_reads, not_found, scripts


def test_a_running_job_is_waited_for_and_shows_its_row(stack, emulator):
    """A job that runs first is waited for, and its row shows how far it is."""
    emulator.add_job(JOB_ID, scripts.succeeds_slowly(reads=4))
    stack.program(ONE_JOB)

    run = stack.up()

    assert run.code == 0, run.text
    row = run.diagnostics(ephemeral=True)
    assert any(line.startswith("Running 25 % · ") for line in row), row
    assert any(line.startswith("Running 75 % · about ") for line in row), row
    assert stack.outputs()["facts"]["verdict"] == "passed"


def test_an_up_that_previews_first_waits_too(stack, emulator):
    """The preview that goes before an `up` looks once, and spoils no wait."""
    emulator.add_job(JOB_ID, scripts.succeeds_slowly(reads=3))
    stack.program(ONE_JOB)

    run = stack.up(previews=True)

    assert run.code == 0, run.text
    assert stack.outputs()["facts"]["verdict"] == "passed"
    assert len(emulator.requests) == 4


def test_outputs_that_end_after_their_job_are_waited_for(stack, emulator):
    """The API may report the success of a job before that of its outputs."""
    early = Step("Success", outputs={"audio-m4a": "Init"}, leave=after_reads(2))
    emulator.add_job(JOB_ID, [early, Step("Success")])
    stack.program(ONE_JOB)

    run = stack.up()

    assert run.code == 0, run.text
    assert stack.outputs()["facts"]["verdict"] == "passed"
    assert len(emulator.requests) == 3


def test_a_job_that_appears_late_is_waited_for(stack, emulator):
    """A job may be unknown for some time after it was submitted."""
    emulator.add_job(JOB_ID, scripts.appears_late(reads=2))
    stack.program(ONE_JOB)

    run = stack.up()

    assert run.code == 0, run.text


def test_a_wait_that_is_over_is_kept_and_resumed(stack, emulator):
    """When time is up the job is kept as pending, and the next `up` goes on."""
    emulator.add_job(JOB_ID, scripts.stalls(percent=40))
    stack.configure("mediaconvert:waitTimeout", "2s")
    stack.program(ONE_JOB)

    run = stack.up()

    assert run.code != 0
    assert "Traceback" not in run.text
    [line] = bullets(run.text)
    assert JOB_ID in line
    assert "Running at 40 %" in line
    assert line.endswith(
        "The job goes on. Run `pulumi up` again to resume, or raise `wait.timeout`."
    )
    kept = stack.resources()["trailer"]["outputs"]
    assert (kept["verdict"], kept["percent"]) == ("pending", 40)

    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    resumed = stack.up()

    assert resumed.code == 0, resumed.text
    assert stack.outputs()["facts"]["verdict"] == "passed"


def test_custom_timeouts_limit_creates_and_resumed_waits(stack, emulator):
    """`custom_timeouts(create=…)` outranks the configuration, in updates too."""
    emulator.add_job(JOB_ID, scripts.hangs_queued())
    stack.configure("mediaconvert:waitTimeout", "1h")
    stack.program(
        f"""
MediaConvertJob("trailer", job_id="{JOB_ID}", opts=pulumi.ResourceOptions(
    custom_timeouts=pulumi.CustomTimeouts(create="1s")))
"""
    )

    created = stack.up()
    resumed = stack.up()

    for run in (created, resumed):
        assert run.code != 0
        [line] = bullets(run.text)
        assert "still Inited" in line


def test_queue_and_stall_limits_name_themselves(stack, emulator):
    """A job that hangs in the queue ends the wait by the limit that was stated."""
    emulator.add_job(JOB_ID, scripts.hangs_queued())
    stack.program(
        f"""
MediaConvertJob("trailer", job_id="{JOB_ID}", wait={{"queue_timeout": "1s"}})
"""
    )

    run = stack.up()

    assert run.code != 0
    [line] = bullets(run.text)
    assert "queue" in line


def test_a_job_that_vanished_is_no_verdict(stack, emulator):
    """A job that was seen and then is unknown is neither passed nor forgotten."""
    emulator.add_job(
        JOB_ID, [*scripts.stalls(percent=10, reads=1).steps[:1], not_found()]
    )
    stack.configure("mediaconvert:waitNotFoundGrace", "300ms")
    stack.program(ONE_JOB)

    run = stack.up()

    assert run.code != 0
    [line] = bullets(run.text)
    assert JOB_ID in line
    assert "is gone" in line
    assert stack.resources()["trailer"]["outputs"]["verdict"] == "pending"
    assert "Traceback" not in run.text
