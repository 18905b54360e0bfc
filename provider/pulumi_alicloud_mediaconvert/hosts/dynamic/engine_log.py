"""Lines on a resource's row in the engine's display; its address is all they need.

Rests on the SDK's private corners, as `engine` does, and goes on without them alike.
"""

from __future__ import annotations

import contextlib
import logging
import sys
from collections.abc import Sequence
from typing import Any

import grpc

from pulumi_alicloud_mediaconvert.hosts.dynamic.engine import engine_address
from pulumi_alicloud_mediaconvert.hosts.engine_channel import CHANNEL_OPTIONS

# An SDK that has them elsewhere is served without: what is to be shown is printed.
with contextlib.suppress(ImportError):
    from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

log = logging.getLogger(__name__)


class EngineLog:
    """Lines on a resource's row: passing ones while it waits, lasting warnings.

    The engine listens at the address that it starts a plugin with. A line that it does
    not take is printed. Nothing is ever raised from here: a deployment must not fail
    because a line was not shown.
    """

    def __init__(self, arguments: Sequence[str]) -> None:
        self._stub: engine_pb2_grpc.EngineStub | None = None
        # gRPC cancels a call under way that nobody holds on to.
        self._sent: set[Any] = set()
        if address := engine_address(arguments):
            with contextlib.suppress(Exception):
                channel = grpc.insecure_channel(address, CHANNEL_OPTIONS)
                self._stub = engine_pb2_grpc.EngineStub(channel)

    def show(self, urn: str, text: str) -> None:
        """Show a line until the next one."""
        self._send(urn, text, "INFO", ephemeral=True)

    def leave_note(self, urn: str, text: str) -> None:
        """Leave a line in the diagnostics of the resource, which warns of nothing."""
        self._send(urn, text, "INFO", ephemeral=False)

    def leave_warning(self, urn: str, text: str) -> None:
        """Leave a warning in the diagnostics of the resource."""
        self._send(urn, text, "WARNING", ephemeral=False)

    def _send(self, urn: str, text: str, severity: str, *, ephemeral: bool) -> None:
        try:
            self._log(urn, text, severity, ephemeral=ephemeral)
        except Exception:  # see the class
            log.debug("the engine did not take a line", exc_info=True)
            # What a plugin writes the engine shows: of stderr it lasts.
            with contextlib.suppress(OSError, ValueError):
                stream = sys.stdout if ephemeral else sys.stderr
                stream.write(f"{text}\n")
                stream.flush()

    def _log(self, urn: str, text: str, severity: str, *, ephemeral: bool) -> None:
        if self._stub is None:
            raise LookupError("no address of an engine among the arguments")
        request = engine_pb2.LogRequest(
            severity=engine_pb2.LogSeverity.Value(severity),
            urn=urn,
            message=text,
            ephemeral=ephemeral,
        )
        sent = self._stub.Log.future(request)
        self._sent.add(sent)
        sent.add_done_callback(self._sent.discard)
        if not ephemeral:
            # The plugin may be gone before a line under way arrives.
            sent.result(timeout=2)
