"""Where a page is tried: its files in a folder, and an emulator with its jobs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from page_sessions import (
    COMMANDS,
    Shell,
    base_environment,
    commands_of,
    is_as_shown,
)
from pages import Block, tried
from pulumi_alicloud_mediaconvert.emulator import Emulator, Script, scripts

# The vendor's sample stands for this one, with every oddity of it.
SAMPLE_JOB = "0a1b2c4579b5e748b99a27f6d63d4e5f"
BAD_JOB = "5d41402abc4b2a76b9719d911017c592"


def add_jobs(
    emulator: Emulator, text: str, own: Mapping[str, Script] | None = None
) -> None:
    """Let the emulator know every job of a text: they end well, but for `BAD_JOB`."""
    known = {BAD_JOB: scripts.fails(), **(own or {})}
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
