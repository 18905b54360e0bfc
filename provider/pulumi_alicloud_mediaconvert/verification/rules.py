"""Verify rules: JMESPath queries over a job, for what the language has no field for.

Source: https://jmespath.org/specification.html.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import jmespath
from pydantic import ValidationError

from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.expect.expectations import Expectations, Rule
from pulumi_alicloud_mediaconvert.expect.matchers import Matcher
from pulumi_alicloud_mediaconvert.expect.value_types import PLAIN
from pulumi_alicloud_mediaconvert.text import plain
from pulumi_alicloud_mediaconvert.verification.evaluation import (
    Fact,
    fact_of,
    judge,
)
from pulumi_alicloud_mediaconvert.verification.findings import (
    AnyFinding,
    Skipped,
    StoredFinding,
    found_at,
    undecided,
)
from pulumi_alicloud_mediaconvert.verification.jmespath_sandbox import Queries
from pulumi_alicloud_mediaconvert.verification.job_facts import facts_digest, job_facts
from pulumi_alicloud_mediaconvert.verification.locations import Location, Step
from pulumi_alicloud_mediaconvert.verification.stored_report import StoredVerdict
from pulumi_alicloud_mediaconvert.verification.work_budget import SELECTING, WorkBudget

RAW = "raw"
# Kinds of expressions: one applied to what the one before gives; to each entry of
# what the first one gives; one of several.
CHAINS = frozenset({"subexpression", "pipe", "index_expression"})
PROJECTIONS = frozenset({"projection", "filter_projection", "value_projection"})
CHOICES = frozenset({"or_expression", "and_expression"})
NOT_STORED = "the response that it queries is not stored"
# Verdicts that are reached by testing every rule.
VERIFIED = frozenset({"passed", "failed", "inconclusive"})


def verify_rules(
    job: Job,
    rules: Sequence[Rule],
    work: WorkBudget,
    stored: StoredVerdict | None = None,
) -> Iterator[AnyFinding | Skipped]:
    """Verify rules; one whose query fails or finds nothing is inconclusive.

    Args:
        job: whose facts are queried.
        rules: in the order of the expectations.
        work: what is left of the verification.
        stored: the last verdict, where the answer itself is not at hand: it stands
            for the rules that ask for it.

    Yields:
        The result of each rule, or that a rule was not tested again.

    Raises:
        WorkBudgetExceededError: nothing is left of `work`.
    """
    if not rules:
        return
    facts = job_facts(job)
    data = facts | {"facts_digest": facts_digest(facts), RAW: job.raw}
    queries = Queries(data, work)
    known = _known_rules(stored)
    for index, rule in enumerate(rules):
        location = rule_location(index, rule)
        work.reached = location
        work.spend(SELECTING)
        if stored is not None and asks_for_raw(rule):
            yield from _earlier(rule, location, known)
            continue
        fact = _result(rule.query, queries)
        found = judge(rule.must_be, fact, PLAIN, work)
        yield found_at(location, "", rule.must_be, fact, found)


def _known_rules(stored: StoredVerdict | None) -> dict[str, list[StoredFinding]]:
    """Return what each rule came to when it was last tested, by what it says."""
    if stored is None or stored.verdict not in VERIFIED:
        return {}
    try:
        rules = Expectations.model_validate(stored.expect or {}).rules or []
    except ValidationError:
        # Stored by another version of this package.
        return {}
    by_steps: dict[tuple[Step, ...], list[StoredFinding]] = {}
    for one in stored.findings:
        by_steps.setdefault(one.location.steps, []).append(one)
    known: dict[str, list[StoredFinding]] = {}
    for index, rule in enumerate(rules):
        known.setdefault(_said(rule), by_steps.get(("rules", index), []))
    return known


def _said(rule: Rule) -> str:
    # As text, since 1 and `True` are equal otherwise.
    return repr((rule.query, rule.must_be))


def _earlier(
    rule: Rule, location: Location, known: Mapping[str, Sequence[StoredFinding]]
) -> Iterator[AnyFinding | Skipped]:
    """Say what a rule came to when it was last tested; untested is inconclusive."""
    found = known.get(_said(rule))
    if found is None:
        yield undecided(location, rule.must_be, NOT_STORED)
    elif not found:
        yield Skipped(location, f"met before; {NOT_STORED}")
    else:
        # Whether a miss counts is as it is stated now.
        yield from (one.moved(location) for one in found)


def rule_location(index: int, rule: Rule) -> Location:
    """Return the location of a rule."""
    location = Location(("rules", index), stated=rule).of(rule)
    return location.of(rule.must_be) if isinstance(rule.must_be, Matcher) else location


def asks_for_raw(rule: Rule) -> bool:
    """Whether a rule rests on the answer itself, which is not stored."""
    asks, is_whole = _reach(jmespath.compile(rule.query).parsed, at_root=True)
    return asks or is_whole


def _reach(node: Mapping[str, Any], *, at_root: bool) -> tuple[bool, bool]:
    """Say whether an expression asks for `raw`, and whether it gives everything.

    Args:
        node: of the parsed query.
        at_root: whether it is applied to everything there is, not to a part of it.
    """
    kind = node["type"]
    # Those of a slice are numbers.
    children = [child for child in node["children"] if isinstance(child, dict)]
    if kind in {"current", "identity"}:
        return False, at_root
    if kind == "field":
        return at_root and node["value"] == RAW, False
    if kind in CHAINS:
        return _reach_in_turn(children, at_root=at_root)
    if kind in PROJECTIONS:
        of, *others = children
        asks, is_whole = _reach(of, at_root=at_root)
        asks = asks or (is_whole and kind == "value_projection")
        return asks or any(any(_reach(one, at_root=False)) for one in others), False
    reached = [_reach(child, at_root=at_root) for child in children]
    asks = any(asks for asks, _ in reached)
    is_whole = any(whole for _, whole in reached)
    # A list or a function may take everything in without naming it.
    return asks or (is_whole and kind not in CHOICES), is_whole


def _reach_in_turn(
    children: Sequence[Mapping[str, Any]], *, at_root: bool
) -> tuple[bool, bool]:
    asks = False
    for child in children:
        asks_here, at_root = _reach(child, at_root=at_root)
        asks = asks or asks_here
    return asks, at_root


def _result(query: str, queries: Queries) -> Fact:
    try:
        value = queries.run(query)
    except Exception as error:  # noqa: BLE001  # whatever the library makes of a value that it did not evaluate
        # Whether there is anything to be found is then not known either.
        reason = f"the query failed: {_first_line(error)}"
        return Fact(reason=reason, is_known=False)
    if value is None or value in ([], {}):
        return Fact(reason="the query found nothing")
    if not isinstance(value, str | int | float):
        return Fact((value,), reason="the query gives more than one value")
    return fact_of(value)


def _first_line(error: Exception) -> str:
    return plain(str(error).partition("\n")[0]) or type(error).__name__
