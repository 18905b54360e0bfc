"""The command line: what is typed, and what the shell is told. Needs the extra `cli`.

What a command works with is imported when it runs, so that help and completion are
quick.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import metadata, resources
from typing import Annotated, Any, NoReturn

import typer

from pulumi_alicloud_mediaconvert.cli.exit_codes import (
    EXPLAINED,
    INTERRUPTED,
    WRONG_USAGE,
)
from pulumi_alicloud_mediaconvert.cli.options import (
    AsRequested,
    Endpoint,
    Expect,
    Form,
    Init,
    Jobs,
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
    StallTimeout,
    Subjects,
    Timeout,
)
from pulumi_alicloud_mediaconvert.cli.results import Results, say
from pulumi_alicloud_mediaconvert.errors import ConfigurationError

PACKAGE = "pulumi-alicloud-mediaconvert"
SCHEMA_FILE = "expectations.schema.json"
CODES = "; ".join(f"{code}: {meaning}" for code, meaning in EXPLAINED.items())
ENVIRONMENT = (
    "Region, endpoint and credentials come from the options, else from the environment:"
    " ALIBABA_CLOUD_REGION_ID, ALIBABA_CLOUD_ICE_ENDPOINT, ALIBABA_CLOUD_ACCESS_KEY_ID"
    " and ALIBABA_CLOUD_ACCESS_KEY_SECRET, and all else that Alibaba Cloud's own tools"
    " read."
)
AS_IT_IS = {"ignore_unknown_options": True, "help_option_names": []}

app = typer.Typer(
    name="pulumi-mediaconvert",
    help="Look at transcoding jobs of Alibaba Cloud IMS, wait for them, and verify what"
    " they delivered: what `pulumi up` does, without Pulumi.",
    epilog=f"Exit codes: {CODES}.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def run(work: Callable[[], int]) -> NoReturn:
    """Do the work of a command and end with its exit code, never with a traceback."""
    try:
        code = work()
    except ConfigurationError as error:
        from pulumi_alicloud_mediaconvert.cli.command_messages import COMMAND_LINE  # noqa: PLC0415  # slow to import

        for line in COMMAND_LINE.lines(error):
            say(f"error: {line}")
        code = WRONG_USAGE
    except KeyboardInterrupt:
        say("interrupted: nothing was changed, the jobs go on.")
        code = INTERRUPTED
    raise typer.Exit(code)


def _print_version(is_asked: bool) -> None:  # noqa: FBT001  # as typer calls it
    if is_asked:
        Results().write(f"{metadata.version(PACKAGE)}\n")
        raise typer.Exit


@app.callback()
def before_a_command(
    *,
    version: Annotated[  # its callback does the work
        bool,
        typer.Option(
            "--version",
            callback=_print_version,
            is_eager=True,
            help="Print the version and end.",
        ),
    ] = False,
) -> None:
    """Take the options that stand before a command."""


@app.command(epilog=f"{ENVIRONMENT} Exit code 0 for whatever could be read.")
def get(  # noqa: PLR0913  # options
    jobs: Jobs,
    *,
    raw: Raw = False,
    region: Region = None,
    endpoint: Endpoint = None,
    profile: Profile = None,
    form: Form = "table",
    output: Output = None,
    quiet: Quiet = False,
) -> None:
    """Look at jobs once and print what is known of them; without a verdict."""
    from pulumi_alicloud_mediaconvert.cli import commands  # noqa: PLC0415  # slow to import
    from pulumi_alicloud_mediaconvert.cli.jobs import Target  # noqa: PLC0415  # slow to import

    target = Target(region=region, endpoint=endpoint, profile=profile)
    results = Results(form, output, quiet=quiet)
    run(lambda: commands.get(jobs, target, results, raw=raw))


@app.command(epilog=f"{ENVIRONMENT} Exit codes: {CODES}.")
def wait(  # noqa: PLR0913  # options
    jobs: Jobs,
    *,
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
) -> None:
    """Wait until jobs have ended; passed if they and all their outputs succeeded."""
    from pulumi_alicloud_mediaconvert.cli import commands  # noqa: PLC0415  # slow to import
    from pulumi_alicloud_mediaconvert.cli.jobs import Target  # noqa: PLC0415  # slow to import

    target = Target(region=region, endpoint=endpoint, profile=profile)
    limits = stated(
        timeout=timeout,
        queue_timeout=queue_timeout,
        stall_timeout=stall_timeout,
        not_found_grace=not_found_grace,
        poll_min=poll_min,
        poll_max=poll_max,
    )
    results = Results(form, output, quiet=quiet)
    run(lambda: commands.verify(jobs, target, limits, results))


@app.command(epilog=f"{ENVIRONMENT} Exit codes: {CODES}.")
def verify(  # noqa: PLR0913  # options
    subjects: Subjects,
    *,
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
) -> None:
    """Verify what jobs delivered; a job that still runs is waited for."""
    from pulumi_alicloud_mediaconvert.cli import commands  # noqa: PLC0415  # slow to import
    from pulumi_alicloud_mediaconvert.cli.jobs import Target  # noqa: PLC0415  # slow to import

    target = Target(region=region, endpoint=endpoint, profile=profile)
    limits = stated(
        timeout=timeout,
        queue_timeout=queue_timeout,
        stall_timeout=stall_timeout,
        not_found_grace=not_found_grace,
        poll_min=poll_min,
        poll_max=poll_max,
    )
    results = Results(form, output, quiet=quiet)

    def work() -> int:
        if no_wait and limits:
            raise ConfigurationError("--no-wait: has no limits of waiting beside it.")
        waiting = False if no_wait else limits
        if init:
            if expect or as_requested:
                raise ConfigurationError("--init: makes what --expect takes.")
            return commands.init(subjects, target, waiting, results)
        constraint = commands.demanded(expect, as_requested=as_requested)
        return commands.verify(subjects, target, waiting, results, constraint)

    run(work)


@app.command()
def schema(output: Output = None) -> None:
    """Print the JSON Schema of expectations, by which editors complete them."""
    text = (
        resources.files("pulumi_alicloud_mediaconvert")
        .joinpath(SCHEMA_FILE)
        .read_text("utf-8")
    )

    def work() -> int:
        Results(file=output, quiet=True).write(text)
        return 0

    run(work)


@app.command(context_settings=AS_IT_IS, add_help_option=False)
def emulator(
    arguments: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[OPTIONS]", help="See `pulumi-mediaconvert emulator --help`."
        ),
    ] = None,
) -> None:
    """Serve the API on this machine, with scripted jobs and faults, to try it out."""

    def work() -> int:
        try:
            from pulumi_alicloud_mediaconvert.emulator import (  # noqa: PLC0415  # needs an extra
                __main__ as program,
            )
        except ImportError as error:
            raise ConfigurationError(str(error)) from None
        return program.main(arguments or [], name="pulumi-mediaconvert emulator")

    run(work)


def stated(**limits: str | None) -> dict[str, Any]:
    """Return the limits that were typed."""
    return {name: value for name, value in limits.items() if value is not None}
