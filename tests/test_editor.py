"""What an editor shows where the pointer rests on a name, with the wheel installed."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Iterator
from typing import Any

import pytest

import pulumi_alicloud_mediaconvert as package
from installed import BUILDER
from language_server import LanguageServer, serving
from pulumi_alicloud_mediaconvert import args
from pulumi_alicloud_mediaconvert.schema import outputs

pytestmark = pytest.mark.slow

CALLED = (
    "MediaConvertJob",
    "MediaConvertJob.get",
    "MediaConvertJobSet",
    "MediaConvertProvider",
    "get_media_convert_job",
    "get_media_convert_job_output",
    "load_expectations",
    "verify",
)
RESOURCES = ("MediaConvertJob", "MediaConvertJobSet")
KEYS = {
    name: [*found.__annotations__]
    for name, found in vars(args).items()
    if typing.is_typeddict(found) and not name.startswith("_")
}
OUTPUTS = {
    name: [*found.__annotations__]
    for name, found in vars(outputs).items()
    if isinstance(found, type) and issubclass(found, dict)
}
MODULES = {
    **dict.fromkeys(KEYS, args.__name__),
    **dict.fromkeys(OUTPUTS, outputs.__name__),
}
MIN_NAMES = 200
# Where a line has `¦`, the pointer rests on what follows.
POINTER = "¦"


def called(path: str) -> Any:
    """Return what is called: a class, a method or a function."""
    found: Any = package
    for name in path.split("."):
        found = getattr(found, name)
    return found


def lines() -> Iterator[str]:
    """Write a program that names all that a person may state or read."""
    yield f"import typing, {package.__name__} as package"
    yield "any: typing.Any = None"
    yield from (f"from {module} import {name}" for name, module in MODULES.items())
    for path in CALLED:
        for name in inspect.signature(called(path)).parameters:
            yield f"package.{path}({POINTER}{name}=1)"
    for owner in RESOURCES:
        for name in called(owner).__annotations__:
            yield f"def f(one: package.{owner}): one.{POINTER}{name}"
    for owner, names in KEYS.items():
        needed = vars(args)[owner].__required_keys__
        # Python has no syntax for a documented key that is named like a keyword.
        for name in {*names} - {"not"}:
            keys = [f'"{POINTER}{name}": any', *(f'"{key}": any' for key in needed)]
            yield f"def f(): one: {owner} = {{{', '.join(keys)}}}"
    for owner, names in OUTPUTS.items():
        yield from (f"def f(one: {owner}): one.{POINTER}{name}" for name in names)


def test_an_editor_says_what_each_name_means(deliveries, tmp_path):
    """Every argument, key of `expect` and `wait`, and output has type and meaning."""
    program = [*lines()]
    file = tmp_path / "program.py"
    file.write_text("\n".join(line.replace(POINTER, "") for line in program))
    python = deliveries.installed().programs / "python"

    with serving(
        [str(BUILDER.parent / "pyright-langserver"), "--stdio"], file, python
    ) as server:
        silent = [
            line
            for number, line in enumerate(program)
            if POINTER in line and not is_explained(server, number, line)
        ]

    assert not silent, "\n".join(silent)
    assert len(program) > MIN_NAMES


def is_explained(server: LanguageServer, number: int, line: str) -> bool:
    """Whether the editor shows a type, and beneath it a meaning."""
    shown = server.hover(number, line.index(POINTER))
    _, _, below = shown.removeprefix("```python\n").partition("\n```")
    return ": " in shown and len(below.strip(" \n-")) > len("Name")
