"""Ways to fill the places of a job: who is expected, selected, or one too few. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, product

from pulumi_alicloud_mediaconvert.expect.expectations import (
    Expectations,
    GroupExpectation,
)
from pulumi_alicloud_mediaconvert.expect.value_types import NUMBER
from pulumi_alicloud_mediaconvert.synthesis.files import Ordered
from pulumi_alicloud_mediaconvert.synthesis.searches import (
    ROOT,
    Searched,
    Tried,
    joined,
    own_output,
    placed,
    settled_output,
)
from pulumi_alicloud_mediaconvert.synthesis.streams import Facts, wants_of
from pulumi_alicloud_mediaconvert.synthesis.values import (
    UnfitError,
    Want,
    numbers,
    texts,
)
from pulumi_alicloud_mediaconvert.verification.evaluation import Fact, fact_of
from pulumi_alicloud_mediaconvert.verification.locations import Location
from pulumi_alicloud_mediaconvert.verification.statuses import SUCCESS

MAX_OUTPUTS = 500
GROUP_TYPES = ("Hls", "Dash", "File")
GROUP_STATUSES = (SUCCESS, "Skipped", "Failed", "Cancelled")
SEGMENTED = frozenset({"Hls", "Dash"})


@dataclass(frozen=True, kw_only=True)
class Filling:
    """One way to fill the places.

    Attributes:
        expectations: to be met.
        searched: those of them that select by facts.
        shared: for each of these the position of the output that it shares with
            others; -1 has one of its own.
        with_advice: whether advisory demands are met too.
        splits: whether `a/b` is the output `b` of a group `a`.
        is_requested: whether the request states what is delivered.
        seconds: usual duration.
        tried: what came of outputs that were ordered before, in any way.
    """

    expectations: Expectations
    searched: Sequence[Searched]
    shared: Sequence[int]
    with_advice: bool
    splits: bool
    is_requested: bool
    seconds: float
    tried: Tried

    def delivery(self) -> Facts:
        """Fill all places.

        Raises:
            UnfitError: that is not possible in this way.
        """
        groups: dict[str, Facts] = {}
        outputs = [*self._named(groups)]
        for one, position in zip(self.searched, self.shared, strict=True):
            if position < 0:
                outputs.append(own_output(one, outputs, groups))
            elif position < len(outputs):
                outputs[position] = joined(outputs[position], one)
            else:
                raise UnfitError([])
        self._pad(outputs, groups)
        for output in outputs:
            if output.group is not None:
                _group_of(output.group, groups)
        made = [
            settled_output(self._usual(one, groups), self.searched, self.tried)
            for one in outputs
        ]
        return {
            "outputs": made,
            "groups": [*groups.values()],
            "is_requested": self.is_requested,
        }

    def _usual(self, output: Ordered, groups: dict[str, Facts]) -> Ordered:
        every = self.expectations.every_output
        location = ROOT.field("every_output")
        kind = groups[output.group]["type"] if output.group is not None else None
        return replace(
            output,
            defaults=None if every is None else (every, location.of(every)),
            seconds=self.seconds,
            is_segmented=kind in SEGMENTED,
            with_advice=self.with_advice,
        )

    def _named(self, groups: dict[str, Facts]) -> Iterator[Ordered]:
        """Yield the outputs that are expected by name, and note their groups."""
        for one, location in placed(self.expectations.outputs, ROOT):
            if one.name is not None:
                group, slash, name = one.name.partition("/")
                if not (self.splits and slash and group and name):
                    yield Ordered(one.name, None, ((one, location),))
                else:
                    yield Ordered(name, group, ((one, location),))
        for expected, at in placed(
            self.expectations.output_groups, ROOT, "output_groups"
        ):
            group = expected.name
            groups[group] = self._group(expected, at)
            if groups[group]["status"] != SUCCESS:
                continue
            for one, location in placed(expected.outputs, at):
                if one.name is not None:
                    name = one.name.removeprefix(f"{group}/")
                    yield Ordered(name, group, ((one, location),))

    def _group(self, expected: GroupExpectation, location: Location) -> Facts:
        wants = [*wants_of(expected, location, with_advice=self.with_advice)]
        facts: Facts = {"name": expected.name}
        for field, usual in (("type", GROUP_TYPES), ("status", GROUP_STATUSES)):
            of_field = [want for want in wants if want.field == field]
            choices = [*texts(of_field, usual), None]
            fitting = (
                one
                for one in choices
                if all(want.is_met(fact_of(one)) for want in of_field)
            )
            if (found := next(fitting, "")) == "":
                raise UnfitError.of(of_field)
            facts[field] = found
        return facts

    def _pad(self, outputs: list[Ordered], groups: dict[str, Facts]) -> None:
        """Add outputs until there are as many as wanted, and at least one."""
        for expected, location in placed(
            self.expectations.output_groups, ROOT, "output_groups"
        ):
            if groups[expected.name]["status"] == SUCCESS:
                self._pad_group(expected, location, outputs)
        at_least = max(len(outputs), 1)
        wanted = _count(
            self.expectations.output_count, ROOT.field("output_count"), at_least
        )
        while len(outputs) < wanted:
            outputs.append(self._spare(outputs, groups))

    def _pad_group(
        self, expected: GroupExpectation, location: Location, outputs: list[Ordered]
    ) -> None:
        members = sum(output.group == expected.name for output in outputs)
        others = self.expectations.other_outputs
        is_forbidden = others == "forbid" and expected.outputs is not None
        # An empty group is odd, but may be all that is left.
        fewest = (0,) if is_forbidden else (1, 0)
        wanted = _count(
            expected.output_count,
            location.field("output_count"),
            *(max(members, one) for one in fewest),
        )
        for _ in range(wanted - members):
            searched = [one for one in self.searched if one.group == expected.name]
            if is_forbidden and searched:
                outputs.append(own_output(searched[0], outputs, {}))
            else:
                outputs.append(self._other(outputs, expected.name))

    def _spare(self, outputs: list[Ordered], groups: dict[str, Facts]) -> Ordered:
        """Order one output more than anybody asked for."""
        if self.expectations.other_outputs == "allow":
            return self._other(outputs, None)
        for one in self.searched:
            try:
                return own_output(one, outputs, groups)
            except UnfitError:
                continue
        for group in self.expectations.output_groups or []:
            if group.outputs is None and group.output_count is None:
                return self._other(outputs, group.name)
        raise UnfitError(["expect.other_outputs: forbid"])

    def _other(self, outputs: Sequence[Ordered], group: str | None) -> Ordered:
        """Order an output that no expectation names."""
        return Ordered(_free_name(outputs), group)


def _count(constraint: object, location: Location, *at_least: int) -> int:
    """Choose the smallest number that is wanted, from several that it is at least."""
    if constraint is None:
        return at_least[0]
    want = Want(location.path, "output_count", constraint, NUMBER)
    known = sorted({int(one) for one in numbers([want], at_least, is_whole=True)})
    for fewest, number in product(at_least, known):
        if fewest <= number <= MAX_OUTPUTS and want.is_met(Fact((number,))):
            return number
    raise UnfitError.of([want])


def _free_name(outputs: Sequence[Ordered]) -> str:
    used = {output.name for output in outputs}
    names = (f"output-{number}" for number in count(1))
    return next(name for name in names if name not in used)


def _group_of(name: str, groups: dict[str, Facts]) -> Facts:
    usual = {"name": name, "type": GROUP_TYPES[0], "status": SUCCESS}
    return groups.setdefault(name, usual)
