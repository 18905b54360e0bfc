"""Every field of an audio stream: met, just met, just missed, missing, malformed."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from pulumi_alicloud_mediaconvert.expect.expected_media import (
    AudioExpectation,
    kinds_of,
)
from reports import OUTCOMES, OUTPUT_NAME, Cases, deliver, outcome_of, row_id, rows_of

FIELDS = {
    "codec": Cases(
        met=("aac", {"CodecName": "aac"}),
        just_met=("mp4a", {"CodecName": "AAC"}),
        just_missed=("aac", {"CodecName": "mp3"}),
        missing=("aac", {}),
        malformed=("aac", {"CodecName": "\n"}),
        refused="HE-AAC",
    ),
    "codec_tag": Cases(
        met=("mp4a", {"CodecTagString": "mp4a"}),
        just_met=("0x000F", {"CodecTagString": "[15][0][0][0]", "CodecTag": "0x000f"}),
        just_missed=("mp4a", {"CodecTagString": "ac-3", "CodecTag": "0x332d6361"}),
        missing=("mp4a", {"CodecName": "aac"}),
        malformed=("mp4a", {"CodecTagString": "N/A", "CodecTag": ""}),
        refused=15,
    ),
    "channels": Cases(
        met=(2, {"Channels": 2}),
        just_met=({"min": 2, "max": 6}, {"Channels": "6"}),
        just_missed=({"min": 2, "max": 6}, {"Channels": 8}),
        missing=(2, {"ChannelLayout": "stereo"}),
        malformed=(2, {"Channels": "stereo"}),
        refused="stereo",
    ),
    "channel_layout": Cases(
        met=("stereo", {"ChannelLayout": "stereo"}),
        just_met=("5.1(Side)", {"ChannelLayout": "5.1(side)"}),
        just_missed=("7.1", {"ChannelLayout": "7.1(wide)"}),
        missing=("stereo", {"Channels": 2}),
        malformed=("stereo", {"ChannelLayout": "N/A"}),
        refused=5.1,
    ),
    "sample_rate_hz": Cases(
        met=(44100, {"SampleRate": 44100}),
        just_met=([44100, 48000], {"SampleRate": "48000"}),
        just_missed=([44100, 48000], {"SampleRate": 48001}),
        missing=(44100, {}),
        malformed=(44100, {"SampleRate": "44.1 kHz"}),
        refused="44100",
    ),
    "bitrate_kbps": Cases(
        met=({"near": 128, "tolerance_percent": 10}, {"Bitrate": 128}),
        just_met=({"near": 128, "tolerance_percent": 10}, {"Bitrate": 115.2}),
        just_missed=({"near": 128, "tolerance_percent": 10}, {"Bitrate": 115.199}),
        missing=({"min": 1}, {"Bitrate": "0"}),
        malformed=({"min": 1}, {"Bitrate": "0.f"}),
        refused=128.0,
    ),
    "duration_seconds": Cases(
        met=({"min": 400}, {"Duration": 403.039989}),
        just_met=({"min": 400}, {"Duration": "400.000000"}),
        just_missed=({"min": 400}, {"Duration": 399.999999}),
        missing=({"min": 400}, {"Duration": None}),
        malformed=({"min": 400}, {"Duration": "N/A"}),
        refused=[403],
    ),
    "start_seconds": Cases(
        met=({"max": 2}, {"StartTime": 1.473556}),
        just_met=({"max": 1.473556}, {"StartTime": "1.473556"}),
        just_missed=({"max": 1.473555}, {"StartTime": "1.473556"}),
        missing=({"max": 2}, {}),
        malformed=({"max": 2}, {"StartTime": []}),
        refused={"max": "late"},
    ),
    "lang": Cases(
        met=("de", {"Lang": "de"}),
        just_met=("ger", {"Lang": "DEU"}),
        just_missed=("de", {"Lang": "nl"}),
        missing=("de", {}),
        malformed=("de", {"Lang": "UND"}),
        refused=True,
    ),
}


def test_every_field_has_its_cases():
    """A new field of an audio stream needs cases of its own."""
    assert FIELDS.keys() == kinds_of(AudioExpectation).keys()


@pytest.mark.parametrize(
    ("field", "case", "constraint", "sent"), rows_of(FIELDS), ids=row_id
)
def test_an_audio_stream_is_judged_by_its_field(field, case, constraint, sent):
    """Each field is met to its bound, missed beyond, inconclusive where unknown."""
    report = deliver({"audio": {field: constraint}}, audio=[sent])

    assert outcome_of(report) == OUTCOMES[case]
    assert all(
        one.path == f'outputs["{OUTPUT_NAME}"].audio.{field}'
        for one in report.mismatches
    )


@pytest.mark.parametrize("field", FIELDS)
def test_a_constraint_of_another_kind_is_refused(field):
    """What is no value of a field's kind is refused at its path."""
    with pytest.raises(ValidationError) as caught:
        AudioExpectation.model_validate({field: FIELDS[field].refused})

    assert {error["loc"][0] for error in caught.value.errors()} == {field}
