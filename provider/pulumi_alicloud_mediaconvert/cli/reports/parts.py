"""The parts of a report that its renderings share: lines, cells and counts. Pure.

Every text that is returned is one line, printable and short, whatever its source; each
format still has to escape what it would take for its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pulumi_alicloud_mediaconvert.cli.colours import TONES, Paint, uncoloured
from pulumi_alicloud_mediaconvert.cli.exit_codes import OF_VERDICT, WORST_FIRST
from pulumi_alicloud_mediaconvert.text import counted, in_one_line, job_name, plain
from pulumi_alicloud_mediaconvert.verification.causes import Cause, with_job_line
from pulumi_alicloud_mediaconvert.verification.job_codes import JobCode, job_code
from pulumi_alicloud_mediaconvert.verification.render import (
    Check,
    Mismatch,
    skipped_line,
)
from pulumi_alicloud_mediaconvert.verification.report import (
    Report,
    causes,
    met_checks,
)

# Of exit codes: what is worse stands nearer to the prompt.
RANKS = {code: -place for place, code in enumerate(WORST_FIRST)}
COLUMNS = ("path", "expected", "actual", "verdict")


def cells_of(one: Mismatch | Check) -> tuple[str, str, str, str]:
    """Return what stands below `COLUMNS`, each of 300 characters at most."""
    outcome = one.verdict if isinstance(one, Mismatch) else one.outcome
    return (
        plain(one.path),
        plain(one.expected),
        plain(one.actual),
        "advisory" if one.enforcement_level == "advisory" else outcome,
    )


def hint_for(report: Report) -> JobCode | None:
    """Return what is known of the code, which a success may carry idly."""
    job = report.job
    return job_code(job.code) if job.has_ended and job.state != "Success" else None


def origin_of(report: Report) -> str:
    """Say where the fault comes from; the headline says what it is and what to do."""
    hint = hint_for(report)
    return f"Origin of the fault: {hint.origin}." if hint else ""


def skipped_of(report: Report) -> tuple[str, list[str]]:
    """Return how many checks were skipped, and a line for each.

    How much of a request was tested stands among them, and in the headline.
    """
    lines = [in_one_line(skipped_line(one)) for one in report.skipped]
    return f"{counted(len(lines), 'check')} skipped", lines


def ended_with_job(report: Report) -> list[str]:
    """Say which parts of a failed job have no reason of their own."""
    return [
        in_one_line(with_job_line(cause))
        for cause in causes(report)
        if cause.status is not None
    ]


def other_causes(report: Report) -> list[Cause]:
    """Return what else is wrong: a row of a table for each."""
    return [cause for cause in causes(report) if cause.status is None]


def met_of(report: Report) -> tuple[str, list[Check]]:
    """Return how many checks were met, and each of them."""
    met = met_checks(report)
    return f"{counted(len(met), 'check')} met", met


def unread_line(job_id: str, region: str | None) -> str:
    """Say that a job could not be read."""
    return in_one_line(f"{job_name(job_id, region)} could not be read.")


def summary_of(
    reports: Sequence[Report], unread: int = 0, paint: Paint = uncoloured
) -> str:
    """Count the verdicts of several jobs: `3 jobs: 2 passed, 1 failed.`.

    Args:
        reports: of the jobs that could be read.
        unread: how many could not.
        paint: colours by outcome.
    """
    verdicts = Counter(report.verdict for report in reports)
    parts = [
        paint(f"{verdicts[verdict]:,} {verdict}", tone)
        for verdict, tone in TONES.items()
        if verdicts[verdict]
    ]
    parts += [paint(f"{unread:,} could not be read", "bad")] if unread else []
    return f"{counted(len(reports) + unread, 'job')}: {', '.join(parts)}."


def rank_of(report: Report) -> int:
    """Rank a report by its outcome: what needs attention has a higher one."""
    return RANKS[OF_VERDICT[report.verdict]]
