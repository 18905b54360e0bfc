"""Names of inputs and plain values within a text, as each audience writes them.

A text that names an input is a `Sentence`: it has the name as data, so that a host
whose programs spell it otherwise can write it. Foreign text in it is never changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from pulumi_alicloud_mediaconvert.text import shown


@dataclass(frozen=True)
class Key:
    """The name of an input, or of a key within one."""

    name: str


@dataclass(frozen=True)
class Value:
    """A value, which is shown if it is short and plain."""

    value: Any


@dataclass(frozen=True)
class TypeOf:
    """What kind of value this is; the value is not shown."""

    value: Any


Part = str | Key | Value | TypeOf
Place = tuple[str | int, ...]


class Spelling:
    """How Python programs, and files of expectations, write names and values.

    A host of programs that write them otherwise has a class of its own.
    """

    def key(self, name: str) -> str:
        """Write the name of an input, or of a key within one."""
        return name

    def location(self, location: Place, model: type[Any]) -> Place:
        """Write the keys of a location; keys that users choose stay as they are.

        Args:
            location: by the names of the model.
            model: of the inputs.
        """
        del model
        return location

    def value(self, value: object) -> str:
        """Write a value if it is short and plain, else its type."""
        return shown(value)

    def type_of(self, value: object) -> str:
        """Write the type of a value."""
        return type(value).__name__

    def text(self, text: str) -> str:
        """Write a text; one that is no sentence names no input."""
        parts = text.parts if isinstance(text, Sentence) else [text]
        return "".join(map(self._part, parts))

    def _part(self, part: Part) -> str:
        match part:
            case Key(name):
                return self.key(name)
            case Value(value):
                return self.value(value)
            case TypeOf(value):
                return self.type_of(value)
            case _:
                return part


PYTHON = Spelling()


class Sentence(str):
    """A text in Python's spelling that other spellings can be made of.

    Args:
        *parts: of the text, in their order.
    """

    __slots__ = ("parts",)

    parts: tuple[Part, ...]

    def __new__(cls, *parts: Part) -> Self:
        """Write the parts; those of a sentence within it stay apart."""
        flat = tuple(
            inner
            for part in parts
            for inner in (part.parts if isinstance(part, Sentence) else (part,))
        )
        made = super().__new__(cls, "".join(map(PYTHON._part, flat)))  # noqa: SLF001  # of this module
        made.parts = flat
        return made


def joined_sentence(
    parts: Sequence[Part], comma: str = ", ", last: str = " and "
) -> Sentence:
    """Join parts as a person does: `a, b and c`."""
    separated: list[Part] = []
    for index, part in enumerate(parts):
        if index:
            separated.append(last if index == len(parts) - 1 else comma)
        separated.append(part)
    return Sentence(*separated)
