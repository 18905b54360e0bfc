"""Run the commands of a page as a person types them, one shell for the whole page."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from pages import Block

ELISION = "…"
# Languages of blocks that are typed.
COMMANDS = ("console", "sh")
# No command of a page takes longer; what does has hung.
MAX_SECONDS = 240


@dataclass(frozen=True)
class Command:
    """One command of a transcript.

    Attributes:
        line: what is typed.
        shown: what the page shows of what is then printed.
    """

    line: str
    shown: str


def commands_of(block: Block) -> Iterator[Command]:
    """Take a block apart: `console` shows output below `$`, `sh` is commands alone."""
    if block.language == "sh":
        yield Command(block.text, ELISION)
        return
    first, *rest = re.split(r"^\$ ", block.text, flags=re.MULTILINE)
    assert first == "", f"{block}: begins with output"
    for one in rest:
        line, shown = re.fullmatch(r"((?:.*\\\n)*.*)\n((?:.*\n)*)", one).groups()  # type: ignore[union-attr]  # it matches
        yield Command(line, shown)


def is_as_shown(printed: str, shown: str) -> bool:
    """Compare; `…` alone stands for any lines, within a line for any of its text."""
    pattern = "".join(
        r"(?:.*\n)*?"
        if line.strip() == ELISION
        else ".*".join(map(re.escape, line.rstrip().split(ELISION))) + "\n"
        for line in shown.strip("\n").splitlines()
    )
    lines = printed.strip("\n").splitlines()
    text = "".join(f"{line.rstrip()}\n" for line in lines)
    return re.fullmatch(pattern, text) is not None


@dataclass
class Shell:
    """A shell that is asked one command after another.

    Attributes:
        folder: in which it begins, and keeps what it knows.
        environ: it begins with.
        replaced: words of the page, and what stands for them on this machine.
    """

    folder: Path
    environ: Mapping[str, str]
    replaced: Mapping[str, str] = field(default_factory=dict)
    _status: int = 0

    def __post_init__(self) -> None:
        """Make a place for what the shell knows, outside of what a page sees."""
        self._known = self.folder.parent / f"{self.folder.name}.sh"
        self._known.write_text(f"cd {shlex.quote(str(self.folder))}\n")
        self._left = ExitStack()

    def run(self, line: str) -> tuple[int, str]:
        """Run a command; return its exit code and what it printed, as on the page."""
        done = subprocess.run(
            ["bash", "-c", self._script(line)],
            env={**self.environ},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=MAX_SECONDS,
            check=False,
        )
        self._status = done.returncode
        return done.returncode, self._as_on_the_page(done.stdout)

    def start(self, line: str, shown: str) -> str:
        """Start a command that goes on; return the lines that it prints at first."""
        process = self._left.enter_context(
            subprocess.Popen(
                ["bash", "-c", f". {self._known}\nexec {self._as_here(line)}"],
                env={**self.environ},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        self._left.callback(process.terminate)
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in shown.splitlines()]
        return self._as_on_the_page("".join(lines))

    def close(self) -> None:
        """End what was started."""
        self._left.close()

    def _script(self, line: str) -> str:
        known = shlex.quote(str(self._known))
        return (
            f". {known}\n(exit {self._status})\n{self._as_here(line)}\n"
            f"status=$?; {{ export -p; printf 'cd %q\\n' \"$PWD\"; }} >{known}"
            "; exit $status"
        )

    def _as_here(self, text: str) -> str:
        for on_page, here in self.replaced.items():
            text = text.replace(on_page, here)
        return text

    def _as_on_the_page(self, text: str) -> str:
        for on_page, here in self.replaced.items():
            text = text.replace(here, on_page)
        return text


def base_environment() -> dict[str, str]:
    """Build the environment in which a page begins: this machine's, less its keys."""
    foreign = ("PULUMI_", "ALIBABA_CLOUD_", "ALICLOUD_")
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(foreign)
    }
    programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return {**kept, "PATH": programs, "COLUMNS": "80", "NO_COLOR": "1"}
