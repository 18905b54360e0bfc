"""What each expectation is about: by name, by `group/name`, by facts. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pulumi_alicloud_mediaconvert.api.models import Job, OutputGroup
from pulumi_alicloud_mediaconvert.expect.expectations import (
    Expectations,
    GroupExpectation,
    OutputExpectation,
)
from pulumi_alicloud_mediaconvert.expect.expected_media import EveryOutputExpectation
from pulumi_alicloud_mediaconvert.expect.value_types import STATUS
from pulumi_alicloud_mediaconvert.text import listed, plain
from pulumi_alicloud_mediaconvert.verification.candidates import (
    MAX_LABELS,
    Candidates,
    ExpectedOutput,
    Match,
    Selected,
    labels,
)
from pulumi_alicloud_mediaconvert.verification.defaults import defaults_of
from pulumi_alicloud_mediaconvert.verification.evaluation import (
    fact_of,
    judge,
)
from pulumi_alicloud_mediaconvert.verification.findings import (
    Doubt,
    Finding,
    Present,
    differs,
    met,
    undecided,
)
from pulumi_alicloud_mediaconvert.verification.locations import Location, Named
from pulumi_alicloud_mediaconvert.verification.statuses import (
    SUCCESS,
    group_location,
    judge_status,
    output_location,
)
from pulumi_alicloud_mediaconvert.verification.work_budget import (
    CLAIMING,
    SELECTING,
    WorkBudget,
)

DELIVERED = "to be delivered"


class GroupMatch(NamedTuple):
    """That an expectation is about a group.

    Attributes:
        expectation: on the group.
        key: the position of the group in the job.
        group: as reported.
        location: of the group, with what the expectation says of itself.
        outputs: of the group.
        is_excused: whether it ended otherwise than well, as it may. What succeeded in
            it all the same is not excused of anything.
    """

    expectation: GroupExpectation
    key: int
    group: OutputGroup
    location: Location
    outputs: Sequence[ExpectedOutput]
    is_excused: bool


@dataclass
class Selection:
    """What all expectations are about.

    Attributes:
        outputs: each output of the job by its position, with what is expected of it.
        every_output: the defaults, where there are any.
        is_complete: whether all was reported that was requested; what is not there is
            missed only then.
        work: what is left of the verification.
        matches: with outputs, in the order of the expectations; defaults come last.
        groups: the matches with groups, in the same order.
        found: for each expectation whether there is what it is about.
    """

    outputs: Sequence[ExpectedOutput]
    every_output: EveryOutputExpectation | None
    is_complete: bool
    work: WorkBudget
    matches: list[Match] = field(default_factory=list)
    groups: list[GroupMatch] = field(default_factory=list)
    found: list[Finding] = field(default_factory=list)


def select(
    job: Job, expectations: Expectations, work: WorkBudget, *, is_complete: bool
) -> Selection:
    """Find what each expectation is about.

    Args:
        job: as reported.
        expectations: on its outputs and groups.
        work: what is left of the verification.
        is_complete: whether all was reported that was requested; what is not there
            is missed only then.

    Raises:
        WorkBudgetExceededError: nothing is left of `work`.
    """
    outputs = [ExpectedOutput(output) for output in job.outputs]
    every = expectations.every_output
    chosen = Selection(outputs, every, is_complete, work)
    stated = expectations.outputs or []
    candidates = Candidates(outputs, stated, work, is_complete)
    for index, one in enumerate(stated):
        _select_one(one, candidates, Location(("outputs", index)), chosen)
    if expectations.output_groups:
        _select_groups(job, expectations.output_groups, chosen)
    if every is not None:
        if Candidates(outputs, [every], work).is_comparable:
            chosen.matches += defaults_of(every, outputs)
        else:
            location = Location(("every_output",)).of(every)
            chosen.found.append(_uncompared(location, len(outputs)))
    return chosen


def _select_groups(
    job: Job, expectations: Sequence[GroupExpectation], chosen: Selection
) -> None:
    by_name: dict[str | None, list[int]] = {}
    for key, group in enumerate(job.output_groups):
        by_name.setdefault(group.name, []).append(key)
    members = job.member_keys
    for expectation in expectations:
        keys = by_name.get(expectation.name, [])
        for key in keys:
            group = job.output_groups[key]
            location = group_location(group).of(expectation)
            outputs = [chosen.outputs[member] for member in members[key]]
            is_excused = _is_excused(expectation, group, chosen.work)
            match = GroupMatch(expectation, key, group, location, outputs, is_excused)
            _select_in_group(match, chosen)
        if not keys:
            location = Location(("output_groups", Named(expectation.name)))
            names = labels(job.output_groups[:MAX_LABELS])
            known = listed(names, len(job.output_groups))
            chosen.found.append(
                _absent(
                    location.of(expectation),
                    known,
                    is_complete=chosen.is_complete
                    and all(group.name for group in job.output_groups),
                )
            )


def _select_in_group(match: GroupMatch, chosen: Selection) -> None:
    chosen.groups.append(match)
    if match.is_excused:
        for output in match.outputs:
            output.excuse = match.expectation.status
    stated = match.expectation.outputs or []
    candidates = Candidates(
        match.outputs,
        stated,
        chosen.work,
        # Of a group that has not ended nobody knows yet what it delivers.
        is_complete=chosen.is_complete and match.group.has_ended,
        group=match.group,
        is_excused=match.is_excused,
    )
    for index, one in enumerate(stated):
        _select_one(one, candidates, match.location.to("outputs", index), chosen)


def _is_excused(
    expectation: GroupExpectation, group: OutputGroup, work: WorkBudget
) -> bool:
    if group.status == SUCCESS or expectation.status is None:
        return False
    return judge_status(group, expectation.status, work) == "met"


def _select_one(
    expectation: OutputExpectation,
    candidates: Candidates,
    base: Location,
    chosen: Selection,
) -> None:
    work, where, is_excused = chosen.work, expectation.where, candidates.is_excused
    work.spend(SELECTING)
    if where is not None:
        found, location = candidates.matching(where), base._replace(stated=where)
    else:
        name = expectation.name or ""
        found = candidates.by_name(name)
        location = _inherit(_location_of_name(name, candidates.group), base)
    location = location.of(expectation)
    if found and where is None:
        is_expected = not is_excused or any(one.has_succeeded for one in found)
        if len(found) > 1 and found[0].is_certain and is_expected:
            names = listed([one.output.label for one in found])
            chosen.found.append(differs(location, "one output", f"several: {names}"))
            return
    work.spend(len(found or ()) * CLAIMING)
    if found is None:
        chosen.found.append(_uncompared(location, len(candidates.outputs)))
        return
    if is_excused:
        found = [one for one in found if one.is_certain or one.has_succeeded]
    if not is_excused or not (found or _may_be_missing(expectation, candidates)):
        chosen.found.append(_delivered(location, found, candidates))
    for one in found:
        at = _inherit(output_location(one.output), base).of(expectation)
        match = Match(expectation, one.output, at, one.is_certain)
        one.expected.matches.append(match)
        chosen.matches.append(match)


def _may_be_missing(expectation: OutputExpectation, candidates: Candidates) -> bool:
    """Whether an output may be missing from a group that ended as it may."""
    if expectation.status is None or candidates.group is None:
        return True
    ended = fact_of(candidates.group.status)
    return judge(expectation.status, ended, STATUS, candidates.work) == "met"


def _location_of_name(name: str, group: OutputGroup | None) -> Location:
    if group is not None:
        name = f"{group.label}/{name.removeprefix(f'{group.label}/')}"
    return Location(("outputs", Named(name)))


def _inherit(location: Location, outer: Location) -> Location:
    return Location(location.steps, outer.enforcement_level, outer.message)


def _delivered(
    location: Location, found: Sequence[Selected], candidates: Candidates
) -> Finding:
    """Say whether there is what an expectation is about."""
    if not found:
        return _absent(location, candidates.names, is_complete=candidates.is_complete)
    if sure := [one.output.label for one in found if one.is_certain]:
        delivered = plain(sure[0]) if len(sure) == 1 else listed(sure)
        return met(location, DELIVERED, delivered)
    possible = listed([one.output.label for one in found])
    why = f"the API reported too little to decide (it may be: {possible})"
    return undecided(location, DELIVERED, why, "not known")


def _absent(location: Location, known: str, *, is_complete: bool) -> Finding:
    doubt, detail = None if is_complete else Doubt.UNREPORTED, Present(known)
    return differs(location, DELIVERED, "none", doubt=doubt, detail=detail)


def _uncompared(location: Location, outputs: int) -> Finding:
    why = f"{outputs:,} outputs are too many to compare"
    return undecided(location, "to be compared", why, "not compared")
