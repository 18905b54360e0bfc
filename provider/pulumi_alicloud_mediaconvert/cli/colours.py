"""Colours of a terminal, by outcome, not by a library's defaults."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal, TextIO

if TYPE_CHECKING:
    # Costs time, and a line that says what is missing needs no report.
    from pulumi_alicloud_mediaconvert.input_names import Verdict

Tone = Literal["good", "bad", "unclear"]
"""What a coloured text says: it passed, it failed, or that is not clear."""

Paint = Callable[[str, Tone | None], str]
"""Colours a text; without a tone it leaves it as it is."""

# Green, red and yellow of ECMA-48, which every terminal takes in its own shade.
CODES: Mapping[Tone, int] = {"good": 32, "bad": 31, "unclear": 33}
TONES: Mapping[Verdict, Tone | None] = {
    "passed": "good",
    "failed": "bad",
    "inconclusive": "unclear",
    "pending": "unclear",
    "unverified": None,
}


def uncoloured(text: str, _tone: Tone | None = None) -> str:
    """Leave a text as it is."""
    return text


def coloured(text: str, tone: Tone | None = None) -> str:
    """Colour a text for a terminal."""
    return f"\x1b[{CODES[tone]}m{text}\x1b[0m" if tone and text else text


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person reads a stream."""
    return stream is not None and stream.isatty()


def paint_for(stream: TextIO | None, environ: Mapping[str, str]) -> Paint:
    """Return how texts of a stream are coloured: only on terminals.

    Args:
        stream: to which they are written.
        environ: `NO_COLOR` and `TERM` are respected.

    Source: https://no-color.org.
    """
    is_plain = environ.get("NO_COLOR") or is_dumb(environ)
    return coloured if is_terminal(stream) and not is_plain else uncoloured


def is_dumb(environ: Mapping[str, str]) -> bool:
    """Whether the terminal, if there is one, can only print."""
    return environ.get("TERM") in {"dumb", "unknown"}
