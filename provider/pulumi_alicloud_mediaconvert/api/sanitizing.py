"""Parse an answer, and clean its texts: for the state, the engine and a terminal.

What the engine stores it also prints, and not always as text: it takes color marks
within it for its own, decodes JSON and YAML to show them, prints keys as they are,
and ends where a color mark is none that it knows. So what an answer has of these is
broken here, once; so is what signs a URL.

Source: `colors.go`, `object_diff.go` and the value marks of `rpc.go` in the engine.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any

from pulumi_alicloud_mediaconvert.engine_marks import MARK_KEY, UNKNOWN_TEXTS
from pulumi_alicloud_mediaconvert.text import COLOR_MARK, without_color_marks

# Levels of an answer. A request has ten; the SDK fails to store three hundred.
DEEPEST = 100
# Beyond this many digits a number is more than a float.
MAX_DIGITS = 300
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# All but tabs and line ends: what moves a cursor, sets a title, or rings.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)")
LINE_END = re.compile(r"\r?\n")
# Gives YAML more than its characters: escapes, and tags such as `!!binary`.
YAML_MEANS_MORE = re.compile(r"[\\!]")

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
# What belongs to a URL: in JSON text up to an escaped quote. Possessive: a long one
# must not cost memory.
URL_TEXT = r"(?:[^\s\"'<>\\]++|\\(?![\"'\\]))*+"
# To the end of the URL. Without a scheme too.
QUERY = re.compile(rf"\?{URL_TEXT}")
# What is left of one whose own text has a quote in it, or that begins without `?`.
SIGNED_REST = re.compile(rf"(?:^|{SEPARATOR}){SIGNING_NAME}={URL_TEXT}", re.IGNORECASE)
# Keys that the API documents as objects or as JSON text, not always as it sends them.
JSON_TEXT_KEYS = frozenset({"Config", "OverrideParams", "Features"})
# Any of these in a body may be a part of what is cleaned: of the names above, of a
# color mark, of what signs a URL.
SUSPECTS = (*UNKNOWN_TEXTS, MARK_KEY, COLOR_MARK, "=", "\x7f")
CONTAINERS = frozenset({dict, list})
ESCAPED_EQUALS_SIGN = re.compile("%(?:25)*3d", re.IGNORECASE)


class RepeatedKeyError(ValueError):
    """An object has two values for one key: nobody knows which one is meant."""


def parse_json(text: str | bytes) -> Any:  # noqa: ANN401  # any JSON
    """Parse JSON; numbers that are none, or too large for the engine, become null.

    Raises:
        RepeatedKeyError: a key has two values.
        ValueError: it is no JSON.
        RecursionError: it is nested too deeply.
    """
    return _DECODER.decode(as_unicode(text))


def as_unicode(body: str | bytes) -> str:
    """Decode JSON as `json.loads` does: UTF-8, UTF-16 or UTF-32.

    Raises:
        UnicodeDecodeError: it is none of them.
    """
    if isinstance(body, str):
        return body
    return body.decode(json.detect_encoding(body), "surrogatepass")


def finite(value: float) -> float | None:
    """Return a number as a float; `None` for what no float can be, or no number is."""
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def is_clean(text: str) -> bool:
    r"""Whether nothing in JSON needs to be cleaned, by a test of all of it at once.

    Most answers pass. Of the escapes it knows `\"` alone, so that each text in it, and
    in the JSON text within it, is a part of `text`.
    """
    return (
        (text.isascii() or text.isprintable())
        and not any(suspect in text for suspect in SUSPECTS)
        and text.count("\\") == text.count('\\"')
        and ("%" not in text or not ESCAPED_EQUALS_SIGN.search(text))
    )


def decode_clean(answer: dict[str, Any]) -> dict[str, Any]:
    """Do to an answer that `is_clean` what `clean_answer` does, in place.

    Raises:
        RecursionError: it is nested too deeply.
    """
    level: list[dict[str, Any] | list[Any]] = [answer]
    for _ in range(DEEPEST):
        below: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                for key in JSON_TEXT_KEYS:
                    if key in one:
                        one[key] = _decoded(one[key])
                below += one.values()
            else:
                below += one
        level = [one for one in below if type(one) in CONTAINERS]
        if not level:
            return answer
    raise RecursionError


def clean_answer(answer: dict[str, Any]) -> dict[str, Any]:
    """Clean all texts of an answer, and decode the JSON text below documented keys.

    Raises:
        RecursionError: it is nested too deeply.
    """
    cleaned: dict[str, Any] = _clean(answer, DEEPEST, is_decoding=True)
    return cleaned


def clean_text(text: str) -> str:
    """Clean one text, wherever it comes from."""
    text = without_surrogates(text)
    if "?" in text:
        text = QUERY.sub(_unless_signing, text)
    if "=" in text:
        text = SIGNED_REST.sub("", text)
    text = without_color_marks(text)
    is_plain = text.isprintable()
    if not is_plain:
        text = CONTROL.sub(REPLACEMENT, text)
    if not is_plain or "\\" in text:
        text = _harmless_if_decoded(text)
    return text + REPLACEMENT if text.strip() in UNKNOWN_TEXTS else text


def without_surrogates(text: str) -> str:
    """Replace lone surrogates: JSON has them, UTF-8 and the engine do not."""
    return text if text.isascii() else text.encode(errors="replace").decode()


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        for key, value in pairs:
            if repr(found[key]) != repr(value):
                raise RepeatedKeyError
    return found


_DECODER = json.JSONDecoder(
    parse_int=lambda digits: int(digits) if len(digits) <= MAX_DIGITS else None,
    parse_float=lambda digits: (
        number if math.isfinite(number := float(digits)) else None
    ),
    parse_constant=lambda _: None,
    object_pairs_hook=_object,
)


def _clean(value: Any, levels: int, *, is_decoding: bool) -> Any:  # noqa: ANN401  # any JSON
    if isinstance(value, str):
        return clean_text(value)
    if not isinstance(value, (list, dict)):
        return value
    if levels == 0:
        raise RecursionError
    if isinstance(value, list):
        return [_clean(one, levels - 1, is_decoding=is_decoding) for one in value]
    return {
        _clean_key(key): _clean(
            _decoded(one) if is_decoding and key in JSON_TEXT_KEYS else one,
            levels - 1,
            is_decoding=is_decoding,
        )
        for key, one in value.items()
        if key != MARK_KEY
    }


def _clean_key(key: str) -> str:
    """Clean a key, which the engine prints as it is; no other key is made of it."""
    if key.isascii() and (
        key.isidentifier() or (key.isprintable() and not set("?=<\\") & set(key))
    ):
        return key
    cleaned = "".join(
        letter if letter.isprintable() else REPLACEMENT for letter in clean_text(key)
    )
    return cleaned if cleaned == key else cleaned + REPLACEMENT


def _decoded(value: Any) -> Any:  # noqa: ANN401  # any JSON
    if not isinstance(value, str):
        return value
    try:
        return parse_json(value)
    except (ValueError, RecursionError):
        return value


def _harmless_if_decoded(text: str) -> str:
    """Clean what the engine would decode: JSON, and YAML of several lines."""
    if text.lstrip().startswith(("{", "[")):
        try:
            # Like the engine, whatever may follow.
            value, _ = json.JSONDecoder().raw_decode(text.strip())
            cleaned = _clean(value, DEEPEST, is_decoding=False)
        except json.JSONDecodeError:
            pass
        except (ValueError, RecursionError):
            # The engine goes deeper, and has no limit of digits.
            return REPLACEMENT + LINE_END.sub(" ", text)
        else:
            return text if cleaned == value else json.dumps(cleaned, ensure_ascii=False)
    if "\n" not in text:
        return text
    in_one_line = LINE_END.sub(" ", text)
    is_plain = in_one_line.replace("\t", " ").isprintable()
    if is_plain and not YAML_MEANS_MORE.search(text):
        return text
    # As one line it may be JSON, which a line end within a text is not.
    return _harmless_if_decoded(in_one_line)


def _unless_signing(query: re.Match[str]) -> str:
    return "" if SIGNING_PARAMETER.search(query[0]) else query[0]
