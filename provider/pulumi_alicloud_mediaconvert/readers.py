"""Read single values of the API's answer: numbers in text, two vocabularies, URLs.

Pure functions, used by `models` alone. None raises: what cannot be read counts as
not reported, and is `None`.

Source: the vendor's sample answer, and what ffprobe prints, which the service's
metadata follows.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any

# ffprobe prints rates as fractions.
NUMBER = re.compile(r"[+-]?\d{1,300}(?:\.\d*)?(?:[eE][+-]?\d{1,3})?f?")
FRACTION = re.compile(r"(?P<over>\d{1,18})/(?P<under>0*[1-9]\d{0,17})")
NOT_REPORTED = frozenset({"", "n/a", "und"})
# What the vendor's sample has for a bit rate that was not found.
NO_NUMBER = "0.f"
# What ffprobe prints where a stream states no level (FF_LEVEL_UNKNOWN).
UNKNOWN_LEVEL = -99
# Beyond this a float, which is all that the engine knows, is no longer exact.
LARGEST_WHOLE = 2**53
# Beyond this many digits a number is more than a float.
MOST_DIGITS = 300
# Marks secrets, assets and resources in the engine's protocol; no word of a vendor's.
ENGINE_SIGNATURE = "4dabf18193072939515e22adb298388d"

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

# Parameters of signed URLs: of OSS (versions 1 and 4), STS, the CDN (A and F), HLS
# encryption, and of other clouds alike, since an input may lie anywhere. Of `x-oss-*`
# just `x-oss-process` says what a file is, and not who may have it.
SIGNING_NAME = (
    r"(?:[\w.-]*(?:signature|token)|sig|sign|expires|hdn(?:ea|tl|ts)"
    r"|auth[_-]?key|(?:oss|aws)?accesskeyid|googleaccessid|key-pair-id|(?:tx|ws)secret"
    r"|q-(?:ak|sign-[\w-]*)|x-oss-(?!process(?:=|%))[\w-]+|x-(?:amz|goog|obs)-[\w-]+)"
)
# In JSON text Go escapes `&`, in a redirect all three separators are percent-encoded,
# in a redirect to a redirect the percent sign, too.
SEPARATOR = r"(?:[?&;]|\\u0026|%(?:25)*(?:3f|26))(?=[\w.-]++[=%])"
SIGNING_PARAMETER = re.compile(
    rf"{SEPARATOR}{SIGNING_NAME}(?:=|%(?:25)*3d)", re.IGNORECASE
)
# What belongs to a URL: in JSON text up to an escaped quote.
URL_TEXT = r"(?:[^\s\"'<>\\]|\\(?![\"'\\]))*"
# To the end of the URL. Without a scheme too.
QUERY = re.compile(rf"\?{URL_TEXT}")
# What is left of one whose own text has a quote in it, or that begins without `?`.
SIGNED_REST = re.compile(rf"(?:^|{SEPARATOR}){SIGNING_NAME}={URL_TEXT}", re.IGNORECASE)
# Keys that the API documents as objects or as JSON text, not always as it sends them.
JSON_TEXT_KEYS = frozenset({"Config", "OverrideParams", "Features"})


def as_text(value: object) -> str | None:
    """Read text: trimmed; `N/A`, `und`, lists and objects are not reported."""
    return None if isinstance(value, list | dict) else as_any_text(value)


def as_any_text(value: object) -> str | None:
    """Read text as `as_text` does, but lists and objects as JSON."""
    if value is None:
        return None
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = _without_surrogates(text).strip()
    return None if text.lower() in NOT_REPORTED else text


def as_state(value: object) -> str | None:
    """Read a state of either vocabulary; an unknown word stays as sent."""
    text = as_text(value)
    return text if text is None else STATES.get(text.lower(), text)


def as_number(value: object) -> float | None:
    """Read a finite number, from text and fractions too; `0.f` is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _finite(value)
    if not isinstance(value, str):
        return None
    text = value.strip()
    if text != NO_NUMBER and NUMBER.fullmatch(text):
        return _finite(float(text.rstrip("f")))
    if fraction := FRACTION.fullmatch(text):
        return int(fraction["over"]) / int(fraction["under"])
    return None


def as_whole(value: object) -> int | None:
    """Read a whole number of at most 2**53, from text too."""
    number = as_number(value)
    if number is None or abs(number) > LARGEST_WHOLE or number != int(number):
        return None
    return int(number)


def as_bitrate(value: object) -> float | None:
    """Read a bit rate; zero means that the service did not find one."""
    return as_number(value) or None


def as_level(value: object) -> int | None:
    """Read a codec level; -99 means that the stream states none."""
    level = as_whole(value)
    return None if level == UNKNOWN_LEVEL else level


def as_list(value: object) -> object:
    """Read a list; null counts as an empty one."""
    return [] if value is None else value


def as_object(value: object) -> object:
    """Read an object; null counts as one of which nothing was reported."""
    return {} if value is None else value


def as_optional_object(value: object) -> object:
    """Read an object that may be JSON text; blank text counts as none at all."""
    return None if isinstance(value, str) and not value.strip() else value


def parse_json(text: str | bytes) -> Any:  # noqa: ANN401  # any JSON
    """Parse JSON; numbers that are none, or too large for the engine, become null.

    Raises:
        ValueError: it is no JSON.
        RecursionError: it is nested too deeply.
    """
    return json.loads(
        text,
        parse_int=_integer,
        parse_float=lambda number: _finite(float(number)),
        parse_constant=lambda _: None,
    )


def decode_json_text(value: Any) -> Any:  # noqa: ANN401  # any JSON
    """Decode the JSON text that a request is, or carries below documented keys."""
    if isinstance(value, list):
        return [decode_json_text(entry) for entry in value]
    if isinstance(value, dict):
        return {
            key: decode_json_text(_decoded(entry) if key in JSON_TEXT_KEYS else entry)
            for key, entry in value.items()
        }
    return value


def clean_texts(value: Any) -> Any:  # noqa: ANN401  # any JSON
    """Cut what must not reach the state, however deep it lies.

    Queries that sign a URL, lone surrogates, the engine's own mark of secrets.
    """
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list):
        return [clean_texts(entry) for entry in value]
    if isinstance(value, dict):
        return {
            clean_texts(key): clean_texts(entry)
            for key, entry in value.items()
            if key != ENGINE_SIGNATURE
        }
    return value


def clean_text(text: str) -> str:
    """Cut queries that sign a URL; replace lone surrogates."""
    cut = QUERY.sub(_unless_signing, _without_surrogates(text))
    return SIGNED_REST.sub("", cut)


def _integer(text: str) -> int | None:
    return int(text) if len(text) <= MOST_DIGITS else None


def _finite(value: float) -> float | None:
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _decoded(value: Any) -> Any:  # noqa: ANN401  # any JSON
    if not isinstance(value, str):
        return value
    try:
        return parse_json(value)
    except (ValueError, RecursionError):
        return value


def _unless_signing(query: re.Match[str]) -> str:
    return "" if SIGNING_PARAMETER.search(query[0]) else query[0]


def _without_surrogates(text: str) -> str:
    # A lone surrogate is JSON, but neither UTF-8 nor anything the engine takes.
    return text.encode(errors="replace").decode()
