"""`pulumi-mediaconvert wait` and `get`: results, progress, formats."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from cli import ask, assert_junit, on_a_terminal, run, stored
from jobs import JOB_ID, REGION, make_answer
from pulumi_alicloud_mediaconvert.emulator import Step, faults, scripts

OTHER_ID = "f" * 32
QUICK = ("--poll-min", "0.1", "--poll-max", "0.1")


def test_waiting_tells_each_step_in_a_line(api):
    """Without a terminal stderr has a line for each change, stdout the result."""
    api.add_job(JOB_ID, scripts.succeeds_slowly(reads=2))

    done = ask(api, "wait", JOB_ID, *QUICK)

    assert done.exit_code == 0
    assert done.stdout == (
        f"job {JOB_ID} (cn-shanghai) ended Success and is as expected: 9 checks met.\n"
    )
    lines = [line.partition(" · ")[0] for line in done.stderr.splitlines()]
    assert lines == [
        f"{JOB_ID}: queued",
        f"{JOB_ID}: 50%",
        f"{JOB_ID}: Success",
    ]


def test_quiet_waits_in_silence(api):
    """With `--quiet` stderr is empty, and stdout has the result."""
    api.add_job(JOB_ID, scripts.succeeds_slowly(reads=1))

    done = ask(api, "wait", JOB_ID, *QUICK, "--quiet")

    assert (done.exit_code, done.stderr) == (0, "")
    assert "ended Success" in done.stdout


def test_a_wait_tells_why_it_calls_again(api):
    """A call that is repeated for the same reason is told once."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    api.faults.add(faults.throttle(times=3, retry_after_ms=10))

    done = ask(api, "wait", JOB_ID, *QUICK)

    assert done.exit_code == 0
    assert done.stderr.count("the API is throttling") == 1
    assert done.stderr.count(" · retrying · ") == 1
    assert "pulumi up" not in done.stderr


def test_a_wait_that_runs_out_of_time_is_undecided(api):
    """The job is reported as it was last seen, and what to do next is told."""
    api.add_job(JOB_ID, scripts.stalls())

    done = ask(api, "wait", JOB_ID, *QUICK, "--timeout", "0.2", "--format", "json")

    assert done.exit_code == 3
    found = json.loads(done.stdout)
    assert (found["verdict"], found["percent"]) == ("pending", 40)
    assert "Run the command again to resume, or raise --timeout." in done.stderr
    assert "pulumi up" not in done.stderr


def test_a_verdict_that_is_certain_needs_no_further_look(api):
    """A failed output is a bad verdict, though a later look at another one fails."""
    step = Step("Success", outputs={"audio-m4a": "Failed", "720P-mp4": "Scheduled"})
    api.add_job(JOB_ID, step)
    api.faults.add(faults.vendor_error("Forbidden", times=None), skip=1)

    done = ask(api, "wait", JOB_ID, *QUICK)

    assert done.exit_code == 1
    assert "ended Success, but" in done.stdout


def test_doubt_that_a_fault_leaves_is_no_verdict(api):
    """Of an output that was not seen to end nothing is said but that."""
    api.add_job(JOB_ID, Step("Success", outputs={"720P-mp4": "Scheduled"}))
    api.faults.add(faults.vendor_error("Forbidden", times=None), skip=1)

    done = ask(api, "wait", JOB_ID, *QUICK)

    assert done.exit_code == 4
    assert done.stdout == f"job {JOB_ID} (cn-shanghai) could not be read.\n"
    assert JOB_ID in done.stderr


def test_jobs_are_waited_for_side_by_side(api):
    """A job that fails does not end the wait for the others; the worst one counts."""
    api.add_job(JOB_ID, scripts.fails())
    api.add_job(OTHER_ID, scripts.succeeds_slowly(reads=3))

    done = ask(api, "wait", JOB_ID, OTHER_ID, *QUICK)

    assert done.exit_code == 1
    assert done.stdout.splitlines()[-1] == "2 jobs: 1 passed, 1 failed."
    assert f"{OTHER_ID}: Success" in done.stderr


def test_junit_of_a_wait_is_read_by_a_build_server(api, tmp_path):
    """The file has a suite for each job; the log says in a line how each ended."""
    api.add_job(JOB_ID, scripts.fails())
    file = tmp_path / "report.xml"

    done = ask(api, "wait", JOB_ID, "--format", "junit", "--output", file)

    assert (done.exit_code, done.stdout) == (1, "")
    root = ET.parse(file).getroot()  # noqa: S314  # our own file
    assert [suite.get("name") for suite in root] == [f"job {JOB_ID} (cn-shanghai)"]
    assert int(root.attrib["failures"]) > 0
    assert_junit(root)
    assert f"job {JOB_ID} (cn-shanghai) ended Failed" in done.stderr


def test_junit_has_an_error_for_a_job_that_could_not_be_read(api):
    """A build server that sees the file alone sees no green run."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    api.faults.add(faults.vendor_error("Forbidden", times=None), job_id=OTHER_ID)

    done = ask(api, "wait", JOB_ID, OTHER_ID, "--format", "junit")

    assert done.exit_code == 4
    root = ET.fromstring(done.stdout.encode())  # noqa: S314  # our own text
    assert [suite.get("errors") for suite in root] == ["0", "1"]
    assert root.get("errors") == "1"
    [error] = root.iter("error")
    assert "Allow ice:GetMediaConvertJob" in str(error.get("message"))
    assert_junit(root)


def test_markdown_is_written_to_stdout(tmp_path):
    """As a comment on a pull request takes it."""
    done = run("verify", stored(tmp_path, make_answer()), "--format", "markdown")

    assert done.exit_code == 0
    assert done.stdout.startswith(f"**passed** · job {JOB_ID} ended Success")


def test_get_shows_what_is_known_without_a_verdict(api):
    """A job that failed can be read: exit code 0, state, outputs, addresses."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    api.add_job(OTHER_ID, scripts.fails())

    good = ask(api, "get", JOB_ID)
    bad = ask(api, "get", OTHER_ID)
    data = ask(api, "get", OTHER_ID, "--format", "json")

    assert (good.exit_code, bad.exit_code, data.exit_code) == (0, 0, 0)
    assert "state: Success" in good.stdout
    assert "720P-mp4" in good.stdout
    assert "h264 1280x720" in good.stdout
    assert "720P-mp4: http" in good.stdout
    assert "state: Failed" in bad.stdout
    found = json.loads(data.stdout)
    assert (found["verdict"], found["state"]) == ("unverified", "Failed")


def test_get_takes_the_width_of_the_terminal(api):
    """A narrow terminal gets a narrow table; a pipe gets whole lines."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    command = ("get", JOB_ID, "--region", REGION, "--endpoint", api.url)

    done = ask(api, "get", JOB_ID)
    _, narrow = on_a_terminal(*command, columns=60, piped="stderr", NO_COLOR="1")

    def table(text):
        return [line for line in text.splitlines() if "  " in line]

    assert max(map(len, table(done.stdout))) > 60
    assert max(map(len, table(narrow))) <= 60


def test_a_raw_answer_can_be_verified_later(api, tmp_path):
    """What `get --raw` stores is what `verify` takes, with the same facts."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    file = tmp_path / "job.json"

    done = ask(api, "get", JOB_ID, "--raw", "--output", file)
    now = ask(api, "verify", JOB_ID, "--as-requested", "--format", "json")
    later = run("verify", file, "--as-requested", "--format", "json")

    assert (done.exit_code, later.exit_code) == (0, 0)
    here, there = json.loads(later.stdout), json.loads(now.stdout)
    assert here == {key: there[key] for key in there if key != "region"}


def test_get_of_a_job_that_is_not_known_fails(api):
    """What could not be read is exit code 4."""
    done = ask(api, "get", JOB_ID)
    raw = ask(api, "get", JOB_ID, "--raw")

    assert done.exit_code == 4
    assert done.stdout == f"job {JOB_ID} (cn-shanghai) could not be read.\n"
    assert done.stderr.startswith(f"error: no job {JOB_ID} in cn-shanghai")
    assert (raw.exit_code, raw.stdout) == (4, "")


@pytest.mark.parametrize("command", ["get", "wait", "verify", "schema"])
def test_each_command_explains_itself(command):
    """`--help` says what it does, with which options, and the exit codes."""
    done = run(command, "--help")

    assert done.exit_code == 0
    assert "Usage: " in done.stdout
    assert command == "schema" or "exit code" in done.stdout.lower()


def test_the_schema_is_the_one_of_the_package():
    """`schema` prints what editors complete expectations by."""
    done = run("schema")

    assert done.exit_code == 0
    assert json.loads(done.stdout)["definitions"]
