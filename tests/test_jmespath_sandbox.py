"""No query runs for long, whatever it says."""

from __future__ import annotations

from typing import Any

import pytest

from jobs import make_job, make_output
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.expect.expectations import Expectations
from pulumi_alicloud_mediaconvert.verification.jmespath_sandbox import (
    Queries,
    QueryCostError,
)
from pulumi_alicloud_mediaconvert.verification.verifier import verify

DATA: dict[str, Any] = {"outputs": [{"name": "a", "text": "x" * 100}, {"name": "b"}]}


def chain(first: str, then: str) -> str:
    """Write a query of a hundred steps."""
    return first + then * 100


@pytest.mark.slow
@pytest.mark.parametrize(
    "query",
    [
        chain("[@,@][]", "|[@,@][]"),
        chain("[@,@]", "|[@,@]") + "|to_string(@)",
        chain("[@]", "|[reverse(@),reverse(@)]"),
        chain("{a:@}", "|merge({a:@},{b:@})"),
        chain("[@,@]", "|map(&[@,@][],@)[]"),
        chain("to_string(@)", "|join(@,[@,@,@,@])"),
        f"[{'[@,@]' + '|[@,@]' * 80}] == [{'[@,@]' + '|[@,@]' * 80}]",
    ],
    ids=["flatten", "nest", "reverse", "merge", "map", "join", "compare"],
)
def test_a_query_that_grows_without_end_is_stopped(query):
    """What doubles at every step is given up; done whole, it would never end."""
    with pytest.raises(QueryCostError):
        Queries(DATA).run(query)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("length(outputs)", 2),
        ("outputs[?name=='b'] | [0].name", "b"),
        ("outputs[].{n: name, t: text} | [1]", {"n": "b", "t": None}),
        ("join('-', outputs[].name)", "a-b"),
        ("contains(to_string(@), 'xxx')", True),
        ("sort_by(outputs, &name)[-1].name", "b"),
        ("outputs[0] == outputs[0]", True),
        ("map(&length(name), outputs)", [1, 1]),
    ],
)
def test_queries_that_a_person_writes_give_what_the_library_gives(query, found):
    """The bounds are beyond what any query of a job needs."""
    assert Queries(DATA).run(query) == found


@pytest.mark.slow
def test_a_query_that_is_given_up_decides_nothing():
    """Such a rule is inconclusive, and so is the job."""
    job = job_from_answer(make_job(make_output()))
    rule = {"query": chain("[@,@][]", "|[@,@][]"), "must_be": 1}

    report = verify(job, Expectations.model_validate({"rules": [rule] * 1000}))

    assert report.verdict == "inconclusive"
    assert "more work than a query" in report.mismatches[0].text
