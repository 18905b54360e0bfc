"""Where an expectation stands, and the words for what was found there."""

from __future__ import annotations

import math
import reprlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from pulumi_alicloud_mediaconvert.expect.expected_media import Expectation
from pulumi_alicloud_mediaconvert.expect.matchers import Matcher
from pulumi_alicloud_mediaconvert.expect.value_parsers import exact
from pulumi_alicloud_mediaconvert.input_names import ExpectationLevel
from pulumi_alicloud_mediaconvert.text import plain, quoted
from pulumi_alicloud_mediaconvert.verification.evaluation import (
    NOT_REPORTED,
    Fact,
    Outcome,
    explained,
)
from pulumi_alicloud_mediaconvert.verification.report import Check, Unmet
from pulumi_alicloud_mediaconvert.verification.work import COMPARING, SAYING, Work

MAX_VALUE = 80
MAX_MESSAGE = 200
MAX_DEMAND = 200
# What is beyond would be cut off in any case.
MAX_ALTERNATIVES = 100
ADVICE = "advisory: "
TWO = 2
# A query may give one list many times over, which is too much to write.
SHORTENED = reprlib.Repr()
SHORTENED.maxlist = SHORTENED.maxdict = SHORTENED.maxstring = MAX_VALUE


@dataclass(frozen=True)
class Location:
    """Where an expectation stands, and what it hands down to those within it.

    Attributes:
        path: of the fact in the outputs, such as `outputs["720P-mp4"].video`.
        label: the same for a person, such as `output "720P-mp4": video`.
        enforcement_level: whether a miss counts for the verdict.
        message: the user's own, of the innermost expectation that has one.
    """

    path: str
    label: str
    enforcement_level: ExpectationLevel = "mandatory"
    message: str | None = None

    @property
    def advice(self) -> str:
        """Begins the text of what does not count for the verdict."""
        return ADVICE if self.enforcement_level == "advisory" else ""

    def of(self, expectation: Expectation | Matcher) -> Location:
        """Take over what an expectation at this place says of itself."""
        if expectation.enforcement_level is None and expectation.message is None:
            return self
        return Location(
            self.path,
            self.label,
            expectation.enforcement_level or self.enforcement_level,
            expectation.message or self.message,
        )

    def field(self, name: str) -> Location:
        """Name the place of a field."""
        path = f"{self.path}.{name}" if self.path else name
        label = f"{self.label} {name}" if self.label else name
        return Location(path, label, self.enforcement_level, self.message)

    def mismatch(
        self, expected: str, fact: Fact, verdict: Outcome, *, detail: str = ""
    ) -> Unmet:
        """Say that a fact at this place is not as expected."""
        actual = shown_fact(fact)
        if verdict == "missed":
            found = f", got {actual}"
        elif fact.values and fact.reason == NOT_REPORTED.reason:
            found = f", but {actual} cannot be compared with that"
        else:
            found = f", but {fact.reason}"
        return self.found(
            expected, actual, f"{found}{detail}", is_missed=verdict == "missed"
        )

    def found(
        self, expected: str, actual: str, found: str, *, is_missed: bool
    ) -> Unmet:
        """Say in one's own words what is not as expected.

        Args:
            expected: what was demanded.
            actual: what was seen.
            found: ends the text, beginning with its own separator.
            is_missed: whether it is certain.
        """
        note = plain(self.message or "", longest=MAX_MESSAGE)
        said = f" ({note})" if note else ""
        label = self.label.rstrip(":")
        return Unmet(
            path=self.path,
            expected=expected,
            actual=actual,
            verdict="missed" if is_missed else "inconclusive",
            text=f"{self.advice}{label}: expected {expected}{found}{said}",
            enforcement_level=self.enforcement_level,
            label=label,
        )

    def met(self, expected: str, actual: str) -> Met:
        """Say in one's own words what is as expected."""
        return Met(self, "", expected, Fact((actual,)))


class Met(NamedTuple):
    """An expectation that is met; its words are made when somebody asks for them.

    Attributes:
        location: of what the fact is about.
        field: of the fact there; empty for the place itself.
        constraint: that is met.
        fact: that meets it.
    """

    location: Location
    field: str
    constraint: object
    fact: Fact

    @property
    def check(self) -> Check:
        """The same in words."""
        location = self.location.field(self.field) if self.field else self.location
        if isinstance(self.constraint, Matcher):
            location = location.of(self.constraint)
        return Check(
            path=location.path,
            label=location.label.rstrip(":"),
            expected=described(self.constraint),
            actual=shown_fact(self.fact),
            outcome="met",
            enforcement_level=location.enforcement_level,
        )


Found = Unmet | Met


def mismatches_in(found: Iterable[Found]) -> Iterator[Unmet]:
    """Leave out what is met."""
    return (one for one in found if not isinstance(one, Met))


def counted(found: Iterable[Found], work: Work) -> Iterator[Found]:
    """Count the saying of what is found, which takes more than to find it."""
    for one in found:
        work.spend(COMPARING if isinstance(one, Met) else SAYING)
        yield one


def found_at(
    location: Location, name: str, constraint: object, fact: Fact, outcome: Outcome
) -> Found:
    """Say what a demand on a field of a place came to."""
    if outcome == "met":
        return Met(location, name, constraint, fact)
    at = location_of_constraint(location, name, constraint)
    if outcome == "inconclusive":
        fact = explained(fact, constraint)
    return at.mismatch(described(constraint), fact, outcome)


ROOT = Location("", "")


def location_of_constraint(
    location: Location, name: str, constraint: object
) -> Location:
    """Name the place of a field with what its matcher says of itself."""
    at = location.field(name)
    return at.of(constraint) if isinstance(constraint, Matcher) else at


def shown_fact(fact: Fact) -> str:
    """Show what was seen."""
    if fact.values:
        return shown_value(fact.values[0])
    return "not reported" if fact.reason == NOT_REPORTED.reason else fact.reason


def shown_value(value: object) -> str:
    """Show one value in short: numbers without a needless `.0`, text as it is."""
    if isinstance(value, bool):
        text = str(value).lower()
    elif isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
        text = f"{exact(round(value, 6) if isinstance(value, float) else value):f}"
    elif isinstance(value, Fraction):
        text = f"{value.numerator}:{value.denominator}"
    else:
        text = SHORTENED.repr(value) if isinstance(value, list | dict) else str(value)
    return plain(text, longest=MAX_VALUE) or '""'


def described(constraint: object) -> str:
    """Say what a demand demands: `at most 3000`, `h264 or hevc`, `403 ± 0.5`."""
    return plain(_described(constraint), longest=MAX_DEMAND)


def _described(constraint: object) -> str:
    if isinstance(constraint, Matcher):
        return _described_matcher(constraint)
    if isinstance(constraint, list | tuple):
        return _alternatives(constraint)
    return shown_value(constraint)


def _described_matcher(matcher: Matcher) -> str:
    if matcher.not_ is not None:
        text = _described_refusal(matcher.not_)
    elif matcher.any_of is not None:
        text = _alternatives(matcher.any_of)
    elif matcher.matches is not None:
        text = f"text matching {quoted(matcher.matches, longest=MAX_VALUE)}"
    elif matcher.present is not None:
        text = "any value" if matcher.present else "none"
    else:
        text = _described_numbers(matcher)
    return text


def _described_numbers(matcher: Matcher) -> str:
    low, high = shown_value(matcher.min), shown_value(matcher.max)
    if matcher.near is not None:
        by = shown_value(matcher.tolerance)
        if matcher.tolerance is None:
            by = f"{shown_value(matcher.tolerance_percent)} %"
        return f"{shown_value(matcher.near)} ± {by}"
    if matcher.min is not None and matcher.max is not None:
        return f"from {low} to {high}"
    return f"at most {high}" if matcher.min is None else f"at least {low}"


def _alternatives(constraints: Sequence[object]) -> str:
    return " or ".join(
        _nested(constraint) for constraint in constraints[:MAX_ALTERNATIVES]
    )


def _described_refusal(refused: object) -> str:
    several = _entries(refused)
    if len(several) < TWO:
        return f"not {_nested(several[0] if several else refused)}"
    return f"neither {' nor '.join(map(_nested, several[:MAX_ALTERNATIVES]))}"


def _entries(constraint: object) -> Sequence[object]:
    """Return the alternatives that a demand consists of, if it is made of some."""
    if isinstance(constraint, Matcher):
        return constraint.any_of or ()
    return constraint if isinstance(constraint, list | tuple) else ()


def _nested(constraint: object) -> str:
    """Describe a demand within another one: in brackets where words of both join."""
    is_joined = len(_entries(constraint)) >= TWO or (
        isinstance(constraint, Matcher) and constraint.not_ is not None
    )
    return f"({_described(constraint)})" if is_joined else _described(constraint)
