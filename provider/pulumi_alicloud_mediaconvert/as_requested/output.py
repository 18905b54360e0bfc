"""What the request demands of one delivery: its format, its streams, its length.

Pure. What has no rule is named as skipped, with the reason.

Source: the vendor's structs MediaConvertAudio, MediaConvertOutputGroupConfig and
MediaConvertJobFeature (https://help.aliyun.com/zh/ims/developer-reference/).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from pulumi_alicloud_mediaconvert.api.coercion import as_whole
from pulumi_alicloud_mediaconvert.as_requested.config_node import (
    BITRATE_SLACK,
    ConfigNode,
    Finding,
    Scope,
    codec_constraint,
    flag_of,
    is_copied,
    key_of,
    not_objects,
    percent_of,
    shortest,
    unread,
)
from pulumi_alicloud_mediaconvert.as_requested.video import video_constraints

AUDIO_CODECS = {name: name for name in ("aac", "ac3", "eac3", "mp2", "mp3", "flac")}
AUDIO_CODECS |= {name: name for name in ("opus", "vorbis", "wmav1", "wmav2")}
AUDIO_CODECS["pcms16le"] = "pcm_s16le"
FORMATS = {name: name for name in ("mp4", "m4a", "flv", "mxf", "mp3", "ogg", "flac")}
FORMATS |= {"m3u8": "hls", "hlsfmp4": "hls", "mpd": "dash", "ts": "mpegts"}
FORMATS["gif"] = "gif"
# ffprobe has one list of names for these and for mov: the extension tells.
BY_EXTENSION = frozenset({"mp4", "m4a"})
# A rendition of a DASH group has no manifest of its own, one of an HLS group has.
GROUP_FORMATS = frozenset({"hls", "dash"})
SEGMENT, IS_SEGMENT = "mp4", "an mp4 in a Dash group is a segment"
LOSSLESS = re.compile("flac|alac|wav|pcm.*")
# A probe may see just the core of these: half the rate, one channel of two.
HALVED_PROFILES = frozenset({"aache", "aachev2"})
MAX_CLIP = Decimal("86399.999")
# A clip may miss its end by so many seconds.
CLIP_SLACK = Decimal("0.5")
CLOCK = re.compile(
    r"(?:(?P<hours>[0-9]{1,2}):(?P<minutes>[0-5]?[0-9]):)?"
    r"(?P<seconds>[0-9]{1,5}(?:\.[0-9]{1,9})?)"
)
# What a request has that demands nothing of the media, and what is read below.
OF_REQUEST = frozenset(
    {"Name", "OutputFile", "OutputFileName", "TemplateId", "Priority"}
    | {"OverrideParams", "Features"}
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


def findings_of(request: ConfigNode, group: ConfigNode) -> Iterator[Finding]:
    """Derive what a request states, and name what of it is not tested.

    Args:
        request: of the output.
        group: the request of its group; empty where it has none.
    """
    yield from not_objects(group, ("GroupConfig",))
    yield from unread(group, {"Name", "Outputs", "GroupConfig"})
    yield from _group(group.below("GroupConfig"))
    yield from not_objects(request, ("OverrideParams", "Features"))
    yield from unread(request, OF_REQUEST)
    params = request.below("OverrideParams")
    yield from not_objects(params, READ)
    yield from _container(params.below("Container"), request, group)
    video, audio = params.below("Video"), params.below("Audio")
    yield from _stream(video, "video", video_constraints(video, params))
    yield from _stream(audio, "audio", _audio(audio, params))
    for key, known in READ.items():
        yield from unread(params.below(key), known)
    yield from unread(params, READ.keys())
    yield from _features(request.below("Features"))


def _group(group: ConfigNode) -> Iterator[Finding]:
    kind = key_of(group["Type"])
    if kind in GROUP_FORMATS:
        constraint = group.constraint("Type", "output", "format", kind)
        is_dash = kind == "dash"
        yield (
            replace(constraint, untested=SEGMENT, why=IS_SEGMENT)
            if is_dash
            else constraint
        )
    elif kind == "file":
        yield group.skip("Type", "such files may have any format")
    elif group.stated("Type"):
        yield group.skip("Type")
    yield from unread(group, {"Type", "OutputFileBase", "ManifestName"})


def _container(
    container: ConfigNode, request: ConfigNode, group: ConfigNode
) -> Iterator[Finding]:
    if not container.stated("Format"):
        return
    stated = key_of(container["Format"])
    if unclear := group.unclear("GroupConfig"):
        yield container.skip("Format", unclear)
    elif key_of(group.below("GroupConfig")["Type"]) in GROUP_FORMATS:
        yield container.skip("Format", "the type of the group decides")
    elif stated not in FORMATS:
        why = "no rule for what is reported of it" if stated == "webp" else None
        yield container.skip("Format", why)
    else:
        yield container.constraint("Format", "output", "format", FORMATS[stated])
        if stated in BY_EXTENSION:
            yield _extension(container, request, stated)


def _extension(container: ConfigNode, request: ConfigNode, wanted: str) -> Finding:
    location = request["OutputFileName"]
    if location is None:
        location = request.below("OutputFile")["Media"]
    # The last part may be a placeholder or a media ID: then the name is not known.
    name = location.rpartition("/")[2] if isinstance(location, str) else ""
    if name.strip() and not name.strip().casefold().endswith(f".{wanted}"):
        why = "the file name asked for decides the extension"
        return container.skip("Format", why)
    return container.constraint("Format", "output", "extension", wanted)


def _stream(
    node: ConfigNode, scope: Scope, findings: Iterator[Finding]
) -> Iterator[Finding]:
    """Heed `Remove`, of which the vendor says that it voids all else."""
    removed = flag_of(node["Remove"])
    if removed is False and not is_copied(node):
        yield from findings
        return
    if removed is False:
        why = "the stream is copied as it is"
    elif removed:
        yield node.constraint("Remove", "output", f"{scope}_count", 0)
        why = "the stream is removed"
    else:
        yield node.skip("Remove")
        why = "whether the stream is removed cannot be read"
    others = [key for key in READ[scope.capitalize()] if key != "Remove"]
    yield from (node.skip(key, why) for key in node.stated(*others))


def _audio(audio: ConfigNode, params: ConfigNode) -> Iterator[Finding]:
    codec = AUDIO_CODECS.get(key_of(audio["Codec"]))
    if codec is not None:
        yield audio.constraint("Codec", "output", "audio_count", {"min": 1})
    yield from codec_constraint(audio, "audio", codec)
    halves = key_of(audio["Profile"]) in HALVED_PROFILES
    halved = "a probe may see the core of HE-AAC alone" if halves else None
    resampled = "OPUS is 48000 Hz whatever is stated" if codec == "opus" else None
    stated = (key_of(audio["Codec"]), key_of(params.below("Container")["Format"]))
    is_lossless = any(map(LOSSLESS.fullmatch, stated))
    lossless = "a lossless codec has no target" if is_lossless else None
    for key, field, doubt in (
        ("Channels", "channels", halved),
        ("Samplerate", "sample_rate_hz", halved or resampled),
        ("Bitrate", "bitrate_kbps", lossless or params.unclear("Container")),
    ):
        value = as_whole(audio[key])
        if not audio.stated(key):
            continue
        if value is None or value < 0:
            yield audio.skip(key)
        elif value == 0 or doubt:
            yield audio.skip(key, doubt or "0 leaves it to the source")
        elif key == "Bitrate":
            matcher = {"max": percent_of(value, 100 + BITRATE_SLACK)}
            yield audio.constraint(key, "audio", field, matcher)
        else:
            yield audio.constraint(key, "audio", field, value)


def _features(features: ConfigNode) -> Iterator[Finding]:
    yield from not_objects(features, ("Clip",))
    clip = features.below("Clip")
    yield from not_objects(clip, ("TimeSpan",))
    span = clip.below("TimeSpan")
    if span.stated("Duration"):
        yield _duration(clip, span)
    yield from unread(span, {"Duration"})
    yield from unread(clip, {"TimeSpan", "ConfigToClipFirstPart"})
    yield from unread(features, {"Clip"})


def _duration(clip: ConfigNode, span: ConfigNode) -> Finding:
    seconds = _seconds(span["Duration"])
    if span.stated("End"):
        return span.skip("Duration", "End is stated, which voids it")
    if flag_of(clip["ConfigToClipFirstPart"]) is not False:
        return span.skip("Duration", "ConfigToClipFirstPart clips one part alone")
    if seconds is None:
        return span.skip("Duration")
    matcher = {"max": shortest(float(seconds + CLIP_SLACK))}
    return span.constraint("Duration", "output", "duration_seconds", matcher)


def _seconds(stated: object) -> Decimal | None:
    """Read `hh:mm:ss.SSS`, or seconds, of a clip that is no longer than a day."""
    if isinstance(stated, bool) or not isinstance(stated, int | float | str):
        return None
    found = CLOCK.fullmatch(str(stated).strip())
    if found is None:
        return None
    minutes = int(found["hours"] or 0) * 60 + int(found["minutes"] or 0)
    seconds = minutes * 60 + Decimal(found["seconds"])
    return seconds if 0 < seconds <= MAX_CLIP else None
