"""Keep the decimal points of levels on their way through the engine.

A level of 4.0 differs from a codec's own number 4, but the engine has only one kind of
number. A level with a decimal point therefore goes as text, and a number that comes
back had no decimal point. This module needs neither the models nor the SDK.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

LEVEL = "level"
Change = Callable[[Any], Any]
WhenKnown = Callable[[Any, Change], Any]


def with_points(expect: Any, when_known: WhenKnown | None = None) -> Any:  # noqa: ANN401  # any input
    """Write levels such as 4.0 in expectations as text.

    Args:
        expect: expectations of a program.
        when_known: changes a value that is not known yet; it may be at any place.
    """
    return _mapped(expect, lambda level: f"{level:.1f}", when_known, within=False)


def without_points(expect: Any) -> Any:  # noqa: ANN401  # any input
    """Read the whole levels of expectations that come from the engine as counts."""
    return _mapped(expect, int, None, within=False)


def _mapped(
    value: Any,  # noqa: ANN401  # any input
    change: Change,
    when_known: WhenKnown | None,
    *,
    within: bool,
) -> Any:  # noqa: ANN401  # ditto
    """Change levels such as 4.0; a value without them stays the same object.

    Args:
        value: any part of expectations.
        change: of one of them.
        when_known: of `with_points`.
        within: whether the value is that of a level.
    """
    if isinstance(value, float):
        return change(value) if within and value.is_integer() else value

    def mapped(entry: Any, *, within: bool = within) -> Any:  # noqa: ANN401  # any input
        return _mapped(entry, change, when_known, within=within)

    if when_known and (hasattr(value, "apply") or inspect.isawaitable(value)):
        return when_known(value, mapped)
    if isinstance(value, Mapping):
        pairs = {
            key: mapped(entry, within=within or key == LEVEL)
            for key, entry in value.items()
        }
        return pairs if any(pairs[key] is not value[key] for key in pairs) else value
    if isinstance(value, list | tuple):
        entries = [mapped(entry) for entry in value]
        is_same = all(map(lambda one, other: one is other, entries, value))
        return value if is_same else entries
    return value
