"""`refresh`, `destroy` and changed inputs on the real engine."""

from __future__ import annotations

from languages import gate
from programs import DOWNSTREAM, JOB_ID, NAME, ONE_JOB
from terminal import bullets

from pulumi_alicloud_mediaconvert.emulator import Step, faults, scripts


def test_destroy_forgets_all_records_and_asks_nobody(stack, emulator):
    """Neither a kept failure nor a lack of credentials is in its way."""
    emulator.add_job("good", scripts.succeeds_cleanly())
    emulator.add_job("bad", scripts.fails())
    stack.program(
        'for name in ("good", "bad"):\n    MediaConvertJob(name, job_id=name)\n'
    )
    assert stack.up("--continue-on-error").code != 0
    assert {"good", "bad"} <= {*stack.resources()}
    asked = len(emulator.requests)
    del stack.variables["ALIBABA_CLOUD_ACCESS_KEY_SECRET"]

    run = stack.destroy()

    assert run.code == 0, run.text
    assert not {"good", "bad"} & {*stack.resources()}
    assert len(emulator.requests) == asked


def test_a_trigger_verifies_anew(stack, emulator):
    """A changed trigger looks at the job again and judges what it sees."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.program(ONE_JOB)
    assert stack.up().code == 0
    emulator.add_job(JOB_ID, scripts.one_output_fails())
    stack.program(ONE_JOB.replace('")\npulumi', '", triggers=[2])\npulumi', 1))

    run = stack.up()

    assert run.code != 0
    assert bullets(run.text)[0].startswith(f"{NAME} ended Success, but 1 check failed")


def test_a_refresh_of_a_job_that_went_bad_closes_the_gate(stack, emulator):
    """A verdict that turned bad is kept as a failure, and the next `up` stops."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.program(ONE_JOB)
    assert stack.up().code == 0
    emulator.add_job(JOB_ID, scripts.one_output_fails())

    refreshed = stack.refresh()
    stack.program(ONE_JOB + DOWNSTREAM)
    run = stack.up()

    assert "Traceback" not in refreshed.text
    assert stack.resources()["trailer"]["outputs"]["verdict"] == "failed"
    assert run.code != 0
    assert "publish" not in stack.resources()


def test_a_refresh_shows_what_has_changed_and_nothing_else(stack, emulator):
    """Drift of the verdict, facts and staleness are shown; an unchanged job is not."""
    emulator.add_job(JOB_ID, Step("Success", fields={"UserData": "first"}))
    stack.program(ONE_JOB)
    assert stack.up().code == 0

    unchanged = stack.refresh()
    emulator.add_job(JOB_ID, Step("Success", fields={"UserData": "second"}))
    facts = stack.refresh("--diff")
    after_facts = stack.up("--expect-no-changes")
    emulator.add_job(JOB_ID, scripts.one_output_fails())
    drift = stack.refresh("--diff")
    emulator.add_job(JOB_ID, [scripts.appears_late(reads=99).steps[0]])
    gone = stack.refresh("--diff")

    assert "2 unchanged" in unchanged.text
    assert '"first" => "second"' in facts.text
    assert "1 updated" in facts.text
    # What is stored is no change for the `up` that follows.
    assert after_facts.code == 0, after_facts.text
    assert '"passed" => "failed"' in drift.text
    assert "Refreshed resource is in an unhealthy state" in drift.text
    assert "false => true" in gone.text
    assert len(emulator.requests) == 5


def test_an_up_that_refreshes_first_still_waits(stack, emulator):
    """The end of the refresh within an `up` is not taken for an interruption."""
    emulator.add_job(JOB_ID, scripts.hangs_queued())
    stack.configure("mediaconvert:waitTimeout", "1s")
    stack.program(ONE_JOB)
    assert stack.up().code != 0
    stack.configure("mediaconvert:waitTimeout", "1m")
    emulator.add_job(JOB_ID, scripts.succeeds_slowly(reads=5))

    run = stack.up("--refresh")

    assert run.code == 0, run.text
    assert stack.outputs()["facts"]["verdict"] == "passed"


def test_a_refresh_keeps_what_it_cannot_read_and_passes_nothing(stack, emulator):
    """An API that refuses changes nothing, and a record that has gone no verdict.

    The latter is marked as stale. A job that has not ended stays a failure.
    """
    names = ["deaf", "gone", "failed", "runs"]
    emulator.add_job("deaf", scripts.succeeds_cleanly())
    emulator.add_job("gone", scripts.succeeds_cleanly())
    emulator.add_job("failed", scripts.fails())
    emulator.add_job("runs", scripts.stalls(percent=40))
    stack.configure("mediaconvert:waitTimeout", "1s")
    stack.program(f"for name in {names}:\n    MediaConvertJob(name, job_id=name)\n")
    assert stack.up("--continue-on-error").code != 0
    before = stack.resources()
    for name in ("gone", "failed"):
        emulator.add_job(name, [scripts.appears_late(reads=99).steps[0]])
    emulator.faults.add(faults.redirect("http://127.0.0.1:9/", None), job_id="deaf")

    run = stack.refresh()

    assert run.code != 0
    assert "Traceback" not in run.text
    [error] = run.on_row("deaf", "error")
    assert "deaf" in error
    assert "has not ended: Running 40%" in run.text
    after = stack.resources()
    assert after["deaf"]["outputs"] == before["deaf"]["outputs"]
    kept = {name: after[name]["outputs"] for name in names}
    assert {name: (one["verdict"], one["stale"]) for name, one in kept.items()} == {
        "deaf": ("passed", False),
        "gone": ("passed", True),
        "failed": ("failed", True),
        "runs": ("pending", False),
    }
    unhealthy = {name for name in names if after[name].get("initErrors")}
    assert unhealthy == {"failed", "runs"}


def test_an_update_that_is_interrupted_early_keeps_what_was_known(host_stack, emulator):
    """Ctrl-C before the first answer leaves the facts of the last `up` in the state."""
    stack = host_stack
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.program({"python": ONE_JOB, "yaml": gate(jobId=JOB_ID)})
    assert stack.up().code == 0
    asked = len(emulator.requests)
    emulator.faults.add(faults.hang(times=None))
    triggered = ONE_JOB.replace('")\npulumi', '", triggers=[2])\npulumi', 1)
    stack.program({"python": triggered, "yaml": gate(jobId=JOB_ID, triggers=[2])})

    run = stack.interrupt_when(
        lambda: emulator.wait_for_requests(asked + 1), "up", "--yes", "--skip-preview"
    )

    assert "Traceback" not in run.text
    kept = stack.resources()["trailer"]["outputs"]
    assert (kept["verdict"], kept["state"]) == ("pending", "Success")
    assert len(kept["outputs"]) == 4
