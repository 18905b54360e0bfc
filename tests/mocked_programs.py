"""What a program needs that runs with Pulumi's mocks instead of an engine."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import Any

import pulumi
from pulumi.runtime.mocks import MockMonitor


@contextmanager
def event_loop():
    """Lend this thread a loop: the SDK would make one and leave it open."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        yield
    finally:
        asyncio.set_event_loop(None)
        loop.close()


class Monitor(MockMonitor):
    """Keeps the time limits of what is registered, which mocks do not see."""

    def __init__(self, mocks: pulumi.runtime.Mocks) -> None:
        super().__init__(mocks)
        self.timeouts: dict[str, Any] = {}

    def RegisterResource(self, request):  # noqa: N802  # as the protocol says
        """Register a resource."""
        self.timeouts[request.name] = request.customTimeouts
        with event_loop():
            return super().RegisterResource(request)
