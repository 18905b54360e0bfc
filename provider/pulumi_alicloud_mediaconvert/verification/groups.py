"""Verify groups of outputs: how each ended, and how many outputs it has. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pulumi_alicloud_mediaconvert.api.models import Job, Output, OutputGroup
from pulumi_alicloud_mediaconvert.expect.expectations import GroupExpectation
from pulumi_alicloud_mediaconvert.verification.evaluation import (
    fact_of,
    judge,
)
from pulumi_alicloud_mediaconvert.verification.findings import (
    Finding,
    counted,
    found_at,
)
from pulumi_alicloud_mediaconvert.verification.locations import Location
from pulumi_alicloud_mediaconvert.verification.matches import Selection
from pulumi_alicloud_mediaconvert.verification.selection import is_excused
from pulumi_alicloud_mediaconvert.verification.statuses import (
    SUCCESS,
    group_location,
    most_members,
    verify_status,
)
from pulumi_alicloud_mediaconvert.verification.totals import verify_count
from pulumi_alicloud_mediaconvert.verification.work import Work


def verify_groups(job: Job, chosen: Selection) -> Iterator[Finding]:
    """Yield how each group ended, and what each expectation on one came to."""
    work = chosen.work
    tolerated = {
        id(group)
        for expectation, group, _ in chosen.groups
        if expectation.status is not None
    }
    for group in job.output_groups:
        if id(group) not in tolerated:
            yield from verify_status(group, group_location(group))
    parts = {
        id(group): (members, most)
        for group, members, most in zip(
            job.output_groups, job.members, most_members(job), strict=True
        )
    }
    for expectation, group, location in chosen.groups:
        work.reached = location
        found = _verify_group(expectation, group, location, *parts[id(group)], work)
        yield from counted(found, work)


def _verify_group(  # noqa: PLR0913, PLR0917  # all of one group
    expectation: GroupExpectation,
    group: OutputGroup,
    location: Location,
    members: Sequence[Output],
    most: int,
    work: Work,
) -> Iterator[Finding]:
    excused = is_excused(expectation, group, work)
    delivered = not excused or any(one.status == SUCCESS for one in members)
    for name, constraint, kind in expectation.constraints:
        if name == "status":
            yield from verify_status(group, location, constraint, work=work)
        elif name == "output_count":
            yield from verify_count(
                constraint, location, len(members), most, work, is_excused=excused
            )
        elif delivered:
            fact = fact_of(getattr(group, name))
            found = judge(constraint, fact, kind, work)
            yield found_at(location, name, constraint, fact, found)
