"""What programs of the plugin see in a preview: the outputs of jobs that have ended."""

from __future__ import annotations

import re

from pulumi_alicloud_mediaconvert.emulator import scripts

PROGRAM = """\
resources:
  ended:
    type: mediaconvert:Job
    properties: {jobId: ended-1}
  after:
    type: mediaconvert:Job
    properties: {jobId: after-1, triggers: ["${ended.factsDigest}"]}
  going:
    type: mediaconvert:Job
    properties: {jobId: going-1, wait: false}
outputs:
  state: ${ended.state}
  later: ${going.state}
"""


def test_a_preview_knows_what_has_ended_and_its_plan_holds(
    yaml_stack, emulator, tmp_path
):
    """What depends on a gate is planned with its values, which the `up` then has."""
    for job_id in ("ended-1", "after-1"):
        emulator.add_job(job_id, scripts.succeeds_cleanly())
    emulator.add_job("going-1", scripts.stalls())
    yaml_stack.variables["PULUMI_EXPERIMENTAL"] = "1"
    yaml_stack.program(PROGRAM)
    plan = tmp_path / "plan.json"

    preview = yaml_stack.preview("--save-plan", str(plan))
    read = [request.job_id for request in emulator.requests]
    run = yaml_stack.up("--plan", str(plan))

    assert preview.code == run.code == 0
    assert sorted(read) == ["after-1", "ended-1", "going-1"]
    assert re.search(r'state *: "Success"', preview.text)
    assert re.search(r"later *: \[unknown\]", preview.text)
    assert yaml_stack.outputs() == {"state": "Success", "later": "Running"}


def test_an_unchanged_gate_is_known_without_a_read(yaml_stack, emulator):
    """The preview of a change elsewhere, and of one that no verdict depends on."""
    for job_id in ("ended-1", "after-1", "going-1"):
        emulator.add_job(job_id, scripts.succeeds_cleanly())
    yaml_stack.program(PROGRAM)
    assert yaml_stack.up().code == 0
    asked = len(emulator.requests)
    yaml_stack.program(PROGRAM.replace("wait: false", "wait: {timeout: 1h}"))

    preview = yaml_stack.preview()

    assert preview.code == 0
    assert "4 unchanged" in preview.text
    assert len(emulator.requests) == asked
