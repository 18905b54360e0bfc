"""The table of the reference about `as-requested`: the rules, in their order."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from documentation.tables import Table
from pulumi_alicloud_mediaconvert.as_requested.request import UNREPORTED, path_of
from pulumi_alicloud_mediaconvert.as_requested.rules import RULES, Rule


def rules() -> Table:
    """Write the rules, those with the same doubts in one row."""
    head = ("request", "delivered", "compared", "skipped and listed if")
    rows = [_row([*same]) for _, same in groupby(RULES, _doubts)]
    unreported = (_named(UNREPORTED), "none", "", "the API does not report it")
    return head, [*rows, unreported]


def _doubts(rule: Rule) -> tuple[str, ...]:
    untested = (why for _, why in rule.untested.values())
    doubts = (*rule.doubts, *rule.limits, *untested)
    return doubts or ("", rule.fact)


def _row(same: list[Rule]) -> tuple[str, ...]:
    doubts = _doubts(same[0])
    return (
        _named(path_of(rule.key) for rule in same),
        _named(rule.fact.removeprefix("output.") for rule in same),
        "; ".join(dict.fromkeys(rule.comparison.text for rule in same)),
        "; ".join(doubts) if doubts[0] else "",
    )


def _named(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in dict.fromkeys(names))
