"""Clocks of tests: time that passes only by being slept, or by itself."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


class FakeClock:
    """Time that a test owns.

    Attributes:
        slept: each sleep so far, in seconds.
    """

    def __init__(self, start: float = 1000.0) -> None:
        self.slept: list[float] = []
        self._now = start

    def now(self) -> float:
        """Return seconds since an arbitrary moment."""
        return self._now

    def date(self) -> datetime:
        """Return the date of now."""
        return EPOCH + timedelta(seconds=self._now)

    async def sleep(self, seconds: float) -> None:
        """Let `seconds` pass at once."""
        self.slept.append(seconds)
        self.advance(seconds)

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass without anybody sleeping."""
        self._now += max(0.0, seconds)


Result = TypeVar("Result")


class SimulatedLoop(asyncio.SelectorEventLoop):
    """An event loop on which nobody waits: where all do, time leaps to the next timer.

    For work in memory alone: it does not wait for threads or for sockets.
    """

    def __init__(self) -> None:
        self._seconds = 0.0
        super().__init__(_LeapingSelector(self))

    def time(self) -> float:
        """Return the seconds since the loop was made."""
        return self._seconds

    def leap(self, seconds: float) -> None:
        """Let so many seconds pass."""
        self._seconds += seconds


class _LeapingSelector(selectors.DefaultSelector):
    def __init__(self, loop: SimulatedLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> Any:
        ready = super().select(0)
        if not ready and timeout is None:
            raise RuntimeError("everybody waits for what nobody will do")
        if not ready and timeout:
            self._loop.leap(timeout)
        return ready


class LoopClock:
    """The clock of the loop on which it is asked."""

    def now(self) -> float:
        """Return seconds since an arbitrary moment."""
        return asyncio.get_running_loop().time()

    def date(self) -> datetime:
        """Return the date of now."""
        return EPOCH + timedelta(seconds=self.now())

    async def sleep(self, seconds: float) -> None:
        """Return after `seconds` of the loop."""
        await asyncio.sleep(seconds)


def simulate(work: Coroutine[Any, Any, Result]) -> Result:
    """Run work from second 0 on, and return what comes of it."""
    with asyncio.Runner(loop_factory=SimulatedLoop) as runner:
        return runner.run(work)
