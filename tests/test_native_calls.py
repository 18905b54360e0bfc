"""The native plugin answers the engine's calls for resources, in its own process."""

from __future__ import annotations

import pytest
from pulumi.runtime.proto.provider_pb2 import DiffResponse

from failed_calls import CallFailed
from jobs import JOB_ID, REGION
from plugin import JOB_SET, started
from pulumi_alicloud_mediaconvert.api.sanitizing import DEEPEST
from pulumi_alicloud_mediaconvert.emulator import scripts
from pulumi_alicloud_mediaconvert.schema.values import UNKNOWN, Secret

INPUTS = {"jobId": JOB_ID, "region": REGION}


@pytest.fixture
def plugin(api):
    """A plugin that asks the emulator."""
    inputs = {key.partition(":")[2]: value for key, value in api.config().items()}
    with started(**inputs) as plugin:
        yield plugin


def failing(call, *args, **kwargs):
    """Return how a call fails."""
    with pytest.raises(CallFailed) as failed:
        call(*args, **kwargs)
    return failed.value.failure


def created(plugin, **changes):
    """Create a resource; return its checked inputs and its state."""
    inputs = plugin.checked(INPUTS | changes)
    return inputs, plugin.create(inputs)[1]


def test_a_good_job_becomes_a_resource_with_its_facts(plugin, api):
    """Inputs and outputs have the names of programs, in the state as well."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())

    inputs = plugin.checked(INPUTS)
    id_, state = plugin.create(inputs)

    assert id_ == JOB_ID
    assert {name: state[name] for name in inputs} == inputs
    assert state["verdict"] == "passed"
    assert inputs["enforcementLevel"] == "mandatory"
    assert state["outputGroups"]


def test_a_failed_job_stops_the_up_and_keeps_its_facts(plugin, api):
    """The engine stores a state with each reason, and prints them as bullets."""
    api.add_job(JOB_ID, scripts.fails())

    failure = failing(plugin.create, plugin.checked(INPUTS))

    assert failure.id == JOB_ID
    assert failure.state["verdict"] == "failed"
    assert JOB_ID in failure.reasons[0]
    assert failure.inputs is None


def test_every_problem_with_inputs_is_listed_in_the_spelling_of_programs(plugin):
    """Nothing is asked of the API before the inputs are good."""
    expect = {"outputs": [{"name": "a", "durationSeconds": "long"}]}
    _, reasons = plugin.check({"jobId": "", "region": REGION, "expect": expect})

    assert [reason.partition(":")[0] for reason in reasons] == [
        "jobId",
        "expect.outputs[0].durationSeconds",
    ]


def test_a_missing_region_is_a_problem_and_no_unknown_value(api):
    """The engine would stop an `up` at that value, and show none of the problems."""
    with started(endpoint=api.endpoint) as plugin:
        inputs, [reason] = plugin.check({"jobId": JOB_ID})

    assert reason.startswith("region: no region: ")
    assert "region" not in inputs


def test_an_unchanged_resource_needs_no_update(plugin, api):
    """The defaults of the inputs are in the state."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    _, state = created(plugin)

    response = plugin.diff(state, plugin.checked(INPUTS))

    assert response.changes == response.DIFF_NONE


def test_a_preview_gives_all_outputs_of_a_job_that_has_ended_well(plugin, api):
    """Programs see in a preview what the `up` will give them."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    inputs = plugin.checked(INPUTS)

    id_, known = plugin.create(inputs, preview=True)

    assert id_ == ""
    assert known == plugin.create(inputs)[1]


def test_a_preview_of_unknown_inputs_gives_them_alone(plugin, api):
    """An ID that comes of another resource is known at the `up`."""
    inputs = plugin.checked(INPUTS | {"jobId": UNKNOWN})

    _, known = plugin.create(inputs, preview=True)

    assert known == inputs
    assert not api.requests


def test_a_secret_id_stays_secret_wherever_it_is_stored(plugin, api):
    """Marks come with inputs, and go with all that derives from them."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())

    inputs, state = created(plugin, jobId=Secret(JOB_ID))

    assert inputs["jobId"] == Secret(JOB_ID)
    in_clear = {
        name: value for name, value in state.items() if not isinstance(value, Secret)
    }
    assert in_clear["verdict"] == "passed"
    assert JOB_ID not in str(in_clear)


def test_a_refresh_reads_once_and_says_whether_anything_changed(plugin, api):
    """The comparison after it is about the facts, not about the inputs."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    inputs, state = created(plugin)
    asked = len(api.requests)

    seen, kept = plugin.read(state, inputs)
    response = plugin.diff(seen, inputs)

    assert seen == state
    assert kept == {}
    assert response.changes == response.DIFF_NONE
    assert len(api.requests) == asked + 1


def test_deleting_asks_nothing(plugin, api):
    """A job is never touched."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    created(plugin)
    asked = len(api.requests)

    plugin.call("Delete")

    assert len(api.requests) == asked


def test_a_set_is_one_resource(plugin, api):
    """Names of its jobs are the user's, and stay as they are."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    props = {"jobIds": {"the_intro": JOB_ID}, "region": REGION}
    inputs = plugin.checked(props, type_=JOB_SET)

    _, state = plugin.create(inputs, type_=JOB_SET)

    assert state["jobs"]["the_intro"]["verdict"] == "passed"


def test_one_read_of_a_job_is_a_function(plugin, api):
    """It gives the facts, and no verdict."""
    api.add_job(JOB_ID, scripts.fails())

    found = plugin.invoke("mediaconvert:index:getJob", jobId=JOB_ID, region=REGION)

    assert found["state"] == "Failed"
    assert "verdict" not in found


def test_urls_are_found_by_name(plugin, api):
    """Programs without `output()` take a URL by the name of its output."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())

    inputs, state = created(plugin)

    by_name = {
        one["name"]: one["url"] for one in state["outputs"] if "group" not in one
    }
    assert by_name
    assert by_name.items() <= state["urls"].items()
    assert plugin.read(state, inputs)[0]["urls"] == state["urls"]
    found = plugin.invoke("mediaconvert:index:getJob", jobId=JOB_ID, region=REGION)
    assert found["urls"] == state["urls"]


def test_values_may_be_as_deep_as_those_of_an_answer(plugin, api):
    """Facts of a job come back with the next call: what was stored is read again."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    deep: object = JOB_ID
    for _ in range(DEEPEST):
        deep = {"a": deep}

    inputs, state = created(plugin, triggers=[deep])

    assert inputs["triggers"] == [deep]
    assert plugin.diff(state, inputs).changes == DiffResponse.DIFF_NONE


@pytest.mark.parametrize("outputs", ["none", 3, [None], ["none"], {"name": "a"}])
def test_outputs_of_another_form_have_no_urls(plugin, api, outputs):
    """A newer version may have stored them: no reason to fail."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    inputs, state = created(plugin)

    known = plugin.update(state | {"outputs": outputs}, inputs, preview=True)

    assert known["outputs"] == outputs
    assert "urls" not in known


def test_urls_are_secret_where_the_outputs_are(plugin, api):
    """Paths of delivered files may hold the job's ID."""
    in_the_paths = "trailer"
    api.add_job(in_the_paths, scripts.succeeds_cleanly())

    _, state = created(plugin, jobId=Secret(in_the_paths))

    assert isinstance(state["outputs"], Secret)
    assert isinstance(state["urls"], Secret)


def test_defaults_of_gates_are_settings_of_the_provider(api):
    """A program may state them once; what a gate states itself counts before them."""
    api.add_job(JOB_ID, scripts.fails())
    inputs = {key.partition(":")[2]: value for key, value in api.config().items()}
    defaults = {
        "enforcementLevel": "advisory",
        "onInconclusive": "warn",
        "onPreview": "off",
        "waitQueueTimeout": "2h",
        "waitPollMax": 60,
        "region": REGION,
    }
    with started(**inputs | defaults) as plugin:
        job = plugin.checked({"jobId": JOB_ID, "onPreview": "warn"})
        job_set = plugin.checked({"jobIds": [JOB_ID]}, type_=JOB_SET)
        state, _ = plugin.read()

    for checked in (job, job_set):
        assert checked["enforcementLevel"] == "advisory"
        assert checked["onInconclusive"] == "warn"
        assert checked["region"] == REGION
        assert checked["wait"]["queueTimeout"] == 7200
        assert checked["wait"]["pollMax"] == 60
    assert (job["onPreview"], job_set["onPreview"]) == ("warn", "off")
    assert (state["verdict"], state["enforcementLevel"]) == ("failed", "advisory")


@pytest.mark.parametrize(
    ("setting", "value", "line"),
    [
        (
            "enforcementLevel",
            "hard",
            (
                "enforcementLevel (from mediaconvert:enforcementLevel): must be"
                " 'mandatory', 'advisory' or 'disabled', got 'hard'"
            ),
        ),
        (
            "waitTimeout",
            "soon",
            (
                "configuration: mediaconvert:waitTimeout: must be a duration such as"
                ' "90s" or "1h30m", or seconds, got \'soon\''
            ),
        ),
        (
            "waitTimeout",
            "long" * 100,
            (
                "configuration: mediaconvert:waitTimeout: must be a duration such as"
                ' "90s" or "1h30m", or seconds, got text'
            ),
        ),
        (
            "maxRequestsPerSecond",
            "fast",
            "configuration: mediaconvert:maxRequestsPerSecond: ",
        ),
    ],
)
def test_a_wrong_setting_is_named_at_the_gate_that_needs_it(setting, value, line):
    """`destroy` needs none of them, so the provider itself refuses nothing."""
    keys = {"accessKey": "a", "secretKey": "b", "region": REGION}
    with started(**keys | {setting: value}) as plugin:
        _, reasons = plugin.check(INPUTS)

    assert [reason[: len(line)] for reason in reasons] == [line]


def test_a_level_that_may_mean_two_is_refused(plugin):
    """4.0 arrives as 4, which is AV1's count of level 3.0."""
    video = [{"codec": "av1", "level": {"min": 4}}]
    expect = {"outputs": [{"name": "a", "video": video}]}

    _, (reason,) = plugin.check({"jobId": "j", "region": REGION, "expect": expect})

    assert reason.startswith("expect.outputs[0].video[0].level.min: may mean level 4.0")


def test_what_is_wrong_with_a_secret_input_is_not_quoted(plugin):
    """Problems that the host finds are redacted like all others."""
    expect = Secret({"outputs": [{"name": "a", "video": {"level": 4}}]})

    _, reasons = plugin.check({"jobId": "j", "region": REGION, "expect": expect})

    assert "secret" in reasons[0]
    assert "4" not in reasons[0]


def test_what_was_found_names_facts_as_programs_do(plugin, api):
    """Lines are for people; paths are data, the same in every program."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    expect = {
        "outputCount": 77,
        "outputs": [
            {"where": {"fileSizeBytes": {"min": 1}}, "averageKbps": {"min": 9e9}}
        ],
    }

    failure = failing(plugin.create, plugin.checked(INPUTS | {"expect": expect}))

    lines = "\n".join(failure.reasons)
    assert "outputCount: expected 77" in lines
    assert "averageKbps" in lines
    assert "_" not in lines
    assert "output_count" in [one["path"] for one in failure.state["mismatches"]]
    texts = [one["text"] for one in failure.state["mismatches"]]
    # One cause is one line, which names all its outputs.
    ends = [text.rpartition('": ')[2] for text in texts]
    assert all(any(line.endswith(end) for end in ends) for line in failure.reasons[1:])
    assert all(any(line.endswith(end) for line in failure.reasons[1:]) for end in ends)
