"""The emulator as it is shipped: its files, its extra and its program."""

import pathlib
import signal
import socket
import subprocess
import sys
import time

import httpx
import pytest

from api import GET_JOB, SignedCall
from jobs import JOB_ID
from pulumi_alicloud_mediaconvert.emulator import scripts
from pulumi_alicloud_mediaconvert.emulator.__main__ import parse_job

PACKAGE = "pulumi_alicloud_mediaconvert"


def test_sample_in_the_package_is_the_vendors():
    """The shipped sample is the vendor's page, byte for byte."""
    tests = pathlib.Path(__file__).parent
    shipped = tests.parent / "provider" / PACKAGE / "emulator" / "sample.json"

    assert shipped.read_bytes() == (tests / "data/vendor-example.json").read_bytes()


def run_python(code):
    """Run code in an interpreter of its own."""
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )


def test_package_does_not_import_the_server():
    """Who only deploys does not pay for starlette and uvicorn."""
    done = run_python(
        f"import sys, {PACKAGE};"
        "sys.exit(bool({'starlette', 'uvicorn'} & set(sys.modules)))"
    )

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("missing", ["starlette", "uvicorn"])
def test_missing_extra_is_named(missing):
    """Without its libraries the emulator says what to install."""
    done = run_python(
        f"import sys; sys.modules[{missing!r}] = None; import {PACKAGE}.emulator"
    )

    assert missing in done.stderr
    assert 'pip install "pulumi-alicloud-mediaconvert[emulator]"' in done.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_program_prints_its_url_and_ends_when_told(number):
    """The first line is an address that answers; both signals end it with 0."""
    command = [sys.executable, "-m", f"{PACKAGE}.emulator", "--job", f"{JOB_ID}=fails"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        answer = httpx.post(
            f"{url}/?JobId={JOB_ID}",
            headers=GET_JOB,
            auth=SignedCall(time.time),
            trust_env=False,
        )
        process.send_signal(number)
        out, err = process.communicate(timeout=20)

    assert answer.json()["Job"]["State"] == "Failed"
    assert (process.returncode, out, err) == (0, "", "")


@pytest.mark.parametrize("name", sorted(scripts.BY_NAME))
def test_every_script_can_be_named_on_the_command_line(name):
    """A job of the program goes by the name of a ready-made script."""
    fits_the_sample = "0a1b2c4579b5e748b99a27f6d63d4e5f"

    job_id, script = parse_job(f"{fits_the_sample}={name}")

    assert (job_id, len(script.steps) > 0) == (fits_the_sample, True)


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "=fails",
        "x=unknown",
        "x=fails:soon",
        "x=fails:-1",
        "x=hangs-queued:3",
        "x=succeeds",
    ],
)
def test_wrong_job_on_the_command_line_is_told(text):
    """A job that cannot be read ends the program with one line that quotes it."""
    done = refused("--job", text)

    assert repr(text) in done.stderr
    assert done.stderr.startswith("error: argument --job: ")


@pytest.mark.parametrize("text", ["x", "-1", "65536", "99999999", ""])
def test_a_port_that_is_none_is_refused(text):
    """The line says which there are."""
    assert f"{text!r} is not a port: 0 to 65535." in refused(f"--port={text}").stderr


def refused(*words):
    """Run the program with something wrong, and return what it says in one line."""
    command = [sys.executable, "-m", f"{PACKAGE}.emulator", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    return done


def test_an_address_that_cannot_be_used_is_one_line():
    """Exit code 1 would say that a job has failed."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", f"{PACKAGE}.emulator", "--port", port]

        done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"error: cannot serve on 127.0.0.1, port {port}: address already in use.\n"
    )


def test_a_port_that_a_region_cannot_use_is_one_line(tmp_path):
    """The line has the ports of all regions."""
    file = tmp_path / "jobs.yaml"
    file.write_text("jobs: {a: {script: fails, region: cn-beijing}}")

    done = refused("--port", "65535", "--file", str(file))

    assert done.stderr.startswith(
        "error: cannot serve on 127.0.0.1, ports 65535 to 65536: "
    )


def test_program_prints_a_url_for_each_region_of_its_file(tmp_path):
    """Programs in any language can be tested with jobs of several regions."""
    file = tmp_path / "jobs.yaml"
    file.write_text(
        f"jobs:\n  {JOB_ID}: {{script: fails, region: cn-beijing}}\n"
        "  other: {script: fails, region: cn-hangzhou}\n"
    )
    command = [sys.executable, "-m", f"{PACKAGE}.emulator", "--file", str(file)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        lines = [process.stdout.readline().split() for _ in range(3)]
        found = [
            httpx.post(
                f"{line[-1]}/?JobId={JOB_ID}",
                headers=GET_JOB,
                auth=SignedCall(time.time),
                trust_env=False,
            ).status_code
            for line in lines
        ]
        process.send_signal(signal.SIGTERM)
        assert process.communicate(timeout=20) == ("", "")

    assert [line[:-1] for line in lines] == [[], ["cn-beijing"], ["cn-hangzhou"]]
    assert found == [200, 200, 404]


def test_program_logs_requests_where_it_is_told_to():
    """Whoever watches it sees what was asked and answered, and no secret."""
    options = ["--job", f"{JOB_ID}=fails", "--host", "127.0.0.2", "--log-requests"]
    command = [sys.executable, "-m", f"{PACKAGE}.emulator", *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        for job_id in (JOB_ID, "unknown"):
            httpx.post(
                f"{url}/?JobId={job_id}",
                headers=GET_JOB,
                auth=SignedCall(time.time),
                trust_env=False,
            )
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=20)

    assert url.startswith("http://127.0.0.2:")
    seen, unknown = [line.partition(" ")[2] for line in err.splitlines()]
    assert seen == f"GetMediaConvertJob {JOB_ID} 200"
    assert unknown.startswith("GetMediaConvertJob unknown 4")
    assert unknown.endswith("ResourceNotFound")
