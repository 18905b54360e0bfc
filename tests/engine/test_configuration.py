"""Keys of the configuration that nobody reads, and a profile, in the real engine."""

from __future__ import annotations

import json

from programs import JOB_ID, ONE_JOB

from pulumi_alicloud_mediaconvert.emulator import scripts

UNREAD = "in the configuration is not a known key"
OTHERS = f"""
own = pulumi.ProviderResource("pulumi-python", "own", {{
    "mediaconvert:endpoint": pulumi.Config("mediaconvert").require("endpoint"),
    "mediaconvert:region": "cn-shanghai",
    "mediaconvert:pollMax": "5s",
}})
MediaConvertJob("other", job_id="{JOB_ID}", opts=pulumi.ResourceOptions(provider=own))
"""
CAUGHT = f"""
from pulumi_alicloud_mediaconvert import (
    JobNotFoundError, ProviderError, get_media_convert_job)

for number, kind in enumerate((JobNotFoundError, ProviderError, pulumi.RunError)):
    try:
        get_media_convert_job("{JOB_ID}")
    except kind as error:
        pulumi.export(f"caught-{{number}}", type(error).__name__)
get_media_convert_job("{JOB_ID}")
"""


def test_a_setting_that_nobody_reads_is_told_in_preview_and_up(stack, emulator):
    """Once a run for each provider, with the nearest key; the run goes on."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.program(ONE_JOB + OTHERS)
    stack.configure("alicloud-mediaconvert:region", "cn-beijing")
    done = stack.run("config", "set", "--path", "mediaconvert:wait.timeout", "5m")
    assert done.code == 0, done.text

    for run in (stack.preview(), stack.up(previews=True)):
        assert run.code == 0, run.text
        told = {name: run.on_row(name, "warning") for name in ("trailer", "other")}
        assert {name: "\n".join(told[name]).count(UNREAD) for name in told} == {
            "trailer": 2,
            "other": 1,
        }
        assert "`mediaconvert:region`" in told["trailer"][0]
        assert "`mediaconvert:waitTimeout`" in told["trailer"][0]
        assert "`mediaconvert:waitPollMax`" in told["other"][0]


def test_only_a_setting_that_is_not_secret_is_quoted(stack):
    """The engine hands over both in clear; the program knows which one is secret."""
    stack.program(ONE_JOB)
    stack.configure("mediaconvert:waitPollMin", "s3cret", secret=True)
    stack.configure("mediaconvert:onPreview", "sometimes")

    run = stack.preview()

    assert run.code != 0
    assert "got 'sometimes'" in run.text
    assert "mediaconvert:waitPollMin is refused" in run.text
    assert "s3cret" not in run.text


def test_a_profile_of_ours_signs(stack, emulator, key_material, tmp_path_factory):
    """`mediaconvert:profile` is used before all that the environment has."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    profile = {
        "name": "ci",
        "mode": "AK",
        "access_key_id": key_material["id"],
        "access_key_secret": key_material["secret"],
    }
    # Nothing of the stack's own folder may hold a key.
    home = tmp_path_factory.mktemp("home")
    file = home / ".aliyun" / "config.json"
    file.parent.mkdir()
    file.write_text(json.dumps({"profiles": [profile]}))
    stack.variables |= {
        "HOME": str(home),
        "ALIBABA_CLOUD_ACCESS_KEY_ID": "other",
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "other",
    }
    stack.program(ONE_JOB)
    stack.configure("mediaconvert:profile", "ci")

    run = stack.up()

    assert run.code == 0, run.text
    assert {one.access_key_id for one in emulator.requests} == {key_material["id"]}


def test_a_program_catches_what_a_function_raises(stack):
    """By its class or by the root; what it does not catch is a line, no traceback."""
    stack.program(CAUGHT)

    run = stack.up()

    assert run.code != 0
    assert "Traceback" not in run.text
    assert f"error: get_media_convert_job: no job {JOB_ID}" in run.text
    for number in range(3):
        assert f'caught-{number}: "JobNotFoundError"' in run.text
