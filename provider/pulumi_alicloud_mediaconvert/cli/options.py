"""Arguments and options of the command line, each with its help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, get_args

import typer

from pulumi_alicloud_mediaconvert.cli.help import RESULTS, WAITING, WHERE
from pulumi_alicloud_mediaconvert.cli.reports.renderings import Format
from pulumi_alicloud_mediaconvert.text import short_duration
from pulumi_alicloud_mediaconvert.waiting.wait_limits import DEFAULTS

FORMATS: tuple[Format, ...] = get_args(Format)

Jobs = Annotated[
    list[str] | None,
    typer.Argument(metavar="JOB...", help="Job IDs.", show_default=False),
]
Subjects = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="JOB|FILE.json...",
        help="Job IDs, or files with stored responses of GetMediaConvertJob, which need"
        " no network and no credentials. A name that ends in .json or contains a slash"
        " is a file; - is stdin.",
        show_default=False,
    ),
]
JobsFile = Annotated[
    Path | None,
    typer.Option(
        "--jobs",
        metavar="FILE",
        help="Read more job IDs from a file, one per line, or from the column job_id of"
        " a CSV file; - is stdin. Blank lines and # comments are skipped.",
    ),
]
Region = Annotated[
    str | None,
    typer.Option(
        metavar="REGION",
        help="Region of the jobs, such as cn-shanghai.",
        rich_help_panel=WHERE,
    ),
]
Endpoint = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="Endpoint of the API, as https://HOST[:PORT]; by default the endpoint of"
        " the region.",
        rich_help_panel=WHERE,
    ),
]
Profile = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Profile of the aliyun CLI to take credentials from.",
        rich_help_panel=WHERE,
    ),
]


def _limit(text: str) -> Any:  # noqa: ANN401  # an option of typer's
    return typer.Option(metavar="DURATION", help=text, rich_help_panel=WAITING)


Timeout = Annotated[
    str | None,
    _limit(
        "Longest time to wait: 90s, 1h30m, or a number of seconds;"
        f" {short_duration(DEFAULTS.timeout)} by default."
    ),
]
QueueTimeout = Annotated[
    str | None,
    _limit("Longest time that a job may stay in state Inited; no limit by default."),
]
StallTimeout = Annotated[
    str | None,
    _limit(
        "Longest time that a job may stay in state Running at the same percent; no"
        " limit by default."
    ),
]
NotFoundGrace = Annotated[
    str | None,
    _limit(
        "How long to keep polling if the API does not find a new job;"
        f" {short_duration(DEFAULTS.not_found_grace)} by default."
    ),
]
PollMin = Annotated[
    str | None,
    _limit(
        "Shortest interval between polls;"
        f" {short_duration(DEFAULTS.poll_min)} by default."
    ),
]
PollMax = Annotated[
    str | None,
    _limit(
        "Longest interval between polls;"
        f" {short_duration(DEFAULTS.poll_max)} by default."
    ),
]


def _parsed_format(text: str) -> Format:
    found: Format | None = next((one for one in FORMATS if one == text), None)
    if found is None:
        raise typer.BadParameter(f"choose one of {', '.join(FORMATS)}.")
    return found


def _formats(typed: str) -> list[str]:
    """Complete what was typed."""
    return [one for one in FORMATS if one.startswith(typed)]


Form = Annotated[
    Format,
    typer.Option(
        "--format",
        metavar="FORMAT",
        parser=_parsed_format,
        autocompletion=_formats,
        help=f"Format of the results: {', '.join(FORMATS)}; table by default.",
        rich_help_panel=RESULTS,
    ),
]
# As most commands name it.
STDOUT = Path("-")
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write the results to a file; - is stdout.",
        callback=lambda file: None if file == STDOUT else file,
        rich_help_panel=RESULTS,
    ),
]
Quiet = Annotated[
    bool,
    typer.Option(
        "--quiet",
        "-q",
        help="Print only errors to stderr, no progress.",
        rich_help_panel=RESULTS,
    ),
]
Debug = Annotated[
    bool,
    typer.Option(
        "--debug",
        help="Log every request to stderr, without secrets; print a traceback if this"
        " program has a bug.",
        rich_help_panel=RESULTS,
    ),
]
Expect = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="File of expectations in YAML or JSON; - is stdin. Without it, the job and"
        " all its outputs must have succeeded.",
    ),
]
AsRequested = Annotated[
    bool,
    typer.Option(
        "--as-requested",
        help="Also check the outputs against the job's own request.",
    ),
]
Init = Annotated[
    bool,
    typer.Option(
        "--init",
        help="Print expectations made from what a good job has delivered; takes one"
        " job.",
    ),
]
Raw = Annotated[
    bool,
    typer.Option(
        "--raw",
        help="Print the API's response as JSON, to verify it later; takes one job.",
        rich_help_panel=RESULTS,
    ),
]
SchemaPath = Annotated[
    bool,
    typer.Option(
        "--path",
        help="Print the path of the schema file instead of the schema.",
        rich_help_panel=RESULTS,
    ),
]
NoWait = Annotated[
    bool,
    typer.Option(
        "--no-wait",
        help="Read each job once and do not wait until it has ended.",
        rich_help_panel=WAITING,
    ),
]
