import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from jobs import FACT_TABLES, LOCATION_TABLE
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.api.models import (
    Job,
    Output,
    OutputGroup,
    VideoStream,
)

SAMPLE = Path(__file__).parent / "data" / "vendor-example.json"
FIELDS = [
    pytest.param(part, name, value, id=f"{part}.{wire}")
    for part, (_, table) in FACT_TABLES.items()
    for wire, name, value in table
]


@pytest.fixture
def sample():
    """Return the vendor's own job, as printed on its page."""
    return json.loads(SAMPLE.read_text())["Job"]


def parts_of(job):
    """Return what each table is about, of the ungrouped output."""
    (output,) = [output for output in job.outputs if output.group is None]
    return {
        "job": job,
        "output": output,
        "group": job.output_groups[0],
        "file": output.file,
        "video": output.video_streams[0],
        "audio": output.audio_streams[0],
    }


@pytest.mark.parametrize(("part", "name", "value"), FIELDS)
def test_field_of_the_sample_is_read(sample, part, name, value):
    """Each field of the vendor's page reaches the job, trimmed, numbers as numbers."""
    job = job_from_answer(sample)

    assert getattr(parts_of(job)[part], name) == value


def test_tables_name_each_field_of_the_sample(sample):
    """No field of the sample is left out of the tables."""
    output = sample["OutputDetails"][0]
    meta = output["Result"]["OutFileMeta"]
    sent = {
        "job": sample.keys() - {"Config", "OutputDetails", "OutputGroupDetails"},
        "output": output.keys() - {"Result"},
        "group": sample["OutputGroupDetails"][0].keys() - {"Outputs"},
        "file": meta["FileBasicInfo"].keys(),
        "video": meta["VideoStreamInfoList"][0].keys(),
        "audio": meta["AudioStreamInfoList"][0].keys(),
    }

    for part, (_, table) in FACT_TABLES.items():
        assert sent[part] <= {wire for wire, _, _ in table}
    assert output["Result"]["OutputFile"].keys() == {
        wire for wire, _, _ in LOCATION_TABLE
    }


def test_location_of_an_output_is_read(sample):
    """Type and medium stand beside the output; `url` is the http form where known."""
    output = parts_of(job_from_answer(sample))["output"]

    assert output.type == "OSS"
    assert output.media == "oss://bucket/path/to/video.mp4"
    assert output.url == output.file.file_url
    assert (output.bucket, output.key) == ("bucket", "path/to/file.m3u8")


def test_url_stays_as_sent_without_an_http_form(sample):
    """Without a better address the output's own one is its `url`."""
    del sample["OutputDetails"][0]["Result"]["OutFileMeta"]

    output = job_from_answer(sample).outputs[0]

    assert output.url == "oss://bucket/path/to/video.mp4"


def test_grouped_output_is_read_as_any_other(sample):
    """What stands in a group has the same facts, and names its group."""
    ungrouped, grouped = job_from_answer(sample).outputs

    assert grouped.group == "hls-group"
    same = grouped.model_copy(update={"group": None})
    assert same == ungrouped


@pytest.mark.parametrize("part", ["file", "video", "audio"])
def test_numbers_may_be_text(part):
    """The SDK documents text where the page shows numbers; both read the same."""
    model, table = FACT_TABLES[part]
    sent = {wire: value for wire, _, value in table if value is not None}

    as_sent = model.model_validate(sent)
    as_text = model.model_validate({wire: str(value) for wire, value in sent.items()})

    assert as_text == as_sent


@pytest.mark.parametrize("part", FACT_TABLES)
def test_nulls_are_not_reported(part):
    """A field that is null is as one that is absent."""
    model, table = FACT_TABLES[part]

    assert model.model_validate({wire: None for wire, _, _ in table}) == model()


def test_fields_that_the_sample_lacks_are_read():
    """Times, percent and name, which only the SDK documents, reach the job."""
    sent = {
        "Percent": "66",
        "CreateTime": "2024-12-07T06:06:58Z\n",
        "FinishTime": "2024-12-07T13:01:07Z",
        "Config": {"JobName": "trailer"},
    }

    job = job_from_answer(sent)

    assert job.percent == 66
    assert job.create_time == "2024-12-07T06:06:58Z"
    assert job.finish_time == "2024-12-07T13:01:07Z"
    assert job.job_name == "trailer"


@pytest.mark.parametrize(
    ("rotate", "size"),
    [
        *((None, (848, 478)), (0, (848, 478)), (180, (848, 478))),
        *((90, (478, 848)), (-90, (478, 848)), (270, (478, 848)), (450, (478, 848))),
    ],
)
def test_display_size_is_after_rotation(rotate, size):
    """A quarter turn swaps width and height for the viewer."""
    stream = VideoStream(width=848, height=478, rotate=rotate)

    assert (stream.display_width, stream.display_height) == size


@pytest.mark.parametrize(
    ("state", "ended"),
    [
        *(("Success", True), ("Complete", True), ("error", True), ("Canceled", True)),
        *(("Inited", False), ("Running", False), ("Skipped", False)),
        *(("Paused", False), (None, False)),
    ],
)
def test_job_has_ended_only_in_an_end_state(state, ended):
    """A word that nobody documented is never an end."""
    assert Job(state=state).has_ended is ended


@pytest.mark.parametrize(
    ("output", "group", "settled"),
    [
        ("Success", "Success", True),
        ("Failed", "Skipped", True),
        ("Skipped", "Error", True),
        ("Scheduled", "Success", False),
        ("Success", "Running", False),
        ("Init", "Init", False),
        (None, "Success", False),
        ("Success", "Paused", False),
    ],
)
def test_job_is_settled_once_all_its_parts_have_ended(output, group, settled):
    """Outputs and groups may lag behind the end of their job."""
    job = Job(
        state="Success",
        outputs=[Output(status=output)],
        output_groups=[OutputGroup(status=group)],
    )

    assert job.is_settled is settled
    assert not job.model_copy(update={"state": "Running"}).is_settled


@pytest.mark.parametrize(
    ("output", "label"),
    [
        (Output(name="720P"), "720P"),
        (Output(name="720P", group="hls"), "hls/720P"),
        (Output(), "(unnamed)"),
    ],
    ids=["ungrouped", "grouped", "unnamed"],
)
def test_label_names_an_output_as_people_do(output, label):
    """A grouped output is named with its group."""
    assert output.label == label


def test_facts_are_frozen():
    """Nobody changes what was seen."""
    with pytest.raises(ValidationError):
        Job(state="Failed").state = "Success"  # type: ignore[misc]  # that is the test
