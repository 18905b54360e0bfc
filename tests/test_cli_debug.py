"""`--debug`, `-V`, and what is printed when the program itself has a bug."""

from __future__ import annotations

from importlib import metadata

import pytest
import typer

from cli import ask, run
from credentials import ENVIRONMENT_KEYS
from jobs import JOB_ID, REGION
from pulumi_alicloud_mediaconvert.cli.running import run as run_work
from pulumi_alicloud_mediaconvert.emulator import faults, scripts

SECRETS = {
    "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "a-secret-key",
    "ALIBABA_CLOUD_SECURITY_TOKEN": "a-secret-key-of-a-session",
}


def fail():
    """Do what nobody has foreseen, with a secret at hand."""
    raise KeyError(" and ".join(SECRETS.values()))


@pytest.mark.parametrize("command", ["get", "wait", "verify"])
def test_debug_logs_requests_and_retries_on_stderr(api, command):
    """Where each request went, how it ended, and why it was sent again."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    api.faults.add(faults.throttle(times=2, retry_after_ms=10))

    plain = ask(api, command, JOB_ID)
    api.faults.add(faults.throttle(times=2, retry_after_ms=10))
    done = ask(api, command, JOB_ID, "--debug")

    assert (plain.exit_code, done.exit_code) == (0, 0)
    assert done.stdout == plain.stdout
    assert done.stderr.count(f"HTTP Request: POST {api.url}/") == 3
    assert done.stderr.count(" · retrying") >= 2
    assert (
        f" {metadata.version('pulumi-alicloud-mediaconvert')}, Python " in done.stderr
    )
    assert "debug:" not in plain.stderr


def test_debug_may_stand_before_the_command(api):
    """As other tools take it; it holds for that command alone."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    place = ("--region", REGION, "--endpoint", api.url)

    before = run("--debug", "wait", JOB_ID, *place, **ENVIRONMENT_KEYS)
    later = run("wait", JOB_ID, *place, **ENVIRONMENT_KEYS)

    assert "HTTP Request: " in before.stderr
    assert "HTTP Request: " not in later.stderr


def test_debug_prints_no_secret(api):
    """A log can be sent to somebody else: it has no key, no header and no body."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())

    done = ask(api, "verify", JOB_ID, "--debug")

    assert "HTTP Request: " in done.stderr
    assert not [key for key in ENVIRONMENT_KEYS.values() if key in done.output]
    assert "Authorization" not in done.output
    assert "Signature" not in done.output


def test_a_bug_is_one_line_and_no_verdict(capsys, monkeypatch):
    """Neither a traceback nor exit code 1, which would say that a job has failed."""
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(typer.Exit) as ended:
        run_work(fail)

    told = capsys.readouterr().err
    assert ended.value.exit_code == 70
    assert told == (
        "error: this is a bug: KeyError: '*** and ***'. Run the command with --debug"
        " for a traceback.\n"
    )


def test_debug_shows_where_a_bug_is(capsys, monkeypatch):
    """The traceback names the line, without the secrets of the environment."""
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(typer.Exit):
        run_work(fail, debug=True)

    told = capsys.readouterr().err
    assert "Traceback (most recent call last):" in told
    assert "in fail" in told
    assert not [secret for secret in SECRETS.values() if secret in told]


@pytest.mark.parametrize("option", ["-V", "--version"])
def test_the_version_is_printed(option):
    """By both spellings, alone on a line."""
    done = run(option)

    assert done.exit_code == 0
    assert done.stdout == f"{metadata.version('pulumi-alicloud-mediaconvert')}\n"
