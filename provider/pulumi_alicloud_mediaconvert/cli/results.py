"""Results go to stdout or to a file, all else to stderr."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pulumi_alicloud_mediaconvert.cli.colours import (
    TONES,
    Paint,
    is_terminal,
    paint_for,
    uncoloured,
)
from pulumi_alicloud_mediaconvert.cli.reports.parts import rank_of, summary_of
from pulumi_alicloud_mediaconvert.cli.reports.renderings import (
    NOTHING,
    Format,
    check_installed,
    render,
)
from pulumi_alicloud_mediaconvert.cli.streams import check_stdout, say, write
from pulumi_alicloud_mediaconvert.errors import ConfigurationError
from pulumi_alicloud_mediaconvert.text import in_one_line, plain
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
        """Check that results can be written, before anything is waited for.

        Raises:
            ConfigurationError: they cannot.
        """
        check_installed(self.format)
        if self.file is None:
            check_stdout()
            return
        try:
            self._check_file(self.file)
        except OSError as error:
            raise self._unwritable(error) from None

    def _check_file(self, file: Path) -> None:
        folder = file.parent
        if file.is_dir():
            raise OSError("it is a folder")
        if not folder.is_dir():
            raise OSError("there is no such folder")
        if not os.access(file if file.exists() else folder, os.W_OK):
            raise PermissionError("permission denied")

    def _unwritable(self, error: OSError) -> ConfigurationError:
        why = (error.strerror or str(error)).lower()
        return ConfigurationError(f"--output {plain(str(self.file))}: {why}.")

    @property
    def width(self) -> int | None:
        """Of the terminal, in columns; `None` where results go elsewhere."""
        if self.file is not None or not is_terminal(sys.stdout):
            return None
        return shutil.get_terminal_size().columns

    @property
    def paint(self) -> Paint:
        """Colours results by outcome, on a terminal alone."""
        return uncoloured if self.file else paint_for(sys.stdout, os.environ)

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
            ConfigurationError: it cannot be written.
        """
        text = render(
            reports,
            self.format,
            region=region,
            width=self.width,
            is_list=is_list,
            unread=unread,
            paint=self.paint,
        )
        self.write(text)
        if self.file is not None and not self.quiet:
            paint = paint_for(sys.stderr, os.environ)
            for report in sorted(reports, key=rank_of):
                say(paint(in_one_line(headline(report, region)), TONES[report.verdict]))
            if len(reports) + len(unread) > 1:
                say(summary_of(reports, len(unread), paint))

    def write(self, text: str) -> None:
        """Write any text.

        Raises:
            ConfigurationError: it cannot be written.
        """
        if self.file is None:
            write(text)
            return
        try:
            self.file.write_text(text, "utf-8", "backslashreplace")
        except OSError as error:
            raise self._unwritable(error) from None
