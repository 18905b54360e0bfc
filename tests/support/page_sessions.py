"""Run the commands of a page in a shell, as a reader does."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from pages import Block, tried
from pulumi_alicloud_mediaconvert.emulator import Emulator, Script, scripts

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


# The vendor's sample stands for this one, with every oddity of it.
SAMPLE_JOB = "0a1b2c4579b5e748b99a27f6d63d4e5f"
BAD_JOB = "5d41402abc4b2a76b9719d911017c592"
SKIPPED_JOB = "6b1d0c5e8f2a4937b0c4d5e6f7a81920"


def add_jobs(
    emulator: Emulator, text: str, own: Mapping[str, Script] | None = None
) -> None:
    """Let the emulator know every job of a text.

    They end well; of `SKIPPED_JOB` an output is skipped, and `BAD_JOB` fails.
    """
    odd = {BAD_JOB: scripts.fails(), SKIPPED_JOB: scripts.skips_output()}
    known = {**odd, **(own or {})}
    for job_id in set(re.findall(r"\b[0-9a-f]{32}\b", text)):
        emulator.add_job(job_id, known.get(job_id, scripts.succeeds_cleanly()))


def is_typed(block: Block) -> bool:
    """Whether it is something to type that no other test runs."""
    return block.language in COMMANDS and block.is_run and "test" not in block.marks


def needs_engine(page: str) -> bool:
    """Whether something that a page types asks the engine."""
    return any(
        is_typed(block) and re.search(r"^(\$ )?pulumi ", block.text, re.MULTILINE)
        for block in tried(page)
    )


def put_file(block: Block, folder: Path) -> None:
    """Write the file that a block shows."""
    file = folder / block.marks["file"]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(block.text, "utf-8")


def play(
    blocks: Iterable[Block],
    folder: Path,
    environ: Mapping[str, str],
    replaced: Mapping[str, str] | None = None,
) -> None:
    """Do what a page does, block by block, and compare what it shows.

    Args:
        blocks: of the page, in their order.
        folder: in which it begins.
        environ: in which it begins.
        replaced: words of the page, and what stands for them on this machine.
    """
    shell = Shell(folder, {**base_environment(), **environ}, replaced or {})
    try:
        for block in blocks:
            if "file" in block.marks:
                put_file(block, folder)
            elif is_typed(block):
                _type(block, shell)
    finally:
        shell.close()


def _type(block: Block, shell: Shell) -> None:
    for command in commands_of(block):
        if "background" in block.marks:
            printed = shell.start(command.line, command.shown)
        else:
            code, printed = shell.run(command.line)
            assert block.language == "console" or code == 0, printed
        assert is_as_shown(printed, command.shown), (
            f"{block}: {command.line}\nprints:\n{printed}"
        )
