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
from pulumi_alicloud_mediaconvert.cli.exit_codes import PASSED, exit_code
from pulumi_alicloud_mediaconvert.cli.interruptions import INTERRUPTIONS
from pulumi_alicloud_mediaconvert.cli.output_file import write_file
from pulumi_alicloud_mediaconvert.cli.reports.parts import rank_of, summary_of
from pulumi_alicloud_mediaconvert.cli.reports.renderings import (
    NOTHING,
    Format,
    check_installed,
    render,
)
from pulumi_alicloud_mediaconvert.cli.streams import check_stdout, say, write
from pulumi_alicloud_mediaconvert.errors import ConfigurationError
from pulumi_alicloud_mediaconvert.text import counted, in_one_line, plain
from pulumi_alicloud_mediaconvert.verification.report import Report, headline

# Up to this many jobs have a line each; of more jobs, only the worst do.
MAX_SAID = 20


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
        """Colours results by outcome, only on a terminal."""
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
        INTERRUPTIONS.write_whole()
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
            self._summarize(reports, region, len(unread))

    def _summarize(
        self, reports: Sequence[Report], region: str | None, unread: int
    ) -> None:
        """Say on stderr what the file says; of many jobs, what needs attention."""
        paint = paint_for(sys.stderr, os.environ)
        said = sorted(reports, key=rank_of)
        if len(said) > MAX_SAID:
            said = [one for one in said if exit_code([one.verdict]) != PASSED]
        if left := len(said[:-MAX_SAID]):
            say(f"{counted(left, 'job')} not listed here: see {plain(str(self.file))}.")
        for report in said[-MAX_SAID:]:
            say(paint(in_one_line(headline(report, region)), TONES[report.verdict]))
        if len(reports) + unread > 1:
            say(summary_of(reports, unread, paint))

    def write(self, text: str) -> None:
        """Write any text.

        Raises:
            ConfigurationError: it cannot be written.
        """
        INTERRUPTIONS.write_whole()
        if self.file is None:
            write(text)
            return
        try:
            write_file(self.file, text)
        except OSError as error:
            raise self._unwritable(error) from None
