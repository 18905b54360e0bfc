"""Jobs made from expectations: whatever is made passes, and what can pass is made."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from expectations import BAD, EXPECTATIONS, GOOD, LOOSER, of_720p, of_video
from facts import delivered_jobs
from jobs import JOB_ID
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.emulator.expected import expected_delivery
from pulumi_alicloud_mediaconvert.emulator.jobs import EmulatedJob, built_job
from pulumi_alicloud_mediaconvert.emulator.steps import Step
from pulumi_alicloud_mediaconvert.expect.expectations import Expectations
from pulumi_alicloud_mediaconvert.synthesis.values import readings
from pulumi_alicloud_mediaconvert.verification.verifier import verify
from test_verifier_properties import job_as_delivered

# What nobody can work out backwards, or what no job meets.
UNSOLVED = {"both", "group", "rules"}


def job_for(expect: object) -> Job:
    """Make a job that would pass, as the API would answer for it."""
    job = EmulatedJob(JOB_ID, "cn-shanghai", 0, delivery=expected_delivery(expect))
    return job_from_answer(built_job(job, Step("Success"), 0))


def verdict_of(job: Job, expect: object) -> str:
    """Verify a job as a deployment does."""
    return verify(job, Expectations.model_validate(expect)).verdict


def loosened(draw: st.DrawFn, constraint: Any) -> Any:
    """State a demand in another form, which whatever met it still meets."""
    forms: list[Any] = [
        constraint,
        {"not": {"not": constraint}},
        {"any_of": [constraint]},
    ]
    if isinstance(constraint, str):
        forms += [
            [constraint, constraint],
            {"matches": re.escape(constraint)},
            {"present": True},
        ]
    elif isinstance(constraint, int | float):
        forms += [
            {"min": constraint},
            {"max": constraint},
            {"near": constraint, "tolerance": 2},
        ]
        forms += [
            {"min": constraint - 1, "max": constraint + 1},
            {"not": constraint + 1},
        ]
    elif "near" in constraint:
        near = constraint["near"]
        forms += [{"min": near - 1}, {"max": near + 1}, [constraint, {"min": near + 9}]]
    return draw(st.sampled_from(forms))


# Of these `re.escape` is no pattern of the value, or there is no order.
AS_THEY_ARE = frozenset({"name", "where", "rotate", "dar", "sar", "level"})
STREAMS = ("video", "audio")


@st.composite
def met_expectations(draw: st.DrawFn) -> Any:
    """Make expectations in any form, of which it is known that some job meets them."""
    answer = draw(delivered_jobs())
    stated = job_as_delivered(answer)

    def loose(facts: dict[str, Any]) -> dict[str, Any]:
        kept = {key: value for key, value in facts.items() if draw(st.booleans())}
        kept |= {key: facts[key] for key in ("name",) if key in facts}
        return {
            key: value
            if key in AS_THEY_ARE
            else [loose(one) for one in value]
            if key in STREAMS
            else loosened(draw, value)
            for key, value in kept.items()
        }

    outputs = [loose(one) for one in stated["outputs"]]
    groups = [
        {**group, "outputs": [loose(one) for one in group["outputs"]]}
        for group in stated["output_groups"]
    ]
    expect = {**stated, "outputs": outputs, "output_groups": groups}
    if verdict_of(job_from_answer(answer), expect) != "passed":
        # A form that was too strict for a spelling; what was stated at first is met.
        event("as delivered")
        return stated
    event("loosened")
    return expect


@settings(max_examples=60)
@given(met_expectations())
def test_what_some_job_meets_is_met_by_a_job_that_is_made(expect):
    """Wherever there is such a job, one is made, and it passes."""
    assert verdict_of(job_for(expect), expect) == "passed"


@settings(max_examples=60)
@given(EXPECTATIONS)
def test_whatever_is_made_passes_and_else_there_is_a_path(expect):
    """Whatever is demanded: a job that passes, or an error that names a place."""
    told = ""
    try:
        verdict = verdict_of(job_for(expect), expect)
    except ValueError as error:
        verdict, told = "none", str(error)

    event(verdict)
    assert verdict == "passed" or "expect." in told


@pytest.mark.parametrize("name", sorted(GOOD.keys() - UNSOLVED))
def test_every_form_that_people_write_is_met(name):
    """Names, groups, matchers, notes, `where`, what all have in common."""
    assert verdict_of(job_for(GOOD[name]), GOOD[name]) == "passed"


@pytest.mark.parametrize("stated", [*BAD.values(), *LOOSER.values()], ids=str)
def test_what_a_deployment_refuses_is_refused_here(stated):
    """A wrong expectation is told like in a preview, not made the best of."""
    if stated is None:
        return
    with pytest.raises(ValidationError):
        Expectations.model_validate(stated)
    with pytest.raises(ValueError, match=r"."):
        job_for(stated)


@pytest.mark.parametrize(
    ("expect", "path"),
    [
        pytest.param(
            {"outputs": [{"name": "a", "video": [], "video_count": 1}]},
            "expect.outputs[0].video: none",
            id="no video and one",
        ),
        pytest.param(
            {"outputs": [{"name": "a", "format": "hls", "file_size_bytes": 9}]},
            "expect.outputs[0].file_size_bytes: 9",
            id="size of a manifest",
        ),
        pytest.param(
            of_video(width=100, long_edge=50),
            "expect.outputs[0].video.long_edge: 50",
            id="two sizes",
        ),
        pytest.param(
            of_video(codec={"matches": "(a|b)(?i:c)d{3}[^\\x00-\\x7f]"}),
            "expect.outputs[0].video.codec: text matching",
            id="pattern",
        ),
        pytest.param(
            {"outputs": [{"name": "a"}], "output_count": {"max": 0}},
            "expect.output_count: at most 0",
            id="count",
        ),
        pytest.param(
            {"rules": [{"query": "job_name", "must_be": "feature"}]},
            'expect.rules[0]: rule "job_name": expected feature, got trailer',
            id="rule",
        ),
        pytest.param(
            {"outputs": [{"name": "a", "video": [], "audio": []}]},
            "expect.outputs[0].video: none",
            id="nothing in it",
        ),
        pytest.param(of_720p(widht=1), "expect.outputs[0].widht: unknown", id="slip"),
    ],
)
def test_what_cannot_be_made_is_told_with_its_path(expect, path):
    """A contradiction, or what cannot be worked out, names the place and the demand."""
    with pytest.raises(ValueError, match="expect") as error:
        job_for(expect)

    assert path in str(error.value)


def test_outputs_that_are_searched_for_do_not_catch_others():
    """What `where` selects by chance meets it too, or is made so as to be left out."""
    expect = {
        "outputs": [
            {"name": "720P", "video": {"codec": "h264"}},
            {"where": {"extension": "mp4"}, "video": {"codec": "hevc"}},
        ]
    }

    job = job_for(expect)

    assert verdict_of(job, expect) == "passed"
    codecs = {one.name: (one.video_streams or [])[0].codec for one in job.outputs}
    assert codecs == {"720P": "h264", "output-1": "hevc"}


def test_two_expectations_share_an_output_where_there_is_room_for_one():
    """A name and a selector may be about the same output."""
    expect = {
        "outputs": [{"name": "720P"}, {"where": {"width": 1920}, "audio": []}],
        "output_count": 1,
        "other_outputs": "forbid",
    }

    [output] = job_for(expect).outputs

    assert (output.name, output.file and output.file.width) == ("720P", 1920)
    assert output.audio_streams == []


def test_advice_is_taken_where_it_can_be():
    """A job that is made for advice meets it, unless something binding forbids it."""

    def width_of(binding: int) -> int | None:
        advice = {"min": 1920, "enforcement_level": "advisory"}
        expect = of_video(width=advice, short_edge=binding, long_edge={"max": 2000})
        job = job_for(expect)
        assert verdict_of(job, expect) == "passed"
        return (job.outputs[0].video_streams or [])[0].width

    assert (width_of(720) or 0) >= 1920
    expect = {
        "outputs": [
            {"name": "a", "width": {"min": 9, "enforcement_level": "advisory"}},
        ],
        "every_output": {"width": 8},
        "output_count": 1,
    }
    assert verdict_of(job_for(expect), expect) == "passed"


@pytest.mark.parametrize(
    ("pattern", "reading"),
    [
        (r".*\.mp4", "x.mp4"),
        (r"https://cdn\.example\.com/[a-z]+/\w+\.ts", "https://cdn.example.com/a/x.ts"),
        (r"(?P<size>\d{3,4})P-(ts|mp4)", "777P-ts"),
        (r"(?i)(a(b|c)){2}?", "abab"),
        (r"[^a-z/]+\(x\)", "-(x)"),
        (r"a|b", "a"),
    ],
)
def test_a_pattern_suggests_a_text(pattern, reading):
    """Patterns as people write them are read as a text that they match."""
    assert readings(pattern)[0] == reading
    assert re.fullmatch(pattern, reading)
