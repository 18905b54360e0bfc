"""The command line in this process, and what it is asked about."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from pulumi_alicloud_mediaconvert.cli.app import app

KEYS = {
    "ALIBABA_CLOUD_ACCESS_KEY_ID": "testid",
    "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "testsecret",
}
REGION = "cn-shanghai"
PROGRAM = Path(sys.executable).parent / "pulumi-mediaconvert"


def run(*arguments: object, **environ: str) -> Result:
    """Run a command with this environment, and nothing that asks the network."""
    env = {"COLUMNS": "100", **environ}
    return CliRunner().invoke(app, [*map(str, arguments)], env=env)


def ask(api: Any, command: str, *arguments: object) -> Result:
    """Run a command that asks the emulator."""
    location = ("--region", REGION, "--endpoint", api.url)
    return run(command, *arguments, *location, **KEYS)


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
