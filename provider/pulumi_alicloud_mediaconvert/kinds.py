"""The kinds of values: what a person may write, and what it means to be equal.

A `Kind` brings a person's spelling and the API's to one form, and compares them
there: numbers as exact decimals, names by alias, rates with slack.
"""

from __future__ import annotations

import functools
import math
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from pulumi_alicloud_mediaconvert.aliases import (
    AUDIO_PROFILES,
    BASELINE,
    CODEC_TAGS,
    CONSTRAINED_BASELINE,
    LEVEL_1B,
    codec_name,
    format_name,
    human_level,
    language_name,
    squeezed,
    stated_level,
)
from pulumi_alicloud_mediaconvert.readers import as_state

# 29.97 stands for 30000/1001, but 30 does not.
FPS_SLACK = Decimal("0.0003")
# Of text that is read as a number; no rate and no ratio needs more digits.
LONGEST_NUMBER = 40
NUMBER_TEXT = re.compile(r"[+-]?\d+(?:\.\d*)?")

Read = Callable[[Any], Any]


class Level(NamedTuple):
    """A level as reported, in the count of its codec."""

    codec: str | None
    stated: int

    @property
    def human(self) -> Decimal:
        """The level as people write it."""
        return human_level(self.codec, Decimal(self.stated))

    def __str__(self) -> str:
        """Show the count, and the level where that is another number."""
        human = self.human
        if human == self.stated:
            return str(self.stated)
        return f"{self.stated} ({'1b' if human == LEVEL_1B else human})"


def exact(value: float) -> Decimal:
    """Return a number as a person reads it: 403.1 is 403.1, not its binary form.

    Raises:
        ValueError: it is not finite.
    """
    if isinstance(value, int):
        return Decimal(value)
    if not math.isfinite(value):
        raise ValueError("must be a finite number")
    return Decimal(int(value)) if value.is_integer() else Decimal(repr(value))


def _number(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("must be a number")  # noqa: TRY004  # pydantic collects ValueError only
    return exact(value)


def _angle(value: object) -> Decimal:
    return Decimal(_number(value) % 360 + 360) % 360


def _rate(value: object) -> Decimal:
    """Read frames per second: a number, text, or a fraction such as 30000/1001."""
    if not isinstance(value, str):
        return _number(value)
    over, slash, under = value.partition("/")
    return _decimal_text(over) / (_divisor(under) if slash else 1)


def _decimal_text(text: str) -> Decimal:
    number = text.strip()
    if len(number) > LONGEST_NUMBER or not NUMBER_TEXT.fullmatch(number):
        raise ValueError("must be a number")
    return Decimal(number)


def _divisor(text: str) -> Decimal:
    divisor = _decimal_text(text)
    if not divisor:
        raise ValueError("must not divide by zero")
    return divisor


def _ratio(value: object) -> Fraction:
    """Read a ratio: `16:9`, `16/9`, `2.35:1`, or a number."""
    if not isinstance(value, str):
        return Fraction(_number(value))
    over, colon, under = value.replace("/", ":").partition(":")
    return Fraction(_decimal_text(over)) / Fraction(_divisor(under) if colon else 1)


def _reported_ratio(value: object) -> Fraction:
    ratio = _ratio(value)
    if not ratio:
        # ffprobe's `0:1`.
        raise ValueError("is not known")
    return ratio


def _level(value: object) -> Decimal:
    if not isinstance(value, str):
        return _number(value)
    text = value.strip().casefold()
    return LEVEL_1B if text == "1b" else _decimal_text(text)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("must be text")  # noqa: TRY004  # as above
    return value.strip()


def _word(value: object) -> str:
    return _text(value).casefold()


def _codec(value: object) -> str:
    name = squeezed(_text(value))
    if name in CODEC_TAGS:
        raise ValueError(
            f'"{value}" is a codec tag; write codec "{CODEC_TAGS[name]}" '
            f'and codec_tag "{name}"'
        )
    if name in AUDIO_PROFILES:
        raise ValueError(
            f'"{value}" names a profile, which the API does not report of audio; '
            'write "aac"'
        )
    return codec_name(name)


def _extension(value: object) -> str:
    return _word(value).removeprefix(".")


def _state(value: object) -> str:
    return str(as_state(_text(value)) or "").casefold()


def _profile(value: object) -> str:
    return squeezed(_text(value))


def _plain(value: object) -> tuple[str, Any]:
    """Read any plain value of a query, its type beside it."""
    if isinstance(value, bool):
        return ("boolean", value)
    if isinstance(value, int | float):
        return ("number", exact(value))
    if isinstance(value, str):
        return ("text", value.strip())
    raise ValueError("must be text, a number or a boolean")


def _equal_profiles(wanted: str, seen: str) -> bool:
    if wanted == BASELINE and seen == CONSTRAINED_BASELINE:
        return True
    return wanted == seen


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
class Kind:
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


def _numbers(name: str, wanted: str, read: Read, **more: Any) -> Kind:  # noqa: ANN401  # as Kind
    return Kind(
        name,
        wanted,
        read,
        more.pop("fact", read),
        more.pop("types", ("number",)),
        scale=more.pop("scale", _as_they_are),
        **more,
    )


def _texts(name: str, wanted: str, read: Read, **more: Any) -> Kind:  # noqa: ANN401  # as Kind
    fact = more.pop("fact", read)
    return Kind(name, wanted, read, fact, ("string",), takes_pattern=True, **more)


NUMBER = _numbers("Number", "a number", _number)
# No two encodes agree to the last digit, so that a plain number is a mistake.
MEASURE = _numbers("Measure", "a number", _number, takes_plain=False)
# Without order: 358 degrees are nearer to 0 than 90 are.
ANGLE = _numbers("Angle", "a number of degrees", _angle, scale=None)
RATE = _numbers(
    "Rate",
    'a number or a fraction such as "30000/1001"',
    _rate,
    types=("number", "string"),
    equal=_equal_rates,
    slack=FPS_SLACK,
)
RATIO = _numbers(
    "Ratio",
    'a ratio such as "16:9"',
    _ratio,
    fact=_reported_ratio,
    types=("number", "string"),
    scale=_ratio_scale,
)
LEVEL = _numbers(
    "Level",
    'a level such as "3.1" or 31',
    _level,
    fact=lambda level: level,
    types=("number", "string"),
    equal=_equal_levels,
    scale=_level_scale,
)
TEXT = _texts("Text", "text", _text)
WORD = _texts("Word", "text", _word)
CODEC = _texts(
    "Codec",
    'a codec such as "h264"',
    _codec,
    fact=lambda value: codec_name(_text(value)),
)
PROFILE = _texts("Profile", "text", _profile, equal=_equal_profiles)
FORMAT = _texts(
    "Format",
    'a container format such as "mp4"',
    lambda value: format_name(_text(value)),
)
LANGUAGE = _texts(
    "Language",
    'a language such as "zh"',
    lambda value: language_name(_text(value)),
)
STATUS = _texts("Status", 'a status such as "Success"', _state)
EXTENSION = _texts("Extension", 'a file extension such as "mp4"', _extension)
PLAIN = Kind(
    "Plain",
    "text, a number or a boolean",
    _plain,
    _plain,
    ("string", "number", "boolean"),
    scale=_plain_scale,
    takes_pattern=True,
)
