"""The result of one expectation, as data. `render` has the words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum, auto
from typing import NamedTuple

from pulumi_alicloud_mediaconvert.expect.matchers import Matcher
from pulumi_alicloud_mediaconvert.verification.evaluation import (
    Fact,
    Outcome,
    explained,
)
from pulumi_alicloud_mediaconvert.verification.job_codes import JobCode
from pulumi_alicloud_mediaconvert.verification.locations import Location
from pulumi_alicloud_mediaconvert.verification.work_budget import (
    COMPARING,
    SAYING,
    WorkBudget,
)


class Doubt(Enum):
    """Why it is not certain that something is missed, though it differs."""

    UNCERTAIN = auto()
    UNREPORTED = auto()
    NOT_ENDED = auto()
    SELECTED = auto()
    REPLACED = auto()


class VendorSaid(NamedTuple):
    """Why the vendor says that a part failed, and what is documented of its code."""

    code: str | None
    message: str | None
    hint: JobCode | None


class Requested(NamedTuple):
    """How many were requested of what is counted."""

    number: int


class Present(NamedTuple):
    """The names that there are instead, as one text."""

    names: str


class Extremes(NamedTuple):
    """The shortest and the longest output, each with its duration in seconds."""

    shortest: tuple[object, str]
    longest: tuple[object, str]


class Shortage(NamedTuple):
    """That fewer were reported than requested, each in words: `6 were requested`."""

    requested: str
    reported: str


class Unexpected(NamedTuple):
    """That no expectation is about an output, and others are forbidden."""


class TooFew(NamedTuple):
    """That a finding is about all streams of a kind, which are or may be too few."""


class Phrase(str):
    """Words of ours about a fact, which are short and safe already."""

    __slots__ = ()


Detail = VendorSaid | Requested | Present | Extremes | Shortage | Unexpected | TooFew


class Finding(NamedTuple):
    """The result of one expectation.

    Attributes:
        at: where the expectation stands.
        field: of the fact there; empty for the location itself.
        constraint: that the fact is held to.
        fact: as reported.
        outcome: met, missed, or inconclusive.
        doubt: makes a difference inconclusive.
        detail: what else is known of it.
    """

    at: Location
    field: str
    constraint: object
    fact: Fact
    outcome: Outcome
    doubt: Doubt | None = None
    detail: Detail | None = None

    @property
    def location(self) -> Location:
        """Where the fact stands, with what its matcher says of itself."""
        location = self.at.to(self.field) if self.field else self.at
        constraint = self.constraint
        return location.of(constraint) if isinstance(constraint, Matcher) else location


class StoredFinding(NamedTuple):
    """A mismatch that was stored, of which the words alone are known.

    Attributes:
        location: where it stands; without steps if the path was not understood.
        path: as stored.
        expected: as stored.
        actual: as stored.
        outcome: missed or inconclusive.
        line: as stored, but for the mark of its level.
    """

    location: Location
    path: str
    expected: str
    actual: str
    outcome: Outcome
    line: str

    def moved(self, location: Location) -> StoredFinding:
        """Return it at the location, and of the level, that its expectation has now."""
        return self._replace(location=location, path=location.path)


AnyFinding = Finding | StoredFinding


class Skipped(NamedTuple):
    """A check that could not be tested: of what, and why."""

    location: Location
    reason: str


def found_at(
    at: Location, field: str, constraint: object, fact: Fact, outcome: Outcome
) -> Finding:
    """Return the finding of a constraint on a field."""
    if outcome == "inconclusive":
        fact = explained(fact, constraint)
    return Finding(at, field, constraint, fact, outcome)


def met(location: Location, expected: str, actual: str) -> Finding:
    """Return a finding that was met, in words of our own."""
    return Finding(location, "", expected, Fact((Phrase(actual),)), "met")


def differs(
    location: Location,
    expected: object,
    actual: str,
    *,
    doubt: Doubt | None = None,
    detail: Detail | None = None,
) -> Finding:
    """Say in words of ours what was seen instead: missed, unless there is a doubt."""
    outcome: Outcome = "inconclusive" if doubt else "missed"
    fact = Fact((Phrase(actual),))
    return Finding(location, "", expected, fact, outcome, doubt, detail)


def undecided(
    location: Location, expected: object, reason: str, *actual: str
) -> Finding:
    """Say in words of ours why nothing is known, and what was seen all the same."""
    fact = Fact(tuple(map(Phrase, actual)), reason)
    return Finding(location, "", expected, fact, "inconclusive")


def unmet(found: Iterable[Finding]) -> Iterator[Finding]:
    """Leave out findings that were met."""
    return (one for one in found if one.outcome != "met")


def counted(found: Iterable[Finding], work: WorkBudget) -> Iterator[Finding]:
    """Count the saying of what is found, which takes more than to find it."""
    for one in found:
        work.spend(COMPARING if one.outcome == "met" else SAYING)
        yield one
