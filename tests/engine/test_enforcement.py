"""How strictly jobs are held, on the real engine: stopped, warned of, or let go on."""

from __future__ import annotations

import pytest
from programs import DOWNSTREAM, JOB_ID, ordered, program

from pulumi_alicloud_mediaconvert.emulator import scripts


def test_an_advisory_miss_warns_in_every_up_and_passes(stack, emulator):
    """Advice stands as a warning on the resource's row, and stops nothing."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    advice = """{"outputs": [{
        "name": "720P-mp4", "video": {"codec": "h264"}, "audio": {
            "channels": 6, "enforcement_level": "advisory"},
    }]}"""
    stack.program(program(advice) + DOWNSTREAM)
    line = 'advisory: output "720P-mp4": audio channels: expected 6, got 2'

    first, second = stack.up(), stack.up()

    assert first.code == second.code == 0, first.text + second.text
    for run in (first, second):
        [event] = [
            event["diagnosticEvent"]
            for event in run.events
            if line in event.get("diagnosticEvent", {}).get("message", "")
        ]
        assert event["urn"].endswith("::trailer")
        assert event["severity"] == "warning"
    assert stack.outputs()["verdict"] == "passed"


@pytest.mark.parametrize(
    ("configured", "code"), [(None, 1), ("warn", 0)], ids=["by default", "warn"]
)
def test_the_stack_says_what_an_inconclusive_verdict_does(
    stack, emulator, configured, code
):
    """What was not reported fails by default, and warns where the stack says so."""
    emulator.add_job(JOB_ID, scripts.succeeds())
    unknown = (
        '{"outputs": [{"name": "720P-mp4", "audio": {"bitrate_kbps": {"max": 200}}}]}'
    )
    stack.program(program(unknown))
    if configured:
        stack.configure("mediaconvert:onInconclusive", configured)

    run = stack.up()

    assert run.code == code, run.text
    line = (
        'output "720P-mp4": audio bitrate_kbps: expected at most 200, '
        "but the API did not report it"
    )
    assert line in run.text
    outputs = stack.resources()["trailer"]["outputs"]
    assert outputs["verdict"] == "inconclusive"


def test_not_to_wait_lets_a_job_under_way_pass_as_pending(stack, emulator):
    """`wait=False` looks once and creates what depends; the next `up` looks again."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly(reads=2))
    stack.program(program("None", wait="False") + DOWNSTREAM)

    first = stack.up()

    assert first.code == 0, first.text
    kept = stack.resources()
    assert kept["trailer"]["outputs"]["verdict"] == "pending"
    assert "publish" in kept
    assert len(emulator.requests) == 1

    second, third = stack.up(), stack.up()

    assert second.code == third.code == 0
    assert stack.outputs()["verdict"] == "passed"
    assert len(emulator.requests) == 3


@pytest.mark.parametrize(
    ("level", "verdict"), [("advisory", "failed"), ("disabled", "unverified")]
)
def test_the_stack_says_how_strictly_its_jobs_are_held(stack, emulator, level, verdict):
    """`mediaconvert:enforcementLevel` is the default of every job of a stack."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.program(program(ordered(1920)))
    stack.configure("mediaconvert:enforcementLevel", level)

    run = stack.up()

    assert run.code == 0, run.text
    assert stack.outputs()["verdict"] == verdict
    line = 'output "720P-mp4": video width: expected 1920, got 1280'
    assert (line in run.text) == (level == "advisory")
