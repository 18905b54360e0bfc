"""Groups that share a name: each has its own outputs, and its own request."""

from __future__ import annotations

import copy

import pytest

from jobs import Wire, make_job, make_output
from reports import report_on, texts_on


def two_of_one_name() -> Wire:
    """Make a job with two groups of one name, of two outputs each."""
    answer = make_job(groups={"hls": [make_output("a"), make_output("b")]})
    answer["OutputGroupDetails"] += copy.deepcopy(answer["OutputGroupDetails"])
    answer["Config"]["OutputGroups"] *= 2
    return answer


@pytest.mark.parametrize(
    ("expect", "verdict"),
    [
        ({"output_count": 2}, "passed"),
        ({"output_count": 4}, "failed"),
        ({"outputs": [{"name": "a"}, {"where": {"name": "b"}}]}, "passed"),
        ({"outputs": [{"name": "c"}]}, "failed"),
    ],
    ids=str,
)
def test_groups_of_one_name_have_their_own_outputs(expect, verdict):
    """What is demanded of a group holds for each group of that name."""
    expect = {"output_groups": [{"name": "hls", **expect}]}

    assert report_on(two_of_one_name(), expect).verdict == verdict


def test_a_group_lends_no_output_to_another_one_of_its_name():
    """One has less than was requested of it, the other more: that is doubted."""
    answer = two_of_one_name()
    first, second = answer["OutputGroupDetails"]
    second["Outputs"].append(first["Outputs"].pop() | {"Name": "c"})

    path = 'output_groups["hls"].output_names'
    assert texts_on(answer, {}) == [f"{path}: expected 2 requested, got 1 reported"]
    expect = {"name": "hls", "output_count": 2}
    assert report_on(answer, {"output_groups": [expect]}).verdict == "failed"


def test_a_skip_of_a_group_is_none_of_another_one_of_its_name():
    """What a group that was skipped did not deliver, the other one has to."""
    answer = two_of_one_name()
    first, second = answer["OutputGroupDetails"]
    first["Status"] = "Skipped"
    for group in (first, second):
        group["Outputs"][0]["Status"] = "Skipped"
    expect = {"name": "hls", "status": ["Success", "Skipped"]}

    assert texts_on(answer, {"output_groups": [expect]}) == [
        'output "hls/a": status: expected Success, got Skipped'
    ]
    inner = [{"name": "b", "audio_count": 9}]
    assert 'output "hls/b": audio_count: expected 9, got 1' in texts_on(
        answer, {"output_groups": [{**expect, "outputs": inner}]}
    )
