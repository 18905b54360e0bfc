"""Keys on the real engine: where they come from, and that they stay secret."""

from __future__ import annotations

import json

from languages import gate
from programs import JOB_ID, ONE_JOB
from terminal import error_lines

from pulumi_alicloud_mediaconvert.emulator import scripts

PROGRAMS = {"python": ONE_JOB, "yaml": gate(jobId=JOB_ID)}
# Where a host looks; the engine keeps other namespaces from the native plugin.
LOCATIONS = {
    "python": {"mediaconvert:accessKey", "alicloud:accessKey"},
    "yaml": {"mediaconvert:accessKey"},
}


def test_a_wrong_secret_is_one_line_without_the_signed_text(host_stack, emulator):
    """A wrong key stops with the vendor's code and what to do, and nothing leaks."""
    stack = host_stack
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    right = stack.variables["ALIBABA_CLOUD_ACCESS_KEY_SECRET"]
    stack.variables["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "wrong" + right[::-1]
    stack.program(PROGRAMS)

    run = stack.up()

    assert run.code != 0
    assert "Traceback" not in run.text
    [line] = {line for line in error_lines(run.text) if JOB_ID in line}
    assert "SignatureDoesNotMatch" in line
    assert "x-acs" not in run.text
    assert stack.variables["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] not in run.text
    assert len(emulator.requests) == 1

    stack.variables["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = right

    assert stack.up().code == 0


def test_missing_credentials_name_every_location_that_was_looked_at(
    host_stack, emulator
):
    """Without credentials one line says where they could stand."""
    stack = host_stack
    keys = {
        name: stack.variables.pop(name)
        for name in ("ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET")
    }
    stack.variables["HOME"] = str(stack.folder)
    stack.program(PROGRAMS)

    run = stack.up()

    assert run.code != 0
    assert "Traceback" not in run.text
    lines = "\n".join(error_lines(run.text))
    looked = LOCATIONS[stack.language.name]
    for location in (*looked, "ALIBABA_CLOUD_ACCESS_KEY_ID"):
        assert location in lines, run.text
    assert ("alicloud:" in lines) is (stack.language.name == "python")
    assert not emulator.requests
    assert "trailer" not in stack.resources()

    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.variables |= keys

    assert stack.up().code == 0


def test_keys_from_secret_configuration_stay_out_of_the_state(
    stack, emulator, key_material
):
    """A stack that is set up for pulumi_alicloud needs no further credentials."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.variables.pop("ALIBABA_CLOUD_ACCESS_KEY_ID")
    stack.variables.pop("ALIBABA_CLOUD_ACCESS_KEY_SECRET")
    stack.configure("alicloud:accessKey", key_material["id"], secret=True)
    stack.configure("alicloud:secretKey", key_material["secret"], secret=True)
    stack.program(ONE_JOB)

    run = stack.up()

    assert run.code == 0, run.text
    assert key_material["secret"] not in json.dumps(stack.export())


def test_a_temporary_key_sends_its_token_and_keeps_it_secret(
    host_stack, emulator, key_material
):
    """An STS token from the environment is used, and stands nowhere afterwards."""
    stack = host_stack
    emulator.add_credentials("STS.key", key_material["secret"], key_material["token"])
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.variables["ALIBABA_CLOUD_ACCESS_KEY_ID"] = "STS.key"
    stack.variables["ALIBABA_CLOUD_SECURITY_TOKEN"] = key_material["token"]
    stack.program(PROGRAMS)

    run = stack.up("--debug", "--logtostderr", "--logflow", "-v=9")

    assert run.code == 0, run.text[-2000:]
    assert [request.has_security_token for request in emulator.requests] == [True]
