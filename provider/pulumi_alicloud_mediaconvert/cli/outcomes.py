"""Read the jobs that a command is asked for, and say why some could not be read."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pulumi_alicloud_mediaconvert.cli.interruptions import (
    INTERRUPTIONS,
    Interrupted,
)
from pulumi_alicloud_mediaconvert.cli.job_lists import NamedJob
from pulumi_alicloud_mediaconvert.cli.jobs import (
    Found,
    Reading,
    Target,
    declared_jobs,
)
from pulumi_alicloud_mediaconvert.cli.progress import shown
from pulumi_alicloud_mediaconvert.cli.results import Results
from pulumi_alicloud_mediaconvert.cli.streams import say, say_error
from pulumi_alicloud_mediaconvert.hosts.event_loop import EventLoop
from pulumi_alicloud_mediaconvert.text import counted
from pulumi_alicloud_mediaconvert.verification.report import Report

Waiting = Mapping[str, Any] | bool
# More jobs are counted: the results name them all.
MAX_SAID = 20


@dataclass(frozen=True)
class Outcome:
    """What became of the jobs that were read.

    Attributes:
        found: of each job.
        is_interrupted: whether a signal, such as that of Ctrl-C, ended the wait.
    """

    found: Sequence[Found]
    is_interrupted: bool

    @property
    def reports(self) -> list[Report]:
        """Those of the jobs of which there is one."""
        return [one.report for one in self.found if one.report]

    @property
    def unread(self) -> dict[str, str]:
        """Why there is no report of a job, by its ID."""
        return {
            one.inputs.job_id: one.trouble or ""
            for one in self.found
            if one.report is None
        }

    @property
    def region(self) -> str:
        """That of all the jobs."""
        return self.found[0].inputs.region


def read_jobs(
    jobs: Sequence[NamedJob],
    target: Target,
    waiting: Waiting,
    results: Results,
    expect: Any = None,  # noqa: ANN401  # what `expect` takes
) -> Outcome:
    """Read jobs, and wait for them, until they have ended or a signal arrives.

    Args:
        jobs: at least one.
        target: where they are.
        waiting: limits of waiting; `False`: each job is read once.
        results: say whether anything is shown meanwhile.
        expect: what they are verified by.

    Raises:
        ConfigurationError: what was typed is wrong.
    """
    settings = target.settings(os.environ)
    declared = declared_jobs(jobs, settings, expect, waiting)
    # On a separate thread, so that no call that blocks delays a signal.
    loop = EventLoop()
    with shown(declared, os.environ, quiet=results.quiet) as show:
        reading = Reading(declared, settings, show)
        try:
            outcome = Outcome(loop.run(reading.run()), is_interrupted=False)
        except Interrupted:
            loop.cancel_all()
            outcome = Outcome(reading.so_far(), is_interrupted=True)
        INTERRUPTIONS.write_whole()
    _say_troubles(outcome.found, quiet=results.quiet)
    return outcome


def _say_troubles(found: Sequence[Found], *, quiet: bool) -> None:
    """Say why jobs could not be read, and why a wait has ended before its job."""
    unread = [one for one in found if one.report is None and not one.is_interrupted]
    if len(unread) > 1 and (cause := unread[0].shared_cause):
        say_error(f"{counted(len(unread), 'job')} could not be read: {cause}")
        unread = []
    _say_some(unread, say_error, "could not be read")
    if not quiet:
        undecided = [one for one in found if one.report and one.trouble]
        _say_some(
            [one for one in undecided if not one.is_interrupted], say, "like these"
        )


def _say_some(found: Sequence[Found], say: Callable[[str], None], what: str) -> None:
    """Say what is wrong with some jobs, and count the others."""
    for one in found[:MAX_SAID]:
        say(one.trouble or "")
    if left := len(found[MAX_SAID:]):
        say(f"{counted(left, 'more job')} {what}.")
