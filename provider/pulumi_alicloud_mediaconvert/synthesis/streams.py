"""Streams that meet what is expected of them, with usual facts for all else. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pulumi_alicloud_mediaconvert.api.models import AudioStream, VideoStream
from pulumi_alicloud_mediaconvert.expect.expected_media import StreamExpectation
from pulumi_alicloud_mediaconvert.synthesis.values import (
    UnfitError,
    Want,
    first_fitting,
    numbers,
    ratios,
    texts,
)
from pulumi_alicloud_mediaconvert.verification.locations import (
    Location,
    location_of_constraint,
)
from pulumi_alicloud_mediaconvert.verification.media_facts import (
    Stream,
    StreamKind,
    stream_fact,
)

Facts = dict[str, Any]

USUAL_SIZES = ((1280, 720), (1920, 1080), (854, 480), (640, 360), (3840, 2160))
USUAL_CODECS = {"video": ("h264", "hevc", "av1", "vp9"), "audio": ("aac", "mp3", "ac3")}
USUAL_ANGLES = (0, 90, 180, 270)
# Values to try for a level, in the count of any codec.
LEVELS = (31, 93, 5, *range(256), None)
LEVEL_OF = {"h264": 31, "hevc": 93, "av1": 5, "vp9": 31}
LANGUAGES = ("zh", "en")
USUAL: Mapping[StreamKind, Facts] = {
    "video": {
        "codec_tag_string": "avc1",
        "profile": "High",
        "fps": 25.0,
        "pix_fmt": "yuv420p",
        "dar": "16:9",
        "sar": "1:1",
        "bitrate_kbps": 1800.5,
        "start_seconds": 0.0,
        "lang": None,
    },
    "audio": {
        "codec_tag_string": "mp4a",
        "channels": 2,
        "channel_layout": "stereo",
        "sample_rate_hz": 44100,
        "bitrate_kbps": 128.0,
        "start_seconds": 0.0,
        "lang": "zh",
    },
}
RATIOS = frozenset({"dar", "sar"})
WHOLE = frozenset({"channels", "sample_rate_hz", "num_frames"})
NUMBERS = WHOLE | {
    *("fps", "avg_fps", "bitrate_kbps", "start_seconds", "duration_seconds")
}
# What an expectation asks for by another name than the stream reports it.
REPORTED_AS = {"codec_tag": "codec_tag_string"}
OF_SIZE = frozenset(
    {
        *("width", "height", "rotate", "long_edge", "short_edge"),
        *("display_width", "display_height"),
    }
)
OF_CODEC = frozenset({"codec", "level"})


class Slot(NamedTuple):
    """A stream to be: all that is expected of it."""

    wants: tuple[Want, ...]

    def of(self, fields: frozenset[str] | set[str]) -> list[Want]:
        """Return what is wanted of some fields."""
        return [want for want in self.wants if want.field in fields]


def wants_of(
    expectation: Any,  # noqa: ANN401  # any model of demands
    location: Location,
    *,
    with_advice: bool,
) -> Iterator[Want]:
    """Yield what an expectation demands, advisory demands only if they are heeded."""
    for name, constraint, kind in expectation.constraints:
        at = location_of_constraint(location, name, constraint)
        if with_advice or at.enforcement_level == "mandatory":
            yield Want(at.path, name, constraint, kind)


def slots_of(
    expected: StreamExpectation | Sequence[StreamExpectation],
    location: Location,
    *,
    with_advice: bool,
) -> list[Slot]:
    """Make a slot for each stream that is expected."""
    if isinstance(expected, StreamExpectation):
        locations = [(expected, location)]
    else:
        locations = [
            (one, Location(f"{location.path}[{index}]", "", location.enforcement_level))
            for index, one in enumerate(expected)
        ]
    return [
        Slot(tuple(wants_of(one, at.of(one), with_advice=with_advice)))
        for one, at in locations
    ]


def fitting_stream(kind: StreamKind, slot: Slot, usual_seconds: float | None) -> Facts:
    """Make a stream that meets all that is wanted of it.

    Args:
        kind: of the stream.
        slot: what is wanted.
        usual_seconds: its duration, unless another one is wanted; `None`: unreported.

    Returns:
        Its facts by the fields of `models`, those not reported as `None`.

    Raises:
        UnfitError: no such stream was found.
    """
    facts = _codec(kind, slot)
    if kind == "video":
        facts |= _size(slot)
    for name, usual in USUAL[kind].items():
        facts[name] = _single(kind, slot, name, [usual])
    facts["duration_seconds"] = _single(kind, slot, "duration_seconds", [usual_seconds])
    if kind == "video":
        rate = facts["fps"] or USUAL["video"]["fps"]
        facts["avg_fps"] = _single(kind, slot, "avg_fps", [facts["fps"], rate])
        frames = int((facts["duration_seconds"] or 1) * rate)
        facts["num_frames"] = _single(kind, slot, "num_frames", [max(frames, 2)])
    return facts


def read_stream(kind: StreamKind, facts: Facts) -> Stream:
    """Read a stream as it would be read from an answer."""
    return (VideoStream if kind == "video" else AudioStream).model_validate(facts)


def _codec(kind: StreamKind, slot: Slot) -> Facts:
    wants = slot.of(OF_CODEC)
    codecs = [*texts(slot.of({"codec"}), USUAL_CODECS[kind]), None]
    levels: Sequence[int | None] = LEVELS if kind == "video" else [None]
    likely = [{"codec": one, "level": LEVEL_OF.get(one or "")} for one in codecs]
    return _together(
        kind, wants, {"codec": codecs, "level": levels}, likely if wants else likely[:1]
    )


def _size(slot: Slot) -> Facts:
    wants = slot.of(OF_SIZE)
    angles = [*numbers(slot.of({"rotate"}), USUAL_ANGLES, is_whole=True)]
    lengths = numbers(
        [want for want in wants if want.field != "rotate"],
        sorted({length for size in USUAL_SIZES for length in size}),
        is_whole=True,
    )
    keys = ("width", "height", "rotate")
    likely = [
        dict(zip(keys, (*size, angle), strict=True))
        for angle in USUAL_ANGLES
        for size in USUAL_SIZES
    ]
    choices = {
        name: _alone(slot, name, [*values, None])
        for name, values in (
            ("rotate", angles),
            ("width", lengths),
            ("height", lengths),
        )
    }
    return _together("video", wants, choices, likely)


def _alone(slot: Slot, name: str, choices: Sequence[Any]) -> list[Any]:
    """Keep what meets the demands on one fact, whatever the others are."""
    wants = slot.of({name})
    facts = {
        choice: stream_fact(VideoStream(**{name: choice}), name) for choice in choices
    }
    return [
        choice
        for choice, fact in facts.items()
        if all(want.is_met(fact) for want in wants)
    ]


def _single(kind: StreamKind, slot: Slot, name: str, usual: Sequence[Any]) -> Any:  # noqa: ANN401  # any fact
    field = next((one for one, other in REPORTED_AS.items() if other == name), name)
    wants = slot.of({field})
    if not wants:
        return usual[0]
    known = [value for value in usual if value is not None]
    choices: list[Any]
    if name in RATIOS:
        choices = [*ratios(wants, known)]
    elif name in NUMBERS:
        choices = [*numbers(wants, known, is_whole=name in WHOLE)]
    else:
        choices = texts(wants, [*known, *(LANGUAGES if name == "lang" else ())])
    return _together(kind, wants, {name: [*choices, None]})[name]


def _together(
    kind: StreamKind,
    wants: Sequence[Want],
    choices: Mapping[str, Sequence[Any]],
    likely: Sequence[Mapping[str, Any]] = (),
) -> Facts:
    def is_fitting(facts: Facts) -> bool:
        stream = read_stream(kind, facts)
        return all(want.is_met(stream_fact(stream, want.field)) for want in wants)

    found = first_fitting(choices, is_fitting, likely)
    if found is None:
        raise UnfitError.of(wants)
    return found
