"""Stacks that an earlier version has made, gone on with on the real engine."""

from __future__ import annotations

import pytest
from terminal import bullets

from pulumi_alicloud_mediaconvert.emulator import scripts
from real_engine import FOLDER, PROGRAM, SETTLED, VERSIONS, add_jobs, job_id


@pytest.mark.parametrize("version", VERSIONS)
def test_a_stack_of_an_earlier_version_goes_on(stack, emulator, version):
    """What had passed is left alone, and what was open is looked at."""
    file = FOLDER / f"{version}.json"
    done = stack.run("stack", "import", "--file", str(file))
    assert done.code == 0, done.text
    add_jobs(emulator)
    emulator.add_job(job_id(3), scripts.succeeds_cleanly())
    stack.program(PROGRAM)

    # Whatever stops one, the others are to be seen to their end.
    run = stack.up("--continue-on-error")

    assert run.code != 0
    assert bullets(run.text)[0].startswith(
        f"job {job_id(5)} (cn-shanghai) ended Failed"
    )
    done_to = run.operations()
    assert {name: done_to[name] for name in SETTLED} == dict.fromkeys(SETTLED, "same")
    assert done_to["going"] == "update"
    assert {one.job_id for one in emulator.requests} == {job_id(3), job_id(5)}
    assert stack.resources()["going"]["outputs"]["verdict"] == "passed"
