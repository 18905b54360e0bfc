"""Every field of a video stream: met, just met, just missed, missing, malformed."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from pulumi_alicloud_mediaconvert.expect.expected_media import (
    VideoExpectation,
    kinds_of,
)
from reports import OUTCOMES, OUTPUT_NAME, Cases, deliver, outcome_of, row_id, rows_of

TURNED = {"Width": 1920, "Height": 1080, "Rotate": 90}

FIELDS = {
    "codec": Cases(
        met=("h264", {"Codec_name": "h264"}),
        just_met=("H.264", {"Codec_name": "h264"}),
        just_missed=("h264", {"Codec_name": "hevc"}),
        missing=("h264", {}),
        malformed=("h264", {"Codec_name": "N/A"}),
        refused="hvc1",
    ),
    "codec_tag": Cases(
        met=("hvc1", {"Codec_tag_string": "hvc1"}),
        just_met=("HVC1 ", {"Codec_tag_string": "hvc1"}),
        just_missed=("hvc1", {"Codec_tag_string": "hev1"}),
        missing=("hvc1", {"Codec_name": "hevc"}),
        malformed=("hvc1", {"Codec_tag_string": " "}),
        refused=1,
    ),
    "profile": Cases(
        met=("High", {"Profile": "High"}),
        just_met=("high", {"Profile": "High"}),
        just_missed=("High", {"Profile": "High 10"}),
        missing=("High", {}),
        malformed=("High", {"Profile": "N/A"}),
        refused=100,
    ),
    "level": Cases(
        met=(31, {"Codec_name": "h264", "Level": 31}),
        just_met=({"max": "3.1"}, {"Codec_name": "h264", "Level": 31}),
        just_missed=({"max": "3.1"}, {"Codec_name": "h264", "Level": 32}),
        missing=(31, {"Codec_name": "h264", "Level": -99}),
        malformed=(31, {"Codec_name": "h264", "Level": "high"}),
        refused="main",
    ),
    "width": Cases(
        met=({"min": 1280}, {"Width": 1920}),
        just_met=({"min": 1280}, {"Width": 1280}),
        just_missed=({"min": 1280}, {"Width": 1279}),
        missing=(1280, {"Height": 720}),
        malformed=(1280, {"Width": "wide"}),
        refused="1280",
    ),
    "height": Cases(
        met=(720, {"Height": 720}),
        just_met=(720.0, {"Height": "720"}),
        just_missed=(720, {"Height": 719}),
        missing=(720, {"Width": 1280}),
        malformed=(720, {"Height": 719.5}),
        refused=True,
    ),
    "long_edge": Cases(
        met=(1920, {"Width": 1080, "Height": 1920}),
        just_met=({"max": 1920}, {"Width": 1920, "Height": 1080}),
        just_missed=({"max": 1920}, {"Width": 1922, "Height": 1080}),
        missing=(1920, {"Width": 1920}),
        malformed=(1920, {"Width": 1920, "Height": "N/A"}),
        refused="long",
    ),
    "short_edge": Cases(
        met=(1080, {"Width": 1920, "Height": 1080}),
        just_met=(1080, {"Width": 1080, "Height": 1920}),
        just_missed=({"min": 1080}, {"Width": 1920, "Height": 1078}),
        missing=(1080, {"Height": 1080}),
        malformed=(1080, {"Width": "N/A", "Height": 1080}),
        refused="short",
    ),
    "display_width": Cases(
        met=(1920, {**TURNED, "Rotate": 0}),
        just_met=(1080, TURNED),
        just_missed=(1920, TURNED),
        missing=(1080, {"Width": 1920, "Rotate": 90}),
        malformed=(1080, {**TURNED, "Height": "tall"}),
        refused=[],
    ),
    "display_height": Cases(
        met=(1080, {**TURNED, "Rotate": 180}),
        just_met=(1920, {**TURNED, "Rotate": -90}),
        just_missed=(1080, TURNED),
        missing=(1920, {"Height": 1080, "Rotate": 270}),
        malformed=(1920, {**TURNED, "Width": True}),
        refused={},
    ),
    "fps": Cases(
        met=(25, {"Fps": 25}),
        just_met=(29.97, {"Fps": "30000/1001"}),
        just_missed=(29.97, {"Fps": 30}),
        missing=(25, {"Avg_fps": 25}),
        malformed=(25, {"Fps": "0/0"}),
        refused="25 fps",
    ),
    "avg_fps": Cases(
        met=({"max": 60}, {"Avg_fps": 25}),
        just_met=({"max": 25}, {"Avg_fps": 25.0075}),
        just_missed=({"max": 25}, {"Avg_fps": 25.0076}),
        missing=({"max": 25}, {"Fps": 25}),
        malformed=({"max": 25}, {"Avg_fps": "0.f"}),
        refused={"max": "1/0"},
    ),
    "bitrate_kbps": Cases(
        met=({"max": 3000}, {"Bit_rate": 888.563}),
        just_met=({"max": 3000}, {"Bit_rate": "3000.0"}),
        just_missed=({"max": 3000}, {"Bit_rate": 3000.001}),
        missing=({"max": 3000}, {"Bit_rate": 0}),
        malformed=({"max": 3000}, {"Bit_rate": "0.f"}),
        refused=3000,
    ),
    "duration_seconds": Cases(
        met=({"near": 403, "tolerance": 0.5}, {"Duration": 403.039989}),
        just_met=({"near": 403, "tolerance": 0.1}, {"Duration": 403.1}),
        just_missed=({"near": 403, "tolerance": 0.1}, {"Duration": 403.101}),
        missing=({"min": 1}, {}),
        malformed=({"min": 1}, {"Duration": "long"}),
        refused=403,
    ),
    "start_seconds": Cases(
        met=({"max": 2}, {"Start_time": 1.473556}),
        just_met=(0, {"Start_time": "0.000"}),
        just_missed=(0, {"Start_time": 0.001}),
        missing=(0, {}),
        malformed=(0, {"Start_time": "N/A"}),
        refused="0",
    ),
    "pix_fmt": Cases(
        met=("yuv420p", {"PixFmt": "yuv420p"}),
        just_met=("YUV420P", {"PixFmt": "yuv420p\n"}),
        just_missed=("yuv420p", {"PixFmt": "yuv420p10le"}),
        missing=("yuv420p", {}),
        malformed=("yuv420p", {"PixFmt": "n/a"}),
        refused=420,
    ),
    "dar": Cases(
        met=("16:9", {"Dar": "16:9"}),
        just_met=("16/9", {"Dar": "32:18"}),
        just_missed=("16:9", {"Dar": "683:384"}),
        missing=("16:9", {"Dar": "0:1"}),
        malformed=("16:9", {"Dar": "wide"}),
        refused="16:0",
    ),
    "sar": Cases(
        met=("1:1", {"Sar": "1:1"}),
        just_met=(1, {"Sar": "478:478"}),
        just_missed=("1:1", {"Sar": "478:477"}),
        missing=("1:1", {"Sar": "0:1"}),
        malformed=("1:1", {"Sar": "1:0"}),
        refused="square",
    ),
    "rotate": Cases(
        met=(0, {"Rotate": 0}),
        just_met=(270, {"Rotate": -90}),
        just_missed=(0, {"Rotate": 180}),
        missing=(0, {}),
        malformed=(0, {"Rotate": "upside down"}),
        refused="left",
    ),
    "num_frames": Cases(
        met=(10040, {"NumFrames": 10040}),
        just_met=({"near": 10000, "tolerance_percent": 1}, {"NumFrames": 10100}),
        just_missed=({"near": 10000, "tolerance_percent": 1}, {"NumFrames": 10101}),
        missing=(10040, {}),
        malformed=(10040, {"NumFrames": 10**40}),
        refused="all",
    ),
    "lang": Cases(
        met=("en", {"Lang": "en"}),
        just_met=("chi", {"Lang": "cn"}),
        just_missed=("zh", {"Lang": "ja"}),
        missing=("zh", {"Lang": "und"}),
        malformed=("zh", {"Lang": ""}),
        refused=49,
    ),
}


def test_every_field_has_its_cases():
    """A new field of a video stream needs cases of its own."""
    assert FIELDS.keys() == kinds_of(VideoExpectation).keys()


@pytest.mark.parametrize(
    ("field", "case", "constraint", "sent"), rows_of(FIELDS), ids=row_id
)
def test_a_video_stream_is_judged_by_its_field(field, case, constraint, sent):
    """Each field is met to its bound, missed beyond, inconclusive where unknown."""
    report = deliver({"video": {field: constraint}}, video=[sent])

    assert outcome_of(report) == OUTCOMES[case]
    assert all(
        one.path == f'outputs["{OUTPUT_NAME}"].video.{field}'
        for one in report.mismatches
    )


@pytest.mark.parametrize("field", FIELDS)
def test_a_constraint_of_another_kind_is_refused(field):
    """What is no value of a field's kind is refused at its path."""
    with pytest.raises(ValidationError) as caught:
        VideoExpectation.model_validate({field: FIELDS[field].refused})

    assert {error["loc"][0] for error in caught.value.errors()} == {field}
