"""One event loop for a whole process, on a thread of its own.

The engine's threads hand their work to it and wait, so that many waits share one
connection pool, and cancelling is cancelling tasks.
"""

from __future__ import annotations

import asyncio
import functools
import queue
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")

# For what blocks: names that are resolved, credentials that are looked up.
MAX_BLOCKING_CALLS = 32


class DaemonThreads(ThreadPoolExecutor):
    """Calls that block, on threads that the end of the process does not wait for.

    The engine waits five seconds for its plugin to end, and Python for every thread
    of an ordinary pool: credentials that hang would prolong each preview by that.
    """

    def __init__(self, most: int = MAX_BLOCKING_CALLS) -> None:
        # A loop takes no other kind of pool; the threads of this one never start.
        super().__init__(max_workers=1)
        self._most = most
        self._started = 0
        self._calls: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  # as the base
        """Run a call on the next thread that is free."""
        future: Future[Any] = Future()
        call = functools.partial(fn, *args, **kwargs)
        self._calls.put(functools.partial(_run, future, call))
        if self._started < self._most:
            self._started += 1
            threading.Thread(target=self._serve, name="blocking", daemon=True).start()
        return future

    def _serve(self) -> None:
        while True:
            self._calls.get()()


def _run(future: Future[Any], call: Callable[[], Any]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = call()
    except BaseException as error:  # noqa: BLE001  # whoever waits gets it
        future.set_exception(error)
    else:
        future.set_result(result)


class Work:
    """All that is under way on one event loop, to be cancelled together.

    Several providers of a process may hear of one Ctrl-C, and a person may press it
    twice: each work is cancelled once, so that it can keep what it has seen. Calls that
    the engine made just before it cancelled still arrive after that.
    """

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()
        self._is_cancelled = False

    def cancel(self) -> None:
        """Cancel everything under way and to come; each work says what becomes of it.

        Must be called on the loop.
        """
        if self._is_cancelled:
            return
        self._is_cancelled = True
        for task in list(self._tasks):
            task.cancel()

    async def tracked(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Run `work` in the current task, which is cancelled with all others."""
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


class EventLoop:
    """One event loop on one thread, to which the engine's threads hand their work."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._loop.set_default_executor(DaemonThreads())
        self._work = Work()
        thread = threading.Thread(
            target=self._loop.run_forever, name="mediaconvert", daemon=True
        )
        thread.start()

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Run `work` on the loop and wait for its result in this thread."""
        return self._started(work).result()

    async def join(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Run `work` on the loop and wait for its result on another one."""
        return await asyncio.wrap_future(self._started(work))

    def cancel_all(self) -> None:
        """Cancel everything under way and to come, as `Work.cancel` does."""
        self._loop.call_soon_threadsafe(self._work.cancel)

    def _started(self, work: Coroutine[Any, Any, Result]) -> Future[Result]:
        return asyncio.run_coroutine_threadsafe(self._work.tracked(work), self._loop)
