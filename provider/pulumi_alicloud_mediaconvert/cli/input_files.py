"""Files that a command reads: by name, from stdin or from a pipe; each is read once."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from pulumi_alicloud_mediaconvert.errors import ConfigurationError
from pulumi_alicloud_mediaconvert.text import joined, plain

STDIN = "-"


def name_of(file: str) -> str:
    """Name a file in a message."""
    return "stdin" if file == STDIN else plain(file)


def content_of(file: str, longest: int) -> bytes:
    """Read a file once, be it regular, a pipe, or stdin.

    Args:
        file: its name; `-` is stdin.
        longest: bytes that are read at most.

    Raises:
        OSError: it cannot be read.
    """
    if file == STDIN:
        if sys.stdin is None:
            raise OSError("it is closed")
        return sys.stdin.buffer.read(longest)
    try:
        with Path(file).open("rb") as opened:
            return opened.read(longest)
    except ValueError as error:
        # Such as a zero byte in the path.
        raise OSError(str(error)) from None


def unreadable(file: str, error: OSError) -> str:
    """Say in one line that a file cannot be read."""
    return f"{name_of(file)}: cannot be read: {error.strerror or error}."


def is_pipe(file: str) -> bool:
    """Whether a file can be read only once: stdin, or `<(…)` of a shell."""
    if file == STDIN:
        return True
    path = Path(file)
    try:
        return path.exists() and not (path.is_file() or path.is_dir())
    except (OSError, ValueError):
        return False


def check_stdin(uses: Iterable[tuple[str, str | None]]) -> None:
    """Check that only one thing is read from stdin.

    Args:
        uses: what takes a file on the command line, and the name of that file.

    Raises:
        ConfigurationError: several are.
    """
    names = [f"{what} {STDIN}" for what, file in uses if file == STDIN]
    if len(names) > 1:
        raise ConfigurationError(
            f"{joined(names)}: stdin can be read only once. Use a file for the others."
        )
