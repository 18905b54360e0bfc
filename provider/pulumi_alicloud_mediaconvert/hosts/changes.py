"""Where inputs differ from what is stored, as paths of properties. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from pulumi_alicloud_mediaconvert.lifecycle.stored_state import is_same

PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


Kind = Literal["ADD", "DELETE", "UPDATE"]


class Change(NamedTuple):
    """One place where properties differ.

    Attributes:
        name: of the property.
        path: as the engine writes it: `expect.outputs[0].name`.
        kind: of the change.
    """

    name: str
    path: str
    kind: Kind


def differences(
    olds: Mapping[str, Any], news: Mapping[str, Any], names: Iterable[str]
) -> list[Change]:
    """Find where properties differ.

    Args:
        olds: the stored outputs.
        news: the checked inputs.
        names: of the inputs that have changed.
    """
    return [
        Change(name, path, kind)
        for name in names
        for path, kind in _within(name, olds.get(name), news.get(name))
    ]


def _within(path: str, old: Any, new: Any) -> Iterator[tuple[str, Kind]]:  # noqa: ANN401  # any input
    if is_same(old, new):
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in {**old, **new}:
            yield from _within(f"{path}{_step(key)}", old.get(key), new.get(key))
    elif _is_list(old) and _is_list(new):
        yield from _within_lists(path, old, new)
    elif old is None:
        yield path, "ADD"
    else:
        yield path, "DELETE" if new is None else "UPDATE"


def _within_lists(
    path: str, old: Sequence[Any], new: Sequence[Any]
) -> Iterator[tuple[str, Kind]]:
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
        yield from _within(f"{path}[{index}]", was, becomes)


def _is_list(value: object) -> bool:
    return isinstance(value, list | tuple)


def _step(key: object) -> str:
    text = str(key)
    if PLAIN_KEY.fullmatch(text):
        return f".{text}"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'["{escaped}"]'
