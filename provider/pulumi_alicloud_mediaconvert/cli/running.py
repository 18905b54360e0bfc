"""Run the work of a command, and end with its exit code."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

import typer

from pulumi_alicloud_mediaconvert.cli.debugging import debugging, unforeseen
from pulumi_alicloud_mediaconvert.cli.exit_codes import BUG, INTERRUPTED, WRONG_USAGE
from pulumi_alicloud_mediaconvert.cli.streams import say, say_error
from pulumi_alicloud_mediaconvert.errors import ConfigurationError


def run(work: Callable[[], int], *, debug: bool = False) -> NoReturn:
    """Do the work of a command and end with its exit code, never with a traceback.

    Args:
        work: returns the exit code.
        debug: whether requests and tracebacks are shown.
    """
    try:
        with debugging(is_on=debug):
            code = work()
    except ConfigurationError as error:
        from pulumi_alicloud_mediaconvert.cli.command_messages import COMMAND_LINE  # noqa: PLC0415  # slow to import

        for line in COMMAND_LINE.lines(error):
            say_error(line)
        code = WRONG_USAGE
    except KeyboardInterrupt:
        say("interrupted: nothing was changed, the jobs go on.")
        code = INTERRUPTED
    except Exception as error:  # noqa: BLE001  # no traceback reaches a user
        *traceback, line = unforeseen(error, is_debug=debug)
        for one in traceback:
            say(one)
        say_error(line)
        code = BUG
    raise typer.Exit(code)
