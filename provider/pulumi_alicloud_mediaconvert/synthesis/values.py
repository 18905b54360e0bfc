"""A value that meets demands: likely ones are tried, and `judging` decides. Pure.

What is tried is complete for numbers, whose answers change only at the numbers that
are stated; of text it is what is stated, and what patterns suggest.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, islice, pairwise, product
from typing import Any

import re2

from pulumi_alicloud_mediaconvert.expect.matcher_validation import compiled
from pulumi_alicloud_mediaconvert.expect.matchers import Matcher
from pulumi_alicloud_mediaconvert.expect.value_types import ValueType
from pulumi_alicloud_mediaconvert.verification.evaluation import Fact, judge
from pulumi_alicloud_mediaconvert.verification.locations import described

# So many combinations of values are tried: a tenth of a second of work.
MAX_TRIALS = 3_000
# Beyond this a number is no fact of any medium.
LARGEST = 2**53
# Text that nobody demands, for what must be other than something.
OTHER_TEXTS = ("x", "other", "another")
MEMBERS = "x0_- "
CLASS = re.compile(r"\[\^?(\]?(?:\\.|[^\]\\])*)\]")
GROUP = re.compile(
    r"(?<!\\)\((?:\?(?:P?<\w+>|[imsU]*:|[imsU]+(?=\))))?((?:\\.|[^()\\])*)\)"
    r"([*+?]|\{\d+(?:,\d*)?\})?"
)
REPEATED = re.compile(r"(\\.|[^\\])\{(\d+)(?:,\d*)?\}")
SPECIAL = re.compile(r"\\(.)|[\^$*+?.]", re.DOTALL)
ESCAPES = {"d": "7", "w": "x", "s": " ", "D": "x", "W": "-", "S": "x", "b": ""}


@dataclass(frozen=True)
class Want:
    """One demand on one fact, and where it is stated.

    Attributes:
        path: such as `outputs[0].video.width`.
        field: of the expectation.
        constraint: as stated.
        kind: of its fact.
    """

    path: str
    field: str
    constraint: Any
    kind: ValueType

    def is_met(self, fact: Fact) -> bool:
        """Whether a fact meets the demand."""
        return judge(self.constraint, fact, self.kind) == "met"


class UnfitError(Exception):
    """Nothing was found that meets all that is demanded at some places.

    Attributes:
        lines: one for each demand: its path, and what it demands.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__("; ".join(lines))
        self.lines = lines

    @classmethod
    def of(cls, wants: Iterable[Want]) -> UnfitError:
        """Make one of what is wanted and cannot be had, or not together."""
        return cls([f"{want.path}: {described(want.constraint)}" for want in wants])


def numbers(
    wants: Iterable[Want], usual: Iterable[float] = (), *, is_whole: bool
) -> list[float]:
    """List numbers of which one meets all demands, if any number does.

    Args:
        wants: on one fact of an ordered kind, or of angles.
        usual: that go first.
        is_whole: whether the fact is a whole number.
    """
    stated: list[Fraction] = []
    for want in wants:
        stated += _marks(want.constraint, want.kind)
    marks = sorted({*stated, *(mark for one in stated for mark in (one - 1, one + 1))})
    between = [(low + high) / 2 for low, high in pairwise(marks)]
    tried = [mark for mark in [*stated, *between, *marks] if abs(mark) < LARGEST]
    found = [*usual]
    for mark in tried:
        found += [math.ceil(mark), math.floor(mark)] if is_whole else [float(mark)]
    # What is below zero is no size and no length, but may be all that is left.
    return sorted(dict.fromkeys(found), key=lambda number: number < 0)


def ratios(wants: Iterable[Want], usual: Iterable[str]) -> list[str]:
    """List ratios such as `16:9` as `numbers` lists numbers."""
    stated = [*wants]
    marks = (mark for want in stated for mark in _marks(want.constraint, want.kind))
    between = (Fraction(str(one)) for one in numbers(stated, is_whole=False))
    written = (f"{one.numerator}:{one.denominator}" for one in (*marks, *between))
    return [*dict.fromkeys([*usual, *written])]


def texts(wants: Iterable[Want], usual: Iterable[str]) -> list[str]:
    """List texts that may meet demands: usual ones, stated ones, those of patterns."""
    found = [*usual]
    patterns: list[str] = []
    for want in wants:
        for value in _values(want.constraint):
            if isinstance(value, str):
                found += _spellings(value, want.kind)
        patterns += _patterns(want.constraint)
    found += [reading for pattern in patterns for reading in readings(pattern)]
    return [*dict.fromkeys([*found, *OTHER_TEXTS])]


def first_fitting(
    choices: Mapping[str, Sequence[Any]],
    is_fitting: Callable[[dict[str, Any]], bool],
    likely: Iterable[Mapping[str, Any]] = (),
) -> dict[str, Any] | None:
    """Find values that fit together, those that are likely together first."""
    rows = (dict(zip(choices, row, strict=True)) for row in product(*choices.values()))
    tried = chain((dict(row) for row in likely), islice(rows, MAX_TRIALS))
    return next((row for row in tried if is_fitting(row)), None)


def readings(pattern: str) -> list[str]:
    """Read regular expressions as texts that they may match; whether, others say.

    Each class stands for one of its characters, each group for its first branch, and
    what may be repeated or left out is there once, or as often as it must be.
    """
    inner = pattern
    for _ in range(len(pattern)):
        inner, count = GROUP.subn(_first_branch, CLASS.sub(_member, inner), count=1)
        if not count:
            break
    branches = [_literal(branch) for branch in inner.split("|")]
    return [branch for branch in branches if branch.strip()]


def _marks(constraint: object, kind: ValueType) -> Iterator[Fraction]:
    """Yield the numbers at which a demand changes its mind, the wanted ones first."""
    if not isinstance(constraint, Matcher):
        for value in (
            constraint if isinstance(constraint, list | tuple) else [constraint]
        ):
            if isinstance(value, Matcher):
                yield from _marks(value, kind)
            else:
                yield Fraction(kind.read(value))
        return
    for inner in (constraint.not_, *(constraint.any_of or ())):
        if inner is not None:
            yield from _marks(inner, kind)
    if constraint.near is not None:
        near = Fraction(kind.read(constraint.near))
        if constraint.tolerance is None:
            slack = abs(near) * Fraction(str(constraint.tolerance_percent)) / 100
        else:
            slack = Fraction(str(constraint.tolerance))
        yield from (near, near - slack, near + slack)
    for bound in (constraint.min, constraint.max):
        if bound is not None:
            yield Fraction(kind.read(bound))


def _values(constraint: object) -> Iterator[object]:
    """Yield the plain values that a demand states."""
    if isinstance(constraint, Matcher):
        for inner in (constraint.not_, *(constraint.any_of or ())):
            yield from _values(inner)
    elif isinstance(constraint, list | tuple):
        for inner in constraint:
            yield from _values(inner)
    elif constraint is not None:
        yield constraint


def _patterns(constraint: object) -> Iterator[str]:
    """Yield the regular expressions that a demand states."""
    if isinstance(constraint, Matcher):
        if constraint.matches is not None:
            yield constraint.matches
        for inner in (constraint.not_, *(constraint.any_of or ())):
            yield from _patterns(inner)
    elif isinstance(constraint, list | tuple):
        for inner in constraint:
            yield from _patterns(inner)


def _spellings(value: str, kind: ValueType) -> list[str]:
    """Spell a value as the service would, and as it is stated."""
    read = kind.read(value)
    service = [read] if kind.name in {"Codec", "Extension"} else []
    return [*service, value.strip()]


def _member(found: re.Match[str]) -> str:
    """Write one character of a class as a literal."""
    try:
        is_member = compiled(found[0]).fullmatch
    except re2.error:
        return "x"
    member = next((one for one in found[1] + MEMBERS if is_member(one)), "x")
    return member if member.isalnum() else f"\\{member}"


def _first_branch(found: re.Match[str]) -> str:
    branch = found[1].partition("|")[0]
    count = re.match(r"\{(\d+)", found[2] or "")
    return branch * int(count[1]) if count else branch


def _literal(branch: str) -> str:
    """Read what has no groups and no classes any more."""
    repeated = REPEATED.sub(lambda one: one[1] * min(int(one[2]), 100), branch)
    return SPECIAL.sub(_unescaped, repeated)


def _unescaped(found: re.Match[str]) -> str:
    if found[0] == ".":
        return "x"
    escaped = found[1]
    return "" if escaped is None else ESCAPES.get(escaped, escaped)
