"""Where `pulumi-mediaconvert` begins: says what is missing, ends quietly on Ctrl-C."""

from __future__ import annotations

import sys
from typing import NoReturn

from pulumi_alicloud_mediaconvert.cli.streams import guard_streams
from pulumi_alicloud_mediaconvert.errors import ConfigurationError

# The number of SIGINT above 128, as shells have it; see `exit_codes`, which costs time.
INTERRUPTED = 130
WRONG_USAGE = 2


def main() -> None:
    """Run the command line."""
    guard_streams()
    try:
        try:
            _run()
        finally:
            # What help printed may not have been written yet.
            sys.stdout.flush()
    except ConfigurationError as error:
        _fail(str(error))


def _run() -> None:
    try:
        from pulumi_alicloud_mediaconvert.cli.app import app  # noqa: PLC0415  # slow to import
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"typer", "rich"}:
            raise
        _fail(
            f"The command line needs {error.name}, which is not installed: "
            'pip install "pulumi-alicloud-mediaconvert[cli]"'
        )
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    app()


def _fail(line: str) -> NoReturn:
    sys.stderr.write(f"error: {line}\n")
    sys.exit(WRONG_USAGE)
