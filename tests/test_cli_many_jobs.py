"""Many jobs by one command: lists of IDs, stdin and pipes, the order of results."""

from __future__ import annotations

import json
import os
import subprocess

import pytest

from cli import PROGRAM, ask, run, stored
from credentials import ENVIRONMENT_KEYS
from jobs import JOB_ID, REGION, make_answer
from pulumi_alicloud_mediaconvert.emulator import faults, scripts

OTHER_ID = "f" * 32
LOST_ID = "e" * 32
ALL_IDS = (JOB_ID, OTHER_ID, LOST_ID)


def listed(folder, *job_ids):
    """Write a list of jobs."""
    file = folder / "jobs.txt"
    file.write_text("".join(f"{job_id}\n" for job_id in job_ids))
    return file


def in_bash(line, api=None, **given):
    """Run a line of bash in which `$PROGRAM` is the program."""
    env = {"PATH": os.environ["PATH"], "PROGRAM": str(PROGRAM), **ENVIRONMENT_KEYS}
    if api is not None:
        env |= {
            "ALIBABA_CLOUD_REGION_ID": REGION,
            "ALIBABA_CLOUD_ICE_ENDPOINT": api.url,
        }
    return subprocess.run(
        ["bash", "-c", line],
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        **given,
    )


@pytest.fixture
def three_jobs(api):
    """Let one job pass and one fail; nobody may read the third."""
    api.add_job(JOB_ID, scripts.fails())
    api.add_job(OTHER_ID, scripts.succeeds_cleanly())
    api.faults.add(faults.vendor_error("Forbidden", times=None), job_id=LOST_ID)
    return api


@pytest.mark.parametrize("command", ["get", "wait", "verify"])
def test_every_command_takes_a_list_of_jobs(three_jobs, tmp_path, command):
    """IDs of a file are read like those that are typed, and together with them."""
    file = listed(tmp_path, OTHER_ID, LOST_ID)

    done = ask(three_jobs, command, JOB_ID, "--jobs", file, "--format", "json")

    found = {one["job_id"]: one["verdict"] for one in json.loads(done.stdout)}
    assert [*found] == [*ALL_IDS]
    assert found[LOST_ID] is None
    assert done.exit_code == (4 if command == "get" else 1)


def test_json_is_a_list_as_soon_as_there_could_be_several(api, tmp_path):
    """A script that passes a file gets the same shape however long the file is."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    file = listed(tmp_path, JOB_ID)

    typed = ask(api, "wait", JOB_ID, "--format", "json")
    from_file = ask(api, "wait", "--jobs", file, "--format", "json")

    assert json.loads(from_file.stdout) == [json.loads(typed.stdout)]


@pytest.mark.parametrize("command", ["get", "wait", "verify"])
def test_what_failed_comes_last_and_then_the_total(three_jobs, tmp_path, command):
    """What needs attention stands where the prompt will be."""
    done = ask(three_jobs, command, "--jobs", listed(tmp_path, *ALL_IDS))

    good, total = (
        ("Success", "1 Failed") if command == "get" else ("passed", "1 failed")
    )
    heads = [line for line in done.stdout.splitlines() if line.startswith("job ")]
    order = [next(one for one in ALL_IDS if one in head) for head in heads]
    last = (
        [OTHER_ID, JOB_ID, LOST_ID] if command == "get" else [OTHER_ID, LOST_ID, JOB_ID]
    )
    assert order == last
    [*_, line] = done.stdout.splitlines()
    assert line.startswith("3 jobs: ")
    assert {f"1 {good}", total, "1 could not be read"} == set(
        line.removeprefix("3 jobs: ").removesuffix(".").split(", ")
    )


def test_jobs_without_details_stand_line_by_line(api, tmp_path):
    """Hundreds of jobs that passed are no more lines than jobs."""
    job_ids = [f"{number:032x}" for number in range(30)]
    for job_id in job_ids:
        api.add_job(job_id, scripts.succeeds_cleanly())

    done = ask(api, "verify", "--jobs", listed(tmp_path, *job_ids))

    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[-2:] == ["", "30 jobs: 30 passed."]
    assert len(lines) == 32
    # Nor is the log of many jobs as long as their list.
    assert done.stderr.splitlines()[-1] == "30 of 30 jobs ended"
    assert len(done.stderr.splitlines()) <= 12


def test_ids_come_from_stdin(api):
    """A list can be the output of another command."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())

    done = in_bash(f'echo "{JOB_ID}" | "$PROGRAM" wait --jobs - --quiet', api)

    assert (done.returncode, done.stderr) == (0, "")
    assert JOB_ID in done.stdout


def test_pipes_are_read_once(api):
    """`<(…)` of a shell is a file, for IDs and for expectations alike."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    line = (
        f'"$PROGRAM" verify --jobs <(echo {JOB_ID})'
        ' --expect <(echo "output_count: 77") --quiet'
    )

    done = in_bash(line, api)

    assert (done.returncode, done.stderr) == (1, "")
    assert "77" in done.stdout


def test_expectations_come_from_stdin(tmp_path):
    """So a script need not write a file for them."""
    job = stored(tmp_path, make_answer())

    met = in_bash(f'echo "output_count: 1" | "$PROGRAM" verify {job} --expect -')
    missed = in_bash(f'echo "output_count: 7" | "$PROGRAM" verify {job} --expect -')
    wrong = in_bash(f'echo "output_cuont: 7" | "$PROGRAM" verify {job} --expect -')
    many = in_bash(f'yes "# too many" | "$PROGRAM" verify {job} --expect -')

    assert (met.returncode, missed.returncode) == (0, 1)
    assert (wrong.returncode, many.returncode) == (2, 2)
    assert wrong.stderr.startswith("error: stdin:1: output_cuont: unknown key")
    assert many.stderr == (
        "error: stdin: is larger than 256 KiB, the limit for expectations.\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["--jobs", "-", "--expect", "-"], id="IDs and expectations"),
        pytest.param(["-", "--expect", "-"], id="response and expectations"),
        pytest.param(["-", "--jobs", "-"], id="response and IDs"),
        pytest.param(["-", "-"], id="two responses"),
    ],
)
def test_stdin_is_not_read_twice(arguments):
    """Nothing is read before that is said in one line."""
    done = run("verify", *arguments)

    assert (done.exit_code, done.stdout) == (2, "")
    assert "stdin can be read only once" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("command", ["get", "wait", "verify"])
def test_a_command_without_jobs_says_how_to_name_them(command):
    """One line, exit code 2."""
    done = run(command)

    assert (done.exit_code, done.stdout) == (2, "")
    assert (
        done.stderr == "error: give a job ID, or a file of job IDs with --jobs FILE.\n"
    )


@pytest.mark.parametrize("command", ["get", "wait", "verify"])
def test_wrong_lists_are_refused_before_anything_is_read(api, tmp_path, command):
    """Each wrong line has a line of its own, with its number."""
    file = listed(tmp_path, JOB_ID, "a b", JOB_ID)

    done = ask(api, command, "--jobs", file)

    assert (done.exit_code, done.stdout) == (2, "")
    assert [
        line.partition(": ")[2][: len(str(file)) + 2]
        for line in done.stderr.splitlines()
    ] == [
        f"{file}:2",
        f"{file}:3",
    ]
    assert not api.requests


def test_what_takes_one_job_takes_no_list(api, tmp_path):
    """A list might have more than one."""
    file = listed(tmp_path, JOB_ID)

    raw = ask(api, "get", "--raw", "--jobs", file)
    init = ask(api, "verify", "--init", "--jobs", file)
    mixed = ask(api, "verify", stored(tmp_path, make_answer()), "--jobs", file)

    assert [one.exit_code for one in (raw, init, mixed)] == [2, 2, 2]
    assert "--raw takes only one job" in raw.stderr
    assert "--init takes only one job" in init.stderr
    assert "cannot be verified together" in mixed.stderr
    assert not api.requests


def test_many_troubles_do_not_flood_a_terminal(api, tmp_path):
    """Twenty jobs that could not be read are named, the rest is counted."""
    api.faults.add(faults.vendor_error("Forbidden", times=None))
    job_ids = [f"{number:032x}" for number in range(50)]

    done = ask(api, "verify", "--jobs", listed(tmp_path, *job_ids), "--quiet")

    assert done.exit_code == 4
    assert len(done.stderr.splitlines()) == 21
    assert done.stderr.splitlines()[-1] == "error: 30 more jobs could not be read."


@pytest.mark.parametrize(
    ("bad", "lines"),
    [pytest.param(3, 4, id="some bad"), pytest.param(25, 22, id="many bad")],
)
def test_a_file_of_many_jobs_leaves_a_log_short(tmp_path, bad, lines):
    """Up to twenty jobs that need attention are listed, and all are counted."""
    good = stored(tmp_path, make_answer())
    failed = stored(tmp_path, make_answer("Failed"), "bad.json")
    report = tmp_path / "report.html"

    done = run(
        *("verify", *[good] * 30, *[failed] * bad, "--format", "html"),
        *("--output", report),
    )

    said = done.stderr.splitlines()
    assert len(said) == lines
    assert said[-1] == f"{30 + bad} jobs: 30 passed, {bad} failed."
    assert all("ended Failed" in line for line in said[-4:-1])
    assert (said[0] == f"5 jobs not listed here: see {report}.") is (bad > 20)
