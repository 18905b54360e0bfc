"""The outputs of a job with their expectations, and how to find one. Pure.

There may be thousands of outputs, and thousands of expectations on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from pulumi_alicloud_mediaconvert.api.models import Output, OutputGroup
from pulumi_alicloud_mediaconvert.expect.expectations import (
    OutputExpectation,
    Selector,
)
from pulumi_alicloud_mediaconvert.expect.expected_media import EveryOutputExpectation
from pulumi_alicloud_mediaconvert.expect.matchers import Strict
from pulumi_alicloud_mediaconvert.text import listed
from pulumi_alicloud_mediaconvert.verification.evaluation import (
    Outcome,
    all_met,
    judge,
)
from pulumi_alicloud_mediaconvert.verification.locations import Location
from pulumi_alicloud_mediaconvert.verification.media_facts import output_fact
from pulumi_alicloud_mediaconvert.verification.statuses import SUCCESS
from pulumi_alicloud_mediaconvert.verification.work_budget import WorkBudget

# Outputs times constraints; more would take seconds. A job has some dozens of outputs.
MAX_TRIALS = 500_000
FEW_OUTPUTS = 100
# The names that an error lists are taken from so many groups at most.
MAX_LABELS = 1000


@dataclass(eq=False, slots=True)
class ExpectedOutput:
    """One output and its expectations.

    Attributes:
        output: as reported.
        matches: the expectations that are about it or may be, defaults aside.
        excuse: a constraint on its status, if its group ended otherwise than well as it
            may; `None` otherwise.
    """

    output: Output
    matches: list[Match] = field(default_factory=list)
    excuse: object = None


class Match(NamedTuple):
    """That an expectation is about an output.

    Attributes:
        expectation: on the output.
        output: as reported.
        location: of the output, with what the expectation says of itself.
        is_certain: `False` where a fact that `where` asks for was not reported; of a
            default, where an expectation that may not be about the output replaces it.
    """

    expectation: EveryOutputExpectation
    output: Output
    location: Location
    is_certain: bool

    @property
    def is_default(self) -> bool:
        """Whether it comes from `every_output`."""
        return not isinstance(self.expectation, OutputExpectation)

    @property
    def is_named(self) -> bool:
        """Whether the expectation is about this output by its name."""
        expectation = self.expectation
        names = isinstance(expectation, OutputExpectation) and expectation.name
        return self.is_certain and bool(names)


class Selected(NamedTuple):
    """An output that is selected, `is_certain`, or that may be."""

    expected: ExpectedOutput
    is_certain: bool

    @property
    def output(self) -> Output:
        """The output as reported."""
        return self.expected.output

    @property
    def has_succeeded(self) -> bool:
        """Whether it was delivered."""
        return self.output.status == SUCCESS


@dataclass(frozen=True)
class Candidates:
    """The outputs that an expectation may be about.

    Attributes:
        outputs: that there are.
        expectations: that look there.
        work: what is left of the verification.
        is_complete: whether there are no others; what is not there is missed only then.
        group: whose outputs they are, if they are of one alone.
        is_excused: whether the group ended otherwise than well, as it may.
    """

    outputs: Sequence[ExpectedOutput]
    expectations: Sequence[Strict]
    work: WorkBudget
    is_complete: bool = True
    group: OutputGroup | None = None
    is_excused: bool = False

    # Thousands of expectations may ask for one of thousands of outputs.
    @cached_property
    def named(self) -> Mapping[str, Sequence[ExpectedOutput]]:
        """The outputs by a name: ungrouped ones, else grouped ones, else by label."""
        single: dict[str, list[ExpectedOutput]] = {}
        grouped: dict[str, list[ExpectedOutput]] = {}
        labelled: dict[str, list[ExpectedOutput]] = {}
        for one in self.outputs:
            labelled.setdefault(one.output.label, []).append(one)
            if one.output.name is not None:
                found = single if one.output.group is None else grouped
                found.setdefault(one.output.name, []).append(one)
        return labelled | grouped | single

    @cached_property
    def is_comparable(self) -> bool:
        """Whether each expectation can be compared with each output."""
        if len(self.outputs) <= FEW_OUTPUTS:
            return True
        weight = weight_of(self.expectations)
        self.work.spend(weight)
        return len(self.outputs) * weight <= MAX_TRIALS

    @cached_property
    def unnamed(self) -> Sequence[ExpectedOutput]:
        """Those whose name is not reported."""
        return [one for one in self.outputs if one.output.name is None]

    @cached_property
    def names(self) -> str:
        """The names that there are, for a person."""
        return listed(labels(one.output for one in self.outputs))

    def by_name(self, name: str) -> list[Selected] | None:
        """Find the outputs of a name, else those whose name is not reported.

        Returns:
            `None` where these are more than can be compared.
        """
        found = [Selected(one, is_certain=True) for one in self.named.get(name, ())]
        if found or not self.unnamed:
            return found
        if not self.is_comparable:
            return None
        return [
            Selected(one, is_certain=False)
            for one in self.unnamed
            if "/" not in name or name.startswith(f"{one.output.group}/")
        ]

    def matching(self, where: Selector) -> list[Selected] | None:
        """Find the outputs that `where` selects, or may select.

        Returns:
            `None` where there are more than can be compared.

        Raises:
            WorkBudgetExceededError: nothing is left of `work`.
        """
        self.work.spend(weight_of(where))
        if not self.is_comparable:
            return None
        found = []
        for one in self.outputs:
            self.work.visit(one.output)
            outcome = judge_selector(where, one.output, self.work)
            if outcome != "missed":
                found.append(Selected(one, is_certain=outcome == "met"))
        return found


def judge_selector(
    where: Selector, output: Output, work: WorkBudget | None = None
) -> Outcome:
    """Judge whether `where` selects an output, as far as its facts are reported."""
    return all_met(
        judge(constraint, output_fact(output, name), kind, work)
        for name, constraint, kind in where.constraints
    )


def weight_of(constraint: object) -> int:
    """Count the values of a constraint."""
    if isinstance(constraint, Strict):
        return sum(map(weight_of, vars(constraint).values()))
    if isinstance(constraint, list | tuple):
        return sum(map(weight_of, constraint))
    return constraint is not None


def labels(parts: Iterable[Output | OutputGroup]) -> list[str]:
    """Name parts as a person names them."""
    return [part.label for part in parts]
