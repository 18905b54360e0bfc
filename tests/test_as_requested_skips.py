"""What a request states is not demanded where it cannot be tested."""

from __future__ import annotations

import json

import pytest

from expectations import requested, skip_reasons, video_params

SKIPPED = [
    ({"Container": {"Format": "{format}"}}, "Format", "cannot be read"),
    ({"Container": {"Format": "webp"}}, "Format", "no rule"),
    (video_params(Codec=""), "Codec", "cannot be read"),
    (video_params(Codec="H.266"), "Codec", "cannot be read"),
    (video_params(Codec=264), "Codec", "cannot be read"),
    (video_params(Profile="high"), "Profile", "has an effect only for H.264"),
    (
        video_params(Codec="H.265", Profile="high"),
        "Profile",
        "has an effect only for H.264",
    ),
    (
        video_params(Codec="AVC-Intra", Profile="high"),
        "Profile",
        "has an effect only for H.264",
    ),
    (video_params(Codec="H.264", Profile="extended"), "Profile", "cannot be read"),
    (
        video_params(Codec="H.264", Profile="high", PixFmt="yuv422p"),
        "Profile",
        "the requested pixel format",
    ),
    (video_params(Width="{width}"), "Width", "cannot be read"),
    (video_params(Width=""), "Width", "cannot be read"),
    (video_params(Width=0), "Width", "cannot be read"),
    (video_params(Width=True), "Width", "cannot be read"),
    (video_params(Width=853), "Width", "even"),
    (
        video_params(Width=1280, LongShortMode="yes"),
        "Width",
        "LongShortMode cannot be read",
    ),
    (
        video_params(Width=720, Height=1280, LongShortMode=True),
        "Height",
        "Width is less than Height",
    ),
    (
        video_params(Width=1280, Height=720, trans={"IsCheckReso": True}),
        "Height",
        "IsCheckReso keeps",
    ),
    (
        video_params(Width=1280, LongShortMode=True, trans={"IsCheckReso": True}),
        "Width",
        "IsCheckReso keeps",
    ),
    (
        video_params(Width=1280, trans={"IsCheckReso": "?"}),
        "Width",
        "IsCheckReso cannot",
    ),
    (video_params(Width=1280, trans={"AdjDarMethod": "zoom"}), "Width", "AdjDarMethod"),
    (video_params(Width=1280, Rotate=90), "Width", "Rotate"),
    (video_params(Width=1280, Rotate="-270"), "Width", "Rotate"),
    *(
        (video_params(Width=1280, Rotate=turn), "Width", "Rotate")
        for turn in ("left", "auto", 0, 180)
    ),
    (video_params(Crop="border"), "Crop", "not in pixels"),
    (video_params(Crop="border", Width=1280), "Width", "not in pixels"),
    (video_params(Crop="0:0:0:0"), "Crop", "not in pixels"),
    (video_params(Crop="0:360:0:0"), "Crop", "not in pixels"),
    (
        video_params(Crop="1920:800:0:140", Width=1280),
        "Width",
        "the request has different sizes",
    ),
    (
        video_params(Crop="64:64:0:0", Pad="64:48:0:0"),
        "Pad",
        "the request has different sizes",
    ),
    (
        video_params(Crop="640:360:0:0", LongShortMode=True),
        "Crop",
        "LongShortMode may turn",
    ),
    (
        video_params(Pad="640:360:0:0", trans={"IsCheckReso": True}),
        "Pad",
        "IsCheckReso keeps",
    ),
    (video_params(Fps="{fps}"), "Fps", "cannot be read"),
    (video_params(Fps=0), "Fps", "cannot be read"),
    (video_params(Fps=120), "Fps", "at most 60 fps"),
    (video_params(Fps=50, MaxFps=30), "Fps", "MaxFps"),
    (video_params(Fps=50, MaxFps="?"), "Fps", "MaxFps"),
    (video_params(Fps=25, ScanMode="interlaced"), "Fps", "fields"),
    (video_params(Fps=15, Codec="GIF"), "Fps", "coarse"),
    (video_params(MaxFps=-1), "MaxFps", "cannot be read"),
    (video_params(MaxFps=0), "MaxFps", "cannot be read"),
    (video_params(Bitrate=-1), "Bitrate", "Bitrate has no valid rate"),
    (video_params(Bitrate=-1, Maxrate=3000), "Maxrate", "Bitrate has no valid rate"),
    (video_params(Bitrate="3000k"), "Bitrate", "Bitrate has no valid rate"),
    (video_params(Bitrate=3000, Crf=23), "Bitrate", "other settings"),
    (video_params(Bitrate=3000, Qscale=13), "Bitrate", "other settings"),
    (video_params(Bitrate=3000, BitrateBnd={"Max": 5000}), "Bitrate", "other settings"),
    (
        video_params(Maxrate=3000, trans={"TransMode": "fixCRF"}),
        "Maxrate",
        "other settings",
    ),
    (video_params(Bitrate=3000, Codec="GIF"), "Bitrate", "no target"),
    (
        video_params(Bitrate=3000, trans={"TransMode": "?"}),
        "Bitrate",
        "TransMode cannot",
    ),
    (video_params(PixFmt="****"), "PixFmt", "cannot be read"),
    (
        video_params(Width=640, trans='{"IsCheckReso":true}'),
        "Width",
        "TransConfig cannot",
    ),
    (video_params(Crop="64:48:0:0", trans=[]), "Crop", "TransConfig cannot be read"),
    (
        video_params(Bitrate=3000, trans='{"TransMode":"fixCRF"}'),
        "Bitrate",
        "TransConfig",
    ),
    (
        {"Audio": {"Bitrate": 128}, "Container": '{"Format":"flac"}'},
        "Bitrate",
        "Container cannot be read",
    ),
    (video_params(Codec="copy", Fps=25, Bitrate=3000), "Bitrate", "copied as it is"),
    (video_params(Codec="copy", Fps=25, Bitrate=3000), "Fps", "copied as it is"),
    ({"Audio": {"Codec": "Copy", "Channels": 2}}, "Channels", "copied as it is"),
    (video_params(Remove="?", Codec="H.264"), "Codec", "whether the stream is removed"),
    (video_params(Remove=True, Codec="H.264"), "Codec", "the stream is removed"),
    ({"Audio": {"Remove": 1}}, "Remove", "cannot be read"),
    ({"Audio": {"Codec": "ALAC"}}, "Codec", "cannot be read"),
    ({"Audio": {"Channels": 0}}, "Channels", "0 means"),
    ({"Audio": {"Channels": "stereo"}}, "Channels", "cannot be read"),
    ({"Audio": {"Channels": -1}}, "Channels", "cannot be read"),
    ({"Audio": {"Samplerate": 44100, "Profile": "aac_he"}}, "Samplerate", "HE-AAC"),
    ({"Audio": {"Channels": 2, "Profile": "aac_he_v2"}}, "Channels", "HE-AAC"),
    ({"Audio": {"Samplerate": "44100", "Codec": "OPUS"}}, "Samplerate", "Opus always"),
    ({"Audio": {"Bitrate": "0"}}, "Bitrate", "0 means"),
    # Zero to one reader and no number to another; no constraint to either.
    ({"Audio": {"Bitrate": "0.f"}}, "Bitrate", ""),
    ({"Audio": {"Bitrate": 128, "Codec": "FLAC"}}, "Bitrate", "lossless"),
    ({"Audio": {"Bitrate": 128, "Codec": "pcm_s16le"}}, "Bitrate", "lossless"),
    ({"Audio": {"Bitrate": 128, "Codec": "PCM_S24LE"}}, "Bitrate", "lossless"),
    ({"Audio": {"Bitrate": 128, "Codec": "ALAC"}}, "Bitrate", "lossless"),
    (
        {"Audio": {"Bitrate": 128}, "Container": {"Format": "wav"}},
        "Bitrate",
        "lossless",
    ),
    (
        {"Audio": {"Bitrate": 128}, "Container": {"Format": "flac"}},
        "Bitrate",
        "lossless",
    ),
    ({"Audio": {"Profile": "aac_low"}}, "Profile", "does not report"),
    ({"Audio": {"Volume": {"Method": "auto"}}}, "Volume", "does not report"),
    (video_params(Gop="10s"), "Gop", "does not report"),
    ({"MuxConfig": {"Segment": {"Duration": 5}}}, "Segment", "does not report"),
    ({"Subtitles": [{"Codec": "VTT"}]}, "Subtitles", "does not report"),
    ({"Novelty": 1}, "Novelty", "no rule"),
    (video_params(Novelty=1), "Novelty", "no rule"),
    ({"Video": '{"Width":'}, "Video", "neither an object"),
]


@pytest.mark.parametrize(
    ("params", "key", "why"),
    SKIPPED,
    ids=[f"{key}: {json.dumps(params)}" for params, key, _ in SKIPPED],
)
def test_what_cannot_be_tested_is_skipped_with_its_reason(params, key, why):
    """A value of two readings, or of none, is no constraint."""
    request = requested(params)

    assert why in skip_reasons(request)[key]
    assert not [
        one for one in request.constraints if one.source.endswith(f".{key}")
    ] or (
        # Of a size that is doubtful it is certain that there is a picture.
        {one.rule.fact for one in request.constraints if one.source.endswith(f".{key}")}
        == {"output.video_count"}
    )


@pytest.mark.parametrize(
    ("params", "why"),
    [
        (video_params(Bitrate=3000, Maxrate=4000), "the larger Maxrate"),
        (
            video_params(Bitrate=3000, Maxrate=4000, trans={"TransMode": "CBR"}),
            "no lower bound: the larger Maxrate",
        ),
        (
            video_params(
                Bitrate=9, trans={"TransMode": "CBR", "IsCheckVideoBitrate": True}
            ),
            "no lower bound: IsCheckVideoBitrate may keep",
        ),
        (
            video_params(
                Bitrate=9, trans={"TransMode": "CBR", "IsCheckVideoBitrate": "?"}
            ),
            "no lower bound: IsCheckVideoBitrate cannot be read",
        ),
    ],
    ids=["the smaller", "below a larger one", "kept", "perhaps kept"],
)
def test_a_rate_that_is_tested_by_half_is_listed(params, why):
    """The bound that does not hold is listed beside the one that is tested."""
    request = requested(params)

    assert [one.rule.fact for one in request.constraints] == ["video.bitrate_kbps"]
    assert why in skip_reasons(request)["Bitrate"]


def test_the_smaller_maxrate_is_listed():
    """A bound is told by what it was made of."""
    request = requested(video_params(Bitrate=3000, Maxrate=2000))

    assert [one.source for one in request.constraints] == [
        "OverrideParams.Video.Bitrate"
    ]
    assert "the larger Bitrate" in skip_reasons(request)["Maxrate"]


def test_what_no_rule_reads_is_listed_wherever_it_stands():
    """Beside the parameters, in the group and in its settings, too."""
    group = {"Novelty": 1, "GroupConfig": {"Type": "File", "Segment": 5}}

    found = skip_reasons(requested(group=group, Surprise=True))

    assert {"Novelty", "Segment", "Surprise"} <= found.keys()


@pytest.mark.parametrize("params", ["{width}", "", "[1]", 7, [{}]])
def test_parameters_that_are_no_object_are_skipped(params):
    """Text that is still text could not be parsed."""
    (line,) = requested(params).skipped

    assert line.startswith("OverrideParams: neither an object nor")


def test_foreign_text_in_a_line_is_short_and_printable():
    """A hostile key cannot write to the terminal."""
    (line,) = requested({"\x1b[2J" + "x" * 500: 1}).skipped

    assert line.isprintable()
    assert len(line) < 120


def test_a_long_value_that_cannot_be_read_is_not_printed():
    """It may hold what nobody wants to print."""
    (line,) = requested(video_params(Codec="marked-secret" * 5)).skipped

    assert line == "OverrideParams.Video.Codec: cannot be read: str"


@pytest.mark.parametrize(
    ("clip", "why"),
    [
        ({"TimeSpan": {"Duration": "60", "End": "5"}}, "End"),
        (
            {"TimeSpan": {"Duration": "60"}, "ConfigToClipFirstPart": "true"},
            "only the first part",
        ),
        (
            {"TimeSpan": {"Duration": "60"}, "ConfigToClipFirstPart": "?"},
            "only the first part",
        ),
        ({"TimeSpan": {"Duration": "0"}}, "cannot be read"),
        ({"TimeSpan": {"Duration": "24:00:00"}}, "cannot be read"),
        ({"TimeSpan": {"Duration": "01:30"}}, "cannot be read"),
        ({"TimeSpan": {"Duration": True}}, "cannot be read"),
        ({"TimeSpan": {"Duration": "{duration}"}}, "cannot be read"),
    ],
)
def test_a_clip_of_doubtful_length_is_skipped(clip, why):
    """Of `End` the vendor's page and the vendor's SDK say different things."""
    request = requested(Features={"Clip": clip})

    assert request.constraints == ()
    assert skip_reasons(request).keys() == {"Duration"} | clip["TimeSpan"].keys()
    assert why in skip_reasons(request)["Duration"]


def test_features_that_are_not_reported_are_listed():
    """Nobody wonders whether the watermark was looked for."""
    request = requested(
        Features={"Watermarks": [{}], "Clip": {"TimeSpan": {"Seek": "1"}}}
    )

    assert set(skip_reasons(request)) == {"Watermarks", "Seek"}


@pytest.mark.parametrize(
    ("features", "location"),
    [
        pytest.param("{features}", "Features", id="features"),
        pytest.param({"Clip": "1-2"}, "Features.Clip", id="clip"),
        pytest.param(
            {"Clip": {"TimeSpan": [1, 2]}}, "Features.Clip.TimeSpan", id="span"
        ),
    ],
)
def test_features_that_are_no_object_are_skipped_where_they_stand(features, location):
    """What cannot be read demands nothing, and is not passed over in silence."""
    request = requested(Features=features)

    assert request.constraints == ()
    (line,) = request.skipped
    assert line.startswith(f"{location}: neither an object nor")


@pytest.mark.parametrize(
    ("removed", "keys"),
    [
        pytest.param(True, {"Codec", "Width"}, id="removed"),
        pytest.param("?", {"Remove", "Codec", "Width"}, id="cannot be read"),
    ],
)
def test_of_a_stream_that_is_removed_the_rest_is_skipped(removed, keys):
    """`Remove` itself is told but where it cannot be read."""
    request = requested(video_params(Remove=removed, Codec="H.264", Width=1280))

    assert skip_reasons(request).keys() == keys
    assert len(request.skipped) == len(keys)


def test_a_group_whose_settings_cannot_be_read_decides_no_format():
    """It may be one of manifests, whatever its outputs state."""
    request = requested(
        {"Container": {"Format": "mp4"}}, group={"GroupConfig": "Type: Hls"}
    )

    assert request.constraints == ()
    assert skip_reasons(request) == {
        "GroupConfig": "neither an object nor text that contains one",
        "Format": "GroupConfig cannot be read",
    }


def test_a_size_that_is_stated_in_several_ways_is_tested_for_each():
    """Frame, padding and sides that agree are each named by their constraint."""
    frame = "1280:720:0:0"

    request = requested(video_params(Crop=frame, Pad=frame, Width=1280, Height=720))

    sources = {one.source.rpartition(".")[2] for one in request.constraints}
    assert sources == {"Crop", "Pad", "Width", "Height"}
    assert skip_reasons(request) == {}
