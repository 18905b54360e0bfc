"""Keep the points of levels on their way through the engine.

A level of 4.0 is another one than a count of 4, but the engine has one kind of number:
what a program states with a point goes as text, and what comes back as a number had
none. Imported by programs and by what knows no Pulumi: it needs neither models nor
the SDK.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

LEVEL = "level"


def with_points(expect: Any) -> Any:  # noqa: ANN401  # any input
    """Write the whole levels of expectations as text, if they are stated by floats.

    Args:
        expect: as a program states it: outputs may stand anywhere in it.
    """
    return _mapped(expect, lambda level: f"{level:.1f}", within=False)


def without_points(expect: Any) -> Any:  # noqa: ANN401  # any input
    """Read the whole levels of expectations that come from the engine as counts."""
    return _mapped(expect, int, within=False)


def _mapped(value: Any, change: Callable[[float], Any], *, within: bool) -> Any:  # noqa: ANN401  # any input
    """Change the whole floats of levels; what has none of them stays the same object.

    Args:
        value: any part of what is stated.
        change: of one of them.
        within: whether the value is that of a level.
    """
    if isinstance(value, float):
        return change(value) if within and value.is_integer() else value
    if hasattr(value, "apply") or inspect.isawaitable(value):
        return _later(value, lambda one: _mapped(one, change, within=within))
    if isinstance(value, Mapping):
        pairs = {
            key: _mapped(entry, change, within=within or key == LEVEL)
            for key, entry in value.items()
        }
        return pairs if any(pairs[key] is not value[key] for key in pairs) else value
    if isinstance(value, list | tuple):
        entries = [_mapped(entry, change, within=within) for entry in value]
        is_same = all(map(lambda one, other: one is other, entries, value))
        return value if is_same else entries
    return value


def _later(value: Any, change: Callable[[Any], Any]) -> Any:  # noqa: ANN401  # an output
    # Only a program has outputs, and it has loaded the SDK.
    import pulumi  # noqa: PLC0415  # see above

    return pulumi.Output.from_input(value).apply(change)
