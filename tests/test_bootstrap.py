"""The set-up of a machine: what it says, what it prints, which engine it takes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
TOOLS = ["bash", "cat", "cut", "dirname", "git", "head", "mkdir", "mktemp"]
TOOLS += ["rm", "sed", "sort", "tail"]


def run(*command, **environment):
    """Run a command in the root folder, with these variables and nothing else."""
    return subprocess.run(
        command,
        cwd="/",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def bare_path(tmp_path):
    """A PATH with what every machine has, and neither Python nor Pulumi."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found, f"the tests need {tool}"
        (folder / tool).symlink_to(found)
    return folder


def put_program(folder, name, text):
    """Write a shell program into a folder."""
    program = folder / name
    program.write_text(f"#!/bin/sh\n{text}\n")
    program.chmod(0o755)


def own_environment(**changes):
    """This process's variables, with these changes."""
    return {**os.environ, **changes}


@pytest.mark.parametrize("options", [[], ["--hosts"]])
def test_finished_setup_is_silent(options):
    """Where nothing is to be done, nothing is said."""
    done = run(ROOT / "scripts/bootstrap", *options, **own_environment())

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_env_puts_environment_and_engine_on_path():
    """A shell that evaluates `--env` finds this Python and an engine that answers."""
    line = (
        f'eval "$({ROOT}/scripts/bootstrap --env)" && which python3 && pulumi version'
    )

    done = run("bash", "-c", line, **own_environment(PYTHONHOME="/nowhere"))

    python, version = done.stdout.split()
    assert str(ROOT / ".venv/bin/python3") == python
    assert version.startswith("v3.")


def test_hosts_of_other_languages_come_with_what_their_programs_need():
    """Node.js, npm and Go answer beside the hosts; Node.js is that of the checkout."""
    tools = "command -v node && node --version && npm --version && go version"
    hosts = [f"command -v pulumi-language-{one}" for one in ("yaml", "nodejs", "go")]
    environment = f'eval "$({ROOT}/scripts/bootstrap --env --hosts)"'

    done = run("bash", "-c", " && ".join([environment, tools, *hosts]), **os.environ)

    assert done.returncode == 0, done.stderr
    node, *_ = done.stdout.splitlines()
    assert node == str(ROOT / ".venv/hosts/bin/node")


@pytest.mark.parametrize("options", [["--evn"], ["--python-only", "--hosts"]])
def test_unknown_options_print_usage(options):
    """Options that do not exist, or exclude each other, change nothing."""
    done = run(ROOT / "scripts/bootstrap", *options, **own_environment())

    assert done.returncode == 2
    assert "usage: scripts/bootstrap" in done.stderr


def test_missing_python_says_what_to_do(tmp_path, bare_path):
    """Without a new enough Python the one that was found and the cure are named."""
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    for name in ("requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    put_program(bare_path, "python3", "echo Python 3.9.6; exit 1")

    done = run(tmp_path / "scripts/bootstrap", PATH=str(bare_path), HOME=str(tmp_path))

    assert done.returncode == 1
    assert "python3 (Python 3.9.6)" in done.stderr
    assert "install Python 3.11 or newer" in done.stderr


def find_engine(tmp_path, bare_path, version, way="path"):
    """Look for an engine where PATH has one that says it is this version."""
    put_program(bare_path, "pulumi", f"echo {version}")
    put_program(bare_path, "pulumi-language-python", "exit 0")
    return run(
        ROOT / "scripts/engine/install",
        sys.executable,
        tmp_path / "cache",
        PATH=str(bare_path),
        HOME=str(tmp_path),
        PULUMI_MEDIACONVERT_ENGINE=way,
    )


@pytest.mark.parametrize("version", ["v3.276.0", "v3.1000.0", "v4.0.0-alpha.1"])
def test_new_enough_engine_on_path_is_taken(tmp_path, bare_path, version):
    """An engine that the machine has already is used, if it is new enough."""
    done = find_engine(tmp_path, bare_path, version)

    assert f"{bare_path}\n" == done.stdout


@pytest.mark.parametrize("version", ["v3.258.9", "v2.999.0", "command not found"])
def test_old_or_broken_engine_on_path_is_refused(tmp_path, bare_path, version):
    """An engine that is too old, or says no version, is not used."""
    done = find_engine(tmp_path, bare_path, version)

    assert (done.returncode, done.stdout) == (1, "")
    assert "no pulumi >= 3.276.0" in done.stderr


def test_unknown_way_to_an_engine_is_refused(tmp_path, bare_path):
    """A way that does not exist is named, and nothing else is tried."""
    done = find_engine(tmp_path, bare_path, "v3.276.0", way="brew")

    assert (done.returncode, done.stdout) == (1, "")
    assert "PULUMI_MEDIACONVERT_ENGINE=brew is none of" in done.stderr


def test_missing_go_is_named(tmp_path, bare_path):
    """Where only a build is allowed and there is no go, that one reason is given."""
    done = find_engine(tmp_path, bare_path, "v3.276.0", way="build")

    assert done.returncode == 1
    assert done.stderr.count("  build: ") == 1
    assert "build: no go on PATH" in done.stderr
