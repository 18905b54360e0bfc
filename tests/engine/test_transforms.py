"""Secrets that a program's transforms put in are kept like the constructor's."""

from __future__ import annotations

import json

import pytest
from programs import JOB_ID

from pulumi_alicloud_mediaconvert.emulator import Step, scripts

COUNT = 4711
MARK = "4dabf18193072939515e22adb298388d"
JOB = f"""
MediaConvertJob("trailer", job_id="{JOB_ID}", expect={{"output_count": 5}}, OPTIONS)
"""
SETS = f"""
from pulumi_alicloud_mediaconvert import MediaConvertJobSet
MediaConvertJobSet("trailer", job_ids={{"a": "{JOB_ID}"}},
    expect={{"output_count": 5}}, OPTIONS)
"""
DEMAND = (
    f'{{**args.props, "expect": {{"output_count": pulumi.Output.secret({COUNT})}}}}'
)
WHOLE = f'{{**args.props, "expect": pulumi.Output.secret({{"output_count": {COUNT}}})}}'
ID = '{**args.props, "job_id": pulumi.Output.secret(args.props["job_id"])}'
NEW = """
def change(args):
    if "mediaconvert" in args.type_:
        return pulumi.ResourceTransformResult(PROPS, args.opts)
"""
OLD = NEW.replace("TransformResult", "TransformationResult")
OWN = "opts=pulumi.ResourceOptions(%s=[change])"
PARENT = """
class Group(pulumi.ComponentResource):
    def __init__(self, opts):
        super().__init__("gate:index:Group", "group", {}, opts)
"""
CHILD = "opts=pulumi.ResourceOptions(parent=Group(pulumi.ResourceOptions(%s=[change])))"
# Each way in which a transform may come to a resource: before it, and its options.
WAYS = {
    "option": (NEW, OWN % "transforms"),
    "of its parent": (NEW + PARENT, CHILD % "transforms"),
    "of the stack": (NEW + "pulumi.runtime.register_resource_transform(change)\n", ""),
    "of old, option": (OLD, OWN % "transformations"),
    "of old, of its parent": (OLD + PARENT, CHILD % "transformations"),
    "of old, of the stack": (
        OLD + "pulumi.runtime.register_stack_transformation(change)\n",
        "",
    ),
}


def program(way: str, declared: str, props: str) -> str:
    """Write a program whose resource is transformed."""
    before, opts = WAYS[way]
    return before.replace("PROPS", props) + declared.replace("OPTIONS", opts)


def kept(stack) -> str:
    """Read what is kept of the resource, without its ID."""
    resource = stack.resources()["trailer"]
    return json.dumps({key: resource[key] for key in resource if key != "id"})


@pytest.mark.parametrize("way", WAYS)
def test_a_constraint_that_a_transform_makes_secret_is_told_nowhere(
    stack, emulator, way
):
    """In previews, failures that are kept, and refreshes."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.program(program(way, JOB, DEMAND))

    preview, run, refresh = stack.preview(), stack.up(), stack.refresh()

    assert run.code != 0
    state = kept(stack)
    assert "initErrors" in state
    assert "expected [secret]" in run.text
    for text in (preview.text, run.text, refresh.text, state, kept(stack)):
        assert str(COUNT) not in text


@pytest.mark.parametrize("way", ["option", "of the stack", "of old, option"])
def test_an_id_that_a_transform_makes_secret_is_told_nowhere(stack, emulator, way):
    """So is whatever of the job repeats it."""
    emulator.add_job(JOB_ID, Step("Failed", fields={"UserData": f"for {JOB_ID}"}))
    stack.program(program(way, JOB, ID))

    preview, run, refresh = stack.preview(), stack.up(), stack.refresh()

    assert run.code != 0
    for text in (preview.text, run.text, refresh.text, kept(stack)):
        assert JOB_ID not in text


@pytest.mark.parametrize("way", ["option", "of the stack", "of old, of the stack"])
def test_a_set_keeps_what_a_transform_makes_secret(stack, emulator, way):
    """As a single job does."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.program(program(way, SETS, WHOLE))

    preview, run, refresh = stack.preview(), stack.up(), stack.refresh()

    assert run.code != 0
    for text in (preview.text, run.text, refresh.text, kept(stack)):
        assert str(COUNT) not in text
