"""Stored outputs of a job: repeat their lines, verify them again.

Stored outputs repeat the checked inputs. They may be of another version of this
package: what is not understood is no reason to fail, and none to pass.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from pydantic import ValidationError

from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.input_names import Verdict
from pulumi_alicloud_mediaconvert.lifecycle.input_changes import changed_inputs
from pulumi_alicloud_mediaconvert.lifecycle.results import SEEN_AT
from pulumi_alicloud_mediaconvert.schema.inputs import JobInputs
from pulumi_alicloud_mediaconvert.schema.secrets import Secrecy
from pulumi_alicloud_mediaconvert.text import plain
from pulumi_alicloud_mediaconvert.verification.report import Report, lines_of
from pulumi_alicloud_mediaconvert.verification.stored_report import (
    StoredVerdict,
    stored_findings,
    stored_skipped,
)
from pulumi_alicloud_mediaconvert.verification.verifier import verify
from pulumi_alicloud_mediaconvert.waiting.wait_errors import LastSeen

# What a verification rests on. A failure too large to keep is stored without them.
FACTS = ("state", "outputs", "output_groups", "mismatches")


def stored_lines(outputs: Mapping[str, Any], secrecy: Secrecy) -> list[str]:
    """Say again what a stored verdict found, in the words of then."""
    report = stored_report(outputs)
    if report is None or not (report.findings or report.is_untested):
        return []
    return said_of(report, outputs.get("region"), secrecy)


def stored_report(outputs: Mapping[str, Any]) -> Report | None:
    """Read a stored verification; `None` if it is not understood."""
    found = stored_findings(outputs.get("mismatches"))
    lines = outputs.get("skipped_checks")
    if found is None or not isinstance(lines, list | None):
        return None
    tally, skipped = stored_skipped(lines or [])
    try:
        return Report(
            job=Job.model_validate(outputs),
            verdict=outputs["verdict"],
            findings=found,
            skipped=skipped,
            tally=tally,
        )
    except (KeyError, ValidationError):
        return None


def said_of(report: Report, region: str | None, secrecy: Secrecy) -> list[str]:
    """Return the lines about a report; none if all is good."""
    is_good = report.verdict == "passed" and not report.unmet
    if is_good and not report.is_untested:
        return []
    return lines_of(report, region, hides_expect=secrecy.hides_expect)


def had_ended(outputs: Mapping[str, Any] | None) -> bool:
    """Whether the job had ended when it was last read."""
    state = (outputs or {}).get("state")
    return isinstance(state, str) and Job(state=state).has_ended


def last_seen(outputs: Mapping[str, Any]) -> LastSeen:
    """Return a job as it was last read, and when that was."""
    state, percent = outputs.get("state"), outputs.get("percent")
    at = outputs.get("finish_time" if had_ended(outputs) else SEEN_AT)
    return LastSeen(
        state=state if isinstance(state, str) else None,
        percent=percent if isinstance(percent, int | float) else None,
        when=f"at {plain(at)}" if isinstance(at, str) else "",
    )


def verify_stored(inputs: JobInputs, outputs: Mapping[str, Any]) -> Report | None:
    """Verify an ended job that the API no longer has, by its stored facts.

    Returns:
        The report; `None` if the facts are not there, or not understood.
    """
    if not had_ended(outputs) or any(outputs.get(name) is None for name in FACTS):
        return None
    found = stored_findings(outputs.get("mismatches"))
    try:
        job = Job.model_validate({**outputs, "job_id": inputs.job_id, "raw": {}})
    except ValidationError:
        return None
    verdict: Any = outputs.get("verdict")
    if found is None or verdict not in get_args(Verdict):
        return None
    stored = StoredVerdict(verdict, found, outputs.get("expect"))
    return verify(job, inputs.expect, stored=stored)


def kept_verdict(stated: Mapping[str, Any], outputs: Mapping[str, Any]) -> str:
    """Return the verdict of a job that cannot be verified again.

    A good verdict does not hold for new expectations.
    """
    verdict = str(outputs.get("verdict"))
    if verdict == "passed" and "expect" in changed_inputs(outputs, stated):
        return "inconclusive"
    return verdict
