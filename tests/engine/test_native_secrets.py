"""Secret inputs of the native plugin: ciphertext in the state, nothing on the display.

A program marks them, and so does the stack's configuration; both arrive with marks.
"""

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

SECRET_ID = """
config:
  trailerId: {type: string, secret: true}
  count: {type: integer}
resources:
  trailer:
    type: mediaconvert:Job
    properties:
      jobId: ${trailerId}
      expect: {outputCount: "${count}"}
variables:
  seen:
    fn::invoke:
      function: mediaconvert:getJob
      arguments: {jobId: "${trailerId}"}
outputs:
  userData: ${trailer.userData}
  seenData: ${seen.userData}
"""
SECRET_CONSTRAINT = f"""
resources:
  trailer:
    type: mediaconvert:Job
    properties:
      jobId: {JOB_ID}
      expect: {{outputCount: {{"fn::secret": {COUNT}}}}}
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


def test_a_secret_job_id_is_kept_and_printed_nowhere(yaml_stack, emulator):
    """Kept failures, updates and refreshes keep it, and whatever repeats it."""
    stack = yaml_stack
    emulator.add_job(JOB_ID, TELLING)
    stack.configure("gate:trailerId", JOB_ID, secret=True)
    stack.configure("gate:count", "5")
    stack.program(SECRET_ID)

    failed = stack.up(previews=True)
    after_failure = kept(stack)
    refreshed = stack.refresh()
    after_refresh = kept(stack)
    stack.configure("gate:count", "4")
    good = stack.up("--diff")
    after_good = kept(stack)
    unchanged = stack.refresh()

    assert bullets(failed.text)[0] == (
        f"job {HIDDEN} (cn-shanghai) ended Success, but 1 check failed."
    )
    assert good.code == 0, good.text
    for names, text in (after_failure, after_refresh, after_good, kept(stack)):
        assert {"jobId", "userData"} <= names
        assert "verdict" not in names
        assert JOB_ID not in text
    for run in (failed, refreshed, good, unchanged):
        shown = [
            line
            for line in run.text.splitlines()
            if not line.strip().startswith("[id=")
        ]
        assert JOB_ID not in "".join(shown), run.command
    assert stack.outputs() == {"userData": HIDDEN, "seenData": HIDDEN}


def test_a_secret_constraint_is_kept_and_printed_nowhere(yaml_stack, emulator):
    """A nested secret hides what was stated: in lines, in the state, in a refresh."""
    stack = yaml_stack
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.program(SECRET_CONSTRAINT)

    run = stack.up(previews=True)
    refreshed = stack.refresh()

    [_, line] = bullets(run.text)
    assert line == f"outputCount: expected {HIDDEN}, got 4"
    assert line in refreshed.text
    encrypted, text = kept(stack)
    assert encrypted == {"expect", "mismatches", "skippedChecks"}
    assert str(COUNT) not in run.text + refreshed.text + text


def test_keys_in_clear_become_ciphertext_in_the_state(yaml_stack, emulator):
    """A stack's configuration may hold them in clear; the provider's state does not."""
    stack = yaml_stack
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    emulator.add_credentials("clear-id", "clear-secret")
    stack.configure("mediaconvert:accessKey", "clear-id")
    stack.configure("mediaconvert:secretKey", "clear-secret")
    stack.program(
        f"resources:\n  trailer:\n    type: mediaconvert:Job\n"
        f"    properties: {{jobId: {JOB_ID}}}\n"
    )

    run = stack.up("--diff", previews=True)

    assert run.code == 0, run.text
    assert "clear-secret" not in run.text
    assert "clear-secret" not in json.dumps(stack.export())
