"""What the service's metadata means: manifests, rotation, cover art, what is absent."""

from __future__ import annotations

import pytest

from pulumi_alicloud_mediaconvert.expect.expectations import Selector
from pulumi_alicloud_mediaconvert.expect.expected_media import (
    AudioExpectation,
    VideoExpectation,
    kinds_of,
)
from pulumi_alicloud_mediaconvert.verification.evaluation import NOT_REPORTED
from pulumi_alicloud_mediaconvert.verification.media_facts import (
    OUTPUT_FACTS,
    is_manifest,
    output_fact,
    stream_fact,
    streams_of,
)
from reports import deliver, delivered, outcome_of, text_of

MOV_LIST = "mov,mp4,m4a,3gp,3g2,mj2"
HLS = {"FormatName": "hls,applehttp", "FileSize": 31737, "Bitrate": 888.563}
VIDEO = {"Codec_name": "h264", "Duration": 8}
AUDIO = {"CodecName": "aac", "Duration": 8}
COVER = {"Codec_name": "png", "Width": 600, "Height": 600}
OF_MANIFEST = "but what the API reports is that of the manifest, not of the media"


@pytest.mark.parametrize("field", ["file_size_bytes", "bitrate_kbps", "average_kbps"])
@pytest.mark.parametrize(
    "file",
    [
        {**HLS, "Duration": 403},
        {**HLS, "FormatName": "dash"},
        {**HLS, "FormatName": None, "FileName": "v.M3U8"},
        {**HLS, "FormatName": None, "FileUrl": "http://h/v.mpd?x=1"},
    ],
    ids=["hls", "dash", "m3u8", "mpd"],
)
@pytest.mark.parametrize(
    "constraint", [{"min": 1}, {"max": 1}, {"present": True}], ids=repr
)
def test_size_and_rate_of_a_manifest_are_not_those_of_the_media(
    field, file, constraint
):
    """What is said of a manifest is neither met nor missed, and the reason is told."""
    report = deliver({field: constraint}, file=file)

    assert outcome_of(report) == "inconclusive"
    assert text_of(report).endswith(OF_MANIFEST)


@pytest.mark.parametrize(
    "file",
    [{**HLS, "FormatName": "mpegts"}, {**HLS, "FormatName": MOV_LIST}],
    ids=["segment", "mp4"],
)
def test_size_of_media_is_judged(file):
    """A file whose name is that of a manifest but whose format is not is media."""
    file = {**file, "FileName": "v.m3u8"}

    assert not is_manifest(delivered(file=file).outputs[0])
    assert outcome_of(deliver({"file_size_bytes": {"max": 1}}, file=file)) == "missed"


@pytest.mark.parametrize("constraint", [{"max": 3000}, {"near": 3000, "tolerance": 0}])
def test_an_average_is_that_of_decimals(constraint):
    """In binary these would be a little more than 3000 kbit/s."""
    file = {"FileSize": 375375, "Duration": "1.001"}

    assert outcome_of(deliver({"average_kbps": constraint}, file=file)) == "met"


def test_duration_of_a_manifest_is_that_of_the_media():
    """Only size and rates are the manifest's own."""
    report = deliver({"duration_seconds": {"max": 400}}, file={**HLS, "Duration": 403})

    assert text_of(report) == (
        'output "video": duration_seconds: expected at most 400, got 403'
    )


@pytest.mark.parametrize(
    ("rotate", "shown"),
    [(0, (1920, 1080)), (180, (1920, 1080)), (None, (1920, 1080))]
    + [(turn, (1080, 1920)) for turn in (90, 270, -90, 450, "90")],
    ids=repr,
)
def test_rotation_swaps_what_a_viewer_sees(rotate, shown):
    """Display size follows rotation; coded size and edges do not."""
    video = {"Width": 1920, "Height": 1080, "Rotate": rotate}
    width, height = shown

    report = deliver(
        {
            "video": {
                "width": 1920,
                "height": 1080,
                "display_width": width,
                "display_height": height,
                "long_edge": 1920,
                "short_edge": 1080,
            }
        },
        video=[video],
    )

    assert report.verdict == "passed"


@pytest.mark.parametrize("codec", ["png", "mjpeg", "bmp"])
@pytest.mark.parametrize("frames", [None, 0, 1])
def test_cover_art_is_no_video(codec, frames):
    """One picture beside the sound counts as no video, and `[]` allows it."""
    cover = {"Codec_name": codec, "NumFrames": frames}

    report = deliver({"video": [], "video_count": 0}, video=[cover], audio=[AUDIO])

    assert report.verdict == "passed"


@pytest.mark.parametrize(
    ("video", "audio", "expected"),
    [
        ([{"Codec_name": "mjpeg", "NumFrames": 200}], [AUDIO], 1),
        ([{"Codec_name": "mjpeg", "NumFrames": 2}], [AUDIO], 1),
        ([{"Codec_name": "mjpeg"}], [], 1),
        ([{"Codec_name": "png", "NumFrames": 1}], [], 1),
        ([{"Codec_name": "gif", "NumFrames": 1}], [AUDIO], 1),
        ([COVER, VIDEO], [], 1),
        ([VIDEO, COVER], [AUDIO], 1),
        ([COVER, COVER], [AUDIO], 0),
        ([VIDEO, VIDEO], [AUDIO], 2),
    ],
    ids=[
        "motion jpeg",
        "two frames",
        "a picture alone",
        "a still",
        "gif",
        "cover first",
        "cover last",
        "two covers",
        "two videos",
    ],
)
def test_videos_are_counted_without_cover_art(video, audio, expected):
    """Motion JPEG of many frames is a video; a picture that stands alone too."""
    report = deliver({"video_count": expected}, video=video, audio=audio)

    assert report.verdict == "passed"


def test_cover_art_does_not_stand_in_for_a_video():
    """A size that only the cover has is not met by it."""
    report = deliver({"video": {"width": 600}}, video=[COVER], audio=[AUDIO])

    assert text_of(report) == 'output "video": video: expected a video stream, got none'


def test_cover_art_can_be_demanded_by_its_codec():
    """Who asks for a png gets the cover looked at."""
    expected = {"video": {"codec": "png", "width": 600}}

    assert deliver(expected, video=[COVER], audio=[AUDIO]).verdict == "passed"


@pytest.mark.parametrize(
    ("sent", "extension"),
    [
        ({"file": {"FileUrl": "http://b.oss/a.b/v.MP4"}}, "mp4"),
        ({"file": {"FileUrl": "http://b.oss/v.mov?x=y.mp4"}}, "mov"),
        ({"file": {"FileName": "v.m3u8"}}, "m3u8"),
        ({"output_file": {"Url": "oss://b/v.ts"}}, "ts"),
        ({"output_file": {"Media": "oss://b/v.tar.gz"}}, "gz"),
        ({"file": {"FileUrl": "http://b.oss/a.b/v"}}, None),
        ({"file": {"FileUrl": "http://b.oss/.mp4"}}, None),
        ({"file": {"FileUrl": "http://["}}, None),
        ({}, None),
    ],
    ids=repr,
)
def test_extension_is_that_of_the_files_name(sent, extension):
    """The extension tells mp4 from mov; folders and queries are not looked at."""
    [output] = delivered(**sent).outputs

    assert output_fact(output, "extension").values == (
        (extension,) if extension else ()
    )


def test_the_container_alone_does_not_tell_mp4_from_mov():
    """Both share one list of names; only the extension differs."""
    mov = {"FormatName": MOV_LIST, "FileName": "v.mov"}

    assert deliver({"format": "mp4"}, file=mov).verdict == "passed"
    assert deliver({"format": "mov"}, file=mov).verdict == "passed"
    assert text_of(deliver({"format": "mp4", "extension": "mp4"}, file=mov)) == (
        'output "video": extension: expected mp4, got mov'
    )


@pytest.mark.parametrize(
    ("constraint", "outcome"),
    [
        ("hls", "met"),
        ("m3u8", "met"),
        ("applehttp", "met"),
        ({"not": "dash"}, "met"),
        ({"not": "hls"}, "missed"),
        ({"matches": "hls,applehttp"}, "met"),
        ({"matches": "apple.*"}, "met"),
        ({"matches": "dash|mp4"}, "missed"),
        ("mpegts", "missed"),
    ],
    ids=repr,
)
def test_any_name_of_the_container_will_do(constraint, outcome):
    """A container has several names: one that meets is enough, `not` minds all."""
    assert outcome_of(deliver({"format": constraint}, file=HLS)) == outcome


@pytest.mark.parametrize(
    ("video", "audio", "reason"),
    [
        ([], [AUDIO, AUDIO], "there is no video stream"),
        ([VIDEO, VIDEO], [], "there is no audio stream"),
        ([], [], "the API reported no streams at all"),
    ],
    ids=["sound alone", "pictures alone", "nothing"],
)
def test_drift_needs_both_kinds_of_streams(video, audio, reason):
    """One kind alone cannot drift; which one is missing is told."""
    report = deliver({"av_drift_seconds": {"max": 1}}, video=video, audio=audio)

    assert text_of(report) == (
        f'output "video": av_drift_seconds: expected at most 1, but {reason}'
    )


@pytest.mark.parametrize(
    ("level", "verdict"), [("3.1", "inconclusive"), (31, "passed")]
)
def test_a_level_counts_for_what_its_codec_makes_of_it(level, verdict):
    """Of a codec that is not reported the count alone can be compared."""
    assert deliver({"video": {"level": level}}, video=[{"Level": 31}]).verdict == (
        verdict
    )


def test_a_codec_tag_is_shown_in_the_words_that_are_reported():
    """Where only the number of a tag is known, it is that number that is shown."""
    video = {"Codec_name": "hevc", "Codec_tag": "0x31637668"}

    assert text_of(deliver({"video": {"codec_tag": "hev1"}}, video=[video])) == (
        'output "video": video codec_tag: expected hev1, got 0x31637668'
    )


def test_an_output_without_a_name_has_none_to_select_by():
    """A name that is not reported is no name."""
    [output] = delivered(name=None).outputs

    assert output_fact(output, "name") == NOT_REPORTED


def test_cover_art_has_no_part_in_the_drift():
    """A picture lasts no time."""
    video = [VIDEO, {**COVER, "Duration": 0}]

    report = deliver({"av_drift_seconds": {"max": 0}}, video=video, audio=[AUDIO])

    assert report.verdict == "passed"


def test_every_field_has_a_fact():
    """What can be demanded of an output or a stream is read somewhere."""
    [output] = delivered(video=[VIDEO], audio=[AUDIO]).outputs
    [video] = streams_of(output, "video").media or []
    [audio] = streams_of(output, "audio").media or []

    assert OUTPUT_FACTS.keys() >= kinds_of(Selector).keys()
    assert stream_fact(video, "codec").values == ("h264",)
    for model, stream in ((VideoExpectation, video), (AudioExpectation, audio)):
        computed = {"level", "long_edge", "short_edge"}
        assert all(
            hasattr(stream, field) for field in kinds_of(model).keys() - computed
        )
