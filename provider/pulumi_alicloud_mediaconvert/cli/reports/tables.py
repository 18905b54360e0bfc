"""Reports as tables: wrapped and coloured on a terminal, plain elsewhere. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from rich.cells import cell_len

from pulumi_alicloud_mediaconvert.cli.colours import TONES, Paint, Tone, uncoloured
from pulumi_alicloud_mediaconvert.cli.exit_codes import UNREAD
from pulumi_alicloud_mediaconvert.cli.reports.parts import (
    COLUMNS,
    RANKS,
    cells_of,
    ended_with_job,
    origin_of,
    other_causes,
    rank_of,
    skipped_of,
    summary_of,
    unread_line,
)
from pulumi_alicloud_mediaconvert.text import in_one_line
from pulumi_alicloud_mediaconvert.verification.causes import Cause
from pulumi_alicloud_mediaconvert.verification.render import remark_on
from pulumi_alicloud_mediaconvert.verification.report import Report, headline

GAP = "  "
# Within a cell; no cell has one of its own.
LINE_END = "\n"
NARROWEST = 40
# Wider than any line of a file or a pipe.
UNLIMITED = 1_000_000
AT_BLANKS = re.compile("(?= )")
AT_STEPS = re.compile(r"(?=[.\[ ])")


@dataclass(frozen=True)
class Section:
    """What is written of one job.

    Attributes:
        rank: of its outcome; what needs attention has a higher one.
        lines: to be written.
        is_brief: whether it is only the headline.
    """

    rank: int
    lines: list[str]
    is_brief: bool


def tables_of(
    reports: Sequence[Report],
    region: str | None,
    width: int | None,
    unread: Sequence[str],
    paint: Paint = uncoloured,
) -> str:
    """Write a table for each report, and a total below several.

    What failed comes last, where a terminal has its prompt.

    Args:
        reports: one for each job.
        region: of all the jobs, for their names.
        width: of the terminal in columns, taken as 40 if it is less; kept but for
            the headline's words and the total, which stand whole. `None`: nothing is
            wrapped.
        unread: IDs of jobs that could not be read; why, is said elsewhere.
        paint: colours by outcome.
    """
    room = room_of(width)
    sections = [_section(report, region, room, paint) for report in reports]
    sections += [
        Section(
            RANKS[UNREAD], [paint(unread_line(job_id, region), "bad")], is_brief=True
        )
        for job_id in unread
    ]
    if len(sections) == 1:
        return "".join(f"{line}\n" for line in sections[0].lines)
    sections.sort(key=lambda section: section.rank)
    lines: list[str] = []
    for last, section in pairwise([None, *sections]):
        if section and last and not (section.is_brief and last.is_brief):
            lines.append("")
        lines += section.lines if section else []
    if lines:
        lines += ["", summary_of(reports, len(unread), paint)]
    return "".join(f"{line}\n" for line in lines)


def head_lines(report: Report, region: str | None, width: int | None) -> list[str]:
    """Say in one line how a job ended, wrapped between its words."""
    head = in_one_line(headline(report, region))
    return _wrapped(head, room_of(width), whole_words=True)


def room_of(width: int | None) -> int:
    """Return the columns that a line may take."""
    return UNLIMITED if width is None else max(width, NARROWEST)


def _section(report: Report, region: str | None, width: int, paint: Paint) -> Section:
    head = head_lines(report, region, width)
    lines = [paint(line, TONES[report.verdict]) for line in head]
    if origin := origin_of(report):
        lines.append(origin)
    for line in ended_with_job(report):
        lines += _wrapped(line, width)
    if found := other_causes(report):
        lines += ["", *_grid(found, width, paint)]
    summary, checks = skipped_of(report)
    if checks:
        lines += ["", f"{summary}:"]
        for check in checks:
            lines += _indented(f"- {check}", width)
    return Section(rank_of(report), lines, is_brief=len(lines) == len(head))


def _grid(found: Sequence[Cause], width: int, paint: Paint) -> list[str]:
    rows = [_cells(cause) for cause in found]
    widths = _widths(COLUMNS, rows, width)
    lines = _head(COLUMNS, widths)
    for cause, row in zip(found, rows, strict=True):
        tone: Tone = "bad" if row[-1] == "missed" else "unclear"
        lines += _row(row, widths, paint, tone)
        finding, _ = cause.found[0]
        if remark := in_one_line(remark_on(finding)):
            lines += _indented(remark, width)
    return lines


def _cells(cause: Cause) -> list[str]:
    """Return the cells of a row; the first cell has a line for each path."""
    (first, *rest), *others = [cells_of(mismatch) for _, mismatch in cause.found]
    return [LINE_END.join([first, *(path for path, *_ in others)]), *rest]


def grid(
    columns: Sequence[str], rows: Sequence[Sequence[str]], width: int | None
) -> str:
    """Write rows of cells below the names of their columns.

    Args:
        columns: their names.
        rows: a printable text for each column.
        width: of the terminal in columns, taken as 40 if it is less; `None`: nothing
            is wrapped.
    """
    widths = _widths(columns, rows, room_of(width))
    lines = [*_head(columns, widths)]
    for row in rows:
        lines += _row(row, widths)
    return "".join(f"{line}\n" for line in lines)


def _widths(
    columns: Sequence[str], rows: Sequence[Sequence[str]], width: int
) -> list[int]:
    natural = [
        max(cell_len(line) for cell in column for line in cell.split(LINE_END))
        for column in zip(columns, *rows, strict=True)
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


def _row(
    cells: Sequence[str],
    widths: Sequence[int],
    paint: Paint = uncoloured,
    tone: Tone | None = None,
) -> list[str]:
    """Write a row, in as many lines as its fullest cell needs; paint its last cell."""
    wrapped = [
        _wrapped(cell, width, AT_BLANKS if place else AT_STEPS)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    lines = []
    for *parts, last in zip_longest(*wrapped, fillvalue=""):
        before = GAP.join(map(_padded, parts, widths[:-1]))
        lines.append(f"{before}{GAP}{paint(last, tone)}" if last else before.rstrip())
    return lines


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
    if LINE_END in text:
        parts = text.split(LINE_END)
        return [line for part in parts for line in _wrapped(part, width, breaks)]
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
