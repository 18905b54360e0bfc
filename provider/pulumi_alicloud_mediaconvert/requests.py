"""What a job's own request demands of its deliveries.

Pure. A demand is derived only from what the request states in words of one reading;
all else is named as skipped, with the reason. The rows stand in the order of the
request: container, video, audio, clip.

Source: the vendor's structs MediaConvertVideo, MediaConvertAudio,
MediaConvertTransConfig, MediaConvertOutputGroupConfig and MediaConvertJobFeature
(https://help.aliyun.com/zh/ims/developer-reference/), and its page of template
parameters (https://help.aliyun.com/zh/ims/user-guide/transcoding-template-parameters).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any, Literal

from pulumi_alicloud_mediaconvert.models import Job, Output
from pulumi_alicloud_mediaconvert.quoting import plain, quoted, shown
from pulumi_alicloud_mediaconvert.readers import as_number, as_text, as_whole

Scope = Literal["output", "video", "audio"]
Params = Mapping[str, Any]

# By what the vendor writes, without case and punctuation; names are ffprobe's.
VIDEO_CODECS = dict.fromkeys(("h264", "avcintra"), "h264")
VIDEO_CODECS |= dict.fromkeys(("h265", "hevc"), "hevc")
VIDEO_CODECS |= {name: name for name in ("av1", "gif", "webp")}
AUDIO_CODECS = {name: name for name in ("aac", "ac3", "eac3", "mp2", "mp3", "flac")}
AUDIO_CODECS |= {name: name for name in ("opus", "vorbis", "wmav1", "wmav2")}
AUDIO_CODECS["pcms16le"] = "pcm_s16le"
FORMATS = {name: name for name in ("mp4", "m4a", "flv", "mxf", "mp3", "ogg", "flac")}
FORMATS |= {"m3u8": "hls", "hlsfmp4": "hls", "mpd": "dash", "ts": "mpegts"}
FORMATS["gif"] = "gif"
# ffprobe has one list of names for these and for mov: the extension tells.
BY_EXTENSION = frozenset({"mp4", "m4a"})
# A rendition of a DASH group has no manifest of its own, one of an HLS group has.
GROUP_FORMATS: Mapping[str, object] = {"hls": "hls", "dash": ["dash", "mp4"]}
PROFILES = frozenset({"baseline", "main", "high"})
# ffprobe's name of the same pixels in full range; both have the plain profiles.
FULL_RANGE = {"yuv420p": "yuvj420p", "yuv422p": "yuvj422p", "yuv444p": "yuvj444p"}
PLAIN_PIXELS = frozenset({"yuv420p", "yuvj420p"})
# Their frames are timed in hundredths and thousandths of a second.
ANIMATIONS = frozenset({"gif", "webp"})
LOSSLESS = frozenset({"flac", "pcm_s16le"})
# Of which a probe may see the core alone: half the rate, one channel of two.
HALVED_PROFILES = frozenset({"aache", "aachev2"})
RESIZING = frozenset({"rescale", "crop", "pad", "none"})
# The fields of Width and Height: as a viewer sees them, or turned as the source is.
DISPLAYED = ("display_width", "display_height")
EDGES = ("long_edge", "short_edge")
HIGHEST_FPS = 60
LONGEST_CLIP = Decimal("86399.999")
# By so much an encoder misses its target, in percent, and a clip its end, in seconds.
BITRATE_SLACK = 15
CLIP_SLACK = Decimal("0.5")
LONGEST_KEY = 60

CLOCK = re.compile(
    r"(?:(?P<hours>[0-9]{1,2}):(?P<minutes>[0-5]?[0-9]):)?"
    r"(?P<seconds>[0-9]{1,5}(?:\.[0-9]{1,9})?)"
)
FRAME = re.compile(r"([0-9]{1,5}):([0-9]{1,5}):[0-9]{1,5}:[0-9]{1,5}")
PIXELS = re.compile(r"[a-z][a-z0-9]{2,30}")

NOT_REPORTED = "the API does not report it"
NO_RULE = "no rule for it"
UNREPORTED = (
    *("Bufsize", "Gop", "ScanMode", "Crf", "Qscale", "Preset", "Volume"),
    "Profile",
    *("Segment", "Subtitles", "Watermarks", "Metadata"),
)
# What the rows read, conditions that they heed included.
READ: Mapping[str, Sequence[str]] = {
    "Container": ("Format",),
    "Video": (
        *("Remove", "Codec", "Profile", "Width", "Height", "LongShortMode", "Crop"),
        *("Pad", "Fps", "MaxFps", "Bitrate", "Maxrate", "PixFmt"),
    ),
    "Audio": ("Remove", "Codec", "Channels", "Samplerate", "Bitrate"),
    "TransConfig": (
        *("TransMode", "IsCheckReso", "IsCheckResoFail", "IsCheckVideoBitrate"),
        *("IsCheckVideoBitrateFail", "IsCheckAudioBitrate", "IsCheckAudioBitrateFail"),
    ),
    "MuxConfig": (),
}


@dataclass(frozen=True, kw_only=True)
class Demand:
    """One thing that the request demands of its delivery.

    Attributes:
        scope: the file as a whole, or a stream of it.
        field: of an output or stream expectation; px, Hz, kbit/s and seconds.
        matcher: plain data in the language of expectations.
        source: where the request says so, such as `OverrideParams.Video.Width`.
    """

    scope: Scope
    field: str
    matcher: object
    source: str


@dataclass(frozen=True, kw_only=True)
class Request:
    """What was requested of one delivery.

    Attributes:
        output: the delivery.
        demands: what can be tested.
        skipped: what cannot, one line each: `<source>: <why>`.
    """

    output: Output
    demands: tuple[Demand, ...]
    skipped: tuple[str, ...]


Finding = Demand | str


@dataclass(frozen=True)
class Section:
    """One object of a request, and where it stands in it."""

    path: str
    entries: Params

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401  # any JSON
        """Return what is stated below a key, `None` for nothing."""
        return self.entries.get(key)

    def below(self, key: str) -> Section:
        """Return the object below a key; what is none has no entries."""
        path = f"{self.path}.{key}" if self.path else key
        return Section(path, _object(self[key]))

    def stated(self, *keys: str) -> list[str]:
        """Name those of the keys below which something is stated."""
        return [key for key in keys if self[key] is not None]

    def source(self, key: str) -> str:
        """Return where in the request a key stands."""
        named = plain(key, longest=LONGEST_KEY)
        return f"{self.path}.{named}" if self.path else named

    def skip(self, key: str, why: str | None = None) -> str:
        """Say why what is stated below a key is not tested."""
        reason = why or f"cannot be read: {plain(shown(self[key]))}"
        return f"{self.source(key)}: {reason}"

    def demand(self, key: str, scope: Scope, field: str, matcher: object) -> Demand:
        """Demand what is stated below a key."""
        return Demand(
            scope=scope, field=field, matcher=matcher, source=self.source(key)
        )


def requests_of(job: Job) -> tuple[list[Request], list[str]]:
    """Derive the demands of a job's own request, delivery by delivery.

    Requests and deliveries are paired by name, else by position where the counts
    agree; those of groups within their groups, which are paired likewise.

    Returns:
        The requests that are paired with a delivery, and a line for each that is
        not. Never raises: what cannot be read is skipped.
    """
    config = job.config or {}
    single = [output for output in job.outputs if output.group is None]
    requests, left_over = _requests(single, config.get("Outputs"), {}, "Outputs")

    grouped = iter([output for output in job.outputs if output.group is not None])
    groups = _objects(config.get("OutputGroups"))
    partners = _partners([group.name for group in job.output_groups], groups)
    for group, at in zip(job.output_groups, partners, strict=True):
        # Two groups may have one name, but each lists as many as it has outputs.
        members = list(islice(grouped, len(group.output_names)))
        if at is None:
            continue
        path = _label("OutputGroups", at, groups[at])
        settings = _object(groups[at].get("GroupConfig"))
        inner, lines = _requests(members, groups[at].get("Outputs"), settings, path)
        requests += inner
        left_over += lines
    return requests, left_over + _left_over("OutputGroups", groups, partners)


def _requests(
    outputs: Sequence[Output], stated: object, settings: Params, path: str
) -> tuple[list[Request], list[str]]:
    wanted = _objects(stated)
    partners = _partners([output.name for output in outputs], wanted)
    requests = [
        _request(output, wanted[at], settings)
        for output, at in zip(outputs, partners, strict=True)
        if at is not None
    ]
    return requests, _left_over(path, wanted, partners)


def _left_over(
    path: str, requests: Sequence[Params], partners: Sequence[int | None]
) -> list[str]:
    paired = set(partners)
    return [
        f"{_label(path, at, request)}: paired with no delivery"
        for at, request in enumerate(requests)
        if at not in paired
    ]


def _partners(
    names: Sequence[str | None], requests: Sequence[Params]
) -> list[int | None]:
    """Find the request of each delivery: by name, else by position.

    The vendor's sample requests `output-video` and delivers `720P-mp4`, so position
    serves where the counts agree and the names do not.
    """
    requested = [_name(request) for request in requests]
    # A name that two requests share tells neither.
    counts = Counter(requested)
    by_name = {
        name: at
        for at, name in enumerate(requested)
        if name is not None and counts[name] == 1
    }
    found = [by_name.get(name) if name else None for name in names]
    if len(names) != len(requests):
        return found
    taken = set(found)
    return [
        position if at is None and position not in taken else at
        for position, at in enumerate(found)
    ]


def _request(output: Output, request: Params, settings: Params) -> Request:
    findings = list(_findings(Section("", request), Section("GroupConfig", settings)))
    return Request(
        output=output,
        demands=tuple(found for found in findings if isinstance(found, Demand)),
        skipped=tuple(found for found in findings if isinstance(found, str)),
    )


def _findings(request: Section, group: Section) -> Iterator[Finding]:
    yield from _group(group)
    yield from _not_objects(request, ("OverrideParams", "Features"))
    params = request.below("OverrideParams")
    yield from _not_objects(params, READ)
    yield from _container(params.below("Container"), request, group)
    video, audio = params.below("Video"), params.below("Audio")
    trans = params.below("TransConfig")
    yield from _stream(video, "video", _video(video, trans))
    yield from _stream(audio, "audio", _audio(audio, params.below("Container")))
    for key, known in READ.items():
        yield from _unread(params.below(key), known)
    yield from _unread(params, READ.keys())
    yield from _features(request.below("Features"))


def _not_objects(holder: Section, keys: Iterable[str]) -> Iterator[str]:
    for key in holder.stated(*keys):
        if not isinstance(holder[key], dict):
            yield holder.skip(key, "not an object, and no text that holds one")


def _unread(section: Section, known: Container[str]) -> Iterator[str]:
    for key in section.stated(*section.entries):
        if key not in known:
            yield section.skip(key, NOT_REPORTED if key in UNREPORTED else NO_RULE)


def _group(group: Section) -> Iterator[Finding]:
    matcher = GROUP_FORMATS.get(_key(group["Type"]))
    if matcher is not None:
        yield group.demand("Type", "output", "format", matcher)
    elif _key(group["Type"]) == "file":
        yield group.skip("Type", "such files may have any format")
    elif group.stated("Type"):
        yield group.skip("Type")


def _container(
    container: Section, request: Section, group: Section
) -> Iterator[Finding]:
    if not container.stated("Format"):
        return
    stated = _key(container["Format"])
    if _key(group["Type"]) in GROUP_FORMATS:
        yield container.skip("Format", "the type of the group decides")
    elif stated not in FORMATS:
        why = "no rule for what is reported of it" if stated == "webp" else None
        yield container.skip("Format", why)
    else:
        yield container.demand("Format", "output", "format", FORMATS[stated])
        if stated in BY_EXTENSION:
            yield _extension(container, request, stated)


def _extension(container: Section, request: Section, wanted: str) -> Finding:
    place = request["OutputFileName"]
    if place is None:
        place = request.below("OutputFile")["Media"]
    # The last part may be a placeholder or a media ID: then the name is not known.
    name = place.rpartition("/")[2] if isinstance(place, str) else ""
    if name.strip() and not name.strip().casefold().endswith(f".{wanted}"):
        why = "the file name asked for decides the extension"
        return container.skip("Format", why)
    return container.demand("Format", "output", "extension", wanted)


def _stream(
    section: Section, scope: Scope, findings: Iterator[Finding]
) -> Iterator[Finding]:
    """Heed `Remove`, of which the vendor says that it voids all else."""
    removed = _flag(section["Remove"])
    if removed is False:
        yield from findings
        return
    if removed:
        yield section.demand("Remove", "output", f"{scope}_count", 0)
        why = "the stream is removed"
    else:
        yield section.skip("Remove")
        why = "whether the stream is removed cannot be read"
    others = [key for key in READ[scope.capitalize()] if key != "Remove"]
    yield from (section.skip(key, why) for key in section.stated(*others))


def _video(video: Section, trans: Section) -> Iterator[Finding]:
    codec = VIDEO_CODECS.get(_key(video["Codec"]))
    there = ["Codec"] if codec else []
    there += [key for key in ("Width", "Height") if (as_whole(video[key]) or 0) > 0]
    there += [key for key in ("Crop", "Pad") if all(_frame(video[key]))]
    if there:
        yield video.demand(there[0], "output", "video_count", {"min": 1})
    yield from _codec(video, "video", codec)
    yield from _sizes(video, trans)
    yield from _profile(video, codec)
    yield from _frame_rates(video, codec)
    yield from _video_bitrate(video, trans, codec)
    if video.stated("PixFmt"):
        yield _pixels(video)


def _codec(section: Section, scope: Scope, codec: str | None) -> Iterator[Finding]:
    if codec is not None:
        yield section.demand("Codec", scope, "codec", codec)
    elif section.stated("Codec"):
        yield section.skip("Codec")


def _profile(video: Section, codec: str | None) -> Iterator[Finding]:
    if not video.stated("Profile"):
        return
    profile = _key(video["Profile"])
    pixels = video["PixFmt"]
    if codec != "h264" or _key(video["Codec"]) == "avcintra":
        yield video.skip("Profile", "it has effect with the codec H.264 alone")
    elif pixels is not None and _word(pixels) not in PLAIN_PIXELS:
        yield video.skip("Profile", "another pixel format has profiles of its own")
    elif profile not in PROFILES:
        yield video.skip("Profile")
    else:
        yield video.demand("Profile", "video", "profile", profile)


def _sizes(video: Section, trans: Section) -> list[Finding]:
    sides = video.stated("Width", "Height")
    frames = video.stated("Crop", "Pad")
    doubt = _doubt_about_sizes(video, trans, sides, frames)
    if doubt is not None:
        return [video.skip(key, doubt) for key in (*sides, *frames)]
    if frames:
        return [
            video.demand(frames[0], "video", field, length)
            for field, length in zip(DISPLAYED, _frame(video[frames[0]]), strict=True)
        ]
    fields = EDGES if _flag(video["LongShortMode"]) else DISPLAYED
    named = dict(zip(("Width", "Height"), fields, strict=True))
    return [_side(video, trans, side, named[side]) for side in sides]


def _side(video: Section, trans: Section, side: str, field: str) -> Finding:
    length = as_whole(video[side])
    if length is None or length <= 0:
        return video.skip(side)
    if length % 2:
        return video.skip(side, "the vendor takes even lengths only")
    matcher = {"max": length} if _keeps_less(trans, "Reso") else length
    return video.demand(side, "video", field, matcher)


def _doubt_about_sizes(
    video: Section, trans: Section, sides: Sequence[str], frames: Sequence[str]
) -> str | None:
    """Say why the size that is delivered does not follow from what is stated."""
    turns = _flag(video["LongShortMode"])
    keeps_less = _keeps_less(trans, "Reso")
    width, height = as_whole(video["Width"]), as_whole(video["Height"])
    sizes = {_frame(video[key]) for key in frames}
    if sides:
        sizes.add((width or 0, height or 0))
    method = trans["AdjDarMethod"]
    doubts = (
        (turns is None, "LongShortMode cannot be read"),
        (keeps_less is None, "IsCheckReso cannot be read"),
        (_turns_frames(video["Rotate"]), "Rotate may swap width and height"),
        (bool(frames) and (0, 0) in sizes, "the frame is not stated in pixels"),
        (bool(frames) and len(sizes) > 1, "sizes are stated that differ"),
        (bool(frames and turns), "LongShortMode may turn the frame"),
        (
            bool(keeps_less and (turns or frames or len(sides) > 1)),
            "IsCheckReso keeps a source of which one side is smaller, as it is",
        ),
        (
            bool(turns and width and height and width < height),
            "LongShortMode, but the long edge stated is the shorter one",
        ),
        (
            method is not None and _key(method) not in RESIZING,
            "AdjDarMethod cannot be read",
        ),
    )
    return next((why for is_so, why in doubts if is_so), None)


def _turns_frames(rotate: object) -> bool:
    angle = as_whole(rotate)
    upright = rotate is None or _word(rotate) == "auto"
    return not upright and (angle is None or angle % 180 != 0)


def _frame(stated: object) -> tuple[int, int]:
    """Read `width:height:left:top`; what is none, `border` included, is 0 by 0."""
    found = FRAME.fullmatch(_word(stated))
    size = (int(found[1]), int(found[2])) if found else (0, 0)
    return size if all(size) else (0, 0)


def _frame_rates(video: Section, codec: str | None) -> Iterator[Finding]:
    fps, limit = as_number(video["Fps"]), as_number(video["MaxFps"])
    if video.stated("Fps"):
        doubts = (
            (fps is None or fps <= 0, None),
            (fps is not None and fps > HIGHEST_FPS, "the vendor takes up to 60"),
            (codec in ANIMATIONS, "its frames are timed in coarse steps"),
            (_key(video["ScanMode"]) == "interlaced", "fields may count as frames"),
            (
                video.stated("MaxFps") and (limit is None or limit < (fps or 0)),
                "MaxFps may lower it",
            ),
        )
        doubt = next((video.skip("Fps", why) for is_so, why in doubts if is_so), None)
        yield doubt or video.demand("Fps", "video", "fps", _shortest(fps or 0.0))
    if video.stated("MaxFps"):
        if limit is None or limit <= 0:
            yield video.skip("MaxFps")
        else:
            matcher = {"max": _shortest(limit)}
            yield video.demand("MaxFps", "video", "avg_fps", matcher)


def _video_bitrate(
    video: Section, trans: Section, codec: str | None
) -> Iterator[Finding]:
    stated = video.stated("Bitrate", "Maxrate")
    rates = {key: as_whole(video[key]) for key in stated}
    mode = _key(trans["TransMode"])
    if mode == "fixcrf" or video.stated("Crf", "Qscale", "BitrateBnd"):
        why = "other settings decide the bit rate"
        yield from (video.skip(key, why) for key in stated)
        return
    unread = [key for key in stated if (rates[key] or 0) <= 0]
    if unread or not stated or codec in ANIMATIONS:
        # The bound that is left may be the lower one.
        why = f"{unread[0]} states no rate" if unread else "its codec has no target"
        yield from (video.skip(key, why) for key in stated)
        return
    wanted = rates.get("Bitrate")
    largest = max(rate for rate in rates.values() if rate is not None)
    matcher = {"max": _percent(largest, 100 + BITRATE_SLACK)}
    is_constant = mode == "cbr" and _keeps_less(trans, "VideoBitrate") is False
    if wanted is not None and is_constant and wanted == largest:
        matcher["min"] = _percent(wanted, 100 - BITRATE_SLACK)
    yield video.demand(stated[0], "video", "bitrate_kbps", matcher)


def _pixels(video: Section) -> Finding:
    pixels = _word(video["PixFmt"])
    if not PIXELS.fullmatch(pixels):
        return video.skip("PixFmt")
    alike = next((list(pair) for pair in FULL_RANGE.items() if pixels in pair), pixels)
    return video.demand("PixFmt", "video", "pix_fmt", alike)


def _audio(audio: Section, container: Section) -> Iterator[Finding]:
    codec = AUDIO_CODECS.get(_key(audio["Codec"]))
    if codec is not None:
        yield audio.demand("Codec", "output", "audio_count", {"min": 1})
    yield from _codec(audio, "audio", codec)
    halves = _key(audio["Profile"]) in HALVED_PROFILES
    halved = "a probe may see the core of HE-AAC alone" if halves else None
    resampled = "OPUS is 48000 Hz whatever is stated" if codec == "opus" else None
    is_lossless = codec in LOSSLESS or _key(container["Format"]) in LOSSLESS
    lossless = "a lossless codec has no target" if is_lossless else None
    for key, field, doubt in (
        ("Channels", "channels", halved),
        ("Samplerate", "sample_rate_hz", halved or resampled),
        ("Bitrate", "bitrate_kbps", lossless),
    ):
        value = as_whole(audio[key])
        if not audio.stated(key):
            continue
        if value is None or value < 0:
            yield audio.skip(key)
        elif value == 0 or doubt:
            yield audio.skip(key, doubt or "0 leaves it to the source")
        elif key == "Bitrate":
            matcher = {"max": _percent(value, 100 + BITRATE_SLACK)}
            yield audio.demand(key, "audio", field, matcher)
        else:
            yield audio.demand(key, "audio", field, value)


def _features(features: Section) -> Iterator[Finding]:
    yield from _not_objects(features, ("Clip",))
    clip = features.below("Clip")
    yield from _not_objects(clip, ("TimeSpan",))
    span = clip.below("TimeSpan")
    if span.stated("Duration"):
        yield _duration(clip, span)
    yield from _unread(span, {"Duration"})
    yield from _unread(clip, {"TimeSpan", "ConfigToClipFirstPart"})
    yield from _unread(features, {"Clip"})


def _duration(clip: Section, span: Section) -> Finding:
    seconds = _seconds(span["Duration"])
    if span.stated("End"):
        return span.skip("Duration", "End is stated, which voids it")
    if _flag(clip["ConfigToClipFirstPart"]) is not False:
        return span.skip("Duration", "ConfigToClipFirstPart clips one part alone")
    if seconds is None:
        return span.skip("Duration")
    matcher = {"max": _shortest(float(seconds + CLIP_SLACK))}
    return span.demand("Duration", "output", "duration_seconds", matcher)


def _seconds(stated: object) -> Decimal | None:
    """Read `hh:mm:ss.SSS`, or seconds, of a clip that is no longer than a day."""
    if isinstance(stated, bool) or not isinstance(stated, int | float | str):
        return None
    found = CLOCK.fullmatch(str(stated).strip())
    if found is None:
        return None
    minutes = int(found["hours"] or 0) * 60 + int(found["minutes"] or 0)
    seconds = minutes * 60 + Decimal(found["seconds"])
    return seconds if 0 < seconds <= LONGEST_CLIP else None


def _keeps_less(trans: Section, what: str) -> bool | None:
    """Say whether a source that has less than what is stated is left as it is.

    The vendor says that the check which fails such a job goes first.
    """
    fails = _flag(trans[f"IsCheck{what}Fail"])
    return False if fails else _flag(trans[f"IsCheck{what}"])


def _flag(stated: object) -> bool | None:
    """Read a boolean, false if nothing is stated, `None` if it cannot be read."""
    if stated is None or isinstance(stated, bool):
        return bool(stated)
    return {"true": True, "false": False}.get(_word(stated))


def _percent(rate: int, percent: int) -> float:
    return _shortest(rate * percent / 100)


def _shortest(number: float) -> float:
    return int(number) if number.is_integer() else number


def _key(stated: object) -> str:
    """Return a word without case and punctuation: `H.264` is `h264`."""
    return re.sub(r"[^a-z0-9]", "", _word(stated))


def _word(stated: object) -> str:
    return stated.strip().casefold() if isinstance(stated, str) else ""


def _object(stated: object) -> Params:
    return stated if isinstance(stated, dict) else {}


def _objects(stated: object) -> list[Params]:
    return [_object(entry) for entry in stated] if isinstance(stated, list) else []


def _name(request: Params) -> str | None:
    name = request.get("Name")
    return as_text(name) if isinstance(name, str | int | float) else None


def _label(path: str, position: int, request: Params) -> str:
    name = _name(request)
    return f"{path}[{position}]" + (
        f" {quoted(name, longest=LONGEST_KEY)}" if name else ""
    )
