"""Which outputs an expectation is about: by name, by `group/name`, by facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pulumi_alicloud_mediaconvert.api.models import Job, Output, OutputGroup
from pulumi_alicloud_mediaconvert.expect.expectations import (
    Expectations,
    GroupExpectation,
    OutputExpectation,
    Selector,
)
from pulumi_alicloud_mediaconvert.expect.value_types import STATUS
from pulumi_alicloud_mediaconvert.text import listed, plain
from pulumi_alicloud_mediaconvert.verification.candidates import (
    MAX_LABELS,
    Candidates,
    labels,
    weight_of,
)
from pulumi_alicloud_mediaconvert.verification.defaults import match_defaults
from pulumi_alicloud_mediaconvert.verification.evaluation import (
    Outcome,
    all_met,
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
from pulumi_alicloud_mediaconvert.verification.matches import Match, Selected, Selection
from pulumi_alicloud_mediaconvert.verification.media_facts import output_fact
from pulumi_alicloud_mediaconvert.verification.statuses import (
    SUCCESS,
    group_location,
    judge_status,
    output_location,
)
from pulumi_alicloud_mediaconvert.verification.work import (
    CLAIMING,
    SELECTING,
    Work,
)

DELIVERED = "to be delivered"
# Groups of one name, each with its outputs.
Parts = list[tuple[OutputGroup, Sequence[Output]]]


def select(
    job: Job, expectations: Expectations, work: Work, *, is_complete: bool
) -> Selection:
    """Find what each expectation is about.

    Args:
        job: as reported.
        expectations: on its outputs and groups.
        work: what is left of the verification.
        is_complete: whether all was reported that was requested; what is not there
            is missed only then.

    Raises:
        OutOfWorkError: nothing is left of `work`.
    """
    chosen = Selection([], [], [], expectations.every_output, work)
    stated = expectations.outputs or []
    candidates = Candidates(job.outputs, None, stated, work=work)
    for index, one in enumerate(stated):
        base = Location(("outputs", index))
        _select_one(one, candidates, base, chosen, is_complete=is_complete)
    groups: dict[str | None, Parts] = {}
    for part in zip(job.output_groups, job.members, strict=True):
        groups.setdefault(part[0].name, []).append(part)
    for group in expectations.output_groups or []:
        found = groups.get(group.name, [])
        _select_group(group, found, job, chosen, is_complete=is_complete)
    if (every := expectations.every_output) is not None:
        if Candidates(job.outputs, None, [every], work=work).is_comparable:
            match_defaults(every, job.outputs, chosen.matches)
        else:
            location = Location(("every_output",)).of(every)
            chosen.found.append(_uncompared(location, len(job.outputs)))
    return chosen


def _select_group(
    expectation: GroupExpectation,
    found: Parts,
    job: Job,
    chosen: Selection,
    *,
    is_complete: bool,
) -> None:
    for group, members in found:
        location = group_location(group).of(expectation)
        chosen.groups.append((expectation, group, location))
        stated = expectation.outputs or []
        excused = group if is_excused(expectation, group, chosen.work) else None
        # Of a group that has not ended nobody knows yet what it delivers.
        is_all = is_complete and group.has_ended
        candidates = Candidates(members, group.label, stated, excused, chosen.work)
        for index, one in enumerate(stated):
            inner = location.to("outputs", index)
            _select_one(one, candidates, inner, chosen, is_complete=is_all)
    if not found:
        location = Location(("output_groups", Named(expectation.name)))
        known = listed(labels(job.output_groups[:MAX_LABELS]), len(job.output_groups))
        is_certain = is_complete and all(group.name for group in job.output_groups)
        chosen.found.append(
            _absent(location.of(expectation), known, is_complete=is_certain)
        )


def is_excused(expectation: GroupExpectation, group: OutputGroup, work: Work) -> bool:
    """Whether a group ended otherwise than well, as it may.

    What succeeded in it all the same is not excused of anything.
    """
    if group.status == SUCCESS or expectation.status is None:
        return False
    return judge_status(group, expectation.status, work) == "met"


def _select_one(
    expectation: OutputExpectation,
    candidates: Candidates,
    base: Location,
    chosen: Selection,
    *,
    is_complete: bool,
) -> None:
    excused, work = candidates.excused, chosen.work
    work.spend(SELECTING)
    if expectation.where is not None:
        work.spend(weight_of(expectation.where))
        is_comparable = candidates.is_comparable
        location = base._replace(stated=expectation.where).of(expectation)
        selected = _matching(expectation.where, candidates.outputs, work)
        found = [*selected] if is_comparable else []
    else:
        name = expectation.name or ""
        found = _by_name(candidates, name)
        is_comparable = (
            bool(found) or not candidates.unnamed or candidates.is_comparable
        )
        location = _inherit(_location_of_name(name, candidates.group), base).of(
            expectation
        )
        is_expected = excused is None or any(map(_has_succeeded, found))
        if len(found) > 1 and found[0].is_certain and is_expected:
            chosen.found.append(_ambiguous(location, [one.output for one in found]))
            return
    work.spend(len(found) * CLAIMING)
    if excused is not None:
        found = [one for one in found if one.is_certain or _has_succeeded(one)]
    if not is_comparable:
        chosen.found.append(_uncompared(location, len(candidates.outputs)))
    elif excused is not None and (found or _may_end_as(expectation, excused, work)):
        pass
    elif not found:
        chosen.found.append(
            _absent(location, candidates.names, is_complete=is_complete)
        )
    elif sure := [one.output.label for one in found if one.is_certain]:
        delivered = plain(sure[0]) if len(sure) == 1 else listed(sure)
        chosen.found.append(met(location, DELIVERED, delivered))
    else:
        chosen.found.append(_undecided(location, [one.output.label for one in found]))
    chosen.matches.extend(
        Match(
            expectation,
            output,
            _inherit(output_location(output), base).of(expectation),
            is_certain,
        )
        for output, is_certain in found
    )


def _has_succeeded(selected: Selected) -> bool:
    return selected.output.status == SUCCESS


def _may_end_as(expectation: OutputExpectation, group: OutputGroup, work: Work) -> bool:
    """Whether an output may be missing from a group that ended as it may."""
    if expectation.status is None:
        return True
    return judge(expectation.status, fact_of(group.status), STATUS, work) == "met"


def _location_of_name(name: str, group: str | None) -> Location:
    whole = name if group is None else f"{group}/{name.removeprefix(f'{group}/')}"
    return Location(("outputs", Named(whole)))


def _inherit(location: Location, outer: Location) -> Location:
    return Location(location.steps, outer.enforcement_level, outer.message)


def _by_name(candidates: Candidates, name: str) -> list[Selected]:
    """Find the outputs of a name, else those whose name is not reported."""
    certain = [
        Selected(output, is_certain=True) for output in candidates.named.get(name, [])
    ]
    if certain or not candidates.is_comparable:
        return certain
    return [
        Selected(output, is_certain=False)
        for output in candidates.unnamed
        if "/" not in name or name.startswith(f"{output.group}/")
    ]


def _matching(
    where: Selector, outputs: Iterable[Output], work: Work
) -> Iterator[Selected]:
    for output in outputs:
        work.visit(output)
        found = judge_selector(where, output, work)
        if found != "missed":
            yield Selected(output, is_certain=found == "met")


def judge_selector(
    where: Selector, output: Output, work: Work | None = None
) -> Outcome:
    """Say whether `where` selects an output, as far as its facts tell."""
    return all_met(
        judge(constraint, output_fact(output, name), kind, work)
        for name, constraint, kind in where.constraints
    )


def _absent(location: Location, known: str, *, is_complete: bool) -> Finding:
    doubt, detail = None if is_complete else Doubt.UNREPORTED, Present(known)
    return differs(location, DELIVERED, "none", doubt=doubt, detail=detail)


def _uncompared(location: Location, outputs: int) -> Finding:
    why = f"{outputs:,} outputs are more than can be compared"
    return undecided(location, "to be compared", why, "not compared")


def _undecided(location: Location, possible: Sequence[str]) -> Finding:
    why = f"too little is reported to tell (it may be: {listed(possible)})"
    return undecided(location, DELIVERED, why, "not known")


def _ambiguous(location: Location, found: Sequence[Output]) -> Finding:
    names = listed([output.label for output in found])
    return differs(location, "one output", f"several: {names}")
