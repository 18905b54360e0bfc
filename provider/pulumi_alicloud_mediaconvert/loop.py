"""One event loop for a whole process, on a thread of its own.

The engine's threads hand their work to it and wait, so that many waits share one
connection pool, and cancelling is cancelling tasks.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


class Loop:
    """One event loop on one thread, to which the engine's threads hand their work."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._is_cancelled = False
        thread = threading.Thread(
            target=self._loop.run_forever, name="mediaconvert", daemon=True
        )
        thread.start()

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Run `work` on the loop and wait for its result in this thread."""
        return asyncio.run_coroutine_threadsafe(
            self._tracked(work), self._loop
        ).result()

    def cancel_all(self) -> None:
        """Cancel everything under way and to come; each work says what becomes of it.

        Calls that the engine made just before it cancelled still arrive after that.
        """
        self._loop.call_soon_threadsafe(self._cancel)

    def _cancel(self) -> None:
        self._is_cancelled = True
        for task in list(self._tasks):
            task.cancel()

    async def _tracked(self, work: Coroutine[Any, Any, Result]) -> Result:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  # this is a coroutine of a task
        self._tasks.add(task)
        if self._is_cancelled:
            # Arrives at the first wait within `work`, which knows what to say.
            task.cancel()
        try:
            return await work
        except (KeyboardInterrupt, SystemExit) as error:
            # These would end the loop, and leave every other call without an answer.
            raise RuntimeError(f"a task asked to exit: {error!r}") from error
        finally:
            self._tasks.discard(task)
