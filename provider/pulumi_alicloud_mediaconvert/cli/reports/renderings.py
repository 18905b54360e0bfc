"""Reports away from the engine: as a table, JSON, JUnit XML, Markdown or HTML. Pure."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from types import MappingProxyType
from typing import Any, Literal

from pulumi_alicloud_mediaconvert.cli.colours import Paint, uncoloured
from pulumi_alicloud_mediaconvert.cli.reports.junit import junit_of
from pulumi_alicloud_mediaconvert.cli.reports.markdown import markdown_of
from pulumi_alicloud_mediaconvert.cli.reports.parts import hint_for
from pulumi_alicloud_mediaconvert.cli.reports.tables import tables_of
from pulumi_alicloud_mediaconvert.errors import ConfigurationError
from pulumi_alicloud_mediaconvert.verification.report import Report
from pulumi_alicloud_mediaconvert.verification.report_facts import report_facts

Format = Literal["table", "json", "junit", "markdown", "html"]
NOTHING: Mapping[str, str] = MappingProxyType({})
# What is read first; the facts of the job follow.
FIRST_KEYS = (
    "job_id",
    "region",
    "verdict",
    "state",
    "code",
    "message",
    "hint",
    "mismatches",
    "skipped_checks",
    "facts_digest",
    "stale",
)
# Half of a pair: valid in Python and in JSON's escapes, but not in UTF-8.
SURROGATES = re.compile("[\ud800-\udfff]")


def render(  # noqa: PLR0913  # the last five have a default
    reports: Sequence[Report],
    format: Format,  # noqa: A002  # the word of the command line
    *,
    region: str | None = None,
    width: int | None = 80,
    is_list: bool = False,
    unread: Mapping[str, str] = NOTHING,
    paint: Paint = uncoloured,
) -> str:
    """Write reports as text that ends with a line end.

    Args:
        reports: one for each job, in the order in which they are to be read.
        format: `table` for a terminal; `json`, one object for one job, else a
            list; `junit`, one suite for each job, of at most 30,000 cases; `markdown`,
            fewer than 60,000 characters, for a comment on a pull request; `html`, one
            page for people.
        region: of all the jobs, for their names.
        width: of a table, in columns of a terminal; from 40 on it is kept, but for
            words that must stand whole, such as a job ID. `None`: nothing is wrapped.
        is_list: whether JSON is a list even of one report.
        unread: why there is no report of a job, by its ID. Each has its place, so
            that what is written never looks as if all of it were good: an error in
            `junit`, an object with `error` and no verdict in `json`.
        paint: colours a table by outcome.
    """
    if format == "table":
        return tables_of(reports, region, width, [*unread], paint)
    if format == "json":
        return _json(reports, region, unread, is_list=is_list)
    if format == "junit":
        return junit_of(reports, region, unread)
    if format == "html":
        return _html()(reports, region, unread)
    return markdown_of(reports, region, unread)


def check_installed(format: Format) -> None:  # noqa: A002  # as in `render`
    """See that a format can be written, before anything is waited for.

    Raises:
        ConfigurationError: a library is not installed.
    """
    if format != "html":
        return
    try:
        _html()
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"jinja2", "markupsafe"}:
            raise
        raise ConfigurationError(
            f"--format html: needs {error.name}, which is not installed: "
            'pip install "pulumi-alicloud-mediaconvert[cli]"'
        ) from None


def _html() -> Callable[[Sequence[Report], str | None, Mapping[str, str]], str]:
    from pulumi_alicloud_mediaconvert.cli.reports.html import html_of  # noqa: PLC0415  # slow to import

    return html_of


def _json(
    reports: Sequence[Report],
    region: str | None,
    unread: Mapping[str, str],
    *,
    is_list: bool,
) -> str:
    # One at a time: the objects of thousands take much more memory than their texts.
    texts = [_json_text(_json_object(report, region)) for report in reports]
    texts += [
        _json_text({"job_id": job_id, "region": region, "verdict": None, "error": why})
        for job_id, why in unread.items()
    ]
    if len(texts) == 1 and not is_list:
        return f"{texts[0]}\n"
    entries = ",\n".join(text.replace("\n", "\n  ") for text in texts)
    return f"[\n  {entries}\n]\n" if texts else "[]\n"


def _json_text(value: dict[str, Any]) -> str:
    """Write an object, in which strings have no line ends of their own."""
    text = json.dumps(_finite(value), ensure_ascii=False, indent=2, allow_nan=False)
    return SURROGATES.sub(lambda half: f"\\u{ord(half[0]):04x}", text)


def _json_object(report: Report, region: str | None) -> dict[str, Any]:
    hint = hint_for(report)
    facts = report_facts(report) | {
        "job_id": report.job.job_id,
        "region": region,
        "hint": asdict(hint) if hint else None,
    }
    first = {key: facts[key] for key in FIRST_KEYS if facts.get(key) is not None}
    return first | {key: facts[key] for key in facts if key not in FIRST_KEYS}


def _finite(value: Any) -> Any:  # noqa: ANN401  # any JSON
    """Replace what Python's reader of JSON lets in, but JSON does not know."""
    if isinstance(value, dict):
        return {key: _finite(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_finite(entry) for entry in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
