"""Arguments and options of the command line, each with its help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from pulumi_alicloud_mediaconvert.cli.reports.renderings import Format
from pulumi_alicloud_mediaconvert.text import short_duration
from pulumi_alicloud_mediaconvert.waiting.wait_limits import DEFAULTS

WHERE = "Where the jobs are"
LIMITS = "Limits of waiting"
RESULTS = "Results"

Jobs = Annotated[
    list[str], typer.Argument(metavar="JOB", help="IDs of jobs.", show_default=False)
]
Subjects = Annotated[
    list[str],
    typer.Argument(
        metavar="JOB|FILE.json",
        help="IDs of jobs; or stored answers of GetMediaConvertJob, which need neither"
        " network nor credentials: names with .json or a slash, or - for stdin.",
        show_default=False,
    ),
]
Region = Annotated[
    str | None,
    typer.Option(help="Region, such as cn-shanghai.", rich_help_panel=WHERE),
]
Endpoint = Annotated[
    str | None,
    typer.Option(help="https://HOST[:PORT] of the API.", rich_help_panel=WHERE),
]
Profile = Annotated[
    str | None,
    typer.Option(help="Profile of the aliyun CLI.", rich_help_panel=WHERE),
]


def _limit(text: str) -> Any:  # noqa: ANN401  # an option of typer's
    return typer.Option(metavar="DURATION", help=text, rich_help_panel=LIMITS)


Timeout = Annotated[
    str | None,
    _limit(
        "Whole wait: 90s, 1h30m or seconds;"
        f" {short_duration(DEFAULTS.timeout)} by default."
    ),
]
QueueTimeout = Annotated[str | None, _limit("Longest time in Inited; none by default.")]
StallTimeout = Annotated[
    str | None,
    _limit("Longest time in Running without a change of percent; none by default."),
]
NotFoundGrace = Annotated[
    str | None,
    _limit(
        "How long a job may be unknown;"
        f" {short_duration(DEFAULTS.not_found_grace)} by default."
    ),
]
PollMin = Annotated[
    str | None,
    _limit(
        f"Shortest time between polls; {short_duration(DEFAULTS.poll_min)} by default."
    ),
]
PollMax = Annotated[
    str | None,
    _limit(
        f"Longest time between polls; {short_duration(DEFAULTS.poll_max)} by default."
    ),
]
Form = Annotated[
    Format, typer.Option("--format", help="Of the results.", rich_help_panel=RESULTS)
]
# What most commands call it.
STDOUT = Path("-")
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        help="File for the results; `-` for stdout.",
        callback=lambda file: None if file == STDOUT else file,
        rich_help_panel=RESULTS,
    ),
]
Quiet = Annotated[
    bool,
    typer.Option(
        "--quiet",
        "-q",
        help="No progress and no messages on stderr, except errors.",
        rich_help_panel=RESULTS,
    ),
]
Expect = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Expectations in YAML or JSON; without, success of all parts.",
    ),
]
AsRequested = Annotated[
    bool,
    typer.Option(
        "--as-requested", help="Expect what the job's own request states, too."
    ),
]
Init = Annotated[
    bool,
    typer.Option(
        "--init",
        help="Print expectations to begin with: what a good job has delivered.",
    ),
]
Raw = Annotated[
    bool,
    typer.Option(
        "--raw",
        help="The answer as JSON, to be stored and verified later; of one job.",
        rich_help_panel=RESULTS,
    ),
]
NoWait = Annotated[
    bool,
    typer.Option("--no-wait", help="Look once, never wait.", rich_help_panel=LIMITS),
]
