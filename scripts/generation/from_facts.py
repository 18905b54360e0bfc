"""Blocks of code that follow from the list of facts.

Fields of the models, of the typed outputs and of what may be expected of media.
"""

from __future__ import annotations

import ast
import re
import types
import typing
from collections.abc import Iterator, Mapping

import pulumi

from documentation.attributes import attributes_of
from generation.lines import call, docstring
from pulumi_alicloud_mediaconvert import facts
from pulumi_alicloud_mediaconvert.api import readers
from pulumi_alicloud_mediaconvert.facts import MediaFact

Facts = tuple[MediaFact, ...]
Blocks = Mapping[str, list[str]]

_OF_AUDIO = {fact.name for fact in facts.AUDIO}
_OF_VIDEO = {fact.name for fact in facts.VIDEO}
# By the names of the blocks in `expect/expected_media`.
EXPECTED: Mapping[str, Facts] = {
    "stream": tuple(fact for fact in facts.VIDEO if fact.name in _OF_AUDIO),
    "video": tuple(fact for fact in facts.VIDEO if fact.name not in _OF_AUDIO),
    "audio": tuple(fact for fact in facts.AUDIO if fact.name not in _OF_VIDEO),
    "file": facts.PART + facts.OUTPUT + facts.FILE,
}
# By the names of the blocks in `api/models`.
MODELS = {
    "part": facts.PART,
    **facts.PARTS,
    "output": facts.OUTPUT,
    "group": facts.GROUP,
}
TYPED = {
    "job": "GetMediaConvertJobResult",
    "output": "JobOutput",
    "group": "JobOutputGroup",
    "file": "JobFile",
}
TYPED |= {"video": "JobVideoStream", "audio": "JobAudioStream"}


def model_blocks() -> Blocks:
    """Write the fields of the models in `api/models`, by part."""
    return {
        part: [_model_field(fact) for fact in known if fact.is_field]
        for part, known in MODELS.items()
    }


def _model_field(fact: MediaFact) -> str:
    value = f'wire("{fact.sent}")' if fact.is_sent else "None"
    return f"    {fact.name}: {fact.reader} = {value}"


def output_blocks() -> Blocks:
    """Write the attributes of the typed outputs, by class."""
    return {TYPED[part]: _attributes(known) for part, known in facts.PARTS.items()}


def resource_blocks() -> Blocks:
    """Write the attributes of the resource that are facts of the job."""
    return {"MediaConvertJob": _attributes(facts.JOB, "pulumi.Output[{}]")}


def lifted_job() -> list[str]:
    """Write the attributes of a job that is read later."""
    return _attributes(facts.JOB, "pulumi.Output[{}]", 8)


def _attributes(known: Facts, typed: str = "{}", indent: int = 4) -> list[str]:
    pad = " " * indent
    return [
        line
        for fact in known
        if fact.is_output
        for line in (
            f"{pad}{fact.name}: {typed.format(f'{python_type(fact.reader)} | None')}",
            *docstring(fact.meaning, indent),
        )
    ]


def python_type(reader: str) -> str:
    """Return the type of an output that a type of `api/readers` reads.

    Raises:
        SystemExit: there is no such reader.
    """
    read = typing.get_args(getattr(readers, reader, None))
    if not read:
        raise SystemExit(f"facts.py: api/readers has no {reader}")
    parts = [one for one in typing.get_args(read[0]) if one is not types.NoneType]
    # Every whole number is a `float` for type checkers.
    names = [one.__name__ for one in parts if not (one is int and float in parts)]
    if names == ["dict"]:
        return "Mapping[str, Any]"
    return " | ".join(names)


def key_blocks() -> Blocks:
    """Write the vendor's keys in `emulator/orders`, by part."""
    return {
        part: [f'    "{one.name}": "{one.sent}",' for one in known if one.is_sent]
        for part, known in facts.PARTS.items()
        if part in ("file", "video", "audio")
    }


def expected_blocks() -> Blocks:
    """Write the fields of the expectations of media, by model."""
    return {
        name: [
            line
            for fact in known
            if fact.value_type
            for line in call(
                *(f"{fact.name}: {fact.value_type} = says", 4),
                *(fact.expected_meaning, *fact.known_values),
            )
        ]
        for name, known in EXPECTED.items()
    }


def lifted_blocks(outputs: str) -> Blocks:
    """Write the attributes of the lifted outputs, by class.

    Args:
        outputs: the source of `schema/outputs`, whose classes they lift.
    """
    classes = [
        node for node in ast.parse(outputs).body if isinstance(node, ast.ClassDef)
    ]
    return {f"Lifted{one.name}": list(_lifted(one)) for one in classes}


def _lifted(typed: ast.ClassDef) -> Iterator[str]:
    for name, annotation, meaning in attributes_of(typed):
        nested = re.fullmatch(r"(Sequence\[)?(Job\w+)\]?(?: \| None)?", annotation)
        if nested:
            yield f"        {name}: Lifted{nested[2]}{'s' if nested[1] else ''}"
        else:
            # The SDK has methods of such names; see `lifting`.
            hidden = hasattr(pulumi.Output, name)
            ignored = "  # type: ignore[assignment]  # see `lifting`" if hidden else ""
            yield f"        {name}: pulumi.Output[{annotation}]{ignored}"
        yield from docstring(meaning, 8)
