"""What a build adds to the metadata: the long description, and the project's URLs.

The README of the checkout links to files of the checkout. An index shows the README
without them, so here each link leads to the repository, at the tag of the version. As
long as no repository is stated in `pyproject.toml`, a link is plain text.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_RELATIVE = r"\((?!\w+:)(?P<path>[^)\s]+)\)"
_PICTURE = re.compile(rf"!\[(?P<text>[^\]]*)\]{_RELATIVE}")
_LINK = re.compile(rf"(?<!!)\[(?P<text>(?:[^\]\[]|\[[^\]]*\])+)\]{_RELATIVE}")


class CustomMetadataHook(MetadataHookInterface):
    """Reads `repository` of its own table, which a release states."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add `readme` and `urls`."""
        repository = str(self.config["repository"])
        version = str(metadata["version"])
        tag = "main" if "+" in version else f"v{version}"
        text = Path(self.root, "README.md").read_text("utf-8")
        metadata["readme"] = {
            "content-type": "text/markdown",
            "text": as_description(text, repository, tag),
        }
        metadata["urls"] = project_urls(repository, tag)


def project_urls(repository: str, tag: str) -> dict[str, str]:
    """Return the links that an index shows beside the description."""
    if not repository:
        return {}
    return {
        "Source": repository,
        "Documentation": f"{repository}/blob/{tag}/docs/README.md",
        "Changelog": f"{repository}/blob/{tag}/CHANGELOG.md",
    }


def as_description(readme: str, repository: str, tag: str) -> str:
    """Return a README of which every link leads somewhere from any place."""
    if not repository:
        return _LINK.sub(r"\g<text>", _PICTURE.sub("", readme))
    pictures = _PICTURE.sub(rf"![\g<text>]({repository}/raw/{tag}/\g<path>)", readme)
    return _LINK.sub(rf"[\g<text>]({repository}/blob/{tag}/\g<path>)", pictures)
