"""Time as a dependency: whoever waits is handed a clock.

A clock that can be read can be slept on, so that tests of hours take microseconds.
"""

from __future__ import annotations

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    """Monotonic time in seconds, and waiting for it."""

    def now(self) -> float:
        """Return seconds since an arbitrary moment."""

    async def sleep(self, seconds: float) -> None:
        """Return after `seconds`; cancelling the task ends it at once."""


class SystemClock:
    """The clock of the machine."""

    def now(self) -> float:
        """Return seconds since an arbitrary moment."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Return after `seconds`; cancelling the task ends it at once."""
        await asyncio.sleep(seconds)


SYSTEM_CLOCK = SystemClock()
