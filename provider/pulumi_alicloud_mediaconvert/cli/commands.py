"""What the commands do: read jobs or stored responses, and write what is found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.cli.asked import Asked
from pulumi_alicloud_mediaconvert.cli.exit_codes import (
    PASSED,
    UNDECIDED,
    UNREAD,
    exit_code,
)
from pulumi_alicloud_mediaconvert.cli.init_file import starter
from pulumi_alicloud_mediaconvert.cli.input_files import (
    content_of,
    is_pipe,
    name_of,
    unreadable,
)
from pulumi_alicloud_mediaconvert.cli.job_tables import job_tables
from pulumi_alicloud_mediaconvert.cli.jobs import Target
from pulumi_alicloud_mediaconvert.cli.outcomes import Waiting, read_jobs
from pulumi_alicloud_mediaconvert.cli.response_files import is_file, load_job
from pulumi_alicloud_mediaconvert.cli.results import Results
from pulumi_alicloud_mediaconvert.cli.schema_file import modeline, schema_path
from pulumi_alicloud_mediaconvert.cli.streams import say_error
from pulumi_alicloud_mediaconvert.errors import ConfigurationError
from pulumi_alicloud_mediaconvert.expect.expectations import AS_REQUESTED, Expectations
from pulumi_alicloud_mediaconvert.expect.loader import (
    MAX_FILE_BYTES,
    decoded,
    load_expectations,
    read_expectations,
)
from pulumi_alicloud_mediaconvert.verification.report import Report, lines_of
from pulumi_alicloud_mediaconvert.verification.verifier import verify as verify_job


def get(asked: Asked, target: Target, results: Results, *, raw: bool) -> int:
    """Read jobs once and write what is known; return the exit code.

    Raises:
        ConfigurationError: what was typed is wrong.
    """
    asked.check()
    if raw and asked.is_list:
        raise ConfigurationError("--raw takes only one job.")
    results.check()
    outcome = read_jobs(asked.jobs(), target, False, results)  # noqa: FBT003  # do not wait
    unread, region = outcome.unread, outcome.region
    seen = [report.job for report in outcome.reports]
    reports = [Report(job=job, verdict="unverified") for job in seen]
    if raw:
        for job in seen:
            body = {"Job": job.raw}
            results.write(json.dumps(body, ensure_ascii=False, indent=2) + "\n")
    elif results.format == "table":
        table = job_tables(reports, region, results.width, [*unread], results.paint)
        results.write(table)
    else:
        is_list = asked.is_list
        results.write_reports(reports, region, is_list=is_list, unread=unread)
    return UNREAD if unread else PASSED


def verify(
    asked: Asked,
    target: Target,
    waiting: Waiting,
    results: Results,
    expect: Any = None,  # noqa: ANN401  # what `expect` takes
) -> int:
    """Wait for jobs, or read stored responses, and verify; return the exit code.

    Raises:
        ConfigurationError: what was typed is wrong.
    """
    asked.check()
    results.check()
    if any(map(is_file, asked.subjects)):
        constraints = None if expect is None else Expectations.model_validate(expect)
        reports = [verify_job(job, constraints) for job in _stored_jobs(asked)]
        results.write_reports(reports, None, is_list=asked.is_list)
        return exit_code(report.verdict for report in reports)
    outcome = read_jobs(asked.jobs(), target, waiting, results, expect)
    results.write_reports(
        outcome.reports, outcome.region, is_list=asked.is_list, unread=outcome.unread
    )
    verdicts = (report.verdict for report in outcome.reports)
    return exit_code(verdicts, is_all_read=not outcome.unread)


def init(asked: Asked, target: Target, waiting: Waiting, results: Results) -> int:
    """Write expectations that a good job meets; return the exit code.

    Raises:
        ConfigurationError: what was typed is wrong.
    """
    asked.check()
    if asked.is_list:
        raise ConfigurationError("--init takes only one job, which must be good.")
    results.check()
    [subject] = asked.subjects
    if is_file(subject):
        report, region = verify_job(load_job(subject)), None
    else:
        outcome = read_jobs(asked.jobs(), target, waiting, results)
        if outcome.is_interrupted:
            return UNDECIDED
        if outcome.unread:
            return UNREAD
        [report], region = outcome.reports, outcome.region
    if report.verdict != "passed":
        for line in lines_of(report, region):
            say_error(line)
        say_error("--init needs a job that passes; this one did not.")
        return exit_code([report.verdict])
    results.write(starter(report.job, region, modeline(results.file, schema_path())))
    return PASSED


def constraint_from(file: str | None, *, as_requested: bool) -> Any:  # noqa: ANN401  # as `expect`
    """Return what is expected, as the input `expect` takes it.

    Args:
        file: in YAML or JSON; `-` is stdin, and a pipe is read once.
        as_requested: whether outputs are also checked against the job's own request.

    Raises:
        ConfigurationError: the file cannot be read, or has invalid expectations.
    """
    if file is None:
        return AS_REQUESTED if as_requested else None
    expect: Any = _piped(file) if is_pipe(file) else load_expectations(file)
    if not as_requested or expect == AS_REQUESTED:
        return expect
    return {**expect, "as_requested": True}


def _piped(file: str) -> Any:  # noqa: ANN401  # as `expect`
    name = Path(name_of(file))
    try:
        content = content_of(file, MAX_FILE_BYTES + 1)
    except OSError as error:
        raise ConfigurationError(unreadable(file, error)) from None
    return read_expectations(name, decoded(name, content))


def _stored_jobs(asked: Asked) -> list[Job]:
    if asked.jobs_file is not None or not all(map(is_file, asked.subjects)):
        raise ConfigurationError(
            "jobs and stored responses cannot be verified together: run the command"
            " once for each kind."
        )
    return [load_job(subject) for subject in asked.subjects]
