"""`pulumi-mediaconvert` as a process: pipes, Ctrl-C, terminals, start."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time

import pytest

from cli import PROGRAM, run, stored
from credentials import ENVIRONMENT_KEYS
from jobs import JOB_ID, REGION, make_answer
from pulumi_alicloud_mediaconvert.emulator import Step, after_reads, scripts

ESCAPE = re.compile(r"\x1b\[([0-9;?]*)([A-Za-z])")


def environment(**more: str) -> dict[str, str]:
    """Return an environment of nothing but what is stated."""
    return {"PATH": os.environ["PATH"], **ENVIRONMENT_KEYS, **more}


def on_a_terminal(*command: object, columns: int = 100, **environ: str) -> str:
    """Run a command whose stderr is a terminal; return what it drew there."""
    ours, theirs = pty.openpty()
    terminal = {"TERM": "xterm-256color", "COLUMNS": str(columns)}
    env = environment(**(terminal | environ))
    process = subprocess.Popen(
        [PROGRAM, *map(str, command)],
        env=env,
        stderr=theirs,
        stdout=subprocess.DEVNULL,
    )
    os.close(theirs)
    drawn = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            # The last who could write has left.
            break
        drawn += piece
        if not piece:
            break
    os.close(ours)
    assert process.wait() == 0
    return drawn.decode()


def test_a_reader_that_leaves_changes_no_verdict(tmp_path):
    """With a closed pipe the exit code is that of the job, and nobody complains."""
    job = stored(tmp_path, make_answer())
    read, write = os.pipe()
    os.close(read)

    done = subprocess.run(
        [PROGRAM, "verify", job],
        stdout=write,
        stderr=subprocess.PIPE,
        env=environment(),
        check=False,
    )

    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


def test_ctrl_c_ends_a_wait_with_one_line(api):
    """Exit code 130 within a second, no traceback, and the job goes on."""
    api.add_job(JOB_ID, scripts.hangs_queued())
    command = [PROGRAM, "wait", JOB_ID, "--region", REGION, "--endpoint", api.url]
    process = subprocess.Popen(
        [*command, "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    assert process.stderr is not None
    assert select.select([process.stderr], [], [], 60)[0]
    assert process.stderr.readline().startswith(f"{JOB_ID}: Inited")

    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    printed, told = process.communicate(timeout=60)

    assert time.monotonic() - began < 5
    assert (process.returncode, printed) == (130, "")
    assert told == "interrupted: nothing was changed, the jobs go on.\n"


def test_a_terminal_gets_a_bar(api):
    """State, percent and estimate beside a bar, which is gone in the end."""
    running = [
        Step("Running", percent=percent, leave=after_reads(1)) for percent in (30, 60)
    ]
    api.add_job(JOB_ID, [*running, Step("Success")])
    command = ["wait", JOB_ID, "--region", REGION, "--endpoint", api.url]

    drawn = on_a_terminal(*command, "--poll-min", "0.2", "--poll-max", "0.2")

    assert JOB_ID in drawn
    assert "Running 60 % · about" in drawn
    assert "━" in drawn
    assert "\x1b[2K" in drawn


@pytest.mark.parametrize(
    "environ",
    [
        pytest.param({"CI": "true"}, id="CI"),
        pytest.param({"TERM": "dumb"}, id="dumb terminal"),
    ],
)
def test_what_cannot_draw_gets_lines(api, environ):
    """Logs and dumb terminals get plain lines without any control sequence."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    command = ["wait", JOB_ID, "--region", REGION, "--endpoint", api.url]

    drawn = on_a_terminal(*command, **environ)

    assert drawn.splitlines() == [f"{JOB_ID}: Success 100 %"]


def test_no_color_is_respected(api):
    """With NO_COLOR the bar moves, but nothing is coloured."""
    api.add_job(JOB_ID, scripts.succeeds_slowly(reads=1))
    command = ["wait", JOB_ID, "--region", REGION, "--endpoint", api.url]
    quick = ("--poll-min", "0.2", "--poll-max", "0.2")

    coloured = on_a_terminal(*command, *quick)
    api.add_job(JOB_ID, scripts.succeeds_slowly(reads=1))
    plain = on_a_terminal(*command, *quick, NO_COLOR="1")

    def colours(drawn):
        codes = (code for code, kind in ESCAPE.findall(drawn) if kind == "m")
        return {code for code in codes if re.search(r"\b[39]\d\b|38;", code)}

    assert colours(coloured)
    assert not colours(plain)


@pytest.mark.parametrize("command", [[], ["verify"]], ids=["all", "verify"])
def test_help_in_a_pipe_is_plain_text_of_its_width(command):
    """No control sequence gets into a file, no line is wider than asked for."""
    done = subprocess.run(
        [PROGRAM, *command, "--help"],
        env=environment(COLUMNS="60", PYTHONIOENCODING="utf-8"),
        capture_output=True,
        text=True,
        check=True,
    )

    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 60


def test_results_in_a_pipe_are_plain_text_of_their_width(tmp_path):
    """A table fits, whatever encoding the pipe has; JSON is the same at any width."""
    details = [{"Name": "预告片-720P" * 4, "Status": "Failed"}]
    job = stored(tmp_path, make_answer(OutputDetails=details))

    table = run("verify", job, COLUMNS="50").stdout
    narrow, wide = (
        run("verify", job, "--format", "json", COLUMNS=columns).stdout
        for columns in ("50", "200")
    )
    ascii_only = subprocess.run(
        [PROGRAM, "verify", job],
        env=environment(PYTHONIOENCODING="ascii"),
        capture_output=True,
        check=False,
    )

    assert "\x1b" not in table
    # A Chinese character takes two columns, as it takes two bytes there.
    assert max(len(line.encode("gb18030")) for line in table.splitlines()) <= 50
    assert narrow == wide
    assert (ascii_only.returncode, ascii_only.stderr) == (1, b"")
    assert b"\\u9884" in ascii_only.stdout


def test_a_narrow_terminal_is_not_overrun(api):
    """No row is wider than the terminal."""
    api.add_job(JOB_ID, scripts.succeeds_slowly(reads=1))
    command = ["wait", JOB_ID, "--region", REGION, "--endpoint", api.url]

    drawn = on_a_terminal(
        *command, "--poll-min", "0.2", "--poll-max", "0.2", columns=40
    )

    rows = re.split(r"[\r\n]+", ESCAPE.sub("", drawn))
    assert rows
    assert max(map(len, rows)) <= 40


def test_starting_needs_no_pulumi():
    """Whoever only looks at jobs does not wait for Pulumi to be imported."""
    program = (
        "import sys; import pulumi_alicloud_mediaconvert.cli.commands,"
        " pulumi_alicloud_mediaconvert.cli.app; print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert not loaded & {"pulumi", "grpc", "google", "starlette", "uvicorn", "pytest"}
