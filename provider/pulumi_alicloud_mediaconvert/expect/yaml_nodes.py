"""The nodes of a YAML 1.2 document: plain data, and the line of each part.

Values are made from nodes, not by the library's constructors: these accept more tags
than plain data may have, and each fails in its own way.

Source: https://yaml.org/spec/1.2.2/#chapter-10-recommended-schemas.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, ReusedAnchorWarning
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from pulumi_alicloud_mediaconvert.expect.matcher_validation import Location
from pulumi_alicloud_mediaconvert.expect.validation_messages import Problem, path_of
from pulumi_alicloud_mediaconvert.text import MAX_WORD, in_quotes, plain

# A short document with nested aliases can have very many values.
MAX_VALUES = 100_000
PREFIX = "tag:yaml.org,2002:"
MERGE = PREFIX + "merge"
TRUTHS = {"true": True, "false": False}
UNKNOWN_TAG = "the tag {} is not supported; remove it"
NULLS = frozenset({"", "~", "null"})
# In YAML 1.2 a date is text, and so is a lone `=`.
TEXTS = frozenset({"str", "timestamp", "value"})
COLLECTIONS: Mapping[type, str] = {MappingNode: "map", SequenceNode: "seq"}
KINDS: Mapping[type, str] = {
    MappingNode: "a mapping",
    SequenceNode: "a list",
    ScalarNode: "a single value",
}


class EmptyError(Exception):
    """The document is empty or null."""


class TooMuchError(Exception):
    """There are more values than expectations may have."""


def compose(text: str) -> Node:
    """Read a document into nodes.

    Raises:
        YAMLError: it is not YAML.
        EmptyError: it is empty.
        RecursionError: it is nested too deeply.
    """
    reader = YAML(typ="safe", pure=True)
    reader.version = (1, 2)
    with warnings.catch_warnings():
        # An anchor may be defined again.
        warnings.simplefilter("ignore", ReusedAnchorWarning)
        root: Node | None = reader.compose(text)
    if root is None:
        raise EmptyError
    return root


class Document:
    """Plain data from nodes.

    Args:
        root: of the document.

    Attributes:
        wrong: line and problem of each node that is not plain data; its value is
            `None`.
    """

    def __init__(self, root: Node) -> None:
        self._root = root
        self._entries: dict[int, dict[str, tuple[Node, Node]]] = {}
        self._spent = 0
        self._scalars = YAML(typ="safe", pure=True)
        self._scalars.version = (1, 2)
        self.wrong: list[tuple[int, Problem]] = []

    def plain(self) -> Any:  # noqa: ANN401  # any document
        """Make plain data of the whole document.

        Raises:
            MarkedYAMLError: a node contains itself, or has a key twice.
            RecursionError: it is nested too deeply.
            TooMuchError: it makes too many values.
        """
        return self._value(self._root, (), frozenset())

    def line(self, location: Location) -> int:
        """Return the line of a value, or of the value around it (counted from 1)."""
        node = self._root
        line = 1
        for part in location:
            if isinstance(node, MappingNode):
                entries = self._entries_of(node)
                if part not in entries:
                    break
                key, node = entries[str(part)]
                line = _line(key)
            elif isinstance(node, SequenceNode) and isinstance(part, int):
                node = node.value[part]
                line = _line(node)
            else:
                break
        return line

    def _value(self, node: Node, location: Location, above: frozenset[int]) -> Any:  # noqa: ANN401  # any document
        self._spend()
        if id(node) in above:
            text = "an alias refers to an anchor that contains it"
            raise MarkedYAMLError(None, None, text, node.start_mark)
        if isinstance(node, ScalarNode):
            return self._scalar(node, location)
        kind = COLLECTIONS[type(node)]
        if node.tag != PREFIX + kind:
            self._refuse(node, location, UNKNOWN_TAG.format(_tag(node)))
            return None
        above |= {id(node)}
        if isinstance(node, SequenceNode):
            return [
                self._value(entry, (*location, index), above)
                for index, entry in enumerate(node.value)
            ]
        assert isinstance(node, MappingNode)  # noqa: S101  # the third kind of three
        self._check_keys(node, location)
        return {
            key: self._value(value, (*location, key), above)
            for key, (_, value) in self._entries_of(node, above).items()
        }

    def _scalar(self, node: ScalarNode, location: Location) -> Any:  # noqa: ANN401  # any scalar
        kind = str(node.tag).removeprefix(PREFIX)
        text: str = node.value
        if kind in TEXTS:
            return text
        try:
            if kind == "bool":
                return TRUTHS[text.lower()]
            if kind == "int":
                return int(self._scalars.constructor.construct_yaml_int(node))
            if kind == "float":
                return float(self._scalars.constructor.construct_yaml_float(node))
        except (ValueError, LookupError):
            self._refuse(
                node, location, f"{in_quotes(text)} cannot be read as {_tag(node)}"
            )
            return None
        if kind != "null":
            self._refuse(node, location, UNKNOWN_TAG.format(_tag(node)))
        elif text.lower() not in NULLS:
            self._refuse(
                node, location, f"{in_quotes(text)} cannot be read as {_tag(node)}"
            )
        return None

    def _check_keys(self, node: MappingNode, location: Location) -> None:
        """Refuse keys that are not text; merged mappings are checked elsewhere."""
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self._refuse(key, location, f"a key must be text, got {_kind(key)}")
            elif key.tag == MERGE:
                for one in _merged(value):
                    if not isinstance(one, MappingNode):
                        text = f"<< must refer to a mapping, got {_kind(one)}"
                        self._refuse(one, location, text)
            else:
                self._scalar(key, (*location, _name(key)))

    def _entries_of(
        self, node: MappingNode, above: frozenset[int] = frozenset()
    ) -> dict[str, tuple[Node, Node]]:
        """Return key and value by name; own keys replace merged ones."""
        if id(node) in self._entries:
            return self._entries[id(node)]
        stated: dict[str, tuple[Node, Node]] = {}
        merged: list[MappingNode] = []
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                continue
            if key.tag == MERGE:
                merged += [one for one in _merged(value) if type(one) is MappingNode]
            elif _name(key) in stated:
                text = f'found duplicate key "{plain(_name(key))}"'
                raise DuplicateKeyError(None, None, text, key.start_mark)
            else:
                stated[_name(key)] = (key, value)
        for one in merged:
            if id(one) in above:
                text = "an alias refers to an anchor that contains it"
                raise MarkedYAMLError(None, None, text, one.start_mark)
            entries = self._entries_of(one, above | {id(one)})
            self._spend(len(entries))
            stated = {**entries, **stated}
        self._entries[id(node)] = stated
        return stated

    def _spend(self, count: int = 1) -> None:
        self._spent += count
        if self._spent > MAX_VALUES:
            raise TooMuchError

    def _refuse(self, node: Node, location: Location, text: str) -> None:
        problem = Problem(path_of(location), text, location)
        self.wrong.append((_line(node), problem))


def _merged(value: Node) -> Iterator[Node]:
    yield from value.value if isinstance(value, SequenceNode) else [value]


def _name(key: ScalarNode) -> str:
    """Return a key as it is written: `1` and `no` are names, too."""
    name: str = key.value
    return name


def _line(node: Node) -> int:
    line: int = node.start_mark.line
    return line + 1


def _tag(node: Node) -> str:
    tag = str(node.tag)
    short = f"!!{tag.removeprefix(PREFIX)}" if tag.startswith(PREFIX) else tag
    return plain(short, longest=MAX_WORD)


def _kind(node: Node) -> str:
    return KINDS[type(node)]
