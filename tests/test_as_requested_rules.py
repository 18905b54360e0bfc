"""What a request states is demanded of its delivery."""

from __future__ import annotations

import json

import pytest

from expectations import (
    H264,
    HEARD,
    THERE,
    derived_constraints,
    requested,
    skip_reasons,
    video_params,
)

STATED = [
    # Container.
    ({"Container": {"Format": "mp4"}}, {"output.format": "mp4"}),
    ({"Container": {"Format": "M4A"}}, {"output.format": "m4a"}),
    ({"Container": {"Format": "m3u8"}}, {"output.format": "hls"}),
    ({"Container": {"Format": "hls-fmp4"}}, {"output.format": "hls"}),
    ({"Container": {"Format": "mpd"}}, {"output.format": "dash"}),
    ({"Container": {"Format": "ts"}}, {"output.format": "mpegts"}),
    ({"Container": {"Format": "flac"}}, {"output.format": "flac"}),
    # Codecs and profiles.
    (video_params(Codec="H.264"), H264),
    (video_params(Codec="h264 "), H264),
    (video_params(Codec="AVC-Intra"), H264),
    (video_params(Codec="H.265"), {**THERE, "video.codec": "hevc"}),
    (video_params(Codec="AV1"), {**THERE, "video.codec": "av1"}),
    (video_params(Codec="WEBP"), {**THERE, "video.codec": "webp"}),
    (video_params(Codec="H.264", Profile="Main"), {**H264, "video.profile": "main"}),
    (
        video_params(Codec="H.264", Profile="high", PixFmt="yuv420p"),
        {
            **H264,
            "video.profile": "high",
            "video.pix_fmt": ["yuv420p", "yuvj420p"],
        },
    ),
    # Sizes.
    (video_params(Width=1280), {**THERE, "video.display_width": 1280}),
    (video_params(Height="720"), {**THERE, "video.display_height": 720}),
    (
        video_params(Width=1280, Height=720),
        {**THERE, "video.display_width": 1280, "video.display_height": 720},
    ),
    (
        video_params(Width="1280", Height="720", LongShortMode="true"),
        {**THERE, "video.long_edge": 1280, "video.short_edge": 720},
    ),
    (
        video_params(Height=720, LongShortMode=True),
        {**THERE, "video.short_edge": 720},
    ),
    (
        video_params(Width=720, Height=1280, LongShortMode="false"),
        {**THERE, "video.display_width": 720, "video.display_height": 1280},
    ),
    (
        video_params(Width=1280, trans={"IsCheckReso": "true"}),
        {**THERE, "video.display_width": {"max": 1280}},
    ),
    (
        video_params(Width=1280, trans={"IsCheckReso": True, "IsCheckResoFail": True}),
        {**THERE, "video.display_width": 1280},
    ),
    (
        video_params(Crop="1920:800:0:140"),
        {**THERE, "video.display_width": 1920, "video.display_height": 800},
    ),
    (
        video_params(Pad="1920:1080:0:140"),
        {**THERE, "video.display_width": 1920, "video.display_height": 1080},
    ),
    (
        video_params(Pad="1920:1080:0:140", Width=1920, Height=1080),
        {**THERE, "video.display_width": 1920, "video.display_height": 1080},
    ),
    *(
        (
            video_params(Width=640, trans={"AdjDarMethod": method}),
            {**THERE, "video.display_width": 640},
        )
        for method in ("rescale", "Crop", "pad", "none")
    ),
    (
        video_params(Width=720, Height=720, LongShortMode=True),
        {**THERE, "video.long_edge": 720, "video.short_edge": 720},
    ),
    # Frame rates.
    (video_params(Fps=25), {"video.fps": 25}),
    (video_params(Fps="23.976"), {"video.fps": 23.976}),
    (video_params(Fps=60), {"video.fps": 60}),
    (video_params(Fps=1, MaxFps=1), {"video.fps": 1, "video.avg_fps": {"max": 1}}),
    (video_params(MaxFps="30"), {"video.avg_fps": {"max": 30}}),
    (video_params(Fps=25, MaxFps=25), {"video.fps": 25, "video.avg_fps": {"max": 25}}),
    # Bit rates: never below the larger of both and 15 % more, as decimals.
    (video_params(Bitrate=3000), {"video.bitrate_kbps": {"max": 3450}}),
    (
        video_params(Bitrate="3000", Maxrate="4000"),
        {"video.bitrate_kbps": {"max": 4600}},
    ),
    (video_params(Bitrate=3000, Maxrate=2000), {"video.bitrate_kbps": {"max": 3450}}),
    (video_params(Maxrate=15), {"video.bitrate_kbps": {"max": 17.25}}),
    (video_params(Bitrate=1), {"video.bitrate_kbps": {"max": 1.15}}),
    (
        video_params(Bitrate=3000, Maxrate=3000, trans={"TransMode": "CBR"}),
        {"video.bitrate_kbps": {"max": 3450, "min": 2550}},
    ),
    (
        video_params(Bitrate=3000, trans={"TransMode": "twopass"}),
        {"video.bitrate_kbps": {"max": 3450}},
    ),
    (
        video_params(
            Bitrate=3000,
            trans={"TransMode": "CBR", "IsCheckVideoBitrate": "true"},
        ),
        {"video.bitrate_kbps": {"max": 3450}},
    ),
    (
        video_params(
            Bitrate=3000, trans={"TransMode": "CBR", "IsCheckVideoBitrate": "?"}
        ),
        {"video.bitrate_kbps": {"max": 3450}},
    ),
    (
        video_params(Bitrate=3000, Maxrate=4000, trans={"TransMode": "CBR"}),
        {"video.bitrate_kbps": {"max": 4600}},
    ),
    # Pixels: full range is another name of the same.
    (video_params(PixFmt="yuv420p"), {"video.pix_fmt": ["yuv420p", "yuvj420p"]}),
    (video_params(PixFmt="yuv420p10le"), {"video.pix_fmt": "yuv420p10le"}),
    (video_params(PixFmt="yuvj420p"), {"video.pix_fmt": "yuvj420p"}),
    # Streams.
    (video_params(Remove=True), {"output.video_count": 0}),
    ({"Audio": {"Remove": "true"}}, {"output.audio_count": 0}),
    (video_params(Remove="false"), {}),
    # Audio.
    ({"Audio": {"Codec": "AAC"}}, {**HEARD, "audio.codec": "aac"}),
    ({"Audio": {"Codec": "WMA-V1"}}, {**HEARD, "audio.codec": "wmav1"}),
    ({"Audio": {"Codec": "pcm_s16le"}}, {**HEARD, "audio.codec": "pcm_s16le"}),
    ({"Audio": {"Channels": 2}}, {"audio.channels": 2}),
    ({"Audio": {"Channels": "6"}}, {"audio.channels": 6}),
    ({"Audio": {"Samplerate": "44100"}}, {"audio.sample_rate_hz": 44100}),
    ({"Audio": {"Bitrate": "128"}}, {"audio.bitrate_kbps": {"max": 147.2}}),
    (
        {"Audio": {"Bitrate": 128}, "TransConfig": {"IsCheckAudioBitrate": True}},
        {"audio.bitrate_kbps": {"max": 147.2}},
    ),
]


def case_id(case):
    """Name a case by what it states."""
    return json.dumps(case[0])


@pytest.mark.parametrize(("params", "wanted"), STATED, ids=map(case_id, STATED))
def test_what_is_stated_is_demanded_and_nothing_else(params, wanted):
    """Each row of the table, in numbers and in text."""
    found = derived_constraints(requested(params))
    found.pop("output.extension", None)

    assert found == wanted


@pytest.mark.parametrize("params", [case[0] for case in STATED], ids=json.dumps)
def test_each_constraint_names_what_states_it(params):
    """A person finds in the request what a mismatch points to."""
    for constraint in requested(params).constraints:
        *_, section, key = constraint.source.split(".")
        assert key in params[section]


@pytest.mark.parametrize(
    "params",
    [
        pytest.param(None, id="absent"),
        pytest.param({}, id="empty"),
        pytest.param({"Video": {"Width": None}, "Audio": None}, id="null"),
    ],
)
def test_what_is_not_stated_is_neither_demanded_nor_skipped(params):
    """A template decides all of it."""
    request = requested(params)

    assert request.constraints == ()
    assert request.skipped == ()


def test_a_constraint_says_where_the_request_states_it():
    """A person finds in the request what the delivery missed."""
    request = requested({"Video": {"Width": 1280}, "Audio": {"Channels": 2}})

    assert [one.source for one in request.constraints] == [
        "OverrideParams.Video.Width",
        "OverrideParams.Video.Width",
        "OverrideParams.Audio.Channels",
    ]


@pytest.mark.parametrize(
    ("entry", "is_demanded"),
    [
        pytest.param({}, True, id="no-name"),
        pytest.param(
            {"OutputFile": {"Media": "oss://b/a/Clip.MP4"}}, True, id="same-extension"
        ),
        pytest.param({"OutputFile": {"Media": "oss://b.mp4/"}}, True, id="directory"),
        pytest.param({"OutputFile": {"Media": "oss://b/clipmp4"}}, False, id="none"),
        pytest.param(
            {"OutputFile": {"Media": "oss://b/c.{ExtName}"}}, False, id="placeholder"
        ),
        pytest.param({"OutputFileName": "clip.mov"}, False, id="another"),
    ],
)
def test_an_extension_is_demanded_unless_the_file_name_says_otherwise(
    entry, is_demanded
):
    """Who asks for mp4 as `clip.mov` gets `clip.mov`."""
    request = requested({"Container": {"Format": "mp4"}}, **entry)

    assert derived_constraints(request)["output.format"] == "mp4"
    assert ("output.extension" in derived_constraints(request)) is is_demanded
    why = (
        {}
        if is_demanded
        else {"Format": "the requested file name decides the extension"}
    )
    assert skip_reasons(request) == why


@pytest.mark.parametrize(
    ("stated", "wanted"),
    [
        ("Hls", {"output.format": "hls"}),
        ("hls", {"output.format": "hls"}),
        ("Dash", {"output.format": "dash"}),
    ],
)
def test_the_type_of_a_group_tells_the_format_of_its_outputs(stated, wanted):
    """A rendition of DASH has no manifest of its own."""
    request = requested({}, group={"GroupConfig": {"Type": stated}})

    assert derived_constraints(request) == wanted
    assert skip_reasons(request) == {}


@pytest.mark.parametrize(
    ("stated", "why"),
    [
        ("File", "files in a File group may have any format"),
        ("FILE", "files in a File group may have any format"),
        ("Cmaf", "cannot be read: 'Cmaf'"),
        (7, "cannot be read: 7"),
    ],
)
def test_other_types_of_groups_tell_no_format(stated, why):
    """A person sees whether that is as it must be."""
    request = requested({}, group={"GroupConfig": {"Type": stated}})

    assert derived_constraints(request) == {}
    assert skip_reasons(request) == {"Type": why}


def test_a_group_of_manifests_decides_the_format_and_no_file_name_does():
    """The vendor's sample has `720p.mp4` in an HLS group."""
    request = requested(
        {"Container": {"Format": "mp4"}},
        group={"GroupConfig": {"Type": "Hls"}},
        OutputFileName="720p.mp4",
    )

    assert derived_constraints(request) == {"output.format": "hls"}
    assert "group decides" in skip_reasons(request)["Format"]


@pytest.mark.parametrize(
    ("duration", "longest"),
    [
        ("60", 60.5),
        (60, 60.5),
        (12.25, 12.75),
        ("0.5", 1),
        ("00:01:59.999", 120.499),
        ("01:00:00", 3600.5),
        ("86399.999", 86400.499),
    ],
    ids=repr,
)
def test_a_clip_is_at_most_as_long_as_stated(duration, longest):
    """The source may be shorter, and a clip ends with a frame."""
    request = requested(
        Features={"Clip": {"TimeSpan": {"Seek": "1", "Duration": duration}}}
    )

    assert derived_constraints(request) == {"output.duration_seconds": {"max": longest}}
    assert [one.source for one in request.constraints] == [
        "Features.Clip.TimeSpan.Duration"
    ]
