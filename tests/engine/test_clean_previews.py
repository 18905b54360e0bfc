"""An unchanged stack previews clean, whatever consumes which output."""

from __future__ import annotations

import pytest
from programs import JOB_ID

from pulumi_alicloud_mediaconvert.emulator import scripts
from pulumi_alicloud_mediaconvert.hosts.dynamic.program import reads_by_id
from pulumi_alicloud_mediaconvert.input_names import INPUT_NAMES, SET_INPUT_NAMES
from pulumi_alicloud_mediaconvert.resource import OUTPUT_NAMES
from pulumi_alicloud_mediaconvert.set_resource import SET_OUTPUT_NAMES

# A resource of everybody's own; newer SDKs bring `pulumi.Stash` along.
CONSUMERS = """
import json
from pulumi.dynamic import CreateResult, Resource, ResourceProvider
from pulumi_alicloud_mediaconvert import MediaConvertJobSet

class Notes(ResourceProvider):
    serialize_as_secret_always = False
    def create(self, props):
        return CreateResult("noted", props)

def shown(value):
    # The engine keeps no order of keys.
    return json.dumps(value, sort_keys=True)

class Consumer(Resource):
    pass

def consume(name, value):
    Consumer(Notes(), name, {"value": value})
    # Told apart from what is not there.
    Consumer(Notes(), name + "-shown", {"value": value.apply(shown)})
    if hasattr(pulumi, "Stash"):
        pulumi.Stash(name + "-stash", input=value.apply(lambda one: {"value": one}))
"""


def consumed(of: str, names) -> str:
    """Write a program that consumes outputs, each by resources of its own."""
    return f"""
for name in {[*names]!r}:
    consume("{of}-" + name, getattr({of}, name))
"""


DECLARED = {
    "a job": f'job = MediaConvertJob("trailer", job_id="{JOB_ID}")\n'
    + consumed("job", [*INPUT_NAMES, *OUTPUT_NAMES, "facts"])
    + """
consume("width", job.output("720P-mp4").file.width)
consume("lang", job.outputs[0].audio_streams[0].lang)
consume("none", job.outputs[0].group)
consume("groups", job.output_groups)
""",
    "a set": f'jobs = MediaConvertJobSet("library", job_ids={{"a": "{JOB_ID}"}})\n'
    + consumed("jobs", [*SET_INPUT_NAMES, *SET_OUTPUT_NAMES])
    + """
consume("entry", jobs.jobs["a"])
consume("code", jobs.jobs["a"].code)
consume("text", jobs.jobs["a"].text)
consume("total", jobs.counts.total)
""",
}
if reads_by_id():
    DECLARED["a job that is read"] = (
        f'job = MediaConvertJob.get("trailer", "{JOB_ID}")\n'
        + consumed("job", [*INPUT_NAMES, *OUTPUT_NAMES, "facts"])
    )


@pytest.mark.parametrize("declared", DECLARED.values(), ids=DECLARED)
def test_an_unchanged_stack_previews_clean(stack, emulator, declared):
    """What is not stored is `None` and not unknown, once the verdict is known."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.program(CONSUMERS + declared)
    first = stack.up()
    assert first.code == 0, first.text

    preview = stack.preview("--expect-no-changes", "--diff")
    again = stack.up("--expect-no-changes")

    assert preview.code == 0, preview.text
    assert "[unknown]" not in preview.text
    assert again.code == 0, again.text
