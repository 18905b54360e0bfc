"""Ctrl-C: hear the engine's `Cancel`, which the SDK ignores.

The engine sends it once when a user presses Ctrl-C. `host` then cancels every task of
the process's event loop; `lifecycle` turns that into a result that keeps what was seen.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from pulumi_alicloud_mediaconvert.hosts.dynamic.engine import servicer
from pulumi_alicloud_mediaconvert.hosts.dynamic.thread_pool import POOL


def hear_cancel(on_cancel: Callable[[], None]) -> None:
    """Call `on_cancel` for each `Cancel` of the engine.

    gRPC asks the function that serves a call for a thread pool of its own: this one
    has a pool that hears of the call first. Outside of a plugin process, and where the
    function takes no attribute, nothing is heard.
    """
    cancel: Any = getattr(servicer(), "Cancel", None)
    earlier = getattr(cancel, POOL, None)
    if isinstance(earlier, _CancelPool):
        earlier.listen(on_cancel)
        return
    with contextlib.suppress(AttributeError, TypeError):
        cancel.experimental_thread_pool = _CancelPool(on_cancel)


class _CancelPool(ThreadPoolExecutor):
    """Serves `Cancel`, after it has called all that listen."""

    def __init__(self, heard: Callable[[], None]) -> None:
        super().__init__(max_workers=1)
        self._heard = [heard]

    def listen(self, heard: Callable[[], None]) -> None:
        """Add a listener: a process may serve providers of two versions."""
        self._heard.append(heard)

    def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401  # as the base
        """Call all listeners, then serve the call."""
        for heard in self._heard:
            heard()
        return super().submit(*args, **kwargs)
