"""Polling is judged as its page says, and what the page shows is what was measured."""

from __future__ import annotations

import asyncio
import json
import random
from pathlib import Path

import pytest

from clocks import FakeClock
from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.waiting.waiter import WaitLimits, wait_for_job

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


@pytest.fixture(scope="module")
def by_kind(polling):
    """Compare on seeds that no number was chosen by, as the page does."""
    return {
        one.name: one for one in polling.by_kind(polling.KINDS, polling.HELD_OUT_SEEDS)
    }


def test_half_the_delay_of_a_fixed_interval_is_met(by_kind):
    """On jobs of all kinds together, half of the delay at as many calls is undercut."""
    every = by_kind["all of these"]

    assert every.ratio < 0.5
    assert every.calls / every.fixed_calls < 0.5


@pytest.mark.parametrize(
    "kind", ["medium", "long", "queued", "coarse percent", "bursty", "stalls"]
)
def test_it_is_met_wherever_percent_tells(by_kind, kind):
    """Each kind with a percent and some length meets it by itself."""
    assert by_kind[kind].ratio < 0.5


@pytest.mark.parametrize("kind", ["short", "no percent"])
def test_other_jobs_are_not_worse_off(by_kind, kind):
    """Where there is little to predict by, no more is lost than chance may hide."""
    assert by_kind[kind].ratio < 1.1


def test_every_other_way_is_beaten(polling):
    """Back-offs and the naive estimate do worse beside a fixed interval than ours."""
    jobs = polling.made(polling.KINDS, SEEDS)
    ours, *others = (
        polling.beside_fixed("", jobs, way).ratio
        for way in (
            polling.predicted(),
            *polling.BACK_OFFS.values(),
            *polling.NAIVE.values(),
        )
    )

    assert len(others) == 4
    assert ours < min(others)


@pytest.mark.parametrize("kind", KINDS)
def test_timelines_are_jobs(script, kind):
    """Each begins before its first look, ends later, and shows whole percents."""
    for seed in range(20):
        one = script("benchmarks.timelines").timeline(kind, seed)

        assert one == script("benchmarks.timelines").timeline(kind, seed)
        assert one.moments[0] <= 0 < one.ends_at
        assert list(one.moments) == sorted(one.moments)
        assert one.moments[-1] < one.ends_at
        assert {percent for _, percent in one.shown} <= {None, *range(101)}
        assert one.at(one.ends_at) is None


def test_a_fixed_interval_is_beside_itself(polling):
    """What is compared with has the calls and the delay that looking gives."""
    jobs = polling.made(polling.KINDS, SEEDS)

    found = polling.beside_fixed("every 10 s", jobs, polling.fixed(10))

    assert found.fixed == pytest.approx(10, rel=0.02)
    assert found.ratio == pytest.approx(1, abs=0.05)
    assert found.calls / found.fixed_calls == pytest.approx(1, abs=0.05)


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


def test_tables_and_plot_are_those_of_the_kept_numbers(script):
    """The page and its picture follow from docs/polling.json."""
    assert script("benchmarks.polling_page").main(["--check"]) == 0, (
        "run scripts/polling"
    )


def test_the_kept_numbers_are_those_of_the_code(by_kind):
    """A change of when to look has to show on the page."""
    kept = json.loads((ROOT / "docs/polling.json").read_text())["held_out_seeds"]

    assert [row["name"] for row in kept] == list(by_kind)
    for row in kept:
        found = by_kind[row["name"]]
        # To a hundredth: the last digits of a logarithm are the machine's.
        assert (found.calls, found.delay) == pytest.approx(
            (row["calls"], row["delay"]), rel=0.01
        )


def test_the_plot_names_what_it_shows(script):
    """Every curve of the plot stands in its legend, as text that can be read."""
    text = (ROOT / "docs/polling.svg").read_text()

    for curve in ("fixed interval", "back-off", "estimated end", "this provider"):
        assert curve in text
    assert script("documentation.plot").FONT in text
