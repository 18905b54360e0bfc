"""All calls of a process share one limit, and one budget for repeated calls."""

import asyncio
from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clock import FakeClock, LoopClock, simulate
from pulumi_alicloud_mediaconvert.api.rate_limiter import (
    LEAST_SHARE,
    RETRY_BURST_SECONDS,
    RETRY_SHARE,
    Priority,
    RateLimiter,
    Turn,
    parse_rate,
)


async def passed_at(limiter, clock, urgencies):
    """Let calls arrive together; return who passed when, in the order of passing."""
    passed = []

    async def call(number, priority):
        await limiter.acquire(priority)
        passed.append((number, clock.now()))

    calls = (call(number, priority) for number, priority in enumerate(urgencies))
    await asyncio.gather(*calls)
    return passed


@pytest.mark.anyio
async def test_calls_pass_at_the_rate_in_turn():
    """The first call goes at once, each later one a step after the one before."""
    clock = FakeClock(start=0)
    limiter = RateLimiter(4, clock=clock)

    passed = await passed_at(limiter, clock, [Priority.ORDINARY] * 9)

    assert [number for number, _ in passed] == list(range(9))
    assert clock.now() == pytest.approx(2, abs=0.2)


@pytest.mark.anyio
async def test_the_urgent_do_not_queue_behind_the_ordinary():
    """A call that decides something goes before those that only look again."""
    clock = FakeClock(start=0)
    limiter = RateLimiter(1, clock=clock)
    ordinary, first = Priority.ORDINARY, Priority.FIRST

    passed = await passed_at(limiter, clock, [ordinary, ordinary, first, first])

    assert [number for number, _ in passed] == [0, 2, 3, 1]


@pytest.mark.anyio
async def test_a_call_that_waits_may_become_urgent():
    """It goes before the ordinary ones then, once, and takes no turn but its own."""
    clock = FakeClock(start=0)
    limiter = RateLimiter(1, clock=clock)
    turn, passed = Turn(), []

    async def call(number, own=None):
        await limiter.acquire(Priority.ORDINARY, own)
        passed.append((number, clock.now()))

    calls = [asyncio.create_task(call(number)) for number in range(3)]
    calls.append(asyncio.create_task(call(3, turn)))
    turn.hasten()
    await asyncio.sleep(0)
    turn.hasten()
    await asyncio.gather(*calls)
    turn.hasten()

    assert [number for number, _ in passed] == [0, 3, 1, 2]
    assert passed[-1][1] == pytest.approx(3, abs=0.2)


@pytest.mark.anyio
async def test_who_gives_up_leaves_the_turn_to_the_next():
    """A cancelled call uses nothing of the limit."""
    clock = FakeClock(start=0)
    limiter = RateLimiter(1, clock=clock)
    await limiter.acquire()
    leaving = asyncio.create_task(limiter.acquire())
    staying = asyncio.create_task(limiter.acquire())
    await asyncio.sleep(0)

    leaving.cancel()
    await staying

    assert clock.now() <= 1


@pytest.mark.anyio
async def test_time_without_calls_is_not_saved_up():
    """After a quiet hour no burst follows."""
    clock = FakeClock(start=0)
    limiter = RateLimiter(10, clock=clock)
    await limiter.acquire()
    clock.advance(3600)

    await passed_at(limiter, clock, [Priority.ORDINARY] * 21)

    assert clock.now() - 3600 >= 1.8


@pytest.mark.anyio
async def test_a_late_timer_is_caught_up_with():
    """The whole limit can be used although timers are late."""

    class LateClock(FakeClock):
        async def sleep(self, seconds: float) -> None:
            await super().sleep(seconds + 0.004)

    clock = LateClock(start=0)
    limiter = RateLimiter(100, clock=clock)

    await passed_at(limiter, clock, [Priority.ORDINARY] * 500)

    assert 500 / clock.now() >= 95


def test_a_throttle_halves_the_rate_once_and_passes():
    """Calls that are refused together count as one throttle; time heals it."""
    clock = FakeClock(start=0)
    limiter = RateLimiter(clock=clock)

    limiter.on_throttled()
    limiter.on_throttled()

    assert limiter.share(clock.now()) == 0.5
    assert 0.5 < limiter.share(clock.now() + 5) < 0.75
    assert limiter.share(clock.now() + 60) == 1


@given(st.lists(st.floats(min_value=0, max_value=100)))
def test_the_rate_never_falls_to_nothing(gaps):
    """However often the API throttles, calls go on, and never above the limit."""
    clock = FakeClock(start=0)
    limiter = RateLimiter(clock=clock)

    for gap in gaps:
        limiter.on_throttled()
        clock.advance(gap)

        assert LEAST_SHARE <= limiter.share(clock.now()) <= 1


@pytest.mark.anyio
async def test_a_throttled_rate_is_kept():
    """After a throttle the calls that wait go half as fast."""
    clock = FakeClock(start=0)
    limiter = RateLimiter(100, clock=clock)
    await limiter.acquire()

    limiter.on_throttled()
    await passed_at(limiter, clock, [Priority.ORDINARY] * 10)

    assert clock.now() == pytest.approx(0.2, abs=0.03)


class Limited:
    """An API that takes so many calls a second, and refuses the others.

    Attributes:
        answers: when each call was answered, and whether it was taken.
    """

    def __init__(self, limits, *, is_windowed):
        self.limits = limits
        self.answers = []
        self._is_windowed = is_windowed
        self._taken: Counter[int] = Counter()
        self._left, self._filled_at = 1.0, 0.0

    def take(self, now):
        """Take a call, or not."""
        limit = next(limit for until, limit in self.limits if now < until)
        if self._is_windowed:
            self._taken[int(now)] += 1
            taken = self._taken[int(now)] <= limit
        else:
            gained = (now - self._filled_at) * limit
            self._left, self._filled_at = min(max(1, limit), self._left + gained), now
            taken = self._left >= 1
            self._left -= taken
        self.answers.append((now, taken))
        return taken

    def on_throttled(self, began, ended):
        """Return the share of the calls in a time that were refused."""
        taken = [was for at, was in self.answers if began <= at < ended]
        return 1 - sum(taken) / len(taken)


async def waited(api, jobs, seconds):
    """Let so many jobs be looked at again and again, and retried where refused."""
    clock = LoopClock()
    limiter = RateLimiter(100, clock=clock)
    random = Random(7)

    async def look():
        await limiter.acquire()
        await clock.sleep(0.05)
        taken = api.take(clock.now())
        await clock.sleep(0.05)
        if not taken:
            limiter.on_throttled()
        return taken

    async def job():
        refused = 0
        while clock.now() < seconds:
            refused = 0 if await look() else refused + 1
            again = min(10, 0.5 * 2**refused) * random.uniform(0.5, 1)
            pause = max(limiter.retry_pause(), again) if refused else 3
            await clock.sleep(pause + random.uniform(0, 5))

    await asyncio.gather(*(job() for _ in range(jobs)))


FOR_GOOD = 10**9


@pytest.mark.parametrize("is_windowed", [True, False], ids=["a second", "a bucket"])
@pytest.mark.parametrize(
    "limits",
    [
        [(FOR_GOOD, 1)],
        [(FOR_GOOD, 2.5)],
        [(FOR_GOOD, 5)],
        [(FOR_GOOD, 20)],
        [(150, 20), (FOR_GOOD, 4)],
        [(150, 3), (FOR_GOOD, 20)],
    ],
    ids=str,
)
def test_once_the_limit_of_the_api_is_met_few_calls_are_refused(limits, is_windowed):
    """Less than a tenth, whatever the limit is, and most of it is made use of."""
    api = Limited(limits, is_windowed=is_windowed)

    simulate(waited(api, 200, 400))

    assert api.on_throttled(30, 150) < 0.1
    assert api.on_throttled(250, 400) < 0.1
    taken = sum(was for at, was in api.answers if at >= 250)
    limit = limits[-1][1]
    assert taken / 150 > 0.55 * int(limit)


def test_repeated_calls_have_a_budget_of_their_own():
    """A few repeat at will; thousands together wait for a share of the limit."""
    clock = FakeClock(start=0)
    limiter = RateLimiter(10, clock=clock)
    rate = 10 * RETRY_SHARE
    free = int(rate * RETRY_BURST_SECONDS)

    pauses = [limiter.retry_pause() for _ in range(free + 100)]

    assert pauses[:free] == [0.0] * free
    assert pauses[-1] == pytest.approx(100 / rate, abs=1)


@pytest.mark.parametrize(("text", "rate"), [("50", 50), ("0.5", 0.5), (" 1e3 ", 1000)])
def test_a_limit_is_any_number_above_nothing(text, rate):
    """A limit may be less than one call a second."""
    assert parse_rate(text) == rate


@pytest.mark.parametrize("text", ["", "0", "-1", "nan", "inf", "1001", "many", "10/s"])
def test_what_is_no_limit_is_refused(text):
    """What would stop all calls, or limit none, is a mistake."""
    with pytest.raises(ValueError, match=r"above 0 and up to 1000, got "):
        parse_rate(text)
