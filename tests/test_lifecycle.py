"""What becomes of a job's resource, from the wire to the lines on the terminal."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from clocks import FakeClock
from made import JOB_ID
from pulumi_alicloud_mediaconvert.checks import check_inputs
from pulumi_alicloud_mediaconvert.client import ImsClient
from pulumi_alicloud_mediaconvert.emulator import (
    Emulator,
    Script,
    Step,
    after_reads,
    faults,
    sample_answer,
    scripts,
)
from pulumi_alicloud_mediaconvert.errors import (
    ApiResponseError,
    AuthenticationError,
    ConfigurationError,
    JobNotFoundError,
)
from pulumi_alicloud_mediaconvert.lifecycle import (
    Lifecycle,
    changed_inputs,
    is_accepted,
    progress_line,
    stored_lines,
)
from pulumi_alicloud_mediaconvert.models import Job
from pulumi_alicloud_mediaconvert.schema import JobInputs
from pulumi_alicloud_mediaconvert.settings import read_settings
from pulumi_alicloud_mediaconvert.waiter import Progress

REGION = "cn-shanghai"
NAME = f"job {JOB_ID} ({REGION})"
KEYS = {
    "mediaconvert:accessKey": "testid",
    "mediaconvert:secretKey": "testsecret",
}
LEVELS = ["mandatory", "advisory", "disabled"]
UNDECIDED = Step("Success", outputs={"audio-m4a": "Scheduled"})
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


def inputs_of(**stated: Any) -> JobInputs:
    """Check inputs as the engine would hand them over."""
    props = {"job_id": JOB_ID, "region": REGION, **stated}
    return JobInputs.model_validate(check_inputs(props, {}, lambda _: False).inputs)


def lifecycle_on(api, clock, config=None):
    """Build a lifecycle whose client asks the emulator in memory."""
    settings = read_settings(KEYS if config is None else config, {})
    transport = httpx.ASGITransport(app=api.app)
    client = ImsClient(settings.credentials(), clock=clock, transport=transport)
    return Lifecycle(client, settings, clock)


async def settle(script, *, clock=None, progress=lambda _: None, **stated):
    """Settle a job that follows a script; by default within a minute."""
    api = Emulator()
    if script is not None:
        api.add_job(JOB_ID, script)
    lifecycle = lifecycle_on(api, clock or FakeClock())
    return await lifecycle.settle(inputs_of(**stated), 60, progress)


VERDICTS = [
    # Script, level, on_inconclusive, stored verdict, what the lines are.
    ("passed", "mandatory", "fail", "passed", None),
    ("passed", "advisory", "fail", "passed", None),
    ("failed", "mandatory", "fail", "failed", "failures"),
    ("failed", "mandatory", "warn", "failed", "failures"),
    ("failed", "advisory", "fail", "failed", "warnings"),
    ("failed", "advisory", "warn", "failed", "warnings"),
    ("failed", "disabled", "fail", "unverified", None),
    ("inconclusive", "mandatory", "fail", "inconclusive", "failures"),
    ("inconclusive", "mandatory", "warn", "inconclusive", "warnings"),
    ("inconclusive", "advisory", "fail", "inconclusive", "warnings"),
    ("inconclusive", "advisory", "warn", "inconclusive", "warnings"),
    ("inconclusive", "disabled", "fail", "unverified", None),
    ("inconclusive", "disabled", "warn", "unverified", None),
    ("pending", "mandatory", "fail", "pending", "failures"),
    ("pending", "mandatory", "warn", "pending", "failures"),
    ("pending", "advisory", "fail", "pending", "warnings"),
    ("pending", "disabled", "fail", "pending", "warnings"),
    ("pending", "disabled", "warn", "pending", "warnings"),
]
SCRIPTS: dict[str, Callable[[], Script | Step]] = {
    "passed": scripts.succeeds_cleanly,
    "failed": scripts.one_output_fails,
    "inconclusive": lambda: UNDECIDED,
    "pending": scripts.hangs_queued,
}


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("end", "level", "on_inconclusive", "verdict", "kind"),
    [
        pytest.param(*row, id=f"{row[0]}-{row[1]}-inconclusive {row[2]}s")
        for row in VERDICTS
    ],
)
async def test_the_level_decides_what_a_verdict_does(
    end, level, on_inconclusive, verdict, kind
):
    """A bad verdict fails, warns or is not stated, as the resource demands."""
    settled = await settle(
        SCRIPTS[end](), enforcement_level=level, on_inconclusive=on_inconclusive
    )

    spoken = {"failures": settled.failures, "warnings": settled.warnings}
    assert settled.outputs["verdict"] == verdict
    assert {name for name, lines in spoken.items() if lines} == ({kind} - {None})


@pytest.mark.anyio
async def test_a_disabled_resource_is_unverified_though_the_job_is_good():
    """With enforcement disabled nothing is verified, so nothing has passed."""
    settled = await settle(scripts.succeeds_cleanly(), enforcement_level="disabled")

    assert settled.outputs["verdict"] == "unverified"
    assert not settled.failures + settled.warnings


@pytest.mark.anyio
async def test_the_lines_name_the_job_first_and_then_each_problem():
    """What the terminal gets is a headline, and a line for every mismatch."""
    settled = await settle(scripts.one_output_fails())

    head, line = settled.failures
    assert head == f"{NAME} ended Success, but 1 check failed."
    assert line.startswith('output "audio-m4a": status: expected Success, got Failed (')
    assert stored_lines(settled.outputs) == [head, line]


@pytest.mark.anyio
async def test_a_failed_job_is_named_in_full_though_the_api_masks_it():
    """The ID in lines is the one that was asked for, never the masked one."""
    asked = "aaaaaa4579b5e748b99a27f6d6bbbbbb"
    sample = sample_answer()
    answer = {**sample, "Job": {**sample["Job"], "State": "Failed"}}
    api = Emulator()
    api.add_job(asked, Step(verbatim=answer))

    settled = await lifecycle_on(api, FakeClock()).look(inputs_of(job_id=asked))

    assert settled.failures[0].startswith(f"job {asked} ({REGION}) ended Failed: ")
    assert settled.outputs["job_id"] == asked


@pytest.mark.anyio
@pytest.mark.parametrize("script", ["passed", "failed", "pending"])
async def test_the_outputs_repeat_the_checked_inputs(script):
    """`diff` sees outputs only, so each checked input stands there as it is."""
    stated = {"job_id": JOB_ID, "region": REGION, "wait": {"queue_timeout": "7s"}}
    checked = check_inputs({**stated, "triggers": [1]}, {}, lambda _: False).inputs

    settled = await settle(SCRIPTS[script](), wait=stated["wait"], triggers=[1])

    assert {name: settled.outputs[name] for name in checked} == checked


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
    assert settled.warnings == [f"{NAME} has not ended: Inited 0 %."]
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
        f"{NAME} is still Running at 40 % after 60s and 4 looks: 60s is the limit of"
        " the whole wait (`timeout`). The job goes on; run `pulumi up` again to resume."
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

    assert [row.partition(" %")[0] for row in rows] == [
        "Inited 0",
        "Running 33",
        "Running 66",
        "Success 100",
    ]
    assert settled.outputs["verdict"] == "passed"
    assert len(settled.outputs["outputs"]) == 4


@pytest.mark.anyio
async def test_a_call_that_is_repeated_says_why_on_the_row():
    """A fault that is retried is no silence: the row says what it is."""
    api = Emulator()
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    api.faults.add(faults.bad_gateway_html())
    rows: list[str] = []

    settled = await lifecycle_on(api, FakeClock()).settle(inputs_of(), 600, rows.append)

    assert rows[0].startswith("trying again: ")
    assert "502" in rows[0]
    assert settled.outputs["verdict"] == "passed"


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
        f"{NAME}: the wait was interrupted; last seen Running 66 %, it goes on."
        " Run `pulumi up` again to resume."
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
            inputs_of(enforcement_level=level), 60, progress=lambda _: None
        )


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("fault", "line"),
    [
        pytest.param(
            faults.vendor_error("Forbidden.RAM", times=None),
            "the access key may not read jobs",
            id="permission withdrawn",
        ),
        pytest.param(
            faults.redirect("http://127.0.0.1:9", times=None),
            "When last seen, 3s ago,",
            id="redirect",
        ),
        pytest.param(
            faults.vendor_error("ResourceNotFound", times=None),
            f"no job {JOB_ID} in {REGION}",
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
        if row.startswith("Running 40 %"):
            api.faults.add(fault)

    settled = await lifecycle.settle(
        inputs_of(wait={"poll_min": 3, "poll_max": 3}), 600, spoil
    )

    assert line in settled.failures[0]
    assert settled.outputs["verdict"] == "pending"
    assert (settled.outputs["state"], settled.outputs["percent"]) == ("Running", 40)


@pytest.mark.anyio
async def test_missing_credentials_are_an_error_at_once():
    """Half a key pair is not waited for."""
    clock = FakeClock()
    half = {"mediaconvert:accessKey": "testid"}
    lifecycle = lifecycle_on(Emulator(), clock, half)

    with pytest.raises(ConfigurationError, match="mediaconvert:secretKey"):
        await lifecycle.settle(inputs_of(), 60, progress=lambda _: None)

    assert clock.slept == []


@pytest.mark.anyio
async def test_a_look_verifies_without_waiting():
    """A refresh looks once, whatever the resource's `wait` says."""
    clock = FakeClock()
    api = Emulator()
    api.add_job(JOB_ID, scripts.succeeds_slowly())

    settled = await lifecycle_on(api, clock).look(inputs_of())

    assert settled.outputs["verdict"] == "pending"
    assert (clock.slept, len(api.requests)) == ([], 1)


@pytest.mark.anyio
async def test_a_look_at_an_unknown_job_is_raised():
    """Whoever looks decides what becomes of a record that is gone."""
    with pytest.raises(JobNotFoundError):
        await lifecycle_on(Emulator(), FakeClock()).look(inputs_of())


ACCEPTED = {
    ("passed", "mandatory", "fail"),
    ("passed", "mandatory", "warn"),
    ("passed", "advisory", "fail"),
    ("passed", "advisory", "warn"),
    ("passed", "disabled", "fail"),
    ("passed", "disabled", "warn"),
    ("failed", "advisory", "fail"),
    ("failed", "advisory", "warn"),
    ("inconclusive", "mandatory", "warn"),
    ("inconclusive", "advisory", "fail"),
    ("inconclusive", "advisory", "warn"),
    ("inconclusive", "disabled", "warn"),
    ("unverified", "disabled", "fail"),
    ("unverified", "disabled", "warn"),
}


@pytest.mark.parametrize("on_inconclusive", ["fail", "warn"])
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    "verdict",
    ["passed", "failed", "inconclusive", "pending", "unverified", "odd", None],
)
def test_what_is_not_accepted_is_verified_anew(verdict, level, on_inconclusive):
    """Only these verdicts let dependants go on; `pending` never does."""
    inputs = {"enforcement_level": level, "on_inconclusive": on_inconclusive}

    accepted = is_accepted(verdict, inputs)

    assert accepted is ((verdict, level, on_inconclusive) in ACCEPTED)


STORED = {
    "job_id": JOB_ID,
    "region": REGION,
    "wait": {"timeout": 60.0},
    "enforcement_level": "mandatory",
    "on_inconclusive": "fail",
    "on_preview": "warn",
    "triggers": [{"width": 1280.0, "height": 720.0}],
    "verdict": "passed",
    "__provider": "old",
}


@pytest.mark.parametrize(
    ("change", "names"),
    [
        pytest.param({}, [], id="nothing"),
        pytest.param({"job_id": "other"}, ["job_id"], id="job ID"),
        pytest.param({"region": "cn-beijing"}, ["region"], id="region"),
        pytest.param(
            {"enforcement_level": "advisory"}, ["enforcement_level"], id="level"
        ),
        pytest.param({"on_inconclusive": "warn"}, ["on_inconclusive"], id="doubt"),
        pytest.param({"triggers": ["new"]}, ["triggers"], id="trigger"),
        pytest.param({"triggers": []}, ["triggers"], id="trigger removed"),
        pytest.param({"expect": {"output_count": 2}}, ["expect"], id="expectations"),
        pytest.param({"expect": None}, [], id="expectations left out in words"),
        pytest.param(
            {"triggers": [{"height": 720, "width": 1280}]}, [], id="same, else written"
        ),
        pytest.param({"wait": False}, [], id="wait"),
        pytest.param({"wait": {"timeout": 9.0}}, [], id="a limit of the wait"),
        pytest.param({"on_preview": "fail"}, [], id="preview"),
        pytest.param({"__provider": "new"}, [], id="upgrade of this package"),
        pytest.param(
            {"triggers": [1], "region": "cn-beijing"},
            ["region", "triggers"],
            id="several",
        ),
    ],
)
def test_only_a_change_that_matters_is_one(change, names):
    """How long to wait and how it is written change nothing about a verdict."""
    assert changed_inputs(STORED, STORED | change) == names


@pytest.mark.parametrize("empty", [None, []], ids=["none", "empty list"])
def test_no_triggers_are_no_triggers_however_they_are_stored(empty):
    """An input that is absent on one side and empty on the other is unchanged."""
    without = {name: value for name, value in STORED.items() if name != "triggers"}

    assert changed_inputs(without, without | {"triggers": empty}) == []
    assert changed_inputs(without | {"triggers": empty}, without) == []


@pytest.mark.parametrize(
    ("job", "remaining", "line"),
    [
        pytest.param(
            Job(state="Running", percent=66),
            180,
            "Running 66 % · about 3m left",
            id="pace known",
        ),
        pytest.param(
            Job(state="Inited"), None, "Inited · 45s waited", id="pace not known"
        ),
        pytest.param(None, None, "not known yet · 45s waited", id="job not seen"),
        pytest.param(
            Job(), None, "no state reported · 45s waited", id="state not reported"
        ),
    ],
)
def test_the_row_says_where_the_wait_stands(job, remaining, line):
    """One line: the state, and how long it still takes or took so far."""
    step = Progress(job=job, elapsed=45, looks=3, remaining_estimate=remaining)

    assert progress_line(step) == line


@pytest.mark.parametrize(
    "outputs", [{}, {"mismatches": None}, {"mismatches": ["odd"]}], ids=str
)
def test_a_stored_verdict_without_mismatches_has_no_lines(outputs):
    """What an older version stored, or nobody did, is no reason to fail."""
    assert stored_lines(outputs) == []
