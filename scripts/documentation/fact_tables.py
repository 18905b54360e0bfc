"""Rows of the reference about facts: what of each counts as not reported, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel, BeforeValidator

from documentation.tables import Table
from pulumi_alicloud_mediaconvert.api.coercion import UNREPORTED
from pulumi_alicloud_mediaconvert.api.models import (
    AudioStream,
    FileInfo,
    Job,
    Output,
    OutputGroup,
    VideoStream,
)

Reader = Callable[[object], object]
MODELS: Mapping[str, type[BaseModel]] = {
    "job": Job,
    "output": Output,
    "group": OutputGroup,
    "file": FileInfo,
    "video": VideoStream,
    "audio": AudioStream,
}


def readers() -> Iterator[tuple[str, str, str, Reader]]:
    """Yield each fact: where it stands, its name, the vendor's, its reader."""
    for place, model in MODELS.items():
        for name, field in model.model_fields.items():
            alias = field.validation_alias
            sent = alias if isinstance(alias, str) else str(getattr(alias, "path", ""))
            for mark in field.metadata:
                reader: Any = getattr(mark, "func", None)
                if isinstance(mark, BeforeValidator) and reader in UNREPORTED:
                    yield place, name, sent, reader


def unreported() -> Table:
    """Write what counts as not reported, the facts of one reader in one row."""
    facts: dict[Reader, dict[str, None]] = {}
    for _, name, _, reader in readers():
        facts.setdefault(reader, {})[name] = None
    rows = [
        (", ".join(f"`{name}`" for name in facts[reader]), what, why)
        for reader, (what, why) in UNREPORTED.items()
        if reader in facts
    ]
    return ("facts", "not reported, if it is", "why"), rows
