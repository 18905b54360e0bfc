"""Results go to stdout or to a file, all else to stderr."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pulumi_alicloud_mediaconvert.errors import ConfigurationError
from pulumi_alicloud_mediaconvert.quoting import plain
from pulumi_alicloud_mediaconvert.reports.parts import in_one_line
from pulumi_alicloud_mediaconvert.reports.renderings import NOTHING, Format, render
from pulumi_alicloud_mediaconvert.verification.report import Report, headline


@dataclass(frozen=True)
class Results:
    """Where results go, and how they are written.

    Attributes:
        format: of reports.
        file: instead of stdout.
        quiet: whether nothing but errors goes to stderr.
    """

    format: Format = "table"
    file: Path | None = None
    quiet: bool = False

    def check(self) -> None:
        """See that the file can be written, before anything is waited for.

        Raises:
            ConfigurationError: it cannot.
        """
        if self.file is None:
            return
        folder = self.file.parent
        if self.file.is_dir() or not folder.is_dir():
            why = "it is a folder" if self.file.is_dir() else "there is no such folder"
        elif not os.access(self.file if self.file.exists() else folder, os.W_OK):
            why = "permission denied"
        else:
            return
        raise ConfigurationError(f"--output {plain(str(self.file))}: {why}.")

    @property
    def width(self) -> int:
        """Of the terminal, in columns; `COLUMNS` sets it."""
        return shutil.get_terminal_size().columns

    def write_reports(
        self,
        reports: Sequence[Report],
        region: str | None,
        *,
        is_list: bool,
        unread: Mapping[str, str] = NOTHING,
    ) -> None:
        """Write reports, and of which jobs there is none.

        Args:
            reports: in the order in which their jobs were named.
            region: of all the jobs.
            is_list: whether several jobs were named, of which one may be left.
            unread: why there is no report of a job, by its ID.

        Raises:
            ConfigurationError: the file cannot be written.
        """
        text = render(
            reports,
            self.format,
            region=region,
            width=self.width,
            is_list=is_list,
            unread=unread,
        )
        self.write(text)
        if self.file is not None and not self.quiet:
            for report in reports:
                say(in_one_line(headline(report, region)))

    def write(self, text: str) -> None:
        """Write any text.

        Raises:
            ConfigurationError: the file cannot be written.
        """
        if self.file is None:
            _print(text)
            return
        try:
            self.file.write_text(text, "utf-8", "backslashreplace")
        except OSError as error:
            why = error.strerror or str(error)
            raise ConfigurationError(
                f"--output {plain(str(self.file))}: {why.lower()}."
            ) from None


def say(text: str) -> None:
    """Tell a person something beside the results."""
    _print(f"{text}\n", is_result=False)


def _print(text: str, *, is_result: bool = True) -> None:
    """Print; whoever reads may have left, which changes no verdict."""
    stream = sys.stdout if is_result else sys.stderr
    try:
        encoding = stream.encoding or "utf-8"
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
    except BrokenPipeError:
        # What is left in the buffer would be tried again at the end of the process.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
