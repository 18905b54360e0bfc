"""Reports as Markdown of GitHub's kind, for a comment on a pull request. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate

from pulumi_alicloud_mediaconvert.cli.reports.parts import (
    COLUMNS,
    cells_of,
    ended_with_job,
    met_of,
    origin_of,
    other_causes,
    rank_of,
    skipped_of,
    summary_of,
    unread_line,
)
from pulumi_alicloud_mediaconvert.text import MAX_NAMES, counted, in_one_line
from pulumi_alicloud_mediaconvert.verification.causes import Cause
from pulumi_alicloud_mediaconvert.verification.render import Check, remark_on
from pulumi_alicloud_mediaconvert.verification.report import Report, headline

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
        reports: one for each job; what needs attention comes first.
        region: of all the jobs, for their names.
        unread: why there is no report of a job, by its ID; these stand first.
    """
    reports = sorted(reports, key=rank_of, reverse=True)
    count = len(reports) + len(unread)
    parts = [summary_of(reports, len(unread))] if count > 1 else []
    parts += _unread(unread, region)
    share = max(MAX_COMMENT // max(len(reports), 1), MIN_SECTION)
    room = MAX_COMMENT - sum(map(len, parts))
    sections: list[str] = []
    for place, report in enumerate(reports):
        section = _section(report, region, share)
        room -= len(section) + 2
        if room < 0:
            sections.append(f"… and {_left_out(reports[place:])}")
            break
        sections.append(section)
    parts += _with_met(sections, reports, room)
    return "".join(f"{line}\n" for line in "\n\n".join(parts).split("\n") if parts)


def _left_out(reports: Sequence[Report]) -> str:
    """Count jobs by their verdicts: `12 more jobs: 10 passed, 2 failed`."""
    verdicts = Counter(report.verdict for report in reports)
    counts = ", ".join(f"{count:,} {one}" for one, count in verdicts.items())
    return f"{counted(len(reports), 'more job')}: {counts}"


def _with_met(
    sections: Sequence[str], reports: Sequence[Report], room: int
) -> list[str]:
    """Add to sections what is met, where all that is wrong has left room for it."""
    if len(sections) > len(reports) or room < 0:
        return [*sections]
    extended = []
    for place, (section, report) in enumerate(zip(sections, reports, strict=True)):
        met = _met(report, room // (len(reports) - place))
        room -= len(met)
        extended.append(section + met)
    return extended


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
    for said in filter(None, [origin_of(report), *ended_with_job(report)]):
        lines += ["", _prose(said)]
    room -= sum(len(line) + 1 for line in lines) + FRAME
    if found := other_causes(report):
        rows, _ = _fitting([_table_row(one) for one in found], room)
        left = sum(len(one.found) for one in found[len(rows) :])
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
        lines += _folded(summary, [f"- {_prose(check)}" for check in checks], room)
    return "\n".join(lines)


def _met(report: Report, room: int) -> str:
    summary, met = met_of(report)
    entries = [_entry(check) for check in met]
    if not entries or room < FRAME + len(entries[0]):
        return ""
    return "\n".join(["", *_folded(summary, entries, room - FRAME)])


def _folded(summary: str, entries: Sequence[str], room: int) -> list[str]:
    """Write entries that a reader unfolds, as many as there is room for."""
    shown, left = _fitting(entries, room)
    shown += [f"- … and {left:,} more"] if left else []
    head = ["", "<details>", f"<summary>{summary}</summary>", ""]
    return [*head, *shown, "", "</details>"]


def _entry(check: Check) -> str:
    path, expected, actual, _ = cells_of(check)
    return f"- {_code(path)}: expected {_code(expected)}, got {_code(actual)}"


def _fitting(lines: Sequence[str], room: int) -> tuple[list[str], int]:
    """Return the first lines that have room, and how many there are beyond."""
    ends = accumulate(len(line) + 1 for line in lines)
    shown = [line for line, end in zip(lines, ends, strict=True) if end <= room]
    return shown, len(lines) - len(shown)


def _table_row(cause: Cause) -> str:
    finding, mismatch = cause.found[0]
    _, expected, actual, verdict = cells_of(mismatch)
    remark = _prose(in_one_line(remark_on(finding)))
    seen = _code(actual) + (f"<br>{remark}" if remark else "")
    places = [_code(cells_of(one)[0]) for _, one in cause.found[:MAX_NAMES]]
    if (left := len(cause.found) - len(places)) > 0:
        places.append(f"and {left:,} more")
    return f"| {'<br>'.join(places)} | {_code(expected)} | {seen} | {verdict} |"


def _code(text: str) -> str:
    """Write a code span, which mentions no one and links nothing."""
    if any(mark in text for mark in "`|\\"):
        return f"<code>{text.translate(ENTITIES)}</code>"
    return f"`{text}`" if text else ""


def _prose(text: str) -> str:
    return text.translate(INERT)
