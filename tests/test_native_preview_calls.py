"""What the native plugin says in a preview, and what it gives."""

from __future__ import annotations

import pytest

from failed_calls import CallFailed
from jobs import JOB_ID, REGION
from plugin import started
from pulumi_alicloud_mediaconvert.emulator import scripts
from pulumi_alicloud_mediaconvert.schema.values import UNKNOWN, Secret

INPUTS = {"jobId": JOB_ID, "region": REGION}
STOPS = "`pulumi up` will stop here."


@pytest.fixture
def plugin(api):
    """A plugin that asks the emulator."""
    inputs = {key.partition(":")[2]: value for key, value in api.config().items()}
    with started(**inputs) as plugin:
        yield plugin


def test_a_job_that_runs_is_noted_and_its_inputs_are_known(plugin, api):
    """Nobody has to act upon it, and nobody waits in a preview."""
    api.add_job(JOB_ID, scripts.hangs_queued())
    inputs = plugin.checked(INPUTS)

    _, known = plugin.create(inputs, preview=True)

    assert known == inputs
    assert "has not ended" in plugin.engine.notes()[0]
    assert plugin.engine.warnings() == []


def test_what_would_stop_the_up_is_a_warning(plugin, api):
    """It says so in its last line; the preview goes on."""
    api.add_job(JOB_ID, scripts.fails())
    inputs = plugin.checked(INPUTS)

    _, known = plugin.create(inputs, preview=True)

    assert known == inputs
    (warning,) = plugin.engine.warnings()
    assert JOB_ID in warning.splitlines()[0]
    assert warning.splitlines()[-1] == STOPS


def test_an_accepted_failure_warns_and_gives_what_there_is(plugin, api):
    """As the `up` will."""
    api.add_job(JOB_ID, scripts.fails())
    inputs = plugin.checked({**INPUTS, "enforcementLevel": "advisory"})

    _, known = plugin.create(inputs, preview=True)

    assert known["verdict"] == "failed"
    assert STOPS not in plugin.engine.warnings()[0]


@pytest.mark.parametrize("is_new", [True, False])
def test_a_preview_can_be_made_to_fail(plugin, api, is_new):
    """With `onPreview: fail`, as the `up` would; nothing is stored of it."""
    api.add_job(JOB_ID, scripts.fails())
    inputs = plugin.checked({**INPUTS, "onPreview": "fail"})
    before = () if is_new else ({**inputs, "verdict": "pending"},)

    with pytest.raises(CallFailed) as failed:
        (plugin.create if is_new else plugin.update)(*before, inputs, preview=True)

    assert JOB_ID in failed.value.failure.text.splitlines()[0]
    assert failed.value.failure.state == {}
    assert plugin.engine.warnings() == []


def test_an_update_is_previewed_as_it_will_be_verified(plugin, api):
    """Programs see the outputs of now, not those of then."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    inputs = plugin.checked(INPUTS)
    _, state = plugin.create(inputs)
    other = plugin.checked({**INPUTS, "triggers": ["again"]})

    assert plugin.update(state, other, preview=True) == plugin.update(state, other)


def test_unknown_inputs_stay_unknown_outputs(plugin, api):
    """No job is read that may be another one."""
    inputs = plugin.checked({**INPUTS, "jobId": Secret(UNKNOWN)})

    _, known = plugin.create(inputs, preview=True)

    assert known["jobId"] == Secret(UNKNOWN)
    assert not api.requests


def test_a_preview_that_is_cancelled_ends_without_a_line(plugin, api):
    """Ctrl-C in the middle of its reads."""
    api.add_job(JOB_ID, scripts.fails())
    inputs = plugin.checked(INPUTS)

    plugin.call("Cancel")
    _, known = plugin.create(inputs, preview=True)

    assert known == inputs
    assert plugin.engine.warnings() == []


def test_lines_name_no_secret(plugin, api):
    """The row of a resource is in every log of a run."""
    api.add_job(JOB_ID, scripts.fails())
    inputs = plugin.checked({**INPUTS, "jobId": Secret(JOB_ID)})

    plugin.create(inputs, preview=True)
    with pytest.raises(CallFailed) as failed:
        plugin.create(inputs)

    said = [line.text for line in plugin.engine.lines]
    assert "[secret]" in said[0]
    assert not [
        line for line in (*said, *failed.value.failure.reasons) if JOB_ID in line
    ]
    # The ID of a resource is in clear, wherever the engine shows it.
    assert failed.value.failure.id == JOB_ID


def test_what_a_function_gives_of_a_secret_job_is_secret(plugin, api):
    """The engine marks nothing by itself for a plugin that knows marks."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())

    found = plugin.invoke(
        "mediaconvert:index:getJob", jobId=Secret(JOB_ID), region=REGION
    )

    assert found["jobId"] == Secret(JOB_ID)
    assert found["state"] == "Success"


@pytest.mark.parametrize(
    ("token", "args", "line"),
    [
        (
            "mediaconvert:index:getJob",
            {"jobId": ""},
            "getJob: jobId: must not be empty",
        ),
        ("mediaconvert:index:getJob", {"jobId": "f" * 32}, "getJob: "),
        ("mediaconvert:index:listJobs", {}, "no function mediaconvert:index:listJobs"),
    ],
)
def test_a_function_that_fails_is_one_line(plugin, token, args, line):
    """A program prints it as it is."""
    with pytest.raises(CallFailed) as failed:
        plugin.invoke(token, region=REGION, **args)

    assert line in failed.value.failure.text
    assert "\n" not in failed.value.failure.text
