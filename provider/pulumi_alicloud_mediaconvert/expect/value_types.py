"""The kinds of values: which spellings are accepted, and which values are equal.

A `ValueType` reads expected and reported values into one form, and compares them:
numbers as exact decimals, names by alias, rates with a tolerance.
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
        # The expected region or script is not reported.
        return None
    # A region or script that is not expected does not change the language.
    return {*asked} <= {*reported}


def _equal_levels(wanted: Decimal, seen: Level) -> bool | None:
    pair = _level_scale(wanted, seen)
    return None if pair is None else pair[0] == pair[1]


def _level_scale(wanted: Decimal, seen: Level) -> tuple[Decimal, Decimal] | None:
    is_whole = wanted.as_tuple().exponent == 0
    if is_whole and wanted == seen.stated:
        # For any codec, the same own number is the same level.
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
        wanted: the accepted values, for the text of an error.
        read: reads an expected value; raises `ValueError`.
        fact: reads a reported value; raises `ValueError`.
        equal: whether an expected and a reported value are equal; `None` if unknown.
        types: JSON types of a plain value.
        scale: for an ordered kind: both values as numbers, the expected one first;
            `None` if the reported one is not a number.
        slack: tolerance of its bounds, as a share of them.
        takes_plain: whether a plain value is allowed.
        takes_pattern: whether a regular expression is allowed.
        known: well-known values, which editors offer; any other is accepted, too.
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
    # By type too: otherwise `True` and 1 are the same key.
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
# Two encodes never agree to the last digit, so a plain number is a mistake.
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
