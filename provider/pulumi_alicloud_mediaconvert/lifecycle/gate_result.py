"""The result of a job's resource, by verdict and enforcement: state, lines. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.lifecycle.declared import Declared
from pulumi_alicloud_mediaconvert.lifecycle.gate import (
    Decision,
    decide,
    recorded_verdict,
)
from pulumi_alicloud_mediaconvert.lifecycle.results import GateResult
from pulumi_alicloud_mediaconvert.lifecycle.stored_state import (
    kept_verdict,
    said_of,
    stored_lines,
    verify_stored,
)
from pulumi_alicloud_mediaconvert.verification.report import Report, ended_job
from pulumi_alicloud_mediaconvert.verification.report_facts import report_facts


def gate_result(declared: Declared, report: Report) -> GateResult:
    """Return the result of the resource for the report of a verification."""
    inputs, policy = declared.inputs, declared.policy
    report = replace(report, spelling=declared.spelling)
    outputs = _outputs(declared, report)
    has_ended = report.verdict != "pending"
    verdict = recorded_verdict(report.verdict, policy, has_ended=has_ended)
    if verdict != report.verdict:
        unverified = {"verdict": verdict, "mismatches": [], "skipped_checks": []}
        return GateResult.of(decide(verdict, policy), outputs | unverified, [])
    lines = said_of(report, inputs.region, declared.secrecy)
    result = GateResult.of(decide(verdict, policy), outputs, lines)
    if not lines or not has_ended:
        return result
    hides_expect = declared.secrecy.hides_expect
    return replace(result, ended=ended_job(report, hides_expect=hides_expect))


def gate_result_without_record(
    declared: Declared, stored: Mapping[str, Any]
) -> GateResult:
    """Judge an ended job that the API no longer has, by the stored facts.

    If they are not enough, the last verdict is kept; such a job never passes by
    default.
    """
    inputs, state = declared.inputs, stored.get("state")
    gone = (
        f"{declared.name} had ended with the state {state}, and the API no longer"
        " finds it"
    )
    report = verify_stored(inputs, stored)
    if report is not None:
        settled = gate_result(declared, report)
        warning = f"{gone}: it was verified with the stored facts."
        outputs = settled.outputs | {"stale": True}
        return replace(settled, outputs=outputs, warnings=[warning, *settled.warnings])
    policy, kept = declared.policy, kept_verdict(declared.stated, stored)
    verdict = recorded_verdict(kept, policy, has_ended=True)
    outputs = {**stored, **declared.stated, "verdict": verdict, "stale": True}
    why = (
        f"{gone}. The stored facts are not enough to verify it again."
        f" The last verdict is kept: {verdict}."
    )
    lines = [why, *stored_lines(stored, declared.secrecy)]
    return GateResult.of(decide(verdict, policy, is_read=False), outputs, lines)


def gone_since(declared: Declared, stored: Mapping[str, Any], text: str) -> GateResult:
    """Keep what is stored of a job that had not ended and that the API lost."""
    outputs = {**stored, **declared.stated, "verdict": "pending", "stale": True}
    decision = decide("pending", declared.policy, is_read=False)
    return GateResult.of(decision, outputs, [text])


def gone_at_refresh(
    declared: Declared, stored: Mapping[str, Any], text: str
) -> GateResult:
    """Keep the last verdict of a job that the API no longer has, and say so."""
    outputs = {**stored, "stale": True}
    verdict = stored.get("verdict")
    line = f"{text} The last verdict is kept: {verdict}."
    if decide(verdict, declared.policy, is_read=False) is not Decision.STOP:
        return GateResult(outputs=outputs, warnings=[line])
    lines = [line, *stored_lines(stored, declared.secrecy)]
    return GateResult(outputs=outputs, failures=lines)


def still_running(
    declared: Declared, job: Job | None, text: str, *, is_gone: bool = False
) -> GateResult:
    """Keep what was read if the wait ended before its job: the next `up` resumes."""
    outputs = _pending(declared, job) | {"stale": is_gone}
    decision = decide("pending", declared.policy, is_read=False)
    return GateResult.of(decision, outputs, [text], is_seen=job is not None)


def interrupted(declared: Declared, job: Job | None, text: str) -> GateResult:
    """Keep what was read before the wait was cancelled."""
    decision = decide("pending", declared.policy, interrupted=True)
    outputs = _pending(declared, job)
    return GateResult.of(decision, outputs, [text], is_seen=job is not None)


def _pending(declared: Declared, job: Job | None) -> dict[str, Any]:
    seen = job or Job(job_id=declared.inputs.job_id)
    return _outputs(declared, Report(job=seen, verdict="pending"))


def _outputs(declared: Declared, report: Report) -> dict[str, Any]:
    """Put the checked inputs next to the facts: `diff` sees outputs only."""
    return {**report_facts(report), **declared.stated}
