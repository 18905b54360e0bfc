"""`pulumi-mediaconvert verify`: of jobs and of stored answers."""

from __future__ import annotations

import json
import re
import socket
from pathlib import Path

import pytest

from cli import ask, expected, run, stored
from credentials import ENVIRONMENT_KEYS
from jobs import JOB_ID, REGION, make_answer
from pulumi_alicloud_mediaconvert.emulator import faults, scripts

OTHER_ID = "f" * 32
ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
OUTPUT = "outputs:\n  - name: 720P-mp4\n"


def test_a_stored_answer_needs_no_network_and_no_credentials(tmp_path, monkeypatch):
    """Without a key, a region or a socket the verdict is the same."""

    def no_network(*_args, **_options):
        raise AssertionError("a stored answer is not asked for")

    monkeypatch.setattr(socket, "socket", no_network)
    monkeypatch.setattr(socket, "getaddrinfo", no_network)

    good = run("verify", stored(tmp_path, make_answer()))
    constraints = expected(tmp_path, "output_count: 2")
    bad = run("verify", stored(tmp_path, make_answer()), "--expect", constraints)

    assert (good.exit_code, bad.exit_code) == (0, 1)
    assert (
        good.stdout == f"job {JOB_ID} ended Success and is as expected: 3 checks met.\n"
    )
    assert "output_count" in bad.stdout
    assert good.stderr == bad.stderr == ""


def test_a_dash_is_stdout_as_elsewhere(tmp_path, monkeypatch):
    """Nobody finds a file of that name, or looks for one."""
    monkeypatch.chdir(tmp_path)

    done = run("verify", stored(tmp_path, make_answer()), "--output", "-")

    assert (
        done.stdout == f"job {JOB_ID} ended Success and is as expected: 3 checks met.\n"
    )
    assert not Path("-").exists()


@pytest.mark.parametrize(
    "form",
    [
        pytest.param(lambda job: {"RequestId": "1", "Job": job}, id="body"),
        pytest.param(lambda job: job, id="job alone"),
        pytest.param(
            lambda job: {"statusCode": 200, "body": {"Job": job}}, id="of the SDK"
        ),
    ],
)
def test_an_answer_is_read_however_it_was_stored(tmp_path, form):
    """Body, job alone, or what the official SDK prints: all are the same job."""
    file = tmp_path / "answer.json"
    file.write_text(json.dumps(form(make_answer("Failed"))), "utf-8-sig")

    done = run("verify", file)

    assert done.exit_code == 1
    assert done.stdout.startswith(f"job {JOB_ID} ended Failed")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("", "not JSON", id="empty"),
        pytest.param('{"Job":', "not JSON", id="cut off"),
        pytest.param("[]", "not an object", id="list"),
        pytest.param('{"Job": null}', "Job is not an object", id="null"),
        pytest.param('{"Job": {}}', "no JobId", id="no ID"),
        pytest.param("{}", "no JobId", id="nothing"),
        pytest.param('{"verdict": "passed", "facts_digest": ""}', "--raw", id="report"),
        pytest.param('{"Code": "Throttling", "Message": "slow"}', "slow", id="error"),
        pytest.param(
            '{"Job": {"JobId": "1", "OutputDetails": 7}}', "OutputDetails", id="shape"
        ),
        pytest.param("[" * 100_000, "not JSON", id="deep"),
    ],
)
def test_what_is_no_answer_gets_no_verdict(tmp_path, text, said):
    """One line says what is wrong with the file; the exit code is that of usage."""
    file = tmp_path / "answer.json"
    file.write_text(text, "utf-8")

    done = run("verify", file)

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(
        f"error: {file}: is not a response of GetMediaConvertJob"
    )
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_job_that_goes_on_in_a_stored_answer_is_undecided(tmp_path):
    """A stored answer does not get any better by waiting."""
    done = run("verify", stored(tmp_path, make_answer("Running", Percent=66)))

    assert done.exit_code == 3
    assert "has not ended: Running 66%" in done.stdout


def test_several_files_are_judged_by_the_worst_one(tmp_path):
    """Each has its report, and a line counts them."""
    good = stored(tmp_path, make_answer())
    bad = stored(tmp_path, make_answer("Failed"), "bad.json")

    done = run("verify", good, bad)

    assert done.exit_code == 1
    assert done.stdout.splitlines()[-1] == "2 jobs: 1 passed, 1 failed."


def test_wrong_expectations_are_told_with_file_and_line(tmp_path):
    """Nothing is verified by a file that is not understood."""
    file = expected(tmp_path, f"{OUTPUT}    video: {{widht: 1}}\n")

    done = run("verify", stored(tmp_path, make_answer()), "--expect", file)

    assert (done.exit_code, done.stdout) == (2, "")
    assert f"error: {file}:3: outputs[0].video.widht: unknown key" in done.stderr


def test_a_job_that_cannot_be_read_is_no_verdict(api):
    """A refusal of the API is told in one line, in the words of the command line.

    What is written has no verdict either, so that a script takes it for none.
    """
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    api.faults.add(faults.vendor_error("Forbidden", times=None))

    done = ask(api, "verify", JOB_ID, "--format", "json")

    found = json.loads(done.stdout)
    assert (done.exit_code, found["verdict"]) == (4, None)
    assert f"error: {found['error']}\n" == done.stderr
    assert JOB_ID in done.stderr
    assert "Allow ice:GetMediaConvertJob" in done.stderr


def test_of_several_jobs_those_that_can_be_read_are_reported(api):
    """JSON is a list of all that were named; one without a verdict was not read."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())

    done = ask(
        api, "verify", JOB_ID, "unknown", "--format", "json", "--not-found-grace", "0"
    )

    assert done.exit_code == 4
    found = {one["job_id"]: one["verdict"] for one in json.loads(done.stdout)}
    assert found == {JOB_ID: "passed", "unknown": None}
    assert "unknown" in done.stderr


@pytest.mark.parametrize("command", ["get", "verify", "wait"])
@pytest.mark.parametrize("form", ["table", "json", "junit", "markdown", "html"])
def test_what_is_written_names_the_jobs_that_could_not_be_read(
    api, tmp_path, command, form
):
    """Whoever sees the file alone, such as a pull request, sees no green run."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    api.faults.add(faults.vendor_error("Forbidden", times=None), job_id=OTHER_ID)
    file = tmp_path / "report"
    file.write_text("of an earlier run: all passed")

    alone = ask(api, command, OTHER_ID, "--format", form, "--output", file)
    only = file.read_text("utf-8")
    both = ask(api, command, JOB_ID, OTHER_ID, "--format", form, "--output", file)

    assert (alone.exit_code, both.exit_code) == (4, 4)
    for text in (only, file.read_text("utf-8")):
        assert OTHER_ID in text
        assert form == "table" or "ice:GetMediaConvertJob" in text
    # The style of a page has a color for every verdict.
    assert "passed" not in re.sub("<style>.*?</style>", "", only, flags=re.DOTALL)
    assert JOB_ID in file.read_text("utf-8")


def test_a_job_that_is_named_twice_is_looked_at_once(api):
    """A list from elsewhere may repeat itself."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())

    done = ask(api, "verify", JOB_ID, JOB_ID)

    assert done.exit_code == 0
    assert len(api.requests) == 1


def test_a_job_that_still_runs_is_undecided_without_waiting(api):
    """`--no-wait` looks once."""
    api.add_job(JOB_ID, scripts.stalls())

    done = ask(api, "verify", JOB_ID, "--no-wait")

    assert done.exit_code == 3
    assert "has not ended: Running 40%" in done.stdout
    assert len(api.requests) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["a b", "--region", "cn-shanghai"], "JOB: ", id="job"),
        pytest.param(["a"], "Set --region, such as", id="no region"),
        pytest.param(["a", "--region", "x"], "--region: ", id="region"),
        pytest.param(
            ["a", "--region", "cn-shanghai", "--timeout", "soon"],
            "--timeout: must be a duration",
            id="duration",
        ),
        pytest.param(
            ["a", "--region", "cn-shanghai", "--endpoint", "http://example.org"],
            "--endpoint: http is allowed for",
            id="endpoint",
        ),
        pytest.param(["a", "b.json"], "together", id="both kinds"),
        pytest.param(["a.json", "b.json", "--init"], "one job", id="two for init"),
        pytest.param(["a", "--no-wait", "--timeout", "1"], "--no-wait", id="no wait"),
        pytest.param(["a.json", "-o", "/"], "--output /: it is a folder", id="output"),
        pytest.param(
            ["a.json", "-o", "/no/such"], "there is no such folder", id="no folder"
        ),
    ],
)
def test_wrong_usage_is_told_in_one_line(arguments, said):
    """Exit code 2, and what is wrong by the name of the option."""
    done = run("verify", *arguments)

    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.startswith("error: ")
    assert "mediaconvert:" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "environ",
    [
        {"NO_PROXY": "[::1]"},
        {"NO_PROXY": "127.0.0.1,2001:db8::/32"},
        {"no_proxy": "fd00::/8, bücher.example, [, :"},
        {"all_proxy": "socks5://127.0.0.1:7890", "no_proxy": "127.0.0.1"},
        {"ALL_PROXY": "odd://x", "HTTPS_PROXY": "socks4://x:port"},
    ],
    ids=str,
)
def test_proxies_that_play_no_part_are_no_trouble(api, environ):
    """Neither an entry that is not understood nor a proxy that is not used."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    place = ("--region", REGION, "--endpoint", api.url)

    done = run("verify", JOB_ID, "--no-wait", *place, **ENVIRONMENT_KEYS, **environ)

    assert done.exit_code == 0, done.output
