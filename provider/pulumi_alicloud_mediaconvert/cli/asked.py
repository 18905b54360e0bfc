"""What a command is asked for: jobs by their IDs, lists of them, stored responses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pulumi_alicloud_mediaconvert.cli.input_files import check_stdin
from pulumi_alicloud_mediaconvert.cli.job_lists import NamedJob, load_jobs
from pulumi_alicloud_mediaconvert.errors import ConfigurationError


@dataclass(frozen=True)
class Asked:
    """What a command is asked for.

    Attributes:
        subjects: arguments: IDs of jobs, or names of stored responses.
        jobs_file: that lists more IDs; `-` is stdin.
    """

    subjects: Sequence[str]
    jobs_file: str | None = None

    @property
    def is_list(self) -> bool:
        """Whether JSON is a list, of however many jobs."""
        return self.jobs_file is not None or len(self.subjects) > 1

    def jobs(self) -> list[NamedJob]:
        """Return the jobs, those of the file checked.

        Raises:
            ConfigurationError: the file cannot be read, or has wrong lines.
        """
        listed = [] if self.jobs_file is None else load_jobs(self.jobs_file)
        return [*map(NamedJob, self.subjects), *listed]

    def check(self, *, expect: str | None = None) -> None:
        """Check what is asked for before anything is read.

        Args:
            expect: the file of expectations; `-` is stdin.

        Raises:
            ConfigurationError: it is nothing, or stdin would be read twice.
        """
        if not self.subjects and self.jobs_file is None:
            raise ConfigurationError(
                "give a job ID, or a file of job IDs with --jobs FILE."
            )
        uses = [("the argument", subject) for subject in self.subjects]
        check_stdin([*uses, ("--jobs", self.jobs_file), ("--expect", expect)])
