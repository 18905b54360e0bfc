"""What crosses the border outwards: plain facts for the state, types for programs."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs import FACT_TABLES, make_answer, sample_job
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.api.models import (
    AudioStream,
    FileInfo,
    Job,
    Output,
    OutputGroup,
    VideoStream,
)
from pulumi_alicloud_mediaconvert.schema.outputs import (
    JobAudioStream,
    JobFile,
    JobMismatch,
    JobOutput,
    JobOutputGroup,
    JobVideoStream,
)
from pulumi_alicloud_mediaconvert.schema.typed_outputs import (
    plain,
    typed_group,
    typed_output,
)
from pulumi_alicloud_mediaconvert.verification.job_facts import job_facts
from pulumi_alicloud_mediaconvert.verification.render import Mismatch
from pulumi_alicloud_mediaconvert.verification.report_facts import report_facts
from pulumi_alicloud_mediaconvert.verification.verifier import verify

DERIVED = {"long_edge", "short_edge", "display_width", "display_height"}
FACTS = [
    pytest.param(part, name, value, id=f"{part}.{name}")
    for part, (_, table) in FACT_TABLES.items()
    for _, name, value in table
    # The ID is an input; the address is chosen from several, see below.
    if name not in {"job_id", "url"}
]


def delivered(**stream: Any) -> dict[str, Any]:
    """Write the facts of a job whose one video stream is as stated."""
    output = Output(name="video", video_streams=[VideoStream(**stream)])
    facts: dict[str, Any] = job_facts(Job(outputs=[output]))["outputs"][0]
    streams: list[dict[str, Any]] = facts["video_streams"]
    return streams[0]


@pytest.mark.parametrize(("part", "name", "value"), FACTS)
def test_each_fact_of_the_sample_is_in_the_state(part, name, value):
    """Every field of the vendor's page is stored; what was not reported is left out."""
    facts = report_facts(verify(sample_job()))

    output = facts["outputs"][0]
    parts = {
        "job": facts,
        "output": output,
        "group": facts["output_groups"][0],
        "file": output["file"],
        "video": output["video_streams"][0],
        "audio": output["audio_streams"][0],
    }
    if value is None:
        assert name not in parts[part]
    else:
        assert parts[part][name] == value


def test_the_sample_passes_with_a_digest_and_nothing_to_complain_about():
    """A verdict is stored beside the facts, with all that it rests on."""
    facts = report_facts(verify(sample_job()))

    assert facts["verdict"] == "passed"
    assert (facts["mismatches"], facts["skipped_checks"]) == ([], [])
    assert (facts["stale"], len(facts["facts_digest"])) == (False, 64)


def test_the_facts_hold_neither_the_input_nor_the_raw_answer():
    """The job's ID is an input; the answer as sent is no part of the state."""
    facts = job_facts(sample_job())

    assert not {"job_id", "raw"} & facts.keys()


def test_outputs_stand_ungrouped_first_with_their_location():
    """Each output says its group, and where the file lies, by http if known."""
    outputs = report_facts(verify(sample_job()))["outputs"]

    assert [output.get("group") for output in outputs] == [None, "hls-group"]
    assert outputs[0]["bucket"] == "bucket"
    assert outputs[0]["key"] == "path/to/file.m3u8"
    assert outputs[0]["url"].startswith("http://bucket.oss-cn-shanghai.")


def test_mismatches_are_stored_field_by_field():
    """A miss is data: path, expected, actual, verdict, its line, whether it counts."""
    job = job_from_answer(make_answer("Success", {"video": "Failed"}))

    [mismatch] = report_facts(verify(job))["mismatches"]

    assert mismatch == {
        "path": 'outputs["video"].status',
        "expected": "Success",
        "actual": "Failed",
        "verdict": "missed",
        "text": 'output "video": status: expected Success, got Failed',
        "enforcement_level": "mandatory",
    }


texts = st.none() | st.text(max_size=8)


@given(
    state=st.sampled_from(["Success", "Failed", "Running", "Odd", None]),
    outputs=st.dictionaries(st.text(min_size=1, max_size=8), texts, max_size=3),
    groups=st.dictionaries(
        st.text(min_size=1, max_size=8),
        st.dictionaries(st.text(min_size=1, max_size=8), texts, max_size=2),
        max_size=2,
    ),
    code=texts,
)
def test_whatever_was_delivered_is_json(state, outputs, groups, code):
    """The state is JSON, and reads back as it was."""
    job = job_from_answer(make_answer(state, outputs, groups, Code=code))

    facts = report_facts(verify(job))

    assert json.loads(json.dumps(facts, allow_nan=False)) == facts


@pytest.mark.parametrize(
    ("model", "typed", "derived"),
    [
        pytest.param(VideoStream, JobVideoStream, DERIVED, id="video stream"),
        pytest.param(AudioStream, JobAudioStream, set(), id="audio stream"),
        pytest.param(FileInfo, JobFile, set(), id="file"),
        pytest.param(Output, JobOutput, set(), id="output"),
        pytest.param(OutputGroup, JobOutputGroup, set(), id="group"),
    ],
)
def test_every_field_of_a_model_has_a_typed_output(model, typed, derived):
    """What the API reports, a program can read by name and type."""
    assert set(typed.__annotations__) == set(model.model_fields) | derived


def test_a_mismatch_has_a_typed_output():
    """What a report says of a miss, a program can read."""
    assert set(JobMismatch.__annotations__) == set(Mismatch.__dataclass_fields__)


@pytest.mark.parametrize(
    ("rotate", "display"),
    [
        pytest.param(90, (478, 848), id="90"),
        pytest.param(-90, (478, 848), id="-90"),
        pytest.param(270, (478, 848), id="270"),
        pytest.param(180, (848, 478), id="180"),
        pytest.param(0, (848, 478), id="0"),
        pytest.param(None, (848, 478), id="not reported"),
    ],
)
def test_display_sizes_are_those_after_rotation(rotate, display):
    """A turned video is seen with its edges swapped; its width stays as sent."""
    stream = delivered(width=848, height=478, rotate=rotate)

    assert (stream["display_width"], stream["display_height"]) == display
    assert (stream["long_edge"], stream["short_edge"]) == (848, 478)
    assert (stream["width"], stream["height"]) == (848, 478)


def test_one_edge_alone_is_neither_the_long_nor_the_short_one():
    """What cannot be known from one size is not stated."""
    stream = delivered(width=848, rotate=90)

    assert stream == {"width": 848, "rotate": 90, "display_height": 848}


def test_typed_outputs_have_attributes_down_to_the_streams():
    """A program reads `output.video_streams[0].codec` as it would write it."""
    [first, *_] = job_facts(sample_job())["outputs"]

    output = typed_output(first)

    assert output.name == "720P-mp4"
    assert output.file is not None
    assert output.file.file_size_bytes == 31737
    assert [stream.codec for stream in output.video_streams or []] == ["h264"]
    assert [stream.channels for stream in output.audio_streams or []] == [2]


def test_what_was_not_reported_is_none_and_not_empty():
    """Missing streams are unknown, which is not the same as none."""
    output = typed_output({"name": "video", "audio_streams": []})

    assert (output.file, output.video_streams, output.status) == (None, None, None)
    assert output.audio_streams == []


def test_a_typed_group_has_what_a_player_needs():
    """A group has its manifest and the names of its outputs."""
    [facts] = job_facts(sample_job())["output_groups"]

    group = typed_group(facts)

    assert (group.type, group.output_names) == ("Hls", ["720P-mp4"])
    assert (group.manifest_url or "").endswith("/manifest.m3u8")


def test_plain_leaves_no_typed_class():
    """`job.facts` is mappings and lists, whatever they were made from."""
    [first, *_] = job_facts(sample_job())["outputs"]

    found = plain({"outputs": [typed_output(first)], "stale": False})

    output = found["outputs"][0]
    nested = [found, output, output["file"], *output["video_streams"]]
    assert {type(one) for one in nested} == {dict}
    assert output["file"]["file_size_bytes"] == 31737
    assert found["stale"] is False
