"""Thread pools of the plugin: more than four calls at once."""

from __future__ import annotations

import contextlib
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pulumi_alicloud_mediaconvert.hosts.dynamic.engine import servicer

# A waiting resource holds one thread; more than the engine is ever told to run.
MAX_THREADS = 2048
POOL = "experimental_thread_pool"


def widen() -> None:
    """Let the plugin serve more than four calls at once.

    gRPC asks the function that serves a call for a thread pool of its own. The SDK
    configures a provider in the first call that needs it, which in a refresh is one
    `Read` of many: those that came along wait in the server's own pool already.
    """
    served = servicer()
    if served is None or hasattr(getattr(served, "Create", None), POOL):
        return
    pool = ThreadPoolExecutor(max_workers=MAX_THREADS, thread_name_prefix="job")
    for name in ("Create", "Update", "Read"):
        serve: Any = getattr(served, name, None)
        # What takes no attribute is served by the four.
        with contextlib.suppress(AttributeError, TypeError):
            serve.experimental_thread_pool = pool
    # Last: a call that arrives before that joins the queue that this serves.
    grow_thread_pool(MAX_THREADS)


def grow_thread_pool(most: int) -> None:
    """Let the pool in whose thread this runs grow, and serve what waits in it.

    Found and changed by private names of the standard library, the same in Python 3.11
    to 3.14; where they are others, or there is no pool, nothing changes.

    Args:
        most: threads that it may have.
    """
    pool = _thread_pool()
    if pool is None:
        return
    with contextlib.suppress(AttributeError, RuntimeError):
        pool._max_workers = max(most, pool._max_workers)  # noqa: SLF001  # see above
        for _ in range(pool._work_queue.qsize()):  # noqa: SLF001  # ditto
            # Each starts a thread, if none is idle, that takes what waits the longest.
            pool.submit(_nothing)


def _thread_pool() -> ThreadPoolExecutor | None:
    frame = sys._getframe(1)  # noqa: SLF001  # the only way to the pool
    while frame is not None:
        reference = frame.f_locals.get("executor_reference")
        if callable(reference):
            pool = reference()
            return pool if isinstance(pool, ThreadPoolExecutor) else None
        if frame.f_back is None:
            break
        frame = frame.f_back
    return None


def _nothing() -> None:
    """Do what need not be done."""
