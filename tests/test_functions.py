"""`get_media_convert_job`: one look from a program, on a socket."""

from __future__ import annotations

import pickle
import threading
from typing import Any

import pulumi
import pytest

from credentials import URI_PATH, TokenServices
from jobs import JOB_ID
from loopback import HUNG_SECONDS
from pulumi_alicloud_mediaconvert import (
    ApiResponseError,
    ApiStatusError,
    AuthenticationError,
    ConfigurationError,
    GetMediaConvertJobResult,
    JobNotFoundError,
    JobOutput,
    JobOutputGroup,
    get_media_convert_job,
    get_media_convert_job_output,
)
from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.emulator import faults, scripts
from pulumi_alicloud_mediaconvert.testing import event_loop
from pulumi_alicloud_mediaconvert.verification.job_facts import job_facts

REGION = "cn-shanghai"


class NoEngine(pulumi.runtime.Mocks):
    """A program that only looks asks nothing of the engine."""

    def call(self, args):
        """Refuse invokes."""
        raise NotImplementedError(args.token)

    def new_resource(self, args):
        """Refuse resources."""
        raise NotImplementedError(args.name)


@pytest.fixture
def configure(api):
    """Configure the stack of the program to ask the emulator."""

    def configured(**changes):
        stated = {
            "mediaconvert:endpoint": api.url,
            "mediaconvert:region": REGION,
            "alicloud:accessKey": "testid",
            "alicloud:secretKey": "testsecret",
            **changes,
        }
        values = {key: value for key, value in stated.items() if value is not None}
        pulumi.runtime.set_all_config(values)

    configured()
    yield configured
    pulumi.runtime.set_all_config({})


def run(program):
    """Run a program that gives an output or a value, and return that value."""
    given: list[Any] = []

    def keep():
        made = program()
        if isinstance(made, pulumi.Output):
            return made.apply(given.append)
        return given.append(made)

    with event_loop():
        pulumi.runtime.set_mocks(NoEngine())
        pulumi.runtime.test(keep)()
    return given[0]


WAYS = {
    "plain": get_media_convert_job,
    "output": get_media_convert_job_output,
}
both_ways = pytest.mark.parametrize("look", WAYS.values(), ids=WAYS)


@both_ways
def test_a_look_gives_the_jobs_fields_and_typed_outputs(api, configure, look):
    """A program reads what the job delivered, by name and type."""
    del configure
    api.add_job(JOB_ID, scripts.succeeds_cleanly())

    found = run(lambda: look(f" {JOB_ID} "))

    assert isinstance(found, GetMediaConvertJobResult)
    assert (found.job_id, found.region, found.state) == (JOB_ID, REGION, "Success")
    assert [type(one) for one in found.outputs] == [JobOutput] * 4
    assert [type(one) for one in found.output_groups] == [JobOutputGroup]
    assert [one.codec for one in found.outputs[0].video_streams or []] == ["h264"]
    assert found.output("hls-group/480P-ts").group == "hls-group"
    assert len(found.facts_digest) == 64


@both_ways
def test_a_look_does_not_wait(api, configure, look):
    """A job under way is given as it is, after one call."""
    del configure
    api.add_job(JOB_ID, scripts.stalls(percent=66))

    found = run(lambda: look(JOB_ID))

    assert (found.state, found.percent) == ("Running", 66)
    assert len(api.requests) == 1


@both_ways
def test_a_failed_job_is_no_error(api, configure, look):
    """A look has no verdict: whoever asks decides what a failure means."""
    del configure
    api.add_job(JOB_ID, scripts.fails())

    found = run(lambda: look(JOB_ID))

    assert found.state == "Failed"
    assert found.code == "InvalidParameter.ResourceContentBad"


@both_ways
def test_the_region_of_the_call_goes_before_the_configured_one(api, configure, look):
    """A job in another region can be looked at."""
    del configure
    api.add_job(JOB_ID, scripts.succeeds_cleanly())

    found = run(lambda: look(JOB_ID, region="cn-beijing"))

    assert found.region == "cn-beijing"


def test_an_id_may_be_the_output_of_something_else(api, configure):
    """The output form takes values that are known only later."""
    del configure
    api.add_job(JOB_ID, scripts.succeeds_cleanly())

    found = run(
        lambda: (
            get_media_convert_job_output(
                pulumi.Output.from_input(JOB_ID),
                region=pulumi.Output.from_input(REGION),
            ).state
        )
    )

    assert found == "Success"


def test_an_error_about_a_secret_id_does_not_name_it(configure):
    """An error of the program is printed, whatever became of its values."""
    del configure

    with pytest.raises(pulumi.RunError) as error:
        run(lambda: get_media_convert_job_output(pulumi.Output.secret(JOB_ID)))

    assert str(error.value).startswith("get_media_convert_job: no job [secret] in ")
    assert JOB_ID not in str(error.value)


TROUBLE = [
    pytest.param({}, None, "x y", ConfigurationError, "printable", id="odd job ID"),
    pytest.param(
        {},
        None,
        JOB_ID,
        JobNotFoundError,
        f"no job {JOB_ID} in {REGION} (",
        id="unknown job",
    ),
    pytest.param(
        {},
        faults.vendor_error("Forbidden.RAM"),
        JOB_ID,
        AuthenticationError,
        "Forbidden.RAM",
        id="refused",
    ),
    pytest.param(
        {}, faults.redirect("/"), JOB_ID, ApiStatusError, "redirect", id="redirect"
    ),
    pytest.param({}, faults.huge_body(9), JOB_ID, ApiResponseError, "MiB", id="huge"),
    pytest.param(
        {"alicloud:secretKey": None},
        None,
        JOB_ID,
        ConfigurationError,
        "alicloud:secretKey",
        id="half keys",
    ),
    pytest.param(
        {"mediaconvert:region": None},
        None,
        JOB_ID,
        ConfigurationError,
        "no region",
        id="no region",
    ),
    pytest.param(
        {"mediaconvert:endpoint": "http://ims.example"},
        None,
        JOB_ID,
        ConfigurationError,
        "http is allowed for",
        id="plain http",
    ),
]


@both_ways
@pytest.mark.parametrize(("config", "fault", "job_id", "kind", "text"), TROUBLE)
def test_trouble_is_caught_by_its_class_and_printed_as_a_line(  # noqa: PLR0913, PLR0917  # a table
    api, configure, look, config, fault, job_id, kind, text
):
    """A program can catch it; one that does not ends with a line and no traceback."""
    configure(**config)
    if fault is not None:
        api.faults.add(fault)

    with pytest.raises(kind) as error:
        run(lambda: look(job_id))

    # What the SDK prints without a traceback.
    assert isinstance(error.value, pulumi.RunError)
    line = str(error.value)
    assert line.startswith("get_media_convert_job: ")
    assert text in line
    assert line.isprintable()
    assert "testsecret" not in line


@pytest.mark.parametrize("region", [7, ["cn-shanghai"], {}], ids=repr)
def test_a_region_that_is_no_text_is_refused(configure, region):
    """A slip of the pen in a program is caught as any other."""
    del configure

    with pytest.raises(ConfigurationError, match="region: must be text"):
        run(lambda: get_media_convert_job(JOB_ID, region=region))


def test_an_error_that_a_program_gets_carries_what_the_api_said(api, configure):
    """Code, status and request are values, in a pickle too."""
    del configure
    api.faults.add(faults.vendor_error("Forbidden.RAM"))

    with pytest.raises(AuthenticationError) as error:
        run(lambda: get_media_convert_job(JOB_ID))

    restored = pickle.loads(pickle.dumps(error.value))  # noqa: S301  # our own
    assert type(restored) is AuthenticationError
    assert vars(restored) == vars(error.value)
    assert restored.code == "Forbidden.RAM"
    assert restored.request_id


def test_looks_of_a_program_share_what_was_looked_up(
    api, configure, tmp_path, monkeypatch
):
    """A program with many looks asks for a temporary key once, and waits for no thread.

    Credentials that hang would else keep it from its end.
    """
    before = set(threading.enumerate())
    configure(**{"alicloud:accessKey": None, "alicloud:secretKey": None})
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    with TokenServices(api.add_credentials) as services:
        for name, value in {
            "HOME": str(tmp_path),
            "ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true",
            "ALIBABA_CLOUD_CREDENTIALS_URI": services.url + URI_PATH,
        }.items():
            monkeypatch.setenv(name, value)

        for look in (*WAYS.values(), *WAYS.values()):
            run(lambda look=look: look(JOB_ID))

    held_by = [
        thread for thread in set(threading.enumerate()) - before if not thread.daemon
    ]
    for thread in held_by:
        # Of a server of this test, perhaps, which is about to end.
        thread.join(HUNG_SECONDS)
    assert services.answers == ["uri"]
    assert not any(thread.is_alive() for thread in held_by)
    assert {request.access_key_id for request in api.requests} == {"STS.uri1"}


def test_an_unknown_output_of_a_result_lists_those_there_are(api, configure):
    """A slip of the pen is one line with every name that would do."""
    del configure
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    found = run(lambda: get_media_convert_job(JOB_ID))

    with pytest.raises(pulumi.RunError, match=r'no output "nope"; .* "720P-mp4"'):
        found.output("nope")


def test_every_fact_of_a_job_is_in_a_result():
    """What `MediaConvertJob` tells of the API, a look tells too."""
    told = set(GetMediaConvertJobResult.__annotations__)

    assert told == (set(Job.model_fields) - {"raw"}) | {"region", "facts_digest"}
    assert job_facts(Job()).keys() <= told
