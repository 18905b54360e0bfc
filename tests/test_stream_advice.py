"""Advice about streams: which stream it is told of, and that it takes none away."""

from __future__ import annotations

from jobs import make_output, make_video
from reports import (
    AAC,
    ENGLISH,
    SURROUND,
    UNKNOWN,
    audio_of,
    report_on_streams,
    stream_texts,
)


def test_advice_never_takes_a_stream_from_what_is_mandatory():
    """The only stream that the mandatory expectation can have goes to it."""
    audio = [
        {"channels": 2, "enforcement_level": "advisory"},
        {"codec": "aac", "channels": {"max": 2}},
    ]

    report = report_on_streams(audio_of(AAC, SURROUND), audio=audio)

    assert report.verdict == "passed"
    assert stream_texts(report) == ["advisory: audio[0] channels: expected 2, got 6"]


def test_a_mandatory_constraint_within_advice_finds_the_stream_that_meets_it():
    """What counts decides which stream is taken, what does not comes second."""
    width = {"min": 1280, "enforcement_level": "mandatory"}
    video = {"codec": "hevc", "width": width, "enforcement_level": "advisory"}
    streams = [make_video(Codec_name="hevc", Width=640), make_video(Index=1)]

    report = report_on_streams(make_output(video=streams), video=video)

    assert report.verdict == "passed"
    assert stream_texts(report) == ["advisory: video codec: expected hevc, got h264"]


def test_an_advisory_constraint_is_met_if_a_stream_meets_all():
    """Of two streams that will do, the one that follows the advice is taken."""
    channels = {"min": 6, "enforcement_level": "advisory"}
    audio = {"lang": "zh", "channels": channels}

    assert report_on_streams(audio_of(AAC, SURROUND), audio=audio).mismatches == ()


def test_a_stream_that_misses_advice_goes_before_one_that_may_fit():
    """What is known to meet all that counts is taken, whatever stands before it."""
    channels = {"min": 6, "enforcement_level": "advisory"}

    report = report_on_streams(
        audio_of(UNKNOWN, AAC), audio={"codec": "aac", "channels": channels}
    )

    assert report.verdict == "passed"
    assert stream_texts(report) == [
        "advisory: audio channels: expected at least 6, got 2"
    ]


def test_advice_alone_is_told_of_the_nearest_stream():
    """Where nothing is mandatory, every demand counts for which stream is meant."""
    advice = {"codec": "aac", "channels": 6, "lang": "en"}

    report = report_on_streams(
        audio_of(SURROUND, ENGLISH), audio={**advice, "enforcement_level": "advisory"}
    )

    assert stream_texts(report) == ["advisory: audio channels: expected 6, got 2"]


def test_that_a_stream_is_there_is_mandatory_though_all_constraints_are_advice():
    """Advice on its facts leaves the stream to the expectation that needs one."""
    channels = {"min": 6, "enforcement_level": "advisory"}
    audio = [{"codec": "aac", "enforcement_level": "advisory"}, {"channels": channels}]

    assert report_on_streams(audio_of(AAC), audio=audio).verdict == "passed"
