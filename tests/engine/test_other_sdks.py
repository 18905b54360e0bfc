"""The provider on SDKs that lack a private hook: less comfort, the same verdicts."""

from __future__ import annotations

import pytest
from programs import DOWNSTREAM, JOB_ID, ONE_JOB
from sdk_shapes import SHAPES
from terminal import bullets

from api import most_at_once
from pulumi_alicloud_mediaconvert.emulator import scripts

MISS = 'output "audio-m4a": status: expected Success, got Failed'
# As many as the SDK serves at once.
THREADS = 4

shapes = pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)


def named(choose):
    """Parametrize by the shapes that are chosen."""
    chosen = {name: shape for name, shape in SHAPES.items() if choose(shape)}
    return pytest.mark.parametrize("shape", chosen.values(), ids=chosen)


@shapes
def test_the_gate_holds_without_the_hook(stack, emulator, shape):
    """A bad job stops what depends on it and says why; a good one lets it pass."""
    shape.install(stack)
    emulator.add_job(JOB_ID, scripts.one_output_fails())
    stack.program(ONE_JOB + DOWNSTREAM)

    run = stack.up()

    assert run.code != 0
    assert MISS in run.text
    resources = stack.resources()
    assert "publish" not in resources
    assert ("trailer" in resources) is shape.keeps
    is_bullet = any(line.startswith(MISS) for line in bullets(run.text))
    assert is_bullet is shape.keeps
    # What newer SDKs make of an exception.
    assert not shape.keeps or "Traceback" not in run.text

    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    cured = stack.up()

    assert cured.code == 0, cured.text
    assert {"trailer", "publish"} <= {*stack.resources()}


@named(lambda shape: not shape.shows)
def test_a_warning_is_printed_where_it_cannot_be_shown(stack, emulator, shape):
    """An advisory miss is read at the terminal all the same."""
    shape.install(stack)
    emulator.add_job(JOB_ID, scripts.one_output_fails())
    stack.program(
        f'MediaConvertJob("trailer", job_id="{JOB_ID}", enforcement_level="advisory")\n'
    )

    run = stack.up()

    assert run.code == 0, run.text
    assert MISS in run.text


@named(lambda shape: not shape.widens)
def test_four_waits_go_at_once_where_no_more_are_served(stack, emulator, shape):
    """Many jobs pass all the same, in turn."""
    shape.install(stack)
    ids = [f"{number:032x}" for number in range(2 * THREADS + 1)]
    for job_id in ids:
        emulator.add_job(job_id, scripts.succeeds_slowly(reads=3))
    stack.program(
        f'for job_id in {ids}:\n    MediaConvertJob("job-" + job_id, job_id=job_id)\n'
    )

    run = stack.up("--parallel", "16")

    assert run.code == 0, run.text
    assert most_at_once(emulator) <= THREADS


def test_every_command_works_without_any_hook(stack, emulator):
    """Preview, refresh and destroy end well, too, and the gate outlives a refresh."""
    SHAPES["none of all"].install(stack)
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.program(ONE_JOB)

    for command in (stack.preview, stack.up, stack.preview, stack.refresh, stack.up):
        run = command()
        assert run.code == 0, run.text
        assert "Traceback" not in run.text

    emulator.add_job(JOB_ID, scripts.fails())
    refreshed = stack.refresh()

    assert refreshed.code != 0
    assert "ended Failed" in refreshed.text
    assert stack.destroy().code == 0
