"""Names of properties: camelCase in programs and states, snake_case in the service.

Which keys have another name is read from the models of the inputs and from the types of
the outputs. Everything else passes as it is: keys that users choose, what the vendor
or the user sent (`config`, `triggers`, `userData`), and keys that nobody knows, which
the check of the inputs refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from pulumi_alicloud_mediaconvert.expect.matcher_validation import Location
from pulumi_alicloud_mediaconvert.expect.validation_messages import (
    Problem,
    path_of,
)
from pulumi_alicloud_mediaconvert.hosts.native.property_keys import (
    GET_JOB,
    JOB_OUTPUTS,
    SET_OUTPUTS,
    Keys,
    keys_read_from,
)
from pulumi_alicloud_mediaconvert.schema.inputs import JobInputs
from pulumi_alicloud_mediaconvert.schema.set_inputs import JobSetInputs
from pulumi_alicloud_mediaconvert.schema.values import Secret


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
        text = f"is also set as `{name}`; keep one of the two"
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


class Names(NamedTuple):
    """The names of the properties of all that the package has."""

    job: PropertyNames
    job_set: PropertyNames
    get_job: PropertyNames


NAMES = Names(
    job=PropertyNames(keys_read_from(JobInputs, JOB_OUTPUTS)),
    job_set=PropertyNames(keys_read_from(JobSetInputs, SET_OUTPUTS)),
    get_job=PropertyNames(keys_read_from(None, GET_JOB)),
)
