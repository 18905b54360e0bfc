"""Secret inputs on the real engine: ciphertext in the state, nothing on the display."""

from __future__ import annotations

import json
from typing import Any

from programs import JOB_ID
from terminal import bullets

from pulumi_alicloud_mediaconvert.emulator import Step, scripts
from pulumi_alicloud_mediaconvert.text import HIDDEN

# How the engine marks a secret in an exported state.
MARK = "4dabf18193072939515e22adb298388d"
COUNT = 4711
TELLING = Step("Success", fields={"UserData": f"made for {JOB_ID}"})

SECRET_ID = f"""
job = MediaConvertJob("trailer", job_id=pulumi.Output.secret("{JOB_ID}"),
    expect={{"output_count": pulumi.Config().require_int("count")}})
pulumi.export("user_data", job.user_data)
"""
SECRET_DEMAND = f"""
job = MediaConvertJob("trailer", job_id="{JOB_ID}",
    expect={{"output_count": pulumi.Output.secret({COUNT})}})
"""


def kept(stack) -> tuple[set[str], str]:
    """Read what is kept: the names of outputs that are ciphertext, and all the text.

    Without the resource's ID, which cannot be secret.
    """
    resource: dict[str, Any] = stack.resources()["trailer"]
    outputs = resource["outputs"]
    encrypted = {name for name, value in outputs.items() if MARK in json.dumps(value)}
    return encrypted, json.dumps(
        {key: resource[key] for key in resource if key != "id"}
    )


def test_a_secret_job_id_is_kept_and_printed_nowhere(stack, emulator):
    """Kept failures, updates and refreshes keep it, and whatever repeats it."""
    emulator.add_job(JOB_ID, TELLING)
    stack.configure("gate:count", "5")
    stack.program(SECRET_ID)

    failed = stack.up(previews=True)
    after_failure = kept(stack)
    refreshed = stack.refresh()
    after_refresh = kept(stack)
    stack.configure("gate:count", "4")
    good = stack.up()
    after_good = kept(stack)
    unchanged = stack.refresh()

    assert failed.code != 0
    assert bullets(failed.text)[0] == (
        f"job {HIDDEN} (cn-shanghai) ended Success, but 1 check failed."
    )
    assert good.code == 0, good.text
    assert "2 unchanged" in unchanged.text
    after_unchanged = kept(stack)
    for names, text in (after_failure, after_refresh, after_good, after_unchanged):
        assert {"job_id", "user_data"} <= names
        assert "verdict" not in names
        assert JOB_ID not in text
    assert after_unchanged[0] == after_good[0]
    for run in (failed, refreshed, good, unchanged):
        assert JOB_ID not in run.text, run.command
    assert stack.outputs()["user_data"] == HIDDEN


def test_a_secret_constraint_is_kept_and_printed_nowhere(stack, emulator):
    """A nested secret hides what was demanded: in lines, in the state, in a refresh."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.program(SECRET_DEMAND)

    run = stack.up(previews=True)
    refreshed = stack.refresh()

    assert run.code != 0
    [_, line] = bullets(run.text)
    assert line == f"output_count: expected {HIDDEN}, got 4"
    assert line in refreshed.text
    encrypted, text = kept(stack)
    assert encrypted == {"expect", "mismatches", "skipped_checks"}
    assert str(COUNT) not in run.text + refreshed.text + text
