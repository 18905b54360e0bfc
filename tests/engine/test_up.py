"""`pulumi up` on the real engine: what passes, what stops, what stays in the state."""

from __future__ import annotations

from programs import DOWNSTREAM, JOB_ID, NAME, ONE_JOB
from terminal import bullets, error_lines

from pulumi_alicloud_mediaconvert.emulator import scripts


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


# By the name of the resource: how its job ends, and how the lines of it begin.
BAD_ENDS = {
    "failed": (
        scripts.fails(),
        [
            (
                'ended Failed: InvalidParameter.ResourceContentBad, "The resource'
                ' operated InputFile is bad" (request '
            ),
        ],
    ),
    "in-the-other-vocabulary": (
        scripts.fails(vocabulary=scripts.COMPLETE_ERROR),
        ["ended Failed: InvalidParameter.ResourceContentBad, "],
    ),
    "cancelled": (scripts.cancelled(), ["ended Cancelled"]),
    "one-output-failed": (
        scripts.one_output_fails(),
        [
            "ended Success, but 1 check failed.",
            'output "audio-m4a": status: expected Success, got Failed',
        ],
    ),
    "one-output-skipped": (
        scripts.skips_output(),
        [
            "ended Success, but 1 check failed.",
            'output "audio-m4a": status: expected Success, got Skipped',
        ],
    ),
}


def test_a_bad_end_stops_the_deployment_in_clean_lines(stack, emulator):
    """A bad job stops the `up` with one bullet a problem; its facts are kept."""
    ids = {name: f"{number:032x}" for number, name in enumerate(BAD_ENDS)}
    for name, (script, _) in BAD_ENDS.items():
        emulator.add_job(ids[name], script)
    stack.program(
        f"for name, job_id in {ids}.items():\n"
        "    MediaConvertJob(name, job_id=job_id)\n"
    )

    run = stack.up("--continue-on-error")

    assert run.code != 0
    assert "Traceback" not in run.text
    kept = stack.resources()
    for name, (_, (first, *others)) in BAD_ENDS.items():
        [error] = run.on_row(name, "error")
        found = bullets(error)
        starts = [f"job {ids[name]} (cn-shanghai) {first}", *others]
        assert len(found) >= len(starts), error
        for line, start in zip(found, starts, strict=False):
            assert line.startswith(start), error
        assert kept[name]["initErrors"]
        assert kept[name]["outputs"]["verdict"] == "failed"
        assert kept[name]["outputs"]["job_id"] == ids[name]

    again = stack.up("--continue-on-error")

    assert again.code != 0
    # Each job is read again; what is the same is the answer.
    for name in BAD_ENDS:
        assert again.on_row(name, "error") == run.on_row(name, "error")

    for job_id in ids.values():
        emulator.add_job(job_id, scripts.succeeds_cleanly())
    cured = stack.up()

    assert cured.code == 0, cured.text
    kept = stack.resources()
    for name in BAD_ENDS:
        assert "initErrors" not in kept[name]
        assert kept[name]["outputs"]["verdict"] == "passed"


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
