"""Blocks of a page or of code that are written by a script, and stay as it writes them.

A block lies between `<!-- owner: name -->` and `<!-- end -->`, in code between
`# owner: name` and `# end`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path


def names_in(page: str, owner: str) -> list[str]:
    """Name the blocks of an owner, in their order."""
    return [found[2] for found in _block(owner, "[^\n]+?").finditer(page)]


def filled(page: str, owner: str, texts: Mapping[str, str]) -> str:
    """Return a page with blocks as they should be.

    Raises:
        SystemExit: the page has no block of such a name.
    """
    for name, text in texts.items():
        block = _block(owner, re.escape(name))
        if not block.search(page):
            raise SystemExit(f"no page has a block for: {owner}: {name}")
        page = block.sub(_holding(text), page)
    return page


def keep(after: Mapping[Path, str], *, check: bool, source: str, command: str) -> int:
    """Write the files that are not as they should be; returns an exit code.

    Args:
        after: the texts that the files should have.
        check: write nothing; name those files, and return 1 if there are any.
        source: what the texts follow from.
        command: that writes them.
    """
    differing = [
        file
        for file, text in after.items()
        if not file.exists() or file.read_text("utf-8") != text
    ]
    for file in differing:
        if check:
            print(f"{file.name} differs from {source}: run {command}")
        else:
            file.write_text(after[file], "utf-8")
    return int(check and bool(differing))


def _block(owner: str, name: str) -> re.Pattern[str]:
    return re.compile(
        rf"((?:<!--|#) {owner}: ({name})(?: -->)?\n).*?([ ]*(?:<!--|#) end(?: -->)?\n)",
        re.DOTALL,
    )


def _holding(text: str) -> Callable[[re.Match[str]], str]:
    return lambda found: f"{found[1]}{text}\n{found[3]}"
