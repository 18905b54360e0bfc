"""The lines on a resource's row, on a real gRPC server that stands for the display."""

from __future__ import annotations

import asyncio
import io
import queue
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from google.protobuf import empty_pb2
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

from loopback import HUNG_SECONDS, URN, closed_port, served
from pulumi_alicloud_mediaconvert.hosts.dynamic.engine_log import EngineLog
from pulumi_alicloud_mediaconvert.hosts.native.engine_rows import EngineRows


class Display(engine_pb2_grpc.EngineServicer):
    """Takes lines as the engine does."""

    def __init__(self):
        self.lines: queue.Queue[Any] = queue.Queue()

    def Log(self, request, context):  # noqa: N802  # as the protocol says
        """Take one line."""
        del context
        self.lines.put(request)
        return empty_pb2.Empty()


ROWS = [f"{URN}-{number}" for number in range(5)]


class Busy(engine_pb2_grpc.EngineServicer):
    """Takes no line before it may go on, as an engine with other work.

    Attributes:
        may_go_on: whether it takes lines.
        taken: lines by URN, in their order.
    """

    def __init__(self):
        self.may_go_on = threading.Event()
        self.taken: dict[str, list[str]] = {}

    def Log(self, request, context):  # noqa: N802  # as the protocol says
        """Take one line."""
        del context
        if self.may_go_on.wait(HUNG_SECONDS):
            self.taken.setdefault(request.urn, []).append(request.message)
        return empty_pb2.Empty()


def in_python(address, shown, then=lambda: None):
    """Show lines on rows as the dynamic provider does, and wait for the last ones."""
    rows = EngineLog(["plugin", address])
    for urn, lines in shown.items():
        for line in lines:
            rows.show(urn, line)
    then()
    for urn in shown:
        rows.end_passing(urn)


def natively(address, shown, then=lambda: None):
    """Show lines on rows as the native plugin does, and wait for the last ones."""

    async def show() -> None:
        rows = EngineRows(address)
        for urn, lines in shown.items():
            for line in lines:
                rows.show(urn, line)
        then()
        for urn in shown:
            await rows.end_passing(urn)

    asyncio.run(show())


@pytest.fixture
def display():
    """Serve the engine's display; give it together with its address."""
    servicer = Display()
    with served(engine_pb2_grpc.add_EngineServicer_to_server, servicer) as address:
        yield servicer, address


@contextmanager
def busy_display() -> Iterator[tuple[Busy, str]]:
    """Serve a display that is busy, with its address."""
    servicer = Busy()
    add = engine_pb2_grpc.add_EngineServicer_to_server
    with served(add, servicer, threads=2 * len(ROWS)) as address:
        try:
            yield servicer, address
        finally:
            servicer.may_go_on.set()


@pytest.mark.parametrize("show_all", [in_python, natively])
def test_the_newest_line_of_each_row_comes_last(show_all):
    """However slow the engine is: lines that a newer one replaced are skipped."""
    shown = {urn: [f"{percent}% of {urn}" for percent in range(40)] for urn in ROWS}

    with busy_display() as (servicer, address):
        show_all(address, shown, servicer.may_go_on.set)
        for urn, lines in shown.items():
            assert servicer.taken[urn] == [lines[0], lines[-1]]


@pytest.mark.parametrize("show_all", [in_python, natively])
def test_lines_that_come_slowly_are_all_shown(display, show_all):
    """Each on its resource's row until the next one, without a trace."""
    servicer, address = display
    for percent in range(3):
        show_all(address, {URN: [f"{percent}%"]})

    lines = [servicer.lines.get_nowait() for _ in range(3)]
    assert [line.message for line in lines] == ["0%", "1%", "2%"]
    assert {(line.urn, line.ephemeral) for line in lines} == {(URN, True)}
    assert {line.severity for line in lines} == {engine_pb2.INFO}


@pytest.mark.parametrize("show_all", [in_python, natively])
def test_an_engine_that_takes_no_line_holds_up_nothing(show_all):
    """One that is busy for ever, and one that is gone; none of them raises."""
    shown = {urn: ["50%"] for urn in ROWS}

    with busy_display() as (servicer, address):
        show_all(address, shown)
        assert servicer.taken == {}
    show_all(address, shown)


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
