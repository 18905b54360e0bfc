"""Options, configuration and ends of the native plugin, on the real engine."""

from __future__ import annotations

import signal
import time

import pytest
from languages import PLUGIN
from native_programs import job, program
from processes import wait_until_ended
from programs import JOB_ID

from pulumi_alicloud_mediaconvert.emulator import scripts

UP = ("up", "--yes", "--skip-preview")
WAITS = 8
# What the engine itself needs to write the state and to end its plugins.
ENGINE_EXIT_SECONDS = 2
# How long a plugin may take to notice that its engine has gone.
NOTICE_SECONDS = 5
# A provider whose key comes of another resource, and is unknown in the first preview.
UNKNOWN_PROVIDER = """
resources:
  first:
    type: mediaconvert:Job
    properties: {{jobId: {job_id}}}
  other:
    type: pulumi:providers:mediaconvert
    properties:
      region: ${{first.region}}
      endpoint: {url}
      profile: ${{first.jobName}}
  trailer:
    type: mediaconvert:Job
    properties: {{jobId: {other_id}}}
    options: {{provider: "${{other}}"}}
outputs:
  verdict: ${{trailer.verdict}}
"""


def one_job(options: dict[str, object], /, **inputs: object) -> str:
    """Write a program of one job with options of its resource."""
    return program({"trailer": job(**inputs, options=options)})


def test_a_change_replaces_where_the_program_says_so(yaml_stack, emulator):
    """`replaceOnChanges` and `ignoreChanges` name places within an input."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    yaml_stack.program(one_job({}, triggers=["a"]))
    assert yaml_stack.up().code == 0

    yaml_stack.program(one_job({"replaceOnChanges": ["triggers[0]"]}, triggers=["b"]))
    replaced = yaml_stack.preview()
    yaml_stack.program(one_job({"ignoreChanges": ["triggers"]}, triggers=["b"]))
    ignored = yaml_stack.preview()

    assert "replace" in replaced.steps_of("trailer")
    assert ignored.steps_of("trailer") == ["same"]


def test_a_custom_timeout_limits_the_wait_of_its_operation(yaml_stack, emulator):
    """The next one may take another time."""
    emulator.add_job(JOB_ID, scripts.hangs_queued())
    yaml_stack.program(one_job({"customTimeouts": {"create": "1s", "update": "2s"}}))

    created, updated = yaml_stack.up(), yaml_stack.up()

    assert "1s is the limit of the whole wait" in created.text
    assert "2s is the limit of the whole wait" in updated.text


@pytest.mark.usefixtures("emulator")
def test_a_setting_that_nobody_reads_is_named_once(yaml_stack):
    """With the nearest one; it stops nothing."""
    yaml_stack.configure("mediaconvert:regoin", "cn-shanghai")
    yaml_stack.program(one_job({}, onPreview="off"))

    run = yaml_stack.preview()

    assert run.code == 0, run.text
    said = [line for line in run.diagnostics() if "read by nobody" in line]
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


def test_an_unknown_provider_leaves_a_preview_with_unknown_outputs(
    yaml_stack, emulator
):
    """The engine asks nothing of a provider whose configuration is still to come."""
    other_id = f"{1:032x}"
    emulator.add_job(JOB_ID, scripts.stalls())
    emulator.add_job(other_id, scripts.succeeds_cleanly())
    yaml_stack.program(
        UNKNOWN_PROVIDER.format(job_id=JOB_ID, other_id=other_id, url=emulator.url)
    )

    run = yaml_stack.preview()

    assert run.code == 0, run.text
    assert "[unknown]" in run.text
    # That of the job whose provider is known.
    assert len(emulator.requests) == 1


def test_ctrl_c_ends_all_waits_within_a_second(yaml_stack, emulator):
    """Each is kept as pending, nothing is left running, and no operation is open."""
    ids = [f"{number:032x}" for number in range(WAITS)]
    for job_id in ids:
        emulator.add_job(job_id, scripts.hangs_queued())
    yaml_stack.program(program({f"job-{job_id}": job(job_id) for job_id in ids}))

    with yaml_stack.running(*UP, "--parallel", "32") as command:
        command.wait_until(lambda: emulator.wait_for_requests(2 * WAITS))
        members = command.session.members()
        command.process.send_signal(signal.SIGINT)
        pressed = time.monotonic()
        run = command.end()
        took = time.monotonic() - pressed
        left = wait_until_ended(members, NOTICE_SECONDS)

    assert run.code != 0
    assert took < 1 + ENGINE_EXIT_SECONDS
    assert not left
    kept = yaml_stack.resources()
    verdicts = [kept[f"job-{job_id}"]["outputs"]["verdict"] for job_id in ids]
    assert verdicts == ["pending"] * WAITS
    assert not yaml_stack.export()["deployment"].get("pending_operations")


def test_the_plugin_ends_with_an_engine_that_is_killed(yaml_stack, emulator):
    """Nothing goes on asking for a deployment that is no more."""
    emulator.add_job(JOB_ID, scripts.hangs_queued())
    yaml_stack.program(one_job({}))

    with yaml_stack.running(*UP) as command:
        command.wait_until(lambda: emulator.wait_for_requests(2))
        plugins = [one for one in command.session.members() if PLUGIN in one.command]
        command.process.kill()
        left = wait_until_ended(plugins, NOTICE_SECONDS)

    assert plugins
    assert not left
