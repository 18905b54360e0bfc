"""Types of the Python package, as the reference shows them."""

from __future__ import annotations

import ast
import typing

from pulumi_alicloud_mediaconvert import input_names

# What stands around a type and says nothing to a reader.
AROUND = {"Input", "Output", "Required", "NotRequired"}
LISTS = {"Sequence", "list", "tuple"}
MAPPINGS = {"Mapping", "dict"}
# Types whose name says less than what they are, and types with a section of their own.
SHOWN = {
    "Any": "any",
    "Duration": "duration",
    "Expect": "[`ExpectationsArgs`](expectations.md) or `str`",
    "JobAudioStream": "[`JobAudioStream`](outputs.md#each-of-its-audio_streams)",
    "JobFile": "[`JobFile`](outputs.md#its-file)",
    "JobMismatch": "[`JobMismatch`](outputs.md#each-of-mismatches)",
    "JobOutput": "[`JobOutput`](outputs.md#each-of-outputs)",
    "JobOutputGroup": "[`JobOutputGroup`](outputs.md#each-of-output_groups)",
    "JobVideoStream": "[`JobVideoStream`](outputs.md#each-of-its-video_streams)",
    "LiftedJobOutputGroups": "list of [`JobOutputGroup`]"
    "(outputs.md#each-of-output_groups)",
    "LiftedJobOutputs": "list of [`JobOutput`](outputs.md#each-of-outputs)",
    "WaitArgs": "[`WaitArgs`](#wait)",
}


def type_text(annotation: str) -> str:
    """Write an annotation as the reference shows it, `None` left out."""
    found = dict.fromkeys(_alternatives(_expression(annotation)))
    if any(one.startswith('`"') for one in found):
        found.pop("`str`", None)  # it is there for a word that is computed
    return " or ".join(found)


def _expression(annotation: str) -> ast.expr:
    return ast.parse(annotation, mode="eval").body


def _alternatives(node: ast.expr) -> list[str]:
    match node:
        case ast.BinOp(left, _, right):
            return [*_alternatives(left), *_alternatives(right)]
        case ast.Constant(None):
            return []
        case ast.Constant(str(quoted)):  # an annotation that waits for its class
            return _alternatives(_expression(quoted))
        case ast.Subscript(value, arguments):
            return _subscript(_name(value), arguments)
        case _:
            return _named(_name(node))


def _named(name: str) -> list[str]:
    literals = typing.get_args(getattr(input_names, name, None))
    if name not in SHOWN and literals:
        return [f'`"{one}"`' for one in literals]
    return [SHOWN.get(name, f"`{name}`")]


def _subscript(name: str, arguments: ast.expr) -> list[str]:
    inner = arguments.elts if isinstance(arguments, ast.Tuple) else [arguments]
    if name in AROUND:
        return _alternatives(inner[0])
    if name == "Literal":
        return [f"`{ast.unparse(one)}`".replace("'", '"') for one in inner]
    entries = " or ".join(_alternatives(inner[-1]))
    if name in LISTS:
        return [f"list of {entries}"]
    if name in MAPPINGS:
        return [f"mapping of {entries}"]
    return [f"`{name}`"]


def _name(node: ast.expr) -> str:
    return ast.unparse(node).rpartition(".")[2]
