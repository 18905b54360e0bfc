"""The native plugin as an engine runs it: its process, its calls, what it shows.

`started()` starts the process, stands for the engine that it shows lines to, and
configures it. Values are plain ones, with `Secret` and `UNKNOWN` as in `schema/values`.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent import futures
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Self

import grpc
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import (
    engine_pb2,
    engine_pb2_grpc,
    provider_pb2,
    provider_pb2_grpc,
    status_pb2,
)

from jobs import JOB_ID
from loopback import HUNG_SECONDS
from pulumi_alicloud_mediaconvert.hosts.native.property_values import (
    from_struct,
    to_struct,
)

COMMAND = Path(sys.executable).with_name("pulumi-resource-mediaconvert")
MAX_MESSAGE_BYTES = 400 * 1024 * 1024
MAX_METADATA_BYTES = 16 * 1024 * 1024
JOB, JOB_SET = "mediaconvert:index:Job", "mediaconvert:index:JobSet"
PROVIDER = "pulumi:providers:mediaconvert"


def urn_of(name: str = "gate", type_: str = JOB) -> str:
    """Return the URN of a resource."""
    return f"urn:pulumi:test::project::{type_}::{name}"


class Line(NamedTuple):
    """A line that the plugin showed."""

    name: str
    severity: str
    text: str
    is_passing: bool


class EngineLog(engine_pb2_grpc.EngineServicer):
    """Stands for the engine: keeps the lines that it is to show.

    Attributes:
        lines: in their order.
    """

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._arrived = threading.Condition()

    def Log(self, request: Any, _context: Any) -> Empty:  # noqa: N802  # of the protocol
        """Keep a line."""
        severity = engine_pb2.LogSeverity.Name(request.severity)
        name = request.urn.rpartition("::")[2]
        with self._arrived:
            line = Line(name, severity, request.message, request.ephemeral)
            self.lines.append(line)
            self._arrived.notify_all()
        return Empty()

    def wait_for(self, text: str, name: str = "gate") -> None:
        """Wait until a line with a text was shown on a resource's row."""
        with self._arrived:
            has_come = self._arrived.wait_for(
                lambda: any(
                    text in line.text and line.name == name for line in self.lines
                ),
                HUNG_SECONDS,
            )
        assert has_come, f"no line with {text!r} among {self.lines}"

    def warnings(self, name: str = "gate") -> list[str]:
        """Return the warnings on the row of a resource."""
        return [
            one.text
            for one in self.lines
            if one.name == name and one.severity == "WARNING"
        ]

    def notes(self, name: str = "gate") -> list[str]:
        """Return the lasting lines on the row of a resource that warn of nothing."""
        return [
            one.text
            for one in self.lines
            if one.name == name and one.severity == "INFO" and not one.is_passing
        ]


@dataclass(frozen=True)
class Failure:
    """How a call failed, as the engine reads it.

    Attributes:
        code: of gRPC.
        text: of the status.
        reasons: of a failure that keeps the state.
        id: of the resource, ditto.
        state: that is kept.
        inputs: that are kept; `None` if those of the engine are.
    """

    code: grpc.StatusCode
    text: str
    reasons: list[str] = field(default_factory=list)
    id: str = ""
    state: dict[str, Any] = field(default_factory=dict)
    inputs: dict[str, Any] | None = None


class CallFailed(Exception):  # noqa: N818  # what happened
    """A call failed.

    Attributes:
        failure: how.
    """

    def __init__(self, error: grpc.RpcError) -> None:
        self.failure = failure_of(error)
        super().__init__(self.failure)


def failure_of(error: Any) -> Failure:
    """Read a failure as the engine does."""
    failure = Failure(error.code(), error.details())
    for key, value in error.trailing_metadata() or ():
        if key != "grpc-status-details-bin":
            continue
        status = status_pb2.Status.FromString(value)
        for detail in status.details:
            kept = provider_pb2.ErrorResourceInitFailed()
            assert detail.Unpack(kept)
            inputs = from_struct(kept.inputs) if kept.HasField("inputs") else None
            return Failure(
                failure.code,
                failure.text,
                [*kept.reasons],
                kept.id,
                from_struct(kept.properties),
                inputs,
            )
    return failure


class Plugin:
    """One plugin process and a connection to it.

    Args:
        command: that starts it, without the engine's address.
        environ: of the process, in place of this one's.

    Attributes:
        process: of the plugin.
        engine: that it shows lines to.
        stub: for calls that have no method here.
    """

    def __init__(
        self,
        command: Sequence[str | Path] = (COMMAND,),
        environ: Mapping[str, str] | None = None,
    ) -> None:
        self.engine = EngineLog()
        self._trouble = ""
        self._server = grpc.server(futures.ThreadPoolExecutor(max_workers=8))
        engine_pb2_grpc.add_EngineServicer_to_server(self.engine, self._server)
        port = self._server.add_insecure_port("127.0.0.1:0")
        self._server.start()
        self.address = f"127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [*command, self.address],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=None if environ is None else dict(environ),
            text=True,
            start_new_session=True,
        )
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        if not said.strip().isdecimal():
            _, trouble = self.process.communicate(timeout=HUNG_SECONDS)
            raise AssertionError(f"no port, but {said!r}: {trouble}")
        self.channel = grpc.insecure_channel(
            f"127.0.0.1:{said.strip()}",
            options=[
                ("grpc.max_receive_message_length", MAX_MESSAGE_BYTES),
                ("grpc.max_send_message_length", MAX_MESSAGE_BYTES),
                # The engine's client takes so much. This one would refuse some answers
                # of 8 KiB at random, and all of 16 KiB.
                ("grpc.max_metadata_size", MAX_METADATA_BYTES),
                ("grpc.absolute_max_metadata_size", MAX_METADATA_BYTES),
            ],
        )
        self.stub = provider_pb2_grpc.ResourceProviderStub(self.channel)

    def __enter__(self) -> Self:
        """Return the plugin."""
        return self

    def __exit__(self, *_exc_info: object) -> None:
        """End the process, however it stands."""
        self.channel.close()
        if self.process.poll() is None:
            self.process.kill()
        self.ended()
        self._server.stop(None).wait()

    def leave(self) -> None:
        """Close the pipe to the process, as the end of the engine does."""
        assert self.process.stdin is not None
        self.process.stdin.close()

    def ended(self) -> tuple[int, str]:
        """Wait for the end of the process; return its code, and what it printed."""
        code = self.process.wait(HUNG_SECONDS)
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            pipe.close()
        if not self._trouble and self.process.stderr is not None:
            with self.process.stderr as pipe:
                self._trouble = pipe.read()
            self.process.stderr = None
        return code, self._trouble

    def handshake(self) -> Any:
        """Begin as the engine does."""
        request = provider_pb2.ProviderHandshakeRequest(engine_address=self.address)
        return self.call("Handshake", request)

    def configure(self, **inputs: Any) -> Any:
        """Configure the provider."""
        return self.call(
            "Configure",
            provider_pb2.ConfigureRequest(
                args=to_struct(inputs), acceptSecrets=True, type=PROVIDER
            ),
        )

    def check_config(
        self, name: str = "default", **inputs: Any
    ) -> tuple[dict[str, Any], list[str]]:
        """Check the provider's inputs; return them, and the reasons against them.

        Args:
            name: of the provider: `default` is that of the stack's configuration.
            inputs: as the engine hands them over.
        """
        urn = urn_of(name, PROVIDER)
        request = provider_pb2.CheckRequest(urn=urn, news=to_struct(inputs))
        return _checked(self.call("CheckConfig", request))

    def check(
        self, news: Mapping[str, Any], olds: Mapping[str, Any] | None = None, **about
    ) -> tuple[dict[str, Any], list[str]]:
        """Check inputs; return them, and the reasons against them."""
        request = provider_pb2.CheckRequest(
            **_about(**about), olds=to_struct(olds or {}), news=to_struct(news)
        )
        return _checked(self.call("Check", request))

    def checked(self, news: Mapping[str, Any], **about) -> dict[str, Any]:
        """Check inputs that are good; return them with their defaults."""
        inputs, reasons = self.check(news, **about)
        assert reasons == []
        return inputs

    def diff(
        self, state: Mapping[str, Any], news: Mapping[str, Any], id_=JOB_ID, **about
    ) -> Any:
        """Compare checked inputs with a state."""
        request = provider_pb2.DiffRequest(
            **_about(**about), id=id_, olds=to_struct(state), news=to_struct(news)
        )
        return self.call("Diff", request)

    def create(
        self, inputs: Mapping[str, Any], *, preview=False, timeout=0.0, **about
    ) -> tuple[str, dict[str, Any]]:
        """Create a resource of checked inputs; return its ID and state."""
        request = provider_pb2.CreateRequest(
            **_about(**about),
            properties=to_struct(inputs),
            preview=preview,
            timeout=timeout,
        )
        response = self.call("Create", request)
        return response.id, from_struct(response.properties)

    def update(  # the fields of the request
        self,
        state: Mapping[str, Any],
        news: Mapping[str, Any],
        *,
        id_=JOB_ID,
        preview=False,
        timeout=0.0,
        **about,
    ) -> dict[str, Any]:
        """Update a resource; return its state."""
        request = provider_pb2.UpdateRequest(
            **_about(**about),
            id=id_,
            olds=to_struct(state),
            news=to_struct(news),
            preview=preview,
            timeout=timeout,
        )
        return from_struct(self.call("Update", request).properties)

    def read(
        self,
        state: Mapping[str, Any] | None = None,
        inputs: Mapping[str, Any] | None = None,
        *,
        id_=JOB_ID,
        timeout=0.0,
        **about,
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Read a resource; return its state, and its inputs if the plugin has any."""
        request = provider_pb2.ReadRequest(
            **_about(**about),
            id=id_,
            properties=to_struct(state or {}),
            inputs=to_struct(inputs or {}),
            timeout=timeout,
        )
        response = self.call("Read", request)
        return from_struct(response.properties), from_struct(response.inputs)

    def invoke(self, token: str, **args: Any) -> dict[str, Any]:
        """Call a function."""
        request = provider_pb2.InvokeRequest(tok=token, args=to_struct(args))
        return from_struct(getattr(self.call("Invoke", request), "return"))

    def call(self, name: str, request: Any = None) -> Any:
        """Call, and fail as the engine reads it.

        Raises:
            CallFailed: the plugin answers with a status.
        """
        try:
            return getattr(self.stub, name)(request or Empty(), timeout=HUNG_SECONDS)
        except grpc.RpcError as error:
            raise CallFailed(error) from None


@contextlib.contextmanager
def started(
    *, command: Sequence[str | Path] = (COMMAND,), environ=None, **inputs: Any
) -> Iterator[Plugin]:
    """Start a plugin as the engine does, and configure it.

    Args:
        command: that starts it.
        environ: variables that its process has besides those of this one.
        inputs: of the provider.
    """
    with Plugin(command, {**os.environ, **(environ or {})}) as plugin:
        plugin.handshake()
        plugin.configure(**inputs)
        yield plugin


def _about(name: str = "gate", type_: str = JOB) -> dict[str, Any]:
    return {"urn": urn_of(name, type_), "name": name, "type": type_}


def _checked(response: Any) -> tuple[dict[str, Any], list[str]]:
    # With a property's name the engine prints its value, secret or not.
    assert {failure.property for failure in response.failures} <= {""}
    reasons = [failure.reason for failure in response.failures]
    return from_struct(response.inputs), reasons
