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

The first line on stdout is the URL, printed as soon as the emulator responds.
Point the provider at it with `pulumi config set mediaconvert:endpoint URL` or
with ALIBABA_CLOUD_ICE_ENDPOINT. A line with a URL follows for each region that
JOBS.yaml names: at that URL, jobs of other regions are unknown. The first URL
serves the jobs of all regions. Signatures are verified.
"""
EPILOG = f"""\
scripts:
{fill(", ".join(scripts.BY_NAME), break_on_hyphens=False)}
SECONDS is how long the job runs, from the first read, before it ends (for
appears-late: how long it is unknown).

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
        argparse.ArgumentTypeError: The problem.
    """
    if not text.isdecimal() or int(text) > MAX_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: 0 to {MAX_PORT}")
    return int(text)


def parse_job(text: str) -> tuple[str, Script]:
    """Read ID=SCRIPT[:SECONDS].

    Raises:
        argparse.ArgumentTypeError: The problem.
    """
    job_id, _, rest = text.partition("=")
    name, _, seconds = rest.partition(":")
    if not job_id or name not in scripts.BY_NAME:
        raise argparse.ArgumentTypeError(
            f"{text!r}: expected ID=SCRIPT[:SECONDS], where SCRIPT is one of "
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
    """Parse the command line; exit with 2 and one line if it is invalid."""
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
        " http only for 127.0.0.1, localhost and [::1]",
    )
    parser.add_argument(
        "--port",
        type=parse_port,
        default=0,
        help="port to listen on; 0, the default, selects a free one. The URLs of"
        " regions have the next ports",
    )
    parser.add_argument(
        "--log-requests",
        action="store_true",
        help="print a line for each request on stderr: time, action, job, HTTP status",
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
        help="add a job; may be repeated",
    )
    parser.add_argument(
        "--file",
        type=Path,
        action="append",
        default=[],
        metavar="JOBS.yaml",
        help="add the jobs and faults of a YAML file; may be repeated",
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
        arguments: Arguments of the command line. Default: those of the process.
        name: Name of the program, for its help.
    """
    options = parse_arguments(arguments, name)
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stopped.set())
    emulator = Emulator(
        access_key_id=options.access_key_id,
        access_key_secret=options.access_key_secret,
        host=options.host,
        port=options.port,
        on_request=print_request if options.log_requests else lambda _: None,
    )
    for job_id, script in options.job:
        emulator.add_job(job_id, script)
    regions: list[str] = []
    try:
        for file in options.file:
            regions += load_file(file, emulator)
    except ValueError as error:
        print(f"error: {error}", file=sys.stderr)  # noqa: T201  # a program's output
        return 2
    # Without a stdout, a socket would be opened by its number.
    if sys.stdout is None and not is_written(""):
        return 2
    try:
        with emulator:
            if not is_written(addresses(emulator, regions)):
                return 2
            stopped.wait()
    except (OSError, OverflowError) as error:
        address = f"{options.host}, port {options.port}"
        if options.port and regions:
            last = options.port + len({*regions})
            address = f"{options.host}, ports {options.port} to {last}"
        why = getattr(error, "strerror", None) or str(error)
        why = why.partition(" (while")[0].rstrip(".").lower()
        print(f"error: cannot serve on {address}: {why}.", file=sys.stderr)  # noqa: T201  # a program's output
        return 2
    for unexpected in emulator.unexpected:
        print(f"unexpected: {unexpected.reason}", file=sys.stderr)  # noqa: T201  # a program's output
    return 0


def addresses(emulator: Emulator, regions: Sequence[str]) -> str:
    """Return the URL of all regions, then each region with its own URL, as lines."""
    named = [f"{region} {emulator.endpoint_of(region)}\n" for region in regions]
    return "".join([f"{emulator.url}\n", *dict.fromkeys(named)])


def print_request(request: LoggedRequest) -> None:
    """Print a request and the status of its response, without secrets."""
    at = datetime.fromtimestamp(request.time).astimezone().strftime("%H:%M:%S")
    asked = [request.action or request.method, request.job_id or ""]
    answered = [str(request.status or "no response"), request.code or ""]
    fault = f"(fault: {request.fault})" if request.fault else ""
    print(*filter(None, [at, *asked, *answered, fault]), file=sys.stderr, flush=True)  # noqa: T201  # a program's output


def is_written(text: str) -> bool:
    """Write to stdout and flush; print the reason on stderr if that fails."""
    if sys.stdout is None:
        why = "it is closed"
    else:
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            # Python would write the rest of the buffer again at exit.
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
    # Help may still be in the buffer.
    return code if is_written("") else code or 2


if __name__ == "__main__":
    sys.exit(program())
