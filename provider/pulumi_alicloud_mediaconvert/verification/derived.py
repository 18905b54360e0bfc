"""Verify a job as its own request states it: `expect="as-requested"`.

What is derived was not asked for by name, so that a fact which was not reported is
skipped, not inconclusive. The lines that say so begin with how many were tested.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pulumi_alicloud_mediaconvert.api.models import Job, Output
from pulumi_alicloud_mediaconvert.as_requested.config_node import Constraint
from pulumi_alicloud_mediaconvert.as_requested.derive import Request, requests_of
from pulumi_alicloud_mediaconvert.expect.expected_media import (
    AudioExpectation,
    EveryOutputExpectation,
    VideoExpectation,
    kinds_of,
)
from pulumi_alicloud_mediaconvert.expect.matchers import Matcher
from pulumi_alicloud_mediaconvert.verification.evaluation import Fact, Outcome, judge
from pulumi_alicloud_mediaconvert.verification.locations import (
    Found,
    Location,
    Met,
    described,
)
from pulumi_alicloud_mediaconvert.verification.media_facts import (
    NO_METADATA,
    Stream,
    StreamKind,
    output_fact,
    stream_fact,
    streams_of,
)
from pulumi_alicloud_mediaconvert.verification.report import tally_line
from pulumi_alicloud_mediaconvert.verification.statuses import SUCCESS, output_location
from pulumi_alicloud_mediaconvert.verification.work import OutOfWorkError, Work

KINDS = {
    "output": kinds_of(EveryOutputExpectation),
    "video": kinds_of(VideoExpectation),
    "audio": kinds_of(AudioExpectation),
}
# A request may state anything, and the state keeps every line.
MAX_LINES = 200
# Units of work: to derive what is demanded of an output, to test one demand.
DERIVING = 50
TESTING = 10
STREAM_KINDS: tuple[StreamKind, ...] = ("video", "audio")


class Tested(NamedTuple):
    """One derived demand with the fact it was tested on."""

    constraint: Constraint
    fact: Fact
    outcome: Outcome


def verify_as_requested(job: Job, work: Work) -> Iterator[Found | str]:
    """Verify the deliveries of a job by its own request.

    Yields:
        What was tested; then what could not be tested, one line each: the first one
        says how many were and were not.

    Raises:
        OutOfWorkError: nothing is left of `work`; after all that was found before.
    """
    work.reached = ("as_requested", "as requested")
    work.spend(DERIVING * len(job.outputs))
    requests, skipped = requests_of(job)
    count = 0
    is_cut = False
    try:
        for request in requests:
            for one in _verify_request(request, work):
                if isinstance(one, str):
                    skipped.append(one)
                else:
                    count += 1
                    yield one
    except OutOfWorkError:
        is_cut = True
    yield tally_line(count, len(skipped))
    yield from skipped[:MAX_LINES]
    if (more := len(skipped) - MAX_LINES) > 0:
        yield f"… and {more} more"
    if is_cut:
        raise OutOfWorkError


def _verify_request(request: Request, work: Work) -> Iterator[Found | str]:
    """Yield what was tested of a delivery, and a line for what could not be."""
    location = output_location(request.output)
    yield from (f"{location.label} {line}" for line in request.skipped)
    if request.output.status != SUCCESS:
        for constraint in request.constraints:
            yield f"{location.label} {constraint.source}: it was not delivered"
        return
    work.reached = (location.path, location.label)
    work.visit(request.output)
    for tested in _tested(request, work):
        at = _location(location, tested.constraint)
        if tested.outcome == "inconclusive":
            why = tested.fact.reason
            yield f"{location.label} {tested.constraint.source}: {why}"
        elif tested.outcome == "missed":
            wanted = described(_matcher(tested.constraint))
            yield at.mismatch(wanted, tested.fact, "missed")
        else:
            yield Met(at, "", _matcher(tested.constraint), tested.fact)


def _location(location: Location, constraint: Constraint) -> Location:
    scope = (
        location if constraint.scope == "output" else location.field(constraint.scope)
    )
    at = scope.field(constraint.field)
    return Location(at.path, at.label, message=f"requested by {constraint.source}")


def _matcher(constraint: Constraint) -> object:
    if isinstance(constraint.matcher, dict):
        return Matcher.model_validate(constraint.matcher)
    return constraint.matcher


def _tested(request: Request, work: Work) -> list[Tested]:
    tested = [
        _test(constraint, output_fact(request.output, constraint.field), work)
        for constraint in request.constraints
        if constraint.scope == "output"
    ]
    for kind in STREAM_KINDS:
        constraints = [one for one in request.constraints if one.scope == kind]
        tested += _best(constraints, request.output, kind, work)
    return tested


def _best(
    constraints: Sequence[Constraint], output: Output, kind: StreamKind, work: Work
) -> list[Tested]:
    """Test the stream that fits best: which one was requested, nothing says."""
    streams = streams_of(output, kind).media
    if not streams:
        why = NO_METADATA if streams is None else f"there is no {kind} stream"
        return [
            Tested(constraint, Fact(reason=why), "inconclusive")
            for constraint in constraints
        ]
    tries = [_try(constraints, stream, work) for stream in streams]
    return min(tries, key=_distance)


def _try(constraints: Sequence[Constraint], stream: Stream, work: Work) -> list[Tested]:
    return [_test(one, stream_fact(stream, one.field), work) for one in constraints]


def _distance(tries: Sequence[Tested]) -> tuple[int, int]:
    outcomes = [one.outcome for one in tries]
    return outcomes.count("missed"), outcomes.count("inconclusive")


def _test(constraint: Constraint, fact: Fact, work: Work) -> Tested:
    work.spend(TESTING)
    kind = KINDS[constraint.scope][constraint.field]
    if (
        constraint.untested is not None
        and judge(constraint.untested, fact, kind, work) == "met"
    ):
        return Tested(constraint, Fact(reason=constraint.why), "inconclusive")
    return Tested(constraint, fact, judge(_matcher(constraint), fact, kind, work))
