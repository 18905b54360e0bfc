"""Verify how the job and its parts ended, and that all of them were reported.

Only states decide: `Code` and `Message` may be filled beside a success, as in the
vendor's own sample.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pulumi_alicloud_mediaconvert.api.coercion import as_name
from pulumi_alicloud_mediaconvert.api.models import Job, Output, OutputGroup
from pulumi_alicloud_mediaconvert.api.pairing import partners_of
from pulumi_alicloud_mediaconvert.expect.value_types import STATUS
from pulumi_alicloud_mediaconvert.text import plain
from pulumi_alicloud_mediaconvert.verification.evaluation import Outcome, fact_of, judge
from pulumi_alicloud_mediaconvert.verification.job_codes import job_code
from pulumi_alicloud_mediaconvert.verification.locations import (
    Found,
    Location,
    Met,
    described,
    mismatches_in,
)
from pulumi_alicloud_mediaconvert.verification.report import (
    JOB_STATE_PATH,
    Unmet,
    vendor_words,
)
from pulumi_alicloud_mediaconvert.verification.work import Work

SUCCESS = "Success"


def output_location(output: Output) -> Location:
    """Name the place of an output."""
    label = plain(output.label)
    return Location(f'outputs["{label}"]', f'output "{label}":')


def group_location(group: OutputGroup) -> Location:
    """Name the place of an output group."""
    label = plain(group.label)
    return Location(f'output_groups["{label}"]', f'output group "{label}":')


def verify_state(job: Job) -> Iterator[Found]:
    """Yield whether the job itself succeeded."""
    if job.state == SUCCESS:
        yield Location(JOB_STATE_PATH, JOB_STATE_PATH).met(SUCCESS, SUCCESS)
    else:
        yield Unmet(
            path=JOB_STATE_PATH,
            expected=SUCCESS,
            actual=str(job.state),
            verdict="missed",
            text=f"state: expected {SUCCESS}, got {job.state}",
            label=JOB_STATE_PATH,
        )


def verify_parts_of_failure(job: Job) -> Iterator[Found]:
    """Yield how the parts of a failed job ended.

    Those that it never finished are no news of their own.
    """
    for output in job.outputs:
        if output.has_ended:
            yield from verify_status(output, output_location(output), told=job.code)
    for group in job.output_groups:
        if group.has_ended:
            yield from verify_status(group, group_location(group), told=job.code)


def judge_status(
    part: Output | OutputGroup, constraint: object = SUCCESS, work: Work | None = None
) -> Outcome:
    """Say whether a part ended as demanded; one that has not ended decides nothing."""
    if not part.has_ended:
        return "inconclusive"
    return judge(constraint, fact_of(part.status), STATUS, work)


def verify_status(  # noqa: PLR0913  # the last three have a default
    part: Output | OutputGroup,
    location: Location,
    constraint: object = SUCCESS,
    *,
    is_certain: bool = True,
    told: str | None = None,
    work: Work | None = None,
) -> Iterator[Found]:
    """Yield whether a part ended as demanded.

    Args:
        part: an output or a group.
        location: of the part.
        constraint: on its status.
        is_certain: whether the demand surely is one on this part.
        told: a code of which the line of the job says what there is to say.
        work: what is left of the verification; that a part succeeds is always tested.
    """
    found = judge_status(part, constraint, None if constraint is SUCCESS else work)
    if found == "met":
        yield Met(location, "status", constraint, fact_of(part.status))
        return
    actual = plain(part.status or "none reported")
    said = vendor_words(part.code, part.message) if part.has_ended else ""
    # A success may carry a code idly.
    has_failed = part.has_ended and part.status != SUCCESS
    hint = job_code(part.code) if has_failed and part.code != told else None
    if hint:
        ending = f": {hint.text[0].lower()}{hint.text[1:-1]}"
    else:
        ending = "" if part.has_ended else ", which is no end, though the job has ended"
    yield location.field("status").found(
        described(constraint),
        actual,
        f", got {actual}" + (f" ({said})" if said else "") + ending,
        is_missed=is_certain and found == "missed",
    )


def is_whole(job: Job) -> bool:
    """Whether nothing more can come of an ended job that a verdict would rest on."""
    if not job.is_settled:
        return False
    return job.state != SUCCESS or not any(mismatches_in(verify_reported(job)))


def verify_reported(job: Job) -> Iterator[Found]:
    """Doubt a success that reports nothing, or less than was requested."""
    return (found for found in _shortages(job) if found is not None)


def most_outputs(job: Job) -> int:
    """Say how many outputs there may be, those that were not reported included."""
    config = job.config or {}
    requested = _objects(config.get("OutputGroups"))
    single = [output for output in job.outputs if output.group is None]
    most = max(len(single), len(_objects(config.get("Outputs"))))
    partners = _partners_of_groups(job)
    return (
        most
        + sum(most_members(job))
        + sum(
            len(_objects(request.get("Outputs")))
            for at, request in enumerate(requested)
            if at not in partners
        )
    )


def most_members(job: Job) -> list[int]:
    """Say how many outputs each group may have, those not reported included."""
    requested = _objects((job.config or {}).get("OutputGroups"))
    return [
        max(
            len(members),
            0 if at is None else len(_objects(requested[at].get("Outputs"))),
        )
        for members, at in zip(job.members, _partners_of_groups(job), strict=True)
    ]


def _shortages(job: Job) -> Iterator[Found | None]:
    if not job.outputs:
        yield _doubt("outputs", "at least one", "none reported")
    config = job.config or {}
    single = [output for output in job.outputs if output.group is None]
    yield _shortage("outputs", config.get("Outputs"), single)
    requested = _objects(config.get("OutputGroups"))
    yield _shortage("output_groups", requested, job.output_groups)
    partners = _partners_of_groups(job)
    paired = sum(at is not None for at in partners)
    if paired < len(requested) < len(job.output_groups):
        unpaired = f"{len(requested) - paired} of other names"
        yield _doubt("output_groups", f"{len(requested)} requested", unpaired)
    for group, members, at in zip(
        job.output_groups, job.members, partners, strict=True
    ):
        if at is not None:
            path = f"{group_location(group).path}.output_names"
            yield _shortage(path, requested[at].get("Outputs"), members)


def _partners_of_groups(job: Job) -> list[int | None]:
    requested = _objects((job.config or {}).get("OutputGroups"))
    return partners_of(
        [group.name for group in job.output_groups],
        [as_name(request.get("Name")) for request in requested],
    )


def _shortage(
    path: str, requests: object, reported: Sequence[Output | OutputGroup]
) -> Found | None:
    requested = _objects(requests)
    if not requested:
        return None
    names = [part.name for part in reported]
    if len(reported) < len(requested):
        return _doubt(path, f"{len(requested)} requested", f"{len(names)} reported")
    wanted = {as_name(request.get("Name")) for request in requested}
    if len(wanted) == len(requested) > len(set(names)):
        return _doubt(path, f"{len(requested)} names", "one name more than once")
    return Location(path, path).met(
        f"{len(requested)} requested", f"{len(names)} reported"
    )


def _doubt(path: str, expected: str, actual: str) -> Unmet:
    return Location(path, f"{path}:").found(
        expected, actual, f", got {actual}", is_missed=False
    )


def _objects(value: object) -> list[Mapping[str, Any]]:
    """Read the requests of a list; one that says nothing counts as one."""
    entries = value if isinstance(value, list) else []
    return [entry if isinstance(entry, Mapping) else {} for entry in entries]
