"""The engine's services, on the installed SDK and a real gRPC server.

Private names that these rest on, each held by a test: the arguments `request` and
`context` of the SDK's servicer, its name `DynamicResourceProviderServicer` in
`__main__`, its key `__provider`, `pulumi.runtime.rpc.UNKNOWN`, and gRPC's attribute
`experimental_thread_pool`.
"""

from __future__ import annotations

import ast
import asyncio
import importlib.util
import queue
import subprocess
import sys
import threading
from concurrent import futures
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf import empty_pb2
from pulumi.dynamic.dynamic import PROVIDER_KEY as SDK_PROVIDER_KEY
from pulumi.output import Unknown
from pulumi.runtime import rpc
from pulumi.runtime.proto import (
    engine_pb2,
    engine_pb2_grpc,
    provider_pb2,
    provider_pb2_grpc,
    status_pb2,
)

from pulumi_alicloud_mediaconvert.engine import (
    PROVIDER_KEY,
    Call,
    EngineError,
    LiveRow,
    current_call,
    has_unknown,
    is_unknown,
    reads_by_id,
    seal,
    widen,
)
from pulumi_alicloud_mediaconvert.loop import DaemonThreads, Loop

URN = "urn:pulumi:test::gate::pulumi-python:dynamic/mediaconvert:Job::trailer"
LINES = ["job j-1 ended Failed.", 'output "video": expected Success, got Failed']
# Nothing here takes that long; what does has hung.
HUNG_SECONDS = 30


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


@contextmanager
def served(add, servicer):
    """Serve a servicer on a port of its own and give its address."""
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=2))
    add(servicer, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        server.stop(0).wait()


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


@pytest.mark.parametrize("name", REQUESTS)
def test_the_call_is_seen_from_within_it(provider, name):
    """URN, time limit and serialized provider of a call are found in its frames."""
    servicer, stub = provider

    refuse(stub, name, REQUESTS[name](properties(**{PROVIDER_KEY: "gASV"})))

    [call] = servicer.calls
    assert (call.urn, call.provider) == (URN, "gASV")
    assert call.timeout_seconds == (None if name.startswith("Read") else 4620)


def test_a_call_without_limit_or_provider_says_so(provider):
    """Nothing is made up that the engine did not send."""
    servicer, stub = provider

    _, status = refuse(stub, "Create", provider_pb2.CreateRequest(urn=URN))

    kept = provider_pb2.ErrorResourceInitFailed()
    status.details[0].Unpack(kept)
    assert servicer.calls[0].timeout_seconds is None
    assert PROVIDER_KEY not in kept.properties.fields


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


class Display(engine_pb2_grpc.EngineServicer):
    """Takes lines as the engine does."""

    def __init__(self):
        self.lines: queue.Queue[Any] = queue.Queue()

    def Log(self, request, context):  # noqa: N802  # as the protocol says
        """Take one line."""
        del context
        self.lines.put(request)
        return empty_pb2.Empty()


@pytest.fixture
def display():
    """Serve the engine's display; give it together with its address."""
    servicer = Display()
    with served(engine_pb2_grpc.add_EngineServicer_to_server, servicer) as address:
        yield servicer, address


def test_a_row_shows_each_line_until_the_next_one(display):
    """Every passing line reaches the resource's row and leaves nothing behind."""
    servicer, address = display
    sent = {f"Running {percent} %" for percent in range(40)}

    row = LiveRow(["plugin", address])
    for text in sent:
        row.show(URN, text)

    lines = [servicer.lines.get(timeout=5) for _ in sent]
    assert {line.message for line in lines} == sent
    assert {(line.urn, line.ephemeral) for line in lines} == {(URN, True)}
    assert {line.severity for line in lines} == {engine_pb2.INFO}


@pytest.mark.parametrize(
    ("leave", "severity"),
    [
        pytest.param(LiveRow.leave_warning, engine_pb2.WARNING, id="warning"),
        pytest.param(LiveRow.leave_note, engine_pb2.INFO, id="note"),
    ],
)
def test_a_line_has_arrived_once_it_is_left(display, leave, severity):
    """A lasting line is waited for: the plugin may end right after it."""
    servicer, address = display

    leave(LiveRow(["plugin", address]), URN, "It goes on.")

    line = servicer.lines.get_nowait()
    assert (line.urn, line.message, line.ephemeral) == (URN, "It goes on.", False)
    assert line.severity == severity


@pytest.mark.parametrize(
    "arguments",
    [[], ["plugin"], ["pytest", "tests"], ["plugin", "127.0.0.1:1"]],
    ids=["none", "no address", "no port", "nobody listens"],
)
def test_a_row_without_an_engine_is_silent(arguments):
    """A line that cannot be shown is no reason to fail."""
    row = LiveRow(arguments)

    row.show(URN, "Running 66 %")
    row.leave_warning(URN, "It goes on.")


def test_widening_outside_of_a_plugin_does_nothing():
    """Where the SDK's servicer is not, there is nothing to widen."""
    heard = []

    widen(lambda: heard.append("cancel"))

    assert heard == []


# A plugin as the SDK starts it, but that all calls must be there at once.
PLUGIN = f"""\
import sys, threading
from concurrent import futures
import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc
from pulumi_alicloud_mediaconvert.engine import widen

together = threading.Barrier(12)
heard = threading.Event()

class DynamicResourceProviderServicer(provider_pb2_grpc.ResourceProviderServicer):
    def Create(self, request, context):
        together.wait({HUNG_SECONDS})
        assert heard.wait({HUNG_SECONDS})
        return provider_pb2.CreateResponse(id="j-1")

    def Cancel(self, request, context):
        return empty_pb2.Empty()

widen(heard.set)
server = grpc.server(futures.ThreadPoolExecutor(max_workers=1))
provider_pb2_grpc.add_ResourceProviderServicer_to_server(
    DynamicResourceProviderServicer(), server
)
print(server.add_insecure_port("127.0.0.1:0"), flush=True)
server.start()
sys.stdin.read()
server.stop(0).wait()
"""


@pytest.fixture
def plugin():
    """Run a widened plugin with a single thread, and give a client of it."""
    with subprocess.Popen(
        [sys.executable, "-c", PLUGIN],
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


def test_a_widened_plugin_serves_many_calls_and_hears_of_cancel(plugin):
    """Twelve waits run at once on one thread's server, and Ctrl-C reaches them."""
    waits = [
        plugin.Create.future(provider_pb2.CreateRequest(), timeout=HUNG_SECONDS)
        for _ in range(12)
    ]

    plugin.Cancel(empty_pb2.Empty(), timeout=HUNG_SECONDS)

    assert [wait.result().id for wait in waits] == ["j-1"] * 12


def test_the_sdk_still_has_the_names_that_are_relied_on():
    """Another SDK that renames its private parts is noticed here."""
    spec = importlib.util.find_spec("pulumi.dynamic.__main__")
    assert spec is not None
    source = ast.parse(Path(str(spec.origin)).read_text("utf-8"))
    [servicer] = [
        node
        for node in source.body
        if isinstance(node, ast.ClassDef)
        and node.name == "DynamicResourceProviderServicer"
    ]

    signatures = {
        node.name: [argument.arg for argument in node.args.args]
        for node in servicer.body
        if isinstance(node, ast.FunctionDef)
    }
    for method in ("Create", "Update", "Read", "Diff", "Check", "Cancel"):
        assert signatures[method] == ["self", "request", "context"]
    assert PROVIDER_KEY == SDK_PROVIDER_KEY


@pytest.mark.parametrize(
    ("value", "unknown"),
    [
        pytest.param(rpc.UNKNOWN, True, id="as sent"),
        pytest.param(Unknown(), True, id="as read"),
        pytest.param("text", False, id="text"),
        pytest.param(None, False, id="nothing"),
        pytest.param({}, False, id="mapping"),
    ],
)
def test_what_a_deployment_will_tell_is_unknown(value, unknown):
    """Both forms in which the SDK hands over an unknown value are seen."""
    assert is_unknown(value) is unknown


async def answer(value):
    """Give a value, one turn of the loop later."""
    await asyncio.sleep(0)
    return value


async def break_down():
    """Fail as any work may."""
    raise ValueError("broken")


class Waiting:
    """Work that waits for ever, and may say what becomes of it when cancelled.

    Attributes:
        begun: set once it waits.
    """

    def __init__(self, *, says=None):
        self.begun = threading.Event()
        self._says = says

    async def run(self):
        """Wait until cancelled."""
        self.begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            if self._says is None:
                raise
            return self._says


def test_work_is_done_on_the_loop_for_any_thread():
    """Engine threads get the results of their own work, all from one loop."""
    loop = Loop()

    with futures.ThreadPoolExecutor(max_workers=4) as threads:
        results = list(threads.map(lambda value: loop.run(answer(value)), range(8)))

    assert results == list(range(8))


def test_what_work_raises_is_raised_where_it_was_asked_for():
    """An error crosses from the loop to the thread that waits."""
    with pytest.raises(ValueError, match="broken"):
        Loop().run(break_down())


def in_thread(call, *arguments):
    """Call in a thread that no test waits for; return what will come of it."""
    result: futures.Future[Any] = futures.Future()

    def settle():
        try:
            result.set_result(call(*arguments))
        except futures.CancelledError as error:
            result.set_exception(error)

    threading.Thread(target=settle, daemon=True).start()
    return result


def test_cancelling_ends_all_that_runs():
    """Ctrl-C ends every wait: each says what becomes of it, or is cancelled."""
    loop = Loop()
    works = [Waiting(says="pending"), Waiting(says="kept"), Waiting()]
    waits = [in_thread(loop.run, work.run()) for work in works]
    assert all(work.begun.wait(HUNG_SECONDS) for work in works)

    loop.cancel_all()

    assert not futures.wait(waits, 5).not_done
    assert [wait.result() for wait in waits[:2]] == ["pending", "kept"]
    with pytest.raises(futures.CancelledError):
        waits[2].result()


def test_a_call_that_arrives_after_the_cancellation_is_cancelled_too():
    """What the engine sent just before Ctrl-C does not wait to its own end."""
    loop = Loop()

    loop.cancel_all()

    with pytest.raises(futures.CancelledError):
        loop.run(asyncio.sleep(60))


def test_a_task_that_asks_to_exit_does_not_stop_the_others():
    """No call stays without an answer because another one went astray."""
    loop = Loop()

    async def exits() -> None:
        raise SystemExit(1)

    with pytest.raises(RuntimeError, match="asked to exit"):
        loop.run(exits())

    assert loop.run(answer("done")) == "done"


def test_calls_that_block_share_a_few_threads():
    """Each call gets its own result or error, however few threads there are."""
    threads = DaemonThreads(2)

    calls = [threads.submit(divmod, 7, divisor) for divisor in range(5)]

    with pytest.raises(ZeroDivisionError):
        calls[0].result(HUNG_SECONDS)
    assert [call.result(HUNG_SECONDS)[0] for call in calls[1:]] == [7, 3, 2, 1]


def test_a_call_that_was_given_up_is_not_made():
    """Whoever cancels a call before its turn spares it."""
    threads = DaemonThreads(1)
    turn = threading.Event()
    made: list[str] = []
    first = threads.submit(turn.wait, HUNG_SECONDS)
    second = threads.submit(made.append, "second")

    assert second.cancel()
    turn.set()
    last = threads.submit(made.append, "last")

    assert first.result(HUNG_SECONDS)
    last.result(HUNG_SECONDS)
    assert made == ["last"]


HANGS = """
import asyncio, threading
from pulumi_alicloud_mediaconvert.loop import Loop

async def give_up():
    try:
        async with asyncio.timeout(0.05):
            await asyncio.to_thread(threading.Event().wait)
    except TimeoutError:
        return "given up"

print(Loop().run(give_up()))
"""


def test_a_call_that_hangs_does_not_keep_the_process():
    """A plugin ends when it is told to, whatever its credentials are waiting for."""
    done = subprocess.run(
        [sys.executable, "-c", HANGS],
        capture_output=True,
        text=True,
        check=True,
        timeout=HUNG_SECONDS,
    )

    assert done.stdout == "given up\n"


@pytest.mark.parametrize(
    ("value", "unknown"),
    [
        (Unknown(), True),
        ({"a": [{"b": Unknown()}]}, True),
        ([rpc.UNKNOWN], True),
        ({"a": [1, None, "x"]}, False),
        ([], False),
    ],
    ids=["itself", "nested", "as sent", "none", "empty"],
)
def test_an_unknown_value_is_found_however_deep(value, unknown):
    """What contains one is not judged in a preview."""
    assert has_unknown(value) is unknown


def test_a_sealed_value_is_a_secret_of_the_sdk():
    """The SDK reads our seal as its own."""
    assert rpc.is_rpc_secret(seal([1]))
    assert rpc.unwrap_rpc_secret(seal([1])) == [1]


def test_this_sdk_reads_by_id():
    """The SDK of the tests serves `MediaConvertJob.get`."""
    assert reads_by_id()


@pytest.mark.parametrize(
    "server",
    [None, "props = rpc.deserialize_properties(request.properties)"],
    ids=["no server", "older server"],
)
def test_an_sdk_that_does_not_look_among_the_inputs_is_too_old(tmp_path, server):
    """It would end a `get` in a traceback."""
    if server is not None:
        (tmp_path / "dynamic").mkdir()
        (tmp_path / "dynamic" / "__main__.py").write_text(server)

    assert not reads_by_id(tmp_path)
