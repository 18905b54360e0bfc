"""A plugin that serves many calls at once and hears of Ctrl-C."""

from __future__ import annotations

import subprocess
import sys

import grpc
import pytest
from google.protobuf import empty_pb2
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc

from loopback import HUNG_SECONDS
from pulumi_alicloud_mediaconvert.hosts.dynamic.cancellation import hear_cancel
from pulumi_alicloud_mediaconvert.hosts.dynamic.thread_pool import widen


def test_widening_outside_of_a_plugin_does_nothing():
    """Where the SDK's servicer is not, there is nothing to widen."""
    heard = []

    hear_cancel(lambda: heard.append("cancel"))
    widen()

    assert heard == []


# A plugin as the SDK starts it, but that all calls must be there at once.
PLUGIN = f"""\
import sys, threading
from concurrent import futures
import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc
from pulumi_alicloud_mediaconvert.hosts.dynamic.cancellation import hear_cancel
from pulumi_alicloud_mediaconvert.hosts.dynamic.thread_pool import widen

together = threading.Barrier(12)
heard = threading.Event()
configuring, configured = threading.Lock(), []

class DynamicResourceProviderServicer(provider_pb2_grpc.ResourceProviderServicer):
    def Create(self, request, context):
        together.wait({HUNG_SECONDS})
        assert heard.wait({HUNG_SECONDS})
        return provider_pb2.CreateResponse(id="j-1")

    def Read(self, request, context):
        # As the SDK does it: in the first call that needs a provider.
        with configuring:
            if not configured:
                hear_cancel(heard.set)
                configured.append(widen())
        together.wait({HUNG_SECONDS})
        return provider_pb2.ReadResponse(id="j-1")

    def Cancel(self, request, context):
        return empty_pb2.Empty()

if "lazily" not in sys.argv:
    hear_cancel(heard.set)
    configured.append(widen())
server = grpc.server(futures.ThreadPoolExecutor(max_workers=1))
provider_pb2_grpc.add_ResourceProviderServicer_to_server(
    DynamicResourceProviderServicer(), server
)
print(server.add_insecure_port("127.0.0.1:0"), flush=True)
server.start()
sys.stdin.read()
server.stop(0).wait()
"""


@pytest.fixture(params=["at once"])
def runtime(request):
    """Run a widened plugin with a single thread, and give a client of it."""
    with subprocess.Popen(
        [sys.executable, "-c", PLUGIN, request.param],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            address = f"127.0.0.1:{int(process.stdout.readline())}"
            with grpc.insecure_channel(address) as channel:
                yield provider_pb2_grpc.ResourceProviderStub(channel)
        finally:
            process.stdin.close()
            process.wait(HUNG_SECONDS)


def test_a_widened_plugin_serves_many_calls_and_hears_of_cancel(runtime):
    """Twelve waits run at once on one thread's server, and Ctrl-C reaches them."""
    waits = [
        runtime.Create.future(provider_pb2.CreateRequest(), timeout=HUNG_SECONDS)
        for _ in range(12)
    ]

    runtime.Cancel(empty_pb2.Empty(), timeout=HUNG_SECONDS)

    assert [wait.result().id for wait in waits] == ["j-1"] * 12


@pytest.mark.parametrize("runtime", ["lazily"], indirect=True)
def test_calls_that_came_before_the_widening_are_served_side_by_side(runtime):
    """A refresh asks for all jobs at once, and then is the provider configured."""
    reads = [
        runtime.Read.future(provider_pb2.ReadRequest(), timeout=HUNG_SECONDS)
        for _ in range(12)
    ]

    assert [read.result().id for read in reads] == ["j-1"] * 12
