"""What an emulated job answers is consistent, and lies over any base."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs import JOB_ID
from pulumi_alicloud_mediaconvert.emulator import Step, sample_answer, scripts
from pulumi_alicloud_mediaconvert.emulator.jobs import EmulatedJob, answer_of


def answered(step, base=None):
    """Return the answer that a step gives."""
    job = EmulatedJob(JOB_ID, "cn-shanghai", 0.0, base)
    return json.loads(answer_of(job, step, request_id="R", entered_at=0.0))


def test_good_job_is_good_throughout():
    """A job that succeeded cleanly has the asked ID and no output that is not done."""
    job = answered(Step("Success"))["Job"]
    group = job["OutputGroupDetails"][0]
    details = job["OutputDetails"] + group["Outputs"]

    assert job["JobId"] == JOB_ID
    assert {d["Status"] for d in [*details, group]} == {"Success"}
    assert all(d["Result"]["OutFileMeta"]["AudioStreamInfoList"] for d in details)
    assert "Code" not in job


def test_requested_names_are_the_delivered_names():
    """Outputs and groups are named in `Config` as in the details."""
    job = answered(Step("Success"))["Job"]
    config = job["Config"]

    assert [o["Name"] for o in config["Outputs"]] == [
        d["Name"] for d in job["OutputDetails"]
    ]
    assert [
        (g["Name"], [o["Name"] for o in g["Outputs"]]) for g in config["OutputGroups"]
    ] == [
        (g["Name"], [d["Name"] for d in g["Outputs"]])
        for g in job["OutputGroupDetails"]
    ]


@pytest.mark.parametrize(
    ("state", "status", "group_status"),
    [("Inited", "Init", "Init"), ("Running", "Scheduled", "Running")],
)
def test_outputs_of_a_job_that_runs_have_no_result(state, status, group_status):
    """While a job has not ended neither have its outputs."""
    job = answered(Step(state))["Job"]

    assert {d["Status"] for d in job["OutputDetails"]} == {status}
    assert job["OutputGroupDetails"][0]["Status"] == group_status
    assert not any("Result" in d for d in job["OutputDetails"])
    assert "FinishTime" not in job


@pytest.mark.parametrize(
    ("script", "status"),
    [(scripts.one_output_fails(), "Failed"), (scripts.skips_output(), "Skipped")],
    ids=["one output fails", "skipped output"],
)
def test_job_may_succeed_without_one_of_its_outputs(script, status):
    """The job is Success, one output is not, and that one has no result."""
    job = answered(script.steps[-1])["Job"]
    odd = [d for d in job["OutputDetails"] if d["Status"] != "Success"]

    assert (job["State"], [d["Status"] for d in odd]) == ("Success", [status])
    assert "Result" not in odd[0]


def test_failed_job_says_why():
    """A failed job carries the vendor's code and message, as its outputs do."""
    job = answered(scripts.fails().steps[-1])["Job"]

    assert job["Code"] == "InvalidParameter.ResourceContentBad"
    assert job["OutputDetails"][0]["Code"] == job["Code"]


def test_base_is_overridden_only_by_what_the_step_states():
    """A step lays its state over the base answer and leaves the rest alone."""
    base = {"RequestId": "B", "Job": {"State": "X", "UserData": {"a": 1, "b": 2}}}

    answer = answered(Step("Running", fields={"UserData": {"b": None}}), base)

    assert answer == {
        "RequestId": "B",
        "Job": {"State": "Running", "UserData": {"a": 1, "b": None}},
    }


def test_statuses_are_laid_over_a_base_by_name():
    """Outputs and groups of a base are found by their names."""
    step = Step(
        outputs={"hls-group/720P-mp4": "Failed"}, groups={"hls-group": "Skipped"}
    )

    job = answered(step, sample_answer())["Job"]

    assert job["OutputDetails"][0]["Status"] == "Success"
    assert job["OutputGroupDetails"][0]["Status"] == "Skipped"
    assert job["OutputGroupDetails"][0]["Outputs"][0]["Status"] == "Failed"


# Few characters, each of its own kind: all of Unicode takes Hypothesis seconds.
TEXT = st.text('aZ0é中"\\\n\0', max_size=5)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=8,
)


@given(base=st.dictionaries(st.sampled_from(["Job", "RequestId", "x"]), JSON_VALUES))
def test_any_base_is_answered_as_it_is(base):
    """A step that states nothing answers with the base, whatever it holds."""
    assert answered(Step(), base) == base
