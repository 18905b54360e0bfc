"""The outputs among which expectations look for theirs: thousands of each. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pulumi_alicloud_mediaconvert.api.models import Output, OutputGroup
from pulumi_alicloud_mediaconvert.expect.matchers import Strict
from pulumi_alicloud_mediaconvert.text import listed
from pulumi_alicloud_mediaconvert.verification.work import Work

# Outputs times demands; more would take seconds. A job has some dozens of outputs.
MAX_TRIALS = 500_000
FEW_OUTPUTS = 100
# The names that an error lists are taken from so many groups at most.
MAX_LABELS = 1000


@dataclass(frozen=True)
class Candidates:
    """Where an expectation looks for what it is about.

    Attributes:
        outputs: that there are.
        group: whose outputs they are, if they are of one alone.
        expectations: that look there.
        excused: the group, if it ended otherwise than well, as it may.
        work: what is left of the verification.
    """

    outputs: Sequence[Output]
    group: str | None
    expectations: Sequence[Strict]
    excused: OutputGroup | None = None
    work: Work = field(default_factory=Work)

    # Thousands of expectations may ask for one of thousands of outputs.
    @cached_property
    def named(self) -> Mapping[str, Sequence[Output]]:
        """The outputs by a name: ungrouped ones, else grouped ones, else by label."""
        single: dict[str, list[Output]] = {}
        grouped: dict[str, list[Output]] = {}
        labelled: dict[str, list[Output]] = {}
        for output in self.outputs:
            labelled.setdefault(output.label, []).append(output)
            if output.name is not None:
                found = single if output.group is None else grouped
                found.setdefault(output.name, []).append(output)
        return labelled | grouped | single

    @cached_property
    def is_comparable(self) -> bool:
        """Whether each expectation can look at each output."""
        if len(self.outputs) <= FEW_OUTPUTS:
            return True
        weight = weight_of(self.expectations)
        self.work.spend(weight)
        return len(self.outputs) * weight <= MAX_TRIALS

    @cached_property
    def unnamed(self) -> Sequence[Output]:
        """Those whose name is not reported."""
        return [output for output in self.outputs if output.name is None]

    @cached_property
    def names(self) -> str:
        """The names that there are, for a person."""
        return listed(labels(self.outputs))


def weight_of(constraint: object) -> int:
    """Count the values that a demand is made of."""
    if isinstance(constraint, Strict):
        return sum(map(weight_of, vars(constraint).values()))
    if isinstance(constraint, list | tuple):
        return sum(map(weight_of, constraint))
    return constraint is not None


def labels(parts: Iterable[Output | OutputGroup]) -> list[str]:
    """Name parts as a person names them."""
    return [part.label for part in parts]
