"""Read expected and reported values into the form in which they are compared.

Pure; each function raises `ValueError` if it cannot read the value.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from pulumi_alicloud_mediaconvert.api.coercion import STATES, as_state
from pulumi_alicloud_mediaconvert.expect.aliases import (
    AUDIO_PROFILES,
    CODEC_TAGS,
    LEVEL_1B,
    UNDETERMINED,
    codec_name,
    human_level,
    language_code,
    language_name,
    squeezed,
)
from pulumi_alicloud_mediaconvert.expect.codec_strings import instead_of_codec_string
from pulumi_alicloud_mediaconvert.spelling import Key, Part, Sentence
from pulumi_alicloud_mediaconvert.text import quoted

# Longest text that is read as a number; no rate and no ratio needs more digits.
MAX_NUMBER = 40
MAX_CODEC = 60
TENTH = Decimal("0.1")
NUMBER_TEXT = re.compile(r"[+-]?\d+(?:\.\d*)?")


class OtherSpellingError(ValueError):
    """A value that is known, but has to be written otherwise.

    Attributes:
        text: says how.
    """

    def __init__(self, *parts: Part) -> None:
        self.text = Sentence(*parts)
        super().__init__(self.text)


class Level(NamedTuple):
    """A level as reported, in the count of its codec."""

    codec: str | None
    stated: int

    @property
    def human(self) -> Decimal:
        """The level as people write it."""
        return human_level(self.codec, Decimal(self.stated))

    def __str__(self) -> str:
        """Return the codec's own number, and the level if it differs."""
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


def read_number(value: object) -> Decimal:
    """Read a number, exactly."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("must be a number")  # noqa: TRY004  # pydantic collects ValueError only
    return exact(value)


def read_angle(value: object) -> Decimal:
    """Read degrees: -90 and 270 are equal."""
    return Decimal(read_number(value) % 360 + 360) % 360


def read_rate(value: object) -> Decimal:
    """Read frames per second: a number, text, or a fraction such as 30000/1001."""
    if not isinstance(value, str):
        return read_number(value)
    over, slash, under = value.partition("/")
    return _decimal_text(over) / (_divisor(under) if slash else 1)


def _decimal_text(text: str) -> Decimal:
    number = text.strip()
    if len(number) > MAX_NUMBER or not NUMBER_TEXT.fullmatch(number):
        raise ValueError("must be a number")
    return Decimal(number)


def _divisor(text: str) -> Decimal:
    divisor = _decimal_text(text)
    if not divisor:
        raise ValueError("must not divide by zero")
    return divisor


def read_ratio(value: object) -> Fraction:
    """Read a ratio: `16:9`, `16/9`, `2.35:1`, or a number."""
    if not isinstance(value, str):
        return Fraction(read_number(value))
    over, colon, under = value.replace("/", ":").partition(":")
    return Fraction(_decimal_text(over)) / Fraction(_divisor(under) if colon else 1)


def reported_ratio(value: object) -> Fraction:
    """Read a reported ratio; `0:1` is what ffprobe prints of one it does not know."""
    ratio = read_ratio(value)
    if not ratio:
        # ffprobe's `0:1`.
        raise ValueError("is not known")
    return ratio


def read_level(value: object) -> Decimal:
    """Read a level: a number, text, or `1b`; a point is kept, that of a float too."""
    if isinstance(value, float) and value.is_integer():
        # YAML's `4.0` has a point.
        return read_number(value).quantize(TENTH)
    if not isinstance(value, str):
        return read_number(value)
    text = value.strip().casefold()
    # The point is what counts, not what follows it.
    text += "0" if text.endswith(".") else ""
    return LEVEL_1B if text == "1b" else _decimal_text(text)


def read_text(value: object) -> str:
    """Read text, trimmed; there must be some."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be text")
    return value.strip()


def read_word(value: object) -> str:
    """Read text without regard to case."""
    return read_text(value).casefold()


def read_codec(value: object) -> str:
    """Read a codec by any common name; a codec tag or a profile is none."""
    text = read_text(value)
    if (instead := instead_of_codec_string(text)) is not None:
        raise OtherSpellingError(
            f"{quoted(text, longest=MAX_CODEC)} is a codec string of RFC 6381; write ",
            instead,
        )
    name = squeezed(text)
    if name in CODEC_TAGS:
        raise OtherSpellingError(
            f'"{value}" is a codec tag; write codec "{CODEC_TAGS[name]}" and ',
            Key("codec_tag"),
            f' "{name}"',
        )
    if name in AUDIO_PROFILES:
        raise OtherSpellingError(
            f'"{value}" names a profile, which the API does not report for audio; '
            'write "aac"'
        )
    return codec_name(name)


def read_language(value: object) -> str:
    """Read the code of a language, by any of its codes."""
    return language_code(read_word(value))


def reported_language(value: object) -> str:
    """Read the code of a reported language; of `und-Latn` it is not known."""
    name = language_name(read_text(value))
    if name.partition("-")[0] == UNDETERMINED:
        raise ValueError("is not known")
    return name


def read_extension(value: object) -> str:
    """Read a file extension, with or without its point."""
    return read_word(value).removeprefix(".")


def read_state(value: object) -> str:
    """Read a status of either vocabulary."""
    return str(as_state(read_text(value)) or "").casefold()


def read_status(value: object) -> str:
    """Read an expected status, which must be a known one.

    Any failed output would match `{"not": "Failled"}`.
    """
    if read_word(value) not in STATES:
        raise ValueError("is not a status")
    return read_state(value)


def read_profile(value: object) -> str:
    """Read a profile; case, spaces and punctuation are ignored."""
    return squeezed(read_text(value))


def read_plain(value: object) -> tuple[str, Any]:
    """Read any plain value of a query, with its type."""
    if isinstance(value, bool):
        return ("boolean", value)
    if isinstance(value, int | float):
        return ("number", exact(value))
    if isinstance(value, str):
        return ("text", value.strip())
    raise ValueError("must be text, a number or a boolean")
