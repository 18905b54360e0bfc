"""IDs of jobs from a file: one a line, or the column `job_id` of a CSV file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pulumi_alicloud_mediaconvert.cli.input_files import (
    content_of,
    name_of,
    unreadable,
)
from pulumi_alicloud_mediaconvert.cli.response_files import is_file
from pulumi_alicloud_mediaconvert.errors import ConfigurationError
from pulumi_alicloud_mediaconvert.schema.inputs import parse_job_id
from pulumi_alicloud_mediaconvert.text import as_written, counted

MAX_MEBIBYTES = 8
# More are counted: thousands of lines help no one to repair a file.
MAX_PROBLEMS = 20
COLUMN = "job_id"
# Of CSV files: that of RFC 4180, of spreadsheets in much of Europe, of databases.
DELIMITERS = ",;\t"
COMMENT = re.compile(r"(?:^|\s)#.*")


@dataclass(frozen=True)
class NamedJob:
    """A job as a person named it.

    Attributes:
        job_id: as written.
        place: where it is written, for messages: an argument, or file and line.
    """

    job_id: str
    place: str = "JOB"


@dataclass(frozen=True)
class Line:
    """One ID of a file.

    Attributes:
        number: of the line, from 1.
        text: the ID as written.
    """

    number: int
    text: str


def load_jobs(file: str) -> list[NamedJob]:
    """Load IDs from a file, checked.

    Args:
        file: its name; `-` is stdin. It has one ID a line; blank lines and comments
            after `#` are skipped. If its first line names a column `job_id`, it is a
            CSV file and the IDs are those of that column.

    Raises:
        ConfigurationError: it cannot be read, names no job, or has lines that are no
            IDs or repeat one; a line for each problem.
    """
    name = name_of(file)
    lines = [*_lines(name, _text(file))]
    if not lines:
        raise ConfigurationError(f"{name}: contains no job ID.")
    problems, first_of = [], dict[str, Line]()
    for line in lines:
        problem = _problem(line, first_of)
        if problem:
            problems.append(f"{name}:{line.number}: {problem}")
    if left := len(problems[MAX_PROBLEMS:]):
        problems[MAX_PROBLEMS:] = [f"{name}: {counted(left, 'more line')} like these"]
    if problems:
        raise ConfigurationError(*problems)
    return [
        NamedJob(job_id, f"{name}:{line.number}") for job_id, line in first_of.items()
    ]


def _text(file: str) -> str:
    most = MAX_MEBIBYTES * 2**20
    try:
        content = content_of(file, most + 1)
    except OSError as error:
        raise ConfigurationError(unreadable(file, error)) from None
    if len(content) > most:
        raise ConfigurationError(
            f"{name_of(file)}: has more than {MAX_MEBIBYTES} MiB, too much for a list"
            " of job IDs."
        )
    try:
        # Spreadsheets begin a file with a byte order mark.
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigurationError(f"{name_of(file)}: is not UTF-8 text.") from None


def _problem(line: Line, first_of: dict[str, Line]) -> str | None:
    """Note a line in `first_of`, or say what is wrong with it."""
    if is_file(line.text):
        return (
            f"{as_written(line.text)} is a file name; the list can contain only job IDs"
        )
    try:
        job_id = parse_job_id(line.text)
    except ValueError as error:
        return f"{as_written(line.text)} is not a job ID: {error}"
    first = first_of.setdefault(job_id, line)
    return None if first is line else f"{job_id} is already on line {first.number}"


def _lines(name: str, text: str) -> Iterator[Line]:
    # As editors count them.
    lines = [*io.StringIO(text)]
    for number, line in enumerate(lines, 1):
        entry = COMMENT.sub("", line).strip()
        if not entry:
            continue
        if delimiter := _delimiter(line):
            yield from _column(name, lines[number - 1 :], number, delimiter)
            return
        if any(mark in entry for mark in DELIMITERS):
            raise ConfigurationError(
                f"{name}:{number}: has several columns, but its first line names no"
                f' column "{COLUMN}".'
            )
        yield Line(number, entry)


def _delimiter(line: str) -> str | None:
    """Return what separates the columns if a line is the header of a CSV file."""
    return next(
        (mark for mark in DELIMITERS if _place(_cells(line, mark)) is not None), None
    )


def _cells(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter), [])


def _place(header: Sequence[str]) -> int | None:
    """Return the place of the column of IDs, however its name is spelt."""
    names = [re.sub(r"[\s_-]", "", cell).lower() for cell in header]
    wanted = COLUMN.replace("_", "")
    return names.index(wanted) if wanted in names else None


def _column(
    name: str, lines: Sequence[str], first: int, delimiter: str
) -> Iterator[Line]:
    """Yield the IDs below a header, each with the line at which its row ends."""
    rows = csv.reader(lines, delimiter=delimiter)
    place = _place(next(rows))
    assert place is not None  # noqa: S101  # see `_delimiter`
    try:
        for row in rows:
            if not any(map(str.strip, row)) or row[0].lstrip().startswith("#"):
                continue
            text = row[place].strip() if place < len(row) else ""
            yield Line(first + rows.line_num - 1, text)
    except csv.Error as error:
        number = first + rows.line_num - 1
        raise ConfigurationError(
            f"{name}:{number}: is not valid CSV: {error}."
        ) from None
