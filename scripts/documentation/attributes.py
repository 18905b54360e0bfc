"""Attributes of classes, with the docstrings below them."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple


class Attribute(NamedTuple):
    """An annotated attribute; `meaning` is its docstring in one line."""

    name: str
    annotation: str
    meaning: str


def attributes_of(node: ast.ClassDef) -> Iterator[Attribute]:
    """Yield the attributes of a class that are annotated, in their order."""
    for one, after in pairwise([*node.body, ast.Pass()]):
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
            below = after.value if isinstance(after, ast.Expr) else None
            said = below.value if isinstance(below, ast.Constant) else ""
            meaning = " ".join(str(said).split())
            yield Attribute(one.target.id, ast.unparse(one.annotation), meaning)


def attributes_in(described: type) -> list[Attribute]:
    """Return the attributes of a class that have a docstring, in their order."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(described)))
    [node] = (one for one in tree.body if isinstance(one, ast.ClassDef))
    return [one for one in attributes_of(node) if one.meaning]


def meanings_of(described: type) -> dict[str, str]:
    """Return the meanings of the attributes that have a docstring, by name."""
    return {one.name: one.meaning for one in attributes_in(described)}
