"""Check the inputs of a job and resolve their defaults.

`check_inputs` is total: whatever stands in a program, the answer is the checked
inputs or every problem with its path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from pulumi_alicloud_mediaconvert.expect.validation_messages import (
    NOT_REPORTED,
    UNKNOWN_KEY,
    Problem,
    problems_of,
)
from pulumi_alicloud_mediaconvert.schema.inputs import (
    CONFIGURED_INPUTS,
    GateInputs,
    JobInputs,
)


class Checked(NamedTuple):
    """Inputs with every default resolved, and what is wrong with them."""

    inputs: dict[str, Any]
    problems: list[Problem]


def check_inputs(
    props: Mapping[str, Any],
    configured: Mapping[str, str],
    is_unknown: Callable[[object], bool],
    model: type[GateInputs] = JobInputs,
) -> Checked:
    """Check the inputs of a job, or of a set of them, and resolve their defaults.

    Args:
        props: as the program states them; a region that was resolved stands there.
        configured: the stack's `mediaconvert:` configuration, keys without prefix.
        is_unknown: whether a value will be known only after a deployment.
        model: what the inputs must be.

    Returns:
        The inputs with defaults, unknown values kept, and all problems at once.
    """
    stated = {key: value for key, value in props.items() if value is not None}
    merged, sources = _with_configured(stated, configured, is_unknown)
    later = {key for key, value in merged.items() if is_unknown(value)}
    candidate = {
        # An input with parts is judged as far as its parts are known.
        key: value if key in WITH_PARTS else _pruned(value, is_unknown)
        for key, value in merged.items()
        if key not in later
    }
    problems = [
        problem
        for problem in _problems(candidate, sources, model)
        if not _is_for_later(problem, merged, is_unknown)
    ]
    if problems:
        return Checked(merged, problems)
    known = {
        key: value
        for key, value in candidate.items()
        if not (key in WITH_PARTS and _has_unknown(value, is_unknown))
    }
    normal = _normal({**_stand_ins(merged, model), **known}, model)
    return Checked(_with_unknown(normal, merged, is_unknown), [])


def _is_for_later(
    problem: Problem, stated: Mapping[str, Any], is_unknown: Callable[[object], bool]
) -> bool:
    """Whether a problem may be none once all values are known."""
    value: Any = stated
    for part in problem.location:
        try:
            value = value[part]
        except (IndexError, KeyError, TypeError):
            return False
    if is_unknown(value):
        # A key that nobody knows is one whatever its value.
        return not problem.text.startswith((UNKNOWN_KEY, NOT_REPORTED))
    return bool(problem.location) and _has_unknown(value, is_unknown)


# Inputs whose parts may be known apart from each other.
WITH_PARTS = frozenset({"expect", "expect_by_name", "job_ids"})
# Good values for required inputs that are not known yet.
STAND_INS = {"job_id": "0", "region": "cn-shanghai"}


def _stand_ins(merged: Mapping[str, Any], model: type[GateInputs]) -> dict[str, Any]:
    """Stand in for required inputs; each name that is spoken of needs a job."""
    names = merged.get("expect_by_name")
    job_ids = dict.fromkeys(names if isinstance(names, Mapping) else (), "0")
    good = {**STAND_INS, "job_ids": job_ids or ["0"]}
    return {key: good[key] for key in merged if key in good.keys() & model.model_fields}


def _with_configured(
    stated: Mapping[str, Any],
    configured: Mapping[str, str],
    is_unknown: Callable[[object], bool],
) -> tuple[dict[str, Any], dict[str, str]]:
    """Fill in what the stack's configuration says, and remember that it did."""
    merged: dict[str, Any] = dict(stated)
    sources: dict[str, str] = {}
    for key, path in CONFIGURED_INPUTS.items():
        value = configured.get(key)
        holder = merged
        if len(path) > 1:
            wait = merged.get("wait", {})
            if not isinstance(wait, Mapping) or is_unknown(wait):
                continue
            holder = merged["wait"] = dict(wait)
        if value is not None and holder.get(path[-1]) is None:
            holder[path[-1]] = value
            sources[".".join(path)] = f"mediaconvert:{key}"
    return merged, sources


def _normal(inputs: Mapping[str, Any], model: type[GateInputs]) -> dict[str, Any]:
    """Write the checked inputs in their one form: trimmed, with defaults."""
    checked = model.model_validate(inputs)
    return checked.model_dump(exclude_none=True, exclude={"wait"}) | {
        "wait": checked.wait and checked.wait.model_dump(exclude_none=True)
    }


def _pruned(value: Any, is_unknown: Callable[[object], bool]) -> Any:  # noqa: ANN401  # any input
    """Leave out what is not known yet, however deep it lies."""
    if isinstance(value, Mapping):
        return {
            key: _pruned(entry, is_unknown)
            for key, entry in value.items()
            if entry is not None and not is_unknown(entry)
        }
    return value


def _with_unknown(
    normal: Mapping[str, Any],
    merged: Mapping[str, Any],
    is_unknown: Callable[[object], bool],
) -> dict[str, Any]:
    """Put the values that are not known yet back to their places."""
    filled = dict(normal)
    for key, value in merged.items():
        is_whole = key in WITH_PARTS and _has_unknown(value, is_unknown)
        if (
            isinstance(value, Mapping)
            and isinstance(filled.get(key), Mapping)
            and not is_whole
        ):
            filled[key] = _with_unknown(filled[key], value, is_unknown)
        elif _has_unknown(value, is_unknown):
            filled[key] = value
    return filled


def _has_unknown(value: object, is_unknown: Callable[[object], bool]) -> bool:
    if isinstance(value, Mapping):
        return any(_has_unknown(entry, is_unknown) for entry in value.values())
    if isinstance(value, list | tuple):
        return any(_has_unknown(entry, is_unknown) for entry in value)
    return is_unknown(value)


def _subject_first(problem: Problem) -> bool:
    """Order what is wrong: first what the resource is about."""
    return not problem.path.startswith("job_id")


def _problems(
    inputs: Mapping[str, Any], sources: Mapping[str, str], model: type[GateInputs]
) -> Iterator[Problem]:
    try:
        model.model_validate(inputs)
    except ValidationError as error:
        for problem in sorted(problems_of(error, model), key=_subject_first):
            source = sources.get(problem.path)
            path = f"{problem.path} (from {source})" if source else problem.path
            yield problem._replace(path=path)
