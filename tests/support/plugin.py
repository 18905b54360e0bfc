"""The native plugin as an engine runs it: its process, its calls, what it shows.

`started()` starts the process, stands for the engine that it shows lines to, and
configures it. Values are plain ones, with `Secret` and `UNKNOWN` as in `schema/values`.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent import futures
from pathlib import Path
from typing import Any, Self

import grpc
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import (
    engine_pb2_grpc,
    provider_pb2,
    provider_pb2_grpc,
)

from engine_lines import EngineLog
from failed_calls import CallFailed
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
