"""What older engines leave out of the protocol; the plugin answers all the same.

They know no `Handshake`, name no types in requests, and send outputs where newer ones
send old inputs, too. No such engine is run here; its calls are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2

from failed_calls import CallFailed
from jobs import JOB_ID, REGION
from plugin import COMMAND, JOB_SET, Plugin, urn_of
from pulumi_alicloud_mediaconvert.emulator import Step, scripts
from pulumi_alicloud_mediaconvert.hosts.native.property_values import (
    from_struct,
    to_struct,
)
from pulumi_alicloud_mediaconvert.schema.values import Secret

INPUTS: dict[str, Any] = {"jobId": JOB_ID, "region": REGION}
# Starts it without its last argument, the address of the engine.
WITHOUT_ADDRESS = ("sh", "-c", 'exec "$0"', COMMAND)


@pytest.fixture(params=[(COMMAND,), WITHOUT_ADDRESS], ids=["address", "no address"])
def plugin(request, api) -> Iterator[Plugin]:
    """A plugin that an older engine has started, which asks the emulator."""
    inputs = {key.partition(":")[2]: value for key, value in api.config().items()}
    with Plugin(request.param) as started:
        assert started.configure(**inputs).acceptSecrets
        yield started


def ask(
    plugin: Plugin, call: str, type_="mediaconvert:index:Job", **fields: Any
) -> Any:
    """Call about a resource that its URN alone stands for."""
    structs = {
        name: to_struct(value) if isinstance(value, dict) else value
        for name, value in fields.items()
    }
    request = getattr(provider_pb2, f"{call}Request")(
        urn=urn_of(type_=type_), **structs
    )
    return plugin.call(call, request)


def checked(plugin: Plugin, news: dict[str, Any], olds: dict[str, Any]) -> Any:
    """Check inputs that are good."""
    response = ask(plugin, "Check", news=news, olds=olds)
    assert not response.failures
    return from_struct(response.inputs)


def test_a_gate_lives_as_with_a_newer_engine(plugin, api):
    """It is created, stays the same, is updated, refreshed and forgotten."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    inputs = checked(plugin, INPUTS, {})
    created = ask(plugin, "Create", properties=inputs)
    state = from_struct(created.properties)
    same = ask(plugin, "Diff", id=JOB_ID, olds=state, news=inputs)
    stated = {**INPUTS, "expect": {"outputCount": 4}}
    news = checked(plugin, stated, inputs)
    changed = ask(plugin, "Diff", id=JOB_ID, olds=state, news=news)
    updated = ask(plugin, "Update", id=JOB_ID, olds=state, news=news)
    state = from_struct(updated.properties)
    refreshed = ask(plugin, "Read", id=JOB_ID, properties=state)
    ask(plugin, "Delete", id=JOB_ID, properties=state)

    assert created.id == refreshed.id == JOB_ID
    assert same.changes == same.DIFF_NONE
    assert changed.changes == changed.DIFF_SOME
    assert [*changed.detailedDiff] == ["expect"]
    assert state["verdict"] == "passed"
    assert from_struct(refreshed.properties)["verdict"] == "passed"
    assert {request.action for request in api.requests} == {"GetMediaConvertJob"}


def test_a_failed_job_stops_and_stays_one(plugin, api):
    """By the same details of a status, and in each later `up`."""
    api.add_job(JOB_ID, scripts.fails())
    inputs = checked(plugin, INPUTS, {})

    with pytest.raises(CallFailed) as stopped:
        ask(plugin, "Create", properties=inputs)
    kept = stopped.value.failure
    difference = ask(plugin, "Diff", id=JOB_ID, olds=kept.state, news=inputs)
    with pytest.raises(CallFailed) as again:
        ask(plugin, "Update", id=JOB_ID, olds=kept.state, news=inputs)

    assert kept.code is grpc.StatusCode.UNKNOWN
    assert kept.id == JOB_ID
    assert kept.reasons[0].startswith(f"job {JOB_ID} ({REGION}) ended Failed")
    assert difference.changes == difference.DIFF_SOME
    assert again.value.failure.state["verdict"] == "failed"


def test_a_secret_stays_one_by_the_answer_to_the_configuration(plugin, api):
    """Which is where older engines read that the plugin takes marks and gives them."""
    api.add_job(JOB_ID, Step("Success", fields={"UserData": f"made for {JOB_ID}"}))
    inputs = checked(plugin, {**INPUTS, "jobId": Secret(JOB_ID)}, {})

    created = ask(plugin, "Create", properties=inputs)

    state = from_struct(created.properties)
    assert inputs["jobId"] == state["jobId"] == Secret(JOB_ID)
    assert isinstance(state["userData"], Secret)


def test_a_set_is_told_from_a_job_by_its_urn(plugin, api):
    """Whatever stands before its own type there."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    type_ = f"my:index:Component${JOB_SET}"
    response = ask(
        plugin, "Check", type_, news={"jobIds": {"one": JOB_ID}, "region": REGION}
    )

    created = ask(plugin, "Create", type_, properties=from_struct(response.inputs))

    assert from_struct(created.properties)["counts"]["passed"] == 1


def test_wrong_inputs_are_the_same_lines(plugin, api):
    """Though nobody takes the lines of a row, nothing is lost of a refusal."""
    response = ask(plugin, "Check", news={"jobId": " ", "onPreview": "never"})

    reasons = "\n".join(failure.reason for failure in response.failures)
    assert "jobId: must not be empty" in reasons
    assert "onPreview: must be" in reasons
    assert not api.requests
