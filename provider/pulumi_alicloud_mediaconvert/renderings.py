"""Reports away from the engine: as a table, JSON, JUnit XML or Markdown. Pure.

The JUnit XML is what Jenkins reads: the elements and attributes are those of its
schema junit-10 (jenkinsci/xunit-plugin). The Markdown is GitHub's, for a comment.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from itertools import accumulate, zip_longest
from typing import Any, Literal
from unicodedata import combining, east_asian_width
from xml.etree import ElementTree as ET

from pulumi_alicloud_mediaconvert.hints import Hint, hint_of
from pulumi_alicloud_mediaconvert.outputs import report_facts
from pulumi_alicloud_mediaconvert.quoting import plain
from pulumi_alicloud_mediaconvert.report import (
    JOB_STATE_PATH,
    TESTED,
    Mismatch,
    Report,
    headline,
    job_name,
)

Format = Literal["table", "json", "junit", "markdown"]

# Characters of a line; what goes into a line is short already, cells are shorter.
LONGEST_LINE = 2_000
COLUMNS = ("path", "expected", "actual", "verdict")
GAP = "  "
NARROWEST = 40

AT_BLANKS = re.compile("(?= )")
AT_STEPS = re.compile(r"(?=[.\[ ])")

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

BAD_VERDICTS = frozenset({"failed", "inconclusive", "pending"})

# GitHub refuses a comment of more than 65,536 characters.
LONGEST_COMMENT = 59_000
SHORTEST_SECTION = 2_000
# What a section needs besides its rows and entries.
FRAME = 400
# Written as entities: what Markdown, HTML or a table would take for its own.
ENTITIES = {ord(mark): f"&#{ord(mark)};" for mark in "&<>`*_[]~|\\$"}
# A mention notifies people, a number links an issue, unless something is between.
INERT = ENTITIES | {ord(mark): f"&#{ord(mark)};&#8203;" for mark in "@#"}


def render(
    reports: Sequence[Report],
    format: Format,  # noqa: A002  # the word of the command line
    *,
    region: str | None = None,
    width: int = 80,
) -> str:
    """Write reports as text that ends with a line end.

    Args:
        reports: one for each job, in the order in which they are to be read.
        format: `table` for a terminal; `json`, one object for one report, else a
            list; `junit`, one suite for each job; `markdown`, fewer than 60,000
            characters, for a comment on a pull request.
        region: of all the jobs, for their names.
        width: of a table, in columns of a terminal; from 40 on it is kept, but for
            words that must stand whole, such as a job ID.
    """
    if format == "table":
        return _tables(reports, region, width)
    if format == "json":
        return _json(reports, region)
    if format == "junit":
        return _junit(reports, region)
    return _markdown(reports, region)


def _line(text: str) -> str:
    return plain(text, longest=LONGEST_LINE)


def _listed(report: Report) -> list[Mismatch]:
    """Return what a list below the headline says, which names the job's own state."""
    return [one for one in report.mismatches if one.path != JOB_STATE_PATH]


def _cells(mismatch: Mismatch) -> tuple[str, str, str, str]:
    advisory = mismatch.enforcement_level == "advisory"
    return (
        plain(mismatch.path),
        plain(mismatch.expected),
        plain(mismatch.actual),
        "advisory" if advisory else mismatch.verdict,
    )


def _remark(mismatch: Mismatch) -> str:
    """Return what the text says beyond the cells: the vendor's or the user's words."""
    _, found, rest = mismatch.text.partition(f"expected {mismatch.expected}, ")
    for known in (f"got {mismatch.actual}", f"but {mismatch.actual}"):
        rest = rest.removeprefix(known)
    return _line(rest.lstrip(" ,;:.") if found else mismatch.text)


def _hint(report: Report) -> Hint | None:
    """Return what is known of the code, which a success may carry idly."""
    job = report.job
    return hint_of(job.code) if job.has_ended and job.state != "Success" else None


def _origin(report: Report) -> str:
    """Say whose the fault is; the headline says what it is and what to do."""
    hint = _hint(report)
    return f"Origin of the fault: {hint.origin}." if hint else ""


def _skipped(report: Report) -> tuple[str, list[str]]:
    """Return how many checks were skipped, and a line for each.

    How much of a request was tested stands among them, and in the headline.
    """
    lines = [_line(one) for one in report.skipped_checks if not one.startswith(TESTED)]
    return f"{_count(len(lines), 'check')} skipped", lines


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _summary(reports: Sequence[Report]) -> str:
    verdicts = Counter(report.verdict for report in reports)
    parts = ", ".join(f"{count:,} {verdict}" for verdict, count in verdicts.items())
    return f"{_count(len(reports), 'job')}: {parts}."


def _tables(reports: Sequence[Report], region: str | None, width: int) -> str:
    room = max(width, NARROWEST)
    parts = ["\n".join(_table(report, region, room)) for report in reports]
    if len(reports) > 1:
        parts.append(_summary(reports))
    return "".join(f"{part}\n" for part in "\n\n".join(parts).splitlines())


def _table(report: Report, region: str | None, width: int) -> list[str]:
    lines = _wrapped(_line(headline(report, region)), width, whole_words=True)
    if origin := _origin(report):
        lines.append(origin)
    if listed := _listed(report):
        lines += ["", *_grid(listed, width)]
    summary, checks = _skipped(report)
    if checks:
        lines += ["", f"{summary}:"]
        for check in checks:
            lines += _indented(f"- {check}", width)
    return lines


def _grid(mismatches: Sequence[Mismatch], width: int) -> list[str]:
    rows = [_cells(mismatch) for mismatch in mismatches]
    natural = [
        max(map(_columns, column)) for column in zip(COLUMNS, *rows, strict=True)
    ]
    widths = _shared(natural, width - len(GAP) * (len(COLUMNS) - 1))
    lines = [*_row(COLUMNS, widths), GAP.join("-" * column for column in widths)]
    for mismatch, row in zip(mismatches, rows, strict=True):
        lines += _row(row, widths)
        if remark := _remark(mismatch):
            lines += _indented(remark, width)
    return lines


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
    return text + " " * (width - _columns(text))


def _indented(text: str, width: int) -> list[str]:
    return [f"  {line}" for line in _wrapped(text, width - 2)]


def _columns(text: str) -> int:
    """Count columns of a terminal: a Chinese character takes two."""
    return sum(
        0 if combining(letter) else 1 + (east_asian_width(letter) in "WF")
        for letter in text
    )


def _wrapped(
    text: str,
    width: int,
    breaks: re.Pattern[str] = AT_BLANKS,
    *,
    whole_words: bool = False,
) -> list[str]:
    lines = [""]
    for piece in breaks.split(text):
        over = _columns(lines[-1] + piece) > width
        if over and lines[-1]:
            lines.append("")
        word = piece if lines[-1] else piece.lstrip()
        for letters in [word] if whole_words else word:
            if not whole_words and _columns(lines[-1] + letters) > width:
                lines.append("")
            lines[-1] += letters
    return lines


def _json(reports: Sequence[Report], region: str | None) -> str:
    values = [_finite(_json_object(report, region)) for report in reports]
    value = values[0] if len(values) == 1 else values
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    return SURROGATES.sub(lambda half: f"\\u{ord(half[0]):04x}", text) + "\n"


def _json_object(report: Report, region: str | None) -> dict[str, Any]:
    hint = _hint(report)
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


def _junit(reports: Sequence[Report], region: str | None) -> str:
    root = ET.Element("testsuites", name="pulumi-mediaconvert")
    root.extend(_suite(report, region) for report in reports)
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.attrib[count]) for suite in root)))
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _suite(report: Report, region: str | None) -> ET.Element:
    job = report.job
    cases = _cases(report, region)
    suite = ET.Element("testsuite", name=_line(job_name(job.job_id, region)))
    suite.set("tests", str(len(cases)))
    for count, tag in (
        ("failures", "failure"),
        ("errors", "error"),
        ("skipped", "skipped"),
    ):
        suite.set(count, str(sum(case.find(tag) is not None for case in cases)))
    properties = ET.SubElement(suite, "properties")
    for name, value in (
        ("verdict", report.verdict),
        ("state", job.state),
        ("code", job.code),
        ("request_id", job.request_id),
    ):
        if value:
            ET.SubElement(properties, "property", name=name, value=_line(value))
    suite.extend(cases)
    summary, checks = _skipped(report)
    lines = [
        _line(headline(report, region)),
        *([f"{summary}:", *checks] if checks else []),
    ]
    ET.SubElement(suite, "system-out").text = "\n".join(lines)
    return suite


def _cases(report: Report, region: str | None) -> list[ET.Element]:
    """Make a test case of the job and of each mismatch, each with a name of its own."""
    outcomes = [(plain(one.path), _outcome(one)) for one in _listed(report)]
    failing = any(outcome.tag == "failure" for _, outcome in outcomes)
    own = _job_outcome(report, headline(report, region), alone=not failing)
    place = ".".join(filter(None, ("mediaconvert", region, report.job.job_id)))
    # Who reads the file may keep only the first of several cases of one name.
    seen = Counter[str]()
    cases = []
    for name, outcome in [(JOB_STATE_PATH, own), *outcomes]:
        seen[name] += 1
        shown = name if seen[name] == 1 else f"{name} ({seen[name]})"
        case = ET.Element("testcase", classname=_line(place), name=shown)
        if outcome is not None:
            case.append(outcome)
        cases.append(case)
    return cases


def _job_outcome(report: Report, said: str, *, alone: bool) -> ET.Element | None:
    """Say what is wrong with the job itself; `alone` if no mismatch says it."""
    if report.verdict == "pending":
        return _fault("error", "pending", said)
    if report.verdict == "unverified":
        return _fault("skipped", "unverified", said)
    if any(one.path == JOB_STATE_PATH for one in report.mismatches) or (
        # A bad verdict must not look green, whatever it came from.
        alone and report.verdict in BAD_VERDICTS
    ):
        fault = _fault("failure", report.verdict, said)
        fault.text = _origin(report) or None
        return fault
    return None


def _outcome(mismatch: Mismatch) -> ET.Element:
    path, expected, actual, verdict = _cells(mismatch)
    tag = "skipped" if verdict == "advisory" else "failure"
    fault = _fault(tag, verdict, mismatch.text)
    fault.text = f"{path}\nexpected: {expected}\nactual: {actual}"
    return fault


def _fault(tag: str, kind: str, said: str) -> ET.Element:
    return ET.Element(tag, type=kind, message=_line(said))


def _markdown(reports: Sequence[Report], region: str | None) -> str:
    parts = [_summary(reports)] if len(reports) > 1 else []
    share = max(LONGEST_COMMENT // max(len(reports), 1), SHORTEST_SECTION)
    room = LONGEST_COMMENT - sum(map(len, parts))
    for place, report in enumerate(reports):
        section = _section(report, region, share)
        room -= len(section) + 2
        if room < 0:
            parts.append(f"… and {_count(len(reports) - place, 'more job')}")
            break
        parts.append(section)
    return "".join(f"{line}\n" for line in "\n\n".join(parts).split("\n") if parts)


def _section(report: Report, region: str | None, room: int) -> str:
    head = f"**{report.verdict}** · {_prose(_line(headline(report, region)))}"
    lines = [head]
    if origin := _origin(report):
        lines += ["", origin]
    room -= len(head) + FRAME
    if listed := _listed(report):
        rows, left = _fitting([_markdown_row(one) for one in listed], room)
        room -= sum(len(row) + 1 for row in rows)
        lines += [
            "",
            f"| {' | '.join(COLUMNS)} |",
            "| --- " * len(COLUMNS) + "|",
            *rows,
        ]
        # Without the empty line it would be a row.
        lines += ["", f"… and {left:,} more"] if left else []
    summary, checks = _skipped(report)
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


def _markdown_row(mismatch: Mismatch) -> str:
    path, expected, actual, verdict = _cells(mismatch)
    remark = _prose(_remark(mismatch))
    seen = _code(actual) + (f"<br>{remark}" if remark else "")
    return f"| {_code(path)} | {_code(expected)} | {seen} | {verdict} |"


def _code(text: str) -> str:
    """Write a code span, in which nobody is mentioned and nothing linked."""
    if any(mark in text for mark in "`|\\"):
        return f"<code>{text.translate(ENTITIES)}</code>"
    return f"`{text}`" if text else ""


def _prose(text: str) -> str:
    return text.translate(INERT)
