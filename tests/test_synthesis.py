"""Jobs made from expectations: whatever is made passes, all else is an error."""

from __future__ import annotations

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
from pulumi_alicloud_mediaconvert.verification.verifier import verify
from test_verifier_properties import job_as_delivered

# What no job meets, or one output would have to be made otherwise than usual for.
UNSOLVED = {"both", "group", "ladder", "rules"}


def job_for(expect: object) -> Job:
    """Make a job that would pass, as the API would answer for it."""
    job = EmulatedJob(JOB_ID, "cn-shanghai", 0, delivery=expected_delivery(expect))
    return job_from_answer(built_job(job, Step("Success"), 0))


def verdict_of(job: Job, expect: object) -> str:
    """Verify a job as a deployment does."""
    return verify(job, Expectations.model_validate(expect)).verdict


def loosened(draw: st.DrawFn, constraint: Any) -> Any:
    """State a constraint in another form, which whatever met it still meets."""
    forms: list[Any] = [constraint, [constraint], {"any_of": [constraint]}]
    if isinstance(constraint, str):
        forms += [[constraint, "other"], {"present": True}]
    elif isinstance(constraint, int | float):
        forms += [{"min": constraint}, {"max": constraint}, [constraint, 7]]
        forms += [{"min": constraint - 1, "max": constraint + 1}]
        forms += [{"near": constraint, "tolerance": 2}]
    elif "near" in constraint:
        near = constraint["near"]
        forms += [{"min": near}, {"max": near}, [{"min": near}, {"max": near + 9}]]
    return draw(st.sampled_from(forms))


# Of these there is no order, or no other text.
AS_THEY_ARE = frozenset(
    {"name", "status", "rotate", "dar", "sar", "level", "codec", "lang"}
)
STREAMS = ("video", "audio")


def is_covered(key: str, value: object) -> bool:
    """Leave out a drift, and a manifest of which facts of the media are reported."""
    return key != "av_drift_seconds" and not str(value).endswith("m3u8")


@st.composite
def covered_expectations(draw: st.DrawFn) -> Any:
    """State in covered forms what a job delivered, more or less of it."""
    answer = draw(delivered_jobs())
    stated = job_as_delivered(answer)

    def loose(facts: dict[str, Any]) -> dict[str, Any]:
        kept = {
            key: value
            if key in AS_THEY_ARE
            else [loose(one) for one in value]
            if key in STREAMS
            else loosened(draw, value)
            for key, value in facts.items()
            if key == "name" or (is_covered(key, value) and draw(st.booleans()))
        }
        if "file_size_bytes" in kept:
            # Both of them leave no choice of a duration.
            kept.pop("average_kbps", None)
        return kept

    def selected(facts: dict[str, Any], **more: Any) -> dict[str, Any]:
        if draw(st.booleans()):
            return facts
        where = {"name": facts["name"], **more}
        return {"where": where} | {k: v for k, v in facts.items() if k != "name"}

    in_none = {"present": False}
    outputs = [selected(loose(one), group=in_none) for one in stated["outputs"]]
    groups = [
        {**group, "outputs": [selected(loose(one)) for one in group["outputs"]]}
        for group in stated["output_groups"]
    ]
    return {**stated, "outputs": outputs, "output_groups": groups}


@settings(max_examples=100)
@given(covered_expectations())
def test_what_is_covered_is_met_by_a_job_that_is_made(expect):
    """Literals, lists, bounds, `near`, names, groups and `where` by equality."""
    assert verdict_of(job_for(expect), expect) == "passed"


@settings(max_examples=100)
@given(EXPECTATIONS)
def test_whatever_is_made_passes_and_all_else_asks_for_an_answer(expect):
    """Whatever is demanded: a job that passes, or an error that says what to do."""
    try:
        job = job_for(expect)
    except ValueError as error:
        event("none")
        lines = str(error).splitlines()
        is_refused = all(line.startswith("expect.") for line in lines)
        assert is_refused or "pass a complete response as base=" in lines[-1]
    else:
        event("made")
        assert verdict_of(job, expect) == "passed"


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
    ("expect", "line"),
    [
        pytest.param(
            {"outputs": [{"name": "a", "video": [], "video_count": 1}]},
            'outputs["a"].video: expected none, got 1 stream (h264)',
            id="no video and one",
        ),
        pytest.param(
            {"outputs": [{"name": "a", "format": "hls", "file_size_bytes": 9}]},
            'outputs["a"].file_size_bytes: expected 9, got the API reports the value',
            id="size of a manifest",
        ),
        pytest.param(
            of_video(width=100, long_edge=50),
            'outputs["720P"].video.long_edge: expected 50, got 100',
            id="two sizes",
        ),
        pytest.param(
            of_video(codec={"matches": "dv.*"}),
            'outputs["720P"].video.codec: expected text matching "dv.*", got h264',
            id="pattern",
        ),
        pytest.param(
            of_720p(audio={"codec": {"not": "aac"}, "channels": {"not": 2}}),
            'outputs["720P"].audio.channels: expected not 2, got 2',
            id="not",
        ),
        pytest.param(
            {"outputs": [{"where": {"name": {"matches": "a+"}}}]},
            "outputs[0]: expected to be delivered, got none",
            id="where by a pattern",
        ),
        pytest.param(
            {"outputs": [{"name": "a"}], "output_count": {"max": 0}},
            "output_count: expected at most 0, got 1",
            id="count",
        ),
        pytest.param(
            {"rules": [{"query": "job_name", "must_be": "feature"}]},
            "rules[0]: expected feature, got trailer",
            id="rule",
        ),
        pytest.param(
            {"outputs": [{"name": "a", "video": [], "audio": []}]},
            'outputs["a"].video: expected none, got the API reported no streams',
            id="nothing in it",
        ),
    ],
)
def test_what_is_not_made_names_its_path_and_base(expect, line):
    """A contradiction, or what is not covered: path, constraint, what to do."""
    with pytest.raises(ValueError, match="pass a complete response as base=") as error:
        job_for(expect)

    assert f"\n  {line}" in str(error.value)


def test_a_slip_is_told_as_in_a_preview():
    """What is refused is refused with its path."""
    with pytest.raises(ValueError, match=r"^expect\.outputs\[0\]\.widht: unknown"):
        job_for(of_720p(widht=1))


def test_what_is_not_stated_is_usual():
    """H.264 at 1280 by 720 and AAC in stereo, of 403.04 seconds, in an MP4."""
    [output] = job_for({}).outputs

    [video], [audio] = output.video_streams or [], output.audio_streams or []
    assert (video.codec, video.width, video.height) == ("h264", 1280, 720)
    assert (audio.codec, audio.channels) == ("aac", 2)
    assert output.file is not None
    assert output.file.duration_seconds == 403.04
    assert output.url is not None
    assert output.url.endswith("/output-1.mp4")


@pytest.mark.parametrize(
    ("stated", "extension", "streams"),
    [
        pytest.param({"video": [], "audio": {"codec": "aac"}}, "m4a", 0, id="audio"),
        pytest.param({"video_count": 0}, "m4a", 0, id="no video"),
        pytest.param({"video": [], "extension": "mp4"}, "mp4", 0, id="as stated"),
        pytest.param({"audio": {"codec": "aac"}}, "mp4", 1, id="video not stated"),
    ],
)
def test_a_file_without_video_is_an_audio_file(stated, extension, streams):
    """What is stated of the audio alone does not take the video away."""
    [output] = job_for({"outputs": [{"name": "a", **stated}]}).outputs

    assert (output.url or "").endswith(f"/a.{extension}")
    assert len(output.video_streams or []) == streams


def test_all_outputs_are_of_one_title():
    """A duration that is stated of one output is that of the others."""
    near = {"near": 60, "tolerance": 1}
    expect = {"outputs": [{"name": "a", "duration_seconds": near}, {"name": "b"}]}

    lengths = [
        one.file and one.file.duration_seconds for one in job_for(expect).outputs
    ]

    assert lengths == [60, 60]


def test_an_output_that_is_selected_by_chance_meets_that_too():
    """`where` holds for all that it selects; what selects nothing gets its own."""
    expect = {
        "outputs": [
            {"name": "720P", "video": {"codec": "h264"}},
            {"where": {"extension": "mp4"}, "audio": {"codec": "mp3"}},
            {"where": {"width": 1920}, "video": {"codec": "hevc"}},
        ]
    }

    job = job_for(expect)

    assert verdict_of(job, expect) == "passed"
    codecs = {
        one.name: [
            stream.codec
            for streams in (one.video_streams, one.audio_streams)
            for stream in streams or []
        ]
        for one in job.outputs
    }
    assert codecs == {"720P": ["h264", "mp3"], "output-1": ["hevc", "mp3"]}


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
