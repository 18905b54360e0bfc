"""The facts that an expectation may speak of, each by its name in the language.

Knows what the service's metadata means: rotation, manifests, cover art, lists that
are missing. Pure.

Source: the vendor's sample answer, and ffprobe, which its metadata follows.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from pulumi_alicloud_mediaconvert.api.codec_tags import tag_names
from pulumi_alicloud_mediaconvert.api.coercion import MAX_FPS
from pulumi_alicloud_mediaconvert.api.models import (
    AudioStream,
    FileInfo,
    Output,
    VideoStream,
)
from pulumi_alicloud_mediaconvert.expect.aliases import (
    COVER_ART_CODECS,
    MANIFEST_EXTENSIONS,
    MANIFEST_FORMATS,
    SMALLEST_COUNTS,
    codec_name,
    format_name,
)
from pulumi_alicloud_mediaconvert.expect.layouts import layout_names
from pulumi_alicloud_mediaconvert.expect.value_parsers import Level, exact
from pulumi_alicloud_mediaconvert.facts import FILE, OUTPUT, PART
from pulumi_alicloud_mediaconvert.verification.evaluation import (
    NOT_REPORTED,
    Fact,
    fact_of,
)

StreamKind = Literal["video", "audio"]
Stream = VideoStream | AudioStream

OF_MANIFEST = Fact(
    reason="the API reports the value of the manifest, not of the media",
    is_known=False,
)
NO_METADATA = "the API reported no streams at all"
IN_NO_GROUP = Fact(reason="none", is_absent=True)
NO_FILE = FileInfo()
BITS_PER_BYTE = 8
BITS_PER_KILOBIT = 1000
ODD_ROTATION = Fact(reason="its rotation is not a quarter turn")


class Streams(NamedTuple):
    """The streams of one kind in a file.

    Attributes:
        media: without cover art; `None` if it cannot be told what there is.
        cover_art: pictures that go with the media.
    """

    media: list[Stream] | None
    cover_art: list[Stream]


def stream_fact(stream: Stream, field: str) -> Fact:
    """Return a fact of a stream by its field in a stream expectation."""
    special = STREAM_FACTS.get(field)
    return special(stream) if special else fact_of(getattr(stream, field, None))


def _codec_tag(stream: Stream) -> Fact:
    sent = (stream.codec_tag_string, stream.codec_tag)
    known = [tag for tag in sent if tag is not None]
    # As sent first, since that is what the outputs show.
    names = [*known, *(name for tag in known for name in tag_names(tag))]
    return Fact(tuple(dict.fromkeys(names))) if names else NOT_REPORTED


def _channel_layout(stream: Stream) -> Fact:
    layout = getattr(stream, "channel_layout", None)
    return NOT_REPORTED if layout is None else Fact((*layout_names(layout),))


def _level(stream: Stream) -> Fact:
    level = getattr(stream, "level", None)
    codec = codec_name(stream.codec) if stream.codec else None
    if level is None or level < SMALLEST_COUNTS.get(codec or "", 0):
        return NOT_REPORTED
    return Fact((Level(codec, level),))


def _displayed(field: str) -> Callable[[Stream], Fact]:
    def fact(stream: Stream) -> Fact:
        if isinstance(stream, VideoStream) and stream.is_turned is None:
            return ODD_ROTATION
        return fact_of(getattr(stream, field, None))

    return fact


STREAM_FACTS: dict[str, Callable[[Stream], Fact]] = {
    "codec_tag": _codec_tag,
    "channel_layout": _channel_layout,
    "level": _level,
    "display_width": _displayed("display_width"),
    "display_height": _displayed("display_height"),
}


def output_fact(output: Output, field: str) -> Fact:
    """Return a fact of an output by its field in an output expectation."""
    return OUTPUT_FACTS[field](output)


def is_manifest(output: Output) -> bool:
    """Whether the file is an HLS or DASH manifest, which has no media of its own."""
    names = {format_name(name) for name in _format_names(output)}
    if names:
        return bool(names & MANIFEST_FORMATS)
    return _extension_of(output) in MANIFEST_EXTENSIONS


def streams_of(output: Output, kind: StreamKind) -> Streams:
    """Return the streams of one kind, cover art apart.

    A list that is missing is empty if the other one is not: a file of sound alone
    has no video. Where both are missing or empty nothing is known.
    """
    video = sorted(output.video_streams or [], key=_position)
    audio = sorted(output.audio_streams or [], key=_position)
    if not video and not audio:
        return Streams(None, [])
    if kind == "audio":
        return Streams(list(audio), [])
    beside = len(video) + len(audio) > 1
    media: list[Stream] = []
    cover: list[Stream] = []
    for stream in video:
        (cover if beside and _is_cover_art(stream) else media).append(stream)
    return Streams(media, cover)


def _position(stream: Stream) -> float:
    """Sort as in the file: of streams that fit alike, the first one is taken."""
    return math.inf if stream.index is None else stream.index


def _is_cover_art(stream: VideoStream) -> bool:
    if stream.codec is None or codec_name(stream.codec) not in COVER_ART_CODECS:
        return False
    if stream.num_frames is not None:
        return stream.num_frames <= 1
    # For a still picture ffprobe prints no average rate, and a time base as its rate.
    rate = stream.avg_fps or stream.fps or 0
    return not 0 < rate < MAX_FPS


def _file(output: Output) -> FileInfo:
    return output.file or NO_FILE


def _format_names(output: Output) -> list[str]:
    names = (_file(output).format or "").split(",")
    return [name.strip() for name in names if name.strip()]


def _format(output: Output) -> Fact:
    names = _format_names(output)
    # As a whole too: that is what the outputs show.
    return Fact((_file(output).format, *names)) if names else NOT_REPORTED


def _extension(output: Output) -> Fact:
    return fact_of(_extension_of(output))


def _extension_of(output: Output) -> str | None:
    for location in (output.url, output.media, output.key, _file(output).file_name):
        name = _path(location or "").rpartition("/")[2]
        stem, dot, extension = name.rpartition(".")
        if stem and dot and extension:
            return extension.casefold()
    return None


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _average_kbps(output: Output) -> Fact:
    file = _file(output)
    if is_manifest(output):
        return OF_MANIFEST
    if not file.file_size_bytes or not file.duration_seconds:
        return NOT_REPORTED
    # In decimals: 375375 bytes in 1.001 s are 3000 kbit/s, in binary a little more.
    kilobits = exact(file.file_size_bytes * BITS_PER_BYTE) / BITS_PER_KILOBIT
    return Fact((float(kilobits / exact(file.duration_seconds)),))


def _av_drift(output: Output) -> Fact:
    video = streams_of(output, "video").media
    audio = streams_of(output, "audio").media
    if video is None or audio is None:
        return Fact(reason=NO_METADATA)
    if not video or not audio:
        return Fact(reason=f"there is no {'video' if not video else 'audio'} stream")
    lengths = [stream.duration_seconds for stream in (*video, *audio)]
    known = [exact(length) for length in lengths if length is not None]
    if len(known) < len(lengths):
        return NOT_REPORTED
    return Fact((float(max(known) - min(known)),))


def _of_the_media(field: str) -> Callable[[Output], Fact]:
    def fact(output: Output) -> Fact:
        if is_manifest(output):
            return OF_MANIFEST
        return fact_of(getattr(_file(output), field))

    return fact


def _of_the_file(field: str) -> Callable[[Output], Fact]:
    return lambda output: fact_of(getattr(_file(output), field))


def _of_the_output(field: str) -> Callable[[Output], Fact]:
    return lambda output: fact_of(getattr(output, field))


def _count(kind: StreamKind) -> Callable[[Output], Fact]:
    def fact(output: Output) -> Fact:
        streams = streams_of(output, kind).media
        if streams is None:
            return Fact(reason=NO_METADATA)
        return Fact((len(streams),))

    return fact


def _names(output: Output) -> Fact:
    if output.name is None:
        return NOT_REPORTED
    both = (output.name, output.label) if output.group else (output.name,)
    return Fact(both)


def _group(output: Output) -> Fact:
    # An output beside the groups is known to be in none.
    return Fact((output.group,)) if output.group else IN_NO_GROUP


# Each fact as the API reports it, but for those that need a second look.
OUTPUT_FACTS: dict[str, Callable[[Output], Fact]] = {
    **{fact.name: _of_the_output(fact.name) for fact in (*PART, *OUTPUT)},
    **{fact.name: _of_the_file(fact.name) for fact in FILE if fact.is_field},
    "name": _names,
    "group": _group,
    "extension": _extension,
    "format": _format,
    "file_size_bytes": _of_the_media("file_size_bytes"),
    "bitrate_kbps": _of_the_media("bitrate_kbps"),
    "average_kbps": _average_kbps,
    "av_drift_seconds": _av_drift,
    "video_count": _count("video"),
    "audio_count": _count("audio"),
}
