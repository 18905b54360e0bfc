"""Outputs that a program may take apart though a part is not there.

The SDK makes an output of each part of an output, such as `job.outputs[0].file.width`,
and ends the program in a traceback where a part is `None` or an index is too high. A
gate may let a program go on that has no such part: then the part is `None`.

Source: `pulumi/output.py`, `Output.__getattr__` and `Output.__getitem__`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn, cast

import pulumi

from pulumi_alicloud_mediaconvert.hosts.dynamic.sdk_values import UNKNOWN_CLASS
from pulumi_alicloud_mediaconvert.text import MAX_NAME, listed, quoted

HIDDEN_NAMES = "there are others, but they are secret"


class Lifted(pulumi.Output[Any]):
    """An output of which every part can be had: `None` where there is none.

    With the verdict `passed` a name or an index that is not there is an error that
    lists what there is.
    """

    # Set by `lifted`; the SDK has no way to construct an output of another class.
    _path: str
    _verdict: pulumi.Output[Any] | None

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # as the base
        """Lift a field."""
        if name.startswith("__"):
            # As the SDK refuses it, which other libraries rely on.
            raise AttributeError(f"'Output' object has no attribute '{name}'")

        def field(value: object) -> object:
            return value if _is_nothing(value) else getattr(value, name)

        part = self.apply(field, run_with_unknowns=True)
        return lifted(part, f"{self._path}.{name}", self._verdict)

    @property
    def format(self) -> Any:  # noqa: ANN401  # as above
        """Lift a field that has the name of a function of the SDK."""
        return self.__getattr__("format")

    def __getitem__(self, key: object) -> Any:  # noqa: ANN401  # as the base
        """Lift an entry."""
        path = f"{self._path}[{_shown(key)}]"

        def entry(value: Any) -> object:  # noqa: ANN401  # a list or a mapping
            if _is_nothing(value):
                return value
            try:
                return value[key]
            except LookupError:
                return self._absent(path, value)

        part = self.apply(entry, run_with_unknowns=True)
        return lifted(part, path, self._verdict)

    def _absent(self, path: str, value: object) -> object:
        async def answer(verdict: object) -> object:
            if verdict == "passed":
                there = HIDDEN_NAMES if await self.is_secret() else _names(value)
                _refuse(path, there)
            return None

        if self._verdict is None:
            _refuse(path, _names(value))
        absent: pulumi.Output[object] = self._verdict.apply(answer)
        return absent


def lifted(
    output: pulumi.Output[Any], path: str, verdict: pulumi.Output[Any] | None
) -> Lifted:
    """Let the parts of an output be absent.

    Args:
        output: that is changed by this, and returned.
        path: by which a program reads it, for the text of an error.
        verdict: with `passed` what is asked for must be there; without one always.
    """
    output.__class__ = Lifted
    made = cast("Lifted", output)
    made._path, made._verdict = path, verdict  # noqa: SLF001  # our own
    return made


def none_once_judged(
    output: pulumi.Output[Any], verdict: pulumi.Output[Any]
) -> pulumi.Output[Any]:
    """Make `None` of an output that is not stored, as soon as the verdict is known.

    The engine stores no `None`, and the SDK takes what a preview does not find for
    unknown: whatever consumes it would change in every preview.
    """

    def known(value: object) -> object:
        if isinstance(value, UNKNOWN_CLASS):
            return verdict.apply(lambda _: None)
        return value

    return output.apply(known, run_with_unknowns=True)


def _is_nothing(value: object) -> bool:
    return value is None or isinstance(value, UNKNOWN_CLASS)


def _refuse(path: str, there: str) -> NoReturn:
    # The SDK prints this one as a line, any other with a traceback.
    raise pulumi.RunError(f"there is no {path}; {there}")


def _names(value: object) -> str:
    if isinstance(value, Mapping):
        return f"there are: {listed([str(name) for name in value])}"
    count = len(value) if isinstance(value, Sequence) else 0
    return f"there are {count}, counted from 0" if count else "there are none"


def _shown(key: object) -> str:
    return quoted(key, longest=MAX_NAME) if isinstance(key, str) else str(key)
