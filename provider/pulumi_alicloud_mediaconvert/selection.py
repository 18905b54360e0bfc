"""Which outputs an expectation is about: by name, by `group/name`, by facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from pulumi_alicloud_mediaconvert.expectations import (
    Expectations,
    GroupExpectation,
    OutputExpectation,
    Selector,
)
from pulumi_alicloud_mediaconvert.expected_media import EveryOutputExpectation
from pulumi_alicloud_mediaconvert.judging import Outcome, all_met, judge
from pulumi_alicloud_mediaconvert.media import output_fact
from pulumi_alicloud_mediaconvert.models import Job, Output, OutputGroup
from pulumi_alicloud_mediaconvert.places import Place, described
from pulumi_alicloud_mediaconvert.quoting import plain
from pulumi_alicloud_mediaconvert.report import Mismatch
from pulumi_alicloud_mediaconvert.statuses import (
    SUCCESS,
    group_place,
    judge_status,
    output_place,
)

MOST_NAMES = 10
LONGEST_NAME = 80
LONGEST_SELECTOR = 200


class Claim(NamedTuple):
    """That an expectation is about an output.

    Attributes:
        expectation: on the output.
        output: as reported.
        place: of the output, with what the expectation says of itself.
        is_certain: `False` where a fact that `where` asks for was not reported.
    """

    expectation: EveryOutputExpectation
    output: Output
    place: Place
    is_certain: bool

    @property
    def is_named(self) -> bool:
        """Whether the expectation is about this output by its name."""
        expectation = self.expectation
        names = isinstance(expectation, OutputExpectation) and expectation.name
        return self.is_certain and bool(names)


class Among(NamedTuple):
    """Where an expectation looks for what it is about.

    Attributes:
        outputs: that there are.
        place: of the expectation, with what is said around it.
        group: whose outputs they are, if they are of one alone.
    """

    outputs: Sequence[Output]
    place: Place
    group: str | None


class Selected(NamedTuple):
    """An output that is selected, `is_certain`, or that may be."""

    output: Output
    is_certain: bool


class Selection(NamedTuple):
    """What all expectations are about.

    Attributes:
        claims: of outputs, in the order of the expectations.
        groups: with the expectation on each, in the same order.
        mismatches: expectations that are about nothing that is there.
    """

    claims: list[Claim]
    groups: list[tuple[GroupExpectation, OutputGroup, Place]]
    mismatches: list[Mismatch]


def select(job: Job, expectations: Expectations, *, is_complete: bool) -> Selection:
    """Find what each expectation is about.

    Args:
        job: as reported.
        expectations: on its outputs and groups.
        is_complete: whether all was reported that was requested; what is not there
            is missed only then.
    """
    chosen = Selection([], [], [])
    for index, one in enumerate(expectations.outputs or []):
        among = Among(job.outputs, Place(f"outputs[{index}]", ""), None)
        _select_one(one, among, chosen, is_complete=is_complete)
    for group in expectations.output_groups or []:
        _select_group(group, job, chosen, is_complete=is_complete)
    certain = {id(claim.output) for claim in chosen.claims if claim.is_certain}
    possible = {id(claim.output) for claim in chosen.claims}
    if expectations.every_output is not None:
        for output in job.outputs:
            if id(output) not in certain:
                place = output_place(output).of(expectations.every_output)
                is_certain = id(output) not in possible
                chosen.claims.append(
                    Claim(expectations.every_output, output, place, is_certain)
                )
    return chosen


def _select_group(
    expectation: GroupExpectation, job: Job, chosen: Selection, *, is_complete: bool
) -> None:
    found = [
        (group, members)
        for group, members in zip(job.output_groups, job.members, strict=True)
        if group.name == expectation.name
    ]
    for group, members in found:
        place = group_place(group).of(expectation)
        chosen.groups.append((expectation, group, place))
        if is_excused(expectation, group):
            continue
        for index, one in enumerate(expectation.outputs or []):
            inner = replace(place, path=f"{place.path}.outputs[{index}]")
            among = Among(members, inner, group.label)
            _select_one(one, among, chosen, is_complete=is_complete)
    if not found:
        name = plain(expectation.name)
        place = Place(f'output_groups["{name}"]', f'output group "{name}"')
        known = [group.label for group in job.output_groups]
        is_certain = is_complete and all(group.name for group in job.output_groups)
        chosen.mismatches.append(
            _absent(place.of(expectation), known, is_complete=is_certain)
        )


def is_excused(expectation: GroupExpectation, group: OutputGroup) -> bool:
    """Whether a group ended otherwise than well, as it may: it delivered nothing."""
    if group.status == SUCCESS or expectation.status is None:
        return False
    return judge_status(group, expectation.status) == "met"


def _select_one(
    expectation: OutputExpectation,
    among: Among,
    chosen: Selection,
    *,
    is_complete: bool,
) -> None:
    outputs, base, group = among
    known = [output.label for output in outputs]
    if expectation.where is not None:
        found = list(_matching(expectation.where, outputs))
        where = described_selector(expectation.where)
        label = f"{base.label} outputs where {where}".strip()
        place = replace(base, label=label).of(expectation)
    else:
        name = expectation.name or ""
        found = _by_name(outputs, name)
        place = _inherit(_place_of_name(name, group), base).of(expectation)
        if len(found) > 1 and found[0].is_certain:
            chosen.mismatches.append(_ambiguous(place, [one.output for one in found]))
            return
    if not found:
        chosen.mismatches.append(_absent(place, known, is_complete=is_complete))
    elif not any(one.is_certain for one in found):
        chosen.mismatches.append(_undecided(place, [one.output.label for one in found]))
    chosen.claims.extend(
        Claim(
            expectation,
            output,
            _inherit(output_place(output), base).of(expectation),
            is_certain,
        )
        for output, is_certain in found
    )


def _place_of_name(name: str, group: str | None) -> Place:
    whole = name if group is None else f"{group}/{name.removeprefix(f'{group}/')}"
    label = plain(whole)
    return Place(f'outputs["{label}"]', f'output "{label}"')


def _inherit(place: Place, outer: Place) -> Place:
    return Place(place.path, place.label, outer.enforcement_level, outer.message)


def named_outputs(outputs: Sequence[Output], name: str) -> list[Output]:
    """Find the outputs of a name: the ungrouped one, else grouped ones, else both."""
    return (
        [one for one in outputs if one.name == name and one.group is None]
        or [one for one in outputs if one.name == name]
        or [one for one in outputs if one.label == name]
    )


def _by_name(outputs: Sequence[Output], name: str) -> list[Selected]:
    """Find the outputs of a name, else those whose name is not reported."""
    named = [
        Selected(output, is_certain=True) for output in named_outputs(outputs, name)
    ]
    return named or [
        Selected(output, is_certain=False)
        for output in outputs
        if output.name is None
        and ("/" not in name or name.startswith(f"{output.group}/"))
    ]


def _matching(where: Selector, outputs: Iterable[Output]) -> Iterator[Selected]:
    for output in outputs:
        found = judge_selector(where, output)
        if found != "missed":
            yield Selected(output, is_certain=found == "met")


def judge_selector(where: Selector, output: Output) -> Outcome:
    """Say whether `where` selects an output, as far as its facts tell."""
    return all_met(
        judge(demand, output_fact(output, name), kind)
        for name, demand, kind in where.demands
    )


def described_selector(where: Selector) -> str:
    """Say what `where` selects by."""
    told = (f"{name} is {described(demand)}" for name, demand, _ in where.demands)
    return plain(", ".join(told), longest=LONGEST_SELECTOR)


def _absent(place: Place, known: Sequence[str], *, is_complete: bool) -> Mismatch:
    why = "" if is_complete else ", but not all that was requested is reported"
    return place.found(
        "to be delivered",
        "none",
        f", got none{why} (there are: {_listed(known)})",
        is_missed=is_complete,
    )


def _undecided(place: Place, possible: Sequence[str]) -> Mismatch:
    found = f", but too little is reported to tell (it may be: {_listed(possible)})"
    return place.found("to be delivered", "not known", found, is_missed=False)


def _ambiguous(place: Place, found: Sequence[Output]) -> Mismatch:
    names = _listed([output.label for output in found])
    return place.found("one output", names, f", got several: {names}", is_missed=True)


def _listed(names: Sequence[str]) -> str:
    first = sorted(names)[:MOST_NAMES]
    shown = ", ".join(f'"{plain(name, longest=LONGEST_NAME)}"' for name in first)
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return f"{shown}{more}" or "none"
