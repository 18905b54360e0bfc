"""The keys that properties are made of, read from models and types.

The models of the inputs say what programs state, the types of the outputs what they
get.
"""

from __future__ import annotations

import functools
import typing
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel

from pulumi_alicloud_mediaconvert import facts
from pulumi_alicloud_mediaconvert.expect.matchers import Matcher, OfKind
from pulumi_alicloud_mediaconvert.expect.validation_messages import (
    keys_of,
    models_in,
)
from pulumi_alicloud_mediaconvert.schema import outputs

# The keys of a matcher below which constraints stand.
NESTED = frozenset({"not", "any_of"})
# Outputs by their types; a list has those of its entries. Keys of `jobs` are names of
# the user.
JOB_OUTPUTS: Mapping[str, Any] = {
    "verdict": str,
    **{fact.name: object for fact in facts.JOB},
    "outputs": outputs.JobOutput,
    "output_groups": outputs.JobOutputGroup,
    "mismatches": outputs.JobMismatch,
    "skipped_checks": str,
    "facts_digest": str,
    "stale": bool,
}
SET_OUTPUTS: Mapping[str, Any] = {
    "verdict": str,
    "counts": outputs.JobSetCounts,
    "jobs": dict[str, outputs.JobSetEntry],
    "mismatches": outputs.JobSetMismatch,
}
GET_JOB: Mapping[str, Any] = {
    "job_id": str,
    "region": str,
    **{fact.name: object for fact in facts.JOB},
    "outputs": outputs.JobOutput,
    "output_groups": outputs.JobOutputGroup,
    "facts_digest": str,
}


def native_name(name: str) -> str:
    """Return the name of a property in programs: `sample_rate_hz`, `sampleRateHz`."""
    first, *others = name.split("_")
    return first + "".join(word[:1].upper() + word[1:] for word in others)


class Keys:
    """What the keys of a mapping are called, and what is below each of them.

    A list of such mappings has the same keys. Below a key without an entry, and below
    one with `None`, nothing is renamed.

    Attributes:
        below: by the service's name of the key.
        service: by every spelling: the service's name.
        any_key: below every other key, where users choose the keys.
    """

    __slots__ = ("any_key", "below", "native", "service")

    def __init__(
        self, below: Mapping[str, Keys | None], any_key: Keys | None = None
    ) -> None:
        self.below = dict(below)
        self.any_key = any_key
        self.native = {name: native_name(name) for name in below}
        self.service = {name: name for name in below}
        self.service |= {native: name for name, native in self.native.items()}


def all_names(keys: Keys, seen: set[Keys]) -> set[str]:
    """Name all keys, those below others too, as the service does."""
    if keys in seen:
        return set()
    seen.add(keys)
    inner = [one for one in (*keys.below.values(), keys.any_key) if one is not None]
    return {*keys.below}.union(*(all_names(one, seen) for one in inner))


@functools.cache
def _keys_of_matchers() -> Keys:
    """Return the keys of a constraint, which may stand in another one."""
    keys = Keys(dict.fromkeys(keys_of(Matcher)))
    keys.below |= dict.fromkeys(NESTED, keys)
    return keys


@functools.cache
def _keys_of_model(model: type[BaseModel]) -> Keys:
    return Keys(
        {
            key: _keys_of_matchers()
            if any(
                isinstance(mark, OfKind) for mark in model.model_fields[name].metadata
            )
            else _keys_of_type(model.model_fields[name].annotation)
            for key, name in keys_of(model).items()
        }
    )


def _keys_of_output(typed: type[Any]) -> Keys:
    hints = typing.get_type_hints(typed)
    return Keys({name: _keys_of_type(hints[name]) for name in typed.__annotations__})


def _keys_of_type(annotation: Any) -> Keys | None:  # noqa: ANN401  # any type
    """Return the keys of what a type is made of; `None` where it names none."""
    if any_key := _keys_of_entries(annotation):
        return Keys({}, any_key)
    found = [
        *(_keys_of_model(one) for one in models_in(annotation)),
        *(_keys_of_output(one) for one in _outputs_in(annotation)),
    ]
    if not found:
        return None
    if len(found) == 1:
        return found[0]
    return Keys({key: inner for one in found for key, inner in one.below.items()})


def _keys_of_entries(annotation: Any) -> Keys | None:  # noqa: ANN401  # any type
    """Return the keys below those that users choose; `None` if there are none."""
    inner = typing.get_args(annotation)
    if typing.get_origin(annotation) in {dict, Mapping}:
        return _keys_of_type(inner[-1])
    return None


def _outputs_in(annotation: Any) -> set[type[Any]]:  # noqa: ANN401  # any type
    is_output = (
        isinstance(annotation, type) and annotation.__module__ == outputs.__name__
    )
    if is_output:
        return {annotation}
    return {
        found
        for argument in typing.get_args(annotation)
        for found in _outputs_in(argument)
    }


def keys_read_from(
    model: type[BaseModel] | None, types: Mapping[str, Any]
) -> Callable[[], Keys]:
    """Return what reads the keys of inputs and outputs, once they are needed."""

    @functools.cache
    def read() -> Keys:
        stated = _keys_of_model(model).below if model else {}
        return Keys({**stated, **{name: _keys_of_type(types[name]) for name in types}})

    return read
