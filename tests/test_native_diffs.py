"""What the native plugin calls a change, and what it says of resources without one."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi.runtime.proto import provider_pb2

from failed_calls import CallFailed
from jobs import JOB_ID, REGION
from plugin import JOB_SET, started
from pulumi_alicloud_mediaconvert.emulator import scripts
from pulumi_alicloud_mediaconvert.schema.values import UNKNOWN, Secret

OTHER_ID = "f" * 32
INPUTS: dict[str, Any] = {
    "jobId": JOB_ID,
    "region": REGION,
    "expect": {"outputs": [{"name": "720P-mp4", "video": {"fps": {"min": 10}}}]},
}
MANY = 1200


@pytest.fixture
def plugin(api):
    """A plugin that asks the emulator."""
    inputs = {key.partition(":")[2]: value for key, value in api.config().items()}
    with started(**inputs) as plugin:
        yield plugin


def stored(plugin, inputs, verdict="passed"):
    """Return the state of a resource with a verdict, as far as a diff goes."""
    checked = plugin.checked(inputs)
    return {**checked, "verdict": verdict, "mismatches": [], "skippedChecks": []}


def paths(response):
    """Return the places of a change with their kinds."""
    kind = provider_pb2.PropertyDiff.Kind
    assert all(one.inputDiff for one in response.detailedDiff.values())
    return {path: kind.Name(one.kind) for path, one in response.detailedDiff.items()}


def expecting(**video):
    """Return what is expected of a video."""
    return {"outputs": [{"name": "720P-mp4", "video": video}]}


@pytest.mark.parametrize(
    ("changed", "places"),
    [
        ({"triggers": ["a"]}, {"triggers[0]": "ADD"}),
        ({"enforcementLevel": "advisory"}, {"enforcementLevel": "UPDATE"}),
        ({"expect": None}, {"expect": "DELETE"}),
        (
            {"expect": expecting(fps={"min": 12}, bitrateKbps={"max": 9})},
            {
                "expect.outputs[0].video.fps.min": "UPDATE",
                "expect.outputs[0].video.bitrateKbps": "ADD",
            },
        ),
    ],
    ids=["triggers", "level", "no expectation", "within"],
)
def test_a_change_is_shown_where_it_is(plugin, changed, places):
    """`replaceOnChanges` is matched with these paths, in the spelling of programs."""
    state = stored(plugin, INPUTS)
    news = {name: one for name, one in {**INPUTS, **changed}.items() if one is not None}

    response = plugin.diff(state, plugin.checked(news))

    assert response.changes == response.DIFF_SOME
    assert response.hasDetailedDiff
    assert paths(response) == places
    assert {*response.diffs} == {*changed}
    assert not response.replaces


@pytest.mark.parametrize(
    ("name", "value"), [("jobId", OTHER_ID), ("region", "cn-beijing")]
)
def test_another_job_replaces_the_resource(plugin, name, value):
    """The ID of a job in its region is what a resource is about."""
    state = stored(plugin, INPUTS)

    response = plugin.diff(state, plugin.checked({**INPUTS, name: value}))

    assert [*response.replaces] == [name]
    assert paths(response) == {name: "UPDATE_REPLACE"}


def test_an_unknown_id_replaces_in_a_preview(plugin):
    """It may be another job; the engine then shows what may become of it."""
    state = stored(plugin, INPUTS)

    response = plugin.diff(state, plugin.checked({**INPUTS, "jobId": UNKNOWN}))

    assert [*response.replaces] == ["jobId"]


def test_how_to_wait_is_no_change(plugin):
    """A job that has ended stays what it is."""
    state = stored(plugin, INPUTS)

    response = plugin.diff(state, plugin.checked({**INPUTS, "wait": {"timeout": 60}}))

    assert response.changes == response.DIFF_NONE


def test_a_value_that_becomes_secret_is_a_change(plugin):
    """Only an update writes it as ciphertext."""
    state = stored(plugin, INPUTS)

    response = plugin.diff(state, plugin.checked({**INPUTS, "jobId": Secret(JOB_ID)}))

    assert response.changes == response.DIFF_SOME
    assert not response.replaces


@pytest.mark.parametrize("level", ["whole", "within"])
def test_a_change_within_a_secret_is_shown_where_it_is(plugin, level):
    """A path is no secret; values are not shown."""

    def secret(fewest):
        fps = {"min": fewest}
        if level == "whole":
            return {**INPUTS, "expect": Secret(expecting(fps=fps))}
        return {**INPUTS, "expect": expecting(fps=Secret(fps))}

    state = {**stored(plugin, INPUTS), **secret(10)}

    response = plugin.diff(state, secret(12))

    assert paths(response) == {"expect.outputs[0].video.fps.min": "UPDATE"}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("jobIds", {"a": JOB_ID}, {OTHER_ID: JOB_ID}),
        ("expectByName", {}, {JOB_ID: {"outputCount": 1}}),
        ("triggers", [], [{OTHER_ID: 1}]),
    ],
)
@pytest.mark.parametrize("was_secret", [True, False])
def test_a_key_that_is_secret_is_in_no_path(plugin, name, old, new, was_secret):
    """Users choose these keys: they may be IDs."""
    inputs = {"jobIds": [JOB_ID], "region": REGION}
    state = plugin.checked(inputs | {name: old}, type_=JOB_SET)
    state |= {"verdict": "passed", name: Secret(old) if was_secret else old}

    news = plugin.checked(inputs | {name: Secret(new)}, type_=JOB_SET)
    response = plugin.diff(state, news, type_=JOB_SET)

    assert [*response.detailedDiff] == [*response.diffs] == [name]


def test_a_verdict_that_does_not_stand_is_a_reason_to_update(plugin):
    """No input has changed, so that no place of a change is shown."""
    state = stored(plugin, INPUTS, "failed")

    response = plugin.diff(state, plugin.checked(INPUTS))

    assert response.changes == response.DIFF_SOME
    assert not response.hasDetailedDiff


def test_of_more_changes_than_a_person_reads_each_input_is_shown_as_one(plugin):
    """Its name is enough for `replaceOnChanges`."""
    state = stored(plugin, {**INPUTS, "triggers": list(range(MANY))})
    news = plugin.checked({**INPUTS, "triggers": [one + 1 for one in range(MANY)]})

    response = plugin.diff({**state, "triggers": [0.5] * MANY}, news)

    assert paths(response) == {"triggers": "UPDATE"}


def test_warnings_of_an_unchanged_resource_are_repeated_once(plugin, api):
    """Nobody forgets an accepted failure; the engine compares more than once."""
    api.add_job(JOB_ID, scripts.fails())
    inputs = plugin.checked({**INPUTS, "enforcementLevel": "advisory"})
    _, state = plugin.create(inputs)
    said = plugin.engine.warnings()

    for _ in range(2):
        assert plugin.diff(state, inputs).changes == provider_pb2.DiffResponse.DIFF_NONE

    assert plugin.engine.warnings() == [*said, *said]
    assert "ended Failed" in said[0]


@pytest.mark.parametrize("has_changed", [False, True])
def test_a_refresh_shows_whether_the_facts_have_changed(plugin, api, has_changed):
    """The engine compares what was read with the inputs alone, which are the same."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    inputs = plugin.checked({"jobId": JOB_ID, "region": REGION})
    _, state = plugin.create(inputs)
    if has_changed:
        api.add_job(JOB_ID, scripts.fails())

    try:
        seen, _ = plugin.read(state, inputs)
    except CallFailed as failed:
        seen = failed.failure.state
    response = plugin.diff(seen, inputs)

    some = response.DIFF_SOME if has_changed else response.DIFF_NONE
    assert response.changes == some
    # What comes next is about the inputs again.
    plugin.checked({"jobId": JOB_ID, "region": REGION})
    again = plugin.diff(state, inputs)
    assert again.changes == again.DIFF_NONE


def test_a_refresh_keeps_a_bad_verdict_with_its_reasons(plugin, api):
    """The engine warns, and the next `up` stops; it keeps its inputs by itself."""
    api.add_job(JOB_ID, scripts.fails())
    inputs = plugin.checked({"jobId": JOB_ID, "region": REGION})

    with pytest.raises(CallFailed) as failed:
        plugin.read({**inputs, "verdict": "pending"}, inputs)

    assert failed.value.failure.id == JOB_ID
    assert failed.value.failure.state["verdict"] == "failed"
    assert failed.value.failure.inputs is None


def test_a_resource_that_is_only_read_gets_its_limits_from_the_call(plugin, api):
    """`.get` sends the inputs of the program, which no call has checked."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())

    state, inputs = plugin.read({"region": REGION, "jobId": JOB_ID}, timeout=20)

    assert state["verdict"] == "passed"
    assert inputs == {}


def test_an_import_takes_its_inputs_from_the_job(plugin, api):
    """All that the engine has is the ID; the region is that of the provider."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())

    state, inputs = plugin.read(id_=JOB_ID)

    assert state["verdict"] == "passed"
    assert state["region"] == REGION
    assert plugin.checked(inputs)["jobId"] == JOB_ID


def test_an_import_of_a_failed_job_keeps_it_with_its_inputs(plugin, api):
    """As the engine has it, an import does not stop at a bad state."""
    api.add_job(JOB_ID, scripts.fails())

    with pytest.raises(CallFailed) as failed:
        plugin.read(id_=JOB_ID)

    failure = failed.value.failure
    assert failure.state["verdict"] == "failed"
    assert failure.inputs is not None
    assert failure.inputs["jobId"] == JOB_ID
