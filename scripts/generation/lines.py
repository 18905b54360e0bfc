"""Lines of Python source, formatted as ruff formats them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

WIDTH = 88
# Editors show the first line alone of what `Args` says of a parameter.
LONG_LINES = "  # noqa: E501  # editors show one line of each parameter"


def docstring(text: str, indent: int) -> list[str]:
    """Write the docstring of an attribute, wrapped where it is too long."""
    pad = " " * indent
    whole = f'{pad}"""{text}"""'
    if len(whole) <= WIDTH:
        return [whole]
    return [*wrapped(f'"""{text}', indent, indent), f'{pad}"""']


def wrapped(text: str, indent: int, below: int) -> list[str]:
    """Wrap a text; all lines but the first one are indented as `below`."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * below,
        break_on_hyphens=False,
    )


def unwrapped(*lines: str, indent: int) -> list[str]:
    """Write a docstring of which no line is wrapped.

    Args:
        lines: of the text; the first one is the summary.
        indent: of the docstring.
    """
    pad = " " * indent
    first, *below = lines
    written = [f'{pad}"""{first}', *(pad + line if line else "" for line in below)]
    is_long = any(len(line) > WIDTH for line in written)
    return [*written, f'{pad}"""{LONG_LINES if is_long else ""}']


def call(head: str, indent: int, text: str, *more: str) -> list[str]:
    """Write a call with texts as arguments: `head("text")`."""
    pad = " " * indent
    arguments = ", ".join(map(literal, (text, *more)))
    whole = f"{pad}{head}({arguments})"
    if len(whole) <= WIDTH:
        return [whole]
    inner = pad + " " * 4
    if not more:
        lines = [inner + part for part in _parts(text, inner)]
    elif len(inner + arguments) <= WIDTH:
        lines = [inner + arguments]
    else:
        *first, last = _parts(text, inner)
        lines = [inner + part for part in first]
        lines += [f"{inner}{one}," for one in (last, *map(literal, more))]
    return [f"{pad}{head}(", *lines, f"{pad})"]


def literal(text: str) -> str:
    """Write a literal with the quotes that need no escape."""
    return repr(text) if '"' in text else f'"{text}"'


def _parts(text: str, pad: str) -> Iterator[str]:
    """Split a text into literals, of which no two fit into one line."""
    room = WIDTH - len(pad) - len('""')
    if len(text) <= room:
        yield literal(text)
        return
    # Each but the last one ends with the blank before the next word.
    *lines, last = textwrap.wrap(text, room - 1, break_on_hyphens=False)
    yield from (literal(f"{line} ") for line in lines)
    yield literal(last)
