"""Streams that meet expectations, with usual values for everything else. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, product

from pulumi_alicloud_mediaconvert.api.models import AudioStream, VideoStream
from pulumi_alicloud_mediaconvert.facts import PARTS, expected_fields
from pulumi_alicloud_mediaconvert.synthesis.values import Facts, Requirements
from pulumi_alicloud_mediaconvert.verification.evaluation import Fact
from pulumi_alicloud_mediaconvert.verification.media_facts import (
    Stream,
    StreamKind,
    stream_fact,
)

MODELS: Mapping[StreamKind, type[Stream]] = {"video": VideoStream, "audio": AudioStream}
USUAL: Mapping[StreamKind, Facts] = {
    "video": {
        "codec_tag": "avc1",
        "profile": "High",
        "fps": 25.0,
        "pix_fmt": "yuv420p",
        "dar": "16:9",
        "sar": "1:1",
        "bitrate_kbps": 1800.5,
        "start_seconds": 0.0,
    },
    "audio": {
        "codec_tag": "mp4a",
        "channels": 2,
        "channel_layout": "stereo",
        "sample_rate_hz": 44100,
        "bitrate_kbps": 128.0,
        "start_seconds": 0.0,
        "lang": "zh",
    },
}
USUAL_CODECS = {"video": ("h264", "hevc", "av1", "vp9"), "audio": ("aac", "mp3", "ac3")}
# The usual level of each codec, in the codec's own numbers; and all levels to try.
USUAL_LEVELS = {"h264": 31, "hevc": 93, "av1": 5, "vp9": 31}
LEVELS = (None, *range(256))
USUAL_SIZES = ((1280, 720), (1920, 1080), (854, 480), (640, 360), (3840, 2160))
# Facts that follow from width, height and rotation.
EDGES = ("long_edge", "short_edge", "display_width", "display_height")
# Facts whose usual values follow from others.
LATER = {"avg_fps", "num_frames"}


def make_stream(kind: StreamKind, wanted: Requirements, seconds: float | None) -> Facts:
    """Make a stream that meets its requirements as far as possible.

    Args:
        kind: Kind of the stream.
        wanted: Its requirements.
        seconds: Its usual duration, in seconds.

    Returns:
        Its facts by the fields of `models`; `None` for those that are not reported.
    """

    def read(row: Facts, field: str) -> Fact:
        return stream_fact(MODELS[kind].model_validate(row), field)

    made = wanted.on("codec", "level").best(_codecs(kind, wanted), read)
    if kind == "video":
        sizes = wanted.on("width", "height", "rotate", *EDGES)
        made |= sizes.best(_sizes(sizes), read)
    usual = {**USUAL[kind], "duration_seconds": seconds}
    for name in expected_fields(PARTS[kind]) - made.keys() - LATER:
        made[name] = wanted.choose(name, [usual.get(name)], read)
    if kind == "video":
        made["avg_fps"] = wanted.choose("avg_fps", [made["fps"]], read)
        # A video of one frame counts as cover art.
        frames = max(2, int((made["duration_seconds"] or 1) * (made["fps"] or 1)))
        made["num_frames"] = wanted.choose("num_frames", [frames], read)
    made["codec_tag_string"] = made.pop("codec_tag")
    return made


def _codecs(kind: StreamKind, wanted: Requirements) -> Iterator[Facts]:
    codecs = wanted.on("codec").values(*USUAL_CODECS[kind])
    levels = LEVELS if wanted.on("level") else ()
    for codec in codecs:
        for level in (USUAL_LEVELS.get(codec), *levels):
            yield {"codec": codec, "level": level}


def _sizes(wanted: Requirements) -> Iterator[Facts]:
    lengths = wanted.on("width", "height", *EDGES).values()
    angles = dict.fromkeys([*wanted.on("rotate").values(0), 90])
    mixed = product([*lengths, *chain(*USUAL_SIZES)], repeat=2)
    for angle, (width, height) in product(angles, [*USUAL_SIZES, *mixed]):
        yield {"width": width, "height": height, "rotate": angle}
