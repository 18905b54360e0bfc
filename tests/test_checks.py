"""`verify` and its report: every single check, and what is no answer."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import rows
from jobs import make_job, make_output
from pulumi_alicloud_mediaconvert import (
    ApiResponseError,
    ExpectationsError,
    Report,
    verify,
)

ROWS = {name: row for name, row in rows().items() if not row.is_refused}
JOB = make_job(make_output("a", Width=1280), groups={"hls": [make_output("b")]})
# Of each kind one that is met.
MET = {
    "outputs": [
        {
            "name": "a",
            "width": {"min": 1280, "enforcement_level": "advisory"},
            "video": [{"codec": "avc", "height": 720}],
            "audio": {},
        },
        {"where": {"name": "hls/b"}, "video": {"fps": 25}},
    ],
    "output_groups": [{"name": "hls", "type": "Hls", "output_count": 1}],
    "every_output": {"format": "mp4"},
    "output_count": 2,
    "consistent": {"duration_seconds": 1},
    "other_outputs": "forbid",
    "rules": [{"query": "length(outputs)", "must_be": 2}],
}


def test_each_check_that_is_met_is_listed_with_what_was_seen():
    """States, statuses, facts, streams, counts and rules, each at its path."""
    report = verify(JOB, MET)

    assert (report.verdict, report.mismatches) == ("passed", ())
    found = {one.path: (one.expected, one.actual) for one in report.checks}
    assert found == {
        "state": ("Success", "Success"),
        'outputs["a"].status': ("Success", "Success"),
        'outputs["hls/b"].status': ("Success", "Success"),
        'output_groups["hls"].status': ("Success", "Success"),
        "outputs": ("1 requested", "1 reported"),
        "output_groups": ("1 requested", "1 reported"),
        'output_groups["hls"].output_names': ("1 requested", "1 reported"),
        'outputs["a"]': ("to be delivered", "a"),
        "outputs[1]": ("to be delivered", "hls/b"),
        'outputs["a"].width': ("at least 1280", "1280"),
        'outputs["a"].video.codec': ("avc", "h264"),
        'outputs["a"].video.height': ("720", "720"),
        'outputs["a"].audio': ("an audio stream", "one"),
        'outputs["hls/b"].video.fps': ("25", "25"),
        'outputs["a"].format': ("mp4", "mov,mp4,m4a,3gp,3g2,mj2"),
        'outputs["hls/b"].format': ("mp4", "mov,mp4,m4a,3gp,3g2,mj2"),
        'output_groups["hls"].type': ("Hls", "Hls"),
        'output_groups["hls"].output_count': ("1", "1"),
        "output_count": ("2", "2"),
        "consistent.duration_seconds": ("at most 1 s apart", "0.00 s"),
        "other_outputs": ("none", "none"),
        "rules[0]": ("2", "2"),
    }
    levels = {one.path for one in report.checks if one.enforcement_level == "advisory"}
    assert levels == {'outputs["a"].width'}


def test_what_the_request_states_is_listed_too():
    """A constraint that was tested is a check, one that was not is skipped."""
    job = make_job(make_output("a"))
    job["Config"]["Outputs"][0]["OverrideParams"] = {
        "Video": {"Codec": "H.264", "Gop": 250},
        "Audio": {"Channels": 2},
    }

    report = verify(job, "as-requested")

    paths = {one.path for one in report.checks}
    assert {'outputs["a"].video.codec', 'outputs["a"].audio.channels'} <= paths
    assert any("Gop" in line for line in report.skipped_checks)
    assert not any("gop" in path for path in paths)


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_the_checks_that_are_not_met_are_the_mismatches(row):
    """Nothing is in one list alone, and each has its label."""
    report = verify(row.job, row.expect)

    assert [
        (one.path, one.expected, one.actual, one.outcome, one.enforcement_level)
        for one in report.checks
        if one.outcome != "met"
    ] == list(
        dict.fromkeys(
            (one.path, one.expected, one.actual, one.verdict, one.enforcement_level)
            for one in report.mismatches
        )
    )
    assert all(one.label and one.expected and one.actual for one in report.checks)
    assert bool(report.checks) == (report.verdict != "pending")


def test_a_report_reads_as_an_up_says_it_and_shows_itself_in_short():
    """A test that fails by `assert report.verdict == "passed", report` tells why."""
    report = verify(JOB, {"outputs": [{"name": "a", "width": 640}]})

    headline, line = str(report).splitlines()
    assert headline.startswith(f"job {JOB['JobId']} ended Success, but 1 check failed")
    assert line == 'output "a": width: expected 640, got 1280'
    assert "Codec_name" not in repr(report)
    assert "'failed'" in repr(report)


@pytest.mark.parametrize(
    "answer",
    [
        JOB,
        {"Job": JOB},
        {"RequestId": "5F2C", "Job": JOB},
        {"headers": {}, "statusCode": 200, "body": {"Job": JOB}},
        MappingProxyType({"Job": MappingProxyType(JOB)}),
        json.dumps(JOB),
        json.dumps({"Job": JOB}).encode(),
        {key: value for key, value in JOB.items() if key != "JobId"},
    ],
    ids=[
        "job",
        "body",
        "whole",
        "client",
        "mapping",
        "text",
        "bytes",
        "without its ID",
    ],
)
def test_an_answer_may_be_all_of_it_or_its_job(answer):
    """As it is stored, as a client returns it, or as JSON."""
    assert verify(answer, MET).verdict == "passed"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (None, "neither a mapping nor text"),
        ([JOB], "neither a mapping nor text"),
        ({}, "no JobId and no State"),
        ({"Job": {}}, "no JobId and no State"),
        ({"Job": [JOB]}, "Job is not an object"),
        ({"Code": "Forbidden", "Message": "no"}, "error Forbidden"),
        (
            {"verdict": "passed", "facts_digest": "", "State": "Success"},
            "it is a report. Store the API's response and verify it.",
        ),
        ({"State": "Success", "OutputDetails": 7}, "OutputDetails"),
        ({"State": "Success", "OutputDetails": {1, 2}}, "JSON"),
        ({"State": "Success", "Percent": 10**5000}, "JSON"),
        ('{"State": "Success"', "not JSON"),
        ('{"State": "Success", "State": "Failed"}', "two values"),
        (b"\xff\xfe", "not JSON"),
    ],
    ids=[
        *("nothing", "a list", "empty", "an empty job", "a list of jobs"),
        *("an error", "a report", "a wrong shape", "a set", "too many digits"),
        *("half of it", "a key twice", "no text"),
    ],
)
def test_what_is_no_answer_is_refused(answer, said):
    """No verdict rests on what was not understood."""
    with pytest.raises(ApiResponseError, match=said):
        verify(answer)


def test_all_that_is_wrong_with_the_expectations_is_told_with_its_path():
    """As `pulumi preview` does, whatever the answer is."""
    stated: Any = {
        "outputs": [{"name": "a", "video": {"widht": 1}, "duration_seconds": 5}],
        "output_count": {"min": 3, "max": 1},
    }

    with pytest.raises(ExpectationsError) as refused:
        verify(JOB, stated)

    paths = {line.split(":")[0] for line in str(refused.value).splitlines()}
    assert paths == {
        "expect.outputs[0].video.widht",
        "expect.outputs[0].duration_seconds",
        "expect.output_count",
    }


def nested(leaves):
    """Nest values as JSON does, and a little more."""
    return st.recursive(
        leaves,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        *(
                            "Job",
                            "State",
                            "JobId",
                            "Config",
                            "OutputDetails",
                            "Outputs",
                        ),
                        *(
                            "OutputGroupDetails",
                            "OutputGroups",
                            "Result",
                            "OutFileMeta",
                        ),
                        *(
                            "FileBasicInfo",
                            "VideoStreamInfoList",
                            "Name",
                            "Status",
                            "x",
                        ),
                    ]
                )
                | st.integers(),
                inner,
                max_size=4,
            )
        ),
        max_leaves=20,
    )


LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.binary(max_size=3)
    | st.sampled_from(["Success", "Failed", object(), "\ud800", "9" * 400])
)


@given(answer=nested(LEAVES), whole=st.booleans())
def test_no_answer_makes_it_raise_anything_else(answer, whole):
    """Hostile answers are refused, or reported on."""
    stated = {"State": "Success", "OutputDetails": answer} if whole else answer

    try:
        report = verify(stated, MET)
    except ApiResponseError:
        return
    assert isinstance(report, Report)
    assert report.verdict != "passed"
    assert all(one.expected for one in report.checks)


@pytest.mark.parametrize("depth", [50, 5_000, 100_000])
def test_an_answer_that_is_nested_deeply_or_within_itself_is_refused(depth):
    """Neither stack nor time runs out."""
    deep: Any = []
    for _ in range(depth):
        deep = [deep]
    ring: dict[str, Any] = {"State": "Success"}
    ring["Config"] = ring

    for answer in ({"State": "Success", "x": deep}, ring):
        try:
            verify(answer)
        except ApiResponseError:
            continue
        assert depth < 100
