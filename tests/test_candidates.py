"""Outputs by demands without number: nothing hangs, and nothing passes unseen."""

from __future__ import annotations

import pytest

from jobs import Wire, make_job, make_output
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.expect.expectations import Expectations
from pulumi_alicloud_mediaconvert.expect.expected_media import EveryOutputExpectation
from pulumi_alicloud_mediaconvert.verification.candidates import (
    Candidates,
    ExpectedOutput,
)
from pulumi_alicloud_mediaconvert.verification.verifier import verify
from pulumi_alicloud_mediaconvert.verification.work_budget import WorkBudget

MANY = [make_output(f"v{number}", Width=1) for number in range(300)]
UNCOMPARED = "expected to be compared, but 300 outputs are too many to compare"
# Any of these would do, of which the first one is there.
WIDTHS = {"width": [*range(1, 1701)]}
WHERE = "outputs where width is 1 or 2 or 3"


def found_in(answer: Wire, expect: object) -> list[tuple[str, str, str, str]]:
    """Verify an answer, and say what was found at which path."""
    report = verify(job_from_answer(answer), Expectations.model_validate(expect))
    assert (report.verdict == "passed") is not bool(report.mismatches)
    return [(one.path, one.verdict, one.actual, one.text) for one in report.mismatches]


@pytest.mark.parametrize(
    ("outputs", "values", "is_comparable"),
    [
        (500, 1000, True),
        (500, 1001, False),
        (501, 1000, False),
        (100, 10_000, True),
        (101, 10_000, False),
    ],
)
def test_half_a_million_comparisons_are_made(outputs, values, is_comparable):
    """A hundred outputs are always compared; of more, as many as take seconds."""
    expectation = EveryOutputExpectation.model_validate({"width": [1] * values})
    job = job_from_answer(make_job(*[make_output("a")] * outputs))
    candidates = Candidates(
        [*map(ExpectedOutput, job.outputs)], [expectation], WorkBudget()
    )

    assert candidates.is_comparable is is_comparable


@pytest.mark.parametrize(
    ("expect", "path", "label"),
    [
        ({"every_output": WIDTHS}, "every_output", "every_output:"),
        ({"outputs": [{"where": WIDTHS, "audio_count": 9}]}, "outputs[0]", WHERE),
    ],
    ids=["every output", "where"],
)
def test_what_cannot_be_compared_is_inconclusive(expect, path, label):
    """Too many outputs for a constraint decide nothing and are not tried singly."""
    [(at, verdict, actual, text)] = found_in(make_job(*MANY), expect)

    assert (at, verdict, actual) == (path, "inconclusive", "not compared")
    assert text.startswith(label)
    assert text.endswith(UNCOMPARED)


def test_the_outputs_of_a_group_may_be_too_many():
    """As of all outputs, so of those of one group."""
    group = {"name": "hls", "outputs": [{"where": WIDTHS}]}

    [(path, verdict, _, text)] = found_in(
        make_job(groups={"hls": MANY}), {"output_groups": [group]}
    )

    assert (path, verdict) == ('output_groups["hls"].outputs[0]', "inconclusive")
    assert text.startswith(f'output group "hls": {WHERE}')


@pytest.mark.parametrize(
    ("name", "constraint", "verdict", "said"),
    [
        ("v1", [], "", ""),
        ("v1", {"audio_count": 9}, "missed", "audio_count: expected 9, got 1"),
        ("w", [], "missed", "to be delivered, got none"),
    ],
    ids=["there", "there and wrong", "not there"],
)
def test_a_name_is_found_among_any_number(name, constraint, verdict, said):
    """Only what has no name has to be compared, as it may be the one."""
    expect = {"outputs": [WIDTHS | {"name": name, **dict(constraint)}]}

    found = found_in(make_job(*MANY), expect)

    assert [one for _, one, _, _ in found] == ([verdict] if verdict else [])
    assert all(said in text for *_, text in found)


def test_what_has_no_name_may_be_too_many():
    """Any of them may be the one that is missing."""
    answer = make_job(*MANY)
    answer["OutputDetails"] = [*MANY[:-1], MANY[-1] | {"Name": None}]
    expect = {"outputs": [WIDTHS | {"name": "w"}]}

    [(path, verdict, _, text)] = found_in(answer, expect)

    assert (path, verdict) == ('outputs["w"]', "inconclusive")
    assert text == f'output "w": {UNCOMPARED}'
    assert found_in(answer, {"outputs": [WIDTHS | {"name": "v1"}]}) == []


def test_groups_beyond_number_are_counted():
    """The names of some are shown, and how many more there are."""
    answer = make_job(groups={f"g{number}": [] for number in range(1011)})

    [*_, (*_, said)] = found_in(answer, {"output_groups": [{"name": "hls"}]})

    assert said.endswith(" and 1001 more)")
