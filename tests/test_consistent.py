"""What the outputs of a job must have in common."""

from __future__ import annotations

import pytest

from jobs import Wire, make_job, make_output
from reports import report_on


def lengths(*seconds: float | None) -> Wire:
    """Make a job with outputs of such durations."""
    return make_job(
        *(make_output(f"v{at}", Duration=one) for at, one in enumerate(seconds))
    )


@pytest.mark.parametrize(
    ("answer", "verdict", "said"),
    [
        (lengths(403, 403.5, 403.2), "passed", []),
        (lengths(403.1), "passed", []),
        (
            lengths(403, 403.2, 403.6),
            "failed",
            [
                (
                    "consistent duration_seconds: expected at most 0.5 s apart, "
                    'got 0.6 s: "v0" 403, "v2" 403.6'
                )
            ],
        ),
        (
            lengths(403, None),
            "inconclusive",
            [
                (
                    "consistent duration_seconds: expected at most 0.5 s apart, "
                    "but the duration of 1 of 2 outputs is not reported"
                )
            ],
        ),
        (
            lengths(403, None, 404),
            "failed",
            [
                (
                    "consistent duration_seconds: expected at most 0.5 s apart, "
                    'got 1 s: "v0" 403, "v2" 404'
                )
            ],
        ),
        (
            lengths(None, None),
            "inconclusive",
            [
                (
                    "consistent duration_seconds: expected at most 0.5 s apart, "
                    "but the duration of 2 of 2 outputs is not reported"
                )
            ],
        ),
    ],
    ids=[
        "just met",
        "one alone",
        "just missed",
        "not reported",
        "missed all the same",
        "none reported",
    ],
)
def test_outputs_may_have_to_be_alike(answer, verdict, said):
    """The longest and the shortest output may differ by so much, as decimals."""
    report = report_on(answer, {"consistent": {"duration_seconds": 0.5}})

    assert [one.text for one in report.mismatches] == said
    for one in report.mismatches:
        assert one.path == "consistent.duration_seconds"
        assert f"expected {one.expected}, " in one.text
        assert one.actual in one.text
    assert report.verdict == verdict


def test_outputs_of_one_name_are_compared_all_the_same():
    """Two outputs that share a name are two."""
    answer = make_job(make_output("a", Duration=1), make_output("a", Duration=9))

    report = report_on(answer, {"consistent": {"duration_seconds": 0.5}})

    assert report.verdict == "failed"


def test_what_was_skipped_has_no_duration_to_compare():
    """Only what was delivered has to be alike."""
    answer = make_job(
        make_output("a", Duration=1), make_output("b", status="Skipped", Duration=9)
    )
    expect = {
        "outputs": [{"name": "b", "status": ["Success", "Skipped"]}],
        "consistent": {"duration_seconds": 0},
    }

    assert report_on(answer, expect).verdict == "passed"
