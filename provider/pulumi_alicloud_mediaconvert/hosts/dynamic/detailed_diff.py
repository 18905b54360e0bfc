"""What changes within the inputs of a resource, for the engine to show and to act on.

The SDK tells the engine that something changed, and not what: of a set of a thousand
jobs it then shows all when one is another, and `replace_on_changes` has nothing to go
by. The engine's protocol has fields for that, which the SDK leaves empty in the answer
that it makes of ours. Where it makes it in another way, all is shown as before.

Source: `pulumi/dynamic/__main__.py`, `Diff`, and `provider.proto`, `DiffResponse`.
"""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pulumi.dynamic import DiffResult

from pulumi_alicloud_mediaconvert.lifecycle.stored_state import is_same

with contextlib.suppress(ImportError):
    from pulumi.runtime.proto import provider_pb2

PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# More than a person reads; with more, all is shown.
MAX_PATHS = 1000
Change = tuple[str, str]


def differences(
    olds: Mapping[str, Any], news: Mapping[str, Any], names: Iterable[str]
) -> list[Change]:
    """Say where properties differ, as paths of the engine and kinds of change.

    Args:
        olds: the stored outputs.
        news: the checked inputs.
        names: of the inputs that have changed.
    """
    return [
        change
        for name in names
        for change in _within(name, olds.get(name), news.get(name))
    ]


def _within(path: str, old: Any, new: Any) -> Iterator[Change]:  # noqa: ANN401  # any input
    if is_same(old, new):
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in {**old, **new}:
            yield from _within(f"{path}{_step(key)}", old.get(key), new.get(key))
    elif _is_list(old) and _is_list(new):
        yield from _within_lists(path, old, new)
    else:
        yield path, "ADD" if old is None else "DELETE" if new is None else "UPDATE"


def _within_lists(
    path: str, old: Sequence[Any], new: Sequence[Any]
) -> Iterator[Change]:
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


class DetailedDiff(DiffResult):
    """A change, with the places where it is.

    The SDK reads `changes` when it has begun to make the engine's answer; what is
    known besides is put into that answer then.
    """

    def __init__(self, replaces: list[str], found: Sequence[Change]) -> None:
        self._found = found
        super().__init__(changes=True, replaces=replaces)

    @property
    def changes(self) -> bool | None:
        """Whether anything changes."""
        frame = sys._getframe(1)  # noqa: SLF001  # the only way into the answer
        fields = frame.f_locals.get("fields")
        if frame.f_code.co_name == "Diff" and isinstance(fields, dict):
            # Another protocol has no such fields.
            with contextlib.suppress(AttributeError, NameError, ValueError):
                fields.update(self._detail())
        return self._changes

    @changes.setter
    def changes(self, value: bool | None) -> None:
        self._changes = value

    def _detail(self) -> dict[str, Any]:
        if not self._found or len(self._found) > MAX_PATHS:
            return {}
        names = dict.fromkeys(_name_of(path) for path, _ in self._found)
        replaces = self.replaces or []
        kinds = provider_pb2.PropertyDiff.Kind
        detail = {
            path: provider_pb2.PropertyDiff(
                kind=kinds.Value(
                    f"{kind}_REPLACE" if _name_of(path) in replaces else kind
                ),
                inputDiff=True,
            )
            for path, kind in self._found
        }
        return {"diffs": [*names], "detailedDiff": detail, "hasDetailedDiff": True}


def _name_of(path: str) -> str:
    return re.split(r"[.\[]", path, maxsplit=1)[0]
