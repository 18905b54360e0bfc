"""The native plugin waits for jobs: any number side by side, and ended from outside."""

from __future__ import annotations

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2

from failed_calls import CallFailed, failure_of
from jobs import JOB_ID, REGION
from loopback import HUNG_SECONDS
from plugin import JOB, JOB_SET, started, urn_of
from pulumi_alicloud_mediaconvert.emulator import faults, scripts
from pulumi_alicloud_mediaconvert.hosts.native.property_values import (
    from_struct,
    to_struct,
)

INPUTS = {"jobId": JOB_ID, "region": REGION}
# More than a pool of threads would serve at once.
MANY = 100


def settings(api):
    """Return the provider's inputs that lead to the emulator."""
    return {key.partition(":")[2]: value for key, value in api.config().items()}


@pytest.fixture
def plugin(api):
    """A plugin that asks the emulator."""
    with started(**settings(api)) as plugin:
        yield plugin


@pytest.fixture
def calm(api):
    """A plugin that polls as seldom as leaves the machine to others."""
    rare = {"waitPollMin": "1s", "waitPollMax": "1s"}
    with started(**{**settings(api), **rare}) as plugin:
        yield plugin


def creating(plugin, job_id):
    """Begin to create a resource."""
    inputs = plugin.checked({**INPUTS, "jobId": job_id}, name=job_id)
    request = provider_pb2.CreateRequest(
        urn=urn_of(job_id), type=JOB, properties=to_struct(inputs)
    )
    return plugin.stub.Create.future(request, timeout=HUNG_SECONDS)


def job_ids(count):
    """Return IDs of jobs."""
    return [f"{number:032x}" for number in range(count)]


def test_many_waits_run_side_by_side(calm, api):
    """All of them begin before the first one ends: none holds up another."""
    plugin = calm
    for job_id in job_ids(MANY):
        api.add_job(job_id, scripts.hangs_queued())

    calls = [creating(plugin, job_id) for job_id in job_ids(MANY)]
    for job_id in job_ids(MANY):
        plugin.engine.wait_for("queued", job_id)
    for job_id in job_ids(MANY):
        api.add_job(job_id, scripts.succeeds_cleanly())

    verdicts = {from_struct(one.result().properties)["verdict"] for one in calls}
    assert verdicts == {"passed"}


def test_no_call_is_dropped_behind_a_large_one(plugin):
    """A program may declare some thousand gates at once, one of them a large set."""
    names = {f"job {number}": JOB_ID for number in range(10_000)}
    large = provider_pb2.CheckRequest(
        urn=urn_of(type_=JOB_SET), news=to_struct({"jobIds": names, "region": REGION})
    )

    calls = [plugin.stub.Check.future(large)]
    calls += [
        plugin.stub.Delete.future(provider_pb2.DeleteRequest()) for _ in range(4000)
    ]

    assert {call.code() for call in calls} == {grpc.StatusCode.OK}


def test_cancel_ends_all_waits_and_keeps_what_was_seen(plugin, api):
    """Ctrl-C: each resource is stored as pending, so that the next `up` goes on."""
    waiting = job_ids(3)
    for job_id in waiting:
        api.add_job(job_id, scripts.hangs_queued())
    calls = [creating(plugin, job_id) for job_id in waiting]
    for job_id in waiting:
        plugin.engine.wait_for("queued", job_id)

    plugin.call("Cancel")

    for job_id, call in zip(waiting, calls, strict=True):
        failure = failure_of(call.exception())
        assert failure.id == job_id
        assert failure.state["verdict"] == "pending"
        assert failure.state["state"] == "Inited"
        assert "the wait was interrupted" in failure.reasons[0]


def test_what_comes_after_a_cancel_ends_at_once(plugin, api):
    """Calls that the engine made just before it cancelled still arrive after it."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    inputs = plugin.checked(INPUTS)

    plugin.call("Cancel")
    with pytest.raises(CallFailed) as failed:
        plugin.create(inputs)

    assert "the wait was interrupted" in failed.value.failure.reasons[0]
    assert failed.value.failure.state["verdict"] == "pending"
    assert not api.requests


def test_a_resumed_wait_is_an_update_of_what_was_kept(plugin, api):
    """The engine calls `Update` for a resource whose creation has failed."""
    api.add_job(JOB_ID, scripts.hangs_queued())
    inputs = plugin.checked(INPUTS)
    with pytest.raises(CallFailed) as failed:
        plugin.create(inputs, timeout=0.2)
    api.add_job(JOB_ID, scripts.succeeds_cleanly())

    state = plugin.update(failed.value.failure.state, inputs)

    assert state["verdict"] == "passed"


@pytest.mark.parametrize("again", [False, True], ids=["create", "update"])
def test_the_custom_timeout_of_a_resource_limits_its_wait(plugin, api, again):
    """`customTimeouts` arrive in seconds with the call."""
    api.add_job(JOB_ID, scripts.hangs_queued())
    inputs = plugin.checked(INPUTS)

    before = ({**inputs, "verdict": "pending"},) if again else ()
    call = plugin.update if again else plugin.create

    with pytest.raises(CallFailed) as failed:
        call(*before, inputs, timeout=1)

    assert failed.value.failure.state["verdict"] == "pending"
    assert "the timeout of 1s was reached" in failed.value.failure.reasons[0]


def test_lines_show_on_the_row_how_a_wait_stands(plugin, api):
    """The last one has been shown when the call ends: nothing stays on the row."""
    api.add_job(JOB_ID, scripts.succeeds_slowly(seconds=0.3))

    plugin.create(plugin.checked(INPUTS))

    lines = [one for one in plugin.engine.lines if one.is_passing]
    assert {one.name for one in lines} == {"gate"}
    assert lines[-1].text.startswith("Success")
    assert len(lines) > 1


def test_a_call_whose_engine_gives_up_ends(plugin, api):
    """Its job is polled no more: another one may be waited for by itself."""
    api.add_job(JOB_ID, scripts.hangs_queued())
    call = creating(plugin, JOB_ID)
    plugin.engine.wait_for("queued", JOB_ID)

    call.cancel()
    other = job_ids(1)[0]
    api.add_job(other, scripts.succeeds_cleanly())

    assert from_struct(creating(plugin, other).result().properties)
    plugin.leave()
    assert plugin.ended() == (0, "")


def test_a_failure_of_the_api_is_one_line_and_stores_nothing(plugin, api):
    """There is nothing to keep of a job that was never read."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    api.faults.add(faults.vendor_error("Forbidden.RAM"))

    with pytest.raises(CallFailed) as failed:
        plugin.create(plugin.checked(INPUTS))

    failure = failed.value.failure
    assert failure.state == {}
    assert failure.code is grpc.StatusCode.FAILED_PRECONDITION
    assert JOB_ID in failure.text
    assert "\n" not in failure.text
