"""Rules: JMESPath queries, and the verdicts that stand in for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_alicloud_mediaconvert.expect.expectations import Rule
from pulumi_alicloud_mediaconvert.verification.rules import asks_for_raw
from reports import again, report_on_rules


@pytest.mark.parametrize(
    ("rule", "verdict", "said"),
    [
        ({"query": "length(outputs) == `2`"}, "passed", None),
        (
            {"query": "length(outputs) == `3`"},
            "failed",
            'rule "length(outputs) == `3`": expected true, got false',
        ),
        ({"query": "length(outputs)", "must_be": {"min": 2}}, "passed", None),
        (
            {"query": "length(outputs)", "must_be": {"min": 3}},
            "failed",
            'rule "length(outputs)": expected at least 3, got 2',
        ),
        ({"query": "outputs[0].name", "must_be": {"matches": "[ab]"}}, "passed", None),
        ({"query": "outputs[0].name", "must_be": ["a", "b"]}, "passed", None),
        (
            {"query": "outputs[0].name", "must_be": {"min": 1}},
            "inconclusive",
            (
                'rule "outputs[0].name": expected at least 1, '
                "but a cannot be compared with that"
            ),
        ),
        (
            {"query": "length(outputs)"},
            "failed",
            'rule "length(outputs)": expected true, got 2',
        ),
        ({"query": "raw.Novelty[0]", "must_be": 1}, "passed", None),
        ({"query": "state", "must_be": "Success"}, "passed", None),
        ({"query": "not_null(a, state, b)", "must_be": "Success"}, "passed", None),
        ({"query": "facts_digest", "must_be": {"matches": "\\S+"}}, "passed", None),
        (
            {"query": "job_id", "must_be": {"not": "x"}},
            "inconclusive",
            'rule "job_id": expected not x, but the query found nothing',
        ),
        (
            {"query": "outputs[].name", "must_be": "a"},
            "inconclusive",
            (
                'rule "outputs[].name": expected a, '
                "but the query gives more than one value"
            ),
        ),
        (
            {"query": "outputs[?status!='Success']", "must_be": {"present": False}},
            "passed",
            None,
        ),
        (
            {"query": "outputs[?status=='Success']", "must_be": {"present": True}},
            "passed",
            None,
        ),
        (
            {"query": "state", "must_be": "x", "message": "Ask the  editors."},
            "failed",
            'rule "state": expected x, got Success (Ask the editors.)',
        ),
        (
            {"query": "state", "must_be": "x", "enforcement_level": "advisory"},
            "passed",
            'advisory: rule "state": expected x, got Success',
        ),
        (
            {"query": "length(outputs)", "must_be": {"max": 1, "message": "Two."}},
            "failed",
            'rule "length(outputs)": expected at most 1, got 2 (Two.)',
        ),
        (
            {
                "query": "length(outputs)",
                "must_be": {"max": 1, "enforcement_level": "mandatory"},
                "enforcement_level": "advisory",
            },
            "failed",
            'rule "length(outputs)": expected at most 1, got 2',
        ),
    ],
    ids=[
        "true",
        "false",
        "matcher met",
        "matcher missed",
        "pattern",
        "any of",
        "not comparable",
        "a number is not true",
        "raw",
        "a fact of the job",
        "a function of any number",
        "the digest of the facts",
        "nothing found",
        "a list",
        "none there",
        "some there",
        "message",
        "advisory",
        "message of the matcher",
        "level of the matcher",
    ],
)
def test_a_rule_is_met_missed_or_inconclusive(rule, verdict, said):
    """What the query gives is compared as any other fact."""
    report = report_on_rules(rule)

    assert report.verdict == verdict
    assert [one.text for one in report.mismatches] == ([said] if said else [])


@pytest.mark.parametrize(
    "constraint", [0, {"present": False}, {"present": True}], ids=repr
)
def test_a_query_that_fails_is_inconclusive(constraint):
    """Not even that nothing is there is proved by a query that fails."""
    report = report_on_rules({"query": "length(nothing)", "must_be": constraint})

    assert report.verdict == "inconclusive"
    assert "but the query failed: In function length()" in report.mismatches[0].text


def test_a_rule_is_named_by_its_position():
    """The path of a mismatch tells which rule it is about."""
    report = report_on_rules(
        {"query": "state"}, {"query": "state", "must_be": "Success"}
    )

    assert [one.path for one in report.mismatches] == ["rules[0]"]


@pytest.mark.parametrize(
    ("query", "asks"),
    [
        ("raw.State", True),
        ("length(raw.OutputDetails[?a=='b'].c)", True),
        ("state == 'x' || !raw.Novelty", True),
        ("{a: raw}", True),
        ("@", True),
        ("values(@)[0]", True),
        ("*.State", True),
        ("outputs[?name=='raw'].url", False),
        ("outputs[0:1].name", False),
        ("max_by(outputs, &file.duration_seconds).name", False),
        ("'raw'", False),
        ("outputs[].raw", False),
        ("outputs[?@.name=='a'].url", False),
        ("outputs[0].file.*", False),
    ],
)
def test_a_rule_that_rests_on_the_answer_is_told(query, asks):
    """Whatever takes in `raw`, or may do so, needs the answer itself."""
    assert asks_for_raw(Rule(query=query)) is asks


# Of literals as JMESPath once had them; whoever writes one may go on.
@pytest.mark.filterwarnings("ignore:deprecated string literal")
@given(st.text(max_size=30) | st.text("@*[]{}.&|!?`'\"outpsraw,:()0 ", max_size=12))
def test_any_query_that_is_taken_is_tested_without_raising(query):
    """What is no query is refused before; all else has an outcome."""
    try:
        rule = Rule(query=query)
    except ValueError:
        return

    report = report_on_rules({"query": query})
    kept = again({"query": query}, before={"rules": [{"query": query}]})

    assert report.verdict in {"passed", "failed", "inconclusive"}
    assert bool(kept.skipped_checks) is asks_for_raw(rule)
