"""What an editor shows where the pointer rests on a name, with the wheel installed."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

import pulumi_alicloud_mediaconvert as package
import pulumi_alicloud_mediaconvert.testing
from installed import BUILDER
from language_server import LanguageServer, serving
from pulumi_alicloud_mediaconvert.emulator import faults, scripts
from pulumi_alicloud_mediaconvert.expect.expectations import Expectations, Rule
from pulumi_alicloud_mediaconvert.schema.inputs import JobInputs, WaitInputs
from pulumi_alicloud_mediaconvert.schema.set_inputs import JobSetInputs

pytestmark = pytest.mark.slow


def functions_of(module: ModuleType) -> list[str]:
    """Name the public functions that a module defines."""
    return [
        name
        for name, one in inspect.getmembers(module, inspect.isfunction)
        if one.__module__ == module.__name__ and not name.startswith("_")
    ]


CALLED = (
    "MediaConvertJob",
    "MediaConvertJob.get",
    "MediaConvertJob.output",
    "MediaConvertJobSet",
    "MediaConvertProvider",
    "GetMediaConvertJobResult.output",
    "get_media_convert_job",
    "get_media_convert_job_output",
    "load_expectations",
    "verify",
    "testing.GateMocks",
    "testing.GateMocks.run",
    "emulator.Emulator",
    "emulator.Emulator.add_credentials",
    "emulator.Emulator.add_job",
    "emulator.Emulator.config",
    "emulator.Emulator.endpoint_of",
    "emulator.Emulator.environment",
    "emulator.Emulator.wait_for_requests",
    "emulator.FaultQueue.add",
    "emulator.Script",
    "emulator.after_reads",
    "emulator.after_seconds",
    "emulator.not_found",
    "emulator.raw_answer",
    *(f"emulator.faults.{name}" for name in functions_of(faults)),
    *(f"emulator.scripts.{name}" for name in functions_of(scripts)),
)
SUBMODULES = ("emulator", "testing")
# Modules whose classes a person fills in, reads or catches.
MODULES = (
    "args",
    "errors",
    "functions",
    "resource",
    "schema.lifted",
    "schema.outputs",
    "set_resource",
    "testing",
    "verification.render",
    "verification.report",
    "emulator.faults",
    "emulator.request_log",
    "emulator.scripts",
    "emulator.server",
    "emulator.steps",
)
# What states the defaults of parameters and keys, by what takes them.
MODELS: Mapping[str, type[BaseModel]] = {
    "MediaConvertJob": JobInputs,
    "MediaConvertJob.get": JobInputs,
    "MediaConvertJobSet": JobSetInputs,
    "WaitArgs": WaitInputs,
    "ExpectationsArgs": Expectations,
    "RuleArgs": Rule,
}
MIN_NAMES = 600
# Where a line has `¦`, the pointer rests on what follows.
POINTER = "¦"
PROPERTIES = {"property", "cached_property"}
ENTRY = re.compile(r"^    (\w+): (.+(?:\n     .+)*)", re.MULTILINE)


@dataclass(frozen=True)
class Name:
    """A name that a person writes.

    Attributes:
        owner: the class or the function that it belongs to.
        name: itself.
        meaning: as its docstring says.
        line: of a program that has it.
    """

    owner: str
    name: str
    meaning: str
    line: str

    @property
    def column(self) -> int:
        """Where the pointer rests."""
        return self.line.index(POINTER)

    @property
    def is_parameter(self) -> bool:
        """Whether it is written in a call."""
        return f"({POINTER}" in self.line

    @property
    def has_default(self) -> bool:
        """Whether a model has a value where none is stated."""
        fields = MODELS[self.owner].model_fields if self.owner in MODELS else {}
        field = fields.get(self.name)
        return field is not None and field.default not in (None, PydanticUndefined)

    def is_told_by(self, shown: str) -> bool:
        """Whether the whole meaning is in what is shown."""
        return bool(self.meaning) and plain(self.meaning) in plain(shown)


def plain(text: str) -> str:
    """Leave the words of a text: what shows it wraps and escapes it."""
    return " ".join(re.sub(r"[`\\]|&nbsp;", "", text).split())


def parameters() -> Iterator[Name]:
    """Name the parameters of all that a person calls."""
    for path in CALLED:
        *owner, method = path.split(".")
        called: Any = package
        for part in (*owner, method):
            called = getattr(called, part)
        documented = called.__init__ if inspect.isclass(called) else called
        meanings = dict(ENTRY.findall(inspect.getdoc(documented) or ""))
        is_bound = bool(owner) and "self" in inspect.signature(called).parameters
        whole = path if path.startswith(SUBMODULES) else f"package.{path}"
        if is_bound:
            whole = f"def f(one: {whole.rpartition('.')[0]}): one.{method}"
        for name in inspect.signature(called).parameters:
            if name == "self":
                continue
            line = f"{whole}({POINTER}{name}=any)"
            yield Name(path, name, meanings.get(name, ""), line)


def attributes() -> Iterator[Name]:
    """Name the keys, fields and properties of all classes."""
    for path in MODULES:
        module = importlib.import_module(f"{package.__name__}.{path}")
        for node in classes_of(module):
            for name, meaning in members(node):
                yield Name(node.name, name, meaning, line_of(module, node, name))


def classes_of(module: ModuleType) -> list[ast.ClassDef]:
    """Find the public classes that a module defines."""
    return [
        node
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]


def imported(path: str) -> str:
    """Write the line that imports the public classes of a module."""
    name = f"{package.__name__}.{path}"
    classes = (node.name for node in classes_of(importlib.import_module(name)))
    return f"from {name} import {', '.join(classes)}"


def members(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    """Read the public fields and properties of a class, with their docstrings."""
    for one, after in zip(node.body, [*node.body[1:], ast.Pass()], strict=True):
        name = meaning = ""
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
            name = one.target.id
            if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
                meaning = str(after.value.value)
        elif isinstance(one, ast.FunctionDef) and PROPERTIES & {
            getattr(mark, "id", "") for mark in one.decorator_list
        }:
            name, meaning = one.name, ast.get_docstring(one) or ""
        if name and not name.startswith("_"):
            yield name, meaning


def line_of(module: Any, node: ast.ClassDef, name: str) -> str:
    """Write a line that has a name of a class."""
    found = getattr(module, node.name, None)
    if not typing.is_typeddict(found):
        return f"def f(one: {node.name}): one.{POINTER}{name}"
    keys = [f'"{POINTER}{name}": any', *(f'"{key}": any' for key in needed(found))]
    return f"def f(): one: {node.name} = {{{', '.join(keys)}}}"


def needed(keys: Any) -> frozenset[str]:
    """Return the keys that may not be left out."""
    found: frozenset[str] = keys.__required_keys__
    return found


NAMES = [*parameters(), *attributes()]
# A class has no syntax for a key that is named like a keyword.
UNDECLARED = [
    f'def f(): one: {name} = {{"{POINTER}{key}": any}}'
    for name, found in vars(importlib.import_module(f"{package.__name__}.args")).items()
    if typing.is_typeddict(found) and not name.startswith("_")
    for key in found.__annotations__.keys() & {"not"}
]
HEAD = [
    f"import typing, {package.__name__} as package",
    "any: typing.Any = None",
    *map(imported, MODULES),
    f"from {package.__name__} import {', '.join(SUBMODULES)}",
]
PROGRAM = [*HEAD, *(one.line for one in NAMES), *UNDECLARED]


@pytest.fixture(scope="module")
def server(deliveries, tmp_path_factory) -> Iterator[LanguageServer]:
    """Open a program that has all names in an editor."""
    file = tmp_path_factory.mktemp("editor") / "program.py"
    file.write_text("\n".join(line.replace(POINTER, "") for line in PROGRAM))
    python = deliveries.installed().programs / "python"
    command = [str(BUILDER.parent / "pyright-langserver"), "--stdio"]
    with serving(command, file, python) as started:
        yield started


def test_an_editor_shows_the_whole_meaning_of_each_name(server):
    """Every argument, key, field and property: its type, and beneath it its meaning."""
    unlike = []
    for number, one in enumerate(NAMES, len(HEAD)):
        shown = server.hover(number, one.column)
        heading = shown.partition("\n```")[0]
        is_typed = ": " in heading or ") -> " in heading
        if not is_typed or not one.is_told_by(shown):
            unlike.append(f"{one.line}\n{shown}")
    assert not unlike, "\n".join(unlike)
    assert len(NAMES) > MIN_NAMES


def test_an_editor_shows_the_whole_meaning_while_an_argument_is_typed(server):
    """What stands in a second line of an entry, nobody would see."""
    unlike = [
        one.line
        for number, one in enumerate(NAMES, len(HEAD))
        if one.is_parameter
        and not one.is_told_by(server.parameter(number, one.column + len(one.name) + 1))
    ]
    assert not unlike, "\n".join(unlike)


def test_what_has_a_default_says_so():
    """The reference has a column for it; an editor has the meaning alone."""
    having = [one for one in NAMES if one.has_default]
    assert {one.owner for one in having} == {*MODELS}
    assert not [one for one in having if "Default:" not in one.meaning]


def test_the_type_of_an_undeclared_key_says_what_it_means(server):
    """Editors show no docstring for it, but they show the name of its type."""
    first = len(PROGRAM) - len(UNDECLARED)
    for number, line in enumerate(UNDECLARED, first):
        shown = server.hover(number, line.index(POINTER))
        assert "AnythingBut[" in shown, line
