"""The engine's calls, on the installed SDK and a real gRPC server.

Private names that these and the package rest on, each held by a test here or in
`test_widened_plugin`: the arguments `request` and `context` of the SDK's servicer, its
name `DynamicResourceProviderServicer` in `__main__`, its key `__provider`,
`pulumi.runtime.rpc.UNKNOWN`, and gRPC's attribute `experimental_thread_pool`.
"""

from __future__ import annotations

import asyncio

import grpc
import pytest
from pulumi.runtime import rpc
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc, status_pb2

from loopback import HUNG_SECONDS, URN, served
from pulumi_alicloud_mediaconvert.hosts.dynamic.engine import (
    Call,
    EngineError,
    current_call,
)
from pulumi_alicloud_mediaconvert.hosts.hidden_keys import PROVIDER_KEY

LINES = ["job j-1 ended Failed.", 'output "video": expected Success, got Failed']


class FailingProvider(provider_pb2_grpc.ResourceProviderServicer):
    """Fails as this package does, from functions within the call.

    Attributes:
        calls: what each call could see of itself.
    """

    def __init__(self):
        self.calls = []

    def Create(self, request, context):  # noqa: ARG002, N802  # as the protocol says
        """Fail and keep what is known."""
        self._fail_keeping()

    def Update(self, request, context):  # noqa: ARG002, N802  # as the protocol says
        """Fail and keep what is known."""
        self._fail_keeping()

    def Read(self, request, context):  # noqa: ARG002, N802  # as the protocol says
        """Fail and keep what is known."""
        self._fail_keeping()

    def Delete(self, request, context):  # noqa: ARG002, N802  # as the protocol says
        """Fail with a line."""
        current_call().fail(LINES[0])

    def _fail_keeping(self):
        call = current_call()
        self.calls.append(call)
        call.fail_keeping("j-1", {"verdict": "failed", "percent": 66}, LINES)


@pytest.fixture
def provider():
    """Serve a provider that fails; give it together with a client."""
    servicer = FailingProvider()
    add = provider_pb2_grpc.add_ResourceProviderServicer_to_server
    with served(add, servicer) as address, grpc.insecure_channel(address) as channel:
        yield servicer, provider_pb2_grpc.ResourceProviderStub(channel)


def properties(**values):
    """Write properties as the engine sends them."""
    return asyncio.run(rpc.serialize_properties(values, {}))


REQUESTS = {
    "Create": lambda kept: provider_pb2.CreateRequest(
        urn=URN, timeout=4620, properties=kept
    ),
    "Update": lambda kept: provider_pb2.UpdateRequest(
        id="j-1", urn=URN, timeout=4620, news=kept
    ),
    "Read by its properties": lambda kept: provider_pb2.ReadRequest(
        id="j-1", urn=URN, properties=kept
    ),
    "Read by its inputs": lambda kept: provider_pb2.ReadRequest(
        id="j-1", urn=URN, inputs=kept
    ),
}


def refuse(stub, name, request):
    """Make a call that fails; return its error and the status in its metadata."""
    with pytest.raises(grpc.RpcError) as error:
        getattr(stub, name.partition(" ")[0])(request, timeout=HUNG_SECONDS)
    [raw] = [
        entry.value
        for entry in error.value.trailing_metadata() or ()
        if entry.key == "grpc-status-details-bin"
    ]
    return error.value, status_pb2.Status.FromString(raw)


@pytest.mark.parametrize("name", REQUESTS)
def test_a_failure_keeps_id_properties_and_reasons(provider, name):
    """The engine reads from a failed call what it shows and what it stores."""
    _, stub = provider
    request = REQUESTS[name](properties(**{PROVIDER_KEY: "gASV", "job_id": "j-1"}))

    error, status = refuse(stub, name, request)

    kept = provider_pb2.ErrorResourceInitFailed()
    [detail] = status.details
    assert error.code() is grpc.StatusCode.UNKNOWN
    assert (error.details(), status.message) == ("\n".join(LINES), "\n".join(LINES))
    assert status.code == 2
    assert detail.Unpack(kept)
    assert (kept.id, list(kept.reasons)) == ("j-1", LINES)
    assert rpc.deserialize_properties(kept.properties) == {
        PROVIDER_KEY: "gASV",
        "verdict": "failed",
        "percent": 66,
    }


class Bulky(provider_pb2_grpc.ResourceProviderServicer):
    """Fails with more properties than can be sent.

    Args:
        sizes: of each property, in bytes.
    """

    def __init__(self, **sizes):
        self._sizes = sizes

    def Create(self, request, context):  # noqa: ARG002, N802  # as the protocol says
        """Fail, and keep what there is room for."""
        properties = {name: "x" * size for name, size in self._sizes.items()}
        groups = (("__hidden",), ("jobs", "mismatches"))
        current_call().fail_keeping("j-1", properties, LINES, bulky=groups)


@pytest.mark.parametrize(
    ("sizes", "kept"),
    [
        ({"__hidden": 1, "jobs": 1, "a": 1}, {"__hidden", "jobs", "a"}),
        ({"__hidden": 5_000_000, "jobs": 1, "a": 1}, {"jobs", "a"}),
        ({"__hidden": 1, "jobs": 5_000_000, "a": 1}, {"a"}),
        ({"__hidden": 1, "jobs": 1, "a": 5_000_000}, None),
    ],
    ids=["all fits", "without what nobody sees", "without jobs", "nothing fits"],
)
def test_a_failure_too_large_to_send_is_kept_without_what_matters_least(sizes, kept):
    """One group after the other; what a user would look for is said to be missing."""
    add = provider_pb2_grpc.add_ResourceProviderServicer_to_server
    with (
        served(add, Bulky(**sizes)) as address,
        grpc.insecure_channel(address) as channel,
    ):
        stub = provider_pb2_grpc.ResourceProviderStub(channel)
        request = REQUESTS["Create"](properties(**{PROVIDER_KEY: "gASV"}))
        _, status = refuse(stub, "Create", request)

    if kept is None:
        assert list(status.details) == []
        return
    failure = provider_pb2.ErrorResourceInitFailed()
    [detail] = status.details
    assert detail.Unpack(failure)
    found = rpc.deserialize_properties(failure.properties)
    assert set(found) == {PROVIDER_KEY, *kept}
    *reasons, last = failure.reasons
    if "jobs" in kept:
        assert [*reasons, last] == LINES
    else:
        assert reasons == LINES
        assert "`jobs`" in last


@pytest.mark.parametrize("name", REQUESTS)
def test_the_call_is_seen_from_within_it(provider, name):
    """URN, time limit and serialized provider of a call are found in its frames."""
    servicer, stub = provider

    refuse(stub, name, REQUESTS[name](properties(**{PROVIDER_KEY: "gASV"})))

    [call] = servicer.calls
    assert (call.urn, call.provider) == (URN, "gASV")
    assert call.timeout_seconds == (None if name.startswith("Read") else 4620)


def test_a_call_without_limit_or_provider_keeps_nothing(provider):
    """Properties kept without their provider would end the next refresh."""
    servicer, stub = provider

    error, status = refuse(stub, "Create", provider_pb2.CreateRequest(urn=URN))

    assert servicer.calls[0].timeout_seconds is None
    assert (error.details(), list(status.details)) == ("\n".join(LINES), [])


def test_a_plain_failure_is_one_line_without_details(provider):
    """Without details the engine prints the text and leaves the state alone."""
    _, stub = provider

    error, status = refuse(stub, "Delete", provider_pb2.DeleteRequest(urn=URN))

    assert error.details() == LINES[0]
    assert (status.message, list(status.details)) == (LINES[0], [])


def test_no_call_is_seen_outside_of_the_engine():
    """In a program or a test there is no call, and that is no error."""
    assert current_call() == Call()


def test_something_else_named_context_is_no_call():
    """A caller's variables of the same names are not taken for the engine's."""
    context, request = object(), object()

    call = current_call()

    assert call == Call()
    assert context is not request


@pytest.mark.parametrize(
    ("fail", "text"),
    [
        pytest.param(lambda call: call.fail("One line."), "One line.", id="plain"),
        pytest.param(
            lambda call: call.fail_keeping("j-1", {"state": None}, LINES),
            "\n".join(LINES),
            id="keeping",
        ),
    ],
)
def test_a_failure_outside_of_the_engine_is_an_exception(fail, text):
    """Where nothing can be kept the lines are raised all the same."""
    with pytest.raises(EngineError) as error:
        fail(Call())

    assert str(error.value) == text


def test_properties_that_are_kept_are_not_changed():
    """The caller's outputs stay as they are; the provider goes into a copy."""
    outputs = {"verdict": "failed"}

    with pytest.raises(EngineError):
        Call(provider="gASV").fail_keeping("j-1", outputs, LINES)

    assert outputs == {"verdict": "failed"}
