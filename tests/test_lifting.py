"""Parts of outputs that are not there: `None`, unless the verdict says all is there."""

from __future__ import annotations

import pulumi
import pytest

from hosts import UNSEEN, run_program
from jobs import JOB_ID
from pulumi_alicloud_mediaconvert import MediaConvertJob, MediaConvertJobSet
from pulumi_alicloud_mediaconvert.schema.outputs import JobFile, JobOutput

OTHER_VERDICTS = ["failed", "inconclusive", "pending", "unverified"]
# Of the job of these programs: what a program may ask for that is not there.
MISSING = {
    "a field of a file": lambda job: job.output("720P-mp4").file.width,
    "a field of an output that nobody knows": lambda job: job.output("x").file.width,
    "a field that has a name of the SDK's": lambda job: job.outputs[0].file.format,
    "a stream of an output without any": lambda job: (
        job.outputs[1].video_streams[0].codec
    ),
    "an index": lambda job: job.outputs[7].audio_streams[1].lang,
    "a group": lambda job: job.output_groups[0].manifest_url,
    "a key of a mapping": lambda job: job.config["Outputs"][0]["Name"],
    "a second stream": lambda job: job.outputs[0].video_streams[1].width,
    "a name that is an output": lambda job: (
        job.output(pulumi.Output.from_input("x")).file.width
    ),
}
# Of these an answer knows nothing, whatever the verdict.
UNREPORTED = [
    "a field of a file",
    "a field that has a name of the SDK's",
    "a stream of an output without any",
    "a group",
    "a key of a mapping",
]


def job(**arguments):
    """Declare the job that all programs here are about."""
    return MediaConvertJob("trailer", job_id=JOB_ID, **arguments)


@pytest.mark.parametrize("verdict", OTHER_VERDICTS)
@pytest.mark.parametrize("part", MISSING.values(), ids=MISSING)
def test_a_part_that_is_not_there_is_none(part, verdict):
    """A program that may go on does go on, however deep it reads."""
    given, _, _ = run_program(lambda: part(job()), verdict)

    assert given is None


@pytest.mark.parametrize("name", MISSING)
def test_of_a_passed_job_what_is_asked_for_must_be_there(name):
    """What the API did not report is `None`; a slip of the pen is an error."""
    if name in UNREPORTED:
        given, _, _ = run_program(lambda: MISSING[name](job()))
        assert given is None
        return
    with pytest.raises(pulumi.RunError, match=r"there (is|are)"):
        run_program(lambda: MISSING[name](job()))


@pytest.mark.parametrize("part", MISSING.values(), ids=MISSING)
def test_a_preview_knows_no_part_of_a_job_that_it_has_not_seen(part):
    """Unknown is not `None`: whatever consumes it is known later."""
    seen: list[object] = []

    def program():
        part(job()).apply(seen.append)
        return pulumi.Output.from_input(None)

    run_program(program, UNSEEN, preview=True)

    assert seen == []


def test_what_there_is_is_listed_by_its_names():
    """The line says what was asked for in the words of the program."""
    with pytest.raises(pulumi.RunError) as error:
        run_program(lambda: job().outputs[0].video_streams[4].codec)

    assert str(error.value).startswith("there is no outputs[0].video_streams[4]; ")


def a_set(**arguments):
    """Declare a set of jobs."""
    return MediaConvertJobSet("library", job_ids={"intro": JOB_ID}, **arguments)


def test_a_job_that_a_set_does_not_have_is_told_with_those_it_has():
    """As for an output: an error with the names if all passed, else `None`."""
    jobs = {"intro": {"job_id": JOB_ID}, "outro": {"job_id": "b"}}

    def entry(name):
        return lambda: a_set().jobs[name].code

    assert run_program(entry("gone"), "pending", facts={"jobs": jobs})[0] is None
    assert run_program(entry("intro"), facts={"jobs": jobs})[0] is None
    with pytest.raises(pulumi.RunError) as error:
        run_program(entry("gone"), facts={"jobs": jobs})
    assert str(error.value) == 'there is no jobs["gone"]; there are: "intro", "outro"'


def test_names_of_a_secret_set_are_not_listed():
    """The text of an error is printed."""
    jobs = pulumi.Output.secret

    with pytest.raises(pulumi.RunError) as error:
        run_program(
            lambda: a_set().jobs["gone"], facts=lambda: {"jobs": jobs({"intro": {}})}
        )

    assert "intro" not in str(error.value)


def test_what_is_there_keeps_its_type():
    """A part is of the class that is documented, and a misspelt field is an error."""
    found, _, _ = run_program(lambda: job().outputs[0])
    stream, _, _ = run_program(lambda: job().outputs[0].video_streams[0].codec)

    assert isinstance(found, JobOutput)
    assert stream == "h264"
    with pytest.raises(AttributeError):
        run_program(lambda: job().outputs[0].ulr)
    assert "format" in JobFile.__annotations__
