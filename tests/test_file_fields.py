"""Every field of a delivered file: met, just met, just missed, missing, malformed."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from jobs import make_answer
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.expect.expectations import Selector
from pulumi_alicloud_mediaconvert.expect.expected_media import FileExpectation, kinds_of
from pulumi_alicloud_mediaconvert.verification.selection import judge_selector
from reports import (
    OUTCOMES,
    OUTPUT_NAME,
    Cases,
    deliver,
    delivered,
    outcome_of,
    row_id,
    rows_of,
)

URL = "http://bucket.oss-cn-shanghai.aliyuncs.com/v.mp4"
MOV_LIST = "mov,mp4,m4a,3gp,3g2,mj2"


def file(**sent):
    """Send facts of the file."""
    return {"file": sent}


def streams(*, video=(), audio=()):
    """Send streams, each by its duration in seconds."""
    return {
        "video": [{"Codec_name": "h264", "Duration": length} for length in video],
        "audio": [{"CodecName": "aac", "Duration": length} for length in audio],
    }


FIELDS = {
    "status": Cases(
        met=("Success", {"status": "Success"}),
        just_met=(["Success", "Skipped"], {"status": "skipped"}),
        just_missed=(["Success", "Skipped"], {"status": "Failed"}),
        missing=("Success", {"status": None}),
        malformed=("Success", {"status": " "}),
        refused=0,
    ),
    "url": Cases(
        met=(URL, file(FileUrl=URL)),
        just_met=(f"{URL} ", {"output_file": {"Url": f"{URL}\n"}}),
        just_missed=(URL, file(FileUrl=URL.upper())),
        missing=(URL, {}),
        malformed=(URL, file(FileUrl="N/A")),
        refused=8080,
    ),
    "extension": Cases(
        met=("mp4", file(FileUrl=URL)),
        just_met=(".MP4", {"output_file": {"Media": "oss://b/v.1.Mp4"}}),
        just_missed=("mp4", file(FileName="v.mov", FormatName=MOV_LIST)),
        missing=("mp4", file(FormatName="mp4")),
        malformed=("mp4", file(FileName="v.")),
        refused=4,
    ),
    "format": Cases(
        met=("mp4", file(FormatName="mp4")),
        just_met=("MP4", file(FormatName=MOV_LIST)),
        just_missed=("mp4", file(FormatName="matroska,webm")),
        missing=("mp4", {}),
        malformed=("mp4", file(FormatName=" , ")),
        refused=4.0,
    ),
    "template_id": Cases(
        met=("T-1", {"request": {"TemplateId": "T-1"}}),
        just_met=("T-1", {"request": {"TemplateId": "T-1\n"}}),
        just_missed=("T-1", {"request": {"TemplateId": "t-1"}}),
        missing=("T-1", {}),
        malformed=("T-1", {"request": {"TemplateId": ""}}),
        refused=1,
    ),
    "file_size_bytes": Cases(
        met=({"min": 1}, file(FileSize=31737)),
        just_met=({"max": 31737}, file(FileSize="31737")),
        just_missed=({"max": 31737}, file(FileSize=31738)),
        missing=({"min": 1}, {}),
        malformed=({"min": 1}, file(FileSize="31 kB")),
        refused="31 kB",
    ),
    "duration_seconds": Cases(
        met=({"near": 403, "tolerance": 0.5}, file(Duration=403.039999)),
        just_met=({"near": 403, "tolerance": 0.1}, file(Duration=403.1)),
        just_missed=({"near": 403, "tolerance": 0.1}, file(Duration=402.899999)),
        missing=({"min": 1}, {}),
        malformed=({"min": 1}, file(Duration="6 min")),
        refused=403.04,
    ),
    "bitrate_kbps": Cases(
        met=({"max": 900}, file(Bitrate=888.563)),
        just_met=({"min": 888.563}, file(Bitrate="888.563")),
        just_missed=({"min": 888.564}, file(Bitrate="888.563")),
        missing=({"max": 900}, file(Bitrate=0)),
        malformed=({"max": 900}, file(Bitrate="0.f")),
        refused=900,
    ),
    "average_kbps": Cases(
        met=({"max": 2000}, file(FileSize=1_000_000, Duration=8)),
        just_met=({"max": 1000}, file(FileSize=1_000_000, Duration=8)),
        just_missed=({"max": 1000}, file(FileSize=1_000_001, Duration=8)),
        missing=({"max": 1000}, file(FileSize=1_000_000)),
        malformed=({"max": 1000}, file(FileSize=1_000_000, Duration=0)),
        refused=1000,
    ),
    "width": Cases(
        met=(848, file(Width=848)),
        just_met=({"not": {"max": 847}}, file(Width="848")),
        just_missed=({"not": {"max": 848}}, file(Width=848)),
        missing=(848, file(Height=478)),
        malformed=(848, file(Width=848.5)),
        refused="848",
    ),
    "height": Cases(
        met=({"any_of": [478, 480]}, file(Height=478)),
        just_met=({"min": 478, "max": 480}, file(Height=480)),
        just_missed=({"min": 478, "max": 480}, file(Height=481)),
        missing=(478, file(Width=848)),
        malformed=(478, file(Height="N/A")),
        refused={"min": 480, "max": 478},
    ),
    "av_drift_seconds": Cases(
        met=({"max": 0.5}, streams(video=[8], audio=[8])),
        just_met=({"max": 0.1}, streams(video=[403.1], audio=[403])),
        just_missed=({"max": 0.1}, streams(video=[403.1], audio=[403, 402.999])),
        missing=({"max": 0.5}, streams(video=[8])),
        malformed=({"max": 0.5}, streams(video=[8], audio=["long"])),
        refused=0,
    ),
    "video_count": Cases(
        met=(1, streams(video=[8])),
        just_met=(0, streams(audio=[8])),
        just_missed=({"max": 1}, streams(video=[8, 8])),
        missing=(1, {}),
        malformed=(1, {"video": [], "audio": []}),
        refused="one",
    ),
    "audio_count": Cases(
        met=(2, streams(audio=[8, 8])),
        just_met=({"max": 0}, streams(video=[8])),
        just_missed=({"max": 0}, streams(video=[8], audio=[8])),
        missing=(2, {}),
        malformed=(0, {"video": [], "audio": []}),
        refused=False,
    ),
}
SELECTOR_FIELDS = {
    "name": Cases(
        met=(OUTPUT_NAME, {}),
        just_met=({"matches": "vid.*"}, {}),
        just_missed=(OUTPUT_NAME.upper(), {}),
        missing=(OUTPUT_NAME, {"name": None}),
        malformed=(OUTPUT_NAME, {"name": " \n"}),
        refused=1,
    ),
    "type": Cases(
        met=("OSS", {"output_file": {"Type": "OSS"}}),
        just_met=("oss", {"output_file": {"Type": "OSS\n"}}),
        just_missed=("OSS", {"output_file": {"Type": "Media"}}),
        missing=("OSS", {}),
        malformed=("OSS", {"output_file": {"Type": "N/A"}}),
        refused=True,
    ),
}


def test_every_field_has_its_cases():
    """A new field of a file needs cases of its own; `group` is told below."""
    selector = {**FIELDS, **SELECTOR_FIELDS, "group": None}

    assert FIELDS.keys() == kinds_of(FileExpectation).keys()
    assert selector.keys() == kinds_of(Selector).keys()


@pytest.mark.parametrize(
    ("field", "case", "constraint", "sent"), rows_of(FIELDS), ids=row_id
)
def test_a_file_is_judged_by_its_field(field, case, constraint, sent):
    """Each field is met to its bound, missed beyond, inconclusive where unknown."""
    report = deliver({field: constraint}, **sent)

    assert outcome_of(report) == OUTCOMES[case]
    assert all(
        one.path == f'outputs["{OUTPUT_NAME}"].{field}' for one in report.mismatches
    )


@pytest.mark.parametrize(
    ("field", "case", "constraint", "sent"),
    rows_of({**FIELDS, **SELECTOR_FIELDS}),
    ids=row_id,
)
def test_where_selects_by_every_field(field, case, constraint, sent):
    """A selector tells by the same facts which output is meant."""
    [output] = delivered(**sent).outputs

    selector = Selector.model_validate({field: constraint})

    assert judge_selector(selector, output) == OUTCOMES[case]


@pytest.mark.parametrize(
    ("constraint", "selected"),
    [
        ("hls", [False, True]),
        ({"not": "hls"}, [True, False]),
        ({"present": False}, [True, False]),
        ({"matches": "h.*"}, [False, True]),
        ("HLS", [False, False]),
    ],
    ids=repr,
)
def test_an_output_beside_the_groups_is_known_to_be_in_none(constraint, selected):
    """Whether an output has a group is never unknown."""
    job = job_from_answer(make_answer(groups={"hls": {"low": "Success"}}))

    selector = Selector.model_validate({"group": constraint})

    outcomes = [judge_selector(selector, output) for output in job.outputs]
    assert outcomes == ["met" if one else "missed" for one in selected]


@pytest.mark.parametrize("name", ["low", "hls/low", {"matches": "hls/.*"}], ids=repr)
def test_a_grouped_output_is_selected_by_either_name(name):
    """Its own name will do, and so does the one with its group."""
    job = job_from_answer(make_answer(groups={"hls": {"low": "Success"}}))

    selector = Selector.model_validate({"name": name})

    outcomes = [judge_selector(selector, output) for output in job.outputs]
    assert outcomes == ["missed", "met"]


@pytest.mark.parametrize("field", kinds_of(Selector))
def test_a_constraint_of_another_kind_is_refused(field):
    """What is no value of a field's kind is refused at its path."""
    cases = {**FIELDS, **SELECTOR_FIELDS}.get(field)

    with pytest.raises(ValidationError) as caught:
        Selector.model_validate({field: cases.refused if cases else 1})

    assert {error["loc"][0] for error in caught.value.errors()} == {field}
