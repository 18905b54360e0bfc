"""Verify a job: `verify(job, expectations) -> Report`. Pure.

Only states decide: `Code` and `Message` may be filled beside a success, as in the
vendor's own sample.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_alicloud_mediaconvert.expectations import Expectations
from pulumi_alicloud_mediaconvert.models import Job, Output, OutputGroup
from pulumi_alicloud_mediaconvert.quoting import plain
from pulumi_alicloud_mediaconvert.report import (
    JOB_STATE_PATH,
    Mismatch,
    Outcome,
    Report,
    Verdict,
    vendor_words,
)

SUCCESS = "Success"


def verify(job: Job, expectations: Expectations | None = None) -> Report:
    """Verify what a job delivered.

    Args:
        job: as last seen. One that has not ended is `pending`, whatever it says.
        expectations: beyond the success of the job, all its outputs and groups.

    Returns:
        The report with every mismatch; its verdict is `failed` if an expectation
        is missed, else `inconclusive` if one could not be decided, else `passed`.
    """
    del expectations  # None can be stated yet.
    if not job.has_ended:
        return Report(job=job, verdict="pending")
    mismatches = (*_job_state(job), *_part_statuses(job), *_unreported_outputs(job))
    return Report(job=job, verdict=_verdict(mismatches), mismatches=mismatches)


def _verdict(mismatches: tuple[Mismatch, ...]) -> Verdict:
    outcomes = {mismatch.verdict for mismatch in mismatches}
    if "missed" in outcomes:
        return "failed"
    return "inconclusive" if outcomes else "passed"


def _job_state(job: Job) -> Iterator[Mismatch]:
    if job.state != SUCCESS:
        yield Mismatch(
            path=JOB_STATE_PATH,
            expected=SUCCESS,
            actual=str(job.state),
            verdict="missed",
            text=f"state: expected {SUCCESS}, got {job.state}",
        )


def _part_statuses(job: Job) -> Iterator[Mismatch]:
    for kind, parts in (("outputs", job.outputs), ("output_groups", job.output_groups)):
        for part in parts:
            # Parts that a failed job never finished are no news of their own.
            if part.has_ended or job.state == SUCCESS:
                yield from _status(kind, part)


def _status(kind: str, part: Output | OutputGroup) -> Iterator[Mismatch]:
    if part.status == SUCCESS:
        return
    label = plain(part.label)
    actual = plain(part.status or "none reported")
    outcome: Outcome = "missed" if part.has_ended else "inconclusive"
    said = vendor_words(part.code, part.message) if part.has_ended else ""
    noun = "output" if kind == "outputs" else "output group"
    yield Mismatch(
        path=f'{kind}["{label}"].status',
        expected=SUCCESS,
        actual=actual,
        verdict=outcome,
        text=f'{noun} "{label}": status: expected {SUCCESS}, got {actual}'
        + (f" ({said})" if said else "")
        + ("" if part.has_ended else ", which is no end, though the job has ended"),
    )


def _unreported_outputs(job: Job) -> Iterator[Mismatch]:
    """Doubt a success that reports fewer outputs than were requested."""
    if job.state != SUCCESS or job.config is None:
        return
    requested = _requested_outputs(job.config)
    reported = len(job.outputs)
    if reported < requested:
        yield Mismatch(
            path="outputs",
            expected=f"{requested} requested",
            actual=f"{reported} reported",
            verdict="inconclusive",
            text=f"outputs: {requested} were requested, but the API reports {reported}",
        )


def _requested_outputs(config: Mapping[str, Any]) -> int:
    groups = _objects(config.get("OutputGroups"))
    single = len(_objects(config.get("Outputs")))
    return single + sum(len(_objects(group.get("Outputs"))) for group in groups)


def _objects(value: object) -> list[Mapping[str, Any]]:
    entries = value if isinstance(value, list) else []
    return [entry for entry in entries if isinstance(entry, Mapping)]
