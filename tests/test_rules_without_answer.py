"""Rules over a job of which only the state knows: what was tested before stands."""

from __future__ import annotations

import pytest

from pulumi_alicloud_mediaconvert.verification.render import Mismatch
from reports import again

RULE = {"query": "raw.Novelty[0]", "must_be": 2}
OTHER = {"query": "raw.Novelty", "must_be": 1}


def missed(at: int = 0, level: str = "mandatory") -> Mismatch:
    """Make the mismatch of an earlier verification."""
    advice = "advisory: " if level == "advisory" else ""
    return Mismatch(
        path=f"rules[{at}]",
        expected="2",
        actual="1",
        verdict="missed",
        text=f'{advice}rule "raw.Novelty[0]": expected 2, got 1',
        enforcement_level=level,  # type: ignore[arg-type]  # a table's row
    )


@pytest.mark.parametrize("verdict", ["passed", "failed", "inconclusive"])
def test_what_was_met_before_stays_met(verdict):
    """Without the answer the stored verdict stands, and the report says so."""
    report = again(
        RULE, before={"rules": [RULE]}, verdict=verdict, found=(missed(at=1),)
    )

    assert (report.verdict, report.mismatches) == ("passed", ())
    assert report.skipped_checks == (
        'rule "raw.Novelty[0]": met before; the response that it queries is not stored',
    )


@pytest.mark.parametrize(
    ("count", "more"), [(1000, []), (1001, ["and 1 more"]), (3000, ["and 2,000 more"])]
)
def test_a_thousand_checks_that_were_not_tested_are_listed(count, more):
    """What is beyond is counted."""
    report = again(*[RULE] * count, before={"rules": [RULE]})

    assert len(report.skipped_checks[:1000]) == 1000
    assert [*report.skipped_checks[1000:]] == more


def test_what_was_missed_before_stays_missed():
    """A miss is kept too, at the place where the rule stands now."""
    rules = ({"query": "state", "must_be": "Success"}, RULE)

    report = again(
        *rules, before={"rules": [RULE]}, verdict="failed", found=(missed(),)
    )

    assert report.verdict == "failed"
    assert [(one.path, one.text) for one in report.mismatches] == [
        ("rules[1]", 'rule "raw.Novelty[0]": expected 2, got 1')
    ]
    assert report.skipped_checks == ()


def test_rules_are_tested_beside_one_that_is_not_tested_anew():
    """A verdict that is kept takes no other mismatch away."""
    wrong = {"query": "state", "must_be": "x"}

    report = again(
        wrong, RULE, wrong, before={"rules": [RULE]}, found=(missed(), missed(at=1))
    )

    assert [one.path for one in report.mismatches] == [
        f"rules[{index}]" for index in range(3)
    ]


@pytest.mark.parametrize(
    ("before", "now", "verdict"),
    [("advisory", "mandatory", "failed"), ("mandatory", "advisory", "passed")],
)
def test_whether_a_kept_miss_counts_is_as_stated_now(before, now, verdict):
    """What was advice and is an order now fails, and the other way about."""
    earlier = RULE | {"enforcement_level": before}

    report = again(
        RULE | {"enforcement_level": now},
        before={"rules": [earlier]},
        found=(missed(level=before),),
    )

    assert report.verdict == verdict
    assert report.mismatches == (missed(level=now),)


@pytest.mark.parametrize(
    ("before", "verdict"),
    [
        ({"rules": [OTHER]}, "passed"),
        ({"rules": [RULE | {"must_be": 1}]}, "passed"),
        ({"rules": [{"query": "raw.Novelty[0]", "must_be": 2.5}]}, "passed"),
        (None, "passed"),
        ({}, "passed"),
        ("as-requested", "passed"),
        ({"rules": [RULE], "novelty": 1}, "passed"),
        ({"rules": [RULE]}, "unverified"),
        ({"rules": [RULE]}, "pending"),
    ],
    ids=[
        "another query",
        "another demand",
        "another number",
        "none before",
        "no rules before",
        "as requested before",
        "of another version",
        "never tested",
        "not ended",
    ],
)
def test_what_was_never_tested_is_inconclusive(before, verdict):
    """A new rule over an answer that is gone does not pass by default."""
    report = again(RULE, before=before, verdict=verdict)

    assert report.verdict == "inconclusive"
    [said] = [one.text for one in report.mismatches]
    assert said.endswith(": expected 2, but the response that it queries is not stored")


def test_one_is_not_true():
    """A rule that was met by `true` was not tested for 1."""
    rule = {"query": "raw.Novelty[0]", "must_be": True}

    report = again(rule | {"must_be": 1}, before={"rules": [rule]})

    assert report.verdict == "inconclusive"


def test_what_is_stored_is_tested_anew():
    """A rule over facts that are kept needs no earlier verdict."""
    rule = {"query": "length(outputs)", "must_be": 3}

    report = again(rule, before={"rules": [rule]})

    assert [one.text for one in report.mismatches] == [
        'rule "length(outputs)": expected 3, got 2'
    ]
