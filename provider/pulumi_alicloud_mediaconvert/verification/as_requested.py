"""Verify a job as its own request states it: `expect="as-requested"`.

What is derived was not asked for by name, so that a fact which was not reported is
skipped, not inconclusive. The lines that say so begin with how many were tested.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pulumi_alicloud_mediaconvert.api.models import Job, Output
from pulumi_alicloud_mediaconvert.expect.expected_media import (
    AudioExpectation,
    EveryOutputExpectation,
    VideoExpectation,
    kinds_of,
)
from pulumi_alicloud_mediaconvert.expect.matchers import Matcher
from pulumi_alicloud_mediaconvert.requested.requests import Request, requests_of
from pulumi_alicloud_mediaconvert.requested.sections import Demand
from pulumi_alicloud_mediaconvert.verification.judging import Fact, Outcome, judge
from pulumi_alicloud_mediaconvert.verification.media import (
    NO_METADATA,
    Stream,
    StreamKind,
    output_fact,
    stream_fact,
    streams_of,
)
from pulumi_alicloud_mediaconvert.verification.places import (
    Found,
    Met,
    Place,
    described,
)
from pulumi_alicloud_mediaconvert.verification.report import tally_line
from pulumi_alicloud_mediaconvert.verification.statuses import SUCCESS, output_place

KINDS = {
    "output": kinds_of(EveryOutputExpectation),
    "video": kinds_of(VideoExpectation),
    "audio": kinds_of(AudioExpectation),
}
# A request may state anything, and the state keeps every line.
MOST_LINES = 200
STREAM_KINDS: tuple[StreamKind, ...] = ("video", "audio")


class Tested(NamedTuple):
    """One derived demand with the fact it was tested on."""

    demand: Demand
    fact: Fact
    outcome: Outcome


def verify_as_requested(job: Job) -> tuple[list[Found], list[str]]:
    """Verify the deliveries of a job by its own request.

    Returns:
        What was tested, and what could not be tested, one line each; the first one
        says how many were and were not.
    """
    requests, skipped = requests_of(job)
    results: list[Found] = []
    count = 0
    for request in requests:
        place = output_place(request.output)
        skipped += [f"{place.label} {line}" for line in request.skipped]
        if request.output.status != SUCCESS:
            skipped += [
                f"{place.label} {demand.source}: it was not delivered"
                for demand in request.demands
            ]
            continue
        for tested in _tested(request):
            at = _place(place, tested.demand)
            if tested.outcome == "inconclusive":
                why = tested.fact.reason
                skipped.append(f"{place.label} {tested.demand.source}: {why}")
                continue
            count += 1
            demand = _matcher(tested.demand)
            if tested.outcome == "missed":
                results.append(at.mismatch(described(demand), tested.fact, "missed"))
            else:
                results.append(Met(at, "", demand, tested.fact))
    lines = skipped[:MOST_LINES]
    if more := len(skipped) - len(lines):
        lines.append(f"… and {more} more")
    return results, [tally_line(count, len(skipped)), *lines]


def _place(place: Place, demand: Demand) -> Place:
    scope = place if demand.scope == "output" else place.field(demand.scope)
    at = scope.field(demand.field)
    return Place(at.path, at.label, message=f"requested by {demand.source}")


def _matcher(demand: Demand) -> object:
    if isinstance(demand.matcher, dict):
        return Matcher.model_validate(demand.matcher)
    return demand.matcher


def _tested(request: Request) -> list[Tested]:
    tested = [
        _test(demand, output_fact(request.output, demand.field))
        for demand in request.demands
        if demand.scope == "output"
    ]
    for kind in STREAM_KINDS:
        demands = [one for one in request.demands if one.scope == kind]
        tested += _best(demands, request.output, kind)
    return tested


def _best(demands: Sequence[Demand], output: Output, kind: StreamKind) -> list[Tested]:
    """Test the stream that fits best: which one was requested, nothing says."""
    streams = streams_of(output, kind).media
    if not streams:
        why = NO_METADATA if streams is None else f"there is no {kind} stream"
        return [Tested(demand, Fact(reason=why), "inconclusive") for demand in demands]
    tries = [_try(demands, stream) for stream in streams]
    return min(tries, key=_distance)


def _try(demands: Sequence[Demand], stream: Stream) -> list[Tested]:
    return [_test(demand, stream_fact(stream, demand.field)) for demand in demands]


def _distance(tries: Sequence[Tested]) -> tuple[int, int]:
    outcomes = [one.outcome for one in tries]
    return outcomes.count("missed"), outcomes.count("inconclusive")


def _test(demand: Demand, fact: Fact) -> Tested:
    kind = KINDS[demand.scope][demand.field]
    if demand.untested is not None and judge(demand.untested, fact, kind) == "met":
        return Tested(demand, Fact(reason=demand.why), "inconclusive")
    return Tested(demand, fact, judge(_matcher(demand), fact, kind))
