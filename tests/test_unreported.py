"""What was requested but not reported: never passed, never failed, and told."""

from __future__ import annotations

import pytest

from jobs import Wire, make_bare_output, make_job, make_output
from pulumi_alicloud_mediaconvert.api.models import Job, Output
from pulumi_alicloud_mediaconvert.verification.verifier import verify
from reports import report_on


def said_of(answer: Wire) -> list[tuple[str, str]]:
    """Verify an answer by its states, and return each path and text."""
    report = report_on(answer, {})
    assert report.verdict == ("inconclusive" if report.mismatches else "passed")
    for one in report.mismatches:
        assert f": expected {one.expected}, got {one.actual}" in one.text
    return [(one.path, one.text) for one in report.mismatches]


def requested(answer: Wire, *names: str) -> Wire:
    """Request these outputs beside the groups, whatever is reported."""
    answer["Config"]["Outputs"] = [{"Name": name} for name in names]
    return answer


def two_groups(*, reported: int = 2) -> Wire:
    """Make a job with groups of two and three outputs, of which some are reported."""
    groups = {"hls": ["a", "b"], "dash": ["c", "d", "e"]}
    answer = make_job(
        groups={name: [make_output(one) for one in of] for name, of in groups.items()}
    )
    del answer["OutputGroupDetails"][reported:]
    return answer


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            make_job(),
            [("outputs", "outputs: expected at least one, got none reported")],
        ),
        (
            requested(make_job(make_output("a")), "a", "b"),
            [("outputs", "outputs: expected 2 requested, got 1 reported")],
        ),
        (
            two_groups(reported=1),
            [("output_groups", "output_groups: expected 2 requested, got 1 reported")],
        ),
        (
            requested(make_job(make_output("a"), make_output("a")), "a", "b"),
            [("outputs", "outputs: expected 2 names, got one name more than once")],
        ),
        (requested(make_job(make_output("a"), make_output("a")), "a", "a"), []),
        (
            requested(
                make_job(make_output("a"), make_output("b"), make_output("a")), "a", "b"
            ),
            [],
        ),
    ],
    ids=[
        "no output at all",
        "an output",
        "a group",
        "one name for another",
        "one name requested twice",
        "more than requested",
    ],
)
def test_less_than_was_requested_is_doubted(answer, said):
    """What is there is counted, and its names are, against what was requested."""
    assert said_of(answer) == said


@pytest.mark.parametrize("names", [("hls", "dash"), ("x", "y")], ids=["name", "place"])
def test_the_outputs_of_each_group_are_held_to_its_own_request(names):
    """Groups are paired by name in any order, else by position."""
    answer = two_groups()
    for request, name in zip(answer["Config"]["OutputGroups"], names, strict=True):
        request["Name"] = name
    if names == ("hls", "dash"):
        answer["OutputGroupDetails"].reverse()
    [dash] = [one for one in answer["OutputGroupDetails"] if one["Name"] == "dash"]
    dash["Outputs"].pop()

    path = 'output_groups["dash"].output_names'
    assert said_of(answer) == [(path, f"{path}: expected 3 requested, got 2 reported")]


@pytest.mark.parametrize(
    ("kept", "got"),
    [(0, ["2 of other names"]), (1, ["1 of other names"]), (2, [])],
    ids=["none", "one", "all"],
)
def test_groups_of_names_that_nobody_requested_are_doubted(kept, got):
    """More groups than were requested, and not all of those that were."""
    answer = two_groups()
    answer["OutputGroupDetails"] *= 2
    for number, group in enumerate(answer["OutputGroupDetails"][kept:]):
        answer["OutputGroupDetails"][kept + number] = group | {"Name": f"g{number}"}

    assert said_of(answer) == [
        ("output_groups", f"output_groups: expected 2 requested, got {one}")
        for one in got
    ]


def test_a_request_that_says_nothing_counts_as_one():
    """Of what is no request at all nothing is known but that it is there."""
    answer = make_job(make_output("a"))

    for requests, said in [
        ([None], []),
        ([None, {"Name": "a"}], ["outputs: expected 2 requested, got 1 reported"]),
    ]:
        answer["Config"]["Outputs"] = requests
        assert [text for _, text in said_of(answer)] == said


@pytest.mark.parametrize("names", [("hls", "x"), ("dash", "x")])
def test_one_group_of_another_name_is_the_one_that_is_left(names):
    """The vendor's own sample delivers by other names than it requests."""
    answer = two_groups()
    for request, name in zip(answer["Config"]["OutputGroups"], names, strict=True):
        request["Name"] = name

    assert said_of(answer) == []


@pytest.mark.parametrize(
    ("reported", "constraint", "verdict"),
    [(2, 5, "passed"), (2, 6, "failed"), (1, 5, "inconclusive"), (1, 6, "failed")],
)
def test_outputs_of_groups_that_are_not_reported_may_be_there(
    reported, constraint, verdict
):
    """The outputs of a group count as requested, whether it is reported or not."""
    report = report_on(two_groups(reported=reported), {"output_count": constraint})

    assert report.verdict == verdict


def test_a_group_that_nobody_requested_has_what_is_reported():
    """Where there is no request nothing can be missing from the report."""
    answer = make_job(make_output("a"), groups={"hls": []})
    answer["Config"]["OutputGroups"] = []
    expect = {"output_groups": [{"name": "hls", "output_count": 0}]}

    assert report_on(answer, expect).verdict == "passed"


def test_a_group_may_have_as_many_outputs_as_were_requested_of_it():
    """The request of another group says nothing of this one."""
    expect = {"output_groups": [{"name": "hls", "output_count": 3}]}

    assert report_on(two_groups(), expect).verdict == "failed"


@pytest.mark.parametrize(
    ("status", "ending"),
    [
        ("Running", "got Running, which is no end, though the job has ended"),
        (None, "got none reported, which is no end, though the job has ended"),
    ],
)
def test_a_part_that_has_not_ended_is_told_as_such(status, ending):
    """What the vendor says of a part that goes on is no reason for anything."""
    going_on = make_bare_output("a", status) | {"Code": "Bad", "Message": "No luck"}

    assert said_of(make_job(going_on)) == [
        ('outputs["a"].status', f'output "a": status: expected Success, {ending}')
    ]


def test_a_failed_job_names_the_groups_that_failed():
    """A group that it never finished is no news of its own."""
    answer = two_groups() | {"State": "Failed"}
    for group, status in zip(
        answer["OutputGroupDetails"], ("Failed", "Running"), strict=True
    ):
        group["Status"] = status

    assert [one.path for one in report_on(answer, {}).mismatches] == [
        "state",
        'output_groups["hls"].status',
    ]


def test_a_request_that_is_no_object_counts_as_one():
    """Whatever stands in the request, the verdict is reached without raising."""
    outputs = [Output(name=name, status="Success") for name in "ab"]
    job = Job(state="Success", config={"Outputs": [7, "x"]}, outputs=outputs)

    assert verify(job).verdict == "passed"
    assert verify(job.model_copy(update={"outputs": outputs[:1]})).verdict == (
        "inconclusive"
    )
