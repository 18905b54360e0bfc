"""What a command shows on a terminal: its frames, and one of them as SVG."""

from __future__ import annotations

import fcntl
import io
import os
import pty
import re
import struct
import sys
import termios
from collections.abc import Mapping
from pathlib import Path

from rich.console import CONSOLE_SVG_FORMAT, Console  # type: ignore[attr-defined]  # as its documentation says
from rich.text import Text

# Narrow, so that a picture can be read on a phone.
COLUMNS, ROWS = 82, 40
# How the engine's display goes back to its first line to draw the next frame.
_NEXT_FRAME = re.compile(r"\r\x1b\[\d+A")
# All that is neither text nor its colour.
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-LN-Za-ln-z]|\x1b\][^\x1b]*\x1b\\|\r")
# The fonts of a person's own machine will do.
_SVG = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)


def recorded(command: list[str], folder: Path, environ: Mapping[str, str]) -> str:
    """Run a command on a terminal of its own; return all that it wrote there."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(folder)
        os.execvpe(command[0], command, environ)  # noqa: S606  # no shell is wanted
        sys.exit(127)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    written = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # the command has ended
            break
        written += part
    os.close(terminal)
    os.waitpid(pid, 0)
    return written.decode()


def frames(written: str) -> list[str]:
    """Cut what was written into what stood there at once, colours kept."""
    return [_CONTROL.sub("", one) for one in _NEXT_FRAME.split(written)]


def as_svg(text: str, title: str, name: str) -> str:
    """Draw a frame.

    Args:
        text: of the frame, with its colours.
        title: of the window.
        name: by which a page tells its styles from those of another picture.
    """
    shown = Text.from_ansi("\n".join(line.rstrip() for line in text.splitlines()))
    longest = max(map(len, shown.plain.splitlines()))
    console = Console(
        record=True,
        width=min(longest + 2, COLUMNS),
        file=io.StringIO(),
        legacy_windows=False,
    )
    console.print(shown)
    drawn = console.export_svg(title=title, code_format=_SVG, unique_id=name)
    return "\n".join(line.rstrip() for line in drawn.splitlines()) + "\n"
