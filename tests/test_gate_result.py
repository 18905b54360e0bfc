"""What becomes of a job's resource, from the wire to the lines on the terminal."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from clock import FakeClock
from jobs import JOB_ID, NAME, REGION
from lifecycles import LEVELS, UNDECIDED, declared, lifecycle_on, settle
from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.emulator import (
    Emulator,
    Script,
    Step,
    sample_answer,
    scripts,
)
from pulumi_alicloud_mediaconvert.errors import JobNotFoundError
from pulumi_alicloud_mediaconvert.lifecycle.declared import Declared
from pulumi_alicloud_mediaconvert.lifecycle.gate_result import (
    gone_at_refresh,
    gone_since,
    interrupted,
    still_running,
)
from pulumi_alicloud_mediaconvert.lifecycle.results import GateResult
from pulumi_alicloud_mediaconvert.lifecycle.stored_state import stored_lines
from pulumi_alicloud_mediaconvert.schema.check import check_inputs
from pulumi_alicloud_mediaconvert.schema.inputs import JobInputs
from pulumi_alicloud_mediaconvert.schema.secrets import OPEN

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


ADVICE = {
    "outputs": [
        {
            "name": "720P-mp4",
            "video": {"codec": "hevc", "enforcement_level": "advisory"},
        }
    ]
}


@pytest.mark.parametrize("level", ["mandatory", "advisory"])
@pytest.mark.parametrize("expect", [ADVICE, "as-requested"])
@pytest.mark.anyio
async def test_a_warning_about_a_pass_counts_the_checks_that_were_met(level, expect):
    """It replaces the row that said how many; a stored verdict has no count."""
    answer = sample_answer()
    answer["Job"] |= {"JobId": JOB_ID, "Config": {}}
    rows: list[str] = []

    settled = await settle(
        Step(verbatim=answer),
        enforcement_level=level,
        expect=expect,
        progress=rows.append,
    )
    again = stored_lines(settled.outputs, OPEN)

    count = rows[-1].removeprefix("Success · ")
    assert count.endswith(" checks met")
    assert settled.outputs["verdict"] == "passed"
    assert count in settled.warnings[0]
    assert "checks met" not in again[0]
    assert again[1:] == settled.warnings[1:]


RUNNING = Job(job_id=JOB_ID, state="Running")
STORED = {"job_id": JOB_ID, "state": "Running", "verdict": "pending"}
UNREAD: dict[str, Callable[[Declared], GateResult]] = {
    "running": lambda one: still_running(one, RUNNING, "why"),
    "never seen": lambda one: still_running(one, None, "why"),
    "gone": lambda one: gone_since(one, STORED, "why"),
    "gone at a refresh": lambda one: gone_at_refresh(one, STORED, "why"),
    "interrupted": lambda one: interrupted(one, RUNNING, "why"),
}


@pytest.mark.parametrize("end", UNREAD)
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("wait", [{}, False], ids=["waits", "wait=False"])
def test_a_job_that_could_not_be_read_is_pending(end, level, wait):
    """The level decides whether that stops, whatever `wait`; Ctrl-C always stops."""
    result = UNREAD[end](declared(enforcement_level=level, wait=wait))

    assert (result.outputs["verdict"], result.outputs["job_id"]) == ("pending", JOB_ID)
    assert bool(result.failures) is (level == "mandatory" or end == "interrupted")
    assert (result.failures or result.warnings)[0].startswith("why")
    assert result.is_seen is (end != "never seen")


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

    settled = await lifecycle_on(api, FakeClock()).read(declared(job_id=asked))

    assert settled.failures[0].startswith(f"job {asked} ({REGION}) ended Failed: ")
    assert settled.outputs["job_id"] == asked


@pytest.mark.anyio
@pytest.mark.parametrize("script", ["passed", "failed", "pending"])
async def test_the_outputs_repeat_the_checked_inputs(script):
    """`diff` sees outputs only, so each checked input stands there as it is."""
    stated = {"job_id": JOB_ID, "region": REGION, "wait": {"queue_timeout": "7s"}}
    checked = check_inputs({**stated, "triggers": [1]}, JobInputs).values

    settled = await settle(SCRIPTS[script](), wait=stated["wait"], triggers=[1])

    assert {name: settled.outputs[name] for name in checked} == checked


@pytest.mark.anyio
async def test_a_look_verifies_without_waiting():
    """A refresh looks once, whatever the resource's `wait` says."""
    clock = FakeClock()
    api = Emulator()
    api.add_job(JOB_ID, scripts.succeeds_slowly())

    settled = await lifecycle_on(api, clock).read(declared())

    assert settled.outputs["verdict"] == "pending"
    assert (clock.slept, len(api.requests)) == ([], 1)


@pytest.mark.anyio
async def test_a_look_at_an_unknown_job_is_raised():
    """Whoever looks decides what becomes of a record that is gone."""
    with pytest.raises(JobNotFoundError):
        await lifecycle_on(Emulator(), FakeClock()).read(declared())


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
    headline, *lines = stored_lines(settled.outputs, OPEN)
    assert settled.warnings == [f"{headline} 9 checks met.", *lines]


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
