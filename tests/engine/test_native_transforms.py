"""Transforms of a program change what the plugin gets, as for every resource."""

from __future__ import annotations

import json

from programs import JOB_ID
from terminal import bullets

from pulumi_alicloud_mediaconvert.emulator import Step
from pulumi_alicloud_mediaconvert.text import HIDDEN

# It makes the ID a secret and demands something of every job.
TRANSFORMED = f"""
const count = new pulumi.Config().requireNumber("count");
const transforms: pulumi.ResourceTransform[] = [async args => {{
    const jobId = pulumi.secret(args.props["jobId"]);
    const props = {{ ...args.props, jobId, expect: {{ outputCount: count }} }};
    return {{ props, opts: args.opts }};
}}];
const job = new Job("trailer", {{ jobId: "{JOB_ID}" }}, {{ transforms }});
export const note = job.userData;
"""


def test_what_a_transform_makes_secret_stays_secret_and_what_it_demands_is_held(
    make_stack, typescript, emulator
):
    """The plugin sees what the transforms have made of the inputs, and no more."""
    emulator.add_job(JOB_ID, Step("Success", fields={"UserData": f"for {JOB_ID}"}))
    stack = make_stack(language=typescript)
    stack.program(TRANSFORMED)
    stack.configure("count", "5")

    failed = stack.up()
    kept = stack.resources()["trailer"]
    stack.configure("count", "4")
    passed = stack.up()

    assert failed.code != 0
    assert bullets(failed.text) == [
        f"job {HIDDEN} (cn-shanghai) ended Success, but 1 check failed.",
        "outputCount: expected 5, got 4",
    ]
    assert passed.code == 0, passed.text
    assert stack.outputs() == {"note": HIDDEN}
    for one in (kept, stack.resources()["trailer"]):
        assert JOB_ID not in json.dumps({key: one[key] for key in one if key != "id"})
    assert JOB_ID not in failed.text + passed.text
