"""Tables of a page, in Markdown."""

from __future__ import annotations

from collections.abc import Sequence

# Head and rows.
Table = tuple[Sequence[str], Sequence[Sequence[str]]]


def markdown(table: Table) -> str:
    """Write a table."""
    head, rows = table
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
