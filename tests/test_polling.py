"""Polling is judged as its page says, and what the page shows is what was measured."""

from __future__ import annotations

import asyncio
import json
import random
from pathlib import Path

import pytest

from clock import FakeClock
from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.waiting.wait_limits import WaitLimits
from pulumi_alicloud_mediaconvert.waiting.waiter import wait_for_job

ROOT = Path(__file__).parent.parent
# Of each kind, where not all that the page shows are needed.
SEEDS = range(1000, 1050)
KINDS = (
    *("short", "medium", "long", "queued", "coarse percent", "no percent", "bursty"),
    *("stalls", "retried", "failing", "two passes", "lingering end", "ladder"),
    "resumed wait",
)


@pytest.fixture(scope="module")
def polling(script):
    """Load what judges polling."""
    return script("benchmarks.polling")


@pytest.mark.parametrize("kind", KINDS)
def test_the_waiter_takes_the_looks_that_are_judged(polling, kind):
    """A wait for the job of a timeline looks as often and ends as late."""
    [one] = polling.made([kind], SEEDS[:1])
    clock, looks = FakeClock(start=0), 0

    async def look(_within):
        nonlocal looks
        looks += 1
        state, percent = one.at(clock.now()) or ("Success", None)
        return Job(state=state, percent=percent)

    waiting = wait_for_job(
        look, WaitLimits(timeout=1e6), clock=clock, random=random.Random(0).random
    )
    asyncio.run(waiting)

    [judged] = polling.each_watched([one], polling.predicted())
    assert (looks, clock.now() - one.ends_at) == (judged.calls, judged.delay)


@pytest.mark.slow
def test_the_kept_numbers_are_those_of_the_code(polling):
    """A change of when to look has to show on the page."""
    kept = json.loads((ROOT / "docs/polling.json").read_text())["held_out_seeds"]
    now = polling.by_kind(polling.KINDS, polling.HELD_OUT_SEEDS)

    assert [row["name"] for row in kept] == [found.name for found in now]
    for row, found in zip(kept, now, strict=True):
        # To a hundredth: the last digits of a logarithm are the machine's.
        assert (found.calls, found.delay) == pytest.approx(
            (row["calls"], row["delay"]), rel=0.01
        )
