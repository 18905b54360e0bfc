"""The rules of `expect="as-requested"`: the constraint of each request value. Pure.

If the vendor's words have two readings, there is no constraint: that is a doubt.
`docs/reference/as-requested.md` shows this table.

Source: the vendor's structs MediaConvertVideo, MediaConvertAudio,
MediaConvertTransConfig, MediaConvertOutputGroupConfig and MediaConvertJobFeature
(https://help.aliyun.com/zh/ims/developer-reference/), and its page of template
parameters (https://help.aliyun.com/zh/ims/user-guide/transcoding-template-parameters).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from pulumi_alicloud_mediaconvert.api.coercion import as_count, as_number
from pulumi_alicloud_mediaconvert.as_requested import skip_reasons
from pulumi_alicloud_mediaconvert.as_requested.request import (
    flag_of,
    frame_of,
    seconds_of,
    text_of,
    word_of,
)
from pulumi_alicloud_mediaconvert.as_requested.skip_reasons import Condition, Doubts

# By what the vendor writes, without case and punctuation; names are ffprobe's.
FORMATS = {name: name for name in ("mp4", "m4a", "flv", "mxf", "mp3", "ogg", "flac")}
FORMATS |= {"gif": "gif", "m3u8": "hls", "hlsfmp4": "hls", "mpd": "dash"}
FORMATS |= {"ts": "mpegts"}
VIDEO_CODECS = {name: name for name in ("h264", "hevc", "av1", "gif", "webp")}
VIDEO_CODECS |= {"avcintra": "h264", "h265": "hevc"}
AUDIO_CODECS = {name: name for name in ("aac", "ac3", "eac3", "mp2", "mp3", "flac")}
AUDIO_CODECS |= {name: name for name in ("opus", "vorbis", "wmav1", "wmav2")}
AUDIO_CODECS["pcms16le"] = "pcm_s16le"
PROFILES = {name: name for name in ("baseline", "main", "high")}
# A rendition of a DASH group has no manifest of its own, one of an HLS group has.
GROUP_FORMATS = {name: name for name in skip_reasons.MANIFESTS}
SEGMENT: Mapping[object, tuple[str, str]] = {
    "dash": ("mp4", "an mp4 in a Dash group is a segment")
}
PIXEL_FORMAT = re.compile(r"[a-z][a-z0-9]{2,30}")
# ffprobe's name of the same pixels in full range.
FULL_RANGE = {"yuv420p": "yuvj420p", "yuv422p": "yuvj422p", "yuv444p": "yuvj444p"}
CLIP_SLACK = Decimal("0.5")


class Comparison(NamedTuple):
    """How a value is compared, for a person, and what makes a matcher of it, if any."""

    text: str
    read: Callable[[object], object]


@dataclass(frozen=True)
class Rule:
    """The constraint that one value of a request sets for its output.

    Attributes:
        key: of the request, by object.
        fact: of the output, or of a stream of it; px, Hz, kbit/s and seconds.
        comparison: of both; two bounds of one key and fact are one constraint.
        doubts: leave the value out, whether it can be read or not.
        limits: leave out a value that can be read.
        only_if: there is something to say; else another rule of the key says it.
        untested: a fact that says nothing, and why, by matcher.
    """

    key: str
    fact: str
    comparison: Comparison
    doubts: Doubts = field(default_factory=dict)
    limits: Doubts = field(default_factory=dict)
    only_if: Condition = lambda _: True
    untested: Mapping[object, tuple[str, str]] = field(default_factory=dict)


def _same(names: Mapping[str, str]) -> Comparison:
    return Comparison("the same", lambda value: names.get(word_of(value)))


def _shortest(number: float) -> float:
    return int(number) if number.is_integer() else number


def _rate(value: object) -> float | None:
    number = as_number(value) or 0.0
    return _shortest(number) if number > 0 else None


def _percent(bound: str, percent: int) -> Callable[[object], object]:
    def read(value: object) -> object:
        rate = as_count(value)
        return None if rate is None else {bound: _shortest(rate * percent / 100)}

    return read


def _at_most(value: float | None) -> object:
    return value and {"max": value}


def _clip(value: object) -> object:
    seconds = seconds_of(value)
    return seconds and _at_most(_shortest(float(seconds + CLIP_SLACK)))


def _pixels(value: object) -> object:
    pixels = text_of(value)
    if not PIXEL_FORMAT.fullmatch(pixels):
        return None
    # Full range meets what leaves the range open, and not the other way about.
    return [pixels, FULL_RANGE[pixels]] if pixels in FULL_RANGE else pixels


COUNT = Comparison("equal", as_count)
LENGTH = Comparison("equal", lambda value: as_count(value) or None)
EDGE = Comparison("equal, with LongShortMode", LENGTH.read)
MAX_LENGTH = Comparison(
    "at most, with IsCheckReso", lambda value: _at_most(as_count(value) or None)
)
WIDTH = Comparison("equal", lambda value: frame_of(value)[0])
HEIGHT = Comparison("equal", lambda value: frame_of(value)[1])
FPS = Comparison("± 0.03 %", _rate)
MAX_FPS = Comparison("at most", lambda value: _at_most(_rate(value)))
# An encoder may miss its target, a clip its end.
MAX_RATE = Comparison("at most 115 %", _percent("max", 115))
MIN_RATE = Comparison("at least 85 %, with TransMode CBR", _percent("min", 85))
CLIP = Comparison("at most, plus half a second", _clip)
PIXELS = Comparison("equal, or the same in full range", _pixels)
REMOVED = Comparison("none", lambda value: 0 if flag_of(value) else None)
THERE = Comparison("at least one", lambda _: {"min": 1})


PICTURE: Mapping[str, Callable[[object], bool]] = {
    "Video.Codec": lambda value: word_of(value) in VIDEO_CODECS,
    "Video.Width": lambda value: bool(as_count(value)),
    "Video.Height": lambda value: bool(as_count(value)),
    "Video.Crop": lambda value: all(frame_of(value)),
    "Video.Pad": lambda value: all(frame_of(value)),
}


def _is_first_sure(key: str) -> Condition:
    """Return whether a key is the first one that is certain of a picture."""
    return lambda r: next((k for k in PICTURE if PICTURE[k](r.get(k))), "") == key


RULES = (
    Rule("Container.Format", "output.format", _same(FORMATS), skip_reasons.OF_FORMAT),
    Rule(
        "Container.Format",
        "output.extension",
        _same(FORMATS),
        skip_reasons.OF_FORMAT,
        skip_reasons.OTHER_NAME,
        skip_reasons.has_own_extension,
    ),
    Rule("Video.Codec", "video.codec", _same(VIDEO_CODECS)),
    Rule("Video.Profile", "video.profile", _same(PROFILES), skip_reasons.OF_PROFILE),
    *(
        Rule(
            key, fact, comparison, skip_reasons.OF_SIZE, skip_reasons.odd(key), only_if
        )
        for key, fact, comparison, only_if in (
            ("Video.Width", "video.display_width", LENGTH, skip_reasons.is_exact),
            ("Video.Height", "video.display_height", LENGTH, skip_reasons.is_exact),
            ("Video.Width", "video.display_width", MAX_LENGTH, skip_reasons.is_kept),
            ("Video.Height", "video.display_height", MAX_LENGTH, skip_reasons.is_kept),
            ("Video.Width", "video.long_edge", EDGE, skip_reasons.is_turned),
            ("Video.Height", "video.short_edge", EDGE, skip_reasons.is_turned),
        )
    ),
    Rule("Video.Crop", "video.display_width", WIDTH, skip_reasons.OF_SIZE),
    Rule("Video.Crop", "video.display_height", HEIGHT, skip_reasons.OF_SIZE),
    Rule("Video.Pad", "video.display_width", WIDTH, skip_reasons.OF_SIZE),
    Rule("Video.Pad", "video.display_height", HEIGHT, skip_reasons.OF_SIZE),
    Rule("Video.Fps", "video.fps", FPS, limits=skip_reasons.OF_FPS),
    Rule("Video.MaxFps", "video.avg_fps", MAX_FPS),
    *(
        Rule(
            key, "video.bitrate_kbps", comparison, skip_reasons.OF_RATE, limits, only_if
        )
        for key, comparison, limits, only_if in (
            (
                "Video.Bitrate",
                MAX_RATE,
                skip_reasons.LARGER_MAXRATE,
                skip_reasons.is_target,
            ),
            (
                "Video.Bitrate",
                MIN_RATE,
                skip_reasons.OF_LOWER_BOUND,
                skip_reasons.is_constant,
            ),
            (
                "Video.Maxrate",
                MAX_RATE,
                skip_reasons.LARGER_BITRATE,
                skip_reasons.is_limit,
            ),
        )
    ),
    Rule("Video.PixFmt", "video.pix_fmt", PIXELS),
    *(
        Rule(f"{name}.Remove", fact, REMOVED, only_if=skip_reasons.is_removed(name))
        for name, fact in (
            ("Video", "output.video_count"),
            ("Audio", "output.audio_count"),
        )
    ),
    *(
        Rule(key, "output.video_count", THERE, only_if=_is_first_sure(key))
        for key in PICTURE
    ),
    Rule(
        "Audio.Codec",
        "output.audio_count",
        THERE,
        only_if=lambda r: r.word("Audio.Codec") in AUDIO_CODECS,
    ),
    Rule("Audio.Codec", "audio.codec", _same(AUDIO_CODECS)),
    *(
        Rule(key, fact, comparison, limits={**limits, **skip_reasons.zero(key)})
        for key, fact, comparison, limits in (
            ("Audio.Channels", "audio.channels", COUNT, skip_reasons.HALVED),
            (
                "Audio.Samplerate",
                "audio.sample_rate_hz",
                COUNT,
                skip_reasons.OF_SAMPLE_RATE,
            ),
            (
                "Audio.Bitrate",
                "audio.bitrate_kbps",
                MAX_RATE,
                skip_reasons.OF_AUDIO_RATE,
            ),
        )
    ),
    Rule("TimeSpan.Duration", "output.duration_seconds", CLIP, skip_reasons.OF_CLIP),
    Rule(
        "GroupConfig.Type",
        "output.format",
        _same(GROUP_FORMATS),
        skip_reasons.OF_GROUP,
        untested=SEGMENT,
    ),
)
# They say how others are meant, or demand nothing of the media.
SETTINGS = (
    *("Output.Name", "Output.OutputFile", "Output.OutputFileName"),
    *("Output.TemplateId", "Output.Priority", "Group.Name", "Group.Outputs"),
    *("GroupConfig.OutputFileBase", "GroupConfig.ManifestName"),
    *("Video.LongShortMode", "TransConfig.TransMode", "TransConfig.IsCheckReso"),
    *("TransConfig.IsCheckResoFail", "TransConfig.IsCheckVideoBitrate"),
    *("TransConfig.IsCheckVideoBitrateFail", "TransConfig.IsCheckAudioBitrate"),
    *("TransConfig.IsCheckAudioBitrateFail", "Clip.ConfigToClipFirstPart"),
)
KNOWN = dict.fromkeys([*(rule.key for rule in RULES), *SETTINGS])
