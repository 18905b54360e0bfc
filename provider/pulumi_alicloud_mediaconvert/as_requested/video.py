"""What the request demands of a video stream.

Pure. Where the vendor's words leave two readings, nothing is demanded.

Source: the vendor's structs MediaConvertVideo and MediaConvertTransConfig
(https://help.aliyun.com/zh/ims/developer-reference/), and its page of template
parameters (https://help.aliyun.com/zh/ims/user-guide/transcoding-template-parameters).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pulumi_alicloud_mediaconvert.api.coercion import as_number, as_whole
from pulumi_alicloud_mediaconvert.as_requested.config_node import (
    BITRATE_SLACK,
    ConfigNode,
    Finding,
    codec_constraint,
    flag_of,
    keeps_less,
    key_of,
    percent_of,
    shortest,
    word_of,
)

# By what the vendor writes, without case and punctuation; names are ffprobe's.
VIDEO_CODECS = dict.fromkeys(("h264", "avcintra"), "h264")
VIDEO_CODECS |= dict.fromkeys(("h265", "hevc"), "hevc")
VIDEO_CODECS |= {name: name for name in ("av1", "gif", "webp")}
PROFILES = frozenset({"baseline", "main", "high"})
# ffprobe's name of the same pixels in full range; both have the plain profiles.
FULL_RANGE = {"yuv420p": "yuvj420p", "yuv422p": "yuvj422p", "yuv444p": "yuvj444p"}
PLAIN_PIXELS = frozenset({"yuv420p", "yuvj420p"})
# Their frames are timed in hundredths and thousandths of a second.
ANIMATIONS = frozenset({"gif", "webp"})
# Modes in which a rate that is stated is one to be kept to.
MODES = frozenset({"onepass", "twopass", "cbr", "abr", "vbr"})
RESIZING = frozenset({"rescale", "crop", "pad", "none"})
# The fields of Width and Height: as a viewer sees them, or turned as the source is.
DISPLAYED = ("display_width", "display_height")
EDGES = ("long_edge", "short_edge")
MAX_FPS = 60
FRAME = re.compile(r"([0-9]{1,5}):([0-9]{1,5}):[0-9]{1,5}:[0-9]{1,5}")
PIXELS = re.compile(r"[a-z][a-z0-9]{2,30}")


def video_constraints(video: ConfigNode, params: ConfigNode) -> Iterator[Finding]:
    """Derive what a request states of its video stream, on the conditions it states."""
    trans, unclear = params.below("TransConfig"), params.unclear("TransConfig")
    codec = VIDEO_CODECS.get(key_of(video["Codec"]))
    there = ["Codec"] if codec else []
    there += [key for key in ("Width", "Height") if (as_whole(video[key]) or 0) > 0]
    there += [key for key in ("Crop", "Pad") if all(_frame(video[key]))]
    if there:
        yield video.constraint(there[0], "output", "video_count", {"min": 1})
    yield from codec_constraint(video, "video", codec)
    yield from _sizes(video, trans, unclear)
    yield from _profile(video, codec)
    yield from _frame_rates(video, codec)
    yield from _video_bitrate(video, trans, codec, unclear)
    if video.stated("PixFmt"):
        yield _pixels(video)


def _profile(video: ConfigNode, codec: str | None) -> Iterator[Finding]:
    if not video.stated("Profile"):
        return
    profile = key_of(video["Profile"])
    pixels = video["PixFmt"]
    if codec != "h264" or key_of(video["Codec"]) == "avcintra":
        yield video.skip("Profile", "it has effect with the codec H.264 alone")
    elif pixels is not None and word_of(pixels) not in PLAIN_PIXELS:
        yield video.skip("Profile", "another pixel format has profiles of its own")
    elif profile not in PROFILES:
        yield video.skip("Profile")
    else:
        yield video.constraint("Profile", "video", "profile", profile)


def _sizes(video: ConfigNode, trans: ConfigNode, unclear: str | None) -> list[Finding]:
    sides = video.stated("Width", "Height")
    frames = video.stated("Crop", "Pad")
    doubt = unclear or _doubt_about_sizes(video, trans, sides, frames)
    if doubt is not None:
        return [video.skip(key, doubt) for key in (*sides, *frames)]
    fields = EDGES if flag_of(video["LongShortMode"]) else DISPLAYED
    named = dict(zip(("Width", "Height"), fields, strict=True))
    return [
        *(
            video.constraint(key, "video", field, length)
            for key in frames
            for field, length in zip(DISPLAYED, _frame(video[key]), strict=True)
        ),
        *(_side(video, trans, side, named[side]) for side in sides),
    ]


def _side(video: ConfigNode, trans: ConfigNode, side: str, field: str) -> Finding:
    length = as_whole(video[side])
    if length is None or length <= 0:
        return video.skip(side)
    if length % 2:
        return video.skip(side, "the vendor takes even lengths only")
    matcher = {"max": length} if keeps_less(trans, "Reso") else length
    return video.constraint(side, "video", field, matcher)


def _doubt_about_sizes(
    video: ConfigNode, trans: ConfigNode, sides: Sequence[str], frames: Sequence[str]
) -> str | None:
    """Say why the size that is delivered does not follow from what is stated."""
    turns = flag_of(video["LongShortMode"])
    keeps = keeps_less(trans, "Reso")
    width, height = as_whole(video["Width"]), as_whole(video["Height"])
    sizes = {_frame(video[key]) for key in frames}
    if sides:
        sizes.add((width or 0, height or 0))
    method = trans["AdjDarMethod"]
    doubts = (
        (turns is None, "LongShortMode cannot be read"),
        (keeps is None, "IsCheckReso cannot be read"),
        (video["Rotate"] is not None, "Rotate may swap width and height"),
        (bool(frames) and (0, 0) in sizes, "the frame is not stated in pixels"),
        (bool(frames) and len(sizes) > 1, "sizes are stated that differ"),
        (bool(frames and turns), "LongShortMode may turn the frame"),
        (
            bool(keeps and (turns or frames or len(sides) > 1)),
            "IsCheckReso keeps a source of which one side is smaller, as it is",
        ),
        (
            bool(turns and width and height and width < height),
            "LongShortMode, but the long edge stated is the shorter one",
        ),
        (
            method is not None and key_of(method) not in RESIZING,
            "AdjDarMethod cannot be read",
        ),
    )
    return next((why for is_so, why in doubts if is_so), None)


def _frame(stated: object) -> tuple[int, int]:
    """Read `width:height:left:top`; what is none, `border` included, is 0 by 0."""
    found = FRAME.fullmatch(word_of(stated))
    size = (int(found[1]), int(found[2])) if found else (0, 0)
    return size if all(size) else (0, 0)


def _frame_rates(video: ConfigNode, codec: str | None) -> Iterator[Finding]:
    fps, limit = as_number(video["Fps"]), as_number(video["MaxFps"])
    if video.stated("Fps"):
        doubts = (
            (fps is None or fps <= 0, None),
            (fps is not None and fps > MAX_FPS, "the vendor takes up to 60"),
            (codec in ANIMATIONS, "its frames are timed in coarse steps"),
            (key_of(video["ScanMode"]) == "interlaced", "fields may count as frames"),
            (
                video.stated("MaxFps") and (limit is None or limit < (fps or 0)),
                "MaxFps may lower it",
            ),
        )
        doubt = next((video.skip("Fps", why) for is_so, why in doubts if is_so), None)
        yield doubt or video.constraint("Fps", "video", "fps", shortest(fps or 0.0))
    if video.stated("MaxFps"):
        if limit is None or limit <= 0:
            yield video.skip("MaxFps")
        else:
            matcher = {"max": shortest(limit)}
            yield video.constraint("MaxFps", "video", "avg_fps", matcher)


def _video_bitrate(
    video: ConfigNode, trans: ConfigNode, codec: str | None, unclear: str | None
) -> Iterator[Finding]:
    stated = video.stated("Bitrate", "Maxrate")
    rates = {key: as_whole(video[key]) for key in stated}
    mode = key_of(trans["TransMode"])
    others = mode == "fixcrf" or video.stated("Crf", "Qscale", "BitrateBnd")
    if not (unclear or others) and trans["TransMode"] is not None and mode not in MODES:
        unclear = "TransMode cannot be read"
    if unclear or others:
        why = unclear or "other settings decide the bit rate"
        yield from (video.skip(key, why) for key in stated)
        return
    unread = [key for key in stated if (rates[key] or 0) <= 0]
    if unread or not stated or codec in ANIMATIONS:
        # The bound that is left may be the lower one.
        why = f"{unread[0]} states no rate" if unread else "its codec has no target"
        yield from (video.skip(key, why) for key in stated)
        return
    yield from _bounds(video, trans, {key: rates[key] or 0 for key in stated})


def _bounds(
    video: ConfigNode, trans: ConfigNode, rates: Mapping[str, int]
) -> list[Finding]:
    """Bound the rate by the larger one; from below too if it is to be constant."""
    largest = max(rates, key=rates.__getitem__)
    matcher = {"max": percent_of(rates[largest], 100 + BITRATE_SLACK)}
    smaller = [key for key in rates if rates[key] < rates[largest]]
    skipped = dict.fromkeys(smaller, f"the larger {largest} is the bound")
    if key_of(trans["TransMode"]) == "cbr" and "Bitrate" in rates:
        keeps = keeps_less(trans, "VideoBitrate")
        if "Bitrate" in smaller:
            skipped["Bitrate"] = "its lower bound: the larger Maxrate allows for less"
        elif keeps is not False:
            how = "cannot be read" if keeps is None else "may keep a source of less"
            skipped["Bitrate"] = f"its lower bound: IsCheckVideoBitrate {how}"
        else:
            matcher["min"] = percent_of(rates["Bitrate"], 100 - BITRATE_SLACK)
    return [
        video.constraint(largest, "video", "bitrate_kbps", matcher),
        *(video.skip(key, why) for key, why in skipped.items()),
    ]


def _pixels(video: ConfigNode) -> Finding:
    pixels = word_of(video["PixFmt"])
    if not PIXELS.fullmatch(pixels):
        return video.skip("PixFmt")
    # Full range meets what leaves the range open, and not the other way about.
    alike = [pixels, FULL_RANGE[pixels]] if pixels in FULL_RANGE else pixels
    return video.constraint("PixFmt", "video", "pix_fmt", alike)
