"""Texts that mean harm, and whether what is left of them can be printed."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

# Of the engine: what begins a color, and one that it knows.
COLORS = ("<{%", "<{%bogus%}>", "<{%reset%}>", r"\u003c{%x%}>")
ESCAPES = (
    *("\x1b[2J", "\x1b]0;title\x07", "\x1b]8;;http://evil\x1b\\\\here", "\x9b31m"),
    *("\x90q\x9c", "\x08\x08", "\r", "\x00", "\x7f", "\x1bc", "\x1b[6n"),
)
UNPRINTABLE = ("\u202e", "\u2066", "\u200f", "\ufeff", "\ue000", "\U000e0041", "\u2028")
SURROGATES = ("\ud800", "\udfff", "\udc80")
DECODED = (
    *(r'{"\u001b[2J": 1}', r'["\u003c{%x%}>"]', '"\\e[2J": 1\nb: 2', "\n"),
    *(r'{"a": "{\"\\u001b\": 1}"}', '{"\u202e": 1}', "? !!binary G1s=\n: 1"),
    *(r'{"\b": 1}}', "[" * 150 + r'{"\r": 1}' + "]" * 150, '{"', '": 1}'),
)
WORTH_TRYING = (*COLORS, *ESCAPES, *UNPRINTABLE, *SURROGATES, *DECODED)
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=8)
HOSTILE_TEXTS = st.lists(
    ANY_TEXT | st.sampled_from(WORTH_TRYING) | st.sampled_from(["Success", "720P"]),
    max_size=4,
).map("".join)


def is_printable(text: str) -> bool:
    """Whether lines can be printed, by a terminal and by the engine."""
    return all(line.isprintable() for line in text.split("\n")) and "<{%" not in text


def is_safe_where_the_engine_prints(value: Any) -> bool:
    """Whether a value of the state does no harm where the engine shows it.

    It quotes texts, but prints keys as they are; text that is JSON it decodes first;
    a text that a person asks for, it prints as it is.
    """
    if isinstance(value, str):
        is_quiet = not any(
            ord(letter) in {*range(9), *range(11, 32), *range(127, 160)}
            for letter in value.replace("\r\n", "")
        )
        value.encode()
        return is_quiet and "<{%" not in value and _is_safe_decoded(value)
    if isinstance(value, list):
        return all(map(is_safe_where_the_engine_prints, value))
    if isinstance(value, dict):
        return all(
            is_printable(key)
            and "\n" not in key
            and is_safe_where_the_engine_prints(one)
            for key, one in value.items()
        )
    return True


def _is_safe_decoded(text: str) -> bool:
    try:
        decoded, _ = json.JSONDecoder().raw_decode(text.strip())
    except ValueError:
        return True
    if not isinstance(decoded, list | dict):
        return True
    return is_safe_where_the_engine_prints(decoded)
