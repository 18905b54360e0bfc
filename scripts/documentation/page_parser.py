"""The parser of pages that `.. include::` takes in: Sphinx shows hooks no such page."""

from __future__ import annotations

from typing import Any

from myst_parser.parsers.sphinx_ import MystParser

from documentation.tabs import with_tabs


class Parser(MystParser):
    """Reads Markdown, and shows one program in several languages as tabs."""

    def parse(self, inputstring: str, document: Any) -> None:  # noqa: ANN401  # see above
        """Parse a page into a document."""
        super().parse(with_tabs(inputstring), document)
