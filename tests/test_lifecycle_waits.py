"""A job that is waited for: its row, its limits, interruptions and errors."""

from __future__ import annotations

import asyncio
import contextlib

import pytest

from clock import FakeClock
from jobs import JOB_ID, NAME
from lifecycles import LEVELS, declared, lifecycle_on, settle
from pulumi_alicloud_mediaconvert.api.retrying import MIN_ATTEMPT_SECONDS
from pulumi_alicloud_mediaconvert.emulator import (
    Emulator,
    Script,
    Step,
    after_reads,
    faults,
    scripts,
)
from pulumi_alicloud_mediaconvert.errors import (
    ApiResponseError,
    AuthenticationError,
    ConfigurationError,
    JobNotFoundError,
    ProviderError,
)

RUNNING_ONCE = Step("Running", percent=40, leave=after_reads(1))


class HeldClock(FakeClock):
    """A clock on which the first sleep never ends.

    Attributes:
        asleep: set once somebody sleeps.
    """

    def __init__(self) -> None:
        super().__init__()
        self.asleep = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        """Sleep until cancelled."""
        del seconds
        self.asleep.set()
        await asyncio.Event().wait()


@pytest.mark.anyio
@pytest.mark.parametrize("level", LEVELS)
async def test_not_to_wait_is_no_failure(level):
    """`wait=False` asked for no more than a look: pending is a warning at most."""
    clock = FakeClock()

    settled = await settle(
        scripts.hangs_queued(), clock=clock, wait=False, enforcement_level=level
    )

    assert settled.outputs["verdict"] == "pending"
    assert settled.outputs["wait"] is False
    assert settled.failures == []
    assert settled.warnings == [f"{NAME} has not ended: Inited 0%."]
    assert clock.slept == []


@pytest.mark.anyio
@pytest.mark.parametrize("level", LEVELS)
async def test_a_timeout_says_that_the_job_goes_on(level):
    """Time is up: the line names job, state and limit, and how to resume."""
    clock = FakeClock()

    settled = await settle(
        scripts.stalls(),
        clock=clock,
        enforcement_level=level,
        wait={"poll_min": 20, "poll_max": 20},
    )

    [line] = settled.failures + settled.warnings
    assert line == (
        f"{NAME} is still Running at 40% after 60s and 4 polls: the timeout of 60s"
        " was reached. The job continues. Run `pulumi up` again to resume, or raise"
        " `wait.timeout`."
    )
    assert (settled.outputs["state"], settled.outputs["percent"]) == ("Running", 40)


@pytest.mark.anyio
async def test_a_timeout_of_the_inputs_goes_before_any_other():
    """The wait takes the limit that the resource names."""
    clock = FakeClock(start=0)

    await settle(scripts.hangs_queued(), clock=clock, wait={"timeout": "2h"})

    assert clock.now() == pytest.approx(7200)


@pytest.mark.anyio
async def test_a_job_that_ends_while_it_is_waited_for_passes():
    """The wait goes through all states, tells of each look, and ends with the job."""
    rows: list[str] = []

    settled = await settle(scripts.succeeds_slowly(reads=3), progress=rows.append)

    assert [row.partition(" · ")[0] for row in rows] == [
        "queued",
        "33%",
        "66%",
        "Success",
    ]
    assert rows[-1] == "Success · 9 checks met"
    assert settled.outputs["verdict"] == "passed"
    assert len(settled.outputs["outputs"]) == 4


@pytest.mark.parametrize(
    ("script", "shown"),
    [
        pytest.param(
            scripts.succeeds_cleanly(), ["Success · 9 checks met"], id="passed"
        ),
        pytest.param(scripts.fails(), [], id="failed"),
    ],
)
@pytest.mark.anyio
async def test_a_job_that_has_ended_has_one_line_or_that_of_its_verdict(script, shown):
    """Each line is a call of the engine; a bad verdict has lines of its own."""
    rows: list[str] = []

    await settle(script, progress=rows.append)

    assert rows == shown


@pytest.mark.anyio
async def test_a_call_that_is_repeated_says_why_on_the_row():
    """A fault that is retried is no silence: the row says what it is."""
    api = Emulator()
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    api.faults.add(faults.bad_gateway_html())
    rows: list[str] = []

    settled = await lifecycle_on(api, FakeClock()).settle(declared(), 600, rows.append)

    assert rows[0] == (
        "HTTP 502 · retrying · gives up in 10m"
        " · the API has an internal error (HTTP 502)"
    )
    assert settled.outputs["verdict"] == "passed"


class Retries:
    """Follows a wait: when its calls were retried, and when they were to end."""

    def __init__(self, clock):
        self.clock = clock
        self.ends: list[float] = []

    def polled(self, _progress):
        """Take no notice."""

    def retrying(self, retry):
        """Note when the wait gives up, as a row says it."""
        self.ends.append(self.clock.now() + retry.left)


@pytest.mark.parametrize(
    "wait", [False, *({"timeout": one} for one in (1, 5, 15, 300))]
)
@pytest.mark.parametrize("skip", [0, 1])
@pytest.mark.anyio
async def test_a_row_says_when_a_wait_gives_up(wait, skip):
    """The last poll has 15 s, however short the timeout: rows count these, too."""
    api = Emulator()
    api.add_job(JOB_ID, scripts.stalls())
    api.faults.add(faults.status(503, times=None), skip=skip)
    clock = FakeClock()
    retries = Retries(clock)
    lifecycle = lifecycle_on(api, clock)

    with contextlib.suppress(ProviderError):
        await lifecycle.settle(declared(wait=wait), 600, print, watch=retries)

    assert wait is False or retries.ends
    # The last attempt takes no time here, and may begin a second before the end.
    assert all(0 <= end - clock.now() <= MIN_ATTEMPT_SECONDS for end in retries.ends)


@pytest.mark.anyio
async def test_an_interrupted_wait_keeps_what_was_seen():
    """Cancelling settles at once as pending, with the facts of the last look."""
    clock = HeldClock()
    task = asyncio.create_task(settle(scripts.stalls(percent=66), clock=clock))
    await clock.asleep.wait()

    task.cancel()
    settled = await task

    [line] = settled.failures
    assert line == (
        f"{NAME}: the wait was interrupted; it was Running at 66% when it was last"
        " read, and it continues. Run `pulumi up` again to resume."
    )
    assert settled.outputs["verdict"] == "pending"
    assert (settled.outputs["state"], settled.outputs["percent"]) == ("Running", 66)


@pytest.mark.anyio
async def test_a_wait_that_is_interrupted_before_the_job_was_seen_is_pending():
    """Without a look there are no facts, yet a state to resume from."""
    clock = HeldClock()
    task = asyncio.create_task(settle(None, clock=clock))
    await clock.asleep.wait()

    task.cancel()
    settled = await task

    [line] = settled.failures
    assert line.startswith(f"{NAME}: the wait was interrupted. Run")
    assert settled.outputs["verdict"] == "pending"
    assert settled.outputs["job_id"] == JOB_ID
    assert "state" not in settled.outputs


@pytest.mark.anyio
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    ("fault", "error"),
    [
        pytest.param(None, JobNotFoundError, id="unknown job"),
        pytest.param(
            faults.vendor_error("Forbidden.RAM", times=None),
            AuthenticationError,
            id="no permission",
        ),
        pytest.param(faults.not_json(times=None), ApiResponseError, id="broken answer"),
    ],
)
async def test_an_error_before_the_job_was_seen_is_raised(fault, error, level):
    """There is nothing to keep of a job that nobody saw, whatever the level."""
    api = Emulator()
    if fault is not None:
        api.faults.add(fault)
    lifecycle = lifecycle_on(api, FakeClock())

    with pytest.raises(error, match=JOB_ID):
        await lifecycle.settle(
            declared(enforcement_level=level), 60, progress=lambda _: None
        )


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("fault", "line"),
    [
        pytest.param(
            faults.vendor_error("Forbidden.RAM", times=None),
            "the access key is not allowed to read jobs",
            id="permission withdrawn",
        ),
        pytest.param(
            faults.redirect("http://127.0.0.1:9", times=None),
            "when it was last read, 3s ago.",
            id="redirect",
        ),
        pytest.param(
            faults.vendor_error("ResourceNotFound", times=None),
            f"The API no longer finds {NAME}",
            id="record gone",
        ),
    ],
)
async def test_an_error_after_the_job_was_seen_keeps_the_facts(fault, line):
    """What was seen before the error is kept, and the line says what happened."""
    api = Emulator()
    api.add_job(JOB_ID, Script([RUNNING_ONCE, Step("Success")]))
    lifecycle = lifecycle_on(api, FakeClock())

    def spoil(row):
        if row.startswith("40% · "):
            api.faults.add(fault)

    settled = await lifecycle.settle(
        declared(wait={"poll_min": 3, "poll_max": 3}), 600, spoil
    )

    assert line in settled.failures[0]
    assert settled.outputs["verdict"] == "pending"
    assert (settled.outputs["state"], settled.outputs["percent"]) == ("Running", 40)


@pytest.mark.anyio
@pytest.mark.parametrize("on_inconclusive", ["fail", "warn"])
async def test_doubt_that_a_fault_leaves_is_no_verdict(on_inconclusive):
    """An output that nobody can look at is pending, even where doubt may pass."""
    settled = await settle_with_late_output("Success", on_inconclusive=on_inconclusive)

    [line] = settled.failures
    assert "throttling" in line
    assert " ago, it had ended with the state Success, but some of its" in line
    assert settled.outputs["verdict"] == "pending"
    assert len(settled.outputs["outputs"]) == 4


@pytest.mark.anyio
async def test_a_fault_after_a_bad_end_does_not_take_it_back():
    """A job that failed has failed, whatever its outputs would have come to."""
    settled = await settle_with_late_output("Failed")

    assert settled.failures[0].startswith(f"{NAME} ended Failed")
    assert settled.outputs["verdict"] == "failed"


async def settle_with_late_output(state, **stated):
    """Settle a job of which an output lags, with an API that throttles from then on."""
    api = Emulator()
    api.add_job(JOB_ID, Step(state, outputs={"audio-m4a": "Scheduled"}))
    api.faults.add(faults.throttle(times=None), skip=1)
    return await lifecycle_on(api, FakeClock()).settle(
        declared(**stated), 60, progress=lambda _: None
    )


@pytest.mark.anyio
async def test_missing_credentials_are_an_error_at_once():
    """Half a key pair is not waited for."""
    clock = FakeClock()
    half = {"mediaconvert:accessKey": "testid"}
    lifecycle = lifecycle_on(Emulator(), clock, half)

    with pytest.raises(ConfigurationError, match="mediaconvert:secretKey"):
        await lifecycle.settle(declared(), 60, progress=lambda _: None)

    assert clock.slept == []
