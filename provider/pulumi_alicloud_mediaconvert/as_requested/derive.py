"""What a job's own request demands of its deliveries, each paired with its own.

Pure. A demand is derived only from what the request states in words that have one
reading; all else is named as skipped, with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pulumi_alicloud_mediaconvert.api.models import Job, Output
from pulumi_alicloud_mediaconvert.api.pairing import partners_of
from pulumi_alicloud_mediaconvert.as_requested.config_node import (
    ConfigNode,
    Constraint,
    Params,
    label_of,
    name_of,
    objects_of,
)
from pulumi_alicloud_mediaconvert.as_requested.output import findings_of


@dataclass(frozen=True, kw_only=True)
class Request:
    """What was requested of one delivery.

    Attributes:
        output: the delivery.
        constraints: what can be tested.
        skipped: what cannot, one line each: `<source>: <why>`.
    """

    output: Output
    constraints: tuple[Constraint, ...]
    skipped: tuple[str, ...]


def requests_of(job: Job) -> tuple[list[Request], list[str]]:
    """Derive the demands of a job's own request, delivery by delivery.

    Those of groups are paired within their groups, which are paired likewise.

    Returns:
        The requests that are paired with a delivery, and a line for each that is
        not. Never raises: what cannot be read is skipped.
    """
    config = job.config or {}
    single = [output for output in job.outputs if output.group is None]
    requests, left_over = _requests(single, config.get("Outputs"), {}, "Outputs")

    groups = objects_of(config.get("OutputGroups"))
    partners = _partners([group.name for group in job.output_groups], groups)
    for members, at in zip(job.members, partners, strict=True):
        if at is None:
            continue
        path = label_of("OutputGroups", at, groups[at])
        inner, lines = _requests(members, groups[at].get("Outputs"), groups[at], path)
        requests += inner
        left_over += lines
    return requests, left_over + _left_over("OutputGroups", groups, partners)


def _requests(
    outputs: Sequence[Output], stated: object, group: Params, path: str
) -> tuple[list[Request], list[str]]:
    wanted = objects_of(stated)
    partners = _partners([output.name for output in outputs], wanted)
    requests = [
        _request(output, wanted[at], group)
        for output, at in zip(outputs, partners, strict=True)
        if at is not None
    ]
    return requests, _left_over(path, wanted, partners)


def _partners(
    names: Sequence[str | None], requests: Sequence[Params]
) -> list[int | None]:
    return partners_of(names, [name_of(request) for request in requests])


def _left_over(
    path: str, requests: Sequence[Params], partners: Sequence[int | None]
) -> list[str]:
    paired = set(partners)
    return [
        f"{label_of(path, at, request)}: paired with no delivery"
        for at, request in enumerate(requests)
        if at not in paired
    ]


def _request(output: Output, request: Params, group: Params) -> Request:
    findings = list(findings_of(ConfigNode("", request), ConfigNode("", group)))
    return Request(
        output=output,
        constraints=tuple(found for found in findings if isinstance(found, Constraint)),
        skipped=tuple(found for found in findings if isinstance(found, str)),
    )
