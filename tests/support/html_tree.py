"""A page of HTML as a parser reads it: elements, their attributes and texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "input", "br", "wbr", "link", "img"})
# What a browser may be sent to, or asked to load.
ADDRESSES = frozenset({"href", "src", "action", "formaction", "srcset", "data"})


@dataclass
class Element:
    """An element.

    Attributes:
        tag: its name.
        attributes: by their names.
        children: elements and texts, in order.
    """

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All texts in it, in one line."""
        words = (
            one if isinstance(one, str) else f" {one.text} "
            for one in self.children
            # Where a line may end is no blank.
            if isinstance(one, str) or one.tag != "wbr"
        )
        return " ".join("".join(words).split())

    @property
    def classes(self) -> list[str]:
        """The names of its classes."""
        return self.attributes.get("class", "").split()

    def all(self, tag: str = "", name: str = "") -> list[Element]:
        """Find the elements in it by tag, by class, or by both."""
        return [
            one
            for one in self.walk()
            if tag in ("", one.tag) and (not name or name in one.classes)
        ]

    def only(self, tag: str = "", name: str = "") -> Element:
        """Find the one element in it by tag, by class, or by both."""
        [found] = self.all(tag, name)
        return found

    def walk(self) -> Iterator[Element]:
        """Yield the element and all in it, in order."""
        yield self
        for one in self.children:
            if isinstance(one, Element):
                yield from one.walk()

    @property
    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        """The tags in it, each with the names of its attributes."""
        return [(one.tag, tuple(sorted(one.attributes))) for one in self.walk()]

    @property
    def addresses(self) -> list[str]:
        """Where a browser may be sent, or what it may be asked to load."""
        return [
            value
            for one in self.walk()
            for name, value in one.attributes.items()
            if name in ADDRESSES
        ]


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice"
        one = Element(tag, {name: value or "" for name, value in attrs})
        self.stack[-1].children.append(one)
        if tag not in VOID:
            self.stack.append(one)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.stack.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.stack[-1].tag == tag, f"</{tag}> in <{self.stack[-1].tag}>"
        self.stack.pop()

    def handle_data(self, data: str) -> None:
        self.stack[-1].children.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        assert decl == "doctype html"

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")


def parsed(page: str) -> Element:
    """Read a page, of which each element is closed where it has to be."""
    parser = _Parser()
    parser.feed(page)
    parser.close()
    [root] = parser.stack
    return root
