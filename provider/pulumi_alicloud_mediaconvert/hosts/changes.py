"""Where inputs differ from what is stored, as paths of properties. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from pulumi_alicloud_mediaconvert.expect.matcher_validation import Location
from pulumi_alicloud_mediaconvert.lifecycle.input_changes import is_same

# More than a person reads: with more, no host shows each place.
MAX_PLACES = 1000
PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


Kind = Literal["ADD", "DELETE", "UPDATE"]


class Change(NamedTuple):
    """One place where properties differ.

    Attributes:
        name: of the property.
        location: the keys and indexes down to the place, the property's name first.
        kind: of the change.
    """

    name: str
    location: Location
    kind: Kind

    def kind_in(self, replaces: Collection[str]) -> str:
        """Return the kind as the engine calls it.

        Source: `provider.proto`, `PropertyDiff.Kind`.

        Args:
            replaces: names of the properties whose change replaces the resource.
        """
        return f"{self.kind}_REPLACE" if self.name in replaces else self.kind

    @property
    def path(self) -> str:
        """The location as the engine writes it: `expect.outputs[0].name`."""
        return property_path(self.location)


def property_path(location: Location) -> str:
    """Write a location as the engine does: `expect.outputs[0].name`."""
    return "".join(map(_step, location)).removeprefix(".")


def differences(
    olds: Mapping[str, Any],
    news: Mapping[str, Any],
    names: Iterable[str],
    hidden: Collection[str] = (),
) -> list[Change]:
    """Find where properties differ.

    Args:
        olds: the stored outputs.
        news: the checked inputs.
        names: of the inputs that have changed.
        hidden: names of those that change as a whole: their keys are secret.
    """
    return [
        Change(name, location, kind)
        for name in names
        for within in [_whole if name in hidden else _within]
        for location, kind in within((name,), olds.get(name), news.get(name))
    ]


def _within(at: Location, old: Any, new: Any) -> Iterator[tuple[Location, Kind]]:  # noqa: ANN401  # any input
    if is_same(old, new):
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in {**old, **new}:
            yield from _within((*at, key), old.get(key), new.get(key))
    elif _is_list(old) and _is_list(new):
        yield from _within_lists(at, old, new)
    else:
        yield from _whole(at, old, new)


def _whole(at: Location, old: Any, new: Any) -> Iterator[tuple[Location, Kind]]:  # noqa: ANN401  # any input
    if old is None:
        yield at, "ADD"
    else:
        yield at, "DELETE" if new is None else "UPDATE"


def _within_lists(
    at: Location, old: Sequence[Any], new: Sequence[Any]
) -> Iterator[tuple[Location, Kind]]:
    # What is alike at both ends has not changed, though its index may have.
    shorter = min(len(old), len(new))
    head = next((i for i in range(shorter) if not is_same(old[i], new[i])), shorter)
    tail = next(
        (i for i in range(shorter - head) if not is_same(old[-1 - i], new[-1 - i])),
        shorter - head,
    )
    for index in range(head, max(len(old), len(new)) - tail):
        was = old[index] if index < len(old) - tail else None
        becomes = new[index] if index < len(new) - tail else None
        yield from _within((*at, index), was, becomes)


def _is_list(value: object) -> bool:
    return isinstance(value, list | tuple)


def _step(key: str | int) -> str:
    if isinstance(key, int):
        return f"[{key}]"
    text = str(key)
    if PLAIN_KEY.fullmatch(text):
        return f".{text}"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'["{escaped}"]'
