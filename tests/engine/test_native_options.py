"""Timeouts and settings of the native plugin, on the real engine."""

from __future__ import annotations

import pytest
from native_programs import job, program
from programs import JOB_ID

from pulumi_alicloud_mediaconvert.emulator import scripts


def one_job(options: dict[str, object], /, **inputs: object) -> str:
    """Write a program of one job with options of its resource."""
    return program({"trailer": job(**inputs, options=options)})


def test_a_custom_timeout_limits_the_wait_of_its_operation(yaml_stack, emulator):
    """The next one may take another time."""
    emulator.add_job(JOB_ID, scripts.hangs_queued())
    yaml_stack.program(one_job({"customTimeouts": {"create": "1s", "update": "2s"}}))

    created, updated = yaml_stack.up(), yaml_stack.up()

    assert "the timeout of 1s was reached" in created.text
    assert "the timeout of 2s was reached" in updated.text


@pytest.mark.usefixtures("emulator")
def test_a_setting_that_nobody_reads_is_named_once(yaml_stack):
    """With the nearest one; it stops nothing."""
    yaml_stack.configure("mediaconvert:regoin", "cn-shanghai")
    yaml_stack.program(one_job({}, onPreview="off"))

    run = yaml_stack.preview()

    assert run.code == 0, run.text
    said = [line for line in run.diagnostics() if "is not a known" in line]
    assert len(said) == 1
    assert "did you mean `mediaconvert:region`?" in said[0]


def test_a_stack_is_destroyed_whatever_its_configuration_has_become(
    yaml_stack, emulator
):
    """Nothing is asked of the API, so that nothing is needed of it."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    yaml_stack.program(one_job({}))
    assert yaml_stack.up().code == 0
    asked = len(emulator.requests)
    for key in ("region", "endpoint", "maxRequestsPerSecond", "waitTimeout"):
        yaml_stack.configure(f"mediaconvert:{key}", "???")
    yaml_stack.configure("mediaconvert:accessKey", "alone", secret=True)

    run = yaml_stack.destroy()

    assert run.code == 0, run.text
    assert len(emulator.requests) == asked
