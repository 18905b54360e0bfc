"""The engine as the native plugin sees it: takes the lines that it is to show."""

from __future__ import annotations

import threading
from typing import Any, NamedTuple

from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

from loopback import HUNG_SECONDS


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
