"""A verification as plain values: the state of a resource, and JSON elsewhere. Pure.

What is in the state is decided here and nowhere else.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pulumi_alicloud_mediaconvert.verification.job_facts import facts_digest, job_facts
from pulumi_alicloud_mediaconvert.verification.report import Report


def report_facts(report: Report) -> dict[str, Any]:
    """Write a verification and the job it is about as plain values."""
    facts = job_facts(report.job)
    return facts | {
        "verdict": report.verdict,
        "mismatches": [asdict(mismatch) for mismatch in report.mismatches],
        "skipped_checks": list(report.skipped_checks),
        "facts_digest": facts_digest(facts),
        "stale": False,
    }
