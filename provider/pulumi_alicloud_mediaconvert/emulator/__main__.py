"""The emulator as a program: `python -m pulumi_alicloud_mediaconvert.emulator`."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from textwrap import fill
from typing import NoReturn

from pulumi_alicloud_mediaconvert.emulator import (
    Emulator,
    Script,
    scripts,
)
from pulumi_alicloud_mediaconvert.emulator.files import FORMAT, load_file
from pulumi_alicloud_mediaconvert.emulator.jobs import check_fits
from pulumi_alicloud_mediaconvert.emulator.request_log import LoggedRequest

# Wider than any option or line of help.
UNLIMITED = 100_000
MAX_PORT = 65_535
NAME = "python -m pulumi_alicloud_mediaconvert.emulator"
DESCRIPTION = """\
Serve the API of GetMediaConvertJob on this machine until SIGTERM or Ctrl-C.

The first line on stdout is the URL, printed when requests are answered. Point
the provider at it with `pulumi config set mediaconvert:endpoint URL` or with
ALIBABA_CLOUD_ICE_ENDPOINT. Signatures are verified.
"""
EPILOG = f"""\
scripts:
{fill(", ".join(scripts.BY_NAME), break_on_hyphens=False)}
SECONDS is how long the job runs after it is first read, before it ends that
way (for appears-late: how long it is unknown).

example: --job 0a1b2c3d4e5f60718293a4b5c6d7e8f9=succeeds-slowly:20 --job b=fails

JOBS.yaml:

{FORMAT}"""


class Parser(argparse.ArgumentParser):
    """Says in one line what is wrong, as the rest of the command line does."""

    def error(self, message: str) -> NoReturn:
        """Exit with 2."""
        self.exit(2, f"error: {message}. See `{self.prog} --help`.\n")


def parse_port(text: str) -> int:
    """Read a port.

    Raises:
        argparse.ArgumentTypeError: it is not a port.
    """
    if not text.isdecimal() or int(text) > MAX_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: 0 to {MAX_PORT}")
    return int(text)


def parse_job(text: str) -> tuple[str, Script]:
    """Read ID=SCRIPT[:SECONDS].

    Raises:
        argparse.ArgumentTypeError: what is wrong with it.
    """
    job_id, _, rest = text.partition("=")
    name, _, seconds = rest.partition(":")
    if not job_id or name not in scripts.BY_NAME:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not ID=SCRIPT[:SECONDS] with a SCRIPT of "
            f"{', '.join(scripts.BY_NAME)}"
        )
    try:
        check_fits(name, job_id)
        make = scripts.BY_NAME[name]
        return job_id, make(seconds=float(seconds)) if seconds else make()
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r}: {error}") from None


def parse_arguments(
    arguments: Sequence[str] | None, name: str = NAME
) -> argparse.Namespace:
    """Read the command line; exits with 2 and one line if it is wrong."""
    parser = Parser(
        prog=name,
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=_formatter,
    )
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="address to listen on; default: %(default)s. The provider accepts plain"
        " http only for loopback addresses",
    )
    parser.add_argument(
        "--port", type=parse_port, default=0, help="0, the default, takes a free one"
    )
    parser.add_argument(
        "--log-requests",
        action="store_true",
        help="print a line for each request on stderr: time, action, job, answer",
    )
    parser.add_argument(
        "--access-key-id", default="testid", help="default: %(default)s"
    )
    parser.add_argument(
        "--access-key-secret", default="testsecret", help="default: %(default)s"
    )
    parser.add_argument(
        "--job",
        type=parse_job,
        action="append",
        default=[],
        metavar="ID=SCRIPT[:SECONDS]",
        help="a job that the API knows; may be repeated",
    )
    parser.add_argument(
        "--file",
        type=Path,
        action="append",
        default=[],
        metavar="JOBS.yaml",
        help="jobs and faults in YAML; may be repeated",
    )
    return parser.parse_args(arguments)


def _formatter(prog: str) -> argparse.HelpFormatter:
    """Wrap help only on a terminal, where a person reads it."""
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    if is_terminal:
        return argparse.RawDescriptionHelpFormatter(prog)
    return argparse.RawDescriptionHelpFormatter(
        prog, max_help_position=UNLIMITED, width=2 * UNLIMITED
    )


def main(arguments: Sequence[str] | None = None, name: str = NAME) -> int:
    """Serve until a signal arrives; return the exit code.

    Args:
        arguments: of the command line; `None`: those of the process.
        name: of the program, for its help.
    """
    options = parse_arguments(arguments, name)
    reported_to_end = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: reported_to_end.set())
    emulator = Emulator(
        access_key_id=options.access_key_id,
        access_key_secret=options.access_key_secret,
        host=options.host,
        port=options.port,
        on_request=print_request if options.log_requests else lambda _: None,
    )
    for job_id, script in options.job:
        emulator.add_job(job_id, script)
    try:
        for file in options.file:
            load_file(file, emulator)
    except ValueError as error:
        print(f"error: {error}", file=sys.stderr)  # noqa: T201  # a program's output
        return 2
    # Without a stdout, a socket would be opened by its number.
    if sys.stdout is None and not is_written(""):
        return 2
    try:
        with emulator:
            if not is_written(f"{emulator.url}\n"):
                return 2
            reported_to_end.wait()
    except OSError as error:
        address = f"{options.host}, port {options.port}"
        why = (error.strerror or str(error)).partition(" (")[0].lower()
        print(f"error: cannot serve on {address}: {why}.", file=sys.stderr)  # noqa: T201  # a program's output
        return 2
    for unexpected in emulator.unexpected:
        print(f"unexpected: {unexpected.reason}", file=sys.stderr)  # noqa: T201  # a program's output
    return 0


def print_request(request: LoggedRequest) -> None:
    """Print what was asked and answered, without anything secret."""
    at = datetime.fromtimestamp(request.time).astimezone().strftime("%H:%M:%S")
    asked = [request.action or request.method, request.job_id or ""]
    answered = [str(request.status or "no answer"), request.code or ""]
    fault = f"(fault: {request.fault})" if request.fault else ""
    print(*filter(None, [at, *asked, *answered, fault]), file=sys.stderr, flush=True)  # noqa: T201  # a program's output


def is_written(text: str) -> bool:
    """Write to stdout, at once; say why, if that cannot be done."""
    if sys.stdout is None:
        why = "it is closed"
    else:
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            # What is left in the buffer would be tried again at the end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        else:
            return True
    print(f"error: stdout: cannot be written: {why}.", file=sys.stderr)  # noqa: T201  # a program's output
    return False


def program() -> int:
    """Run as a process; returns the exit code."""
    try:
        code = main()
    except SystemExit as ended:
        code = int(ended.code or 0)
    # Help is written, but not yet where it belongs.
    return code if is_written("") else code or 2


if __name__ == "__main__":
    sys.exit(program())
