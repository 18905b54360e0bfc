"""Many jobs on the emulator in memory, waited for together in virtual time."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx

from pulumi_alicloud_mediaconvert.access.settings import read_settings
from pulumi_alicloud_mediaconvert.api.client import ImsClient
from pulumi_alicloud_mediaconvert.api.rate_limiter import RateLimiter
from pulumi_alicloud_mediaconvert.emulator import Emulator
from pulumi_alicloud_mediaconvert.lifecycle.gate_result import GateResult
from pulumi_alicloud_mediaconvert.lifecycle.job import Lifecycle
from settled_jobs import KEYS, declared
from simulated_time import LoopClock, simulate

EPOCH = 1_700_000_000.0


class Crowd:
    """Waits for jobs together, and counts what that took.

    Attributes:
        api: the emulator; its time is that of the loop.
        ended_at: when each wait was over, in seconds since the first began.
    """

    def __init__(self, per_second: float = 100.0) -> None:
        self.clock = LoopClock()
        self.api = Emulator(clock=self._time)
        self.ended_at: list[float] = []
        self._per_second = per_second

    def _time(self) -> float:
        try:
            return EPOCH + self.clock.now()
        except RuntimeError:
            return EPOCH

    @property
    def calls(self) -> Counter[str]:
        """How often each action was called."""
        return Counter(str(request.action) for request in self.api.requests)

    def settle(self, job_ids: list[str], **stated: Any) -> list[GateResult]:
        """Wait for all of them, each by a wait of its own."""
        return simulate(self._settled(job_ids, stated))

    @contextlib.asynccontextmanager
    async def lifecycle(self) -> AsyncIterator[Lifecycle]:
        """Build the lifecycle that all of them share."""
        settings = read_settings(KEYS, {})
        client = ImsClient(
            settings.credentials(),
            limiter=RateLimiter(self._per_second, clock=self.clock),
            clock=self.clock,
            now=lambda: datetime.fromtimestamp(self._time(), UTC),
            transport=httpx.ASGITransport(app=self.api.app),
        )
        async with client:
            yield Lifecycle(client, settings, self.clock)

    async def _settled(
        self, job_ids: list[str], stated: dict[str, Any]
    ) -> list[GateResult]:
        async with self.lifecycle() as lifecycle:

            async def one(job_id: str) -> GateResult:
                settled = await lifecycle.settle(
                    declared(job_id=job_id, **stated), 7200, lambda _: None
                )
                self.ended_at.append(self.clock.now())
                return settled

            return await asyncio.gather(*map(one, job_ids))
