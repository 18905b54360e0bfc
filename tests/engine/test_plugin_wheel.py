"""The plugin for people with Python: the wheel on PATH, and the package as a plugin."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from languages import Yaml, gate
from programs import JOB_ID, ONE_JOB
from stack import Stack

from installed import NAME, ROOT, Installed
from pulumi_alicloud_mediaconvert.emulator import scripts

PLUGIN = "pulumi-resource-mediaconvert"


@pytest.fixture
def wheel(deliveries) -> Installed:
    """Install the wheel without extras."""
    installed: Installed = deliveries.installed()
    return installed


@pytest.fixture
def from_path(make_stack, wheel) -> Stack:
    """A stack of a YAML program, whose plugin is to be found on PATH."""
    stack: Stack = make_stack(language=Yaml(None))
    stack.variables["PATH"] = f"{wheel.programs}{os.pathsep}{os.environ['PATH']}"
    return stack


def test_the_wheel_on_path_serves_programs(from_path, wheel, emulator):
    """What `pip install` gives without extras; the engine says where it is from."""
    emulator.add_job(JOB_ID, scripts.succeeds_slowly(reads=1))
    from_path.program(gate(jobId=JOB_ID))

    done = from_path.up()

    assert done.code == 0, done.text
    assert from_path.outputs() == {"verdict": "passed"}
    assert f"using {PLUGIN} from $PATH at {wheel.programs / PLUGIN}" in done.text


def test_a_python_program_needs_no_plugin_beside_the_wheel(make_stack, wheel, emulator):
    """The dynamic resources stay as they are where the plugin is on PATH as well."""
    stack = make_stack()
    stack.variables["PATH"] = f"{wheel.programs}{os.pathsep}{os.environ['PATH']}"
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.program(ONE_JOB)

    done = stack.up()

    assert done.code == 0, done.text
    assert PLUGIN not in done.text
    assert {
        one["type"] for one in stack.resources().values() if "providers:" in one["type"]
    } == {"pulumi:providers:pulumi-python"}


@pytest.mark.parametrize(
    "command",
    [
        # So a language host runs a package that has a PulumiPlugin.yaml.
        pytest.param(["python", "-m", "pulumi.run.plugin", NAME], id="language host"),
        pytest.param(["python", "-m", NAME.replace("-", "_")], id="module"),
        pytest.param([PLUGIN], id="console script"),
    ],
)
def test_the_package_serves_however_it_is_started(wheel, command):
    """It prints its port, and ends with the pipe to its engine."""
    program, *arguments = command

    with subprocess.Popen(
        [wheel.programs / program, *arguments, "127.0.0.1:1"],
        cwd=wheel.folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        port = process.stdout.readline()
        process.stdin.close()
        rest = process.stdout.read()

    assert port.strip().isdecimal()
    assert (rest, process.returncode) == ("", 0)


def test_a_person_who_starts_it_reads_what_it_is(wheel):
    """`--version` and `--help`, without an engine."""
    version = wheel.run(PLUGIN, "--version").stdout
    usage = wheel.run(PLUGIN, "--help").stdout

    assert version.strip() in Path(ROOT / "pyproject.toml").read_text("utf-8")
    assert "pulumi plugin install resource mediaconvert" in usage
