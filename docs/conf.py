"""How Sphinx builds these pages; `scripts/docs` runs it with warnings as errors."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path, PurePath

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinxcontrib.mermaid import mermaid

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))
from documentation.example_sources import with_sources
from documentation.tabs import with_tabs

project = "pulumi-alicloud-mediaconvert"
copyright = "its authors, Apache-2.0"  # noqa: A001  # the name that Sphinx reads

extensions = ["myst_parser", "sphinx_design", "sphinxcontrib.mermaid"]
# What a forge shows of this folder; index.rst includes it and adds the navigation.
exclude_patterns = ["_build", "README.md"]
myst_heading_anchors = 3
# A forge draws such a block itself; here it is drawn once, and no page loads a script.
myst_fence_as_directive = ["mermaid"]
mermaid_cmd = "mermaidx"
mermaid_output_format = "svg"
# A dark card, as the other pictures: it suits a light and a dark page.
mermaid_params = ["--theme", "dark", "--background", "#292929"]

html_theme = "furo"
html_title = project
html_static_path = ["static"]
html_css_files = ["pages.css"]
html_copy_source = False
html_show_sphinx = False

# The one place that states the repository, once there is a public one.
_pyproject = Path(__file__).parents[1] / "pyproject.toml"
_tools = tomllib.loads(_pyproject.read_text("utf-8"))["tool"]
repository = _tools["hatch"]["metadata"]["hooks"]["custom"]["repository"]
if repository:
    html_theme_options = {
        "source_repository": repository,
        "source_branch": "main",
        "source_directory": "docs/",
    }

# Pages of the folder above, which a forge needs under their own path.
FROM_ABOVE = {"CHANGELOG": "changelog", "SECURITY": "security"}


def lead_home(_app: Sphinx, doctree: nodes.document) -> None:
    """Let links to pages of the folder above lead to the pages that include them.

    And links of those pages, which a forge reads from above, to the pages of this one.
    """
    for reference in doctree.findall(pending_xref):
        target, _, anchor = reference["reftarget"].partition("#")
        if target.startswith("docs/"):
            page = PurePath(target).relative_to("docs").with_suffix("").as_posix()
            reference.attributes |= {
                "refdomain": "doc",
                "reftarget": page,
                "reftargetid": anchor or None,
            }
        name = PurePath(reference["reftarget"]).name
        if reference.get("refdomain") == "doc" and name in FROM_ABOVE:
            reference["reftarget"] = FROM_ABOVE[name]


def frame_diagrams(_app: Sphinx, doctree: nodes.document) -> None:
    """Put each diagram into a frame, which scrolls if it is wider than the screen."""
    for diagram in [*doctree.findall(mermaid)]:
        frame = nodes.container(classes=["diagram"])
        diagram.replace_self(frame)
        frame += diagram


def show_programs(_app: Sphinx, page: str, content: list[str]) -> None:
    """Show one program in several languages as tabs, and the examples as code."""
    content[0] = with_tabs(content[0])
    if page == "examples":
        content[0] = with_sources(content[0])


def setup(app: Sphinx) -> None:
    """Join what Sphinx does."""
    app.connect("source-read", show_programs)
    app.connect("doctree-read", lead_home)
    app.connect("doctree-read", frame_diagrams)
