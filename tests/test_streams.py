"""Streams: each one that is expected needs one of its own."""

from __future__ import annotations

import itertools

import pytest

from jobs import Wire, make_audio, make_output, make_video
from reports import (
    AAC,
    ENGLISH,
    SURROUND,
    UNKNOWN,
    audio_of,
    report_on_streams,
    stream_texts,
)

COVER = make_video(Codec_name="mjpeg", Width=600, Height=600, NumFrames=1)
MOTION_JPEG = make_video(Codec_name="mjpeg", NumFrames=250)


def uncounted(**rates: object) -> Wire:
    """Make a stream of pictures of which nobody says how many they are."""
    return make_video(Codec_name="mjpeg", **rates)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=str)
def test_a_location_is_found_for_all_wherever_there_is_one(order):
    """First come first served would leave the demanding one without a stream."""
    streams = [(AAC, ENGLISH, SURROUND)[at] for at in order]
    expected = [{"channels": {"min": 1}}, {"codec": "aac"}, {"lang": "en"}]

    for audio in itertools.permutations(expected):
        assert report_on_streams(audio_of(*streams), audio=[*audio]).verdict == "passed"


def test_a_stream_serves_one_expectation_alone():
    """Two expectations that one stream would meet need two."""
    report = report_on_streams(audio_of(AAC), audio=[{"codec": "aac"}, {"channels": 2}])

    assert report.verdict == "failed"
    [said] = stream_texts(report)
    assert said == (
        "audio[1]: expected an audio stream of its own, "
        "got 1 stream (aac) for 2 expectations"
    )


def test_the_nearest_stream_is_reported_with_every_field_that_differs():
    """What comes closest is what was meant; all that is wrong with it is said."""
    audio = [{"codec": "aac", "channels": 6, "lang": "en", "sample_rate_hz": 48000}]

    report = report_on_streams(audio_of(SURROUND, ENGLISH), audio=audio)

    assert report.verdict == "failed"
    assert stream_texts(report) == [
        "audio channels: expected 6, got 2",
        "audio sample_rate_hz: expected 48000, got 44100",
    ]
    assert [one.path for one in report.mismatches] == [
        'outputs["video"].audio.channels',
        'outputs["video"].audio.sample_rate_hz',
    ]


def test_what_another_expectation_took_is_not_the_nearest():
    """A stream that is spoken for is not reported to another expectation."""
    audio = [{"lang": "zh"}, {"lang": "en", "channels": 2}]

    report = report_on_streams(audio_of(AAC, SURROUND), audio=audio)

    # Either would do for the first one: the surround sound is left then.
    assert stream_texts(report) == [
        "audio[1] lang: expected en, got zh",
        "audio[1] channels: expected 2, got 6",
    ]


def test_a_fact_that_differs_is_further_off_than_one_that_is_not_known():
    """Of two streams the one with fewer misses is the nearest."""
    audio = {"codec": "aac", "channels": 6, "lang": "zh"}
    vague = make_audio(CodecName=None, Channels=2)

    report = report_on_streams(audio_of(ENGLISH, vague), audio=audio)

    assert "audio channels: expected 6, got 2" in stream_texts(report)
    assert "audio lang: expected zh, but the API did not report it" in stream_texts(
        report
    )


def test_of_streams_as_near_the_first_in_the_file_is_reported():
    """`Index` decides, not the order of the answer."""
    sounds = [make_audio(Index=1, Channels=1), make_audio(Index=2, Channels=6)]
    pictures = [make_video(Index=3, Width=1), make_video(Index=4, Width=6)]
    expect = {"audio": {"channels": 2}, "video": {"width": 2}}

    for step in (1, -1):
        output = make_output(audio=sounds[::step], video=pictures[::step])

        assert stream_texts(report_on_streams(output, **expect)) == [
            "video width: expected 2, got 1",
            "audio channels: expected 2, got 1",
        ]


def test_of_streams_with_as_many_misses_the_better_known_is_the_nearest():
    """What is not known counts where what is missed is the same."""
    vague = make_audio(Channels=2, SampleRate=None)

    report = report_on_streams(
        audio_of(vague, AAC), audio={"channels": 6, "sample_rate_hz": 44100}
    )

    assert stream_texts(report) == ["audio channels: expected 6, got 2"]


@pytest.mark.parametrize(
    ("streams", "verdict", "said"),
    [
        ([UNKNOWN, AAC], "passed", []),
        ([AAC, UNKNOWN], "passed", []),
        (
            [UNKNOWN, SURROUND],
            "inconclusive",
            ["audio codec: expected aac, but the API did not report it"],
        ),
        ([SURROUND], "failed", ["audio codec: expected aac, got ac3"]),
    ],
    ids=["one that fits", "in whatever order", "one that may fit", "none"],
)
def test_a_stream_that_surely_fits_goes_before_one_that_may(streams, verdict, said):
    """A fact that is not reported decides only where nothing better is there."""
    report = report_on_streams(audio_of(*streams), audio={"codec": "aac"})

    assert (report.verdict, stream_texts(report)) == (verdict, said)


@pytest.mark.parametrize(
    ("output", "expect", "verdict", "said"),
    [
        (make_output(video=[]), {"video": []}, "passed", []),
        (
            make_output(),
            {"video": []},
            "failed",
            ["video: expected none, got 1 stream (h264)"],
        ),
        (
            make_output(audio=[AAC, SURROUND]),
            {"audio": []},
            "failed",
            ["audio: expected none, got 2 streams (aac, ac3)"],
        ),
        (
            make_output(audio=[]),
            {"audio": {"codec": "aac"}},
            "failed",
            ["audio: expected an audio stream, got none"],
        ),
        (
            make_output(video=[]),
            {"video": [{"codec": "h264"}, {}]},
            "failed",
            [
                "video[0]: expected a video stream, got none",
                "video[1]: expected a video stream, got none",
            ],
        ),
        (
            make_output(video=[], audio=[]),
            {"video": []},
            "inconclusive",
            ["video: expected none, but the API reported no streams at all"],
        ),
        (
            make_output(video=[], audio=[]),
            {"video": {}},
            "inconclusive",
            [
                (
                    "video: expected a video stream, "
                    "but the API reported no streams at all"
                )
            ],
        ),
        (
            make_output(audio=[AAC, UNKNOWN]),
            {"audio": []},
            "failed",
            ["audio: expected none, got 2 streams (aac, unknown)"],
        ),
        (make_output(audio=[AAC, AAC, SURROUND]), {"audio": [{}]}, "passed", []),
        (
            make_output(audio=[AAC, SURROUND]),
            {"audio": {"codec": "aac"}, "audio_count": 1},
            "failed",
            ["audio_count: expected 1, got 2"],
        ),
    ],
    ids=[
        "none as expected",
        "one too many",
        "two too many",
        "one missing",
        "two missing",
        "no metadata",
        "no metadata where one is expected",
        "one too many of a codec that is not known",
        "more are allowed",
        "unless counted",
    ],
)
def test_streams_are_there_or_not(output, expect, verdict, said):
    """A list that is missing is empty, unless both are."""
    report = report_on_streams(output, **expect)

    assert stream_texts(report) == said
    assert report.verdict == verdict


@pytest.mark.parametrize(
    ("video", "expect", "verdict"),
    [
        ([COVER], {"video": []}, "passed"),
        ([COVER], {"video_count": 0}, "passed"),
        ([COVER], {"video": {}}, "failed"),
        ([COVER], {"video": {"codec": "mjpeg", "width": 600}}, "passed"),
        ([COVER], {"video": {"codec": "mjpeg", "width": 601}}, "failed"),
        ([make_video(), COVER], {"video": [{"width": 600}]}, "failed"),
        ([COVER, make_video()], {"video": [{"codec": "h264"}]}, "passed"),
        ([MOTION_JPEG], {"video": []}, "failed"),
        ([MOTION_JPEG], {"video_count": 1}, "passed"),
        ([uncounted(Fps=1)], {"video_count": 1}, "passed"),
        ([uncounted(Fps=999, Avg_fps=None)], {"video_count": 1}, "passed"),
        ([uncounted(Fps=None, Avg_fps=25)], {"video_count": 1}, "passed"),
        ([uncounted(Fps=1000)], {"video": []}, "passed"),
        ([uncounted(Fps=90_000, Avg_fps=0)], {"video": []}, "passed"),
    ],
    ids=[
        "no video",
        "not counted",
        "no video to be expected",
        "asked for by its codec",
        "asked for, but another one",
        "does not serve for a video",
        "beside a video",
        "moving pictures",
        "moving pictures, counted",
        *("a picture a second", "as fast as can be", "an average rate"),
        *("too fast for moving pictures", "a time base for a rate"),
    ],
)
def test_cover_art_is_no_video(video, expect, verdict):
    """One picture beside sound or video is a cover, unless it is asked for."""
    assert report_on_streams(make_output(video=video), **expect).verdict == verdict


def test_streams_beyond_number_are_not_compared():
    """A hostile answer does not hang a deployment, and does not pass."""
    output = audio_of(*([AAC] * 2000))

    assert (
        report_on_streams(audio_of(*[AAC] * 100), audio=[{}] * 10).verdict == "passed"
    )
    report = report_on_streams(output, audio=[{"codec": "mp3"}] * 6)

    assert report.verdict == "inconclusive"
    assert stream_texts(report)[0] == (
        "audio[0]: expected an audio stream, "
        "but 2000 streams are more than can be compared"
    )
