"""`pulumi-mediaconvert` as a process: pipes, Ctrl-C, terminals, start."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys

import pytest

from cli import PROGRAM, environment, on_a_terminal, run, stored
from jobs import JOB_ID, REGION, make_answer
from pulumi_alicloud_mediaconvert.emulator import Step, after_reads, faults, scripts

FAILED_ID, UNREAD_ID = "f" * 32, "e" * 32
FORMATS = ["table", "json", "junit", "markdown", "html"]
# How each format says that a job has not ended.
PENDING = {
    "table": "2 jobs: 1 passed, 1 pending.",
    "json": '"verdict": "pending"',
    "junit": 'failures="0" errors="1"',
    "markdown": "**pending** · job",
    "html": "<b>1</b> pending",
}
HELP = [[], ["get"], ["wait"], ["verify"], ["schema"], ["emulator"]]
ESCAPE = re.compile(r"\x1b\[([0-9;?]*)([A-Za-z])")


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


@pytest.mark.parametrize(
    ("form", "number", "code"),
    [
        pytest.param("table", signal.SIGINT, 130, id="Ctrl-C, table"),
        pytest.param("json", signal.SIGINT, 130, id="Ctrl-C, JSON file"),
        pytest.param("table", signal.SIGTERM, 143, id="SIGTERM, table"),
        pytest.param("json", signal.SIGTERM, 143, id="SIGTERM, JSON file"),
        pytest.param("table", signal.SIGHUP, 129, id="SIGHUP, table"),
    ],
)
def test_an_interruption_prints_what_is_known(api, tmp_path, form, number, code):
    """Jobs that have ended have their verdict, and each other one says where it is.

    The exit code is what a shell expects after the signal, there is no traceback, and
    the jobs keep running. A runner that sends its signal twice changes nothing.
    """
    api.add_job(JOB_ID, scripts.hangs_queued())
    api.add_job(FAILED_ID, scripts.fails())
    api.faults.add(faults.throttle(times=None), job_id=UNREAD_ID)
    file = tmp_path / "report"
    place = ["--region", REGION, "--endpoint", api.url]
    process = subprocess.Popen(
        [PROGRAM, "wait", JOB_ID, FAILED_ID, UNREAD_ID, *place, "--format", form]
        + (["--output", str(file)] if form == "json" else []),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    assert process.stderr is not None
    seen = {process.stderr.readline().partition(": ")[0] for _ in range(3)}
    assert seen == {JOB_ID, FAILED_ID, UNREAD_ID}

    process.send_signal(number)
    process.send_signal(number)
    printed, told = process.communicate(timeout=60)

    assert process.returncode == code
    line = "interrupted: nothing was changed, and the jobs keep running."
    assert told.splitlines()[-1] == line
    assert "error" not in told
    if form == "json":
        found = {one["job_id"]: one["verdict"] for one in json.loads(file.read_text())}
        assert found == {JOB_ID: "pending", FAILED_ID: "failed", UNREAD_ID: None}
    else:
        assert f"job {JOB_ID} (cn-shanghai) has not ended: Inited 0%." in printed
        assert f"job {UNREAD_ID} (cn-shanghai) could not be read." in printed
        total = "3 jobs: 1 failed, 1 pending, 1 could not be read."
        assert printed.splitlines()[-1] == total


@pytest.mark.parametrize("form", FORMATS)
def test_no_report_of_an_interrupted_wait_looks_as_if_all_passed(api, form):
    """Each format names the job that is still running; the one that passed stays so."""
    api.add_job(JOB_ID, scripts.hangs_queued())
    api.add_job(FAILED_ID, scripts.succeeds_cleanly())
    place = ["--region", REGION, "--endpoint", api.url]
    process = subprocess.Popen(
        [PROGRAM, "wait", FAILED_ID, JOB_ID, *place, "--format", form],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    assert process.stderr is not None
    seen = {process.stderr.readline().partition(": ")[0] for _ in range(2)}
    assert seen == {JOB_ID, FAILED_ID}

    process.terminate()
    printed, _ = process.communicate(timeout=60)

    assert process.returncode == 143
    assert printed.endswith("\n")
    assert PENDING[form] in printed
    assert JOB_ID in printed


def test_an_interruption_before_any_job_is_read_prints_no_report(api):
    """What is typed into stdin may never end; then there is nothing to print."""
    process = subprocess.Popen(
        [PROGRAM, "wait", "--jobs", "-", "--debug", "--endpoint", api.url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    assert process.stderr is not None
    # The first line of the log: the command has begun.
    assert process.stderr.readline().startswith("debug: ")

    process.terminate()
    printed, told = process.communicate(timeout=60)

    assert (process.returncode, printed) == (143, "")
    line = "interrupted: nothing was changed, and the jobs keep running."
    assert told.splitlines()[-1] == line
    assert not api.requests


def test_an_ignored_signal_stays_ignored(api):
    """With `nohup` a command outlives the terminal in which it was typed."""
    step = Step("Running", leave=after_reads(2))
    api.add_job(JOB_ID, [step, Step("Success")])
    command = [PROGRAM, "wait", JOB_ID, "--region", REGION, "--endpoint", api.url]
    command += ["--poll-min", "0.2", "--poll-max", "0.2", "--format", "json"]
    process = subprocess.Popen(
        ["/bin/sh", "-c", 'trap "" HUP; exec "$@"', "sh", *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    assert process.stderr is not None
    process.stderr.readline()

    process.send_signal(signal.SIGHUP)
    printed, _ = process.communicate(timeout=60)

    assert process.returncode == 0
    assert json.loads(printed)["verdict"] == "passed"


def test_a_terminal_gets_a_bar(api):
    """State, percent and estimate beside a bar, which is gone in the end."""
    running = [
        Step("Running", percent=percent, leave=after_reads(1)) for percent in (30, 60)
    ]
    api.add_job(JOB_ID, [*running, Step("Success")])
    command = ["wait", JOB_ID, "--region", REGION, "--endpoint", api.url]

    code, drawn = on_a_terminal(
        *command, "--poll-min", "0.2", "--poll-max", "0.2", columns=100
    )

    assert code == 0
    assert JOB_ID in drawn
    assert "60% · " in drawn
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

    code, drawn = on_a_terminal(*command, piped="stdout", **environ)

    assert code == 0
    assert drawn.splitlines() == [f"{JOB_ID}: Success"]


def test_no_color_is_respected(api):
    """With NO_COLOR the bar moves, but neither it nor the result is coloured."""
    api.add_job(JOB_ID, scripts.succeeds_slowly(reads=1))
    command = ["wait", JOB_ID, "--region", REGION, "--endpoint", api.url]
    quick = ("--poll-min", "0.2", "--poll-max", "0.2")

    _, coloured = on_a_terminal(*command, *quick)
    api.add_job(JOB_ID, scripts.succeeds_slowly(reads=1))
    _, plain = on_a_terminal(*command, *quick, NO_COLOR="1")

    def colours(drawn):
        codes = (code for code, kind in ESCAPE.findall(drawn) if kind == "m")
        return {code for code in codes if re.search(r"\b[39]\d\b|38;", code)}

    assert colours(coloured)
    assert not colours(plain)


@pytest.mark.parametrize("command", HELP, ids=" ".join)
def test_help_in_a_pipe_has_a_line_for_each_option(command):
    """No control sequence gets into a file, no text is wrapped, whatever is set."""
    done = subprocess.run(
        [PROGRAM, *command, "--help"],
        env=environment(COLUMNS="60", PYTHONIOENCODING="utf-8"),
        capture_output=True,
        text=True,
        check=True,
    )

    assert "\x1b" not in done.stdout
    options = [line for line in done.stdout.splitlines() if re.match(r"  --?\w", line)]
    assert options
    assert all(re.search(r"  \S.*[^,]$", line[3:]) for line in options)
    assert any(len(line) > 60 for line in done.stdout.splitlines())


@pytest.mark.parametrize("command", HELP, ids=" ".join)
def test_help_on_a_terminal_fits_its_width(command):
    """At 80 columns nothing is cut or wrapped by the terminal itself."""
    code, drawn = on_a_terminal(*command, "--help")

    assert code == 0
    assert "\x1b" not in drawn
    assert max(map(len, drawn.splitlines())) <= 80


def test_results_in_a_pipe_are_not_wrapped(tmp_path):
    """A line is a line, whatever COLUMNS says and whatever encoding the pipe has."""
    details = [{"Name": "预告片-720P" * 4, "Status": "Failed"}]
    job = stored(tmp_path, make_answer(OutputDetails=details))

    narrow, wide = (run("verify", job, COLUMNS=width).stdout for width in ("50", "200"))
    ascii_only = subprocess.run(
        [PROGRAM, "verify", job],
        env=environment(PYTHONIOENCODING="ascii"),
        capture_output=True,
        check=False,
    )

    assert "\x1b" not in narrow
    assert narrow == wide
    assert narrow.splitlines()[0].endswith("1 check failed.")
    assert (ascii_only.returncode, ascii_only.stderr) == (1, b"")
    assert b"\\u9884" in ascii_only.stdout


def test_a_narrow_terminal_is_not_overrun(api):
    """No row is wider than the terminal."""
    api.add_job(JOB_ID, scripts.succeeds_slowly(reads=1))
    command = ["wait", JOB_ID, "--region", REGION, "--endpoint", api.url]

    _, drawn = on_a_terminal(
        *command, "--poll-min", "0.2", "--poll-max", "0.2", columns=40, piped="stdout"
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
