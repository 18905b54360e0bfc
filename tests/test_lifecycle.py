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
from pulumi_alicloud_mediaconvert.lifecycle import Lifecycle, progress_line
from pulumi_alicloud_mediaconvert.models import Job
from pulumi_alicloud_mediaconvert.schema import JobInputs
from pulumi_alicloud_mediaconvert.secrecy import OPEN
from pulumi_alicloud_mediaconvert.settings import read_settings
from pulumi_alicloud_mediaconvert.settling import Declared
from pulumi_alicloud_mediaconvert.stored import stored_lines
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


def declared(**stated: Any) -> Declared:
    """Check inputs as the engine would hand them over."""
    props = {"job_id": JOB_ID, "region": REGION, **stated}
    checked = check_inputs(props, {}, lambda _: False)
    assert checked.problems == []
    return Declared(JobInputs.model_validate(checked.inputs), checked.inputs)


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
    return await lifecycle.settle(declared(**stated), 60, progress)


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
    assert stored_lines(settled.outputs, OPEN) == [head, line]


@pytest.mark.anyio
async def test_a_failed_job_is_named_in_full_though_the_api_masks_it():
    """The ID in lines is the one that was asked for, never the masked one."""
    asked = "aaaaaa4579b5e748b99a27f6d6bbbbbb"
    sample = sample_answer()
    answer = {**sample, "Job": {**sample["Job"], "State": "Failed"}}
    api = Emulator()
    api.add_job(asked, Step(verbatim=answer))

    settled = await lifecycle_on(api, FakeClock()).look(declared(job_id=asked))

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

    settled = await lifecycle_on(api, FakeClock()).settle(declared(), 600, rows.append)

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
            declared(enforcement_level=level), 60, progress=lambda _: None
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
        declared(wait={"poll_min": 3, "poll_max": 3}), 600, spoil
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
        await lifecycle.settle(declared(), 60, progress=lambda _: None)

    assert clock.slept == []


@pytest.mark.anyio
async def test_a_look_verifies_without_waiting():
    """A refresh looks once, whatever the resource's `wait` says."""
    clock = FakeClock()
    api = Emulator()
    api.add_job(JOB_ID, scripts.succeeds_slowly())

    settled = await lifecycle_on(api, clock).look(declared())

    assert settled.outputs["verdict"] == "pending"
    assert (clock.slept, len(api.requests)) == ([], 1)


@pytest.mark.anyio
async def test_a_look_at_an_unknown_job_is_raised():
    """Whoever looks decides what becomes of a record that is gone."""
    with pytest.raises(JobNotFoundError):
        await lifecycle_on(Emulator(), FakeClock()).look(declared())


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


def stored_of(script, **stated: Any) -> dict[str, Any]:
    """Return what an `up` of earlier stored of a job that followed a script."""
    return dict(asyncio.run(settle(script, **stated)).outputs)


async def settle_gone(stored, *, clock=None, **stated):
    """Settle a job whose record has gone, over what is stored of it."""
    lifecycle = lifecycle_on(Emulator(), clock or FakeClock())
    return await lifecycle.settle(declared(**stated), 60, lambda _: None, stored)


GONE = f"{NAME} had ended Success, and its record has gone"
BY_STORED_FACTS = f"{GONE}: it is verified by the facts that were stored."
NOT_ENOUGH = f"{GONE}; what is stored of it is not enough to verify it again."
TOO_LARGE_TO_KEEP = ("config", "outputs", "output_groups", "mismatches")


def test_an_ended_job_whose_record_has_gone_is_verified_by_stored_facts():
    """It never is "no job": the facts of then meet the demands of now."""
    clock = FakeClock()
    stored = stored_of(scripts.succeeds_cleanly())

    settled = asyncio.run(settle_gone(stored, clock=clock, triggers=["new"]))

    assert settled.failures == []
    assert settled.warnings == [BY_STORED_FACTS]
    assert settled.outputs == stored | {"triggers": ["new"], "stale": True}
    # No grace for a job that was there: one look is enough.
    assert clock.slept == []


@pytest.mark.parametrize("wait", [{}, False], ids=["waiting", "never waiting"])
def test_stored_facts_that_miss_new_demands_stop_the_deployment(wait):
    """Other expectations are decided by the facts, the stored request included."""
    stored = stored_of(scripts.succeeds_cleanly())

    settled = asyncio.run(settle_gone(stored, expect={"output_count": 99}, wait=wait))

    assert settled.outputs["verdict"] == "failed"
    assert settled.outputs["stale"] is True
    assert settled.failures[0] == f"{NAME} ended Success, but 1 check failed."
    assert settled.warnings == [BY_STORED_FACTS]


@pytest.mark.parametrize("lost", ["config", "job_name"])
def test_the_stored_request_is_what_was_requested(lost):
    """Outputs that were requested and never reported are missed from what is stored."""
    stored = stored_of(scripts.succeeds_cleanly())
    stored["outputs"] = stored["outputs"][1:]
    del stored[lost]

    settled = asyncio.run(settle_gone(stored))

    expected = "passed" if lost == "config" else "inconclusive"
    assert settled.outputs["verdict"] == expected


@pytest.mark.parametrize(
    ("earlier", "verdict"), [("passed", "passed"), ("failed", "failed")]
)
def test_the_answer_itself_is_not_stored_so_that_a_rule_over_it_is_kept(
    earlier, verdict
):
    """A rule over `raw` has the outcome of then; it cannot pass by default."""
    query = "raw.State" if earlier == "passed" else "raw.Nothing || 'none'"
    rule = {"rules": [{"query": query, "must_be": "Success"}]}
    stored = stored_of(scripts.succeeds_cleanly(), expect=rule)
    assert stored["verdict"] == earlier

    settled = asyncio.run(settle_gone(stored, expect=rule))

    assert settled.outputs["verdict"] == verdict


def test_a_new_rule_over_the_answer_cannot_pass_without_it():
    """What was never tested is undecided when the answer has gone."""
    rule = {"rules": [{"query": "raw.State", "must_be": "Success"}]}
    stored = stored_of(scripts.succeeds_cleanly())

    settled = asyncio.run(settle_gone(stored, expect=rule))

    assert settled.outputs["verdict"] != "passed"
    assert settled.failures


@pytest.mark.parametrize("verdict", ["failed", "inconclusive", "odd", None])
@pytest.mark.parametrize("level", LEVELS)
def test_what_is_stored_without_facts_keeps_its_verdict(verdict, level):
    """A failure that was too large to keep stays one: it never passes by default."""
    stored = {
        name: value
        for name, value in stored_of(scripts.succeeds_cleanly()).items()
        if name not in TOO_LARGE_TO_KEEP
    } | {"verdict": verdict}

    settled = asyncio.run(settle_gone(stored, enforcement_level=level))

    kept = "unverified" if level == "disabled" else str(verdict)
    assert settled.outputs["verdict"] == kept
    assert settled.outputs["stale"] is True
    [line] = settled.failures + settled.warnings
    assert line == f"{NOT_ENOUGH} Its last verdict is kept: {kept}."
    assert bool(settled.failures) is (level == "mandatory")


@pytest.mark.parametrize(
    "odd",
    [
        {"outputs": "four"},
        {"output_groups": [3]},
        {"mismatches": ["odd"]},
        {"mismatches": [{"path": "x", "severity": "high"}]},
    ],
    ids=str,
)
def test_facts_of_another_version_are_no_reason_to_pass(odd):
    """What this version does not understand keeps the verdict that stands there."""
    stored = stored_of(scripts.succeeds_cleanly()) | odd | {"verdict": "failed"}

    settled = asyncio.run(settle_gone(stored))

    assert settled.outputs["verdict"] == "failed"
    assert settled.failures[0].startswith(NOT_ENOUGH)


@pytest.mark.parametrize("level", ["mandatory", "advisory"])
def test_an_unverified_job_is_verified_by_its_stored_facts(level):
    """Facts that nobody has verified yet are as good as others."""
    stored = stored_of(scripts.one_output_fails(), enforcement_level="disabled")
    assert stored["verdict"] == "unverified"

    settled = asyncio.run(settle_gone(stored, enforcement_level=level))

    assert settled.outputs["verdict"] == "failed"
    assert bool(settled.failures) is (level == "mandatory")


@pytest.mark.parametrize("script", ["pending", "never seen"])
def test_a_job_that_had_not_ended_is_waited_for_and_then_unknown(script):
    """A stored `pending` knows of no end: the grace holds, then there is no job."""
    clock = FakeClock()
    stored = stored_of(scripts.hangs_queued()) if script == "pending" else {}

    with pytest.raises(JobNotFoundError, match=f"^no job {JOB_ID} in {REGION}"):
        asyncio.run(settle_gone(stored, clock=clock, wait={"timeout": 600}))

    assert sum(clock.slept) == pytest.approx(60, abs=1)


def test_another_error_is_not_taken_for_a_lost_record():
    """Only the API's word that there is no job makes the stored facts count."""
    api = Emulator()
    api.faults.add(faults.vendor_error("Forbidden.RAM", times=None))
    stored = stored_of(scripts.succeeds_cleanly())
    lifecycle = lifecycle_on(api, FakeClock())

    with pytest.raises(AuthenticationError):
        asyncio.run(lifecycle.settle(declared(), 60, lambda _: None, stored))


@pytest.mark.anyio
async def test_advice_is_a_warning_though_the_job_passes():
    """What does not count for the verdict is listed and warned about."""
    advice = {"output_count": 99, "enforcement_level": "advisory"}
    expect = {"output_groups": [{"name": "hls-group", **advice}]}

    settled = await settle(scripts.succeeds_cleanly(), expect=expect)

    assert settled.outputs["verdict"] == "passed"
    assert settled.failures == []
    assert settled.warnings[0].startswith(f"{NAME} ended Success and is as expected")
    assert len(settled.warnings) == len(settled.outputs["mismatches"]) + 1 == 2
    assert stored_lines(settled.outputs, OPEN) == settled.warnings


@pytest.mark.anyio
@pytest.mark.parametrize(
    "expect",
    [
        {"outputs": [{"name": "720P-mp4", "video": {"width": 1280.0}}]},
        {"every_output": {"status": ["Success", "Skipped"]}},
        "as-requested",
    ],
    ids=str,
)
async def test_expectations_are_stored_as_they_are_stated(expect):
    """`diff` compares what a program says, not what this version makes of it."""
    settled = await settle(scripts.succeeds_cleanly(), expect=expect)

    assert settled.outputs["expect"] == expect
