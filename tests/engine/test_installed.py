"""The wheel in a bare environment, with each extra and none: the source is far away."""

from __future__ import annotations

import json
import os

import pytest
from programs import JOB_ID, ONE_JOB
from terminal import bullets

from installed import NAME, STEM
from loopback import TlsProxy
from pulumi_alicloud_mediaconvert.emulator import scripts

EXTRAS = ("", "cli", "emulator")
IMPORTED = f"from {STEM} import *; print(__import__('{STEM}').__file__)"


@pytest.fixture
def bare(deliveries):
    """Install the wheel with an extra."""
    return deliveries.installed


@pytest.mark.parametrize("extra", EXTRAS, ids=lambda extra: extra or "none")
def test_every_public_name_is_there(bare, extra):
    """With any extra and none all of the package can be imported, from the wheel."""
    environment = bare(extra)

    done = environment.run("python", "-c", IMPORTED)

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{environment.folder}/")


@pytest.fixture
def as_a_user(bare, stack):
    """A stack in a folder of its own, the wheel its environment, the engine as it is.

    What tests set of the engine is not set, so that it says and looks for all that
    it does in a person's hands.
    """
    stack.variables["PATH"] = f"{bare().programs}{os.pathsep}{os.environ['PATH']}"
    stack.settings = {}
    return stack


@pytest.fixture(params=["wheel", "checkout"])
def watched(request, stack, tmp_path):
    """A project that uses the package, and who is asked for anything beyond it."""
    if request.param == "wheel":
        request.getfixturevalue("as_a_user")
    stack.program(f'pulumi.export("it", "{STEM}")\n')
    with TlsProxy(tmp_path, {}) as internet:
        stack.variables |= {"HTTPS_PROXY": internet.url, "HTTP_PROXY": internet.url}
        yield stack, internet


@pytest.mark.parametrize(
    "command",
    [
        # What the project requires is for pip to fetch.
        pytest.param(["install", "--no-dependencies"], id="install"),
        pytest.param(["plugin", "install"], id="plugin install"),
        pytest.param(["plugin", "ls"], id="plugin ls"),
        pytest.param(["about"], id="about"),
        pytest.param(["preview"], id="preview"),
        pytest.param(["up", "--yes"], id="up"),
    ],
)
def test_no_plugin_is_looked_for(watched, command):
    """There is none to this package, and the engine knows: it asks for no download."""
    stack, internet = watched

    done = stack.run(*command)

    assert done.code == 0, done.text
    assert "alicloud-mediaconvert" not in done.text.replace(NAME, "")
    # The engine's own look for a newer engine; nobody else is asked for anything.
    assert {*internet.hosts} <= {"api.pulumi.com"}


def test_an_up_runs_with_the_wheel(bare, as_a_user, emulator):
    """What `pip install` gives without extras waits, verifies, passes and stops."""
    stack = as_a_user
    emulator.add_job(JOB_ID, scripts.succeeds_slowly(reads=1))
    told = f'import {STEM}; pulumi.export("from", {STEM}.__file__)\n'
    stack.program(ONE_JOB + told)

    good = stack.up()

    assert good.code == 0, good.text
    outputs = stack.outputs()
    assert outputs["facts"]["verdict"] == "passed"
    assert outputs["from"].startswith(str(bare().folder))

    emulator.add_job(JOB_ID, scripts.fails())
    stack.program(ONE_JOB.replace('")', '", triggers=[1])', 1))
    bad = stack.up()

    assert bad.code != 0
    assert bullets(bad.text)[0].startswith(f"job {JOB_ID} (cn-shanghai) ended Failed")
    assert "Traceback" not in bad.text


def test_the_command_line_works_with_its_extra_alone(bare, tmp_path):
    """With `cli` a stored answer is verified, and the schema printed."""
    job = {"JobId": JOB_ID, "State": "Failed", "Code": "Odd", "OutputDetails": []}
    stored = tmp_path / "job.json"
    stored.write_text(json.dumps({"Job": job}))

    verified = bare("cli").run("pulumi-mediaconvert", "verify", stored)
    printed = bare("cli").run("pulumi-mediaconvert", "schema")
    served = bare("cli").run("pulumi-mediaconvert", "emulator", "--help")

    assert (verified.returncode, verified.stderr) == (1, "")
    assert verified.stdout.startswith(f"job {JOB_ID} ended Failed: Odd")
    assert json.loads(printed.stdout)["definitions"]
    assert (served.returncode, served.stdout) == (2, "")
    assert f'pip install "{NAME}[emulator]"' in served.stderr
    assert len(served.stderr.splitlines()) == 1


def test_the_emulator_works_with_its_extra_alone(bare):
    """With `emulator` it serves, as an object and as a program."""
    program = f"""
import urllib.request
from {STEM}.emulator import Emulator
with Emulator() as api:
    try:
        urllib.request.urlopen(api.url)
    except urllib.error.HTTPError as error:
        print(error.code)
"""
    served = bare("emulator").run("python", "-c", program)
    helped = bare("emulator").run("python", "-m", f"{STEM}.emulator", "--help")

    assert served.returncode == 0, served.stderr
    assert 400 <= int(served.stdout) < 500
    assert "--job ID=SCRIPT" in helped.stdout


@pytest.mark.parametrize(
    ("program", "arguments", "extra"),
    [
        pytest.param("pulumi-mediaconvert", ["--help"], "cli", id="command line"),
        pytest.param(
            "python", ["-m", f"{STEM}.emulator"], "emulator", id="emulator program"
        ),
    ],
)
def test_a_program_without_its_extra_says_which_to_install(
    bare, program, arguments, extra
):
    """One line with the command that helps, and no traceback."""
    done = bare().run(program, *arguments)

    assert done.returncode != 0
    assert done.stdout == ""
    assert f'pip install "{NAME}[{extra}]"' in done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr


def test_an_import_without_its_extra_says_which_to_install(bare):
    """The error can be caught as an `ImportError`; its last line is what helps."""
    done = bare().run("python", "-c", f"from {STEM}.emulator import Emulator")

    *trace, last = done.stderr.splitlines()
    assert last.startswith("ImportError: The emulator needs ")
    assert last.endswith(f'which is not installed: pip install "{NAME}[emulator]"')
    # One error, not the tale of how it came about.
    assert sum("Traceback" in line for line in trace) == 1
