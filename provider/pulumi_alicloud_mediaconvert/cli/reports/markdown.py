"""Reports as Markdown of GitHub's kind, for a comment on a pull request. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

from pulumi_alicloud_mediaconvert.cli.reports.parts import (
    COLUMNS,
    cells_of,
    origin_of,
    skipped_of,
    summary_of,
    unread_line,
)
from pulumi_alicloud_mediaconvert.text import counted, in_one_line
from pulumi_alicloud_mediaconvert.verification.findings import AnyFinding
from pulumi_alicloud_mediaconvert.verification.render import Mismatch, remark_on
from pulumi_alicloud_mediaconvert.verification.report import Report, headline, listed

# GitHub refuses a comment of more than 65,536 characters.
MAX_COMMENT = 59_000
MIN_SECTION = 2_000
# Leaves room for what could be read.
MAX_UNREAD = MAX_COMMENT // 2
# What a section needs besides its rows and entries.
FRAME = 400
# Written as entities: what Markdown, HTML or a table would take for its own.
ENTITIES = {ord(mark): f"&#{ord(mark)};" for mark in "&<>`*_[]~|\\$"}
# A mention notifies people, a number links an issue, unless something is between.
INERT = ENTITIES | {ord(mark): f"&#{ord(mark)};&#8203;" for mark in "@#"}


def markdown_of(
    reports: Sequence[Report], region: str | None, unread: Mapping[str, str]
) -> str:
    """Write fewer than 60,000 characters; what does not fit is counted.

    Args:
        reports: one for each job, the first ones first in what fits.
        region: of all the jobs, for their names.
        unread: why there is no report of a job, by its ID; these stand first.
    """
    count = len(reports) + len(unread)
    parts = [summary_of(reports, len(unread))] if count > 1 else []
    parts += _unread(unread, region)
    share = max(MAX_COMMENT // max(len(reports), 1), MIN_SECTION)
    room = MAX_COMMENT - sum(map(len, parts))
    for place, report in enumerate(reports):
        section = _section(report, region, share)
        room -= len(section) + 2
        if room < 0:
            parts.append(f"… and {counted(len(reports) - place, 'more job')}")
            break
        parts.append(section)
    return "".join(f"{line}\n" for line in "\n\n".join(parts).split("\n") if parts)


def _unread(unread: Mapping[str, str], region: str | None) -> list[str]:
    lines = [
        f"**{_prose(unread_line(job_id, region))}** {_prose(in_one_line(why))}"
        for job_id, why in unread.items()
    ]
    shown, left = _fitting(lines, MAX_UNREAD)
    return [*shown, *([f"… and {left:,} more"] if left else [])]


def _section(report: Report, region: str | None, room: int) -> str:
    head = f"**{report.verdict}** · {_prose(in_one_line(headline(report, region)))}"
    lines = [head]
    if origin := origin_of(report):
        lines += ["", origin]
    room -= len(head) + FRAME
    if found := listed(report):
        rows, left = _fitting([_table_row(*one) for one in found], room)
        room -= sum(len(row) + 1 for row in rows)
        lines += [
            "",
            f"| {' | '.join(COLUMNS)} |",
            "| --- " * len(COLUMNS) + "|",
            *rows,
        ]
        # Without the empty line it would be a row.
        lines += ["", f"… and {left:,} more"] if left else []
    summary, checks = skipped_of(report)
    if checks:
        shown, left = _fitting([f"- {_prose(check)}" for check in checks], room)
        shown += [f"- … and {left:,} more"] if left else []
        lines += ["", "<details>", f"<summary>{summary}</summary>", "", *shown]
        lines += ["", "</details>"]
    return "\n".join(lines)


def _fitting(lines: Sequence[str], room: int) -> tuple[list[str], int]:
    """Return the first lines that have room, and how many there are beyond."""
    ends = accumulate(len(line) + 1 for line in lines)
    shown = [line for line, end in zip(lines, ends, strict=True) if end <= room]
    return shown, len(lines) - len(shown)


def _table_row(finding: AnyFinding, mismatch: Mismatch) -> str:
    path, expected, actual, verdict = cells_of(mismatch)
    remark = _prose(in_one_line(remark_on(finding)))
    seen = _code(actual) + (f"<br>{remark}" if remark else "")
    return f"| {_code(path)} | {_code(expected)} | {seen} | {verdict} |"


def _code(text: str) -> str:
    """Write a code span, in which nobody is mentioned and nothing linked."""
    if any(mark in text for mark in "`|\\"):
        return f"<code>{text.translate(ENTITIES)}</code>"
    return f"`{text}`" if text else ""


def _prose(text: str) -> str:
    return text.translate(INERT)
