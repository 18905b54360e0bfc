"""Verify a job: `verify(job, expectations) -> Report`. Pure.

Only states decide: `Code` and `Message` may be filled beside a success, as in the
vendor's own sample.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pulumi_alicloud_mediaconvert.expectations import Expectations
from pulumi_alicloud_mediaconvert.models import Job, Output, OutputGroup
from pulumi_alicloud_mediaconvert.quoting import plain
from pulumi_alicloud_mediaconvert.readers import as_text
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
    """Doubt a success that reports nothing, or less than was requested."""
    if job.state != SUCCESS:
        return
    if not job.outputs:
        yield _doubt("outputs", "at least one", "none reported")
    config = job.config or {}
    single = [output for output in job.outputs if output.group is None]
    yield from _shortage("outputs", config.get("Outputs"), single)
    requested = _objects(config.get("OutputGroups"))
    yield from _shortage("output_groups", requested, job.output_groups)
    for request, group in _paired_groups(requested, job.output_groups):
        path = f'output_groups["{plain(group.label)}"].output_names'
        members = [output for output in job.outputs if output.group == group.label]
        yield from _shortage(path, request.get("Outputs"), members)


def _paired_groups(
    requested: Sequence[Mapping[str, Any]], reported: Sequence[OutputGroup]
) -> Iterator[tuple[Mapping[str, Any], OutputGroup]]:
    """Pair requested groups with reported ones: by name, else by position."""
    by_name = {group.name: group for group in reported}
    for position, request in enumerate(requested):
        group = by_name.get(as_text(request.get("Name")))
        if group is None and len(requested) == len(reported):
            group = reported[position]
        if group is not None:
            yield request, group


def _shortage(
    path: str, requests: object, reported: Sequence[Output | OutputGroup]
) -> Iterator[Mismatch]:
    requested = _objects(requests)
    names = [part.name for part in reported]
    if len(reported) < len(requested):
        yield _doubt(path, f"{len(requested)} requested", f"{len(names)} reported")
    elif len(set(names)) < len(names):
        wanted = {as_text(request.get("Name")) for request in requested}
        if len(wanted) == len(requested) > len(set(names)):
            yield _doubt(path, f"{len(requested)} names", "one name more than once")


def _doubt(path: str, expected: str, actual: str) -> Mismatch:
    return Mismatch(
        path=path,
        expected=expected,
        actual=actual,
        verdict="inconclusive",
        text=f"{path}: expected {expected}, got {actual}",
    )


def _objects(value: object) -> list[Mapping[str, Any]]:
    """Read the requests of a list; one that says nothing counts as one."""
    entries = value if isinstance(value, list) else []
    return [entry if isinstance(entry, Mapping) else {} for entry in entries]
