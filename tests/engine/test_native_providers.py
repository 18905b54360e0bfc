"""Explicit providers of the plugin: what a change of their settings does to gates."""

from __future__ import annotations

import json
import sys

import pytest
from native_programs import Declared, job, program
from terminal import bullets, error_lines

from pulumi_alicloud_mediaconvert.emulator import Script, Step, after_reads, scripts

MINE = {"provider": "${mine}"}
KEYS = ("ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET")
UNKNOWN = "The provider for this resource has inputs that are not known during preview."
# What a profile's command prints; it writes down what it was started with.
COMMAND = """\
#!{python}
import json, os
with open({file!r}, "w") as file:
    json.dump(dict(os.environ), file)
print(json.dumps({{"mode": "AK", "access_key_id": os.environ["GIVEN_ID"],
    "access_key_secret": os.environ["GIVEN_SECRET"]}}))
"""


@pytest.fixture
def gates(emulator):
    """Write programs of two jobs; with settings, those of their own provider."""
    for job_id in "ab":
        emulator.add_job(job_id, scripts.succeeds_cleanly())

    def write(settings: dict[str, object] | None = None, **more: Declared) -> str:
        if settings is None:
            return program({"a": job("a"), "b": job("b", region="cn-shanghai")})
        return program(
            {
                "mine": provider(settings),
                "a": job("a", options=MINE),
                "b": job("b", region="cn-shanghai", options=MINE),
                **more,
            }
        )

    return write


def provider(settings: dict[str, object]) -> Declared:
    """Declare an explicit provider."""
    return {"type": "pulumi:providers:mediaconvert", "properties": settings}


def reading(count: int) -> Declared:
    """Read a job of another stack, with a demand."""
    state = {"expect": {"outputCount": count}}
    get = {"id": "a", "state": state}
    return {"type": "mediaconvert:Job", "get": get, "options": MINE}


def test_another_provider_of_the_same_region_changes_no_gate(
    yaml_stack, emulator, gates
):
    """From the stack's to an explicit one, and to another address of the API."""
    settings = {"region": "cn-shanghai", "endpoint": emulator.url}
    elsewhere = emulator.url.replace("127.0.0.1", "localhost")
    yaml_stack.program(gates())
    assert yaml_stack.up().code == 0
    asked = len(emulator.requests)

    yaml_stack.program(gates(settings))
    moved = yaml_stack.up(previews=True)
    yaml_stack.program(gates(settings | {"endpoint": elsewhere}))
    readdressed = yaml_stack.up(previews=True)
    yaml_stack.program(gates(settings | {"region": "cn-beijing"}))
    preview = yaml_stack.preview()

    assert moved.code == readdressed.code == preview.code == 0, readdressed.text
    assert readdressed.operations()["mine"] == "update"
    for run in (moved, readdressed):
        assert {run.operations()[name] for name in "ab"} == {"same"}
    assert len(emulator.requests) == asked + 1
    # The region of the one that states none; the other one states its own.
    assert "replace" in preview.steps_of("a")
    assert preview.steps_of("b") == ["same"]


def test_settings_that_are_unknown_in_a_preview_are_known_in_the_up(
    yaml_stack, emulator, gates
):
    """A preview then says so and asks nothing; no gate is passed by."""
    address = Step("Success", fields={"UserData": emulator.url})
    emulator.add_job("c", Script([Step("Running", leave=after_reads(2)), address]))
    emulator.add_job("d", scripts.fails())
    settings = {"region": "cn-shanghai", "endpoint": emulator.url}
    yaml_stack.program(gates(settings))
    assert yaml_stack.up().code == 0
    asked = len(emulator.requests)
    changed = settings | {"endpoint": "${c.userData}"}
    waited = job("c", region="cn-shanghai")
    failing = job("d", options=MINE)
    yaml_stack.program(gates(changed, c=waited, d=failing, read=reading(4)))

    preview = yaml_stack.preview()
    read = [request.job_id for request in emulator.requests[asked:]]
    run = yaml_stack.up()
    yaml_stack.program(gates(changed, c=waited, read=reading(5)))
    reread = yaml_stack.up()

    assert preview.code == 0, preview.text
    assert UNKNOWN in preview.text
    assert read == ["c"]
    assert run.code != 0
    assert {run.operations()[name] for name in "ab"} == {"same"}
    assert bullets(run.text)[0].startswith("job d (cn-shanghai) ended Failed")
    # What a program only reads is held to what it states there.
    assert reread.code != 0
    missed = "job a (cn-shanghai) ended Success, but 1 check failed."
    assert bullets(reread.text)[0] == missed


def test_a_command_of_a_profile_gets_no_settings_of_the_stack(
    yaml_stack, emulator, gates, key_material, tmp_path
):
    """What it is started with has none of the keys; it needs no more than a shell."""
    seen, command = tmp_path / "seen.json", tmp_path / "command"
    command.write_text(COMMAND.format(python=sys.executable, file=str(seen)))
    command.chmod(0o755)
    profile = {"name": "ci", "mode": "External", "process_command": str(command)}
    file = tmp_path / ".aliyun" / "config.json"
    file.parent.mkdir()
    file.write_text(json.dumps({"current": "ci", "profiles": [profile]}))
    yaml_stack.variables["HOME"] = str(tmp_path)
    for name, variable in zip(KEYS, ("GIVEN_ID", "GIVEN_SECRET"), strict=True):
        yaml_stack.variables[variable] = yaml_stack.variables.pop(name)
    hidden = key_material["token"]
    settings = ("accessKey", "secretKey", "securityToken")
    pairs = [f"--secret=mediaconvert:{name}={hidden}-{name}" for name in settings]
    assert yaml_stack.run("config", "set-all", *pairs).code == 0
    own = {"region": "cn-shanghai", "endpoint": emulator.url, "profile": "ci"}
    yaml_stack.program(gates(own))

    run = yaml_stack.up()

    assert run.code == 0, run.text
    assert {one.access_key_id for one in emulator.requests} == {key_material["id"]}
    given = json.loads(seen.read_text())
    assert not [name for name, value in given.items() if hidden in value]
    seen.unlink()


def test_what_needs_no_answer_of_the_api_needs_no_credentials(
    yaml_stack, emulator, gates
):
    """Without them a refresh is one line for each job; a `destroy` ends all."""
    yaml_stack.program(gates())
    assert yaml_stack.up().code == 0
    asked = len(emulator.requests)
    for name in KEYS:
        yaml_stack.variables.pop(name)
    yaml_stack.variables["HOME"] = str(yaml_stack.folder)

    same, refreshed = yaml_stack.up(previews=True), yaml_stack.refresh()
    kept = yaml_stack.resources()
    ended = yaml_stack.destroy()

    assert same.code == ended.code == 0, same.text + ended.text
    assert refreshed.code != 0
    lines = [line for line in error_lines(refreshed.text) if "no credentials" in line]
    assert lines
    assert {line.count("no credentials") for line in lines} == {1}
    assert {kept[name]["outputs"]["verdict"] for name in "ab"} == {"passed"}
    assert len(emulator.requests) == asked
