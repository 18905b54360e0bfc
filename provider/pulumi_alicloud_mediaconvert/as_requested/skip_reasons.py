"""Why a value of a request is not checked, each reason with its condition. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pulumi_alicloud_mediaconvert.as_requested.request import (
    OutputRequest,
    object_of,
    text_of,
)

Condition = Callable[[OutputRequest], bool]
# The first one that holds counts.
Doubts = Mapping[str, Condition]

MANIFESTS = frozenset({"hls", "dash"})
# ffprobe has one list of names for these and for mov: the extension tells.
BY_EXTENSION = frozenset({"mp4", "m4a"})
# A probe may see just the core of these: half the rate, one channel of two.
HALVED_PROFILES = frozenset({"aache", "aachev2"})
LOSSLESS = ("flac", "alac", "wav")
# Full range has the plain profiles, too.
PLAIN_PIXELS = frozenset({"yuv420p", "yuvj420p"})
# Their frames are timed in hundredths and thousandths of a second.
ANIMATIONS = frozenset({"gif", "webp"})
# Modes in which the encoder keeps to the requested rate.
MODES = frozenset({"onepass", "twopass", "cbr", "abr", "vbr"})
RESIZING = frozenset({"rescale", "crop", "pad", "none"})
MAX_FPS = 60


def first_of(doubts: Doubts, request: OutputRequest) -> str:
    """Return the first doubt that holds, an empty one if none does."""
    return next((why for why, holds in doubts.items() if holds(request)), "")


def is_turned(r: OutputRequest) -> bool:
    """Whether the width is the long edge, and the height the short one."""
    return bool(r.flag("Video.LongShortMode"))


def is_kept(r: OutputRequest) -> bool:
    """Whether a smaller source is left as it is."""
    return bool(r.keeps_less("Reso"))


def is_exact(r: OutputRequest) -> bool:
    """Whether width and height are those of the picture."""
    return not (is_turned(r) or is_kept(r))


def has_own_extension(r: OutputRequest) -> bool:
    """Whether the extension says more than the format."""
    return r.word("Container.Format") in BY_EXTENSION


def is_constant(r: OutputRequest) -> bool:
    """Whether the bit rate of the video is to be constant."""
    return r.word("TransConfig.TransMode") == "cbr"


def is_target(r: OutputRequest) -> bool:
    """Whether the bit rate is an upper bound, or no bound at all."""
    return not (is_constant(r) and _has_larger_maxrate(r))


def is_limit(r: OutputRequest) -> bool:
    """Whether Maxrate differs from Bitrate, or the rate is in doubt."""
    is_other = r.whole("Video.Maxrate") != r.whole("Video.Bitrate")
    return is_other or bool(first_of(OF_RATE, r))


def is_removed(stream: str) -> Condition:
    """Return whether a stream is removed, or may be."""
    return lambda r: r.flag(f"{stream}.Remove") is not False


def _has_larger_maxrate(r: OutputRequest) -> bool:
    return r.whole("Video.Maxrate") > r.whole("Video.Bitrate")


def _has_other_name(r: OutputRequest) -> bool:
    path = r.get("Output.OutputFileName")
    if path is None:
        path = object_of(r.get("Output.OutputFile")).get("Media")
    # The last part may be a placeholder or a media ID: then the name is not known.
    name = text_of(path.rpartition("/")[2]) if isinstance(path, str) else ""
    return bool(name) and not name.endswith(f".{r.word('Container.Format')}")


def _sizes(r: OutputRequest) -> set[tuple[int, int]]:
    sides = [(r.whole("Video.Width"), r.whole("Video.Height"))] if r.sides else []
    return {*r.frames, *sides} if r.frames else set()


def _keeps_a_side(r: OutputRequest) -> bool:
    return is_kept(r) and bool(is_turned(r) or r.frames or len(r.sides) > 1)


def _is_long_edge_shorter(r: OutputRequest) -> bool:
    return is_turned(r) and all(r.sides) and r.sides[:1] < r.sides[1:]


def _is_animation(r: OutputRequest) -> bool:
    return r.word("Video.Codec") in ANIMATIONS


def _is_lossless(r: OutputRequest) -> bool:
    words = (r.word("Audio.Codec"), r.word("Container.Format"))
    return any(word in LOSSLESS or word.startswith("pcm") for word in words)


def _unclear(name: str) -> Doubts:
    return {f"{name} cannot be read": lambda r: r.is_unclear(name)}


def _none_of(key: str, words: frozenset[str]) -> Doubts:
    name = key.partition(".")[2]
    return {f"{name} cannot be read": lambda r: key in r and r.word(key) not in words}


def _no_rate(name: str) -> Doubts:
    key = f"Video.{name}"
    return {f"{name} has no valid rate": lambda r: key in r and r.whole(key) <= 0}


def odd(key: str) -> Doubts:
    """Return the doubt about a length that is odd."""
    return {"the service accepts only even lengths": lambda r: r.whole(key) % 2 == 1}


def zero(key: str) -> Doubts:
    """Return the doubt about a number that is zero."""
    return {"0 means that the source decides": lambda r: r.whole(key) == 0}


def of_stream(name: str) -> Doubts:
    """Return the doubts about everything in a stream except its removal."""
    removed, codec = f"{name}.Remove", f"{name}.Codec"
    return {
        "the stream is removed": lambda r: bool(r.flag(removed)),
        "whether the stream is removed cannot be read": lambda r: (
            r.flag(removed) is None
        ),
        "the stream is copied as it is": lambda r: r.word(codec) == "copy",
    }


OF_FORMAT = {
    **_unclear("GroupConfig"),
    "the type of the group decides the format": lambda r: (
        r.word("GroupConfig.Type") in MANIFESTS
    ),
    "there is no rule for WebP": lambda r: r.word("Container.Format") == "webp",
}
OTHER_NAME = {"the requested file name decides the extension": _has_other_name}
OF_PROFILE: Doubts = {
    "Profile has an effect only for H.264": lambda r: r.word("Video.Codec") != "h264",
    "the requested pixel format has its own profiles": lambda r: (
        "Video.PixFmt" in r and text_of(r["Video.PixFmt"]) not in PLAIN_PIXELS
    ),
}
OF_SIZE: Doubts = {
    **_unclear("TransConfig"),
    "LongShortMode cannot be read": lambda r: r.flag("Video.LongShortMode") is None,
    "IsCheckReso cannot be read": lambda r: r.keeps_less("Reso") is None,
    "Rotate may swap width and height": lambda r: "Video.Rotate" in r,
    "the size is not in pixels": lambda r: (0, 0) in _sizes(r),
    "the request has different sizes": lambda r: len(_sizes(r)) > 1,
    "LongShortMode may turn the frame": lambda r: bool(r.frames) and is_turned(r),
    "IsCheckReso keeps the size of a source with one smaller side": _keeps_a_side,
    "LongShortMode is set, but Width is less than Height": _is_long_edge_shorter,
    **_none_of("TransConfig.AdjDarMethod", RESIZING),
}
OF_FPS: Doubts = {
    "the service supports at most 60 fps": lambda r: r.number("Video.Fps") > MAX_FPS,
    "the format stores frame times in coarse steps": _is_animation,
    "with interlaced video, fields may count as frames": lambda r: (
        r.word("Video.ScanMode") == "interlaced"
    ),
    "MaxFps may lower the frame rate": lambda r: (
        "Video.MaxFps" in r and r.number("Video.MaxFps") < r.number("Video.Fps")
    ),
}
OF_RATE: Doubts = {
    **_unclear("TransConfig"),
    "other settings decide the bit rate": lambda r: (
        r.has("Video.Crf", "Video.Qscale", "Video.BitrateBnd")
        or r.word("TransConfig.TransMode") == "fixcrf"
    ),
    **_none_of("TransConfig.TransMode", MODES),
    **_no_rate("Bitrate"),
    **_no_rate("Maxrate"),
    "the codec has no target bit rate": _is_animation,
}
LARGER_MAXRATE = {"the larger Maxrate is the limit": _has_larger_maxrate}
LARGER_BITRATE: Doubts = {
    "the larger Bitrate is the limit": lambda r: not _has_larger_maxrate(r)
}
OF_LOWER_BOUND: Doubts = {
    "no lower bound: the larger Maxrate allows lower rates": _has_larger_maxrate,
    "no lower bound: IsCheckVideoBitrate cannot be read": lambda r: (
        r.keeps_less("VideoBitrate") is None
    ),
    "no lower bound: IsCheckVideoBitrate may keep a lower bit rate": lambda r: bool(
        r.keeps_less("VideoBitrate")
    ),
}
HALVED: Doubts = {
    "a probe may see only the core of HE-AAC": lambda r: (
        r.word("Audio.Profile") in HALVED_PROFILES
    )
}
OF_SAMPLE_RATE: Doubts = {
    **HALVED,
    "Opus always has 48000 Hz": lambda r: r.word("Audio.Codec") == "opus",
}
OF_AUDIO_RATE = {
    "a lossless codec has no target bit rate": _is_lossless,
    **_unclear("Container"),
}
OF_CLIP: Doubts = {
    "End is set, so Duration has no effect": lambda r: "TimeSpan.End" in r,
    "ConfigToClipFirstPart clips only the first part": lambda r: (
        r.flag("Clip.ConfigToClipFirstPart") is not False
    ),
}
OF_GROUP: Doubts = {
    "files in a File group may have any format": lambda r: (
        r.word("GroupConfig.Type") == "file"
    )
}
