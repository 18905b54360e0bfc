"""Parameters and errors of public functions, from their signatures and docstrings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any

from documentation.python_types import type_text
from documentation.tables import Table

Function = Callable[..., Any]
# An entry of a section: its name, and its meaning with the lines indented below it.
ENTRY = re.compile(r"^ {4}([\w.]+): (.*(?:\n {8}.*)*)", re.MULTILINE)


def parameters(function: Function) -> Table:
    """Write the parameters of a function: name, type, default, meaning."""
    meanings = _section(function, "Args")
    rows = [
        (
            f"`{name}`",
            type_text(str(one.annotation)),
            "required" if one.default is one.empty else f"`{one.default!r}`",
            meanings[name],
        )
        for name, one in inspect.signature(function).parameters.items()
    ]
    return ("parameter", "type", "default", "meaning"), rows


def raises(function: Function) -> Table:
    """Write the errors of a function: exception, when it is raised."""
    rows = [(f"`{name}`", when) for name, when in _section(function, "Raises").items()]
    return ("exception", "when"), rows


def _section(function: Function, name: str) -> dict[str, str]:
    """Return the entries of a section of a docstring, each in one line."""
    text = inspect.getdoc(function) or ""
    _, _, below = text.partition(f"\n{name}:\n")
    section, _, _ = below.partition("\n\n")
    return {one: " ".join(meaning.split()) for one, meaning in ENTRY.findall(section)}
