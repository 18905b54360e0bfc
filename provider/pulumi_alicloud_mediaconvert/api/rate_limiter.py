"""How fast all calls of a process may go together: one limit, and less on a throttle.

Each call of the API asks here first. Knows time, neither HTTP nor jobs.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import math
from collections.abc import Callable
from enum import IntEnum

from pulumi_alicloud_mediaconvert.clock import SYSTEM_CLOCK, Clock
from pulumi_alicloud_mediaconvert.text import quoted

# No limit of this API is documented; its older sibling allows so many calls a second
# and account. Source: https://help.aliyun.com/zh/mps/developer-reference/qps-limits
DEFAULT_REQUESTS_PER_SECOND = 100.0
MAX_REQUESTS_PER_SECOND = 1000.0
# A burst of so many seconds of the limit: what a late timer lost is caught up with, so
# that the limit can be used in full.
BURST_SECONDS = 0.1
# A throttle halves the rate, whatever else is throttled within this time: calls under
# way together are refused together.
REACTION_SECONDS = 1.0
LEAST_SHARE = 1 / 2000
# Nor less than this, or than half of a limit that is smaller still.
LEAST_PER_SECOND = 0.5
# A rate that was halved doubles again in so many calls, so that the few which find the
# limit anew are a small part of them; and in no less and no more than these seconds.
CALLS_TO_DOUBLE = 60
MIN_DOUBLING_SECONDS = 20.0
MAX_DOUBLING_SECONDS = 300.0
# Share of the limit for calls that are repeated; a burst of so many seconds is free.
RETRY_SHARE = 0.25
RETRY_BURST_SECONDS = 20.0


def parse_rate(text: str) -> float:
    """Read a number of requests per second.

    Raises:
        ValueError: it is none, or out of bounds; says what is allowed.
    """
    try:
        rate = float(text)
    except ValueError:
        rate = math.nan
    if not 0 < rate <= MAX_REQUESTS_PER_SECOND:
        raise ValueError(
            "must be a number of requests, above 0 and up to"
            f" {MAX_REQUESTS_PER_SECOND:g}, got {quoted(text, longest=60)}"
        )
    return rate


class Priority(IntEnum):
    """Who goes first where calls queue."""

    FIRST = 0
    ORDINARY = 1


class Turn:
    """A place in the line, which may be changed for a better one."""

    def __init__(self) -> None:
        self._better: Callable[[], None] | None = None

    def begin(self, better: Callable[[], None]) -> None:
        """Say how it becomes a better one."""
        self._better = better

    def hasten(self) -> None:
        """Let the call go before those that are not urgent, if it waits still."""
        if self._better is not None:
            self._better()


class RateLimiter:
    """Lets calls pass one by one, not more of them than the limit allows.

    Args:
        per_second: the limit, over all calls.
        clock: that measures and passes the time.
    """

    def __init__(
        self,
        per_second: float = DEFAULT_REQUESTS_PER_SECOND,
        *,
        clock: Clock = SYSTEM_CLOCK,
    ) -> None:
        self.per_second = per_second
        self._clock = clock
        self._next = self._next_retry = float("-inf")
        self._share, self._slowed_at = 1.0, float("-inf")
        self._doubling_seconds = MIN_DOUBLING_SECONDS
        self._arrivals = itertools.count()
        self._waiting: list[tuple[Priority, int, asyncio.Future[None]]] = []
        self._gate: asyncio.Task[None] | None = None

    async def acquire(
        self, priority: Priority = Priority.ORDINARY, own: Turn | None = None
    ) -> None:
        """Return when the next call may go; the more urgent first, else in turn.

        Args:
            priority: of the call.
            own: is told how to go first while the call waits.
        """
        if not self._waiting and self._seconds_to_next() <= 0:
            self._pass()
            return
        turn = asyncio.get_running_loop().create_future()
        self._line_up(priority, turn)
        if own is not None:
            own.begin(lambda: self._line_up(Priority.FIRST, turn))
        if self._gate is None or self._gate.done():
            self._gate = asyncio.create_task(self._open())
        await turn

    def on_throttled(self) -> None:
        """Go slower for a while: the API had too many calls, of whomever."""
        now = self._clock.now()
        if now - self._slowed_at >= REACTION_SECONDS:
            least = min(0.5, LEAST_PER_SECOND / self.per_second)
            self._share = max(LEAST_SHARE, least, self.share(now) / 2)
            self._slowed_at = now
            seconds = CALLS_TO_DOUBLE / (self.per_second * self._share)
            self._doubling_seconds = min(
                max(MIN_DOUBLING_SECONDS, seconds), MAX_DOUBLING_SECONDS
            )
            self._next = max(self._next, now)

    def share(self, now: float) -> float:
        """Return how much of the limit is used at that moment, from 0 to 1."""
        if self._share == 1:
            return 1.0
        doublings = (now - self._slowed_at) / self._doubling_seconds
        # Beyond that it is whole again, and the power may be too large a number.
        won_back = math.exp2(min(doublings, -math.log2(LEAST_SHARE)))
        return min(1.0, self._share * won_back)

    def retry_pause(self) -> float:
        """Return the seconds until a call may be repeated; counts as repeating it.

        While the API has a fault, thousands of waits repeat their calls; it is not
        brought up again by all of them at once.
        """
        now = self._clock.now()
        due = max(self._next_retry, now - RETRY_BURST_SECONDS)
        self._next_retry = due + 1 / (self.per_second * RETRY_SHARE)
        return max(0.0, due - now)

    def _line_up(self, priority: Priority, turn: asyncio.Future[None]) -> None:
        # Who stands in line twice passes once.
        if not turn.done():
            heapq.heappush(self._waiting, (priority, next(self._arrivals), turn))

    def line_seconds(self) -> float:
        """Return about how long a call waits that joins the line now."""
        rate = self.per_second * self.share(self._clock.now())
        return max(0.0, self._seconds_to_next()) + len(self._waiting) / rate

    def _seconds_to_next(self) -> float:
        return self._next - self._clock.now()

    def _pass(self) -> None:
        now = self._clock.now()
        began = max(self._next, now - BURST_SECONDS)
        self._next = began + 1 / (self.per_second * self.share(now))

    async def _open(self) -> None:
        """Let those who wait pass, until nobody does."""
        while self._waiting:
            seconds = self._seconds_to_next()
            if self._waiting[0][-1].done():
                # Given up, or passed by a better turn.
                heapq.heappop(self._waiting)
            elif seconds > 0:
                await self._clock.sleep(seconds)
            else:
                *_, turn = heapq.heappop(self._waiting)
                turn.set_result(None)
                self._pass()
