"""The parts of a report that its renderings share: lines, cells and counts. Pure.

Every text that is returned is one line, printable and short, whoever wrote it; each
format still has to escape what it would take for its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pulumi_alicloud_mediaconvert.text import counted, in_one_line, plain
from pulumi_alicloud_mediaconvert.verification.evaluation import NOT_REPORTED
from pulumi_alicloud_mediaconvert.verification.job_codes import JobCode, job_code
from pulumi_alicloud_mediaconvert.verification.locations import ADVICE
from pulumi_alicloud_mediaconvert.verification.report import (
    JOB_STATE_PATH,
    TESTED,
    Mismatch,
    Report,
    job_name,
)

# What a cell says in two words.
SILENT = NOT_REPORTED.reason
# A path that tells nobody what is queried or selected there.
POSITION = re.compile(r"(?:^|\.)(?:rules|outputs)\[\d+\]$")
COLUMNS = ("path", "expected", "actual", "verdict")


def listed_mismatches(report: Report) -> list[Mismatch]:
    """Return what is listed below the headline, which names the job's own state."""
    return [one for one in report.mismatches if one.path != JOB_STATE_PATH]


def cells_of(mismatch: Mismatch) -> tuple[str, str, str, str]:
    """Return what stands below `COLUMNS`, each of 300 characters at most."""
    advisory = mismatch.enforcement_level == "advisory"
    return (
        plain(mismatch.path),
        plain(mismatch.expected),
        plain(mismatch.actual),
        "advisory" if advisory else mismatch.verdict,
    )


def remark_of(mismatch: Mismatch) -> str:
    """Return what the text says beyond the cells: the vendor's or the user's words."""
    label, found, rest = mismatch.text.partition(f"expected {mismatch.expected}, ")
    if not found:
        return in_one_line(mismatch.text)
    for known in (f"got {mismatch.actual}", f"but {mismatch.actual}", f"but {SILENT}"):
        rest = rest.removeprefix(known)
    rest = rest.lstrip(" ,;:.")
    if POSITION.search(mismatch.path):
        asked = label.removeprefix(ADVICE).rstrip(": ")
        rest = f"{asked}: {rest}" if rest else asked
    return in_one_line(rest)


def hint_for(report: Report) -> JobCode | None:
    """Return what is known of the code, which a success may carry idly."""
    job = report.job
    return job_code(job.code) if job.has_ended and job.state != "Success" else None


def origin_of(report: Report) -> str:
    """Say whose the fault is; the headline says what it is and what to do."""
    hint = hint_for(report)
    return f"Origin of the fault: {hint.origin}." if hint else ""


def skipped_of(report: Report) -> tuple[str, list[str]]:
    """Return how many checks were skipped, and a line for each.

    How much of a request was tested stands among them, and in the headline.
    """
    lines = [
        in_one_line(one) for one in report.skipped_checks if not one.startswith(TESTED)
    ]
    return f"{counted(len(lines), 'check')} skipped", lines


def unread_line(job_id: str, region: str | None) -> str:
    """Say of a job that there is nothing to say of it."""
    return in_one_line(f"{job_name(job_id, region)} could not be read.")


def summary_of(reports: Sequence[Report], unread: int = 0) -> str:
    """Count the verdicts of several jobs: `3 jobs: 2 passed, 1 failed.`.

    Args:
        reports: of the jobs that could be read.
        unread: how many could not.
    """
    verdicts = Counter(report.verdict for report in reports)
    parts = [f"{count:,} {verdict}" for verdict, count in verdicts.items()]
    parts += [f"{unread:,} could not be read"] if unread else []
    return f"{counted(len(reports) + unread, 'job')}: {', '.join(parts)}."
