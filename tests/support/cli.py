"""The command line in this process or on a terminal; the structure of its JUnit."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
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


# The colours of ECMA-48, by their numbers.
COLOUR_NAMES = {"31": "red", "32": "green", "33": "yellow"}
COLOURED = re.compile(r"\x1b\[(3\d)m(.*?)\x1b\[0m")


def environment(**more: str) -> dict[str, str]:
    """Return an environment of nothing but what is stated."""
    return {"PATH": os.environ["PATH"], **ENVIRONMENT_KEYS, **more}


def on_a_terminal(
    *command: object, columns: int = 80, piped: str = "", **environ: str
) -> tuple[int, str]:
    """Run the program on a pseudo-terminal; return exit code and what was drawn there.

    Args:
        command: words after the name of the program.
        columns: of the terminal.
        piped: `stdout` or `stderr` if that one is no terminal, but lost.
        environ: on top of a clean environment.
    """
    ours, theirs = pty.openpty()
    size = struct.pack("HHHH", 24, columns, 0, 0)
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, size)
    streams: dict[str, Any] = dict.fromkeys(("stdout", "stderr"), theirs)
    streams |= {piped: subprocess.DEVNULL} if piped else {}
    process = subprocess.Popen(
        [PROGRAM, *map(str, command)],
        env=environment(**{"TERM": "xterm-256color"} | environ),
        stdin=subprocess.DEVNULL,
        **streams,
    )
    os.close(theirs)
    drawn = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            # The last process that could write has ended.
            break
        drawn += piece
        if not piece:
            break
    os.close(ours)
    return process.wait(), drawn.decode().replace("\r\n", "\n")


def colours_in(drawn: str) -> list[tuple[str, str]]:
    """Return each coloured text with its colour."""
    return [
        (COLOUR_NAMES.get(number, number), text)
        for number, text in COLOURED.findall(drawn)
    ]


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
    "testcase": {"skipped", "error", "failure", "system-out"},
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
