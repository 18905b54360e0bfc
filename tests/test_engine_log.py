"""The lines on a resource's row, on a real gRPC server that stands for the display."""

from __future__ import annotations

import io
import queue
import sys
from typing import Any

import pytest
from google.protobuf import empty_pb2
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

from loopback import URN, closed_port, served
from pulumi_alicloud_mediaconvert.hosts.dynamic.engine_log import EngineLog


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

    row = EngineLog(["plugin", address])
    for text in sent:
        row.show(URN, text)

    lines = [servicer.lines.get(timeout=5) for _ in sent]
    assert {line.message for line in lines} == sent
    assert {(line.urn, line.ephemeral) for line in lines} == {(URN, True)}
    assert {line.severity for line in lines} == {engine_pb2.INFO}


def test_no_proxy_of_the_environment_keeps_lines_from_the_engine(display, monkeypatch):
    """The engine is on this machine, and no proxy knows its address."""
    servicer, address = display
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(name, f"http://{closed_port()}")

    EngineLog(["plugin", address]).leave_warning(URN, "It goes on.")

    assert servicer.lines.get_nowait().message == "It goes on."


@pytest.mark.parametrize(
    ("leave", "severity"),
    [
        pytest.param(EngineLog.leave_warning, engine_pb2.WARNING, id="warning"),
        pytest.param(EngineLog.leave_note, engine_pb2.INFO, id="note"),
    ],
)
def test_a_line_has_arrived_once_it_is_left(display, leave, severity):
    """A lasting line is waited for: the plugin may end right after it."""
    servicer, address = display

    leave(EngineLog(["plugin", address]), URN, "It goes on.")

    line = servicer.lines.get_nowait()
    assert (line.urn, line.message, line.ephemeral) == (URN, "It goes on.", False)
    assert line.severity == severity


@pytest.mark.parametrize(
    "arguments",
    [[], ["plugin"], ["pytest", "tests"], ["plugin", "127.0.0.1:1"]],
    ids=["none", "no address", "no port", "nobody listens"],
)
def test_a_row_without_an_engine_prints_its_lines(arguments, capsys):
    """A line that cannot be shown is no reason to fail, and is not lost."""
    row = EngineLog(arguments)

    row.show(URN, "Running 66%")
    row.leave_warning(URN, "It goes on.")

    printed = capsys.readouterr()
    assert printed.err == "It goes on.\n"
    # Whether somebody takes a passing line is not waited for.
    assert printed.out in {"Running 66%\n", ""}


def test_a_row_that_cannot_even_print_is_silent(monkeypatch):
    """An engine that is gone takes the plugin's streams with it."""
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr(sys, "stderr", closed)

    EngineLog([]).leave_warning(URN, "It goes on.")
