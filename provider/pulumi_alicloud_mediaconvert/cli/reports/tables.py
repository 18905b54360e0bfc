"""Reports as tables for a terminal, wrapped to its width. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from rich.cells import cell_len

from pulumi_alicloud_mediaconvert.cli.reports.parts import (
    COLUMNS,
    cells_of,
    origin_of,
    skipped_of,
    summary_of,
    unread_line,
)
from pulumi_alicloud_mediaconvert.text import in_one_line
from pulumi_alicloud_mediaconvert.verification.findings import AnyFinding
from pulumi_alicloud_mediaconvert.verification.render import Mismatch, remark_on
from pulumi_alicloud_mediaconvert.verification.report import Report, headline, listed

GAP = "  "
NARROWEST = 40
AT_BLANKS = re.compile("(?= )")
AT_STEPS = re.compile(r"(?=[.\[ ])")


def tables_of(
    reports: Sequence[Report], region: str | None, width: int, unread: Sequence[str]
) -> str:
    """Write a table for each report, and a summary below several.

    Args:
        reports: one for each job.
        region: of all the jobs, for their names.
        width: of the terminal in columns, taken as 40 if it is less; kept but for
            the headline's words and the summary, which stand whole.
        unread: IDs of jobs that could not be read; why, is told elsewhere.
    """
    room = max(width, NARROWEST)
    parts = ["\n".join(_table(report, region, room)) for report in reports]
    parts += [unread_line(job_id, region) for job_id in unread]
    if len(parts) > 1:
        parts.append(summary_of(reports, len(unread)))
    return "".join(f"{part}\n" for part in "\n\n".join(parts).splitlines())


def _table(report: Report, region: str | None, width: int) -> list[str]:
    lines = _wrapped(in_one_line(headline(report, region)), width, whole_words=True)
    if origin := origin_of(report):
        lines.append(origin)
    if found := listed(report):
        lines += ["", *_grid(found, width)]
    summary, checks = skipped_of(report)
    if checks:
        lines += ["", f"{summary}:"]
        for check in checks:
            lines += _indented(f"- {check}", width)
    return lines


def _grid(found: Sequence[tuple[AnyFinding, Mismatch]], width: int) -> list[str]:
    rows = [cells_of(mismatch) for _, mismatch in found]
    widths = _widths(COLUMNS, rows, width)
    lines = _head(COLUMNS, widths)
    for (finding, _), row in zip(found, rows, strict=True):
        lines += _row(row, widths)
        if remark := in_one_line(remark_on(finding)):
            lines += _indented(remark, width)
    return lines


def grid(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> str:
    """Write rows of cells below the names of their columns.

    Args:
        columns: their names.
        rows: a printable text for each column.
        width: of the terminal in columns, taken as 40 if it is less.
    """
    widths = _widths(columns, rows, max(width, NARROWEST))
    lines = [*_head(columns, widths)]
    for row in rows:
        lines += _row(row, widths)
    return "".join(f"{line}\n" for line in lines)


def _widths(
    columns: Sequence[str], rows: Sequence[Sequence[str]], width: int
) -> list[int]:
    natural = [
        max(map(cell_len, column)) for column in zip(columns, *rows, strict=True)
    ]
    return _shared(natural, width - len(GAP) * (len(columns) - 1))


def _head(columns: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [*_row(columns, widths), GAP.join("-" * column for column in widths)]


def _shared(natural: Sequence[int], room: int) -> list[int]:
    """Give narrow columns what they need and let the wide ones share the rest."""
    widths = [0] * len(natural)
    by_need = sorted(range(len(natural)), key=natural.__getitem__)
    for place, column in enumerate(by_need):
        widths[column] = min(natural[column], room // (len(natural) - place))
        room -= widths[column]
    return widths


def _row(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    wrapped = [
        _wrapped(cell, width, AT_BLANKS if place else AT_STEPS)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return [
        GAP.join(map(_padded, parts, widths)).rstrip()
        for parts in zip_longest(*wrapped, fillvalue="")
    ]


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))


def _indented(text: str, width: int) -> list[str]:
    return [f"  {line}" for line in _wrapped(text, width - 2)]


def _wrapped(
    text: str,
    width: int,
    breaks: re.Pattern[str] = AT_BLANKS,
    *,
    whole_words: bool = False,
) -> list[str]:
    lines = [""]
    for piece in breaks.split(text):
        over = cell_len(lines[-1] + piece) > width
        if over and lines[-1]:
            lines.append("")
        word = piece if lines[-1] else piece.lstrip()
        for letters in [word] if whole_words else word:
            if not whole_words and cell_len(lines[-1] + letters) > width:
                lines.append("")
            lines[-1] += letters
    return lines
