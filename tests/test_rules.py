"""Rules: JMESPath queries, and the verdicts that stand in for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs import make_job, make_output
from pulumi_alicloud_mediaconvert.api.answers import job_from_answer
from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.expect.expectations import Expectations, Rule
from pulumi_alicloud_mediaconvert.verification.report import (
    Mismatch,
    Report,
    StoredVerdict,
    Verdict,
)
from pulumi_alicloud_mediaconvert.verification.rules import asks_for_raw
from pulumi_alicloud_mediaconvert.verification.verifier import verify

JOB = job_from_answer(
    make_job(make_output("a"), make_output("b", Duration=8), JobName="x", Novelty=[1])
)
# As it is known from the state, where the answer itself is not kept.
STORED_JOB = JOB.model_copy(update={"raw": {}})


def report_on(*rules: object, job: Job = JOB) -> Report:
    """Verify a job by rules alone."""
    return verify(job, Expectations.model_validate({"rules": rules}))


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
    report = report_on(rule)

    assert report.verdict == verdict
    assert [one.text for one in report.mismatches] == ([said] if said else [])


@pytest.mark.parametrize("demand", [0, {"present": False}, {"present": True}], ids=repr)
def test_a_query_that_fails_is_inconclusive(demand):
    """Not even that nothing is there is proved by a query that fails."""
    report = report_on({"query": "length(nothing)", "must_be": demand})

    assert report.verdict == "inconclusive"
    assert "but the query failed: In function length()" in report.mismatches[0].text


def test_a_rule_is_named_by_its_position():
    """The path of a mismatch tells which rule it is about."""
    report = report_on({"query": "state"}, {"query": "state", "must_be": "Success"})

    assert [one.path for one in report.mismatches] == ["rules[0]"]


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


def again(
    *rules: object,
    before: object,
    verdict: Verdict = "passed",
    found: tuple[Mismatch, ...] = (),
) -> Report:
    """Verify from stored facts what was verified before."""
    stored = StoredVerdict(verdict=verdict, mismatches=found, expect=before)
    expectations = Expectations.model_validate({"rules": rules})
    return verify(STORED_JOB, expectations, stored=stored)


@pytest.mark.parametrize("verdict", ["passed", "failed", "inconclusive"])
def test_what_was_met_before_stays_met(verdict):
    """Without the answer the stored verdict stands, and the report says so."""
    report = again(
        RULE, before={"rules": [RULE]}, verdict=verdict, found=(missed(at=1),)
    )

    assert (report.verdict, report.mismatches) == ("passed", ())
    assert report.skipped_checks == (
        'rule "raw.Novelty[0]": met before; the answer that it asks for is not stored',
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
    assert said.endswith(": expected 2, but the answer that it asks for is not stored")


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

    report = report_on({"query": query})
    kept = again({"query": query}, before={"rules": [{"query": query}]})

    assert report.verdict in {"passed", "failed", "inconclusive"}
    assert bool(kept.skipped_checks) is asks_for_raw(rule)
