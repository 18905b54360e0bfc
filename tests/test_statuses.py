"""How parts may end, what counts, and what is taken for a miss of its own."""

from __future__ import annotations

import pytest

from jobs import Wire, make_bare_output, make_job, make_output
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.verification.verifier import verify
from reports import report_on, texts

TOLERANT = ["Success", "Skipped"]
ADVISORY = {"enforcement_level": "advisory"}


@pytest.mark.parametrize(
    ("status", "constraint", "verdict"),
    [
        ("Success", TOLERANT, "passed"),
        ("Complete", TOLERANT, "passed"),
        ("Skipped", TOLERANT, "passed"),
        ("Skipped", "skipped", "passed"),
        ("Failed", {"not": "Failed"}, "failed"),
        ("Skipped", {"not": "error"}, "passed"),
        ("Failed", TOLERANT, "failed"),
        ("Success", "Skipped", "failed"),
        ("Running", TOLERANT, "inconclusive"),
        ("Exploded", {"not": "Failed"}, "inconclusive"),
        (None, {"present": False}, "inconclusive"),
    ],
    ids=repr,
)
def test_how_an_output_may_end_is_stated(status, constraint, verdict):
    """By any word of the vendor's for it; what has not ended decides nothing."""
    answer = make_job(make_output("a", status=status))

    report = report_on(answer, {"outputs": [{"name": "a", "status": constraint}]})

    assert report.verdict == verdict


def test_a_failed_output_says_so_and_nothing_else():
    """Of what failed there is no media to speak of; the vendor's words are quoted."""
    failed = make_bare_output("a", "Failed") | {"Code": "Bad", "Message": "No\n luck"}

    report = report_on(make_job(failed), {"outputs": [{"name": "a", "width": 1280}]})

    assert texts(report) == [
        'output "a": status: expected Success, got Failed (Bad, "No luck")'
    ]


def test_what_is_delivered_is_held_to_more_than_its_status():
    """A stated status is one demand among the others."""
    expect = {"outputs": [{"name": "a", "status": TOLERANT, "audio_count": 9}]}

    report = report_on(make_job(make_output("a")), expect)

    assert texts(report) == ['output "a": audio_count: expected 9, got 1']


@pytest.mark.parametrize("step", [1, -1], ids=["surely first", "surely last"])
def test_of_two_that_constraint_the_same_the_one_that_surely_does_counts(step):
    """What is missed for certain stays so beside the same miss in doubt."""
    surely = {"where": {"url": {"present": True}}, "status": "Skipped"}
    perhaps = {"where": {"height": 720}, "status": "Skipped"}

    report = report_on(
        make_job(make_output("a")), {"outputs": [surely, perhaps][::step]}
    )

    said = 'output "a": status: expected Skipped, got Success'
    assert texts(report).count(said) == 1
    assert report.verdict == "failed"


def test_a_status_that_is_not_as_demanded_is_said_once():
    """A delivered output has a status and facts; its status is no fact as well."""
    output = make_output("a") | {"Code": "Bad", "Message": "No luck"}
    expect = {"outputs": [{"name": "a", "status": "Skipped"}]}

    assert texts(report_on(make_job(output), expect)) == [
        'output "a": status: expected Skipped, got Success (Bad, "No luck")'
    ]


@pytest.mark.parametrize(
    ("expect", "verdict"),
    [
        ({"width": 1}, "failed"),
        ({"width": 1, "status": TOLERANT}, "passed"),
        (
            {"status": {"matches": "Success", "enforcement_level": "mandatory"}},
            "failed",
        ),
    ],
    ids=["no status stated", "status stated", "status mandatory"],
)
def test_advice_excuses_a_failure_only_if_it_speaks_of_it(expect, verdict):
    """That a part succeeds is mandatory, unless advice says how it may end."""
    answer = make_job(make_bare_output("a", "Failed"))

    report = report_on(answer, {"outputs": [{"name": "a", **ADVISORY, **expect}]})

    assert report.verdict == verdict


def group_of(status: str | None, *outputs: Wire) -> Wire:
    """Make a job with one group that ended so."""
    answer = make_job(groups={"hls": outputs})
    answer["OutputGroupDetails"][0]["Status"] = status
    return answer


@pytest.mark.parametrize(
    ("status", "expect", "verdict"),
    [
        ("Failed", {}, "failed"),
        ("Skipped", {}, "failed"),
        ("Skipped", {"status": TOLERANT}, "passed"),
        ("Failed", {"status": TOLERANT}, "failed"),
        ("Failed", ADVISORY, "failed"),
        ("Failed", {"status": "Success", **ADVISORY}, "passed"),
        ("Failed", {"status": {"matches": "Success", **ADVISORY}}, "passed"),
        ("Failed", {"status": {"not": "Failed"}}, "failed"),
        ("Running", {"status": TOLERANT}, "inconclusive"),
        (None, {}, "inconclusive"),
    ],
    ids=repr,
)
def test_how_a_group_may_end_is_stated(status, expect, verdict):
    """A group ends as an output does."""
    answer = group_of(status, make_output("a"))

    report = report_on(answer, {"output_groups": [{"name": "hls", **expect}]})

    assert report.verdict == verdict


def test_a_group_that_may_be_skipped_is_skipped_whole():
    """Its outputs, its number of them, what is demanded of each: all may be skipped."""
    answer = group_of("Skipped", make_bare_output("a", "Skipped"))
    inner = {"outputs": [{"name": "b", "width": 1}], "output_count": 9}
    group = {"name": "hls", "status": TOLERANT, **inner}

    assert report_on(answer, {"output_groups": [group]}).verdict == "passed"


def test_a_failed_output_in_a_group_that_may_be_skipped_fails():
    """A skip is tolerated, a failure is not."""
    answer = group_of("Skipped", make_bare_output("a", "Failed"))

    report = report_on(answer, {"output_groups": [{"name": "hls", "status": TOLERANT}]})

    assert texts(report) == [
        'output "hls/a": status: expected Success or Skipped, got Failed'
    ]


def test_a_job_that_failed_is_judged_by_states_alone():
    """Nobody wants to know the width of what an aborted job left behind."""
    answer = make_job(
        make_output("a"), make_bare_output("b", "Running"), State="Failed"
    )
    expect = {
        "outputs": [{"name": "a", "width": 1}, {"name": "z"}],
        "output_count": 9,
        "rules": [{"query": "state", "must_be": "x"}],
        "as_requested": True,
    }

    report = report_on(answer, expect)

    assert report.verdict == "failed"
    assert texts(report) == ["state: expected Success, got Failed"]
    assert report.skipped_checks == ()


@pytest.mark.parametrize("state", ["Success", "Failed", "Running"])
def test_a_report_carries_the_job_as_it_was_seen(state):
    """Whatever the verdict, what is told of the job is that of its answer."""
    job = job_from_answer(make_job(make_output("a"), State=state))

    assert verify(job).job == job


def test_a_job_that_has_not_ended_is_pending_whatever_it_says():
    """What is still in the making is not judged."""
    answer = make_job(make_bare_output("a", "Failed"), State="Running")

    report = report_on(answer, {"output_count": 9})

    assert (report.verdict, report.mismatches) == ("pending", ())


MISSED, UNKNOWN = {"audio_count": 9}, {"height": 9}
ADVISED = {"audio_count": {"min": 9, "enforcement_level": "advisory"}}


@pytest.mark.parametrize(
    ("constraints", "verdict"),
    [
        ({}, "passed"),
        (MISSED, "failed"),
        (UNKNOWN, "inconclusive"),
        (MISSED | UNKNOWN, "failed"),
        (ADVISED, "passed"),
        (ADVISED | UNKNOWN, "inconclusive"),
    ],
    ids=["met", "missed", "unknown", "missed and unknown", "advice", "advice, unknown"],
)
def test_there_are_three_verdicts(constraints, verdict):
    """Failed goes before inconclusive, which goes before passed; advice is none."""
    report = report_on(make_job(make_output()), {"every_output": constraints})

    assert report.verdict == verdict


LEVELS = [None, "advisory", "mandatory"]


@pytest.mark.parametrize("outer", LEVELS, ids=lambda level: f"group {level}")
@pytest.mark.parametrize("output", LEVELS, ids=lambda level: f"output {level}")
@pytest.mark.parametrize("stream", LEVELS, ids=lambda level: f"stream {level}")
@pytest.mark.parametrize("matcher", LEVELS, ids=lambda level: f"matcher {level}")
def test_the_nearest_level_and_message_win(outer, output, stream, matcher):
    """What a matcher, a stream, an output, a group says goes for all within it."""

    def noted(level: str | None, message: str) -> Wire:
        return {} if level is None else {"enforcement_level": level, "message": message}

    constraint = {"min": 9, **noted(matcher, "of the matcher")}
    audio = {"channels": constraint, **noted(stream, "of the stream")}
    inner = {"name": "a", "audio": audio, **noted(output, "of the output")}
    group = {"name": "hls", "outputs": [inner], **noted(outer, "of the group")}

    answer = make_job(groups={"hls": [make_output("a")]})
    report = report_on(answer, {"output_groups": [group]})

    stated = {"matcher": matcher, "stream": stream, "output": output, "group": outer}
    name, level = next(
        ((name, level) for name, level in stated.items() if level), ("", "mandatory")
    )
    advice = "advisory: " if level == "advisory" else ""
    note = f" (of the {name})" if name else ""
    assert texts(report) == [
        f'{advice}output "hls/a": audio channels: expected at least 9, got 2{note}'
    ]
    assert [one.enforcement_level for one in report.mismatches] == [level]
    assert report.verdict == ("passed" if advice else "failed")


@pytest.mark.parametrize(
    "expect",
    [
        {"every_output": {"audio_count": 9, **ADVISORY}},
        {"outputs": [{"name": "z", **ADVISORY}]},
        {"outputs": [{"where": {"audio_count": 9}, **ADVISORY}]},
        {"output_groups": [{"name": "z", **ADVISORY}]},
        {"output_count": {"min": 9, **ADVISORY}},
        {"rules": [{"query": "state", "must_be": "x", **ADVISORY}]},
    ],
    ids=["every_output", "outputs", "where", "output_groups", "output_count", "rules"],
)
def test_advice_is_listed_and_does_not_count(expect):
    """Wherever it stands, what is advisory is said, and lets the job pass."""
    report = report_on(make_job(make_output("a")), expect)

    assert report.verdict == "passed"
    assert report.advisories == report.mismatches
    assert [text.startswith("advisory: ") for text in texts(report)] == [True]
