"""Names of properties: camelCase in programs and states, snake_case in the service.

Which keys have another name is read from the models of the inputs and from the types of
the outputs. Everything else passes as it is: keys that users choose, what the vendor
or the user sent (`config`, `triggers`, `userData`), and keys that nobody knows, which
the check of the inputs refuses.
"""

from __future__ import annotations

import functools
import re
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from pulumi_alicloud_mediaconvert import facts
from pulumi_alicloud_mediaconvert.expect.matcher_validation import Location
from pulumi_alicloud_mediaconvert.expect.matchers import Matcher, OfKind
from pulumi_alicloud_mediaconvert.expect.validation_messages import (
    Problem,
    keys_of,
    models_in,
    path_of,
)
from pulumi_alicloud_mediaconvert.schema import outputs
from pulumi_alicloud_mediaconvert.schema.inputs import JobInputs
from pulumi_alicloud_mediaconvert.schema.set_inputs import JobSetInputs
from pulumi_alicloud_mediaconvert.schema.values import Secret

# The keys of a matcher below which constraints stand.
NESTED = frozenset({"not", "any_of"})
# Outputs that have types of their own, and the keys of a set's jobs are the user's.
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


@dataclass(frozen=True)
class PropertyNames:
    """The names of one resource's or one function's properties.

    Args:
        read: reads the keys from the types.
    """

    read: Callable[[], Keys]

    def to_service(
        self, props: Mapping[str, Any]
    ) -> tuple[dict[str, Any], list[Problem]]:
        """Return properties by the names of the service.

        Known keys may come in either spelling. Marks of secret and unknown values stay
        where they are.

        Args:
            props: as the program or the state has them.

        Returns:
            The properties, and a problem for each key that a mapping has in both
            spellings; the camelCase one then counts.
        """
        problems: list[Problem] = []
        renamed: dict[str, Any] = self._to_service(props, self._keys, (), problems)
        return renamed, problems

    def to_native(self, props: Mapping[str, Any]) -> dict[str, Any]:
        """Return properties by the names of programs and states."""
        renamed: dict[str, Any] = _to_native(props, self._keys)
        return renamed

    def location(self, location: Location) -> Location:
        """Return a location by the names of programs and states."""
        keys: Keys | None = self._keys
        found: list[str | int] = []
        for part in location:
            known = keys is not None and isinstance(part, str) and part in keys.below
            if keys is None or not isinstance(part, str):
                found.append(part)
            elif known:
                found.append(keys.native[part])
                keys = keys.below[part]
            else:
                found.append(part)
                keys = keys.any_key
        return tuple(found)

    def path(self, location: Location) -> str:
        """Write a location as a program does: `expect.outputs[0].durationSeconds`."""
        return path_of(self.location(location))

    def problem(self, problem: Problem) -> Problem:
        """Return a problem with inputs, in the spelling of programs."""
        stated = path_of(problem.location)
        path = problem.path
        if path.startswith(stated):
            path = self.path(problem.location) + path.removeprefix(stated)
        return problem._replace(path=path, text=native_text(problem.text))

    @property
    def _keys(self) -> Keys:
        return self.read()

    def _to_service(
        self,
        value: Any,  # noqa: ANN401  # any property
        keys: Keys,
        at: Location,
        problems: list[Problem],
    ) -> Any:  # noqa: ANN401  # as the value
        if isinstance(value, Mapping):
            renamed: dict[str, Any] = {}
            for key, entry in value.items():
                name = keys.service.get(key)
                if name is None:
                    name, below = key, keys.any_key
                else:
                    below = keys.below[name]
                if name in renamed:
                    problems.append(self._stated_twice((*at, name)))
                    if key == name:
                        continue
                renamed[name] = (
                    entry
                    if below is None
                    else self._to_service(entry, below, (*at, name), problems)
                )
            return renamed
        if isinstance(value, list | tuple):
            return [
                self._to_service(entry, keys, (*at, index), problems)
                for index, entry in enumerate(value)
            ]
        if isinstance(value, Secret):
            return Secret(self._to_service(value.value, keys, at, problems))
        return value

    def _stated_twice(self, location: Location) -> Problem:
        name = str(location[-1])
        text = f"is also stated as `{name}`; keep one of the two"
        return Problem(self.path(location), text, location)


def _to_native(value: Any, keys: Keys) -> Any:  # noqa: ANN401  # any property
    if isinstance(value, Mapping):
        native, below, any_key = keys.native, keys.below, keys.any_key
        return {
            native.get(key, key): entry
            if (inner := below.get(key, any_key)) is None
            else _to_native(entry, inner)
            for key, entry in value.items()
        }
    if isinstance(value, list | tuple):
        return [_to_native(entry, keys) for entry in value]
    if isinstance(value, Secret):
        return Secret(_to_native(value.value, keys))
    return value


def native_text(text: str) -> str:
    """Write the keys that a text names as programs spell them; not within quotes."""
    return _words().sub(
        lambda found: native_name(found[1]) if found[1] else found[0], text
    )


@functools.cache
def _words() -> re.Pattern[str]:
    """Match what stands in quotes, and, as a group, each key of two words or more."""
    names = {
        name
        for one in (NAMES.job, NAMES.job_set, NAMES.get_job)
        for name in _all_names(one.read(), set())
        if native_name(name) != name
    }
    # A longer name may begin with a shorter one.
    known = "|".join(sorted(names, key=len, reverse=True))
    return re.compile(rf'"[^"]*"|\b({known})\b')


def _all_names(keys: Keys, seen: set[Keys]) -> set[str]:
    if keys in seen:
        return set()
    seen.add(keys)
    inner = [one for one in (*keys.below.values(), keys.any_key) if one is not None]
    return {*keys.below}.union(*(_all_names(one, seen) for one in inner))


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


def _resource(
    model: type[BaseModel] | None, types: Mapping[str, Any]
) -> Callable[[], Keys]:
    @functools.cache
    def read() -> Keys:
        stated = _keys_of_model(model).below if model else {}
        return Keys({**stated, **{name: _keys_of_type(types[name]) for name in types}})

    return read


class Names(typing.NamedTuple):
    """The names of the properties of all that the package has."""

    job: PropertyNames
    job_set: PropertyNames
    get_job: PropertyNames


NAMES = Names(
    job=PropertyNames(_resource(JobInputs, JOB_OUTPUTS)),
    job_set=PropertyNames(_resource(JobSetInputs, SET_OUTPUTS)),
    get_job=PropertyNames(_resource(None, GET_JOB)),
)
