"""The verdict on a job, from its states alone."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs import make_answer
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.errors import ApiResponseError
from pulumi_alicloud_mediaconvert.verification.report import Report
from pulumi_alicloud_mediaconvert.verification.verifier import verify

SAMPLE = Path(__file__).parent / "data" / "vendor-example.json"

GOOD_WORDS = ["Success", "Complete", "success", "COMPLETE"]
BAD_WORDS = ["Failed", "Error", "Cancelled", "Canceled", "Skipped", "skipped"]
OPEN_WORDS = ["Init", "Scheduled", "Running", "Exploded", None]


def verdict_on(*arguments: object, **fields: object) -> Report:
    """Verify an answer made by hand."""
    return verify(job_from_answer(make_answer(*arguments, **fields)))  # type: ignore[arg-type]  # a table's row


def test_the_vendors_sample_passes_though_it_carries_a_failure_code():
    """`Code` and `Message` beside a success do not count."""
    sample = json.loads(SAMPLE.read_text())["Job"]

    report = verify(job_from_answer(sample))

    assert (report.verdict, report.mismatches) == ("passed", ())


@pytest.mark.parametrize("word", GOOD_WORDS)
def test_success_is_read_in_both_vocabularies(word):
    """A success is one in either of the vendor's spellings, whatever its case."""
    report = verdict_on(word, {"video": word}, {"hls": {"low": word}})

    assert report.verdict == "passed"


@pytest.mark.parametrize("word", ["Failed", "Error", "Cancelled", "Canceled", "ERROR"])
def test_a_job_that_ended_otherwise_fails(word):
    """Every other end state of the job fails, though its outputs are good."""
    report = verdict_on(word)

    assert report.verdict == "failed"
    [state] = report.mismatches
    assert (state.path, state.expected, state.verdict) == ("state", "Success", "missed")
    assert state.text == f"state: expected Success, got {state.actual}"
    assert state.actual in {"Failed", "Cancelled"}


@pytest.mark.parametrize("word", BAD_WORDS)
@pytest.mark.parametrize("location", ["single", "grouped"])
def test_one_bad_output_fails_the_job(word, location):
    """A job that succeeded fails by any output that did not, grouped or not."""
    outputs = {"video": word if location == "single" else "Success"}
    groups = {"hls": {"low": word if location == "grouped" else "Success"}}

    report = verdict_on("Success", outputs, groups)

    label = "video" if location == "single" else "hls/low"
    assert report.verdict == "failed"
    [mismatch] = report.mismatches
    assert mismatch.path == f'outputs["{label}"].status'
    assert mismatch.verdict == "missed"


@pytest.mark.parametrize("word", OPEN_WORDS)
def test_an_output_that_has_not_ended_is_inconclusive(word):
    """An output whose status is no end, known or not, decides nothing."""
    report = verdict_on("Success", {"video": word})

    assert report.verdict == "inconclusive"
    assert report.mismatches[0].verdict == "inconclusive"


def test_a_failed_group_fails_though_its_outputs_are_good():
    """The status of a group counts beside those of its outputs."""
    answer = make_answer(groups={"hls": {"low": "Success"}})
    answer["OutputGroupDetails"][0]["Status"] = "Failed"

    report = verify(job_from_answer(answer))

    assert report.verdict == "failed"
    assert report.mismatches[0].path == 'output_groups["hls"].status'


def test_missed_outranks_inconclusive():
    """One missed expectation fails the job, whatever is inconclusive besides."""
    report = verdict_on("Success", {"one": "Init", "two": "Failed"})

    assert report.verdict == "failed"
    assert len(report.mismatches) == 2


@pytest.mark.parametrize("state", ["Inited", "Running", "Suspended", None])
def test_a_job_that_has_not_ended_is_pending(state):
    """Without an end state there is no verdict, even if all outputs are good."""
    assert verdict_on(state).verdict == "pending"


@pytest.mark.parametrize("kind", ["OutputDetails", "OutputGroupDetails"])
@pytest.mark.parametrize("value", [[], None, "absent"])
def test_outputs_that_were_requested_but_not_reported_are_inconclusive(kind, value):
    """A success that reports less than was requested is not taken for one."""
    answer = make_answer(groups={"hls": {"low": "Success"}})
    answer[kind] = value
    if value == "absent":
        del answer[kind]

    assert verify(job_from_answer(answer)).verdict == "inconclusive"


def test_outputs_that_a_failed_job_never_finished_are_not_listed():
    """A failed job names what failed, not all that it never came to."""
    report = verdict_on("Failed", {"one": "Init", "two": "Failed"})

    assert [mismatch.path for mismatch in report.mismatches] == [
        "state",
        'outputs["two"].status',
    ]


@pytest.mark.parametrize("config", [None, {}, "absent"], ids=repr)
def test_a_success_without_any_output_is_inconclusive(config):
    """A job that shows no delivery has not shown that it delivered."""
    answer = make_answer(outputs={})
    answer["Config"] = config
    if config == "absent":
        del answer["Config"]

    assert verify(job_from_answer(answer)).verdict == "inconclusive"


def test_outputs_are_counted_where_they_were_requested():
    """One output too many beside a group does not make up for one missing in it."""
    answer = make_answer(outputs={"one": "Success"}, groups={"hls": {"low": "Success"}})
    answer["Config"]["OutputGroups"][0]["Outputs"].append({"Name": "high"})
    answer["OutputDetails"].append({"Name": "extra", "Status": "Success"})

    report = verify(job_from_answer(answer))

    assert report.verdict == "inconclusive"
    assert report.mismatches[0].path == 'output_groups["hls"].output_names'


def test_one_output_reported_twice_does_not_stand_for_another():
    """Two deliveries of one name leave the other requested one unreported."""
    answer = make_answer(outputs={"one": "Success", "two": "Success"})
    answer["OutputDetails"][1]["Name"] = "one"

    assert verify(job_from_answer(answer)).verdict == "inconclusive"


@pytest.mark.parametrize(
    "config",
    [
        "cut {",
        ["Outputs"],
        {"Outputs": "[]"},
        {"OutputGroups": {}},
        {"OutputGroups": [{"Outputs": "x"}]},
    ],
    ids=repr,
)
def test_a_request_that_is_not_understood_gives_no_verdict(config):
    """What was requested decides what must be there, so it has to be readable."""
    answer = make_answer(groups={"hls": {"low": "Success"}}, Config=config)

    with pytest.raises(ApiResponseError):
        job_from_answer(answer)


statuses = st.sampled_from([*GOOD_WORDS, *BAD_WORDS, *OPEN_WORDS])


@given(
    state=statuses,
    outputs=st.dictionaries(st.text(min_size=1), statuses, max_size=5),
    groups=st.dictionaries(
        st.text(min_size=1),
        st.dictionaries(st.text(min_size=1), statuses, max_size=3),
        max_size=2,
    ),
)
def test_a_job_passes_only_if_every_part_of_it_succeeded(state, outputs, groups):
    """Whatever the states: passed means that each of them is a success."""
    report = verdict_on(state, outputs, groups)

    words = [state, *outputs.values()]
    words += [word for members in groups.values() for word in members.values()]
    all_good = all(word in GOOD_WORDS for word in words)
    has_output = bool(outputs) or any(groups.values())
    assert (report.verdict == "passed") is (all_good and has_output)


@given(
    outputs=st.dictionaries(st.text(min_size=1), statuses, max_size=5),
    seed=st.integers(),
)
def test_the_verdict_does_not_depend_on_the_order_of_outputs(outputs, seed):
    """Outputs in another order give the same verdict and the same mismatches."""
    items = list(outputs.items())
    random.Random(seed).shuffle(items)

    one = verdict_on("Success", outputs)
    other = verdict_on("Success", dict(items))

    assert one.verdict == other.verdict
    assert set(one.mismatches) == set(other.mismatches)
