"""One engine's time with the plugin: from its handshake to its end."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from pulumi_alicloud_mediaconvert.hosts.event_loop import Work
from pulumi_alicloud_mediaconvert.hosts.native.engine_rows import EngineRows
from pulumi_alicloud_mediaconvert.hosts.run_memory import RunMemory

Result = TypeVar("Result")


class EngineSession:
    """What all calls of one engine share.

    Args:
        engine_address: where the engine listens, if it is known.

    Attributes:
        rows: of the engine's display.
        memory: of the run.
    """

    def __init__(self, engine_address: str | None) -> None:
        self.rows = EngineRows(engine_address)
        self.memory = RunMemory()
        self._work = Work()

    async def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Run what `Cancel` cancels, in a task of its own; what it returns counts.

        The task of the call itself goes on: it delivers what was found.
        """
        return await asyncio.create_task(self._work.tracked(work))

    def cancel(self) -> None:
        """Cancel all that runs, and all that is still to come."""
        self._work.cancel()
