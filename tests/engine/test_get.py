"""`MediaConvertJob.get` on the real engine: read, judged, and never managed."""

from __future__ import annotations

import json

import pytest
from programs import DOWNSTREAM, JOB_ID, NAME
from terminal import bullets, error_lines

from pulumi_alicloud_mediaconvert.emulator import Step, faults, scripts

READ = f'job = MediaConvertJob.get("trailer", "{JOB_ID}"%s)\n'


def test_a_job_is_read_live_in_preview_and_up(stack, emulator):
    """One look each, with the region of the stack; nothing is created of it."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.program(
        READ % ', expect={"output_count": 4}' + 'pulumi.export("verdict", job.verdict)'
    )

    preview = stack.preview()
    run = stack.up()

    assert preview.code == 0, preview.text
    assert 'verdict: "passed"' in preview.text
    assert run.code == 0, run.text
    assert stack.outputs() == {"verdict": "passed"}
    kept = stack.resources()["trailer"]
    assert kept["external"] is True
    assert kept["outputs"]["region"] == "cn-shanghai"
    assert len(emulator.requests) == 2
    assert stack.destroy().code == 0
    assert len(emulator.requests) == 2


def test_a_bad_verdict_of_a_job_that_is_read_is_a_gate(stack, emulator):
    """What depends on it is not created; an accepted verdict warns and goes on."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.program(READ % ', expect={"output_count": 5}' + DOWNSTREAM)

    run = stack.up()

    assert run.code != 0
    assert "Traceback" not in run.text
    assert bullets(run.text) == [
        f"{NAME} ended Success, but 1 check failed.",
        "output_count: expected 5, got 4",
    ]
    assert not run.on_row("trailer", "warning")
    assert "publish" not in stack.resources()

    stack.program(
        READ % ', expect={"output_count": 5}, enforcement_level="advisory"' + DOWNSTREAM
    )
    advisory = stack.up()

    assert advisory.code == 0, advisory.text
    assert any("expected 5, got 4" in line for line in advisory.diagnostics())
    assert "publish" in stack.resources()


def test_a_job_that_is_read_is_never_waited_for(stack, emulator):
    """A job under way is `pending`, which the enforcement rejects."""
    emulator.add_job(JOB_ID, scripts.stalls(percent=66))
    stack.program(READ % "")

    run = stack.up()

    assert run.code != 0
    assert bullets(run.text) == [f"{NAME} has not ended: Running 66%."]
    assert len(emulator.requests) == 1


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        pytest.param("", f"error: no job {JOB_ID} in cn-shanghai (", id="unknown job"),
        pytest.param(
            ', region="shanghai!"',
            f"error: job {JOB_ID}: its inputs are refused (region: ",
            id="bad input",
        ),
    ],
)
def test_what_cannot_be_read_is_one_line(stack, emulator, arguments, line):
    """Neither an unknown job nor a bad input ends in a traceback."""
    stack.program(READ % arguments)

    run = stack.up()

    assert run.code != 0
    assert "Traceback" not in run.text
    [found] = {one for one in error_lines(run.text) if JOB_ID in one}
    assert found.startswith(line)
    assert len(emulator.requests) <= 1


def test_a_job_that_is_read_by_a_secret_id_keeps_it_secret(stack, emulator):
    """The ID of a resource cannot be secret; all that tells of the job's is."""
    told = Step("Success", fields={"UserData": f"made for {JOB_ID}"})
    emulator.add_job(JOB_ID, told)
    stack.program(
        f"""
job = MediaConvertJob.get("trailer", pulumi.Output.secret("{JOB_ID}"))
pulumi.export("user_data", job.user_data)
"""
    )

    run = stack.up()

    assert run.code == 0, run.text
    assert stack.outputs() == {"user_data": "[secret]"}
    kept = stack.resources()["trailer"]
    assert kept.pop("id") == JOB_ID
    assert JOB_ID not in json.dumps(kept)


def test_a_read_is_given_up_after_its_time_limit(stack, emulator):
    """The SDK sends no limits for it; one look is all that fits."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    emulator.faults.add(faults.hang(None), job_id=JOB_ID)
    limits = "pulumi.ResourceOptions(custom_timeouts={'read': '2s'})"
    stack.program(READ % f", opts={limits}")

    run = stack.up()

    assert run.code != 0
    assert "Traceback" not in run.text
    assert len(emulator.requests) == 1


def test_a_time_limit_of_a_read_that_is_none_is_one_line(stack, emulator):
    """Nothing is asked of the API."""
    limits = "pulumi.ResourceOptions(custom_timeouts={'read': 'soon'})"
    stack.program(READ % f", opts={limits}")

    run = stack.up()

    assert run.code != 0
    assert any("custom_timeouts.read" in line for line in error_lines(run.text))
    assert "Traceback" not in run.text
    assert not emulator.requests
