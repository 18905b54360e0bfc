"""Where `pulumi-mediaconvert` begins: says what is missing, ends quietly on signals."""

from __future__ import annotations

import sys
from typing import Any

from pulumi_alicloud_mediaconvert.cli.interruptions import (
    INTERRUPTIONS,
    LINE,
    Interrupted,
)
from pulumi_alicloud_mediaconvert.cli.streams import (
    discard_results,
    guard_streams,
    say,
    say_error,
    write,
)
from pulumi_alicloud_mediaconvert.errors import ConfigurationError

# The numbers of `exit_codes`, which costs time to import.
WRONG_USAGE = 2
BUG = 70


def main() -> None:
    """Run the command line."""
    INTERRUPTIONS.install()
    guard_streams()
    try:
        try:
            code = _run()
        except Interrupted:
            discard_results()
            say(LINE)
            code = INTERRUPTIONS.exit_code or BUG
        finally:
            # What help printed may not have been written yet.
            sys.stdout.flush()
    except ConfigurationError as error:
        code = _failed(str(error))
    except Exception as error:  # noqa: BLE001  # no traceback reaches a user
        from pulumi_alicloud_mediaconvert.cli import debugging  # noqa: PLC0415  # seldom needed

        is_debug = debugging.OPTION in sys.argv
        *traceback, line = debugging.unforeseen(error, is_debug=is_debug)
        for one in traceback:
            say(one)
        code = _failed(line, BUG)
    INTERRUPTIONS.uninstall()
    sys.exit(code)


def _run() -> int:
    try:
        from pulumi_alicloud_mediaconvert.cli.app import USAGE_ERROR, app  # noqa: PLC0415  # slow to import
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"typer", "rich"}:
            raise
        return _failed(
            f"The command line needs {error.name}, which is not installed: "
            'pip install "pulumi-alicloud-mediaconvert[cli]"'
        )
    try:
        code = app(standalone_mode=False)
    except USAGE_ERROR as error:
        return _wrong_usage(error)
    return code if isinstance(code, int) else 0


def _wrong_usage(error: Any) -> int:  # noqa: ANN401  # of typer's own Click
    """Say in one line what was typed wrong, and where the right way is explained."""
    said = error.format_message()
    # By its name, as typer does it: it is no public one.
    if type(error).__name__ == "NoArgsIsHelpError":
        write(f"{said}\n")
        return WRONG_USAGE
    end = "" if said.endswith((".", "?")) else "."
    see = f" See `{error.ctx.command_path} --help`." if error.ctx else ""
    return _failed(f"{said[:1].lower()}{said[1:]}{end}{see}")


def _failed(line: str, code: int = WRONG_USAGE) -> int:
    say_error(line)
    return code
