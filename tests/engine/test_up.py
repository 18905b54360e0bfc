"""`pulumi up` on the real engine: what passes, what stops, what stays in the state."""

from __future__ import annotations

import json

import pytest

from pulumi_alicloud_mediaconvert.emulator import faults, not_found, scripts

JOB_ID = "0a1b2c4579b5e748b99a27f6d63d4e5f"  # fits the mask of the vendor's sample
NAME = f"job {JOB_ID} (cn-shanghai)"

ONE_JOB = f"""
job = MediaConvertJob("trailer", job_id="{JOB_ID}")
pulumi.export("url", job.output("720P-mp4").url)
pulumi.export("facts", job.facts)
"""

# A downstream resource that the engine itself brings along.
DOWNSTREAM = """
from pulumi.dynamic import CreateResult, Resource, ResourceProvider

class Notes(ResourceProvider):
    def create(self, props):
        return CreateResult("published", props)

class Publish(Resource):
    pass

Publish(Notes(), "publish", {"url": job.output("720P-mp4").url},
        pulumi.ResourceOptions(depends_on=[job]))
"""


def bullets(text: str) -> list[str]:
    """Read the bullets that the engine prints below a failed resource."""
    lines = [line.strip() for line in text.splitlines()]
    return [line[2:] for line in lines if line.startswith("* ")]


def error_lines(text: str) -> list[str]:
    """Read the error lines of a resource's diagnostics, in their order."""
    lines = [line.strip() for line in text.splitlines()]
    return [line for line in lines if line.startswith("error: ")]


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
    assert "another region or account?" in line
    assert "trailer" not in stack.resources()

    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())

    assert stack.up().code == 0


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
    assert line.endswith("The job goes on; run `pulumi up` again to resume.")
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


def test_a_wrong_secret_is_one_line_without_the_signed_text(stack, emulator):
    """A wrong key stops with the vendor's code and what to do, and nothing leaks."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    right = stack.variables["ALIBABA_CLOUD_ACCESS_KEY_SECRET"]
    stack.variables["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "wrong" + right[::-1]
    stack.program(ONE_JOB)

    run = stack.up()

    assert run.code != 0
    assert "Traceback" not in run.text
    [line] = {line for line in error_lines(run.text) if JOB_ID in line}
    assert "SignatureDoesNotMatch" in line
    assert "x-acs" not in run.text
    assert stack.variables["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] not in run.text
    assert len(emulator.requests) == 1

    stack.variables["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = right

    assert stack.up().code == 0


def test_missing_credentials_name_every_place_that_was_looked_at(stack, emulator):
    """Without credentials one line says where they could stand."""
    keys = {
        name: stack.variables.pop(name)
        for name in ("ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET")
    }
    stack.variables["HOME"] = str(stack.folder)
    stack.program(ONE_JOB)

    run = stack.up()

    assert run.code != 0
    assert "Traceback" not in run.text
    lines = "\n".join(error_lines(run.text))
    for place in (
        "mediaconvert:accessKey",
        "alicloud:accessKey",
        "ALIBABA_CLOUD_ACCESS_KEY_ID",
    ):
        assert place in lines, run.text
    assert not emulator.requests
    assert "trailer" not in stack.resources()

    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.variables |= keys

    assert stack.up().code == 0


def test_keys_from_secret_configuration_stay_out_of_the_state(
    stack, emulator, key_material
):
    """A stack that is set up for pulumi_alicloud needs no further credentials."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.variables.pop("ALIBABA_CLOUD_ACCESS_KEY_ID")
    stack.variables.pop("ALIBABA_CLOUD_ACCESS_KEY_SECRET")
    stack.configure("alicloud:accessKey", key_material["id"], secret=True)
    stack.configure("alicloud:secretKey", key_material["secret"], secret=True)
    stack.program(ONE_JOB)

    run = stack.up()

    assert run.code == 0, run.text
    assert key_material["secret"] not in json.dumps(stack.export())


def test_a_temporary_key_sends_its_token_and_keeps_it_secret(
    stack, emulator, key_material
):
    """An STS token from the environment is used, and stands nowhere afterwards."""
    emulator.add_credentials("STS.key", key_material["secret"], key_material["token"])
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.variables["ALIBABA_CLOUD_ACCESS_KEY_ID"] = "STS.key"
    stack.variables["ALIBABA_CLOUD_SECURITY_TOKEN"] = key_material["token"]
    stack.program(ONE_JOB)

    run = stack.up("--debug", "--logtostderr", "--logflow", "-v=9")

    assert run.code == 0, run.text[-2000:]
    assert [request.has_security_token for request in emulator.requests] == [True]


@pytest.mark.parametrize("command", ["preview", "up"])
def test_bad_inputs_are_refused_all_at_once_with_their_paths(stack, emulator, command):
    """Every problem of a resource is listed, in the preview already."""
    stack.program(
        """
MediaConvertJob("trailer", job_id="two words", region="cn-shanghia!",
    enforcement_level="strict", wait={"timeot": "2h", "poll_min": "soon"})
"""
    )

    run = getattr(stack, command)()

    assert run.code != 0
    assert "Traceback" not in run.text
    for words in (
        "job_id: must be 1 to 128 printable characters without blanks",
        "region: ",
        "enforcement_level: must be 'mandatory', 'advisory' or 'disabled'",
        "wait.timeot: unknown key (did you mean `timeout`?)",
        "wait.poll_min: must be a duration",
    ):
        assert words in run.text, run.text
    assert not emulator.requests

    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.program(ONE_JOB)

    assert stack.up().code == 0


def test_inputs_may_be_outputs_at_any_depth(stack, emulator):
    """An input that another resource computes is taken, nested ones too."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.program(
        f"""
from pulumi.dynamic import CreateResult, Resource, ResourceProvider

class Submits(ResourceProvider):
    def create(self, props):
        return CreateResult("submitted", {{"job_id": "{JOB_ID}", "limit": "1m"}})

class Submission(Resource):
    job_id: pulumi.Output[str]
    limit: pulumi.Output[str]

made = Submission(Submits(), "submission", {{"job_id": None, "limit": None}})
job = MediaConvertJob("trailer", job_id=made.job_id, wait={{"timeout": made.limit}},
    triggers=[made.job_id])
pulumi.export("wait", job.wait)
"""
    )

    preview = stack.preview()
    run = stack.up()

    assert preview.code == 0, preview.text
    assert run.code == 0, run.text
    assert stack.outputs()["wait"]["timeout"] == 60


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


def test_an_unknown_output_name_lists_those_there_are(stack, emulator):
    """A slip in an output's name is an error with the names to choose from."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.program(
        f'job = MediaConvertJob("trailer", job_id="{JOB_ID}")\n'
        'pulumi.export("url", job.output("720p").url)\n'
    )

    run = stack.up()

    assert run.code != 0
    assert "Traceback" not in run.text
    assert 'has no output "720p"; there are: "720P-mp4"' in run.text


def test_a_second_stack_reads_the_facts_by_reference(make_stack, emulator):
    """What one stack exports, another one reads by `StackReference`."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    first = make_stack("first", "media")
    first.program(ONE_JOB)
    assert first.up().code == 0
    second = make_stack("second", "site")
    second.program(
        """
media = pulumi.StackReference("organization/media/first")
facts = media.get_output("facts")
pulumi.export("verdict", facts["verdict"])
pulumi.export("codec", facts["outputs"][0]["video_streams"][0]["codec"])
"""
    )

    run = second.up()

    assert run.code == 0, run.text
    assert second.outputs() == {"verdict": "passed", "codec": "h264"}


def test_a_passing_fault_changes_nothing(stack, emulator):
    """Throttling and a broken connection are retried, and leave no trace."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    emulator.faults.add(faults.throttle(times=1, retry_after_ms=10))
    emulator.faults.add(faults.cut_connection(times=1))
    stack.program(ONE_JOB)

    run = stack.up()

    assert run.code == 0, run.text
    assert "warning" not in run.text


def test_a_function_reads_a_job_at_plan_time(stack, emulator):
    """`get_media_convert_job` looks once, in the preview too, without a verdict."""
    emulator.add_job(JOB_ID, scripts.stalls(percent=40))
    stack.program(
        f"""
from pulumi_alicloud_mediaconvert import (
    get_media_convert_job, get_media_convert_job_output)

pulumi.export("now", get_media_convert_job("{JOB_ID}").percent)
pulumi.export("later", get_media_convert_job_output(
    pulumi.Output.from_input("{JOB_ID}")).state)
"""
    )

    run = stack.up()

    assert run.code == 0, run.text
    assert stack.outputs() == {"now": 40, "later": "Running"}


def test_a_function_that_cannot_read_ends_the_program_with_one_line(stack):
    """An unknown job is one clean line, not a traceback of the program."""
    stack.program(
        "from pulumi_alicloud_mediaconvert import get_media_convert_job\n"
        f'get_media_convert_job("{JOB_ID}")\n'
    )

    run = stack.up()

    assert run.code != 0
    assert f"no job {JOB_ID} in cn-shanghai" in run.text
    assert "Traceback" not in run.text


def test_a_job_that_vanished_is_no_verdict(stack, emulator):
    """A job that was seen and then is unknown is neither passed nor forgotten."""
    emulator.add_job(
        JOB_ID, [*scripts.stalls(percent=10, reads=1).steps[:1], not_found()]
    )
    stack.configure("mediaconvert:waitNotFoundGrace", "300ms")
    stack.program(ONE_JOB)

    run = stack.up()

    assert run.code != 0
    assert f"no job {JOB_ID}" in run.text
    assert "Traceback" not in run.text
