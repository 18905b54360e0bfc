"""The constraints that a job's own request sets for each of its outputs.

Pure. A constraint is derived only from what the request says in words that have one
reading; all else is named as skipped, with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pulumi_alicloud_mediaconvert.api.coercion import as_name
from pulumi_alicloud_mediaconvert.api.models import Job, Output
from pulumi_alicloud_mediaconvert.api.pairing import partners_of
from pulumi_alicloud_mediaconvert.as_requested.request import (
    MAX_KEY,
    OutputRequest,
    object_of,
    path_of,
)
from pulumi_alicloud_mediaconvert.as_requested.rules import KNOWN, RULES, Rule
from pulumi_alicloud_mediaconvert.as_requested.skip_reasons import first_of, of_stream
from pulumi_alicloud_mediaconvert.text import quoted

# What is removed or copied voids all else of its stream.
OF_STREAMS = {f"{name}.": of_stream(name) for name in ("Video", "Audio")}
Params = Mapping[str, Any]


class Constraint(NamedTuple):
    """The constraint of a rule on an output: a matcher, as expectations have them."""

    rule: Rule
    matcher: object

    @property
    def source(self) -> str:
        """Where the request says so, such as `OverrideParams.Video.Width`."""
        return path_of(self.rule.key)


class Derived(NamedTuple):
    """What can be tested of a delivery, and a line for each thing that cannot."""

    output: Output
    constraints: tuple[Constraint, ...]
    skipped: tuple[str, ...]


def derive(job: Job) -> tuple[list[Derived], list[str]]:
    """Derive the constraints of a job's own request, delivery by delivery.

    Those of groups are paired within their groups, which are paired likewise.

    Returns:
        What is derived for each delivery that is paired with a request, and a line for
        each request that is not. Never raises: what cannot be read is skipped.
    """
    config = job.config or {}
    groups = _objects_of(config.get("OutputGroups"))
    partners = _partners([group.name for group in job.output_groups], groups)
    single = [output for output in job.outputs if output.group is None]
    parts = [("Outputs", single, config.get("Outputs"), object_of(None))]
    parts += [
        (_label("OutputGroups", at, groups[at]), outputs, group.get("Outputs"), group)
        for outputs, at in zip(job.members, partners, strict=True)
        if at is not None
        for group in (groups[at],)
    ]
    derived: list[Derived] = []
    unpaired: list[str] = []
    for path, outputs, stated, group in parts:
        requests = _objects_of(stated)
        pairs = _partners([output.name for output in outputs], requests)
        for output, at in zip(outputs, pairs, strict=True):
            if at is not None:
                request = OutputRequest(requests[at], group)
                derived.append(Derived(output, *_derive(request)))
        unpaired += _unpaired(path, requests, pairs)
    return derived, unpaired + _unpaired("OutputGroups", groups, partners)


def _objects_of(value: object) -> list[Params]:
    """Return the objects of a list; an entry that is none counts as empty."""
    return [object_of(entry) for entry in value] if isinstance(value, list) else []


def _name(request: Params) -> str | None:
    name = request.get("Name")
    return as_name(name) if isinstance(name, str | int | float) else None


def _label(path: str, position: int, request: Params) -> str:
    name = _name(request)
    return f"{path}[{position}]" + (f" {quoted(name, longest=MAX_KEY)}" if name else "")


def _partners(
    names: Sequence[str | None], requests: Sequence[Params]
) -> list[int | None]:
    return partners_of(names, [_name(request) for request in requests])


def _unpaired(
    path: str, requests: Sequence[Params], partners: Sequence[int | None]
) -> list[str]:
    paired = set(partners)
    return [
        f"{_label(path, at, request)}: no delivered output belongs to it"
        for at, request in enumerate(requests)
        if at not in paired
    ]


def _derive(
    request: OutputRequest,
) -> tuple[tuple[Constraint, ...], tuple[str, ...]]:
    constraints: dict[tuple[str, str], Constraint] = {}
    void = {
        key: why
        for name, doubts in OF_STREAMS.items()
        if (why := first_of(doubts, request))
        for key in KNOWN
        if key in request and key.startswith(name) and not key.endswith("Remove")
    }
    # Rules of one key have doubts in common.
    skipped = {request.skip(key, why): None for key, why in void.items()}
    for rule in RULES:
        if rule.key not in request or rule.key in void:
            continue
        found = _apply(rule, request)
        if isinstance(found, str):
            skipped[found] = None
        elif found is not None:
            at = (rule.key, rule.fact)
            first = constraints.get(at)
            constraints[at] = _joined(first, found) if first else found
    return tuple(constraints.values()), (*skipped, *request.unread(KNOWN))


def _apply(rule: Rule, request: OutputRequest) -> Constraint | str | None:
    """Return the constraint of a rule, or why there is none."""
    if not rule.only_if(request):
        return None
    if why := first_of(rule.doubts, request):
        return request.skip(rule.key, why)
    matcher = rule.comparison.read(request[rule.key])
    if matcher is None or (why := first_of(rule.limits, request)):
        return request.skip(rule.key, why)
    return Constraint(rule, matcher)


def _joined(one: Constraint, other: Constraint) -> Constraint:
    """Return two bounds of one key as one constraint."""
    return Constraint(one.rule, {**object_of(one.matcher), **object_of(other.matcher)})
