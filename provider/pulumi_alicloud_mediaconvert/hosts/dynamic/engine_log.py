"""Lines on a resource's row in the engine's display; its address is all they need.

Rests on the SDK's private corners, as `engine` does, and goes on without them alike.
"""

from __future__ import annotations

import contextlib
import logging
import sys
from collections.abc import Sequence
from typing import Any, TextIO

import grpc

from pulumi_alicloud_mediaconvert.hosts.dynamic.engine import engine_address
from pulumi_alicloud_mediaconvert.hosts.engine_channel import (
    CHANNEL_OPTIONS,
    LINE_SECONDS,
)
from pulumi_alicloud_mediaconvert.hosts.passing_lines import PassingLines

# An SDK that has them elsewhere is served without: what is to be shown is printed.
with contextlib.suppress(ImportError):
    from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

log = logging.getLogger(__name__)

NOT_TAKEN = "the engine did not take a line"


class EngineLog:
    """Lines on a resource's row: passing ones while it waits, lasting warnings.

    The engine listens at the address that it starts a plugin with. A line that it does
    not take is printed. Nothing is ever raised from here: a deployment must not fail
    because a line was not shown.
    """

    def __init__(self, arguments: Sequence[str]) -> None:
        self._stub: engine_pb2_grpc.EngineStub | None = None
        self._passing = PassingLines(self._sent)
        if address := engine_address(arguments):
            with contextlib.suppress(Exception):
                channel = grpc.insecure_channel(address, CHANNEL_OPTIONS)
                self._stub = engine_pb2_grpc.EngineStub(channel)

    def show(self, urn: str, text: str) -> None:
        """Show a line until the next one; of many at once only the newest."""
        self._passing.show(urn, text)

    def end_passing(self, urn: str) -> None:
        """Wait until the newest passing line has arrived: it stays on the row."""
        # The call under way has a deadline, and so has the line that waits for it.
        with contextlib.suppress(TimeoutError):
            self._passing.quiet(urn).result(timeout=2 * LINE_SECONDS)

    def leave_note(self, urn: str, text: str) -> None:
        """Leave a line in the diagnostics of the resource, which warns of nothing."""
        self._leave(urn, text, "INFO")

    def leave_warning(self, urn: str, text: str) -> None:
        """Leave a warning in the diagnostics of the resource."""
        self._leave(urn, text, "WARNING")

    def _sent(self, urn: str, text: str) -> Any:  # noqa: ANN401  # a call of gRPC
        try:
            return self._log(urn, text, "INFO", ephemeral=True)
        except Exception:  # see the class
            log.debug(NOT_TAKEN, exc_info=True)
            _print(text, sys.stdout)
            return None

    def _leave(self, urn: str, text: str, severity: str) -> None:
        try:
            # The plugin may be gone before a line under way arrives.
            self._log(urn, text, severity, ephemeral=False).result()
        except Exception:  # see the class
            log.debug(NOT_TAKEN, exc_info=True)
            _print(text, sys.stderr)

    def _log(self, urn: str, text: str, severity: str, *, ephemeral: bool) -> Any:  # noqa: ANN401  # ditto
        if self._stub is None:
            raise LookupError("no address of an engine among the arguments")
        request = engine_pb2.LogRequest(
            severity=engine_pb2.LogSeverity.Value(severity),
            urn=urn,
            message=text,
            ephemeral=ephemeral,
        )
        return self._stub.Log.future(request, timeout=LINE_SECONDS)


def _print(text: str, stream: TextIO) -> None:
    """Print a line that the engine did not take: it shows what a plugin prints."""
    with contextlib.suppress(OSError, ValueError):
        stream.write(f"{text}\n")
        stream.flush()
