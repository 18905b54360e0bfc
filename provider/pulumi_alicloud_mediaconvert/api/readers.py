"""Read single values of the API's answer: numbers in text, two vocabularies.

Pure functions, used by `models` alone. None raises: what cannot be read counts as
not reported, and is `None`.

Source: the vendor's sample answer, and what ffprobe prints, which the service's
metadata follows.
"""

from __future__ import annotations

import json
import re

from pulumi_alicloud_mediaconvert.api.cleaning import finite, without_surrogates

# ffprobe prints rates as fractions.
NUMBER = re.compile(r"[+-]?\d{1,300}(?:\.\d*)?(?:[eE][+-]?\d{1,3})?f?")
FRACTION = re.compile(r"(?P<over>\d{1,18})/(?P<under>0*[1-9]\d{0,17})")
NOT_REPORTED = frozenset({"", "n/a", "und"})
# What the vendor's sample has for a bit rate that was not found.
NO_NUMBER = "0.f"
# Beyond this a float, which is all that the engine knows, is no longer exact.
LARGEST_WHOLE = 2**53
WHOLE = 100
PERCENT_SIGNS = "%\N{FULLWIDTH PERCENT SIGN}"

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
    """Read text: trimmed; `N/A`, `und`, lists and objects are not reported."""
    return None if isinstance(value, (list, dict)) else as_any_text(value)


def as_any_text(value: object) -> str | None:
    """Read text as `as_text` does, but lists and objects as JSON."""
    if value is None:
        return None
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = without_surrogates(text).strip()
    return None if text.lower() in NOT_REPORTED else text


def as_name(value: object) -> str | None:
    """Read a name, which may be any word: a track may be called `und`."""
    if isinstance(value, str):
        return without_surrogates(value).strip() or None
    return as_text(value)


def as_state(value: object) -> str | None:
    """Read a state of either vocabulary; an unknown word stays as sent."""
    text = as_text(value)
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
    number = as_number(value)
    if number is None or abs(number) > LARGEST_WHOLE or number != int(number):
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
    """Read a number of what there is; below zero it stands for none that is known."""
    number = as_number(value)
    return None if number is None or number < 0 else number


def as_count(value: object) -> int | None:
    """Read a whole number of what there is; below zero as `as_amount`.

    So it is with the level of a stream that states none: ffprobe's -99.
    """
    number = as_whole(value)
    return None if number is None or number < 0 else number


def as_bitrate(value: object) -> float | None:
    """Read a bit rate; zero means that the service did not find one."""
    return as_amount(value) or None


def as_list(value: object) -> object:
    """Read a list; null counts as an empty one."""
    return [] if value is None else value


def as_object(value: object) -> object:
    """Read an object; null counts as one of which nothing was reported."""
    return {} if value is None else value


def as_optional_object(value: object) -> object:
    """Read an object that may be JSON text; blank text counts as none at all."""
    return None if isinstance(value, str) and not value.strip() else value
