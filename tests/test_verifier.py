"""What holds for every verdict; the cases are in `tests/conformance`."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs import Wire, make_answer, make_job, make_output
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.api.models import Job, Output
from pulumi_alicloud_mediaconvert.errors import ApiResponseError
from pulumi_alicloud_mediaconvert.verification.report import Report
from pulumi_alicloud_mediaconvert.verification.verifier import verify
from reports import report_on, texts

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


@pytest.mark.parametrize("state", ["Success", "Failed", "Running"])
def test_a_report_carries_the_job_as_it_was_seen(state):
    """Whatever the verdict, what is told of the job is that of its answer."""
    job = job_from_answer(make_job(make_output("a"), State=state))

    assert verify(job).job == job


def test_a_request_that_is_no_object_counts_as_one():
    """Whatever stands in the request, the verdict is reached without raising."""
    outputs = [Output(name=name, status="Success") for name in "ab"]
    job = Job(state="Success", config={"Outputs": [7, "x"]}, outputs=outputs)

    assert verify(job).verdict == "passed"
    assert verify(job.model_copy(update={"outputs": outputs[:1]})).verdict == (
        "inconclusive"
    )


def test_a_job_without_a_state_is_pending():
    """That nothing is known of a job's end is no end."""
    assert verdict_on(None).verdict == "pending"


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
