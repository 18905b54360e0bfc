"""Which inputs have changed since a job was verified. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_alicloud_mediaconvert.api.sanitizing import finite
from pulumi_alicloud_mediaconvert.schema.inputs import JobInputs

# A change of these replaces the resource, or verifies again. No other input matters
# once a job is settled: how long to wait changes nothing about what was delivered.
REPLACING = ("job_id", "region")
VERIFYING = ("expect", "enforcement_level", "on_inconclusive", "triggers")


def changed_inputs(olds: Mapping[str, Any], news: Mapping[str, Any]) -> list[str]:
    """Name the inputs with a change that matters.

    Args:
        olds: the stored outputs, or the inputs of then.
        news: the checked inputs.
    """
    return [
        name
        for name in (*REPLACING, *VERIFYING)
        if not is_same(_of(olds, name), _of(news, name))
    ]


def _of(props: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401  # any input
    value = props.get(name)
    if value is None and not (field := JobInputs.model_fields[name]).is_required():
        # Stored before there was such an input.
        value = field.get_default(call_default_factory=True)
    return value or None


def is_same(one: Any, other: Any) -> bool:  # noqa: ANN401  # any input
    """Whether two inputs mean the same, in whatever order and form it is written.

    1280 is 1280.0, and what is absent is null; but neither text nor a truth value is
    ever a number. Of large whole numbers the engine stores the nearest double.
    """
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return all(is_same(one.get(key), other.get(key)) for key in {*one, *other})
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(is_same, one, other))
    if _is_number(one) and _is_number(other):
        return bool(one == other) or finite(one) == finite(other) is not None
    return type(one) is type(other) and bool(one == other)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
