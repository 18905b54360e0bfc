"""The wheel in a bare environment, with each extra and none: the source is far away."""

from __future__ import annotations

import json
import os

import pytest
from programs import JOB_ID, ONE_JOB
from terminal import bullets

from built import NAME, STEM
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


def test_an_up_runs_with_the_wheel(bare, stack, emulator):
    """What `pip install` gives without extras waits, verifies, passes and stops."""
    path = f"{bare().programs}{os.pathsep}{os.environ['PATH']}"
    stack.variables["PATH"] = path
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
