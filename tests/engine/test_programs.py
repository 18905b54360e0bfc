"""What programs state and read on the real engine, right and wrong."""

from __future__ import annotations

from programs import JOB_ID, ONE_JOB

from pulumi_alicloud_mediaconvert.emulator import scripts


def test_bad_inputs_are_refused_all_at_once_with_their_paths(stack, emulator):
    """Every problem of a resource is listed, in the preview already."""
    stack.program(
        """
MediaConvertJob("trailer", job_id="two words", region="cn-shanghia!",
    enforcement_level="strict", wait={"timeot": "2h", "poll_min": "soon"})
"""
    )

    for run in (stack.preview(), stack.up()):
        assert run.code != 0
        assert "Traceback" not in run.text
        for words in (
            "job_id: must be 1 to 128 printable ASCII characters without spaces",
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
