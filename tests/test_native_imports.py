"""What a person gets who imports a job by its ID, or reads one in a program."""

from __future__ import annotations

import grpc
import pytest

from failed_calls import CallFailed
from jobs import JOB_ID, REGION
from plugin import JOB_SET, started
from pulumi_alicloud_mediaconvert.emulator import scripts
from pulumi_alicloud_mediaconvert.schema.values import Secret

GET_JOB = "mediaconvert:index:getJob"


@pytest.fixture
def plugin(api):
    """A plugin with a region of its own, which asks the emulator."""
    inputs = {key.partition(":")[2]: value for key, value in api.config().items()}
    with started(**inputs | {"region": REGION}) as plugin:
        yield plugin


def failing(call, *args, **kwargs):
    """Return how a call fails."""
    with pytest.raises(CallFailed) as failed:
        call(*args, **kwargs)
    return failed.value.failure


def test_an_imported_job_is_verified_and_needs_its_id_alone(plugin, api):
    """A program that states what an import gives back sees no change."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())

    state, inputs = plugin.read()

    assert state["verdict"] == "passed"
    assert (state["region"], state["enforcementLevel"]) == (REGION, "mandatory")
    assert inputs == {"jobId": JOB_ID}
    plugin.diff(state, inputs)  # which the engine asks for after each read
    response = plugin.diff(state, plugin.checked(inputs, olds=inputs))
    assert response.changes == response.DIFF_NONE


def test_an_imported_job_that_failed_stays_one(plugin, api):
    """It becomes a resource whose next `up` is stopped, with all that is known."""
    api.add_job(JOB_ID, scripts.fails())

    failure = failing(plugin.read)

    assert failure.id == JOB_ID
    assert failure.state["verdict"] == "failed"
    assert failure.inputs == {"jobId": JOB_ID}
    assert failure.reasons[0].startswith(f"job {JOB_ID} ({REGION}) ended Failed")


@pytest.mark.parametrize(
    ("id_", "words"),
    [
        (JOB_ID, f"no job {JOB_ID} in {REGION}"),
        ("two words", "jobId: must be 1 to 128 printable ASCII characters"),
        (" ", "jobId: must not be empty"),
    ],
)
def test_an_id_that_is_none_is_one_line_and_no_resource(plugin, id_, words):
    """The line says what to check; the engine keeps nothing."""
    failure = failing(plugin.read, id_=id_)

    assert failure.code == grpc.StatusCode.FAILED_PRECONDITION
    assert words in failure.text
    assert "\n" not in failure.text
    assert failure.state == {}


def test_blanks_around_an_id_are_none_of_it(plugin, api):
    """What is copied from a console is the same job."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())

    state, inputs = plugin.read(id_=f" {JOB_ID} ")

    assert state["jobId"] == inputs["jobId"] == JOB_ID


def test_a_set_has_no_id_to_import_it_by(plugin, api):
    """One line says so, and where sets come from; nothing is asked."""
    failure = failing(plugin.read, id_="7f3e", type_=JOB_SET)

    assert failure.text.startswith(
        'A set of jobs cannot be imported or read by an ID, got "7f3e":'
    )
    assert "\n" not in failure.text
    assert api.requests == ()


def test_a_program_that_reads_a_job_may_state_inputs_of_it(plugin, api):
    """`.get` with other demands than the success of all: the ID need not be there."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    stated = {
        "expect": {"outputCount": 99},
        "enforcementLevel": "advisory",
        "onPreview": "off",
    }

    state, _ = plugin.read(stated, stated)

    assert state["verdict"] == "failed"
    assert state["jobId"] == JOB_ID
    assert any("outputCount" in line for line in plugin.engine.warnings())


def test_a_function_needs_neither_a_verdict_nor_the_end_of_the_job(plugin, api):
    """It is one read, by the region of the provider."""
    api.add_job(JOB_ID, scripts.stalls(percent=66))

    found = plugin.invoke(GET_JOB, jobId=JOB_ID)

    assert (found["state"], found["percent"]) == ("Running", 66)
    assert found["region"] == REGION
    assert len(found["factsDigest"]) == 64
    assert len(api.requests) == 1


@pytest.mark.parametrize(
    ("args", "line"),
    [
        ({"jobId": ""}, "getJob: jobId: must not be empty"),
        ({"jobId": 5}, "getJob: jobId: must be text, got a number"),
        ({}, "getJob: jobId: must be text, got null"),
        (
            {"jobId": JOB_ID, "region": 5},
            "getJob: region: must be text, got a number",
        ),
        (
            {"jobId": JOB_ID, "region": "cn-shangai"},
            'getJob: "cn-shangai" is not a known region: did you mean "cn-shanghai"?',
        ),
        (
            {"jobId": JOB_ID, "job_id": JOB_ID},
            "getJob: jobId: is also set as `job_id`; keep one of the two",
        ),
    ],
    ids=str,
)
def test_wrong_arguments_of_a_function_are_one_line(plugin, api, args, line):
    """By the names that programs have for them, before anything is asked."""
    assert failing(plugin.invoke, GET_JOB, **args).text == line
    assert api.requests == ()


def test_an_unknown_job_ends_a_function_without_its_secret_id(plugin):
    """What is wrong is said; what is secret is not."""
    failure = failing(plugin.invoke, GET_JOB, jobId=Secret(JOB_ID))

    assert failure.text.startswith("getJob: ")
    assert JOB_ID not in failure.text
    assert "[secret]" in failure.text
