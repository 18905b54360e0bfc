"""`MediaConvertJob`: what a program declares, and what it reads."""

from __future__ import annotations

import pulumi
import pytest

from hosts import run_program
from jobs import JOB_ID, REGION
from pulumi_alicloud_mediaconvert import MediaConvertJob
from pulumi_alicloud_mediaconvert.hosts.hidden_keys import PREVIEW_KEY, SECRETS_KEY
from pulumi_alicloud_mediaconvert.input_names import INPUT_NAMES
from pulumi_alicloud_mediaconvert.resource import OUTPUT_NAMES
from pulumi_alicloud_mediaconvert.schema.outputs import JobOutput
from pulumi_alicloud_mediaconvert.text import HIDDEN


def job(**arguments):
    """Declare the job that all programs here are about."""
    return MediaConvertJob("trailer", job_id=JOB_ID, **arguments)


def test_a_job_is_registered_under_its_type_and_inputs():
    """The type token is a contract; what is not stated is not sent."""
    _, mocks, _ = run_program(
        lambda: job(region=REGION, triggers=[pulumi.Output.secret(1)]).id
    )

    [asked] = mocks.asked
    assert asked.typ == "pulumi-python:dynamic/mediaconvert:MediaConvertJob"
    assert asked.name == "trailer"
    stated = {"job_id", "region", "triggers"}
    assert asked.inputs.keys() == stated | {"__provider", SECRETS_KEY}
    assert asked.inputs["job_id"] == JOB_ID


def secret(value):
    """Make a secret."""
    return pulumi.Output.secret(value)


@pytest.mark.parametrize(
    ("declare", "names"),
    [
        pytest.param(job, None, id="none"),
        pytest.param(lambda: job(expect={"output_count": 2}), None, id="plain"),
        pytest.param(lambda: job(region=secret(REGION)), ["region"], id="region"),
        pytest.param(lambda: job(triggers=[secret(1)]), ["triggers"], id="triggers"),
        pytest.param(
            lambda: MediaConvertJob("trailer", job_id=secret(JOB_ID)),
            ["job_id"],
            id="job ID",
        ),
        pytest.param(
            lambda: job(expect=secret({"output_count": 2})), ["expect"], id="whole"
        ),
        pytest.param(
            lambda: job(expect={"outputs": [{"name": "a", "width": secret(2)}]}),
            ["expect"],
            id="nested",
        ),
        pytest.param(
            lambda: MediaConvertJob(
                "trailer",
                job_id=secret(JOB_ID),
                expect={"output_count": pulumi.Output.all(secret(1)).apply(len)},
            ),
            ["job_id", "expect"],
            id="both",
        ),
    ],
)
def test_the_names_of_secret_inputs_are_handed_over(declare, names):
    """The provider gets every value in clear, so it is told which are secret."""
    _, mocks, _ = run_program(lambda: declare().id)

    [asked] = mocks.asked
    assert asked.inputs.get(SECRETS_KEY) == names


@pytest.mark.parametrize("is_preview", [True, False], ids=["preview", "up"])
def test_a_preview_is_handed_over(is_preview):
    """The provider's `check` cannot tell a preview from an `up` by itself."""
    _, mocks, _ = run_program(lambda: job().urn, preview=is_preview)

    [asked] = mocks.asked
    assert asked.inputs.get(PREVIEW_KEY) is (True if is_preview else None)


def test_an_unknown_output_of_a_secret_job_does_not_name_the_job():
    """An error of the program is printed, whatever became of its values."""
    with pytest.raises(pulumi.RunError) as error:
        run_program(
            lambda: MediaConvertJob("trailer", job_id=secret(JOB_ID)).output("720p"),
        )

    assert str(error.value).startswith(f'job {HIDDEN} has no output "720p"; ')


def test_outputs_lift_down_to_the_streams():
    """`job.outputs[0].video_streams[0].codec` is an output like any other."""
    codec, _, _ = run_program(lambda: job().outputs[0].video_streams[0].codec)

    assert codec == "h264"


@pytest.mark.parametrize("name", ["480P-ts", "hls-group/480P-ts"])
def test_an_output_is_found_by_its_name(name):
    """`job.output(name)` gives the output, grouped or not, with typed fields."""
    found, _, _ = run_program(lambda: job().output(name))

    assert isinstance(found, JobOutput)
    assert (found.name, found.group, found.url) == ("480P-ts", "hls-group", None)


def test_an_unknown_output_of_a_passed_job_is_an_error_with_the_names():
    """A slip of the pen ends the program with one line."""
    with pytest.raises(pulumi.RunError) as error:
        run_program(lambda: job().output("720p"))

    assert str(error.value) == (
        f'job {JOB_ID} has no output "720p"; there are: "720P-mp4", "hls-group/480P-ts"'
    )


@pytest.mark.parametrize("verdict", ["failed", "inconclusive", "pending", "unverified"])
def test_an_unknown_output_of_another_job_has_no_fields(verdict):
    """A program that may go on does go on."""
    found, _, _ = run_program(lambda: job().output("nope"), verdict)

    assert (found.name, found.url, found.video_streams) == (None, None, None)


def test_urls_are_found_by_the_name_of_an_output():
    """`job.urls["…"]` is text, so that it fits an input that takes text."""
    found, _, _ = run_program(lambda: job().urls["720P-mp4"])

    assert isinstance(found, str)
    assert found.startswith("http")


@pytest.mark.parametrize("name", ["nope", "480P-ts"])
def test_a_name_without_a_url_is_an_error_once_the_job_has_passed(name):
    """An output without a URL is no more there than one that nobody ordered."""
    with pytest.raises(pulumi.RunError, match=rf'no urls\["{name}"\]; there are'):
        run_program(lambda: job().urls[name])

    found, _, _ = run_program(lambda: job().urls[name], "pending")
    assert found is None


GROUPS = {"output_groups": [{"name": "hls", "manifest_url": "http://a/b.m3u8"}]}


def test_manifests_are_found_by_the_name_of_their_group():
    """`job.manifest_urls["…"]` is text, too."""
    found, _, _ = run_program(lambda: job().manifest_urls["hls"], facts=GROUPS)

    assert found == "http://a/b.m3u8"


def test_a_group_without_a_manifest_is_an_error_once_the_job_has_passed():
    """As an output without a URL."""
    missing = r'no manifest_urls\["nope"\]; there are: "hls"'
    with pytest.raises(pulumi.RunError, match=missing):
        run_program(lambda: job().manifest_urls["nope"], facts=GROUPS)

    found, _, _ = run_program(lambda: job().manifest_urls["nope"], "pending")
    assert found is None


def test_the_facts_are_all_outputs_and_no_input():
    """`job.facts` is one plain mapping to export."""
    facts, _, _ = run_program(lambda: job().facts)

    assert facts.keys() == set(OUTPUT_NAMES)
    assert not facts.keys() & set(INPUT_NAMES)
    assert type(facts["outputs"][0]) is dict
    assert facts["outputs"][0]["video_streams"][0]["width"] == 1280


@pytest.mark.parametrize(
    ("given", "create", "update"),
    [
        pytest.param({"create": "77m"}, "77m", "77m", id="create serves for both"),
        pytest.param({"create": "77m", "update": "5m"}, "77m", "5m", id="both stated"),
        pytest.param({"update": "5m"}, "", "5m", id="update alone"),
        pytest.param({}, "", "", id="none"),
    ],
)
def test_the_time_to_create_serves_for_updates(given, create, update):
    """A wait that is resumed is an update, and has as long as the first one."""
    limits = pulumi.CustomTimeouts(**given, delete="9m")
    opts = pulumi.ResourceOptions(custom_timeouts=limits)

    _, _, monitor = run_program(lambda: job(opts=opts).id)

    sent = monitor.timeouts["trailer"]
    assert (sent.create, sent.update, sent.delete) == (create, update, "9m")
    assert limits.update == given.get("update")


def test_every_property_of_the_resource_is_declared():
    """Inputs and outputs together are the attributes that an editor knows."""
    declared = set(MediaConvertJob.__annotations__)

    assert declared == {*INPUT_NAMES, *OUTPUT_NAMES}
    assert not set(INPUT_NAMES) & set(OUTPUT_NAMES)
