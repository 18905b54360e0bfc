"""A machine that sleeps in the middle of a wait: an old answer judges no limit."""

import asyncio

import pytest

from clock import FakeClock
from pulumi_alicloud_mediaconvert.errors import (
    JobNotFoundError,
    ProviderError,
)
from pulumi_alicloud_mediaconvert.waiting.wait_errors import WaitTimeoutError
from pulumi_alicloud_mediaconvert.waiting.wait_limits import WaitLimits
from pulumi_alicloud_mediaconvert.waiting.waiter import wait_for_job
from waits import READ_ERRORS, job_at

HOURS = 3 * 3600.0
LIMITS = WaitLimits(
    timeout=1800,
    queue_timeout=600,
    stall_timeout=600,
    not_found_grace=600,
    poll_min=3,
    poll_max=3,
)


class Machine(FakeClock):
    """Time that leaps at one of its sleeps, or while a poll is under way.

    Attributes:
        polls: how many were taken.
    """

    def __init__(self, script, *, asleep_at, during, seconds=HOURS):
        super().__init__(start=0)
        self.polls = 0
        self._script = script.split(", ")
        self._asleep_at, self._during, self._seconds = asleep_at, during, seconds

    async def sleep(self, seconds):
        """Sleep, for hours if it is the one."""
        is_it = self._during == "pause" and len(self.slept) == self._asleep_at
        await super().sleep(self._seconds if is_it else seconds)

    async def poll(self, _within):
        """Answer with the state of before the sleep; it is read after it."""
        step = self._script[min(self.polls, len(self._script) - 1)]
        if self._during == "poll" and self.polls == self._asleep_at:
            self.advance(self._seconds)
        self.polls += 1
        if step in READ_ERRORS:
            raise READ_ERRORS[step]
        return job_at(step)


def waited(machine, limits=LIMITS):
    """Wait on a machine; return how it ended."""
    try:
        return asyncio.run(wait_for_job(machine.poll, limits, clock=machine))
    except ProviderError as error:
        return error


@pytest.mark.parametrize("during", ["pause", "poll"])
@pytest.mark.parametrize("asleep_at", [0, 1])
@pytest.mark.parametrize(
    "before", ["Inited, Inited", "Running 5, Running 5", "Running, Running", "Paused"]
)
def test_a_job_that_ended_meanwhile_has_ended(before, asleep_at, during):
    """After a sleep there is a poll before any limit is judged, and it may win."""
    wait_state = ", ".join(before.split(", ")[:1] * (asleep_at + 1))

    ended = waited(
        Machine(f"{wait_state}, Success", asleep_at=asleep_at, during=during)
    )

    assert getattr(ended, "state", ended) == "Success"


@pytest.mark.parametrize("during", ["pause", "poll"])
def test_a_job_that_some_poll_missed_before_the_sleep_is_not_gone(during):
    """The hours in which nobody asked are no absence."""
    machine = Machine("Running 5, missing, Success", asleep_at=1, during=during)

    assert getattr(waited(machine), "state", None) == "Success"


@pytest.mark.parametrize("during", ["pause", "poll"])
@pytest.mark.parametrize(
    ("script", "seconds"), [("Running 5", 900), ("Inited", 900), ("Paused", HOURS)]
)
def test_a_limit_holds_that_a_fresh_answer_confirms(script, seconds, during):
    """One poll is what a sleep is worth: a stall that goes on is one."""
    machine = Machine(script, asleep_at=1, during=during, seconds=seconds)

    assert isinstance(waited(machine), WaitTimeoutError)
    assert machine.polls == 3


def test_an_api_that_is_slow_for_good_ends_the_wait():
    """The fresh answer may come late, too; it is not asked for again and again."""

    class Slow(Machine):
        async def poll(self, within):
            self.advance(100)
            return await super().poll(within)

    machine = Slow("Running 5", asleep_at=-1, during="never")

    assert isinstance(waited(machine), WaitTimeoutError)
    assert machine.polls < 20


def test_a_job_that_was_never_seen_is_unknown_after_its_grace():
    """It is asked for once more after the sleep, then it is none."""
    machine = Machine("missing", asleep_at=0, during="poll")

    assert isinstance(waited(machine), JobNotFoundError)
    assert machine.polls > 1
