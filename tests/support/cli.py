"""The command line in this process, and the structure of its JUnit files."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from typer.testing import CliRunner, Result

from credentials import ENVIRONMENT_KEYS
from jobs import REGION
from pulumi_alicloud_mediaconvert.cli.app import app

PROGRAM = Path(sys.executable).parent / "pulumi-mediaconvert"


def run(*arguments: object, **environ: str) -> Result:
    """Run a command with this environment, and nothing that asks the network."""
    env = {"COLUMNS": "100", **environ}
    return CliRunner().invoke(app, [*map(str, arguments)], env=env)


def ask(api: Any, command: str, *arguments: object) -> Result:
    """Run a command that asks the emulator."""
    location = ("--region", REGION, "--endpoint", api.url)
    return run(command, *arguments, *location, **ENVIRONMENT_KEYS)


def stored(folder: Path, job: dict[str, Any], name: str = "job.json") -> Path:
    """Store an answer."""
    file = folder / name
    file.write_text(json.dumps({"RequestId": "5F2C", "Job": job}), "utf-8")
    return file


def expected(folder: Path, text: str) -> Path:
    """Write expectations into a file."""
    file = folder / "expect.yaml"
    file.write_text(text, "utf-8")
    return file


# What schema junit-10 of jenkinsci/xunit-plugin lets stand below what, and the
# attributes it demands and allows; of those that are written here.
CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"properties", "testcase", "system-out"},
    "properties": {"property"},
    "testcase": {"skipped", "error", "failure"},
}
DEMANDED = {
    "testsuite": {"name", "tests", "failures", "errors"},
    "property": {"name", "value"},
    "testcase": {"name"},
}
ALLOWED = DEMANDED | {
    "testsuites": {"name", "tests", "failures", "errors"},
    "testsuite": DEMANDED["testsuite"] | {"skipped"},
    "testcase": {"name", "classname"},
    **{tag: {"type", "message"} for tag in ("failure", "error", "skipped")},
}


def assert_junit(root: ET.Element) -> None:
    """Assert that elements stand where Jenkins's schema lets them, all demanded."""
    assert root.tag == "testsuites"
    for element in root.iter():
        assert {child.tag for child in element} <= CHILDREN.get(element.tag, set())
        assert DEMANDED.get(element.tag, set()) <= set(element.attrib)
        assert set(element.attrib) <= ALLOWED.get(element.tag, set())
