"""Mismatches of one cause, which a reader gets once. Pure.

This concerns printed lines only. `Report.mismatches` has each mismatch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pulumi_alicloud_mediaconvert.api.models import Job, Output, OutputGroup
from pulumi_alicloud_mediaconvert.text import MAX_NAME, MAX_NAMES, joined, plain
from pulumi_alicloud_mediaconvert.verification.findings import AnyFinding, Finding
from pulumi_alicloud_mediaconvert.verification.locations import Location, Named
from pulumi_alicloud_mediaconvert.verification.render import NOUNS, Mismatch

# A list of the job's parts, and the name of one as it is shown.
PartKey = tuple[str, str]


class Cause(NamedTuple):
    """Mismatches that one line covers.

    Attributes:
        found: at least one finding, each with its mismatch, in the order of the report.
        status: how parts of a failed job ended that state no reason of their own;
            `None` for every other cause.
    """

    found: tuple[tuple[AnyFinding, Mismatch], ...]
    status: str | None = None


def causes_of(
    found: Sequence[tuple[AnyFinding, Mismatch]], job: Job, *, joins_equal: bool = False
) -> list[Cause]:
    """Group mismatches by their cause, in the order of the first of each.

    Parts of a failed job with one status and no reason but the job's belong together.

    Args:
        found: each finding with its mismatch.
        job: that was verified.
        joins_equal: whether findings belong together, too, that differ in nothing but
            the name of the part. Of a stored verification nobody can tell.
    """
    ended = _ended_with(job)
    groups: dict[object, list[tuple[AnyFinding, Mismatch]]] = {}
    statuses: dict[object, str] = {}
    for index, one in enumerate(found):
        part = _part_of(one[0].location)
        status = ended.get(part) if part and _is_status(one[0].location) else None
        key: object = None
        if status is not None:
            key = "status", status
        elif joins_equal:
            key = _key(one[0])
        # What has no key stands for itself.
        key = index if key is None else key
        groups.setdefault(key, []).append(one)
        if status is not None:
            statuses[key] = status
    return [Cause(tuple(one), statuses.get(key)) for key, one in groups.items()]


def cause_lines(causes: Sequence[Cause]) -> list[str]:
    """Write a line for the parts that ended with their job, else one a mismatch."""
    lines: list[str] = []
    for cause in causes:
        if cause.status is None:
            lines += (mismatch.text for _, mismatch in cause.found)
        else:
            lines.append(with_job_line(cause))
    return lines


def with_job_line(cause: Cause) -> str:
    """Write in one line which parts ended with their job."""
    names = _names([one.location for one, _ in cause.found])
    return f"{names}: ended {plain(cause.status or '')} with the job"


def _ended_with(job: Job) -> Mapping[PartKey, str]:
    """Return how the parts of a failed job ended that state no other reason."""
    if not job.has_ended or job.state == "Success":
        return {}
    parts: list[tuple[str, Output | OutputGroup]] = [
        *(("outputs", output) for output in job.outputs),
        *(("output_groups", group) for group in job.output_groups),
    ]
    keys = [(kind, plain(part.label)) for kind, part in parts]
    counts = Counter(keys)
    return {
        key: part.status
        for key, (_, part) in zip(keys, parts, strict=True)
        # Of two parts with one name nobody knows which one a path means.
        if counts[key] == 1
        and part.status is not None
        and part.code in (None, job.code)
        and part.message in (None, job.message)
    }


def _part_of(location: Location) -> PartKey | None:
    match location.steps:
        case ("outputs" | "output_groups" as kind, Named() as name, *_):
            return str(kind), name.shown
    return None


def _is_status(location: Location) -> bool:
    return location.steps[2:] == ("status",)


def _key(finding: AnyFinding) -> object:
    """Return all that a finding says besides the name of its part; else `None`.

    Of a stored one the words alone are known, and texts are not compared.
    """
    location = finding.location
    if not isinstance(finding, Finding) or _part_of(location) is None:
        return None
    rest = location.steps[2:]
    if not rest or location.stated is not None:
        return None
    constraint = finding.constraint
    key = (
        *(rest, location.message, location.enforcement_level),
        *(finding.fact, finding.outcome, finding.doubt, finding.detail),
    )
    try:
        hash(key)
    except TypeError:
        return None
    # By type too: `True` and 1 are one key otherwise.
    return key, type(constraint), _hashable(constraint)


def _hashable(constraint: object) -> object:
    try:
        hash(constraint)
    except TypeError:
        # One that is stated once, for every output.
        return id(constraint)
    return constraint


def _names(locations: Sequence[Location]) -> str:
    """Name several parts: `outputs "a" and "b", output group "c"`."""
    names: dict[str, list[str]] = {}
    for location in locations:
        kind, name = location.steps[:2]
        shown = name.shown if isinstance(name, Named) else str(name)
        quoted = f'"{plain(shown, longest=MAX_NAME)}"'
        names.setdefault(NOUNS[str(kind)], []).append(quoted)
    return ", ".join(_several(noun, one) for noun, one in names.items())


def _several(noun: str, names: Sequence[str]) -> str:
    more = len(names) - MAX_NAMES
    shown = [*names[:MAX_NAMES], *([f"{more:,} more"] if more > 0 else [])]
    return f"{noun}{'' if len(names) == 1 else 's'} {joined(shown)}"
