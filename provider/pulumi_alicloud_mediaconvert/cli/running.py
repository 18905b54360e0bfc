"""Run the work of a command, and end with its exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import NoReturn

import typer

from pulumi_alicloud_mediaconvert.cli.debugging import OPTION, debugging, unforeseen
from pulumi_alicloud_mediaconvert.cli.exit_codes import (
    BUG,
    UNDECIDED,
    WRONG_USAGE,
)
from pulumi_alicloud_mediaconvert.cli.interruptions import (
    INTERRUPTIONS,
    LINE,
    Interrupted,
)
from pulumi_alicloud_mediaconvert.cli.streams import discard_results, say, say_error
from pulumi_alicloud_mediaconvert.errors import ConfigurationError


def run(work: Callable[[], int], *, debug: bool = False) -> NoReturn:
    """Do the work of a command and end with its exit code, never with a traceback.

    Args:
        work: returns the exit code.
        debug: whether requests and tracebacks are shown.
    """
    try:
        with debugging(is_on=debug):
            code = _code_of(work)
    except ConfigurationError as error:
        from pulumi_alicloud_mediaconvert.cli.command_messages import COMMAND_LINE  # noqa: PLC0415  # slow to import

        for line in COMMAND_LINE.lines(error):
            say_error(line)
        code = WRONG_USAGE
    except Exception as error:  # noqa: BLE001  # no traceback reaches a user
        # Commands that make no requests take it before their name.
        is_debug = debug or OPTION in sys.argv
        *traceback, line = unforeseen(error, is_debug=is_debug)
        for one in traceback:
            say(one)
        say_error(line)
        code = BUG
    raise typer.Exit(code)


def _code_of(work: Callable[[], int]) -> int:
    """Return the exit code of the work, or that of the signal that ended it."""
    try:
        code = work()
    except Interrupted:
        discard_results()
        code = UNDECIDED
    if INTERRUPTIONS.exit_code is None:
        return code
    say(LINE)
    return INTERRUPTIONS.exit_code
