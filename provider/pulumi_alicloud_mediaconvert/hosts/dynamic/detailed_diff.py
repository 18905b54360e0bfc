"""A change in the engine's protocol, with the places where it is.

The SDK tells the engine that something changed, and not what: of a set of a thousand
jobs it then shows all when one is another, and `replace_on_changes` has nothing to go
by. The engine's protocol has fields for that, which the SDK leaves empty in the answer
that it makes of ours. Where it makes it in another way, all is shown as before.

Source: `pulumi/dynamic/__main__.py`, `Diff`, and `provider.proto`, `DiffResponse`.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence
from typing import Any

from pulumi.dynamic import DiffResult

from pulumi_alicloud_mediaconvert.hosts.changes import MAX_PLACES, Change

with contextlib.suppress(ImportError):
    from pulumi.runtime.proto import provider_pb2


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
        if not self._found or len(self._found) > MAX_PLACES:
            return {}
        names = dict.fromkeys(change.name for change in self._found)
        replaces = self.replaces or []
        kinds = provider_pb2.PropertyDiff.Kind
        detail = {
            one.path: provider_pb2.PropertyDiff(
                kind=kinds.Value(one.kind_in(replaces)), inputDiff=True
            )
            for one in self._found
        }
        return {"diffs": [*names], "detailedDiff": detail, "hasDetailedDiff": True}
