"""Quote foreign text in a message: one line, short, printable, without key material."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence

MAX_QUOTE = 300
# Stands for what a program keeps secret.
HIDDEN = "[secret]"
# Characters of a line; what goes into a line is short already, cells are shorter.
MAX_LINE = 2_000
MAX_WORD = 60
MAX_SHOWN_DIGITS = 20
MAX_NAMES = 10
MAX_NAME = 80
MAX_SHOWN = 10**18
# As who writes YAML or JSON knows them.
KINDS: tuple[tuple[type, str], ...] = (
    (Mapping, "a mapping"),
    (list, "a list"),
    (tuple, "a list"),
    (type(None), "null"),
)
MINUTE = 60
HOUR = 60 * MINUTE
# Up to here a time is written in seconds: "90s" says more than "2m".
MAX_IN_SECONDS = 2 * MINUTE
# Begins what the engine takes for a color; it ends at one that it does not know.
COLOR_MARK = "<{%"


def quoted(text: str, *, secrets: Iterable[str] = (), longest: int = MAX_QUOTE) -> str:
    """Return text in double quotes, safe on a terminal and in a log.

    Args:
        text: of whoever; line ends and blanks in a row become one blank, whatever
            cannot be printed a question mark.
        secrets: each is replaced by `***` wherever it occurs.
        longest: characters to be kept.
    """
    return f'"{plain(text, secrets=secrets, longest=longest)}"'


def as_written(text: str) -> str:
    """Quote a name with the blanks and whatever else it has: that is what is wrong."""
    shown = text if text.isprintable() else text.encode("unicode_escape").decode()
    cut = shown if len(shown) <= MAX_WORD else shown[: MAX_WORD - 1] + "…"
    return f'"{without_color_marks(cut)}"'


def in_quotes(word: str) -> str:
    """Quote a name or another word that a person wrote."""
    return quoted(word, longest=MAX_WORD)


def plain(text: str, *, secrets: Iterable[str] = (), longest: int = MAX_QUOTE) -> str:
    """Return what `quoted` puts between the quotes."""
    # The longest first: a secret may contain another one.
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, "***")
    # What is beyond the cut need not be looked at: an answer may have megabytes.
    words = " ".join(text[: longest * 4].split())
    if not words.isprintable():
        words = "".join(letter if letter.isprintable() else "?" for letter in words)
    shown = without_color_marks(words)
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def listed(names: Sequence[str], total: int | None = None) -> str:
    """List some names for a person, and say how many more there are.

    Args:
        names: in any order.
        total: how many there are, if these are not all.
    """
    count = len(names) if total is None else total
    first = heapq.nsmallest(MAX_NAMES, names)
    shown = ", ".join(f'"{plain(name, longest=MAX_NAME)}"' for name in first)
    more = f" and {count - MAX_NAMES} more" if count > MAX_NAMES else ""
    return f"{shown}{more}" or "none"


def shown(value: object) -> str:
    """Say what a value is: itself if it is short and plain, else its type alone.

    What is long, or no plain value at all, may hold what nobody wants to print.
    """
    if isinstance(value, float) and value.is_integer():
        # All numbers of a program arrive as floats.
        return shown(int(value))
    if isinstance(value, int) and abs(value) > MAX_SHOWN:
        return type(value).__name__
    if isinstance(value, bool | int | float | str):
        text = without_color_marks(repr(value))
        if len(text) <= MAX_SHOWN_DIGITS:
            return text
    return next(
        (name for kind, name in KINDS if isinstance(value, kind)),
        type(value).__name__,
    )


def without_color_marks(text: str) -> str:
    """Break what the engine would take for a color."""
    return text.replace(COLOR_MARK, "<{ %")


def in_one_line(text: str) -> str:
    """Make a text one line that is safe to print, of 2,000 characters at most."""
    return plain(text, longest=MAX_LINE)


def counted(number: int, noun: str) -> str:
    """Count things: `1 job`, `1,000 jobs`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def job_name(job_id: str | None, region: str | None) -> str:
    """Name a job as a support desk wants it: `job 0a1b… (cn-shanghai)`."""
    name = f"job {plain(job_id)}" if job_id else "the job"
    return name + (f" ({region})" if region else "")


def joined(words: Sequence[str]) -> str:
    """Join words as a person does: `a, b and c`."""
    *first, last = words or [""]
    return f"{', '.join(first)} and {last}" if first else last


def in_brackets(*facts: str | None) -> str:
    """Put facts behind a sentence: ` (a, b)`; nothing without any."""
    known = ", ".join(filter(None, facts))
    return f" ({known})" if known else ""


def short_duration(seconds: float) -> str:
    """Print a finite duration for a person, rounded: `45s`, `31m`, `1h30m`."""
    if round(seconds) < MAX_IN_SECONDS:
        return f"{max(0, round(seconds))}s"
    hours, minutes = divmod(round(seconds / MINUTE), HOUR // MINUTE)
    return (f"{hours}h" if hours else "") + (f"{minutes}m" if minutes else "")
