"""The pages for people, README and `docs`, taken apart into what can be checked.

A comment right before a block is a mark: `MARKS` says which there are.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from credentials import CONFIG_KEYS
from jobs import REGION
from pulumi_alicloud_mediaconvert.testing import GateMocks

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    if "_build" not in path.parts
)
MARKS: Mapping[str, str] = {
    "account": "needs an account; the words say for what",
    "machine": "needs another machine or an index of packages; the words say for what",
    "file": "is what a file of that name holds, for the commands below it",
    "background": "goes on until the end of the page; what it prints first is shown",
    "engine": "is printed by the engine in tests/engine/test_documents.py",
    "stops": "is a program that the gate stops; the words are what is printed",
    "test": "is run by the test that is named",
}
NOT_RUN = {"account", "machine", "test"}
_MARK = re.compile(rf"<!-- ({'|'.join(MARKS)})(?:: (.+?))? -->")
_PARSER = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True)
class Block:
    """A fenced block of a page.

    Attributes:
        page: relative to the checkout.
        line: where it begins.
        language: the first word behind the fence.
        text: what is in it.
        marks: their words by their names; empty where a mark has none.
    """

    page: str
    line: int
    language: str
    text: str
    marks: Mapping[str, str]

    @property
    def is_run(self) -> bool:
        """Whether nothing says that it cannot be."""
        return not NOT_RUN & self.marks.keys()

    def __str__(self) -> str:
        """Name it in the report of a test."""
        return f"{self.page}:{self.line}"


def name_of(page: Path) -> str:
    """Name a page relative to the checkout."""
    return page.relative_to(ROOT).as_posix()


def blocks_of(page: Path) -> Iterator[Block]:
    """Take the blocks out of a page, in their order."""
    marks: dict[str, str] = {}
    for token in _PARSER.parse(page.read_text("utf-8")):
        if token.type == "html_block":
            marks |= dict(_MARK.findall(token.content))
        elif token.type in {"fence", "code_block"}:
            assert token.map is not None
            language = token.info.split()[0] if token.info else ""
            yield Block(name_of(page), token.map[0] + 1, language, token.content, marks)
            marks = {}
        else:
            marks = {}


BLOCKS = [block for page in PAGES for block in blocks_of(page)]


def is_program(block: Block) -> bool:
    """Whether a YAML block is a whole program of Pulumi YAML."""
    return bool(re.search(r"^runtime: yaml$", block.text, re.MULTILINE))


def tried(page: str) -> list[Block]:
    """List the blocks of a page that are to be tried."""
    return [block for block in BLOCKS if block.page == page and block.is_run]


def links_of(page: Path) -> Iterator[str]:
    """Read where a page leads: addresses of links and pictures."""
    for token in _inline(page):
        address = token.attrGet("href") or token.attrGet("src")
        if address:
            yield str(address)


@cache
def anchors_of(page: Path) -> set[str]:
    """Read the anchors of a page's headings, as a forge makes them."""
    tokens = _PARSER.parse(page.read_text("utf-8"))
    return {
        re.sub(r"[^\w -]", "", heading.content.lower()).replace(" ", "-")
        for before, heading in pairwise(tokens)
        if before.type == "heading_open"
    }


def _inline(page: Path) -> Iterator[Token]:
    for token in _PARSER.parse(page.read_text("utf-8")):
        yield from token.children or []


PROJECT = "project"
# A resource that a page declares to submit a job; each submits the same one.
SUBMITTING = "pulumi-python:dynamic:Resource"


class PageMocks(GateMocks):
    """Has every other stack export the same.

    Args:
        endpoint: of the API.
        exported: by every other stack.
        config: of the program's own project.
    """

    def __init__(self, endpoint: str, exported: Mapping[str, Any], **config: str):
        ours = {
            **CONFIG_KEYS,
            "mediaconvert:region": REGION,
            "mediaconvert:endpoint": endpoint,
        }
        own = {f"{PROJECT}:{key}": value for key, value in config.items()}
        super().__init__(ours | own, PROJECT)
        self._exported = exported
        self._submitted = config.get("jobId", "")

    def new_resource(self, args):
        """Create a resource, or refer to another stack."""
        if args.typ == "pulumi:pulumi:StackReference":
            return args.name, {"name": args.name, "outputs": self._exported}
        if args.typ == SUBMITTING:
            return self._submitted, {**args.inputs, "job_id": self._submitted}
        return super().new_resource(args)


def run_programs(mocks: GateMocks, program: Callable[[dict[str, Any]], None]) -> None:
    """Run what shares its names as one program, to the end of all that it declares."""
    names: dict[str, Any] = {}
    exec("import pulumi", names)  # noqa: S102  # as every program begins
    mocks.run(lambda: program(names))


TESTING_PAGE = Path(__file__).parents[2] / "docs" / "testing.md"
FILE_BLOCK = re.compile(
    r"^```(?:python|yaml)\n# (\S+)\n(.*?)^```$", re.DOTALL | re.MULTILINE
)


def write_out(folder: Path) -> dict[str, Path]:
    """Write every file that the page shows; return them by their names on it."""
    files = {
        name: folder / name
        for name, _ in FILE_BLOCK.findall(TESTING_PAGE.read_text("utf-8"))
    }
    for name, text in FILE_BLOCK.findall(TESTING_PAGE.read_text("utf-8")):
        files[name].parent.mkdir(parents=True, exist_ok=True)
        files[name].write_text(text, "utf-8")
    return files


def run_pytest(folder: Path, variables: Mapping[str, str], *tests: str) -> str:
    """Run tests as a person does in a checkout of their own; return what is printed."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *tests],
        cwd=folder,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr
