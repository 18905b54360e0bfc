"""What cannot be written: one line where that is possible, and never exit code 1."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from cli import PROGRAM, stored
from credentials import ENVIRONMENT_KEYS
from jobs import JOB_ID, REGION, make_answer
from pulumi_alicloud_mediaconvert.emulator import scripts

EMULATOR = [sys.executable, "-m", "pulumi_alicloud_mediaconvert.emulator"]
LOOK = ["{job}", "--region", REGION, "--endpoint", "{url}"]
VERIFY = ["verify", "{file}"]
COMMANDS = {
    "get": ["get", *LOOK],
    "get, raw": ["get", *LOOK, "--raw"],
    "wait": ["wait", *LOOK],
    "verify": ["verify", *LOOK, "--no-wait"],
    "table": VERIFY,
    "json": [*VERIFY, "--format", "json"],
    "junit": [*VERIFY, "--format", "junit"],
    "markdown": [*VERIFY, "--format", "markdown"],
    "html": [*VERIFY, "--format", "html"],
    "a bad job": ["verify", "{bad}"],
    "init": [*VERIFY, "--init"],
    "schema": ["schema"],
    "version": ["--version"],
    "help": ["--help"],
    "no command": [],
    "help of a command": ["verify", "--help"],
    "emulator": ["emulator"],
    "help of the emulator": ["emulator", "--help"],
}


@pytest.fixture
def typed(api, tmp_path):
    """Write a command as it is typed, about a job that passed."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    known = {
        "job": JOB_ID,
        "url": api.url,
        "file": stored(tmp_path, make_answer()),
        "bad": stored(tmp_path, make_answer("Failed"), "bad.json"),
    }

    def write(words):
        return [PROGRAM, *(word.format(**known) for word in words)]

    return write


def ran(command, redirected, **given):
    """Run a command as a shell redirects it; return exit code and stderr."""
    done = subprocess.run(
        ["/bin/sh", "-c", f'exec "$@" {redirected}', "sh", *command],
        env={"PATH": os.environ["PATH"], **ENVIRONMENT_KEYS},
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        check=False,
        timeout=60,
        **{"stdout": subprocess.PIPE, **given},
    )
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    return done


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_a_full_disk_is_one_line_and_exit_code_2(typed, words):
    """A verdict that nobody can read is none; a job that failed is told by 1 alone."""
    done = ran(typed(words), ">/dev/full")

    assert done.returncode == 2
    line = "error: stdout: cannot be written: no space left on device."
    assert done.stderr.splitlines()[-1:] == [line]


@pytest.mark.parametrize("name", ["get", "wait", "junit", "schema", "help", "emulator"])
def test_a_closed_stdout_is_one_line_and_exit_code_2(typed, name):
    """Nothing is written into a file or a socket that got its number."""
    done = ran(typed(COMMANDS[name]), ">&-")

    assert done.returncode == 2
    assert done.stderr == "error: stdout: cannot be written: it is closed.\n"


def test_nothing_is_waited_for_whose_result_cannot_be_written(typed, api):
    """That stdout is closed is said at once, though the job goes on."""
    api.add_job(JOB_ID, scripts.hangs_queued())

    assert ran(typed(COMMANDS["wait"]), ">&-").returncode == 2
    assert not api.requests


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_file_is_written_whatever_is_closed(typed, tmp_path, number):
    """No message and no request of ours gets into the file of the results."""
    command = [*typed(COMMANDS["verify"]), "--output", str(tmp_path / "out.json")]

    done = ran([*command, "--format", "json"], f"{number}>&-")

    assert done.returncode == 0
    assert (tmp_path / "out.json").read_text().startswith("{")
    assert (tmp_path / "out.json").read_text().endswith("}\n")


@pytest.mark.parametrize("redirected", ["2>/dev/full", "2>&-"])
@pytest.mark.parametrize("name", ["wait", "a bad job"])
def test_messages_that_cannot_be_written_change_no_verdict(typed, name, redirected):
    """The results are there, so the exit code is that of the job."""
    done = ran(typed(COMMANDS[name]), redirected)

    assert done.returncode == (1 if name == "a bad job" else 0)
    assert JOB_ID in done.stdout


def test_wrong_usage_stays_so_without_a_stderr(typed):
    """Neither a line nor a traceback can be written, and the exit code tells."""
    assert ran(typed(["verify", "--nope"]), ">/dev/full 2>&-").returncode == 2
    assert ran(typed(["wait", "a b", "--region", REGION]), "2>&-").returncode == 2


@pytest.mark.parametrize("name", ["table", "json", "schema", "help", "version"])
def test_a_reader_that_has_left_is_no_error(typed, name):
    """What `head` does not want to read is nobody's trouble, in help neither."""
    read, write = os.pipe()
    os.close(read)

    done = ran(typed(COMMANDS[name]), "", stdout=write)

    os.close(write)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_closed_stdin_is_no_answer(typed):
    """A stored answer that is to come from there is said to be unreadable."""
    done = ran(typed(["verify", "-"]), "<&-")

    assert done.returncode == 2
    assert done.stderr == "error: stdin: cannot be read: it is closed.\n"


@pytest.mark.parametrize("target", ["/dev/full", "/dev/null/x", "/proc/x", "a" * 300])
def test_a_file_that_cannot_be_written_is_named(typed, target):
    """Whatever keeps it from being written, exit code 2 and one line."""
    done = ran([*typed(VERIFY), "--output", target], "")

    assert done.returncode == 2
    assert done.stderr.startswith(f"error: --output {target[:200]}")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("arguments", [[], ["--help"]], ids=["serving", "help"])
@pytest.mark.parametrize("redirected", [">/dev/full", ">&-"])
def test_the_emulator_as_a_module_says_so_too(arguments, redirected):
    """Nobody can point anything at an address that was not printed."""
    done = ran([*EMULATOR, *arguments], redirected)

    assert done.returncode == 2
    assert "stdout: cannot be written: " in done.stderr


def test_a_stream_that_takes_little_at_a_time_gets_all(typed):
    """Another process may have set a pipe not to wait for its reader."""
    read, write = os.pipe()
    os.set_blocking(write, False)
    process = subprocess.Popen(typed(COMMANDS["schema"]), stdout=write)
    os.close(write)

    with os.fdopen(read, "rb") as pipe:
        received = pipe.read()

    assert process.wait(60) == 0
    assert received.rstrip().endswith(b"}")


def test_a_page_that_cannot_be_made_is_refused_before_anything_is_waited_for(api):
    """Without the template engine of the extra the line says what to install."""
    api.add_job(JOB_ID, scripts.hangs_queued())
    without = (
        "import sys; sys.modules['jinja2'] = None;"
        "from pulumi_alicloud_mediaconvert.cli.main import main; main()"
    )
    words = [*("wait", JOB_ID, "--region", REGION, "--endpoint", api.url)]

    done = ran([sys.executable, "-c", without, *words, "--format", "html"], "")

    assert done.returncode == 2
    assert done.stderr == (
        "error: --format html: needs jinja2, which is not installed: "
        'pip install "pulumi-alicloud-mediaconvert[cli]"\n'
    )
    assert not api.requests
