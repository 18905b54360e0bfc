"""What may be skipped, and by whose leave."""

from __future__ import annotations

import pytest

from jobs import make_bare_output, make_job, make_output
from reports import report_on, texts

TOLERANT = ["Success", "Skipped"]
ADVISORY = {"enforcement_level": "advisory"}


def test_what_is_skipped_as_it_may_be_has_nothing_else_to_meet():
    """No media was made: what is demanded of it is not applied."""
    answer = make_job(make_bare_output("a", "Skipped"))
    constraints = {"width": 1280, "video": {"codec": "h264"}, "audio": []}

    report = report_on(
        answer, {"outputs": [{"name": "a", "status": TOLERANT, **constraints}]}
    )

    assert (report.verdict, report.mismatches) == ("passed", ())


def test_what_is_delivered_has_to_meet_all_though_it_might_be_skipped():
    """Tolerance of a skip is none of a wrong file."""
    answer = make_job(make_output("a", Width=640))

    report = report_on(
        answer, {"outputs": [{"name": "a", "status": TOLERANT, "width": 1}]}
    )

    assert texts(report) == ['output "a": width: expected 1, got 640']


def test_tolerance_of_one_output_is_none_of_another():
    """The output beside it has to succeed as ever."""
    answer = make_job(
        make_bare_output("a", "Skipped"), make_bare_output("b", "Skipped")
    )

    report = report_on(answer, {"outputs": [{"name": "a", "status": TOLERANT}]})

    assert texts(report) == ['output "b": status: expected Success, got Skipped']


@pytest.mark.parametrize(
    ("named", "other", "verdict"),
    [
        ({"name": "a", "width": 1}, {"where": {"name": "a"}}, "failed"),
        ({"name": "a"}, {"where": {"name": "a"}}, "failed"),
        ({"name": "a", "status": TOLERANT}, {"where": {"name": "a"}}, "passed"),
        ({"name": "a", **ADVISORY}, {"where": {"name": "a"}}, "passed"),
        ({"where": {"name": "a"}, "width": 1}, {"name": "a"}, "passed"),
        ({"where": {"width": 1}}, {"name": "a"}, "passed"),
    ],
    ids=[
        "named, with a demand",
        "named",
        "named and tolerated itself",
        "named by advice",
        "the named one tolerates",
        "the other may not even be selected",
    ],
)
def test_what_is_named_is_to_succeed_whatever_another_tolerates(named, other, verdict):
    """`where` tolerates for many; who names an output, and says no more, wants it."""
    answer = make_job(make_bare_output("a", "Skipped"), make_output("b", Width=1))
    expect = {"outputs": [named, {**other, "status": TOLERANT}]}

    report = report_on(answer, expect)

    assert report.verdict == verdict
    assert bool(report.mismatches) == (
        verdict == "failed" or named.items() >= ADVISORY.items()
    )


def test_where_may_not_surely_tolerate():
    """Whether a skip is tolerated depends on a fact that a skip has not."""
    answer = make_job(make_bare_output("a", "Skipped"), make_output("b", Width=1280))
    expect = {"outputs": [{"where": {"width": 1280}, "status": TOLERANT}]}

    report = report_on(answer, expect)

    assert report.verdict == "inconclusive"
    assert texts(report) == ['output "a": status: expected Success, got Skipped']


def test_where_may_not_surely_constraint_another_end():
    """Whether the status is one for this output depends on a fact that is missing."""
    answer = make_job(make_output("a", Width=None))
    expect = {"outputs": [{"where": {"width": 1280}, "status": "Skipped"}]}

    report = report_on(answer, expect)

    assert report.verdict == "inconclusive"
    assert 'output "a": status: expected Skipped, got Success' in texts(report)


def test_a_failure_is_one_whatever_where_may_select():
    """No reading of the expectation lets a failed output pass."""
    answer = make_job(make_bare_output("a", "Failed"), make_output("b", Width=1280))
    expect = {"outputs": [{"where": {"width": 1280}, "status": TOLERANT}]}

    assert report_on(answer, expect).verdict == "failed"


def test_a_name_that_is_not_reported_forbids_no_skip():
    """An output without a name may be the one that is named, or not."""
    answer = make_job(make_bare_output("a", "Skipped"))
    answer["OutputDetails"][0]["Name"] = None
    skipped = {"where": {"status": "Skipped"}, "status": TOLERANT}

    report = report_on(answer, {"outputs": [{"name": "a"}, skipped]})

    assert report.verdict == "inconclusive"


MAYBE = {"where": {"width": 1}}


@pytest.mark.parametrize(
    ("named", "other", "verdict"),
    [
        ({}, {"status": TOLERANT}, "failed"),
        (ADVISORY, {"status": TOLERANT}, "inconclusive"),
        ({"status": "Success"}, {"status": "Success"}, "failed"),
        ({"status": "Success"}, {}, "failed"),
    ],
    ids=["tolerant", "tolerant, advice", "both strict", "one strict"],
)
@pytest.mark.parametrize("turn", [1, -1], ids=["named first", "where first"])
def test_what_may_be_about_an_output_makes_no_miss_uncertain(
    named, other, verdict, turn
):
    """That an expectation may select it, too, is no doubt about one that names it."""
    answer = make_job(make_bare_output("a", "Skipped"), make_output("b", Width=1))
    outputs = [{"name": "a", **named}, {**MAYBE, **other}]

    assert report_on(answer, {"outputs": outputs[::turn]}).verdict == verdict
