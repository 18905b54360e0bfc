"""Read single values of the API's answer: numbers in text, two vocabularies.

A value becomes a fact or `None`: values that a probe uses for "unknown" count as not
reported, and so does a value that cannot be read. Pure functions that never raise.
They also read values that an earlier version has stored.

Source: the vendor's sample answer, and what ffprobe prints, which the service's
metadata follows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from pulumi_alicloud_mediaconvert.api.sanitizing import finite, without_surrogates

# ffprobe prints rates as fractions.
NUMBER = re.compile(r"[+-]?\d{1,300}(?:\.\d*)?(?:[eE][+-]?\d{1,3})?f?")
FRACTION = re.compile(r"(?P<over>\d{1,18})/(?P<under>0*[1-9]\d{0,17})")
# Words for "not known" that name no codec, format or language of any standard:
# `nan`, `na` and `nil` are languages.
NOT_REPORTED = frozenset(
    {"", "n/a", "und", "unknown", "undefined", "undetermined", "unspecified"}
    | {"none", "null"}
)
# Some probes add the value that they do not know: `unknown (0x1f)`.
BEGINS_UNKNOWN = re.compile(r"(?:unknown|undefined|undetermined|unspecified)(?![a-z])")
# Containers without tags have four bytes of zero, however these are written.
NO_TAG = re.compile(r"0[xX]0+|0+|(?:\[0\])+")
# One of the parts is zero or below. Possessive: a long text must not cost time.
NO_RATIO = re.compile(
    r"(?:[^:/]*+[:/])?\s*+(?:-.*|\+?0++(?:\.0*+)?f?)\s*+(?:[:/].*)?", re.DOTALL
)
# The vendor's sample has this for an unknown bit rate.
NO_NUMBER = "0.f"
# Beyond this a float, which is all that the engine knows, is no longer exact.
MAX_WHOLE = 2**53
WHOLE = 100
PERCENT_SIGNS = "%\N{FULLWIDTH PERCENT SIGN}"
# Above this it is a time base: no film has so many frames a second.
MAX_FPS = 1000
# ffprobe's mark for "no time" is a number of 63 bits, in nanoseconds at the finest.
NO_TIME_SECONDS = 2**63 / 10**9
QUARTER_TURN = 90
# What turns a picture is stored in binary: -89.99 degrees are a quarter turn.
ANGLE_SLACK = 0.5
# FFmpeg writes this if it knows only the number of channels.
NO_LAYOUT = re.compile(r"0+ channels?\b.*|\d+ channels?")

# Both vocabularies of the vendor (SDK before and from 6.19.2), spelling aside.
STATES = {
    "inited": "Inited",
    "init": "Init",
    "scheduled": "Scheduled",
    "running": "Running",
    "success": "Success",
    "complete": "Success",
    "failed": "Failed",
    "error": "Failed",
    "cancelled": "Cancelled",
    "canceled": "Cancelled",
    "skipped": "Skipped",
}


def as_text(value: object) -> str | None:
    """Read text: trimmed; `N/A`, `unknown`, lists and objects are not reported."""
    if isinstance(value, str):
        text = without_surrogates(value).strip()
        return None if text.lower() in NOT_REPORTED else text
    return None if isinstance(value, (list, dict)) else as_any_text(value)


def as_any_text(value: object) -> str | None:
    """Read text as `as_text` does, but lists and objects as JSON."""
    text = as_said(value)
    return None if text is None or text.lower() in NOT_REPORTED else text


def as_said(value: object) -> str | None:
    """Read text of the user, who may use any word; objects as JSON."""
    if value is None:
        return None
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return without_surrogates(text).strip() or None


def as_name(value: object) -> str | None:
    """Read a name, which may be any word: a track may be called `und`."""
    if isinstance(value, str):
        return as_said(value)
    return as_text(value)


def as_word(value: object) -> str | None:
    """Read a word of a probe: a codec, a profile, a pixel format, a language.

    A word without a letter or digit counts as not reported, and so does a number below
    zero, such as ffprobe's profile -99.
    """
    text = as_text(value)
    if text is None:
        return None
    if text[0].isalnum() and text[0] not in "uU":
        # Nearly every word.
        return text
    if not any(map(str.isalnum, text)):
        return None
    is_below_zero = text.startswith("-") and as_number(text) is not None
    return None if is_below_zero or BEGINS_UNKNOWN.match(text.lower()) else text


def as_tag(value: object) -> str | None:
    """Read a codec tag; a container without tags reports zeros."""
    text = as_word(value)
    return None if text is None or NO_TAG.fullmatch(text) else text


def as_layout(value: object) -> str | None:
    """Read a channel layout; only a number of channels is not a layout."""
    text = as_word(value)
    return None if text is None or NO_LAYOUT.fullmatch(text.lower()) else text


def as_ratio(value: object) -> str | None:
    """Read a ratio as text; `0:1` and `1:0` mean that it is unknown."""
    text = as_word(value)
    return None if text is None or NO_RATIO.fullmatch(text) else text


def as_state(value: object) -> str | None:
    """Read a state of either vocabulary; an unknown word is kept."""
    text = as_name(value)
    return text if text is None else STATES.get(text.lower(), text)


def as_number(value: object) -> float | None:
    """Read a finite number, from text and fractions too; `0.f` is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return finite(value)
    if not isinstance(value, str):
        return None
    text = value.strip()
    if text != NO_NUMBER and NUMBER.fullmatch(text):
        return finite(float(text.rstrip("f")))
    if fraction := FRACTION.fullmatch(text):
        return int(fraction["over"]) / int(fraction["under"])
    return None


def as_whole(value: object) -> int | None:
    """Read a whole number of at most 2**53, from text too."""
    number = value if type(value) is int else as_number(value)
    if number is None or abs(number) > MAX_WHOLE or number != int(number):
        return None
    return int(number)


def as_percent(value: object) -> int | None:
    """Read a progress from 0 to 100, its sign and its decimals cut off.

    It never runs ahead: of 99.9 all but the last percent is done.
    """
    if isinstance(value, str):
        value = value.strip().rstrip(PERCENT_SIGNS).rstrip()
    number = as_number(value)
    return None if number is None or not 0 <= number <= WHOLE else int(number)


def as_amount(value: object) -> float | None:
    """Read a number from zero; below zero it counts as not reported."""
    number = as_number(value)
    return None if number is None or number < 0 else number


def as_count(value: object) -> int | None:
    """Read a whole number from zero; below zero it counts as not reported."""
    number = as_whole(value)
    return None if number is None or number < 0 else number


def as_level(value: object) -> int | None:
    """Read a level as the number of its codec, which has no decimal point.

    A number below zero means that the stream has no level: ffprobe prints -99.
    """
    is_written_out = isinstance(value, str) and "." in value
    return None if is_written_out else as_count(value)


def as_size(value: object) -> int | None:
    """Read a whole number above zero: of pixels, channels, samples or frames."""
    return as_count(value) or None


def as_bitrate(value: object) -> float | None:
    """Read a bit rate; zero means that the service did not find one."""
    return as_amount(value) or None


def as_frame_rate(value: object) -> float | None:
    """Read frames per second; zero is not known, and above 1,000 is a time base."""
    number = as_amount(value)
    return None if not number or number > MAX_FPS else number


def as_length(value: object) -> float | None:
    """Read a duration in seconds; zero counts as not reported."""
    number = as_amount(value)
    return None if not number or number >= NO_TIME_SECONDS else number


def as_moment(value: object) -> float | None:
    """Read a time in seconds, which may be zero or below."""
    number = as_number(value)
    return None if number is None or abs(number) >= NO_TIME_SECONDS else number


def as_rotation(value: object) -> float | str | None:
    """Read a rotation in degrees, rounded to a near quarter turn.

    ffprobe prints no rotation for an upright picture. Text that is not a number is
    kept: the rotation is then unknown.
    """
    number = as_number(value)
    if number is None or abs(number) > MAX_WHOLE:
        text = as_said(value)
        return None if text is None or text.lower() == "n/a" else text
    turn = round(number / QUARTER_TURN) * QUARTER_TURN
    if abs(number - turn) <= ANGLE_SLACK:
        return turn
    return int(number) if number == int(number) else number


def as_list(value: object) -> object:
    """Read a list; null counts as an empty one."""
    return [] if value is None else value


def as_object(value: object) -> object:
    """Read an object; null counts as an empty one."""
    return {} if value is None else value


def as_optional_object(value: object) -> object:
    """Read an object that may be JSON text; empty text counts as no object."""
    return None if isinstance(value, str) and not value.strip() else value


_WORDS = "empty, or a word for unknown: `N/A`, `unknown`, `und`, `none`, `null`"
_NO_NUMBER = "empty, `N/A`, `0.f`, not a number, not finite"
_NO_LEVEL = "text with a decimal point, less than the smallest number of its codec"
_NO_TIME = "9,223,372,036 or more (ffprobe's mark for no time)"
# By reader: what counts as not reported besides absent and null values, and why.
UNREPORTED: Mapping[Callable[[object], object], tuple[str, str]] = {
    as_said: ("empty", "users may use any word"),
    as_name: ("empty", "a name may be any word: a track may be called `und`"),
    as_state: (
        "empty",
        "an unknown word is kept; it does not mean that the job has ended",
    ),
    as_text: (_WORDS, "the service never uses these words as values"),
    as_word: (
        f"{_WORDS}; without a letter or digit; a number below zero",
        "probes print such words if they do not know the value, and -99 for a profile",
    ),
    as_tag: (
        "the same as for `format`; zero: `0x0000`, `[0][0][0][0]`",
        "the container has no tags",
    ),
    as_layout: (
        "the same as for `format`; `0 channels`, `2 channels`",
        "a number of channels does not say where they are",
    ),
    as_ratio: (
        "the same as for `format`; a part of it is zero or below: `0:1`, `0/0`",
        "ffprobe prints `0:1` for a ratio that it does not know",
    ),
    as_percent: (
        f"{_NO_NUMBER}, below zero, above 100",
        "zero means that nothing is done yet",
    ),
    as_whole: (_NO_NUMBER, "zero is a position"),
    as_count: (f"{_NO_NUMBER}, below zero", "a file may be empty: zero is a fact"),
    as_level: (
        f"{_NO_NUMBER}, below zero, {_NO_LEVEL}",
        "-99 means that the stream has no level; for AV1, zero is a level",
    ),
    as_size: (f"{_NO_NUMBER}, zero or below", "a delivered stream has more than zero"),
    as_bitrate: (
        f"{_NO_NUMBER}, zero or below",
        "the service reports zero for unknown",
    ),
    as_frame_rate: (
        f"{_NO_NUMBER}, `0/0`, `1/0`, zero or below, above 1,000",
        "for a still picture ffprobe prints a time base such as `90000/1`",
    ),
    as_length: (
        f"{_NO_NUMBER}, zero or below, {_NO_TIME}",
        "a delivered file or stream has a duration",
    ),
    as_moment: (
        f"{_NO_NUMBER}, {_NO_TIME}, also below zero",
        "a stream may start at zero or earlier",
    ),
    as_rotation: (
        "empty, `N/A`: the picture is upright; text that is not a number is kept",
        "ffprobe prints no rotation for an upright picture",
    ),
}
