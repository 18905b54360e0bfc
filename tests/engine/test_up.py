"""`pulumi up` on the real engine: what passes, what stops, what stays in the state."""

from __future__ import annotations

import pytest
from programs import DOWNSTREAM, JOB_ID, NAME, ONE_JOB
from terminal import bullets, error_lines

from pulumi_alicloud_mediaconvert.emulator import faults, scripts


def test_a_good_job_passes_and_its_fields_are_stack_outputs(stack, emulator):
    """The vendor's own sample, oddities included, passes and is readable outside."""
    emulator.add_job(JOB_ID, scripts.succeeds())
    stack.program(ONE_JOB)

    run = stack.up()

    assert run.code == 0, run.text
    outputs = stack.outputs()
    facts = outputs["facts"]
    assert outputs["url"] == (
        "http://bucket.oss-cn-shanghai.aliyuncs.com/path/to/file.m3u8"
    )
    assert facts["verdict"] == "passed"
    assert facts["state"] == "Success"
    assert facts["user_data"] == '{"videoId": "ddd333"}'
    assert [one.get("group") for one in facts["outputs"]] == [None, "hls-group"]
    assert facts["outputs"][0]["video_streams"][0]["width"] == 848
    assert facts["outputs"][0]["file"]["file_size_bytes"] == 31737
    assert len(emulator.requests) == 1


BAD_ENDS = {
    "failed": (
        scripts.fails(),
        [
            (
                f"{NAME} ended Failed: InvalidParameter.ResourceContentBad, "
                '"The resource operated InputFile is bad". The input file cannot be '
                "decoded; check that it is complete"
            ),
        ],
        "failed",
    ),
    "failed in the other vocabulary": (
        scripts.fails(vocabulary=scripts.COMPLETE_ERROR),
        [f"{NAME} ended Failed: InvalidParameter.ResourceContentBad, "],
        "failed",
    ),
    "cancelled": (scripts.cancelled(), [f"{NAME} ended Cancelled"], "failed"),
    "one output failed": (
        scripts.one_output_fails(),
        [
            f"{NAME} ended Success, but 1 check failed.",
            'output "audio-m4a": status: expected Success, got Failed',
        ],
        "failed",
    ),
    "one output skipped": (
        scripts.skips_output(),
        [
            f"{NAME} ended Success, but 1 check failed.",
            'output "audio-m4a": status: expected Success, got Skipped',
        ],
        "failed",
    ),
}


@pytest.mark.parametrize(
    ("script", "expected", "verdict"), BAD_ENDS.values(), ids=BAD_ENDS
)
def test_a_bad_end_stops_the_deployment_in_clean_lines(
    stack, emulator, script, expected, verdict
):
    """A bad job stops the `up` with one bullet a problem; its facts are kept."""
    emulator.add_job(JOB_ID, script)
    stack.program(ONE_JOB)

    run = stack.up()

    assert run.code != 0
    assert "Traceback" not in run.text
    found = bullets(run.text)
    assert len(found) >= len(expected), run.text
    for line, start in zip(found, expected, strict=False):
        assert line.startswith(start), run.text
    kept = stack.resources()["trailer"]
    assert kept["initErrors"]
    assert kept["outputs"]["verdict"] == verdict
    assert kept["outputs"]["job_id"] == JOB_ID

    again = stack.up()

    assert again.code != 0
    # The job is looked at anew; what is the same is the answer.
    assert bullets(again.text) == found

    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    cured = stack.up()

    assert cured.code == 0, cured.text
    assert "initErrors" not in stack.resources()["trailer"]
    assert stack.outputs()["facts"]["verdict"] == "passed"


def test_what_depends_on_a_failed_job_is_not_created(stack, emulator):
    """The gate: no downstream resource, neither at once nor after a refresh."""
    emulator.add_job(JOB_ID, scripts.fails())
    stack.program(ONE_JOB + DOWNSTREAM)

    assert stack.up().code != 0
    assert "publish" not in stack.resources()

    refreshed = stack.refresh()

    assert "Traceback" not in refreshed.text
    assert "publish" not in stack.resources()
    after = stack.up()
    assert after.code != 0
    assert bullets(after.text)[0].startswith(f"{NAME} ended Failed")
    assert "publish" not in stack.resources()

    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())

    assert stack.up().code == 0
    published = stack.resources()["publish"]["outputs"]
    assert published["url"].startswith("http")


def test_an_unknown_job_is_named_with_its_region(stack, emulator):
    """A job that stays unknown after the grace stops the `up` with one line."""
    stack.configure("mediaconvert:waitNotFoundGrace", "300ms")
    stack.program(ONE_JOB)

    run = stack.up()

    assert run.code != 0
    assert "Traceback" not in run.text
    [line] = {line for line in error_lines(run.text) if JOB_ID in line}
    assert line.startswith(f"error: no job {JOB_ID} in cn-shanghai")
    assert "Check the job ID, the region and the account" in line
    assert "trailer" not in stack.resources()

    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())

    assert stack.up().code == 0


def test_an_advisory_job_warns_on_its_row_in_every_up(stack, emulator):
    """Under `advisory` a bad job goes on, and each later `up` repeats the warning."""
    emulator.add_job(JOB_ID, scripts.one_output_fails())
    stack.program(
        f'job = MediaConvertJob("trailer", job_id="{JOB_ID}", '
        f'enforcement_level="advisory")\n{DOWNSTREAM}'
    )

    for _ in range(2):
        run = stack.up()

        assert run.code == 0, run.text
        assert any('output "audio-m4a"' in line for line in run.diagnostics())
    assert "publish" in stack.resources()
    assert len(emulator.requests) == 1


def test_a_passing_fault_changes_nothing(stack, emulator):
    """Throttling and a broken connection are retried, and leave no trace."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    emulator.faults.add(faults.throttle(times=1, retry_after_ms=10))
    emulator.faults.add(faults.cut_connection(times=1))
    stack.program(ONE_JOB)

    run = stack.up()

    assert run.code == 0, run.text
    assert "warning" not in run.text
