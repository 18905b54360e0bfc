"""What is no change on the real engine, and asks nobody."""

from __future__ import annotations

import json

from programs import JOB_ID, NAME, ordered, program
from terminal import bullets

from pulumi_alicloud_mediaconvert.emulator import scripts


def test_what_means_the_same_is_no_change_and_what_matters_is(stack, emulator):
    """Order of keys and `1280.0` change nothing; another width verifies anew."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.program(program(ordered(1280)))
    assert stack.up().code == 0
    looks = len(emulator.requests)

    stack.program(program(ordered(1280.0, first="height"), wait='{"timeout": "3h"}'))
    same = stack.up("--expect-no-changes")

    assert same.code == 0, same.text
    assert len(emulator.requests) == looks

    stack.program(program(ordered(1920)))
    other = stack.up()

    assert other.code != 0
    assert bullets(other.text) == [
        f"{NAME} ended Success, but 1 check failed.",
        'output "720P-mp4": video width: expected 1920, got 1280',
    ]
    assert len(emulator.requests) == looks + 1


def test_an_upgrade_of_the_package_shows_no_change(stack, emulator):
    """What an older version did not store, and a newer one did, changes nothing."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.program(program(ordered(1280)))
    assert stack.up().code == 0
    looks = len(emulator.requests)
    state = stack.export()
    [stored] = [
        resource
        for resource in state["deployment"]["resources"]
        if resource["urn"].endswith("::trailer")
    ]
    for kept in (stored["inputs"], stored["outputs"]):
        del kept["on_preview"], kept["triggers"]
    del stored["outputs"]["facts_digest"], stored["outputs"]["skipped_checks"]
    stored["outputs"]["of_a_later_version"] = {"nested": [1]}
    file = stack.folder / "state.json"
    file.write_text(json.dumps(state))
    assert stack.run("stack", "import", "--file", str(file)).code == 0

    run = stack.up("--expect-no-changes")

    assert run.code == 0, run.text
    assert len(emulator.requests) == looks
