"""The engine's own options: what works with a job, and what is said otherwise."""

from __future__ import annotations

import json

import pytest
from programs import DOWNSTREAM, JOB_ID
from terminal import error_lines

from pulumi_alicloud_mediaconvert.emulator import faults, scripts

JOB = f'job = MediaConvertJob("trailer", job_id="{JOB_ID}"%s)\n'
SET = f"""
from pulumi_alicloud_mediaconvert import MediaConvertJobSet
job = MediaConvertJobSet("trailer", job_ids={{"a": "{JOB_ID}"}}%s)
"""
DEPENDENT = DOWNSTREAM.replace('job.output("720P-mp4").url', "job.verdict")
both = pytest.mark.parametrize("declared", [JOB, SET], ids=["job", "set"])


def urn_of(stack, name: str) -> str:
    """Return the URN of a resource, which may not be stored yet."""
    kinds = {
        "trailer": "dynamic/mediaconvert:MediaConvertJob",
        "publish": "dynamic:Resource",
    }
    stored = stack.resources().get(name)
    if stored:
        return str(stored["urn"])
    return f"urn:pulumi:test::gate::pulumi-python:{kinds[name]}::{name}"


@both
def test_a_job_that_is_left_out_is_warned_of(stack, emulator, declared):
    """The engine creates what depends on it; the row says with which verdict."""
    emulator.add_job(JOB_ID, scripts.fails())
    stack.program(declared % "")
    assert stack.up().code != 0
    stack.program(declared % "" + DEPENDENT)
    looks = len(emulator.requests)

    preview = stack.preview("--target", urn_of(stack, "publish"))
    targeted = stack.up("--target", urn_of(stack, "publish"))
    stack.program(declared % "")
    assert stack.up("--target", urn_of(stack, "publish")).code == 0
    stack.program(declared % "" + DEPENDENT)
    excluded = stack.up("--exclude", urn_of(stack, "trailer"))

    assert len(emulator.requests) == looks
    for run in (preview, targeted, excluded):
        assert run.code == 0, run.text
        [line] = run.on_row("trailer", "warning")
        assert "`failed`" in line
    assert "publish" in stack.resources()


@both
def test_a_verdict_that_is_accepted_is_left_out_without_a_word(
    stack, emulator, declared
):
    """So are runs that leave nothing out."""
    emulator.add_job(JOB_ID, scripts.fails())
    stack.program(declared % ', enforcement_level="disabled"')
    first = stack.up(previews=True)
    stack.program(declared % ', enforcement_level="disabled"' + DEPENDENT)

    run = stack.up("--target", urn_of(stack, "publish"))

    assert run.code == 0, run.text
    assert not first.on_row("trailer", "warning")
    assert not run.on_row("trailer", "warning")


def test_no_other_run_says_that_a_job_is_left_out(stack, emulator):
    """Not a failing `up`, nor the preview after it, nor a refresh."""
    emulator.add_job(JOB_ID, scripts.fails())
    stack.program(JOB % "" + DEPENDENT)

    runs = [
        stack.up(previews=True),
        stack.preview(),
        stack.up("--continue-on-error"),
        stack.refresh(),
        stack.preview("--refresh"),
        stack.up("--refresh"),
    ]

    for run in runs:
        assert "--exclude" not in run.text, run.command


LIMITS = ", opts=pulumi.ResourceOptions(custom_timeouts={'create': '5s', 'read': '2s'})"


@both
def test_the_time_limit_of_a_read_is_kept(stack, emulator, declared):
    """A `refresh` of a job whose API hangs gives up after it: one look is all."""
    emulator.add_job(JOB_ID, scripts.stalls(percent=1))
    stack.program(declared % (", wait=False" + LIMITS))
    assert stack.up().code == 0
    looks = len(emulator.requests)
    emulator.faults.add(faults.hang(None), job_id=JOB_ID)

    run = stack.refresh()

    assert run.code != 0
    assert "Traceback" not in run.text
    assert len(emulator.requests) == looks + 1


LATER = """
kept = pulumi.Config().get_bool("secret")
demand = pulumi.Output.secret(4) if kept else 4
trigger = pulumi.Output.secret("s3cret") if kept else "s3cret"
"""
INPUTS = ', expect={"output_count": demand}, triggers=[trigger], on_preview="off"'
TRIGGERED = ", triggers=[trigger]"
MARK = "4dabf18193072939515e22adb298388d"


def sealed_names(stack) -> set[str]:
    """Name the outputs that are stored as ciphertext."""
    outputs = stack.resources()["trailer"]["outputs"]
    return {name for name, value in outputs.items() if MARK in json.dumps(value)}


@pytest.mark.parametrize("inputs", [INPUTS, TRIGGERED], ids=["expect", "triggers"])
@both
def test_an_input_that_becomes_a_secret_is_one_after_the_next_up(
    stack, emulator, declared, inputs
):
    """Though its value is the same; and so is one that is none any more."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.program(LATER + declared % inputs)
    assert stack.up().code == 0
    assert sealed_names(stack) == set()

    stack.configure("gate:secret", "true")
    preview = stack.preview()
    kept = stack.up()
    encrypted = sealed_names(stack)
    same = stack.up("--expect-no-changes")
    stack.configure("gate:secret", "false")
    opened = stack.up()

    assert preview.operations()["trailer"] == "update"
    for run in (kept, same, opened):
        assert run.code == 0, run.text
    assert encrypted >= ({"expect", "triggers"} if inputs == INPUTS else {"triggers"})
    assert sealed_names(stack) == set()


PROVIDED = f"""
from pulumi.dynamic import CreateResult, Resource, ResourceProvider
from pulumi_alicloud_mediaconvert import MediaConvertProvider

class Notes(ResourceProvider):
    def create(self, props):
        return CreateResult("noted", {{**props, "made": props["value"]}})

class Key(Resource):
    made: pulumi.Output[str]

config = pulumi.Config("second")
key = Key(Notes(), "key", {{"value": config.require_secret("key"), "made": None}},
    pulumi.ResourceOptions(additional_secret_outputs=["made"]))
second = MediaConvertProvider(
    "second",
    access_key=config.require_secret("id"),
    secret_key=key.made,
    region=pulumi.Output.from_input("cn-beijing"),
)
opts = pulumi.ResourceOptions(provider=second)
job = MediaConvertJob("trailer", job_id="{JOB_ID}", opts=opts)
pulumi.export("region", job.region)
"""


def test_a_provider_takes_outputs(stack, emulator, key_material):
    """Secret ones, and such as no preview knows; nothing is made text of them."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.variables["PULUMI_ERROR_OUTPUT_STRING"] = "1"
    stack.configure("second:id", key_material["id"], secret=True)
    stack.configure("second:key", key_material["secret"], secret=True)
    stack.program(PROVIDED)

    preview = stack.preview()
    run = stack.up()
    again = stack.up("--expect-no-changes", previews=True)

    for one in (preview, run, again):
        assert one.code == 0, one.text
        assert "__str__" not in one.text
    assert stack.outputs()["region"] == "cn-beijing"


@both
def test_an_import_is_one_line(stack, declared):
    """It says what to write instead, and nothing is registered."""
    opts = f', opts=pulumi.ResourceOptions(import_="{JOB_ID}")'
    stack.program(declared % opts)

    run = stack.up()

    assert run.code != 0
    assert "Traceback" not in run.text
    assert any("import_ does not work" in line for line in error_lines(run.text))
    assert "trailer" not in stack.resources()


def test_of_a_large_set_only_what_changed_is_shown(stack, emulator):
    """A mapping shows the one job whose ID is another, `preview --diff` too."""
    ids = {f"episode-{number}": f"{number:032x}" for number in range(60)}
    for job_id in [*ids.values(), "f" * 32]:
        emulator.add_job(job_id, scripts.succeeds_cleanly())
    program = SET.replace(f'{{"a": "{JOB_ID}"}}', "%r") % (ids, "")
    stack.program(program)
    assert stack.up().code == 0
    stack.program(program.replace(ids["episode-7"], "f" * 32))

    run = stack.preview("--diff")

    assert run.code == 0, run.text
    assert "f" * 32 in run.text
    assert len(run.text.splitlines()) < len(ids)


OPTED = """
job = MediaConvertJob("{name}", job_id="{job_id}", {inputs},
    opts=pulumi.ResourceOptions({opts}))
"""


def opted(name: str, inputs: str, opts: str) -> str:
    """Write a program of one job with options."""
    return OPTED.format(name=name, job_id=JOB_ID, inputs=inputs, opts=opts)


def test_other_options_of_the_engine_work_with_a_job(stack, emulator):
    """What decides on names, changes, secrets and the end of a resource."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.program(
        opted(
            "trailer",
            'expect={"output_count": 4}',
            'protect=True, additional_secret_outputs=["job_name"]',
        )
    )
    assert stack.up().code == 0
    protected = stack.destroy()

    assert protected.code != 0
    assert "job_name" in sealed_names(stack)

    moved = 'aliases=[pulumi.Alias(name="trailer")], ignore_changes=["expect"]'
    stack.program(opted("intro", 'expect={"output_count": 5}', moved))
    renamed = stack.up()

    assert renamed.code == 0, renamed.text
    assert renamed.operations()["intro"] in {"same", "update"}
    assert len(emulator.requests) == 1

    replaced = 'replace_on_changes=["triggers"], delete_before_replace=True'
    stack.program(opted("intro", "triggers=[1]", replaced))
    assert stack.up().code == 0
    stack.program(opted("intro", "triggers=[2]", replaced))
    replacing = stack.up()

    assert replacing.code == 0, replacing.text
    assert replacing.steps_of("intro") == [
        "delete-replaced",
        "replace",
        "create-replacement",
    ]
