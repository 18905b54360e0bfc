"""The workflow of docs/ci-workflow.md, its commands run in their order."""

from __future__ import annotations

import re
import shlex
import subprocess
from xml.etree import ElementTree as ET

import pytest
from ruamel.yaml import YAML

from page_sessions import base_environment, put_file
from pages import BLOCKS
from pulumi_alicloud_mediaconvert.emulator import scripts
from real_engine import SETTINGS

JOB_ID = "0a1b2c4579b5e748b99a27f6d63d4e5f"
FILES = [one for one in BLOCKS if one.page == "docs/ci-workflow.md"]
WORKFLOW = YAML(typ="safe", pure=True).load(FILES[0].text)
[JOB] = WORKFLOW["jobs"].values()
COMMANDS = {step["name"]: step["run"] for step in JOB["steps"] if "name" in step}


@pytest.fixture
def shell(tmp_path, home, emulator, key_material, project):
    """Run a command in the project of the page, as a runner does."""
    backend = tmp_path / "backend"
    backend.mkdir()
    environ = {
        **base_environment(),
        **SETTINGS,
        "PULUMI_HOME": str(home),
        "PULUMI_BACKEND_URL": backend.as_uri(),
        "PULUMI_CONFIG_PASSPHRASE": "",
        "PULUMI_STACK": WORKFLOW["env"]["PULUMI_STACK"],
        "ALIBABA_CLOUD_REGION_ID": WORKFLOW["env"]["ALIBABA_CLOUD_REGION_ID"],
        "ALIBABA_CLOUD_ACCESS_KEY_ID": key_material["id"],
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET": key_material["secret"],
        "ALIBABA_CLOUD_ICE_ENDPOINT": emulator.url,
    }

    def run(command: str) -> tuple[int, str]:
        done = subprocess.run(
            ["bash", "-ec", command],
            cwd=project,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
            check=False,
        )
        return done.returncode, done.stdout

    return run


@pytest.fixture
def project(tmp_path):
    """Make the project of the page."""
    folder = tmp_path / "project"
    for block in FILES:
        put_file(block, folder)
    return folder


def test_a_bad_job_stops_the_pull_request_and_the_report_tells_why(
    shell, emulator, project
):
    """The preview fails, and the report has a case that failed.

    With a good job the deployment passes, and so do all cases of its report.
    """
    stack = shlex.quote(WORKFLOW["env"]["PULUMI_STACK"])
    emulator.add_job(JOB_ID, scripts.succeeds())
    shell(f"pulumi stack init {stack} && pulumi config set jobId {JOB_ID}")

    previewed = shell(COMMANDS["Preview"])
    reported = shell(COMMANDS["Report"])

    assert previewed[0] != 0
    assert "video width: expected 1280, got 848" in previewed[1]
    assert reported[0] == 1, reported
    report = ET.parse(project / "gate.xml").getroot()  # noqa: S314  # our own
    assert report.findall(".//failure")

    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    codes = [shell(COMMANDS[name])[0] for name in ("Deploy", "Report")]

    assert codes == [0, 0]
    report = ET.parse(project / "gate.xml").getroot()  # noqa: S314  # our own
    assert report.findall(".//testcase")
    assert not report.findall(".//failure")


def test_the_workflow_has_the_rights_of_its_job_alone():
    """It may read and identify itself; no checkout keeps a key, actions are pinned."""
    assert WORKFLOW["permissions"] == {}
    assert JOB["permissions"] == {"contents": "read", "id-token": "write"}
    [checkout] = [one for one in JOB["steps"] if "checkout" in one.get("uses", "")]
    assert checkout["with"] == {"persist-credentials": False}
    pinned = [one["uses"] for one in JOB["steps"] if "actions/" in one.get("uses", "")]
    ours = [one for one in pinned if one.startswith("actions/")]
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", one) for one in ours)
