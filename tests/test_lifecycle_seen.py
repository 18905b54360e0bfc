"""What comes late, and what goes: details after the end, a job that was seen."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Callable
from typing import Any

import pytest

from clock import FakeClock
from jobs import JOB_ID, NAME, Wire, make_job, make_output
from lifecycles import LEVELS, declared, lifecycle_on, settle
from pulumi_alicloud_mediaconvert.emulator import (
    Emulator,
    Script,
    Step,
    after_reads,
    not_found,
    scripts,
)
from test_lifecycle_waits import HeldClock

STEADY = {"poll_min": 3, "poll_max": 3, "timeout": 600}
REQUESTED = {
    "Outputs": [{"Name": "a"}, {"Name": "b"}],
    "OutputGroups": [{"Name": "hls", "Outputs": [{"Name": "x"}, {"Name": "y"}]}],
}
WHOLE = make_job(
    make_output("a"),
    make_output("b"),
    groups={"hls": [make_output("x"), make_output("y")]},
    Config=REQUESTED,
)
OUTPUTS, GROUPS = "OutputDetails", "OutputGroupDetails"


def without(*path: Any, put: Any = None, pops: bool = False) -> Wire:
    """Return the whole answer with one part taken out, or replaced."""
    answer = copy.deepcopy(WHOLE)
    at: Any = answer
    for key in path[:-1]:
        at = at[key]
    if pops:
        del at[path[-1]]
    else:
        at[path[-1]] = put
    return answer


LATE: dict[str, Wire] = {
    "no outputs yet": without(OUTPUTS, put=[]),
    "null for outputs": without(OUTPUTS),
    "no key for outputs": without(OUTPUTS, pops=True),
    "one output of two": without(OUTPUTS, 1, pops=True),
    "an output of which nothing is told": without(OUTPUTS, 1, put={}),
    "a null for an output": without(OUTPUTS, 1),
    "one output twice": without(OUTPUTS, 1, put=make_output("a")),
    "no groups yet": without(GROUPS, put=[]),
    "null for groups": without(GROUPS),
    "no key for groups": without(GROUPS, pops=True),
    "no members yet": without(GROUPS, 0, "Outputs", put=[]),
    "null for members": without(GROUPS, 0, "Outputs"),
    "one member of two": without(GROUPS, 0, "Outputs", 0, pops=True),
    "an output under way": without(OUTPUTS, 0, "Status", put="Init"),
    "a member under way": without(GROUPS, 0, "Outputs", 0, "Status", put="Scheduled"),
    "a group under way": without(GROUPS, 0, "Status", put="Running"),
    "no status": without(OUTPUTS, 0, "Status", pops=True),
    "nothing at all, and no request": make_job(),
}


def answered(job: Wire, reads: int | None = None) -> Step:
    """Answer with a job, for so many reads."""
    leave = None if reads is None else after_reads(reads)
    return Step(verbatim={"RequestId": "R", "Job": job}, leave=leave)


def late_then_whole(late: Wire, reads: int = 2) -> Script:
    """End, with what is missing reported some reads later."""
    return Script([answered(late, reads), answered(WHOLE)])


@pytest.mark.anyio
@pytest.mark.parametrize("late", LATE.values(), ids=LATE)
async def test_details_that_come_late_are_waited_for(late):
    """A success of which not all is reported is read again, until it is."""
    clock = FakeClock()

    settled = await settle(late_then_whole(late), clock=clock, wait=STEADY)

    assert (settled.outputs["verdict"], settled.failures) == ("passed", [])
    assert sum(clock.slept) == 6


@pytest.mark.anyio
@pytest.mark.parametrize("late", LATE.values(), ids=LATE)
@pytest.mark.parametrize(
    ("wait", "seconds"),
    [(STEADY, 30), (STEADY | {"timeout": 7}, 7), (False, 0)],
    ids=["thirty seconds", "until the deadline", "one look"],
)
async def test_details_that_do_not_come_decide_nothing(late, wait, seconds):
    """The reading again ends, and what was not reported is inconclusive."""
    clock = FakeClock()

    settled = await settle(answered(late), clock=clock, wait=wait)

    assert settled.outputs["verdict"] == "inconclusive"
    assert sum(clock.slept) == seconds


@pytest.mark.anyio
@pytest.mark.parametrize("state", ["Failed", "Cancelled"])
async def test_a_job_that_failed_is_not_read_again(state):
    """Whatever else would be reported of it, it is bad."""
    clock = FakeClock()

    settled = await settle(answered(WHOLE | {"State": state, OUTPUTS: []}), clock=clock)

    assert (settled.outputs["verdict"], clock.slept) == ("failed", [])


@pytest.mark.anyio
@pytest.mark.parametrize("late", [LATE["no outputs yet"], LATE["an output under way"]])
async def test_an_interruption_while_details_are_late_keeps_the_record(late):
    """Ctrl-C leaves what was seen, as pending, which the next `up` resumes."""
    clock = HeldClock()
    task = asyncio.create_task(settle(answered(late), clock=clock))
    await clock.asleep.wait()

    task.cancel()
    settled = await task

    assert settled.outputs["verdict"] == "pending"
    assert settled.outputs["state"] == "Success"
    [line] = settled.failures
    assert "it continues" not in line


ONCE = after_reads(1)
UNDER_WAY = Step("Running", percent=10, leave=ONCE)


@pytest.mark.anyio
@pytest.mark.parametrize("misses", [1, 2, 20])
@pytest.mark.parametrize("grace", [0, 60])
async def test_a_job_that_some_polls_miss_is_not_gone(misses, grace):
    """A part of the service may lag behind: some answers end no wait."""
    is_over = misses > 2 and grace == 0
    script = Script([UNDER_WAY, not_found(after_reads(misses)), Step("Success")])

    settled = await settle(script, wait=STEADY | {"not_found_grace": grace})

    assert settled.outputs["verdict"] == ("pending" if is_over else "passed")


@pytest.mark.anyio
@pytest.mark.parametrize("misses", [1, 2])
async def test_polls_that_miss_an_ended_job_do_not_end_its_reading(misses):
    """As of a job under way, so of one whose details are late."""
    late = answered(LATE["no outputs yet"], 1)
    script = Script([late, not_found(after_reads(misses)), answered(WHOLE)])

    settled = await settle(script, wait=STEADY)

    assert settled.outputs["verdict"] == "passed"


SEEN: dict[str, tuple[Step, str]] = {
    "queued": (Step("Inited", leave=ONCE), "Inited"),
    "running": (Step("Running", percent=17, leave=ONCE), "Running at 17%"),
    "an unknown word": (Step("Paused", leave=ONCE), "Paused"),
}


@pytest.mark.anyio
@pytest.mark.parametrize(("seen", "state"), SEEN.values(), ids=SEEN)
@pytest.mark.parametrize("level", LEVELS)
async def test_a_job_that_is_gone_was_seen(seen, state, level):
    """The line says so, with when and in which state; no region is suspected."""
    settled = await settle(
        Script([seen, not_found()]), wait=STEADY, enforcement_level=level
    )

    [line] = settled.failures or settled.warnings
    assert line.startswith(f"The API no longer finds {NAME} ")
    assert "63s ago" in line
    assert state in line
    assert "Check the job ID" not in line
    assert bool(settled.failures) is (level == "mandatory")
    assert settled.outputs["verdict"] == "pending"


@pytest.mark.anyio
@pytest.mark.parametrize(("seen", "state"), SEEN.values(), ids=SEEN)
async def test_a_refresh_says_that_a_job_was_seen(seen, state):
    """As the next run does, and the last verdict is kept."""
    stored = (await settle(seen, wait=False)).outputs
    lifecycle = lifecycle_on(Emulator(), FakeClock(9e6))

    read = await lifecycle.read(declared(wait=False), stored=stored)

    line = read.failures[0]
    assert line.startswith(f"The API no longer finds {NAME} ")
    assert f"at {stored['__seen_at']}." in line
    assert state.partition(" at ")[0] in line
    assert line.endswith(" The last verdict is kept: pending.")


@pytest.mark.anyio
@pytest.mark.parametrize(("seen", "state"), SEEN.values(), ids=SEEN)
@pytest.mark.parametrize("wait", [{}, False], ids=["waiting", "one look"])
@pytest.mark.parametrize("level", LEVELS)
async def test_the_next_run_knows_that_a_job_was_seen(seen, state, wait, level):
    """What was stored tells when and in which state, over any number of runs."""
    stored = (await settle(seen, wait=False)).outputs
    at = stored["__seen_at"]
    lifecycle = lifecycle_on(Emulator(), FakeClock(9e6))

    for _ in range(2):
        settled = await lifecycle.settle(
            declared(wait=wait, enforcement_level=level), 60, lambda _: None, stored
        )
        [line] = settled.failures or settled.warnings
        assert line.startswith(f"The API no longer finds {NAME} ")
        assert f"at {at}." in line
        assert state.partition(" at ")[0] in line
        assert bool(settled.failures) is (level == "mandatory")
        assert settled.outputs["verdict"] == "pending"
        stored = settled.outputs


@pytest.mark.anyio
@pytest.mark.parametrize(
    "script", [scripts.succeeds_cleanly(), scripts.fails()], ids=["passed", "failed"]
)
async def test_of_a_job_that_is_settled_no_moment_is_stored(script):
    """Every look would change the state of a job that has not changed."""
    assert not any(name.startswith("__") for name in (await settle(script)).outputs)


@pytest.mark.anyio
async def test_a_stored_state_of_an_earlier_version_knows_no_moment():
    """The state is told all the same."""
    stored = {"state": "Running", "percent": 17.0, "verdict": "pending"}
    lifecycle = lifecycle_on(Emulator(), FakeClock())

    settled = await lifecycle.settle(declared(), 60, lambda _: None, stored)

    assert "Running at 17%" in settled.failures[0]


PROGRESS: dict[str, Callable[[int], Any]] = {
    "text": lambda step: str(10 + step),
    "decimals": lambda step: 17 + step / 10,
    "decimals in text": lambda step: f"17.{step}",
    "a sign": lambda step: f"{10 + step} %",
    "a wide sign": lambda step: f"{10 + step}\N{FULLWIDTH PERCENT SIGN}",
    "a comma": lambda step: f"17,{step}",
    "beyond a hundred": lambda step: 1000 + step,
    "below zero": lambda step: -step - 1,
    "words": lambda step: f"step {step} of 9",
    "an object": lambda step: {"done": step},
    "now and then": lambda step: None if step % 2 else "17.3",
}


@pytest.mark.anyio
@pytest.mark.parametrize("sent", PROGRESS.values(), ids=PROGRESS)
@pytest.mark.parametrize("drop_details", [True, False], ids=["of a set", "alone"])
async def test_a_progress_that_changes_is_no_stall(sent, drop_details):
    """Whatever the API sends for its percent: that it changes is what counts."""
    steps = [
        Step("Running", fields={"Percent": sent(step)}, leave=after_reads(3))
        for step in range(9)
    ]
    api = Emulator()
    api.add_job(JOB_ID, Script([*steps, Step("Success")]))
    lifecycle = lifecycle_on(api, FakeClock())

    settled = await lifecycle.settle(
        declared(wait=STEADY | {"stall_timeout": 10}),
        600,
        lambda _: None,
        drop_details=drop_details,
    )

    assert settled.outputs["verdict"] == "passed"


@pytest.mark.anyio
@pytest.mark.parametrize("sent", PROGRESS.values(), ids=PROGRESS)
async def test_a_progress_that_does_not_change_is_a_stall(sent):
    """What nobody understands stalls like any other."""
    step = Step("Running", fields={"Percent": sent(0)})

    settled = await settle(step, wait=STEADY | {"stall_timeout": 10})

    assert "stall_timeout" in settled.failures[0]
