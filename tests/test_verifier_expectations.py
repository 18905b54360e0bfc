"""What is demanded of groups, of the outputs left over, and of all of them."""

from __future__ import annotations

import pytest

from jobs import Wire, make_bare_output, make_job, make_output
from reports import report_on, texts_on


@pytest.mark.parametrize(
    ("expect", "path", "said"),
    [
        (
            {"name": "dash"},
            'output_groups["dash"]',
            (
                'output group "dash": expected to be delivered, got none'
                ' (there are: "hls")'
            ),
        ),
        (
            {"name": "hls", "type": "File"},
            'output_groups["hls"].type',
            'output group "hls": type: expected File, got Hls',
        ),
        (
            {"name": "hls", "type": {"not": "Hls", "message": "for all players"}},
            'output_groups["hls"].type',
            'output group "hls": type: expected not Hls, got Hls (for all players)',
        ),
        (
            {"name": "hls", "status": "Skipped"},
            'output_groups["hls"].status',
            'output group "hls": status: expected Skipped, got Success',
        ),
        (
            {"name": "hls", "output_count": {"min": 3}},
            'output_groups["hls"].output_count',
            'output group "hls": output_count: expected at least 3, got 2',
        ),
        (
            {"name": "hls", "outputs": [{"name": "b", "width": 1}]},
            'outputs["hls/b"].width',
            'output "hls/b": width: expected 1, got 640',
        ),
        (
            {"name": "hls", "outputs": [{"name": "hls/b", "width": 1}]},
            'outputs["hls/b"].width',
            'output "hls/b": width: expected 1, got 640',
        ),
        (
            {"name": "hls", "outputs": [{"name": "c"}]},
            'outputs["hls/c"]',
            (
                'output "hls/c": expected to be delivered, got none'
                ' (there are: "hls/a", "hls/b")'
            ),
        ),
        (
            {"name": "hls", "outputs": [{"name": "hls/c"}]},
            'outputs["hls/c"]',
            (
                'output "hls/c": expected to be delivered, got none'
                ' (there are: "hls/a", "hls/b")'
            ),
        ),
        (
            {"name": "hls", "outputs": [{"where": {"width": 1}}]},
            'output_groups["hls"].outputs[0]',
            (
                'output group "hls": outputs where width is 1: expected to be '
                'delivered, got none (there are: "hls/a", "hls/b")'
            ),
        ),
    ],
    ids=[
        *("unknown", "type", "type with a message", "status", "count"),
        *("output", "output by its whole name"),
        *("no such output", "no such output by its whole name", "where"),
    ],
)
def test_a_group_is_missed_by_what_differs(expect, path, said):
    """Each fact of a group, and its outputs, by a path of their own."""
    members = [make_output("a", Width=1280), make_output("b", Width=640)]
    answer = make_job(make_output("b", Width=1), groups={"hls": members})

    report = report_on(answer, {"output_groups": [expect]})

    assert [(one.path, one.text) for one in report.mismatches] == [(path, said)]
    assert report.verdict == "failed"


def test_a_group_as_ordered_is_met():
    """Type, status, count and outputs as they are."""
    answer = make_job(groups={"hls": [make_output("a"), make_output("b")]})
    expect = {"name": "hls", "type": "HLS", "status": "Success", "output_count": 2}

    report = report_on(
        answer, {"output_groups": [expect | {"outputs": [{"name": "a"}]}]}
    )

    assert report.verdict == "passed"


def test_every_output_holds_for_all_but_what_states_the_same():
    """Key by key: what is named or selected, and says nothing of it, is held to it."""
    answer = make_job(
        make_output("a"),
        make_output("b", Width=640),
        make_output("c"),
        groups={
            "hls": [make_output("d"), make_output("e")],
            "dash": [make_output("f")],
        },
    )
    expect = {
        "every_output": {"width": 1, "audio_count": 1},
        "outputs": [
            {"name": "a", "width": 1280, "audio_count": 2},
            {"name": "c", "format": "mp4"},
            {"where": {"width": 640}, "width": {"max": 640}},
        ],
        "output_groups": [
            {
                "name": "hls",
                "outputs": [{"name": "d", "width": 1280}, {"name": "e"}],
            },
            {"name": "dash"},
        ],
    }
    for output in (*answer["OutputDetails"], *members_of(answer)):
        file = output["Result"]["OutFileMeta"]["FileBasicInfo"]
        file.setdefault("Width", 1280)

    assert texts_on(answer, expect) == [
        'output "a": audio_count: expected 2, got 1',
        'output "c": width: expected 1, got 1280',
        'output "hls/e": width: expected 1, got 1280',
        'output "dash/f": width: expected 1, got 1280',
    ]


def members_of(answer: Wire) -> list[Wire]:
    """List the outputs of all groups."""
    return [one for group in answer["OutputGroupDetails"] for one in group["Outputs"]]


def test_a_default_is_doubted_where_it_may_be_replaced():
    """Whether `where` replaces it is not known: nor whether the output is wrong."""
    answer = make_job(make_output("a", Width=640), make_output("b", Height=720))
    defaults = {"width": 1, "audio_count": 9}
    stated = {"where": {"height": 720}, "width": {"present": False}}

    report = report_on(answer, {"every_output": defaults, "outputs": [stated]})

    assert {(one.path, one.verdict) for one in report.mismatches} == {
        ('outputs["a"].audio_count', "missed"),
        ('outputs["b"].audio_count', "missed"),
        # Stated by what may be about it, and by default: neither is sure.
        ('outputs["a"].width', "inconclusive"),
    }


@pytest.mark.parametrize(
    ("expect", "others"),
    [
        ({"outputs": [{"name": "a"}]}, ["b", "hls/c", "hls/d"]),
        ({"every_output": {"width": {"present": False}}}, ["a", "b", "hls/c", "hls/d"]),
        ({"output_groups": [{"name": "hls"}]}, ["a", "b"]),
        (
            {"output_groups": [{"name": "hls", "outputs": [{"name": "c"}]}]},
            ["a", "b", "hls/d"],
        ),
        ({"outputs": [{"where": {"group": "hls"}}]}, ["a", "b"]),
    ],
    ids=["by name", "every_output names none", "a group", "in a group", "where"],
)
def test_other_outputs_may_be_forbidden(expect, others):
    """What no expectation names is a miss, if it is forbidden."""
    answer = make_job(
        make_output("a"),
        make_output("b"),
        groups={"hls": [make_output("c"), make_output("d")]},
    )

    report = report_on(answer, expect | {"other_outputs": "forbid"})

    none = "no output that no expectation names"
    found = [one for one in report.mismatches if one.expected == none]
    said = [f'output "{name}": expected {none}, got one' for name in others]
    assert [one.text for one in found] == said
    assert {(one.actual, one.verdict) for one in found} == {("one", "missed")}
    assert report_on(answer, expect | {"other_outputs": "allow"}).verdict == "passed"


def test_an_output_that_may_be_named_is_not_forbidden_for_certain():
    """One that `where` may select is inconclusive as another output."""
    answer = make_job(make_bare_output("a"))
    expect = {"outputs": [{"where": {"width": 640}}], "other_outputs": "forbid"}

    report = report_on(answer, expect)

    assert report.verdict == "inconclusive"
    assert report.mismatches[-1].text == (
        'output "a": expected no output that no expectation names, '
        "but it may be one that is selected"
    )


def counted(reported: int, requested: int) -> Wire:
    """Make a job that reports so many outputs of those requested."""
    answer = make_job(*(make_output(f"v{index}") for index in range(reported)))
    missing = range(reported, requested)
    answer["Config"]["Outputs"] += [{"Name": f"v{index}"} for index in missing]
    return answer


@pytest.mark.parametrize(
    ("reported", "requested", "constraint", "verdict", "said"),
    [
        (2, 2, 2, "passed", []),
        (2, 2, {"min": 2, "max": 2}, "passed", []),
        (2, 2, 3, "failed", ["output_count: expected 3, got 2"]),
        (2, 2, {"max": 1}, "failed", ["output_count: expected at most 1, got 2"]),
        (1, 3, 2, "inconclusive", ["output_count: expected 2, got 1 of 3 requested"]),
        (1, 3, 4, "failed", ["output_count: expected 4, got 1 of 3 requested"]),
        (1, 3, {"min": 1}, "inconclusive", []),
    ],
    ids=[
        "met",
        "in bounds",
        "too few",
        "too many",
        "perhaps",
        "not even with those unreported",
        "with or without those unreported",
    ],
)
def test_outputs_are_counted_with_those_that_may_be_there(
    reported, requested, constraint, verdict, said
):
    """What was requested but not reported may be there: no count rests on it."""
    report = report_on(counted(reported, requested), {"output_count": constraint})

    found = [one for one in report.mismatches if one.path == "output_count"]
    assert [one.text for one in found] == said
    assert {one.actual for one in found} <= {str(reported)}
    assert report.verdict == verdict


def test_grouped_outputs_are_counted_too():
    """The number of outputs is that of all."""
    answer = make_job(make_output(), groups={"hls": [make_output(), make_output("b")]})

    assert report_on(answer, {"output_count": 3}).verdict == "passed"


def test_the_outputs_of_a_group_may_not_all_be_reported():
    """A group that reports less than was requested may have it all the same."""
    answer = make_job(groups={"hls": [make_output("a"), make_output("b")]})
    answer["OutputGroupDetails"][0]["Outputs"].pop()
    expect = {"output_groups": [{"name": "hls", "output_count": 2}]}

    report = report_on(answer, expect)

    assert report.verdict == "inconclusive"
    assert report.mismatches[0].text == (
        'output group "hls": output_count: expected 2, got 1 of 2 requested'
    )


@pytest.mark.parametrize(
    "expect",
    [
        {"outputs": [{"name": "v1"}]},
        {"outputs": [{"where": {"name": "v1"}}]},
        {"output_groups": [{"name": "hls"}]},
    ],
    ids=["output", "where", "group"],
)
def test_what_is_not_reported_though_requested_is_inconclusive(expect):
    """A name that is not there is missed only if all that was requested is there."""
    report = report_on(counted(1, 2), expect)

    assert report.verdict == "inconclusive"
    assert (
        "expected to be delivered, got none, but not all that was requested is "
        "reported (there are: "
    ) in report.mismatches[-1].text


def test_where_nothing_is_there_the_text_says_so():
    """An empty list is no list of names."""
    report = report_on(make_job(), {"output_groups": [{"name": "hls"}]})

    assert report.mismatches[-1].text.endswith("(there are: none)")
