"""Values that meet constraints: usual values, and those that constraints name. Pure.

This is no solver. Literals, lists, bounds and `near` name values, and `judge` selects
one that meets the constraint. A pattern or a `not` names none; a usual value may do.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from pulumi_alicloud_mediaconvert.expect.expected_media import Constraints
from pulumi_alicloud_mediaconvert.expect.matchers import Matcher
from pulumi_alicloud_mediaconvert.expect.value_types import ValueType
from pulumi_alicloud_mediaconvert.verification.evaluation import Fact, fact_of, judge

Facts = dict[str, Any]
# Reads the fact of a field from other facts.
ReadFact = Callable[[Facts, str], Fact]
# Kinds whose values the API reports in one spelling.
CANONICAL = frozenset({"Codec", "Extension"})


class Requirement(NamedTuple):
    """A constraint on a fact, with its field in the expectation and its kind."""

    field: str
    constraint: Any
    kind: ValueType
    is_advisory: bool


class Requirements(tuple[Requirement, ...]):
    """Requirements of an output, a group or a stream."""

    __slots__ = ()

    @classmethod
    def of(cls, stated: Constraints, around: object = None) -> Requirements:
        """Collect the constraints of an expectation inside another one."""
        outer = _is_advisory(stated, otherwise=_is_advisory(around, otherwise=False))
        return cls(
            Requirement(name, one, kind, _is_advisory(one, otherwise=outer))
            for name, one, kind in stated.constraints
        )

    def on(self, *fields: str) -> Requirements:
        """Return the requirements of some fields."""
        return Requirements(one for one in self if one.field in fields)

    def values(self, *usual: Any) -> list[Any]:  # noqa: ANN401  # any facts
        """List usual values, then those that the constraints name."""
        found = [*usual]
        for one in self:
            for value in _named(one.constraint):
                found += [None] if value is None else _spellings(value, one.kind)
        return [*dict.fromkeys(found)]

    def best(self, rows: Iterable[Facts], read: ReadFact) -> Facts:
        """Choose the first row that meets all, or the one with the fewest misses."""
        found: Facts = {}
        fewest: tuple[int, int] | None = None
        for row in rows:
            missed = [
                one.is_advisory
                for one in self
                if judge(one.constraint, read(row, one.field), one.kind) != "met"
            ]
            if not missed:
                return row
            weight = (missed.count(False), missed.count(True))
            if fewest is None or weight < fewest:
                found, fewest = row, weight
        return found

    def choose(self, field: str, usual: Iterable[Any], read: ReadFact) -> Any:  # noqa: ANN401  # any fact
        """Choose the value of a field that no other field depends on."""
        own = self.on(field)
        return own.best(({field: one} for one in own.values(*usual)), read)[field]


def read_plain(row: Facts, field: str) -> Fact:
    """Read a fact from a row, unchanged."""
    return fact_of(row[field])


def _is_advisory(stated: object, *, otherwise: bool) -> bool:
    level = getattr(stated, "enforcement_level", None)
    return otherwise if level is None else level == "advisory"


def _named(constraint: object) -> Iterator[Any]:
    """Yield the values that a constraint names; `None` means not reported."""
    if isinstance(constraint, list | tuple):
        for one in constraint:
            yield from _named(one)
    elif isinstance(constraint, Matcher):
        if constraint.present is False:
            yield None
        yield from _named(constraint.any_of or ())
        bounds = (constraint.near, constraint.min, constraint.max)
        yield from (one for one in bounds if one is not None)
    else:
        yield constraint


def _spellings(value: Any, kind: ValueType) -> list[Any]:  # noqa: ANN401  # any literal
    """Spell a literal as the API may report it."""
    if kind.takes_pattern:
        return [kind.read(value) if kind.name in CANONICAL else value.strip()]
    number = Fraction(kind.read(value))
    if kind.name == "Ratio":
        return [f"{number.numerator}:{number.denominator}"]
    if number.denominator == 1:
        return [int(number)]
    # A fact in whole numbers can only be next to a bound.
    return [float(number), math.ceil(number), math.floor(number)]
