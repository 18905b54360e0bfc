"""The plugin's archive on a machine without Python, as docs/install-plugin.md says."""

from __future__ import annotations

import json
import os
import shlex
import signal
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from bare import VERSION, BareStack, go_caches, programs_alone
from languages import Language, Yaml, gate
from programs import JOB_ID
from terminal import bullets

from installed import ROOT, STEM
from loopback import closed_port
from pulumi_alicloud_mediaconvert.emulator import scripts
from pulumi_alicloud_mediaconvert.hosts.native.version import PACKAGE

NAME = "pulumi-resource-mediaconvert"
OTHER_VERSION = "0.2.0"
GATES = {
    "yaml": gate(jobId=JOB_ID),
    "typescript": f"""
const job = new Job("trailer", {{ jobId: "{JOB_ID}" }});
export const verdict = job.verdict;
""",
    "go": f"""
		job, err := mediaconvert.NewJob(ctx, "trailer", &mediaconvert.JobArgs{{
			JobId: pulumi.String("{JOB_ID}"),
		}})
		if err != nil {{
			return err
		}}
		ctx.Export("verdict", job.Verdict)""",
}

MakeBare = Callable[..., BareStack]


@pytest.fixture(scope="session")
def archive(deliveries) -> Path:
    """Build the archive, unless one of the same content is cached."""
    built: Path = deliveries.archive()
    return built


@pytest.fixture
def make_bare(tmp_path, backend, emulator, key_material) -> MakeBare:
    """Make stacks on a machine that has the engine and languages alone."""

    def make(language: Language) -> BareStack:
        folder = tmp_path / "gate"
        folder.mkdir()
        (folder / "Pulumi.yaml").write_text("name: gate\nruntime: yaml\n")
        variables = {
            "PATH": str(programs_alone(tmp_path / "bin")),
            "ALIBABA_CLOUD_ACCESS_KEY_ID": key_material["id"],
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET": key_material["secret"],
            "ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true",
            # A plugin that is missing is looked for, and no test goes beyond here.
            "HTTPS_PROXY": f"http://{closed_port()}",
        }
        home = tmp_path / "home"
        stack = BareStack(folder, backend, home, "test", variables, language=language)
        done = stack.run("stack", "init", "test")
        assert done.code == 0, done.text
        with (folder / "Pulumi.test.yaml").open("a") as config:
            config.write(
                "config:\n"
                "  mediaconvert:region: cn-shanghai\n"
                f"  mediaconvert:endpoint: {emulator.url}\n"
                '  mediaconvert:waitPollMin: "200ms"\n'
                '  mediaconvert:waitPollMax: "500ms"\n'
            )
        return stack

    return make


@pytest.fixture
def bare(make_bare: MakeBare, archive) -> BareStack:
    """A stack of a YAML program, with the archive installed."""
    stack: BareStack = make_bare(Yaml(None))
    stack.install(archive)
    return stack


def test_the_archive_is_all_that_a_program_needs(
    make_bare, archive, language, emulator
):
    """In each language a bad job stops with its facts, and a good one passes."""
    stack = make_bare(replace(language, plugin=None))
    stack.variables |= go_caches()
    stack.install(archive)
    emulator.add_job(JOB_ID, scripts.fails())
    stack.program(GATES)

    bad = stack.up()

    assert bad.code != 0
    assert bullets(bad.text)[0].startswith(f"job {JOB_ID} (cn-shanghai) ended Failed")
    assert "Traceback" not in bad.text

    emulator.add_job(JOB_ID, scripts.succeeds_slowly(reads=1))
    good = stack.up()

    assert good.code == 0, good.text
    assert stack.outputs() == {"verdict": "passed"}
    assert f"{NAME} from $PATH" not in good.text


@contextmanager
def served(archive: Path) -> Iterator[str]:
    """Serve the folder of an archive; gives its address."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(archive.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def test_the_engine_fetches_the_archive_by_its_name(make_bare, archive, emulator):
    """From the address that a program states, for this platform and this version."""
    stack = make_bare(Yaml(None))
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    with served(archive) as url:
        # The name of the archive has the version that it was built as.
        options = {"version": version(PACKAGE), "pluginDownloadURL": url}
        stack.program({"yaml": gates(trailer=options)})
        done = stack.up()
        # The state keeps the address, for a command on another machine.
        remove(stack, version(PACKAGE))
        refreshed = stack.refresh()

    assert done.code == 0, done.text
    assert refreshed.code == 0, refreshed.text
    assert stack.resources()["trailer"]["outputs"]["verdict"] == "passed"


def test_a_folder_of_the_project_serves_as_well(make_bare, archive, emulator):
    """An unpacked archive, named by `plugins` in Pulumi.yaml, without a warning."""
    stack = make_bare(Yaml(Path("./plugins/mediaconvert")))
    with tarfile.open(archive) as opened:
        opened.extractall(stack.folder / "plugins" / "mediaconvert", filter="data")
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.program(GATES)

    done = stack.up()

    assert done.code == 0, done.text
    assert stack.outputs() == {"verdict": "passed"}
    assert f"using {NAME}" not in done.text


def test_what_was_installed_is_listed_and_removed(bare):
    """By the engine's own commands, and nothing stays."""
    listed = json.loads(bare.run("plugin", "ls", "--json").text)

    assert [(one["name"], one["version"]) for one in listed] == [
        ("mediaconvert", VERSION)
    ]
    done = bare.run("plugin", "rm", "resource", "mediaconvert", VERSION, "--yes")
    assert done.code == 0, done.text
    assert not [*(bare.home / "plugins").glob(f"*mediaconvert-v{VERSION}*/*")]


@pytest.fixture
def passed(bare: BareStack, emulator) -> BareStack:
    """A stack whose one job has passed."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    bare.program(GATES)
    done = bare.up()
    assert done.code == 0, done.text
    return bare


def remove(stack: BareStack, version: str = VERSION) -> None:
    """Remove the plugin of the version that is tested."""
    done = stack.run("plugin", "rm", "resource", "mediaconvert", version, "--yes")
    assert done.code == 0, done.text
    assert not [*(stack.home / "plugins").glob(f"*mediaconvert-v{version}")]


def assert_unharmed(stack: BareStack, failed: str, before: dict[str, object]) -> None:
    """Assert that a command failed in words, and that the state is as it was."""
    assert "mediaconvert" in failed
    assert not {"Traceback", "panic", "goroutine"} & {*failed.split()}
    assert stack.resources() == before


@pytest.mark.parametrize("command", ["up", "refresh", "destroy"])
def test_a_missing_plugin_is_named_and_nothing_is_lost(passed, archive, command):
    """The engine names plugin and version; once it is installed the stack goes on."""
    before = passed.resources()
    remove(passed)

    failed = getattr(passed, command)()

    assert failed.code != 0
    assert_unharmed(passed, failed.text, before)
    passed.install(archive)
    again = passed.up()
    assert again.code == 0, again.text
    assert again.operations()["trailer"] == "same"


def test_a_version_that_is_not_installed_is_named_and_nothing_is_lost(passed):
    """No other version takes its place; the program's version can be set back."""
    before = passed.resources()
    passed.program({"yaml": versioned(trailer=OTHER_VERSION)})

    failed = passed.up()

    assert failed.code != 0
    assert OTHER_VERSION in failed.text
    assert_unharmed(passed, failed.text, before)
    passed.program(GATES)
    assert passed.up().operations()["trailer"] == "same"


def test_two_versions_serve_one_stack(bare, archive, emulator):
    """Each resource has the version that the program states for it."""
    bare.install(archive, OTHER_VERSION)
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    bare.program({"yaml": versioned(trailer=VERSION, teaser=OTHER_VERSION)})

    done = bare.up()

    assert done.code == 0, done.text
    resources = bare.resources()
    assert resources["trailer"]["outputs"]["verdict"] == "passed"
    assert resources["teaser"]["outputs"]["verdict"] == "passed"
    versions = {
        one["inputs"]["version"]
        for one in resources.values()
        if one["type"] == "pulumi:providers:mediaconvert"
    }
    assert versions == {VERSION, OTHER_VERSION}


def gates(**options: dict[str, str]) -> str:
    """Write a YAML program of a gate for each name, with these options."""
    resources = {
        name: {
            "type": "mediaconvert:Job",
            "properties": {"jobId": JOB_ID},
            "options": stated,
        }
        for name, stated in options.items()
    }
    return f"resources: {json.dumps(resources)}\n"


def test_a_plugin_on_path_comes_first_and_can_be_ignored(passed, deliveries):
    """The engine says which one it takes; a setting of it leaves PATH out."""
    found = Path(passed.variables["PATH"]) / NAME
    found.symlink_to(deliveries.installed().programs / NAME)

    by_path = passed.up()
    passed.variables["PULUMI_IGNORE_AMBIENT_PLUGINS"] = "true"
    by_version = passed.up()

    assert by_path.code == by_version.code == 0, by_version.text
    assert f"using {NAME} from $PATH at {found}" in by_path.text
    assert f"using {NAME}" not in by_version.text


def versioned(**versions: str) -> str:
    """Write a YAML program of a gate for each name, of a version of the plugin."""
    return gates(**{name: {"version": one} for name, one in versions.items()})


def test_a_plugin_that_is_killed_loses_nothing(bare, emulator):
    """The `up` fails at once; the next one waits for the job from where it is."""
    emulator.add_job(JOB_ID, scripts.hangs_queued())
    bare.program(GATES)

    with bare.running("up", "--yes", "--skip-preview") as command:
        command.wait_until(lambda: emulator.wait_for_requests(2))
        for member in command.session.members():
            # That of resources, and that which gave YAML the schema.
            if member.is_plugin:
                os.kill(member.pid, signal.SIGKILL)
        failed = command.end()

    assert failed.code != 0
    assert "Traceback" not in failed.text
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    again = bare.up()
    assert again.code == 0, again.text
    assert bare.outputs() == {"verdict": "passed"}


def test_an_archive_of_another_platform_says_so(passed, archive):
    """It installs, and fails to run: one line, and the right archive puts it right."""
    before = passed.resources()
    [program] = (passed.home / "plugins").glob(f"*/{NAME}")
    own = program.read_bytes()
    # The machine in an ELF header: that of 64-bit ARM or, there, of x86-64.
    other = b"\x3e\0" if own[18:20] == b"\xb7\0" else b"\xb7\0"
    program.write_bytes(own[:18] + other + own[20:])

    failed = passed.up()

    assert failed.code != 0
    assert "exec format error" in failed.text
    assert_unharmed(passed, failed.text, before)
    remove(passed)
    passed.install(archive)
    assert passed.up().operations()["trailer"] == "same"


def test_the_archive_gives_the_schema_of_its_version(bare):
    """What `pulumi package get-schema` prints is what is committed."""
    schema = ROOT / "provider" / STEM / "hosts" / "native" / "schema.json"

    done = bare.run("package", "get-schema", "mediaconvert")

    assert done.code == 0, done.text
    committed = json.loads(schema.read_text("utf-8"))
    assert without_empty(json.loads(done.text)) == without_empty(committed)


def without_empty(value: Any) -> Any:
    """Leave out lists and mappings without content, as the engine does."""
    if isinstance(value, dict):
        kept = {name: without_empty(one) for name, one in value.items()}
        return {name: one for name, one in kept.items() if one not in ([], {})}
    if isinstance(value, list):
        return [without_empty(one) for one in value]
    return value


def test_a_command_of_a_profile_has_the_environment_of_the_user(
    bare, emulator, key_material, tmp_path
):
    """Not the libraries of the archive, nor the stack's configuration."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    seen, printed = tmp_path / "seen.env", tmp_path / "keys"
    program = tmp_path / "keys.sh"
    program.write_text(f"#!/bin/sh\n/usr/bin/env >{seen}\n/bin/cat {printed}\n")
    program.chmod(0o755)
    printed.write_text(
        json.dumps(
            {
                "access_key_id": key_material["id"],
                "access_key_secret": key_material["secret"],
            }
        )
    )
    profile = {
        "name": "ci",
        "mode": "External",
        "process_command": shlex.join([str(program)]),
    }
    folder = bare.home / ".aliyun"
    folder.mkdir()
    (folder / "config.json").write_text(
        json.dumps({"current": "ci", "profiles": [profile]})
    )
    for name in ("ID", "SECRET"):
        del bare.variables[f"ALIBABA_CLOUD_ACCESS_KEY_{name}"]
    bare.variables |= {"LD_LIBRARY_PATH": "/opt/user/lib", "VAULT": "here"}
    bare.program(GATES)

    done = bare.up()
    printed.unlink()

    assert done.code == 0, done.text
    lines = seen.read_text().splitlines()
    assert {"LD_LIBRARY_PATH=/opt/user/lib", "VAULT=here"} <= {*lines}
    assert not [one for one in lines if one.startswith(("PULUMI_CONFIG=", "_PYI_"))]
