"""What the commands do: read jobs or stored answers, and write what is found."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.cli.exit_codes import PASSED, UNREAD, exit_code
from pulumi_alicloud_mediaconvert.cli.init_file import starter
from pulumi_alicloud_mediaconvert.cli.job_tables import job_tables
from pulumi_alicloud_mediaconvert.cli.jobs import (
    Found,
    Target,
    declared_jobs,
    find_jobs,
)
from pulumi_alicloud_mediaconvert.cli.progress import shown
from pulumi_alicloud_mediaconvert.cli.response_files import is_file, load_job
from pulumi_alicloud_mediaconvert.cli.results import Results, say
from pulumi_alicloud_mediaconvert.errors import ConfigurationError
from pulumi_alicloud_mediaconvert.expect.expectations import AS_REQUESTED, Expectations
from pulumi_alicloud_mediaconvert.expect.loader import load_expectations
from pulumi_alicloud_mediaconvert.hosts.event_loop import EventLoop
from pulumi_alicloud_mediaconvert.verification.report import Report, lines_of
from pulumi_alicloud_mediaconvert.verification.verifier import verify as verify_job

Waiting = Mapping[str, Any] | bool


def get(jobs: Sequence[str], target: Target, results: Results, *, raw: bool) -> int:
    """Look at jobs once and write what is known; return the exit code.

    Raises:
        ConfigurationError: what was typed cannot be meant.
    """
    if raw and len(jobs) > 1:
        raise ConfigurationError("--raw: is of one job, whose answer is stored.")
    results.check()
    found = _found(jobs, target, False, results)  # noqa: FBT003  # do not wait
    seen = [one.report.job for one in found if one.report]
    unread, region = _unread(found), found[0].inputs.region
    reports = [Report(job=job, verdict="unverified") for job in seen]
    if raw:
        for job in seen:
            body = {"Job": job.raw}
            results.write(json.dumps(body, ensure_ascii=False, indent=2) + "\n")
    elif results.format == "table":
        results.write(job_tables(reports, region, results.width, [*unread]))
    else:
        is_list = len(jobs) > 1
        results.write_reports(reports, region, is_list=is_list, unread=unread)
    return UNREAD if unread else PASSED


def verify(
    subjects: Sequence[str],
    target: Target,
    waiting: Waiting,
    results: Results,
    expect: Any = None,  # noqa: ANN401  # what `expect` takes
) -> int:
    """Wait for jobs, or read stored answers, and verify; return the exit code.

    Raises:
        ConfigurationError: what was typed cannot be meant.
    """
    results.check()
    if any(map(is_file, subjects)):
        constraints = None if expect is None else Expectations.model_validate(expect)
        jobs = _stored_jobs(subjects)
        reports = [verify_job(job, constraints) for job in jobs]
        results.write_reports(reports, None, is_list=len(subjects) > 1)
        return exit_code(report.verdict for report in reports)
    found = _found(subjects, target, waiting, results, expect)
    reports = [one.report for one in found if one.report]
    unread, region = _unread(found), found[0].inputs.region
    results.write_reports(reports, region, is_list=len(subjects) > 1, unread=unread)
    return exit_code((one.verdict for one in reports), is_all_read=not unread)


def init(
    subjects: Sequence[str], target: Target, waiting: Waiting, results: Results
) -> int:
    """Write expectations that a good job meets; return the exit code.

    Raises:
        ConfigurationError: what was typed cannot be meant.
    """
    if len(subjects) > 1:
        raise ConfigurationError("--init: begins with one job, known to be good.")
    results.check()
    if is_file(subjects[0]):
        report, region = verify_job(load_job(subjects[0])), None
    else:
        [found] = _found(subjects, target, waiting, results)
        if found.report is None:
            return UNREAD
        report, region = found.report, found.inputs.region
    if report.verdict != "passed":
        for line in lines_of(report, region):
            say(f"error: {line}")
        say("error: --init: only a job that is good says what a good one is.")
        return exit_code([report.verdict])
    results.write(starter(report.job, region))
    return PASSED


def demanded(file: Path | None, *, as_requested: bool) -> Any:  # noqa: ANN401  # as `expect`
    """Return what is to be expected, as the input `expect` takes it.

    Raises:
        ConfigurationError: the file cannot be read, or states what cannot be demanded.
    """
    if file is None:
        return AS_REQUESTED if as_requested else None
    expect: Any = load_expectations(file)
    if not as_requested or expect == AS_REQUESTED:
        return expect
    return {**expect, "as_requested": True}


def _stored_jobs(subjects: Sequence[str]) -> list[Job]:
    if not all(map(is_file, subjects)):
        raise ConfigurationError(
            "jobs and stored answers cannot be verified together: name one kind."
        )
    return [load_job(subject) for subject in subjects]


def _unread(found: Sequence[Found]) -> dict[str, str]:
    """Return why there is no report of a job, by its ID."""
    return {one.inputs.job_id: one.trouble or "" for one in found if not one.report}


def _found(
    jobs: Sequence[str],
    target: Target,
    waiting: Waiting,
    results: Results,
    expect: Any = None,  # noqa: ANN401  # what `expect` takes
) -> list[Found]:
    settings = target.settings(os.environ)
    declared = declared_jobs(jobs, settings, expect, waiting)
    with shown(declared, os.environ, quiet=results.quiet) as show:
        # On a thread of its own, so that Ctrl-C waits for no call that blocks.
        found = EventLoop().run(find_jobs(declared, settings, show))
    for one in found:
        if one.report is None:
            say(f"error: {one.trouble}")
        elif one.trouble and not results.quiet:
            say(one.trouble)
    return found
