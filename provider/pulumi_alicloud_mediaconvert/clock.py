"""Time as a dependency: whoever waits is handed a clock.

A clock that can be read can be slept on, so that tests of hours take microseconds.
"""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Monotonic time in seconds, waiting for it, and the date."""

    def now(self) -> float:
        """Return seconds since an arbitrary moment."""

    def date(self) -> datetime:
        """Return the date of now, in UTC; it may leap, and measures nothing."""

    async def sleep(self, seconds: float) -> None:
        """Return after `seconds`; cancelling the task ends it at once."""


class SystemClock:
    """The clock of the machine."""

    def now(self) -> float:
        """Return seconds since an arbitrary moment."""
        return time.monotonic()

    def date(self) -> datetime:
        """Return the date of now, in UTC."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Return after `seconds`; cancelling the task ends it at once."""
        await asyncio.sleep(seconds)


SYSTEM_CLOCK = SystemClock()
