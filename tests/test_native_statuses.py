"""How the plugin fails, as the engine reads it."""

from __future__ import annotations

import asyncio
from typing import Any

import grpc
import grpc.aio
import pytest
from google.protobuf.empty_pb2 import Empty
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc, status_pb2

from failed_calls import CallFailed
from plugin import Plugin, urn_of
from pulumi_alicloud_mediaconvert.hosts.kept_state import MAX_DETAIL_BYTES
from pulumi_alicloud_mediaconvert.hosts.native.calls import handlers_of
from pulumi_alicloud_mediaconvert.hosts.native.property_values import (
    from_struct,
    to_struct,
)
from pulumi_alicloud_mediaconvert.hosts.native.statuses import init_failed, refused

BULKY = [["config", "outputs"], ["mismatches"]]
LARGE = "x" * MAX_DETAIL_BYTES
HIDDEN_WORD = "hidden"


def kept(properties, reasons=("it is bad",)):
    """Fail with properties; return the code and the detail that the engine reads."""
    status = init_failed("an-id", properties, reasons, to_struct, bulky=BULKY)
    for key, value in status.trailing_metadata:
        assert key == "grpc-status-details-bin"
        (packed,) = status_pb2.Status.FromString(value).details
        detail = provider_pb2.ErrorResourceInitFailed()
        assert packed.Unpack(detail)
        return status.code, detail
    return status.code, None


def test_a_failure_leaves_nothing_half_done():
    """With other codes the engine remembers a pending operation."""
    status = refused(["first", "second"])

    assert status.code is grpc.StatusCode.FAILED_PRECONDITION
    assert status.text == "first\nsecond"


def test_a_kept_failure_has_its_state_and_a_bullet_for_each_line():
    """The engine reads details under this code alone."""
    code, detail = kept({"verdict": "failed", "outputs": [1]}, ["one", "two"])

    assert code is grpc.StatusCode.UNKNOWN
    assert detail.id == "an-id"
    assert [*detail.reasons] == ["one", "two"]
    assert from_struct(detail.properties) == {"verdict": "failed", "outputs": [1]}
    assert not detail.HasField("inputs")


@pytest.mark.parametrize(
    ("properties", "left"),
    [
        ({"outputs": LARGE, "mismatches": "m"}, {"mismatches": "m"}),
        ({"outputs": LARGE, "mismatches": LARGE}, {}),
    ],
    ids=["first group", "all groups"],
)
def test_what_is_too_large_to_send_is_left_out_and_named(properties, left):
    """A larger one would cut the connection of every other resource."""
    _, detail = kept({**properties, "verdict": "failed"})

    assert from_struct(detail.properties) == {**left, "verdict": "failed"}
    assert "`outputs`" in detail.reasons[-1]


def test_inputs_that_are_too_large_keep_nothing():
    """The next run then begins from the start."""
    code, detail = kept({"triggers": LARGE})

    assert code is grpc.StatusCode.FAILED_PRECONDITION
    assert detail is None


class Faulty:
    """A provider with a fault."""

    async def Delete(self, _request):  # noqa: N802  # of the protocol
        """Fail as no call should."""
        raise KeyError(HIDDEN_WORD)


async def called_in_vain():
    """Serve the faulty provider; return how it fails, and what it does not serve."""
    server = grpc.aio.server()
    server.add_generic_rpc_handlers([handlers_of(Faulty())])
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
        stub: Any = provider_pb2_grpc.ResourceProviderStub(channel)
        with pytest.raises(grpc.RpcError) as failed:
            await stub.Delete(provider_pb2.DeleteRequest())
        with pytest.raises(grpc.RpcError) as unserved:
            await stub.Cancel(Empty())
    await server.stop(None)
    return failed.value, unserved.value


def test_a_fault_of_the_plugin_is_one_line_that_quotes_nothing(caplog):
    """No traceback reaches a person, and no value a log."""
    failed, unserved = asyncio.run(called_in_vain())

    assert failed.code() is grpc.StatusCode.FAILED_PRECONDITION
    assert "bug in the mediaconvert plugin: KeyError at " in failed.details()
    assert "\n" not in failed.details()
    assert "KeyError" in caplog.text
    assert HIDDEN_WORD not in failed.details() + caplog.text
    assert unserved.code() is grpc.StatusCode.UNIMPLEMENTED


def nested(depth):
    """Return a struct of objects in each other."""
    struct = Struct()
    inner = struct
    for _ in range(depth):
        inner = inner.fields["a"].struct_value
    inner.fields["a"].string_value = "end"
    return struct


def test_what_is_nested_too_deeply_to_be_read_is_one_line():
    """A program may state it, and the engine sends it."""
    request = provider_pb2.CheckRequest(urn=urn_of(), news=nested(3000))

    with Plugin() as plugin, pytest.raises(CallFailed) as failed:
        plugin.call("Check", request)

    assert failed.value.failure.code is grpc.StatusCode.FAILED_PRECONDITION
    assert "nested too deeply" in failed.value.failure.text


def test_a_resource_is_deleted_whatever_was_stored_of_it():
    """Another version may have stored more than this one can read."""
    request = provider_pb2.DeleteRequest(urn=urn_of(), properties=nested(3000))

    with Plugin() as plugin:
        plugin.call("Delete", request)
