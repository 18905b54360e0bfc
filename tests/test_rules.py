"""Rules: JMESPath queries, and the verdicts that stand in for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_alicloud_mediaconvert.expect.expectations import Rule
from pulumi_alicloud_mediaconvert.verification.rules import asks_for_raw
from reports import again, report_on_rules


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
