"""What to write instead of a codec string of RFC 6381, such as `avc1.640028`. Pure.

Source: RFC 6381; ISO/IEC 14496-15 annex E (H.264, HEVC, VVC); the bindings of AV1
and VP9 to ISO files; https://mp4ra.org/registered-types/object-types for `mp4a` and
`mp4v`. Names of profiles are those of ffprobe.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from pulumi_alicloud_mediaconvert.expect.aliases import (
    LEVEL_1B,
    codec_name,
    human_level,
)
from pulumi_alicloud_mediaconvert.spelling import Key, Sentence, joined_sentence

Facts = Mapping[str, str | None]

# Sample entries that go with parameters, by the codec that ffprobe names.
ENTRIES = {
    **dict.fromkeys(("avc1", "avc2", "avc3", "avc4", "dva1", "dvav"), "h264"),
    **dict.fromkeys(("hvc1", "hev1", "dvh1", "dvhe"), "hevc"),
    **dict.fromkeys(("vvc1", "vvi1"), "vvc"),
    **dict.fromkeys(("av01", "dav1"), "av1"),
    "vp08": "vp8",
    "vp09": "vp9",
    "ac-4": "ac4",
    "mp4a": "aac",
    "mp4v": "mpeg4",
}
DOLBY_VISION = frozenset({"dva1", "dvav", "dvh1", "dvhe", "dav1"})
H264_PROFILES = {
    66: "Baseline",
    77: "Main",
    88: "Extended",
    100: "High",
    110: "High 10",
    122: "High 4:2:2",
    244: "High 4:4:4 Predictive",
}
# Flags: the first makes Baseline the constrained one, the second makes level 11 1b.
CONSTRAINED, IS_1B = 0x40, 0x10
HEVC_PROFILES = {1: "Main", 2: "Main 10", 3: "Main Still Picture", 4: "Rext"}
AV1_PROFILES = {0: "Main", 1: "High", 2: "Professional"}
VVC_PROFILES = {1: "Main 10"}
# Object types of MPEG-4: of `mp4a` and `mp4v`, and those of `mp4a.40`.
OBJECT_TYPES = {
    **dict.fromkeys(("40", "66", "67", "68"), "aac"),
    **dict.fromkeys(("69", "6b"), "mp3"),
    **dict.fromkeys(("60", "61", "62", "63", "64", "65"), "mpeg2video"),
    "20": "mpeg4",
    "21": "h264",
    "23": "hevc",
    "6a": "mpeg1video",
    "6c": "mjpeg",
    "a5": "ac3",
    "a6": "eac3",
    "a9": "dts",
    "ad": "opus",
    "ae": "ac4",
    "dd": "vorbis",
}
AUDIO_OBJECT_TYPES = {"32": "mp1", "33": "mp2", "34": "mp3", "36": "mp4als"}


def instead_of_codec_string(text: str) -> Sentence | None:
    """Return what to write instead; `None` if the text has no codec string."""
    instead = [_instead(one.strip()) for one in text.split(",")]
    found = [one for one in instead if one]
    between = ", for another stream "
    return joined_sentence(found, between, between) if found else None


def _instead(text: str) -> Sentence | None:
    entry, dot, rest = text.casefold().partition(".")
    if entry not in ENTRIES or not dot or re.search(r"\s", rest):
        return None
    codec = ENTRIES[entry]
    read = PARAMETERS.get(entry, PARAMETERS.get(codec))
    facts: Facts = {}
    try:
        facts = read(rest.split(".")) if read and entry not in DOLBY_VISION else {}
    except (ArithmeticError, IndexError, ValueError):
        # Parameters of another form still name the codec.
        facts = {}
    stated = {"codec": codec, **facts}
    if codec_name(entry) != stated["codec"] and codec in {"h264", "hevc", "vvc", "av1"}:
        stated["codec_tag"] = entry
    return joined_sentence(
        [Sentence(Key(key), f' "{value}"') for key, value in stated.items() if value]
    )


def _h264(parameters: Sequence[str]) -> Facts:
    if len(parameters) > 1:
        # The older form, in decimals.
        profile, flags, level = int(parameters[0]), 0, int(parameters[1])
    else:
        [octets] = parameters
        profile, flags, level = bytes.fromhex(octets)
    name = H264_PROFILES.get(profile)
    if name == "Baseline" and flags & CONSTRAINED:
        name = "Constrained Baseline"
    # With High profiles the flag says something else.
    is_1b = level == 11 and flags & IS_1B and profile in {66, 77, 88}  # noqa: PLR2004  # of H.264
    return {"profile": name, "level": _level("h264", 9 if is_1b else level)}


def _hevc(parameters: Sequence[str]) -> Facts:
    profile = int(parameters[0].lstrip("abc"))
    [level] = [one for one in parameters[1:] if re.fullmatch(r"[lh]\d+", one)]
    return {
        "profile": HEVC_PROFILES.get(profile),
        "level": _level("hevc", int(level[1:])),
    }


def _vvc(parameters: Sequence[str]) -> Facts:
    return {
        "profile": VVC_PROFILES.get(int(parameters[0])),
        "level": _level("vvc", int(parameters[1].lstrip("lh"))),
    }


def _av1(parameters: Sequence[str]) -> Facts:
    return {
        "profile": AV1_PROFILES.get(int(parameters[0])),
        "level": _level("av1", int(parameters[1].rstrip("mh"))),
    }


def _vp9(parameters: Sequence[str]) -> Facts:
    return {
        "profile": f"Profile {int(parameters[0])}",
        "level": _level("vp9", int(parameters[1])),
    }


def _object_type(parameters: Sequence[str]) -> Facts:
    codec = OBJECT_TYPES.get(parameters[0].rjust(2, "0"))
    if parameters[0] == "40" and len(parameters) > 1:
        codec = AUDIO_OBJECT_TYPES.get(parameters[1], codec)
    return {"codec": codec} if codec else {}


def _level(codec: str, count: int) -> str | None:
    level = human_level(codec, Decimal(count))
    if level == count:
        # Such as 31 in AV1, which means that there is no level.
        return None
    return "1b" if level == LEVEL_1B else f"{level:.1f}"


PARAMETERS: Mapping[str, Callable[[Sequence[str]], Facts]] = {
    "h264": _h264,
    "hevc": _hevc,
    "vvc": _vvc,
    "av1": _av1,
    "vp9": _vp9,
    "mp4a": _object_type,
    "mp4v": _object_type,
}
