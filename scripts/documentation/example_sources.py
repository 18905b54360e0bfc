"""Programs of `examples` on their page: links on a repository site, code on ours."""

from __future__ import annotations

import re

# A line that is nothing but a link to a file of an example.
_LINK = re.compile(r"^\[[^\]\n]+\]\((?P<path>\.\./examples/[^)\n]+)\)$", re.MULTILINE)
_LEXERS = {"py": "python", "ts": "typescript", "go": "go", "yaml": "yaml"}


def with_sources(page: str) -> str:
    """Return a page that shows each linked file of an example, folded up."""
    return _LINK.sub(_folded, page)


def _folded(found: re.Match[str]) -> str:
    path = found["path"]
    lexer = _LEXERS[path.rpartition(".")[2]]
    # A title with backticks needs a fence of tildes.
    return (
        f"~~~~~{{dropdown}} `{path.removeprefix('../')}`\n"
        f"````{{literalinclude}} {path}\n:language: {lexer}\n````\n~~~~~"
    )
