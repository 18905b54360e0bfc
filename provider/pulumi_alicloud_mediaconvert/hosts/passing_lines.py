"""Lines that each replace the one before on a resource's row, sent in their order.

gRPC keeps no order between calls. So each resource has one call at a time, and the
newest line waits for it to end. Lines in between are skipped: nobody would see them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Protocol


class Sent(Protocol):
    """A call of gRPC, of a blocking or an asynchronous channel."""

    def add_done_callback(self, callback: Callable[[Any], None], /) -> None:
        """Call back once the call has ended, however it ends."""


@dataclass
class _Row:
    """One resource while its lines are under way.

    Attributes:
        newest: line that is sent next; `None` if there is none.
        sent: call under way. gRPC cancels a call that nothing refers to.
        is_quiet: done once nothing is under way.
    """

    newest: str | None
    sent: Sent | None = None
    is_quiet: Future[None] = field(default_factory=Future)


class PassingLines:
    """The passing lines of all resources of a process. Threads may share it.

    Args:
        send: starts a call that shows a line, by URN and text, and never raises;
            returns `None` if there is nothing to wait for. Calls must have a deadline.
    """

    def __init__(self, send: Callable[[str, str], Sent | None]) -> None:
        self._send = send
        self._lock = threading.Lock()
        self._rows: dict[str, _Row] = {}

    def show(self, urn: str, line: str) -> None:
        """Show a line now, or when the line before it has arrived. Never waits."""
        with self._lock:
            if row := self._rows.get(urn):
                row.newest = line
                return
            row = self._rows[urn] = _Row(line)
        self._send_newest(urn, row)

    def quiet(self, urn: str) -> Future[None]:
        """Return what is done once the newest line of a resource was sent."""
        with self._lock:
            if row := self._rows.get(urn):
                return row.is_quiet
        quiet: Future[None] = Future()
        quiet.set_result(None)
        return quiet

    def _send_newest(self, urn: str, row: _Row) -> None:
        while (line := self._next(urn, row)) is not None:
            row.sent = self._send(urn, line)
            if row.sent is not None:
                row.sent.add_done_callback(lambda _: self._send_newest(urn, row))
                return
        row.is_quiet.set_result(None)

    def _next(self, urn: str, row: _Row) -> str | None:
        with self._lock:
            line, row.newest = row.newest, None
            if line is None:
                del self._rows[urn]
        return line
