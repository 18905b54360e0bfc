"""Standard streams: write to them, and say what could not be written.

Typer, rich, argparse and Python itself each handle a full disk or a closed stream
differently: with a traceback, silently, or with exit code 1, which here means that a
job has failed.
"""

from __future__ import annotations

import errno
import io
import os
import select
import sys
from collections.abc import Callable
from typing import Any, TextIO

from pulumi_alicloud_mediaconvert.cli.colours import paint_for
from pulumi_alicloud_mediaconvert.errors import ConfigurationError

STDIN, STDOUT, STDERR = range(3)


class Stdout(io.FileIO):
    """Takes results: what it cannot write is an error, unless the reader has left."""

    def __init__(self) -> None:
        super().__init__(STDOUT, "wb", closefd=False)

    def write(self, data: Any, /) -> int:  # noqa: ANN401  # as the base
        """Write.

        Raises:
            ConfigurationError: it cannot be written.
        """
        try:
            return _written(super().write, self, data)
        except BrokenPipeError:
            # A reader that has enough, such as `head`, changes no verdict.
            _write_no_more(STDOUT)
            return len(data)
        except OSError as error:
            _write_no_more(STDOUT)
            is_closed = error.errno == errno.EBADF
            why = "it is closed" if is_closed else os.strerror(error.errno or 0).lower()
            raise ConfigurationError(f"stdout: cannot be written: {why}.") from None


class Stderr(io.FileIO):
    """Takes messages: what it cannot write is lost."""

    def __init__(self) -> None:
        super().__init__(STDERR, "wb", closefd=False)

    def write(self, data: Any, /) -> int:  # noqa: ANN401  # as the base
        """Write."""
        try:
            return _written(super().write, self, data)
        except OSError:
            _write_no_more(STDERR)
            return len(data)


def guard_streams() -> None:
    """Let all output go through these; once, at the start of a process."""
    for number in (STDIN, STDOUT, STDERR):
        try:
            os.fstat(number)
        except OSError:
            # A socket or a file of ours would get the number, and be written to. What
            # is opened takes the lowest that is free; it can be read, not written.
            os.open(os.devnull, os.O_RDONLY)
    sys.stdout = _text(Stdout(), sys.stdout)
    sys.stderr = _text(Stderr(), sys.stderr)


def check_stdout() -> None:
    """Check that stdout is there, before anything is waited for.

    Raises:
        ConfigurationError: it is closed.
    """
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    if isinstance(raw, Stdout):
        raw.write(b"")


def discard_results() -> None:
    """Write no more of the results: who reads them may have stopped reading."""
    _write_no_more(STDOUT)


def say(text: str) -> None:
    """Write a line to stderr, for a person."""
    write(f"{text}\n", sys.stderr)


def say_error(text: str) -> None:
    """Write a line to stderr that says what went wrong."""
    say(f"{paint_for(sys.stderr, os.environ)('error:', 'bad')} {text}")


def write(text: str, stream: TextIO | None = None) -> None:
    """Write a text at once, in the encoding of the stream.

    Args:
        text: as it is to be read.
        stream: stdout if it is `None`.
    """
    stream = stream or sys.stdout
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
    stream.flush()


def _text(raw: io.FileIO, earlier: TextIO | None) -> io.TextIOWrapper:
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=getattr(earlier, "encoding", None) or "utf-8",
        errors=getattr(earlier, "errors", None) or "backslashreplace",
        line_buffering=True,
    )


def _written(
    write: Callable[[Any], int | None],
    raw: io.FileIO,
    data: Any,  # noqa: ANN401  # as the base
) -> int:
    """Write; wait for a stream that another process has set not to block."""
    while (count := write(data)) is None:
        select.select([], [raw], [])
    return count


def _write_no_more(number: int) -> None:
    """Discard what is still to be written: it would fail again at the end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, number)
    os.close(nowhere)
