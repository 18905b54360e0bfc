"""Verify how the job and its parts ended, and that all of them were reported.

Only states decide: `Code` and `Message` may be set even after a success, as in the
vendor's own sample.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pulumi_alicloud_mediaconvert.api.coercion import as_name
from pulumi_alicloud_mediaconvert.api.models import Job, Output, OutputGroup
from pulumi_alicloud_mediaconvert.api.pairing import partners_of
from pulumi_alicloud_mediaconvert.expect.value_types import STATUS
from pulumi_alicloud_mediaconvert.verification.evaluation import (
    Fact,
    Outcome,
    fact_of,
    judge,
)
from pulumi_alicloud_mediaconvert.verification.findings import (
    Doubt,
    Finding,
    Shortage,
    VendorSaid,
    differs,
    met,
    unmet,
)
from pulumi_alicloud_mediaconvert.verification.job_codes import job_code
from pulumi_alicloud_mediaconvert.verification.locations import (
    JOB_STATE,
    Location,
    Named,
)
from pulumi_alicloud_mediaconvert.verification.work_budget import WorkBudget

SUCCESS = "Success"


def output_location(output: Output) -> Location:
    """Name the place of an output."""
    return Location(("outputs", Named(output.label)))


def group_location(group: OutputGroup) -> Location:
    """Name the place of an output group."""
    return Location(("output_groups", Named(group.label)))


def verify_state(job: Job) -> Iterator[Finding]:
    """Yield whether the job itself succeeded."""
    found: Outcome = "met" if job.state == SUCCESS else "missed"
    yield Finding(JOB_STATE, "", SUCCESS, Fact((job.state,)), found)


def verify_parts_of_failure(job: Job) -> Iterator[Finding]:
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
    part: Output | OutputGroup,
    constraint: object = SUCCESS,
    work: WorkBudget | None = None,
) -> Outcome:
    """Return whether a part ended as expected; before its end nothing is decided."""
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
    work: WorkBudget | None = None,
) -> Iterator[Finding]:
    """Yield whether a part ended as expected.

    Args:
        part: an output or a group.
        location: of the part.
        constraint: on its status.
        is_certain: whether the constraint surely is one on this part.
        told: a code of which the line of the job says what there is to say.
        work: what is left of the verification; that a part succeeds is always tested.
    """
    found = judge_status(part, constraint, None if constraint is SUCCESS else work)
    if found == "met":
        yield Finding(location, "status", constraint, fact_of(part.status), "met")
        return
    fact, doubt, detail = Fact((part.status or "none reported",)), None, None
    if not part.has_ended:
        doubt = Doubt.NOT_ENDED
    else:
        # A success may carry a code idly.
        is_news = part.status != SUCCESS and part.code != told
        hint = job_code(part.code) if is_news else None
        detail = VendorSaid(part.code, part.message, hint)
        if not is_certain or found != "missed":
            doubt = Doubt.UNCERTAIN
    outcome: Outcome = "inconclusive" if doubt else "missed"
    yield Finding(location, "status", constraint, fact, outcome, doubt, detail)


def is_whole(job: Job) -> bool:
    """Whether nothing more can come of an ended job that a verdict would rest on."""
    if not job.is_settled:
        return False
    return job.state != SUCCESS or not any(unmet(verify_reported(job)))


def unfinished_outputs(job: Job) -> int:
    """Count the outputs that have not ended or that were not reported."""
    running = sum(not output.has_ended for output in job.outputs)
    return running + max(0, most_outputs(job) - len(job.outputs))


def verify_reported(job: Job) -> Iterator[Finding]:
    """Doubt a success that reports nothing, or less than was requested."""
    return (found for found in _shortages(job) if found is not None)


def most_outputs(job: Job) -> int:
    """Say how many outputs there may be, those that were not reported included."""
    requested, partners = _groups(job)
    unpaired = [one for at, one in enumerate(requested) if at not in partners]
    single = sum(output.group is None for output in job.outputs)
    most = max(single, len(_outputs(job.config or {})))
    return most + sum(most_members(job)) + sum(len(_outputs(one)) for one in unpaired)


def most_members(job: Job) -> list[int]:
    """Say how many outputs each group may have, those not reported included."""
    requested, partners = _groups(job)
    return [
        max(len(keys), 0 if at is None else len(_outputs(requested[at])))
        for keys, at in zip(job.member_keys, partners, strict=True)
    ]


def _shortages(job: Job) -> Iterator[Finding | None]:
    if not job.outputs:
        demand = Shortage("at least one is expected", "none")
        yield _short(Location(("outputs",)), "at least one", "none reported", demand)
    single = [output for output in job.outputs if output.group is None]
    yield _shortage(Location(("outputs",)), _outputs(job.config or {}), single)
    groups = Location(("output_groups",))
    requested, partners = _groups(job)
    yield _shortage(groups, requested, job.output_groups)
    paired = sum(at is not None for at in partners)
    if paired < len(requested) < len(job.output_groups):
        unpaired = f"{len(requested) - paired} with other names"
        demand = Shortage(_were_requested(len(requested)), unpaired)
        yield _short(groups, f"{len(requested)} requested", unpaired, demand)
    for group, members, at in zip(
        job.output_groups, job.members, partners, strict=True
    ):
        if at is not None:
            names = group_location(group).to("output_names")
            yield _shortage(names, _outputs(requested[at]), members)


def _groups(job: Job) -> tuple[list[Mapping[str, Any]], list[int | None]]:
    """Return the groups requested, and for each group reported which of them it is."""
    requested = _objects((job.config or {}).get("OutputGroups"))
    reported = [group.name for group in job.output_groups]
    names = [as_name(request.get("Name")) for request in requested]
    return requested, partners_of(reported, names)


def _shortage(
    location: Location,
    requested: Sequence[Mapping[str, Any]],
    reported: Sequence[Output | OutputGroup],
) -> Finding | None:
    if not requested:
        return None
    names = [part.name for part in reported]
    expected, actual = f"{len(requested)} requested", f"{len(names)} reported"
    if len(reported) < len(requested):
        demand = Shortage(_were_requested(len(requested)), f"{len(names)}")
        return _short(location, expected, actual, demand)
    wanted = {as_name(request.get("Name")) for request in requested}
    if len(wanted) == len(requested) > len(set(names)):
        twice = "one name more than once"
        demand = Shortage(f"{len(requested)} names were requested", twice)
        return _short(location, f"{len(requested)} names", twice, demand)
    return met(location, expected, actual)


def _were_requested(number: int) -> str:
    return f"{number} {'was' if number == 1 else 'were'} requested"


def _short(location: Location, expected: str, actual: str, demand: Shortage) -> Finding:
    return differs(location, expected, actual, doubt=Doubt.UNCERTAIN, detail=demand)


def _outputs(request: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return _objects(request.get("Outputs"))


def _objects(value: object) -> list[Mapping[str, Any]]:
    """Read the requests of a list; one that says nothing counts as one."""
    entries = value if isinstance(value, list) else []
    return [entry if isinstance(entry, Mapping) else {} for entry in entries]
