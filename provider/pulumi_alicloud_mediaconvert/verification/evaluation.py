"""Judge a fact by a constraint: met, missed, or inconclusive where nothing is known.

Kleene's three values: `not` turns met and missed about, `any_of` is met by one that
is met, and what was not reported decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from pulumi_alicloud_mediaconvert.expect.matchers import Matcher
from pulumi_alicloud_mediaconvert.expect.value_parsers import exact
from pulumi_alicloud_mediaconvert.expect.value_types import PLAIN, ValueType
from pulumi_alicloud_mediaconvert.verification.work_budget import (
    ORDERING,
    WorkBudget,
    WorkBudgetExceededError,
    is_tried,
)

Outcome = Literal["met", "missed", "inconclusive"]
OPPOSITE: Mapping[Outcome, Outcome] = {
    "met": "missed",
    "missed": "met",
    "inconclusive": "inconclusive",
}


class Fact(NamedTuple):
    """A fact as reported: several values where it has several names.

    Attributes:
        values: as read from the answer; none if it was not reported.
        reason: why there are none, or why they decide nothing, if there is one.
        is_known: whether it was reported or not can be told at all.
        is_absent: whether it is certain that there is none.
    """

    values: tuple[Any, ...] = ()
    reason: str = ""
    is_known: bool = True
    is_absent: bool = False


NOT_REPORTED = Fact()


def fact_of(value: object) -> Fact:
    """Make a fact of one value; `None` was not reported."""
    return NOT_REPORTED if value is None else Fact((value,))


def judge(
    constraint: object, fact: Fact, kind: ValueType, work: WorkBudget | None = None
) -> Outcome:
    """Return whether a fact meets a constraint of its type.

    Args:
        constraint: that was checked.
        fact: as reported.
        kind: of both.
        work: what is left of the verification; one judgement by itself has as much as
            a whole verification, and is inconclusive beyond that.

    Raises:
        WorkBudgetExceededError: nothing is left of `work`.
    """
    if work is None:
        try:
            return judge(constraint, fact, kind, WorkBudget())
        except WorkBudgetExceededError:
            return "inconclusive"
    work.read(fact.values)
    seen = _readable(fact, kind) if fact.is_known else []
    found = _judge(constraint, fact, seen, kind, work)
    return found if fact.is_known else "inconclusive"


def names(
    constraint: object, fact: Fact, kind: ValueType, work: WorkBudget | None = None
) -> bool:
    """Whether a constraint names the value of a fact: plainly, or as one of several.

    `{"not": "h264"}` is met by many a value, and names none of them.
    """
    if isinstance(constraint, Matcher):
        return any(names(entry, fact, kind, work) for entry in constraint.any_of or ())
    if isinstance(constraint, list | tuple):
        return any(names(entry, fact, kind, work) for entry in constraint)
    return judge(constraint, fact, kind, work) == "met"


def _readable(fact: Fact, kind: ValueType) -> list[Any]:
    seen = []
    for value in fact.values:
        try:
            seen.append(kind.fact(value))
        except (ArithmeticError, TypeError, ValueError):
            # As if it had not been reported: nothing can be said about it.
            continue
    return seen


def _judge(
    constraint: object, fact: Fact, seen: list[Any], kind: ValueType, work: WorkBudget
) -> Outcome:
    work.spend(1 + len(seen))
    if isinstance(constraint, Matcher):
        return _judge_matcher(constraint, fact, seen, kind, work)
    if isinstance(constraint, list | tuple):
        return any_met(_judge(entry, fact, seen, kind, work) for entry in constraint)
    if not seen:
        return "missed" if fact.is_absent else "inconclusive"
    wanted = kind.read(constraint)
    return any_met(outcome(kind.equal(wanted, value)) for value in seen)


def _judge_matcher(
    matcher: Matcher, fact: Fact, seen: list[Any], kind: ValueType, work: WorkBudget
) -> Outcome:
    if matcher.present is not None:
        return outcome(matcher.present == bool(seen or (kind is PLAIN and fact.values)))
    if matcher.not_ is not None:
        return OPPOSITE[_judge(matcher.not_, fact, seen, kind, work)]
    if matcher.any_of is not None:
        return any_met(
            _judge(entry, fact, seen, kind, work) for entry in matcher.any_of
        )
    if not seen:
        return "missed" if fact.is_absent else "inconclusive"
    if matcher.matches is not None:
        return _judge_pattern(matcher.matches, fact, work)
    return any_met(_judge_number(matcher, value, kind, work) for value in seen)


def _judge_pattern(pattern: str, fact: Fact, work: WorkBudget) -> Outcome:
    texts = [value for value in fact.values if isinstance(value, str)]
    if not texts or not all(work.is_tried(pattern, text) for text in texts):
        return "inconclusive"
    try:
        return outcome(any(work.matches(pattern, text) for text in texts))
    except UnicodeError:
        # Half a pair of surrogates, which a query can make.
        return "inconclusive"


def explained(fact: Fact, constraint: object) -> Fact:
    """Say why a fact that was reported decides nothing, if it is for its length."""
    texts = [value for value in fact.values if isinstance(value, str)]
    text = max(texts, key=len, default="")
    if any(not is_tried(pattern, text) for pattern in _patterns(constraint)):
        reason = f"to match {len(text):,} characters takes too much work"
        return fact._replace(reason=reason)
    return fact


def _patterns(constraint: object) -> Iterator[str]:
    if isinstance(constraint, list | tuple):
        for entry in constraint:
            yield from _patterns(entry)
    elif isinstance(constraint, Matcher):
        if constraint.matches is not None:
            yield constraint.matches
        yield from _patterns(constraint.not_)
        yield from _patterns(constraint.any_of)


def _judge_number(
    matcher: Matcher, value: object, kind: ValueType, work: WorkBudget
) -> Outcome:
    work.spend(ORDERING)
    if matcher.near is not None:
        pair = _scaled(matcher.near, value, kind)
        return "inconclusive" if pair is None else outcome(_is_near(matcher, *pair))
    return all_met(
        _judge_bound(bound, value, kind, sign)
        for bound, sign in ((matcher.min, -1), (matcher.max, 1))
        if bound is not None
    )


def _judge_bound(bound: object, value: object, kind: ValueType, sign: int) -> Outcome:
    pair = _scaled(bound, value, kind)
    if pair is None:
        return "inconclusive"
    wanted, seen = pair
    return outcome((seen - wanted) * sign <= abs(wanted) * kind.slack)


def _scaled(
    wanted: object, value: object, kind: ValueType
) -> tuple[Decimal, Decimal] | None:
    return kind.scale(kind.read(wanted), value) if kind.scale else None


def _is_near(matcher: Matcher, wanted: Decimal, seen: Decimal) -> bool:
    if matcher.tolerance is not None:
        return abs(seen - wanted) <= exact(matcher.tolerance)
    return abs(seen - wanted) * 100 <= exact(matcher.tolerance_percent) * abs(wanted)


def outcome(is_met: bool | None) -> Outcome:  # noqa: FBT001  # one truth, one outcome
    """Turn a truth into an outcome; `None` is one that nobody knows."""
    if is_met is None:
        return "inconclusive"
    return "met" if is_met else "missed"


def any_met(outcomes: Iterable[Outcome]) -> Outcome:
    """Join outcomes by or: met if one is, missed if all are."""
    found = set(outcomes)
    if "met" in found:
        return "met"
    return "inconclusive" if "inconclusive" in found else "missed"


def all_met(outcomes: Iterable[Outcome]) -> Outcome:
    """Join outcomes by and: missed if one is, met if all are."""
    found = set(outcomes)
    if "missed" in found:
        return "missed"
    return "inconclusive" if "inconclusive" in found else "met"
