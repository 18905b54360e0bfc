"""One loop and a few threads for the work of all calls."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
import threading
from concurrent import futures
from typing import Any

import pytest

from loopback import HUNG_SECONDS
from pulumi_alicloud_mediaconvert.hosts.event_loop import DaemonThreads, EventLoop


async def answer(value):
    """Give a value, one turn of the loop later."""
    await asyncio.sleep(0)
    return value


async def break_down():
    """Fail as any work may."""
    raise ValueError("broken")


class Waiting:
    """Work that waits for ever, and may say what becomes of it when cancelled.

    Attributes:
        begun: set once it waits.
    """

    def __init__(self, *, says=None):
        self.begun = threading.Event()
        self._says = says

    async def run(self):
        """Wait until cancelled."""
        self.begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            if self._says is None:
                raise
            return self._says


def test_work_is_done_on_the_loop_for_any_thread():
    """Engine threads get the results of their own work, all from one loop."""
    loop = EventLoop()

    with futures.ThreadPoolExecutor(max_workers=4) as threads:
        results = list(threads.map(lambda value: loop.run(answer(value)), range(8)))

    assert results == list(range(8))


def test_what_work_raises_is_raised_where_it_was_asked_for():
    """An error crosses from the loop to the thread that waits."""
    with pytest.raises(ValueError, match="broken"):
        EventLoop().run(break_down())


def in_thread(call, *arguments):
    """Call in a thread that no test waits for; return what will come of it."""
    result: futures.Future[Any] = futures.Future()

    def settle():
        try:
            result.set_result(call(*arguments))
        except futures.CancelledError as error:
            result.set_exception(error)

    threading.Thread(target=settle, daemon=True).start()
    return result


def test_cancelling_ends_all_that_runs():
    """Ctrl-C ends every wait: each says what becomes of it, or is cancelled."""
    loop = EventLoop()
    works = [Waiting(says="pending"), Waiting(says="kept"), Waiting()]
    waits = [in_thread(loop.run, work.run()) for work in works]
    assert all(work.begun.wait(HUNG_SECONDS) for work in works)

    loop.cancel_all()

    assert not futures.wait(waits, 5).not_done
    assert [wait.result() for wait in waits[:2]] == ["pending", "kept"]
    with pytest.raises(futures.CancelledError):
        waits[2].result()


@pytest.mark.parametrize("times", [2, 5])
def test_work_that_says_what_it_saw_is_cancelled_once(times):
    """Ctrl-C may be heard several times: what was seen is kept all the same."""
    loop = EventLoop()
    begun, closing, saying = threading.Event(), threading.Event(), asyncio.Event()

    async def keeps() -> str:
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            closing.set()
            await saying.wait()
        return "kept"

    async def say() -> None:
        saying.set()

    kept = in_thread(loop.run, keeps())
    assert begun.wait(HUNG_SECONDS)
    loop.cancel_all()
    assert closing.wait(HUNG_SECONDS)

    for _ in range(times - 1):
        loop.cancel_all()

    with contextlib.suppress(futures.CancelledError):
        loop.run(say())
    assert kept.result(HUNG_SECONDS) == "kept"


def test_a_call_that_arrives_after_the_cancellation_is_cancelled_too():
    """What the engine sent just before Ctrl-C does not wait to its own end."""
    loop = EventLoop()

    loop.cancel_all()

    with pytest.raises(futures.CancelledError):
        loop.run(asyncio.sleep(60))


def test_a_task_that_asks_to_exit_does_not_stop_the_others():
    """No call stays without an answer because another one went astray."""
    loop = EventLoop()

    async def exits() -> None:
        raise SystemExit(1)

    with pytest.raises(RuntimeError, match="asked to exit"):
        loop.run(exits())

    assert loop.run(answer("done")) == "done"


def test_calls_that_block_share_a_few_threads():
    """Each call gets its own result or error, however few threads there are."""
    threads = DaemonThreads(2)

    calls = [threads.submit(divmod, 7, divisor) for divisor in range(5)]

    with pytest.raises(ZeroDivisionError):
        calls[0].result(HUNG_SECONDS)
    assert [call.result(HUNG_SECONDS)[0] for call in calls[1:]] == [7, 3, 2, 1]


def test_a_call_that_was_given_up_is_not_made():
    """Whoever cancels a call before its turn spares it."""
    threads = DaemonThreads(1)
    turn = threading.Event()
    made: list[str] = []
    first = threads.submit(turn.wait, HUNG_SECONDS)
    second = threads.submit(made.append, "second")

    assert second.cancel()
    turn.set()
    last = threads.submit(made.append, "last")

    assert first.result(HUNG_SECONDS)
    last.result(HUNG_SECONDS)
    assert made == ["last"]


HANGS = """
import asyncio, threading
from pulumi_alicloud_mediaconvert.hosts.event_loop import EventLoop

async def give_up():
    try:
        async with asyncio.timeout(0.05):
            await asyncio.to_thread(threading.Event().wait)
    except TimeoutError:
        return "given up"

print(EventLoop().run(give_up()))
"""


def test_a_call_that_hangs_does_not_keep_the_process():
    """A plugin ends when it is told to, whatever its credentials are waiting for."""
    done = subprocess.run(
        [sys.executable, "-c", HANGS],
        capture_output=True,
        text=True,
        check=True,
        timeout=HUNG_SECONDS,
    )

    assert done.stdout == "given up\n"
