"""Plain values from a host, with two markers. Pure.

Plain values are those of JSON: mappings, lists, text, numbers, booleans and None.
`Unknown` is a value that only the deployment knows, `Secret` holds a value that must
not be shown. Each host writes both in its own form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Secret:
    """A value that must not be shown, and that is stored as ciphertext."""

    value: Any


class Unknown:
    """A value that only the deployment knows."""


UNKNOWN = Unknown()


def has_unknown(value: object) -> bool:
    """Whether a value is unknown, or anything within it."""
    return _has(value, lambda one: isinstance(one, Unknown))


def has_secret(value: object) -> bool:
    """Whether a value is secret, or anything within it."""
    # Of every value of every comparison.
    if isinstance(value, dict):
        return any(map(has_secret, value.values()))
    if isinstance(value, (list, tuple)):
        return any(map(has_secret, value))
    return isinstance(value, Secret)


def in_clear(value: Any) -> Any:  # noqa: ANN401  # any value
    """Return a value without its marks of secrets, also nested ones."""
    return mapped(value, _without_marks)


def mapped(value: Any, change: Callable[[Any], Any]) -> Any:  # noqa: ANN401  # any value
    """Change a value, and then whatever is within it."""
    value = change(value)
    if isinstance(value, dict):
        return {key: mapped(entry, change) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [mapped(entry, change) for entry in value]
    return value


def secret_names(props: Mapping[str, Any], names: Sequence[str]) -> tuple[str, ...]:
    """Name the properties, of those that are named, that hold a secret."""
    return tuple(name for name in names if has_secret(props.get(name)))


def _without_marks(value: Any) -> Any:  # noqa: ANN401  # any value
    while isinstance(value, Secret):
        value = value.value
    return value


def _has(value: object, is_such: Callable[[object], bool]) -> bool:
    if isinstance(value, dict):
        return any(_has(entry, is_such) for entry in value.values())
    if isinstance(value, list | tuple):
        return any(_has(entry, is_such) for entry in value)
    if isinstance(value, Secret):
        return is_such(value) or _has(value.value, is_such)
    return is_such(value)
