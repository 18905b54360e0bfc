"""Types of the Python package, as the reference shows them."""

from __future__ import annotations

import ast
import typing
from collections.abc import Iterable

from pulumi_alicloud_mediaconvert import input_names
from pulumi_alicloud_mediaconvert.schema import lifted

# What stands around a type and says nothing to a reader.
AROUND = {"Input", "Output", "Required", "NotRequired"}
LISTS = {"Sequence", "list", "tuple"}
MAPPINGS = {"Mapping", "dict"}
NONE = "`None`"
# Types whose name says less than what they are, and types with a section of their own.
SHOWN = {
    "Any": "any",
    "Duration": "duration",
    "Expect": '[`ExpectationsArgs`](expectations.md) or `"as-requested"`',
    "JobAudioStream": "[`JobAudioStream`](outputs.md#each-of-its-audio_streams)",
    "JobFile": "[`JobFile`](outputs.md#its-file)",
    "JobMismatch": "[`JobMismatch`](outputs.md#each-of-mismatches)",
    "JobOutput": "[`JobOutput`](outputs.md#each-of-outputs)",
    "JobOutputGroup": "[`JobOutputGroup`](outputs.md#each-of-output_groups)",
    "JobSetCounts": "[`JobSetCounts`](job-set.md#counts)",
    "JobSetEntry": "[`JobSetEntry`](job-set.md#each-of-jobs)",
    "JobSetMismatch": "[`JobSetMismatch`](job-set.md#each-of-mismatches)",
    "JobVideoStream": "[`JobVideoStream`](outputs.md#each-of-its-video_streams)",
    "WaitArgs": "[`WaitArgs`](#wait)",
}


def type_text(annotation: str) -> str:
    """Write the type of an input as the reference shows it, `None` left out."""
    return _joined(one for one in _alternatives(annotation) if one != NONE)


def output_type_text(annotation: str) -> str:
    """Write the type of an output as the reference shows it."""
    *others, last = dict.fromkeys(_alternatives(annotation))
    shown = _joined([*others, last] if last != NONE else others)
    if last != NONE:
        return shown
    return f"{shown}{',' if ' of ' in shown else ''} or {NONE}"


def _joined(alternatives: Iterable[str]) -> str:
    found = dict.fromkeys(alternatives)
    if any(one.startswith('`"') for one in found):
        found.pop("`str`", None)  # it is there for a word that is computed
    return " or ".join(found)


def _alternatives(annotation: str) -> list[str]:
    return _of_node(ast.parse(annotation, mode="eval").body)


def _of_node(node: ast.expr) -> list[str]:
    match node:
        case ast.BinOp(left, _, right):
            return [*_of_node(left), *_of_node(right)]
        case ast.Constant(None):
            return [NONE]
        case ast.Constant(str(quoted)):  # an annotation that waits for its class
            return _alternatives(quoted)
        case ast.Subscript(value, arguments):
            return _subscript(_name(value), arguments)
        case _:
            return _named(_name(node))


def _named(name: str) -> list[str]:
    literals = typing.get_args(getattr(input_names, name, None))
    if name not in SHOWN and literals:
        return [f'`"{one}"`' for one in literals]
    if name.startswith("Lifted"):
        [inner] = typing.get_args(getattr(lifted, name))
        return _alternatives(inner.__name__ if isinstance(inner, type) else str(inner))
    return [SHOWN.get(name, f"`{name}`")]


def _subscript(name: str, arguments: ast.expr) -> list[str]:
    inner = arguments.elts if isinstance(arguments, ast.Tuple) else [arguments]
    if name in AROUND:
        return _of_node(inner[0])
    if name == "Literal":
        return [f"`{ast.unparse(one)}`".replace("'", '"') for one in inner]
    entries = " or ".join(_of_node(inner[-1]))
    if name in LISTS:
        return [f"list of {entries}"]
    if name in MAPPINGS:
        return [f"mapping of {entries}"]
    return [f"`{name}`"]


def _name(node: ast.expr) -> str:
    return ast.unparse(node).rpartition(".")[2]
