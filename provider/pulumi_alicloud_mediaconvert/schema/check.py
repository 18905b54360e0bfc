"""Check the inputs of a job or a set, and resolve their defaults.

`check_inputs` accepts any values. It returns the parsed inputs, or every problem with
its path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from pulumi_alicloud_mediaconvert.error_renderer import REFUSED_SETTING
from pulumi_alicloud_mediaconvert.expect.matcher_validation import Location
from pulumi_alicloud_mediaconvert.expect.validation_messages import (
    Problem,
    problems_of,
)
from pulumi_alicloud_mediaconvert.schema.inputs import CONFIGURED_INPUTS, GateInputs
from pulumi_alicloud_mediaconvert.schema.values import Unknown, has_unknown
from pulumi_alicloud_mediaconvert.spelling import PYTHON, Spelling

Inputs = TypeVar("Inputs", bound=GateInputs)

# By path, the key of the configuration that gave a value.
Sources = dict[Location, str]

# Inputs that are checked in parts if some of their parts are unknown.
WITH_PARTS = frozenset({"expect", "expect_by_name", "job_ids"})
# Good values for required inputs that are unknown.
STAND_INS = {"job_id": "0", "region": "cn-shanghai"}


@dataclass(frozen=True)
class CheckContext:
    """Where the defaults of inputs come from.

    Attributes:
        configured: the stack's `mediaconvert:` configuration, keys without prefix.
        region: returns the default region; without it, the input is required. Raises
            `ValueError` if there is no region.
        spelling: of the problems.
        is_secret: whether a setting may be secret, by its key; no problem quotes it.
    """

    configured: Mapping[str, str] = field(default_factory=dict)
    region: Callable[[], str] | None = None
    spelling: Spelling = PYTHON
    is_secret: Callable[[str], bool] = lambda _key: False


NO_DEFAULTS = CheckContext()


@dataclass(frozen=True)
class Checked(Generic[Inputs]):
    """Inputs as a program gives them, parsed once.

    Attributes:
        inputs: with every default; without those that are unknown. `None` if there
            are problems.
        values: the same in the form in which they are stored, unknown ones in place.
        problems: all problems, those of the job IDs first.
    """

    inputs: Inputs | None
    values: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)


def check_inputs(
    props: Mapping[str, Any],
    model: type[Inputs],
    context: CheckContext = NO_DEFAULTS,
) -> Checked[Inputs]:
    """Parse the inputs of a resource, and list every problem with them.

    Args:
        props: plain values and `Unknown`, as the program gives them.
        model: of the inputs.
        context: of their defaults.
    """
    merged, sources = _with_configured(props, context.configured)
    problems: list[Problem] = []
    has_no_region = False
    if context.region is not None and merged.get("region", "") == "":
        try:
            merged["region"] = context.region()
        except ValueError as error:
            problems.append(Problem("region", str(error), ("region",)))
            merged["region"] = Unknown()
            has_no_region = True
    candidate = _with_stand_ins(merged, model)
    inputs, found = _parsed(candidate, model, sources, context)
    problems += [one for one in found if not _is_for_later(one, merged)]
    if problems:
        if has_no_region:
            # In an `up` the engine refuses unknown values before it shows problems.
            del merged["region"]
        return Checked(None, merged, problems)
    if inputs is not None:
        return Checked(inputs, _stored(inputs, merged))
    # A value that is unknown now may be valid later: only the rest is parsed.
    partly = {key: value for key, value in merged.items() if has_unknown(value)}
    known = _with_stand_ins({**merged, **dict.fromkeys(partly, Unknown())}, model)
    inputs = model.model_validate(known)
    return Checked(inputs, _stored(inputs, merged) | partly)


def _with_configured(
    props: Mapping[str, Any], configured: Mapping[str, str]
) -> tuple[dict[str, Any], Sources]:
    """Fill in values of the stack's configuration, and return their sources."""
    merged = {key: value for key, value in props.items() if value is not None}
    sources: Sources = {}
    for key, path in CONFIGURED_INPUTS.items():
        value = configured.get(key)
        holder = merged
        if len(path) > 1:
            wait = merged.get("wait", {})
            if not isinstance(wait, Mapping):
                continue
            holder = merged["wait"] = dict(wait)
        if value is not None and holder.get(path[-1]) is None:
            holder[path[-1]] = value
            sources[path] = f"mediaconvert:{key}"
    return merged, sources


def _with_stand_ins(
    merged: Mapping[str, Any], model: type[GateInputs]
) -> dict[str, Any]:
    """Leave out unknown values, or replace them if they are required."""
    names = merged.get("expect_by_name")
    # Each of these names needs a job.
    job_ids = dict.fromkeys(names if isinstance(names, Mapping) else (), "0")
    good = {**STAND_INS, "job_ids": job_ids or ["0"]}
    candidate: dict[str, Any] = {}
    for key, value in merged.items():
        if not isinstance(value, Unknown):
            candidate[key] = value if key in WITH_PARTS else _known_entries(value)
        elif key in good and key in model.model_fields:
            candidate[key] = good[key]
    return candidate


def _known_entries(value: Any) -> Any:  # noqa: ANN401  # any input
    if not isinstance(value, Mapping):
        return value
    return {
        key: _known_entries(entry)
        for key, entry in value.items()
        if entry is not None and not isinstance(entry, Unknown)
    }


def _parsed(
    candidate: Mapping[str, Any],
    model: type[Inputs],
    sources: Sources,
    context: CheckContext,
) -> tuple[Inputs | None, list[Problem]]:
    try:
        # Validators of one input see the others as they were given.
        return model.model_validate(candidate, context=candidate), []
    except ValidationError as error:
        found = problems_of(error, model, context.spelling)
        return None, [*_with_sources(found, sources, context.is_secret)]


def _with_sources(
    found: Iterable[Problem], sources: Sources, is_secret: Callable[[str], bool]
) -> Iterator[Problem]:
    for problem in sorted(found, key=_subject_first):
        at = problem.location
        # What is wrong with two limits together quotes both.
        parts = [key for path, key in sources.items() if at and path[: len(at)] == at]
        if secrets := [*filter(is_secret, parts)]:
            yield problem._replace(text=f"{secrets[0]} {REFUSED_SETTING}")
        elif source := sources.get(at):
            yield problem._replace(path=f"{problem.path} (from {source})")
        else:
            yield problem


def _subject_first(problem: Problem) -> bool:
    """Sort problems: those of the job IDs first."""
    return problem.location[:1] not in {("job_id",), ("job_ids",)}


def _is_for_later(problem: Problem, merged: Mapping[str, Any]) -> bool:
    """Whether a problem may be none once all values are known."""
    value: Any = merged
    for part in problem.location:
        try:
            value = value[part]
        except (IndexError, KeyError, TypeError):
            return False
    if isinstance(value, Unknown):
        # An unknown key is wrong with any value.
        return not problem.is_unknown_key
    return bool(problem.location) and has_unknown(value)


def _stored(inputs: GateInputs, merged: Mapping[str, Any]) -> dict[str, Any]:
    """Write inputs in the form in which they are stored, unknown ones in place."""
    values = inputs.model_dump(exclude_none=True, exclude={"wait"})
    values["wait"] = inputs.wait and inputs.wait.model_dump(exclude_none=True)
    for key, value in merged.items():
        if isinstance(value, Unknown):
            values[key] = value
        elif key == "wait" and isinstance(value, Mapping):
            values[key] |= {
                name: limit
                for name, limit in value.items()
                if isinstance(limit, Unknown)
            }
    return values
