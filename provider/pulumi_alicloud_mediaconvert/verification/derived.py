"""Verify a job against its own request: `expect="as-requested"`.

What is derived was not asked for by name, so that a fact which was not reported is
skipped, not inconclusive. The lines that say so begin with how many were tested.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pulumi_alicloud_mediaconvert.api.models import Job, Output
from pulumi_alicloud_mediaconvert.as_requested.derive import (
    Constraint,
    Derived,
    derive,
)
from pulumi_alicloud_mediaconvert.expect.expected_media import (
    AudioExpectation,
    EveryOutputExpectation,
    VideoExpectation,
    kinds_of,
)
from pulumi_alicloud_mediaconvert.expect.matchers import Matcher
from pulumi_alicloud_mediaconvert.verification.evaluation import Fact, Outcome, judge
from pulumi_alicloud_mediaconvert.verification.findings import Finding, Skipped
from pulumi_alicloud_mediaconvert.verification.locations import ROOT, Location
from pulumi_alicloud_mediaconvert.verification.media_facts import (
    NO_METADATA,
    StreamKind,
    output_fact,
    stream_fact,
    streams_of,
)
from pulumi_alicloud_mediaconvert.verification.render import NOT_REPORTED
from pulumi_alicloud_mediaconvert.verification.statuses import SUCCESS, output_location
from pulumi_alicloud_mediaconvert.verification.tally import Tally
from pulumi_alicloud_mediaconvert.verification.work_budget import (
    WorkBudget,
    WorkBudgetExceededError,
)

TYPES = {
    f"{scope}.{name}": value_type
    for scope, model in (
        ("output", EveryOutputExpectation),
        ("video", VideoExpectation),
        ("audio", AudioExpectation),
    )
    for name, value_type in kinds_of(model).items()
}
# A request may state anything, and the state keeps every line.
MAX_LINES = 200
# Units of work: to derive the constraints on an output, to test one.
DERIVING = 50
TESTING = 10
STREAM_KINDS: tuple[StreamKind, ...] = ("video", "audio")


class Tested(NamedTuple):
    """One derived constraint with the fact that it was tested on."""

    constraint: Constraint
    fact: Fact
    outcome: Outcome


def verify_as_requested(
    job: Job, work: WorkBudget
) -> Iterator[Finding | Skipped | Tally]:
    """Verify the deliveries of a job by its own request.

    Yields:
        What was tested; then how much that was; then what could not be tested.

    Raises:
        WorkBudgetExceededError: nothing is left of `work`; all findings come first.
    """
    work.reached = Location(("as_requested",))
    work.spend(DERIVING * len(job.outputs))
    deliveries, unpaired = derive(job)
    skipped = [Skipped(ROOT, why) for why in unpaired]
    count = 0
    is_cut = False
    try:
        for delivery in deliveries:
            for one in _verify_delivery(delivery, work):
                if isinstance(one, Skipped):
                    skipped.append(one)
                else:
                    count += 1
                    yield one
    except WorkBudgetExceededError:
        is_cut = True
    yield Tally(count, len(skipped))
    yield from skipped[:MAX_LINES]
    if (more := len(skipped) - MAX_LINES) > 0:
        yield Skipped(ROOT, f"… and {more} more")
    if is_cut:
        raise WorkBudgetExceededError


def _verify_delivery(derived: Derived, work: WorkBudget) -> Iterator[Finding | Skipped]:
    """Yield what was tested of a delivery, and what could not be."""
    location = output_location(derived.output)
    yield from (Skipped(location, why) for why in derived.skipped)
    if derived.output.status != SUCCESS:
        for constraint in derived.constraints:
            yield Skipped(location, f"{constraint.source}: it was not delivered")
        return
    work.reached = location
    work.visit(derived.output)
    for constraint, fact, outcome in [*_tested(derived, work)]:
        if outcome == "inconclusive":
            why = fact.reason or NOT_REPORTED
            yield Skipped(location, f"{constraint.source}: {why}")
            continue
        steps = constraint.rule.fact.removeprefix("output.").split(".")
        at = location.to(*steps)._replace(message=f"requested by {constraint.source}")
        yield Finding(at, "", _matcher(constraint), fact, outcome)


def _matcher(constraint: Constraint) -> object:
    if isinstance(constraint.matcher, dict):
        return Matcher.model_validate(constraint.matcher)
    return constraint.matcher


def _tested(derived: Derived, work: WorkBudget) -> Iterator[Tested]:
    output = derived.output
    by_scope: dict[str, list[tuple[Constraint, str]]] = {}
    for one in derived.constraints:
        scope, _, field = one.rule.fact.partition(".")
        by_scope.setdefault(scope, []).append((one, field))
    for one, field in by_scope.get("output", ()):
        yield _test(one, output_fact(output, field), work)
    for kind in STREAM_KINDS:
        yield from _best(by_scope.get(kind, ()), output, kind, work)


def _best(
    constraints: Sequence[tuple[Constraint, str]],
    output: Output,
    kind: StreamKind,
    work: WorkBudget,
) -> list[Tested]:
    """Test the stream that fits best: which one was requested, nothing says."""
    streams = streams_of(output, kind).media
    if not streams:
        why = NO_METADATA if streams is None else f"there is no {kind} stream"
        unknown = Fact(reason=why)
        return [Tested(one, unknown, "inconclusive") for one, _ in constraints]
    trials = [
        [_test(one, stream_fact(stream, field), work) for one, field in constraints]
        for stream in streams
    ]
    return min(trials, key=_distance)


def _distance(trial: Sequence[Tested]) -> tuple[int, int]:
    outcomes = [one.outcome for one in trial]
    return outcomes.count("missed"), outcomes.count("inconclusive")


def _test(constraint: Constraint, fact: Fact, work: WorkBudget) -> Tested:
    work.spend(TESTING)
    rule, value_type = constraint.rule, TYPES[constraint.rule.fact]
    for matcher, (untested, why) in rule.untested.items():
        if (
            matcher == constraint.matcher
            and judge(untested, fact, value_type, work) == "met"
        ):
            return Tested(constraint, Fact(reason=why), "inconclusive")
    outcome = judge(_matcher(constraint), fact, value_type, work)
    return Tested(constraint, fact, outcome)
