"""A clock for tests: time passes only by being slept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

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
