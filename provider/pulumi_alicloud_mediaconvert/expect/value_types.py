"""The kinds of values: what a person may write, and what it means to be equal.

A `ValueType` brings a person's spelling and the API's to one form, and compares them
there: numbers as exact decimals, names by alias, rates with slack.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pulumi_alicloud_mediaconvert.api.coercion import STATES
from pulumi_alicloud_mediaconvert.expect.aliases import (
    ANY_LANGUAGE,
    BASELINE,
    CODECS,
    CONSTRAINED_BASELINE,
    FORMATS,
    codec_name,
    format_name,
    stated_level,
)
from pulumi_alicloud_mediaconvert.expect.value_parsers import (
    Level,
    read_angle,
    read_codec,
    read_extension,
    read_language,
    read_level,
    read_number,
    read_plain,
    read_profile,
    read_rate,
    read_ratio,
    read_state,
    read_status,
    read_text,
    read_word,
    reported_language,
    reported_ratio,
)

# 29.97 stands for 30000/1001, but 30 does not.
FPS_SLACK = Decimal("0.0003")
Read = Callable[[Any], Any]


def _equal_profiles(wanted: str, seen: str) -> bool:
    if wanted == BASELINE and seen == CONSTRAINED_BASELINE:
        return True
    return wanted == seen


def _equal_languages(wanted: str, seen: str) -> bool | None:
    language, *asked = wanted.split("-")
    seen_language, *reported = seen.split("-")
    if language != seen_language:
        return None if ANY_LANGUAGE.fullmatch(seen_language) else False
    if {*reported} < {*asked}:
        # The region or script that was asked for is not reported.
        return None
    # One that nobody asked for makes no other language.
    return {*asked} <= {*reported}


def _equal_levels(wanted: Decimal, seen: Level) -> bool | None:
    pair = _level_scale(wanted, seen)
    return None if pair is None else pair[0] == pair[1]


def _level_scale(wanted: Decimal, seen: Level) -> tuple[Decimal, Decimal] | None:
    is_whole = wanted.as_tuple().exponent == 0
    if is_whole and wanted == seen.stated:
        # Whatever the codec counts by, the same count is the same level.
        return seen.human, seen.human
    if seen.codec is None:
        return None
    return stated_level(seen.codec, wanted), seen.human


def _ratio_scale(wanted: Fraction, seen: Fraction) -> tuple[Decimal, Decimal]:
    return _divided(wanted), _divided(seen)


def _divided(ratio: Fraction) -> Decimal:
    return Decimal(ratio.numerator) / Decimal(ratio.denominator)


def _equal_rates(wanted: Decimal, seen: Decimal) -> bool:
    return abs(seen - wanted) <= FPS_SLACK * abs(wanted)


def _plain_scale(
    wanted: tuple[str, Any], seen: tuple[str, Any]
) -> tuple[Decimal, Decimal] | None:
    if seen[0] != "number":
        return None
    return wanted[1], seen[1]


@dataclass(frozen=True, eq=False)
class ValueType:
    """One kind of values.

    Attributes:
        name: for the schema's definitions, such as `Number`.
        wanted: what a person may write, for the text of an error.
        read: of what a person wrote; raises `ValueError`.
        fact: of what was reported; raises `ValueError` where it cannot be read.
        equal: whether a wanted value and a reported one are; `None` where that
            cannot be told.
        types: JSON types of a plain value.
        scale: of an ordered kind: both values as numbers, the wanted one first;
            `None` where the reported one is no number.
        slack: of its bounds, as a share of them.
        takes_plain: whether a plain value is allowed.
        takes_pattern: whether a regular expression is allowed.
        known: well-known values, which editors offer; any other is taken, too.
    """

    name: str
    wanted: str
    read: Read
    fact: Read
    types: tuple[str, ...]
    equal: Callable[[Any, Any], bool | None] = operator.eq
    scale: Callable[[Any, Any], tuple[Any, Any] | None] | None = None
    slack: Decimal = Decimal(0)
    takes_plain: bool = True
    takes_pattern: bool = False
    known: tuple[str | float, ...] = ()

    def __post_init__(self) -> None:
        """Let the kind remember what it has read."""
        # Expectations are verified again and again, each reading the same values.
        object.__setattr__(self, "read", _remembering(self.read))


def _remembering(read: Read) -> Read:
    # By type too: `True` and 1 are one key otherwise.
    cached: Read = functools.lru_cache(maxsize=1024, typed=True)(read)

    def reading(value: object) -> object:
        try:
            hash(value)
        except TypeError:
            return read(value)
        return cached(value)

    return reading


def _as_they_are(wanted: Decimal, seen: Decimal) -> tuple[Decimal, Decimal]:
    return wanted, seen


def _numbers(name: str, wanted: str, read: Read, **more: Any) -> ValueType:  # noqa: ANN401  # as ValueType
    return ValueType(
        name,
        wanted,
        read,
        more.pop("fact", read),
        more.pop("types", ("number",)),
        scale=more.pop("scale", _as_they_are),
        **more,
    )


def _texts(name: str, wanted: str, read: Read, **more: Any) -> ValueType:  # noqa: ANN401  # as ValueType
    fact = more.pop("fact", read)
    return ValueType(name, wanted, read, fact, ("string",), takes_pattern=True, **more)


NUMBER = _numbers("Number", "a number", read_number)
# No two encodes agree to the last digit, so that a plain number is a mistake.
MEASURE = _numbers("Measure", "a number", read_number, takes_plain=False)
# Without order: 358 degrees are nearer to 0 than 90 are.
ANGLE = _numbers(
    "Angle", "a number of degrees", read_angle, scale=None, known=(0, 90, 180, 270)
)
RATE = _numbers(
    "Rate",
    'a number or a fraction such as "30000/1001"',
    read_rate,
    types=("number", "string"),
    equal=_equal_rates,
    slack=FPS_SLACK,
    known=(23.976, 24, 25, 29.97, 30, 50, 59.94, 60),
)
RATIO = _numbers(
    "Ratio",
    'a ratio such as "16:9"',
    read_ratio,
    fact=reported_ratio,
    types=("number", "string"),
    scale=_ratio_scale,
)
LEVEL = _numbers(
    "Level",
    'a level such as "3.1" or 31',
    read_level,
    fact=lambda level: level,
    types=("number", "string"),
    equal=_equal_levels,
    scale=_level_scale,
    known=("3.0", "3.1", "4.0", "4.1", "5.0", "5.1"),
)
TEXT = _texts("Text", "text", read_text)
WORD = _texts("Word", "text", read_word)
CODEC = _texts(
    "Codec",
    'a codec such as "h264"',
    read_codec,
    fact=lambda value: codec_name(read_text(value)),
    known=tuple(CODECS),
)
PROFILE = _texts(
    "Profile",
    "text",
    read_profile,
    equal=_equal_profiles,
    # As ffprobe prints those of H.264 and HEVC.
    known=("Constrained Baseline", "Baseline", "Main", "High", "Main 10", "High 10"),
)
FORMAT = _texts(
    "Format",
    'a container format such as "mp4"',
    lambda value: format_name(read_text(value)),
    known=tuple(FORMATS),
)
LANGUAGE = _texts(
    "Language",
    'a language such as "zh"',
    read_language,
    fact=reported_language,
    equal=_equal_languages,
    known=("zh", "en", "ja", "ko", "es", "fr", "de", "pt", "ru", "ar"),
)
STATUS = _texts(
    "Status",
    'a status such as "Success"',
    read_status,
    fact=read_state,
    known=tuple(dict.fromkeys(STATES.values())),
)
EXTENSION = _texts(
    "Extension",
    'a file extension such as "mp4"',
    read_extension,
    known=("mp4", "m3u8", "mpd", "ts", "mov", "mkv", "flv", "m4a", "mp3", "jpg"),
)
PLAIN = ValueType(
    "Plain",
    "text, a number or a boolean",
    read_plain,
    read_plain,
    ("string", "number", "boolean"),
    scale=_plain_scale,
    takes_pattern=True,
)
