"""Verify streams: each one that is expected needs one of its own that is there.

A real assignment, not first come first served: it finds a place for all wherever
there is one. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pulumi_alicloud_mediaconvert.expect.expected_media import StreamExpectation
from pulumi_alicloud_mediaconvert.expect.matchers import Matcher
from pulumi_alicloud_mediaconvert.text import counted, plain
from pulumi_alicloud_mediaconvert.verification.constraint_words import MAX_VALUE
from pulumi_alicloud_mediaconvert.verification.evaluation import (
    Fact,
    Outcome,
    all_met,
    judge,
    names,
)
from pulumi_alicloud_mediaconvert.verification.findings import (
    Finding,
    TooFew,
    differs,
    found_at,
    met,
    undecided,
)
from pulumi_alicloud_mediaconvert.verification.locations import Location
from pulumi_alicloud_mediaconvert.verification.media_facts import (
    NO_METADATA,
    Stream,
    StreamKind,
    Streams,
    stream_fact,
)
from pulumi_alicloud_mediaconvert.verification.work_budget import WorkBudget

# How well a stream fits: in all, but for advisory demands, or as far as is known.
FITS, FITS_MANDATORY, MAY_FIT = 0, 1, 2
# Streams times expectations: a file has some dozens, a hostile answer any number.
MAX_TRIALS = 1_000
TRIALS_PER_UNIT = 2


class Tested(NamedTuple):
    """One constraint on a stream and its result."""

    field: str
    constraint: Any
    fact: Fact
    outcome: Outcome


class Trial(NamedTuple):
    """One expectation tried on one stream.

    Attributes:
        rank: how well it fits; `None` if it does not.
        tested: every field with a constraint.
    """

    rank: int | None
    tested: list[Tested]

    @property
    def distance(self) -> tuple[int, int]:
        """How far it is off: fields missed, then fields not known."""
        outcomes = [one.outcome for one in self.tested]
        return outcomes.count("missed"), outcomes.count("inconclusive")

    def all_found(self, location: Location, kind: StreamKind) -> Iterator[Finding]:
        """Yield the result of each field of the stream expected at a location."""
        for field, constraint, fact, outcome in self.tested:
            yield found_at(location, field, constraint, fact, outcome)
        if not self.tested:
            yield met(location, f"{_a(kind)} stream", "one")


def verify_streams(
    expected: StreamExpectation | Sequence[StreamExpectation],
    streams: Streams,
    kind: StreamKind,
    location: Location,
    work: WorkBudget | None = None,
) -> Iterator[Finding]:
    """Yield the results of all expectations on the streams of one kind.

    Args:
        expected: one, or a list of which each needs a stream of its own; an empty
            list demands that there is none, cover art aside.
        streams: of the output.
        kind: of the streams.
        location: of the output.
        work: what is left of the verification; by itself it has as much as a whole
            one.

    Raises:
        WorkBudgetExceededError: nothing is left of `work`.
    """
    at, work = location.to(kind), work or WorkBudget()
    wanted = [expected] if isinstance(expected, StreamExpectation) else expected
    stated = [
        (one, (at if len(wanted) == 1 else at.to(index)).of(one))
        for index, one in enumerate(wanted)
    ]
    if streams.media is None:
        if not wanted:
            yield undecided(at, "none", NO_METADATA)
        for one in stated:
            yield _undecided(_whole(*one), kind, len(stated), NO_METADATA)
    elif wanted:
        yield from _verify_all(stated, streams, kind, work)
    elif streams.media:
        yield differs(at, "none", _counted(streams.media))
    else:
        yield met(at, "none", "none")


def _whole(expectation: StreamExpectation, location: Location) -> Location:
    """Name the place of a stream of which no single fact can be told.

    A mandatory demand within an advisory expectation counts there, too.
    """
    if location.enforcement_level == "mandatory":
        return location
    demanded = (
        location.of(constraint)
        for _, constraint, _ in expectation.constraints
        if isinstance(constraint, Matcher)
    )
    counting = (one for one in demanded if one.enforcement_level == "mandatory")
    return next(counting, location)


def _a(kind: StreamKind) -> str:
    return f"{'an' if kind == 'audio' else 'a'} {kind}"


def _counted(streams: Sequence[Stream]) -> str:
    said = f"{counted(len(streams), 'stream')} ({_codecs(streams)})"
    return plain(said, longest=MAX_VALUE)


def _codecs(streams: Sequence[Stream]) -> str:
    return ", ".join(stream.codec or "unknown" for stream in streams)


def _verify_all(
    stated: Sequence[tuple[StreamExpectation, Location]],
    streams: Streams,
    kind: StreamKind,
    work: WorkBudget,
) -> Iterator[Finding]:
    media = streams.media or []
    candidates = [*media, *streams.cover_art]
    if len(candidates) * len(stated) > MAX_TRIALS:
        reason = f"{len(candidates)} streams are too many to compare"
        for pair in stated:
            yield _undecided(_whole(*pair), kind, len(stated), reason)
        return
    trials = [
        [
            _try(*one, stream, work, is_cover_art=position >= len(media))
            for position, stream in enumerate(candidates)
        ]
        for one in stated
    ]
    # Augmenting may go through all of them for each that is fewer.
    work.spend(len(candidates) * len(stated) // TRIALS_PER_UNIT)
    assigned = assign(
        [[trial.rank for trial in row] for row in trials],
        [has_mandatory(*one) for one in stated],
    )
    free = {*range(len(media))} - {*assigned}
    for row, position, (one, location) in zip(trials, assigned, stated, strict=True):
        if position is not None:
            yield from row[position].all_found(location, kind)
        elif free:
            nearest = min(
                sorted(free), key=[trial.distance for trial in row].__getitem__
            )
            yield from row[nearest].all_found(location, kind)
        else:
            # What is cover art was expected by name.
            arts = sum(at is not None and at >= len(media) for at in assigned)
            yield _none_left(_whole(one, location), kind, len(stated) - arts, media)


def _undecided(
    location: Location, kind: StreamKind, expected: int, why: str
) -> Finding:
    if expected == 1:
        return undecided(location, f"{_a(kind)} stream", why)
    return undecided(location, f"{expected} streams", why)._replace(detail=TooFew())


def _none_left(
    location: Location, kind: StreamKind, expected: int, streams: Sequence[Stream]
) -> Finding:
    """Say of which stream there is none: all there are go to other expectations."""
    if expected == 1:
        return differs(location, f"{_a(kind)} stream", "none")
    seen = f"{len(streams)} ({_codecs(streams)})" if streams else "none"
    shown = plain(seen, longest=MAX_VALUE)
    return differs(location, f"{expected} streams", shown, detail=TooFew())


def _try(
    expectation: StreamExpectation,
    location: Location,
    stream: Stream,
    work: WorkBudget,
    *,
    is_cover_art: bool,
) -> Trial:
    tested = [
        Tested(field, constraint, fact, judge(constraint, fact, kind, work))
        for field, constraint, kind in expectation.constraints
        for fact in (stream_fact(stream, field),)
    ]
    found = [one for one in tested if one.outcome != "met"]
    if is_cover_art and not _names_codec(expectation, stream, work):
        return Trial(None, tested)
    if has_mandatory(expectation, location):
        counting = [one for one in found if _is_mandatory(one.constraint, location)]
    else:
        counting = found
    return Trial(_rank(all_met(one.outcome for one in counting), found), tested)


def has_mandatory(expectation: StreamExpectation, location: Location) -> bool:
    """Whether an expectation is mandatory, or a constraint within an advisory one."""
    return location.enforcement_level == "mandatory" or any(
        _is_mandatory(constraint, location)
        for _, constraint, _ in expectation.constraints
    )


def _is_mandatory(constraint: object, location: Location) -> bool:
    at = location.of(constraint) if isinstance(constraint, Matcher) else location
    return at.enforcement_level == "mandatory"


def _names_codec(
    expectation: StreamExpectation, stream: Stream, work: WorkBudget
) -> bool:
    """Whether an expectation asks for what only cover art has: its codec."""
    return any(
        name == "codec" and names(constraint, stream_fact(stream, name), kind, work)
        for name, constraint, kind in expectation.constraints
    )


def _rank(outcome: Outcome, found: Sequence[Tested]) -> int | None:
    if outcome == "missed":
        return None
    if outcome == "inconclusive":
        return MAY_FIT
    return FITS_MANDATORY if found else FITS


Ranks = Sequence[Sequence[int | None]]


def assign(ranks: Ranks, is_mandatory: Sequence[bool]) -> list[int | None]:
    """Assign a stream of its own to as many expectations as possible.

    Args:
        ranks: how well each stream fits, by expectation; `None` where it does not.
        is_mandatory: whether an expectation goes before those that are not.

    Returns:
        For each expectation the position of its stream. Streams that surely fit go
        before those that may; no advisory expectation takes anything away from a
        mandatory one.
    """
    everyone = range(len(ranks))
    sure = _matching(ranks, everyone, FITS_MANDATORY, set())
    if len(sure) == len(ranks):
        return [sure[one] for one in everyone]
    first = [one for one in everyone if is_mandatory[one]]
    later = [one for one in everyone if not is_mandatory[one]]
    taken = _matching(ranks, first, MAY_FIT, set())
    taken |= _matching(ranks, later, MAY_FIT, {*taken.values()})
    return [taken.get(one) for one in everyone]


def _matching(
    ranks: Ranks, rows: Sequence[int], worst: int, without: set[int]
) -> dict[int, int]:
    """Find a largest matching by augmenting paths (Kuhn), better ranks first."""
    owner: dict[int, int] = {}
    for limit in range(worst + 1):
        for row in rows:
            if row not in owner.values():
                _augment(ranks, row, limit, owner, {*without})
    return {row: column for column, row in owner.items()}


def _augment(
    ranks: Ranks, row: int, limit: int, owner: dict[int, int], visited: set[int]
) -> bool:
    for column, rank in enumerate(ranks[row]):
        if rank is None or rank > limit or column in visited:
            continue
        visited.add(column)
        if column not in owner or _augment(ranks, owner[column], limit, owner, visited):
            owner[column] = row
            return True
    return False
