"""The many names of one thing: codecs, containers, profiles, levels, languages.

Pure tables and the functions that read them. Names on the right are those of
ffprobe, which the service's metadata follows.

Source: ffprobe's codec and format names, ITU-T H.264 table A-1, H.265 table A.8,
the AV1 specification's annex A.3, ISO 639.
"""

from __future__ import annotations

import functools
import re
from decimal import Decimal

CODECS = {
    "h264": ("h264", "avc", "avc1", "x264", "libx264", "mpeg4avc", "mpeg4part10"),
    "hevc": ("hevc", "h265", "x265", "libx265", "mpegh"),
    "vvc": ("vvc", "h266", "x266", "libvvenc"),
    "av1": ("av1", "av01", "libaomav1", "libsvtav1", "librav1e"),
    "vp9": ("vp9", "vp09", "libvpxvp9"),
    "vp8": ("vp8", "vp08", "libvpx"),
    "mpeg1video": ("mpeg1video", "mpeg1"),
    "mpeg2video": ("mpeg2video", "mpeg2", "h262"),
    "mpeg4": ("mpeg4", "mpeg4part2", "mpeg4visual", "mp4v"),
    "vc1": ("vc1", "wvc1"),
    "prores": ("prores", "appleprores"),
    "jpeg2000": ("jpeg2000", "jpeg2k", "j2k"),
    "mjpeg": ("mjpeg", "jpeg", "jpg", "motionjpeg"),
    "aac": ("aac", "mp4a", "advancedaudiocoding"),
    "mp3": ("mp3", "libmp3lame", "mp3float", "mpeg1layer3", "mpegaudiolayer3"),
    "mp2": ("mp2", "libtwolame", "mp2fixed", "mpeg1layer2", "mpegaudiolayer2"),
    "opus": ("opus", "libopus"),
    "vorbis": ("vorbis", "libvorbis"),
    "ac3": ("ac3", "dolbydigital", "dd", "a52"),
    "eac3": ("eac3", "ec3", "dolbydigitalplus", "ddp", "dd+", "ddplus", "ac3+"),
    "ac4": ("ac4", "dolbyac4"),
    "truehd": ("truehd", "dolbytruehd"),
    # Older probes name the decoder. DTS-HD has another profile, which is not reported.
    "dts": ("dts", "dca"),
    "alac": ("alac", "applelossless"),
    "wmav1": ("wmav1", "wma1"),
    "wmav2": ("wmav2", "wma2"),
}
# Codec tags that people write for a codec.
CODEC_TAGS = {
    "hvc1": "hevc",
    "hev1": "hevc",
    "dvh1": "hevc",
    "dvhe": "hevc",
    "avc3": "h264",
}
AUDIO_PROFILES = frozenset({"aaclc", "heaac", "heaacv1", "heaacv2", "aache", "xheaac"})

FORMATS = {
    "hls": ("hls", "m3u8", "applehttp", "hlsfmp4"),
    "dash": ("dash", "mpd", "mpegdash"),
    "mpegts": ("mpegts", "ts", "m2ts"),
    "matroska": ("matroska", "mkv"),
    "mov": ("mov", "quicktime"),
    "mp4": ("mp4", "fmp4", "mpeg4", "m4v"),
    "m4a": ("m4a",),
    "mp3": ("mp3",),
    "aac": ("aac", "adts"),
    "asf": ("asf", "wma", "wmv"),
    "flv": ("flv", "livef4v"),
    "image2": ("image2", "jpg", "jpeg"),
}
MANIFEST_FORMATS = frozenset({"hls", "dash"})
MANIFEST_EXTENSIONS = frozenset({"m3u8", "mpd"})

# A single picture in one of these, in addition to the media, is cover art.
COVER_ART_CODECS = frozenset({"png", "mjpeg", "bmp"})

# The vendor writes a country for a language.
LANGUAGES = {"cn": "zh"}
# Codes of ISO 639 that stand for any of several languages: "multiple", "uncoded", and
# those for local use, which broadcasters give to the original sound.
UNDETERMINED = "und"
ANY_LANGUAGE = re.compile("mul|mis|q[a-t][a-z]")

BASELINE = "baseline"
CONSTRAINED_BASELINE = "constrainedbaseline"
# Level 1b stands between 1 and 1.1; ffprobe prints it as 9.
LEVEL_1B = Decimal("1.05")
H264_LEVEL_1B = 9
# Above this a number is no level as people write it, but a codec's own count.
MAX_LEVEL = 10
# Both H.264 and HEVC count levels in one byte.
MAX_LEVEL_COUNT = 255
H264_LEVELS = frozenset(
    {9, 10, 11, 12, 13, 20, 21, 22, 30, 31, 32, 40, 41, 42, 50, 51, 52, 60, 61, 62}
)
# A codec's own number for level 1, if its numbers are multiples of the level.
LEVEL_UNITS = {"h264": 10, "hevc": 30, "vp9": 10}
LARGEST_AV1_LEVEL = 23
# A level of VVC is 16 of its own numbers, and a tenth of a level is 3 of them.
VVC_LEVEL, VVC_TENTH = 16, 3
VVC_TENTHS = range(0, 4 * VVC_TENTH, VVC_TENTH)
# The smallest number of each codec. For AV1 this is zero.
SMALLEST_COUNTS = {"h264": H264_LEVEL_1B, "hevc": 30, "vp9": 10, "vvc": VVC_LEVEL}


def _by_alias(names: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {alias: name for name, aliases in names.items() for alias in aliases}


_CODEC_BY_ALIAS = _by_alias(CODECS)
_FORMAT_BY_ALIAS = _by_alias(FORMATS)


def squeezed(text: str) -> str:
    """Return a name in lower case, without spaces, dots, dashes and underscores."""
    return re.sub(r"[\s._-]+", "", text.casefold())


@functools.lru_cache(maxsize=512)
def codec_name(text: str) -> str:
    """Return ffprobe's name of a codec: `H.264`, `AVC`, `H.264/AVC` are `h264`."""
    name = squeezed(text)
    names = {_CODEC_BY_ALIAS.get(part) for part in name.split("/")}
    # What has several names may be written with all of them.
    return (names.pop() or name) if len(names) == 1 else name


@functools.lru_cache(maxsize=512)
def format_name(text: str) -> str:
    """Return ffprobe's name of a container format: `m3u8` is `hls`."""
    name = squeezed(text)
    return _FORMAT_BY_ALIAS.get(name, name)


@functools.lru_cache(maxsize=512)
def language_name(text: str) -> str:
    """Return the shortest code of a language: `chi`, `zho`, `cn` are `zh`."""
    name = text.strip().casefold()
    try:
        return language_code(name)
    except ValueError:
        return name


def language_code(text: str) -> str:
    """Return the shortest code of a language.

    Raises:
        ValueError: it is not the code of a language, but a name for example.
    """
    # Only those who ask for a language pay for the tables of all of them.
    import langcodes  # noqa: PLC0415  # see above

    return str(langcodes.standardize_tag(LANGUAGES.get(text, text)))


def human_level(codec: str | None, level: Decimal) -> Decimal:
    """Return a level as people write it: H.264's 31 and HEVC's 93 are 3.1.

    Args:
        codec: by ffprobe's name; a level of one that is not known stays as it is.
        level: in the codec's own count.
    """
    if codec == "av1" and level in range(LARGEST_AV1_LEVEL + 1):
        return 2 + level // 4 + level % 4 / 10
    if codec == "h264" and level == H264_LEVEL_1B:
        return LEVEL_1B
    if codec == "vvc" and level % VVC_LEVEL in VVC_TENTHS and level >= VVC_LEVEL:
        return level // VVC_LEVEL + level % VVC_LEVEL / VVC_TENTH / 10
    return level / LEVEL_UNITS[codec] if codec in LEVEL_UNITS else level


def stated_level(codec: str | None, level: Decimal) -> Decimal:
    """Read an expected level: a level such as `3.1`, or a codec's own number.

    A number with a decimal point, also `"5.0"`, is a level. A whole number is read as
    the own number of the stream's codec, then of H.264, then of HEVC; it is a level if
    it is none of these.

    Args:
        codec: of the stream, by ffprobe's name.
        level: as written; its exponent shows whether there was a decimal point.
    """
    is_whole = level.as_tuple().exponent == 0
    if codec == "av1" and is_whole and level <= LARGEST_AV1_LEVEL:
        return human_level(codec, level)
    if codec == "h264" and is_whole and level == H264_LEVEL_1B:
        return LEVEL_1B
    is_count = MAX_LEVEL <= level <= MAX_LEVEL_COUNT
    if not is_count or codec not in {*LEVEL_UNITS, "av1", "vvc"}:
        return level
    own = human_level(codec, level) if codec in {"hevc", "vvc"} else level
    if own != level and (codec != "hevc" or level % 3 == 0):
        return own
    if level in H264_LEVELS:
        return human_level("h264", level)
    return human_level("hevc", level) if level % 3 == 0 else level


def stated_levels(level: Decimal) -> list[Decimal]:
    """Read an expected level for each codec with numbers of its own."""
    return [stated_level(codec, level) for codec in (*LEVEL_UNITS, "av1", "vvc")]
