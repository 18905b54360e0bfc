"""The fixtures that come with the package, in a test suite of somebody else's."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from jobs import JOB_ID
from pulumi_alicloud_mediaconvert import get_media_convert_job
from pulumi_alicloud_mediaconvert.emulator import faults, scripts

SUITE = """
import os, sys

before = dict(os.environ)
HEAVY = {"pulumi", "starlette", "uvicorn", "httpx", "pydantic"}

def test_nothing_is_loaded_before_it_is_asked_for():
    assert not HEAVY & set(sys.modules)

def test_the_fixture_needs_no_import(ims_emulator):
    ims_emulator.add_job("a", expect={"output_count": 2})
    assert ims_emulator.endpoint.startswith("http://127.0.0.1:")
    assert {k: v for k, v in os.environ.items() if k[:6] != "PYTEST"} == {
        k: v for k, v in before.items() if k[:6] != "PYTEST"}

def test_what_no_correct_client_asks_fails(ims_emulator):
    import urllib.error, urllib.request
    try:
        urllib.request.urlopen(ims_emulator.endpoint)
    except urllib.error.HTTPError as error:
        error.close()
"""
WITHOUT_EXTRA = """
import sys
sys.modules["uvicorn"] = None

def test_others_go_their_way():
    pass

def test_the_extra_is_named(ims_emulator):
    pass
"""


def run_suite(folder, text):
    """Run a test file as its owner would; return the code and what was printed."""
    (folder / "test_suite.py").write_text(text)
    environment = {**os.environ, "NO_PROXY": "127.0.0.1"}
    # Other plugins of this environment load modules of their own.
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    runtime = "pulumi_alicloud_mediaconvert.pytest_plugin"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-rA", "-p", runtime, "-W", "error"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def test_the_fixture_serves_others_without_getting_in_their_way(tmp_path):
    """It loads nothing and sets nothing until a test asks for it by name."""
    code, printed = run_suite(tmp_path, SUITE)

    assert code == 1, printed
    assert "PASSED test_suite.py::test_nothing_is_loaded" in printed, printed
    assert "PASSED test_suite.py::test_the_fixture_needs_no_import" in printed, printed
    assert "ERROR test_suite.py::test_what_no_correct_client" in printed, printed
    assert "requests that a correct client never sends:" in printed


def test_a_missing_extra_is_named_only_where_it_is_missed(tmp_path):
    """Tests that do not use the fixture run; one that does says what to install."""
    code, printed = run_suite(tmp_path, WITHOUT_EXTRA)

    assert code == 1, printed
    assert "PASSED test_suite.py::test_others_go_their_way" in printed, printed
    assert 'pip install "pulumi-alicloud-mediaconvert[emulator]"' in printed


def test_pytest_finds_the_fixture_by_itself(pytestconfig):
    """The entry point registers the plugin in this very run."""
    names = [name for name, _ in pytestconfig.pluginmanager.list_name_plugin()]

    assert "pulumi-alicloud-mediaconvert" in names


def test_the_environment_points_this_process_at_the_emulator(
    ims_emulator, ims_environment
):
    """What reads its settings from the environment asks the emulator."""
    ims_emulator.add_job(JOB_ID, scripts.stalls(percent=40))

    assert get_media_convert_job(JOB_ID).percent == 40
    assert ims_environment.items() <= os.environ.items()


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "for good"])
def test_faults_are_laid_and_seen(ims_emulator, ims_environment, lasting):
    """A fault spoils an answer, and the log of requests says which."""
    ims_emulator.add_job(JOB_ID)
    ims_emulator.faults.add(faults.throttle(retry_after_ms=1))
    if lasting:
        ims_emulator.faults.add(faults.slow(0.01, times=None))

    assert get_media_convert_job(JOB_ID).state == "Success"

    seen = [request.fault for request in ims_emulator.requests]
    assert seen == ["throttle", "slow" if lasting else None]
    assert ims_environment["ALIBABA_CLOUD_ICE_ENDPOINT"] == ims_emulator.endpoint
