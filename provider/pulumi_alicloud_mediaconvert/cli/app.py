"""The command line: commands, their help, exit codes. Needs the extra `cli`.

What a command works with is imported when it runs, so that help and completion are
quick.
"""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any

import typer

from pulumi_alicloud_mediaconvert.cli.colours import is_terminal
from pulumi_alicloud_mediaconvert.cli.debugging import PACKAGE
from pulumi_alicloud_mediaconvert.cli.exit_codes import EXPLAINED
from pulumi_alicloud_mediaconvert.cli.help import GroupedCommand, help_settings
from pulumi_alicloud_mediaconvert.cli.options import (
    AsRequested,
    Debug,
    Endpoint,
    Expect,
    Form,
    Init,
    Jobs,
    JobsFile,
    NotFoundGrace,
    NoWait,
    Output,
    PollMax,
    PollMin,
    Profile,
    QueueTimeout,
    Quiet,
    Raw,
    Region,
    SchemaPath,
    StallTimeout,
    Subjects,
    Timeout,
)
from pulumi_alicloud_mediaconvert.cli.results import Results
from pulumi_alicloud_mediaconvert.cli.running import run
from pulumi_alicloud_mediaconvert.cli.schema_file import (
    existing_schema_path,
    schema_text,
)
from pulumi_alicloud_mediaconvert.cli.streams import write
from pulumi_alicloud_mediaconvert.errors import ConfigurationError

ENVIRONMENT = """\
If you leave out an option, its value comes from the environment variables of Alibaba
Cloud's own tools, such as ALIBABA_CLOUD_REGION_ID, ALIBABA_CLOUD_ACCESS_KEY_ID,
ALIBABA_CLOUD_ACCESS_KEY_SECRET and ALIBABA_CLOUD_ICE_ENDPOINT, or from their profile
files.
"""
# Click keeps the lines of a paragraph that begins so.
CODES = "\n".join(
    ["\b", "Exit codes:", *(f"{code:>5}  {what}" for code, what in EXPLAINED.items())]
)
READ_CODES = "Exit code 0 if all jobs were read, however they ended; 4 if not."
# Commands that read jobs.
WITH_DEBUG = ("get", "wait", "verify")
AS_IT_IS = {"ignore_unknown_options": True, "help_option_names": []}
# What Click raises when something wrong was typed; it has no public name.
USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[1]

app = typer.Typer(
    name="pulumi-mediaconvert",
    help="Read, wait for and verify transcoding jobs of Alibaba Cloud IMS, as"
    " `pulumi up` does, but without Pulumi.",
    epilog=CODES,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings=help_settings(is_terminal=is_terminal(sys.stdout)),
)


def _print_version(is_asked: bool) -> None:  # noqa: FBT001  # as typer calls it
    if is_asked:
        write(f"{metadata.version(PACKAGE)}\n")
        raise typer.Exit


@app.callback()
def before_a_command(
    context: typer.Context,
    *,
    version: Annotated[  # noqa: ARG001  # its callback does the work
        bool,
        typer.Option(
            "--version",
            "-V",
            callback=_print_version,
            is_eager=True,
            help="Print the version and exit.",
        ),
    ] = False,
    debug: Debug = False,
) -> None:
    """Take the options that stand before a command."""
    if debug:
        # Becomes the default of the commands that take it.
        context.default_map = {name: {"debug": True} for name in WITH_DEBUG}


@app.command(cls=GroupedCommand, epilog=f"{ENVIRONMENT}\n{READ_CODES}")
def get(  # noqa: PLR0913  # options
    jobs: Jobs = None,
    *,
    jobs_file: JobsFile = None,
    raw: Raw = False,
    region: Region = None,
    endpoint: Endpoint = None,
    profile: Profile = None,
    form: Form = "table",
    output: Output = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Read jobs once and print what is known about them, without a verdict."""
    from pulumi_alicloud_mediaconvert.cli import commands  # noqa: PLC0415  # slow to import
    from pulumi_alicloud_mediaconvert.cli.asked import Asked  # noqa: PLC0415  # slow to import
    from pulumi_alicloud_mediaconvert.cli.jobs import Target  # noqa: PLC0415  # slow to import

    asked = Asked(jobs or (), name_in(jobs_file))
    target = Target(region=region, endpoint=endpoint, profile=profile)
    results = Results(form, output, quiet=quiet)
    run(lambda: commands.get(asked, target, results, raw=raw), debug=debug)


@app.command(cls=GroupedCommand, epilog=f"{ENVIRONMENT}\n{CODES}")
def wait(  # noqa: PLR0913  # options
    jobs: Jobs = None,
    *,
    jobs_file: JobsFile = None,
    region: Region = None,
    endpoint: Endpoint = None,
    profile: Profile = None,
    timeout: Timeout = None,
    queue_timeout: QueueTimeout = None,
    stall_timeout: StallTimeout = None,
    not_found_grace: NotFoundGrace = None,
    poll_min: PollMin = None,
    poll_max: PollMax = None,
    form: Form = "table",
    output: Output = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Wait until jobs have ended. They pass if all their outputs succeeded."""
    from pulumi_alicloud_mediaconvert.cli import commands  # noqa: PLC0415  # slow to import
    from pulumi_alicloud_mediaconvert.cli.asked import Asked  # noqa: PLC0415  # slow to import
    from pulumi_alicloud_mediaconvert.cli.jobs import Target  # noqa: PLC0415  # slow to import

    asked = Asked(jobs or (), name_in(jobs_file))
    target = Target(region=region, endpoint=endpoint, profile=profile)
    limits = typed(
        timeout=timeout,
        queue_timeout=queue_timeout,
        stall_timeout=stall_timeout,
        not_found_grace=not_found_grace,
        poll_min=poll_min,
        poll_max=poll_max,
    )
    results = Results(form, output, quiet=quiet)
    run(lambda: commands.verify(asked, target, limits, results), debug=debug)


@app.command(cls=GroupedCommand, epilog=f"{ENVIRONMENT}\n{CODES}")
def verify(  # noqa: PLR0913  # options
    subjects: Subjects = None,
    *,
    jobs_file: JobsFile = None,
    expect: Expect = None,
    as_requested: AsRequested = False,
    init: Init = False,
    no_wait: NoWait = False,
    region: Region = None,
    endpoint: Endpoint = None,
    profile: Profile = None,
    timeout: Timeout = None,
    queue_timeout: QueueTimeout = None,
    stall_timeout: StallTimeout = None,
    not_found_grace: NotFoundGrace = None,
    poll_min: PollMin = None,
    poll_max: PollMax = None,
    form: Form = "table",
    output: Output = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Verify what jobs delivered, once they have ended."""
    from pulumi_alicloud_mediaconvert.cli import commands  # noqa: PLC0415  # slow to import
    from pulumi_alicloud_mediaconvert.cli.asked import Asked  # noqa: PLC0415  # slow to import
    from pulumi_alicloud_mediaconvert.cli.jobs import Target  # noqa: PLC0415  # slow to import

    asked = Asked(subjects or (), name_in(jobs_file))
    target = Target(region=region, endpoint=endpoint, profile=profile)
    limits = typed(
        timeout=timeout,
        queue_timeout=queue_timeout,
        stall_timeout=stall_timeout,
        not_found_grace=not_found_grace,
        poll_min=poll_min,
        poll_max=poll_max,
    )
    results = Results(form, output, quiet=quiet)

    def work() -> int:
        expect_file = name_in(expect)
        asked.check(expect=expect_file)
        if no_wait and limits:
            raise ConfigurationError(
                "--no-wait cannot be combined with limits of the wait."
            )
        waiting = False if no_wait else limits
        if init:
            if expect or as_requested:
                raise ConfigurationError(
                    "--init writes expectations: leave out --expect and --as-requested."
                )
            return commands.init(asked, target, waiting, results)
        constraint = commands.constraint_from(expect_file, as_requested=as_requested)
        return commands.verify(asked, target, waiting, results, constraint)

    run(work, debug=debug)


@app.command(cls=GroupedCommand)
def schema(*, path: SchemaPath = False, output: Output = None) -> None:
    """Print the JSON Schema of expectations, for editors."""

    def work() -> int:
        text = f"{existing_schema_path()}\n" if path else schema_text()
        Results(file=output, quiet=True).write(text)
        return 0

    run(work)


@app.command(cls=GroupedCommand, context_settings=AS_IT_IS, add_help_option=False)
def emulator(
    arguments: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[OPTIONS]", help="See `pulumi-mediaconvert emulator --help`."
        ),
    ] = None,
) -> None:
    """Serve the API on this machine with scripted jobs, to try it out."""

    def work() -> int:
        try:
            from pulumi_alicloud_mediaconvert.emulator import (  # noqa: PLC0415  # needs an extra
                __main__ as program,
            )
        except ImportError as error:
            raise ConfigurationError(str(error)) from None
        return program.main(arguments or [], name="pulumi-mediaconvert emulator")

    run(work)


def typed(**limits: str | None) -> dict[str, Any]:
    """Return the limits that were typed."""
    return {name: value for name, value in limits.items() if value is not None}


def name_in(file: Path | None) -> str | None:
    """Return the name of a file that was typed, if one was."""
    return None if file is None else str(file)
