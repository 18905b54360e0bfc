"""What a finding says besides the name of its part, as data: when two say the same."""

from __future__ import annotations

from collections.abc import Hashable
from typing import NamedTuple

from pulumi_alicloud_mediaconvert.expect.matchers import Strict
from pulumi_alicloud_mediaconvert.verification.findings import (
    AnyFinding,
    StoredFinding,
    VendorSaid,
)
from pulumi_alicloud_mediaconvert.verification.locations import Location, Named
from pulumi_alicloud_mediaconvert.verification.render import (
    actual_of,
    said_of,
    words_of,
)

# A list of the job's parts, and the name of one as it is shown.
PartKey = tuple[str, str]


class CauseKey(NamedTuple):
    """All that a finding says, besides the name of its part.

    Attributes:
        base: where in its part, what was expected and seen, and what that means.
        remark: what else is known of it. Of a stored one that is known as words alone.
    """

    base: Hashable
    remark: Hashable


def part_of(location: Location) -> PartKey | None:
    """Return the output or group that a location is in, if it is in one."""
    match location.steps:
        case ("outputs" | "output_groups" as kind, Named() as name, *_):
            return str(kind), name.shown
    return None


def is_status(location: Location) -> bool:
    """Whether a location is the status of an output or a group."""
    return location.steps[2:] == ("status",)


def key_of(finding: AnyFinding) -> CauseKey | None:
    """Return all that a finding says besides the name of its part.

    Returns:
        `None` of one that cannot be compared. Stored ones have to agree in their
        words, too, which say where they stand.
    """
    location = said_of(finding)
    has_part = part_of(location) is not None
    if isinstance(finding, StoredFinding):
        words = words_of(finding) if has_part else finding.line
        seen = (finding.expected, finding.actual, finding.outcome)
        stored = (has_part, location.enforcement_level, *seen)
        return None if words is None else CauseKey(stored, words)
    where = (*location.steps[2 * has_part :], location.enforcement_level)
    fact = finding.fact
    try:
        stated, expected = _frozen(location.stated), _frozen(finding.constraint)
        values = _frozen(fact.values)
    except TypeError:
        return None
    said = (finding.outcome, expected, values, fact.reason)
    base = (has_part, where, stated, location.message, *said)
    return CauseKey(base, (finding.doubt, finding.detail))


def redacted_key(finding: AnyFinding) -> CauseKey | None:
    """Return what a redacted line says, besides the name of its part."""
    location = finding.location
    if part_of(location) is None:
        return None
    return CauseKey((location.steps[2:], actual_of(finding)), None)


def _frozen(value: object) -> Hashable:
    """Return a value that is equal for equal constraints, of other jobs too.

    Raises:
        TypeError: it has no such value.
    """
    if isinstance(value, list | tuple):
        return type(value), tuple(map(_frozen, value))
    if isinstance(value, Strict):
        return type(value), tuple((name, _frozen(one)) for name, one in value)
    hash(value)
    # By type too: `True` and 1 are equal otherwise.
    return type(value), value


def says_no_more(key: CauseKey, other: CauseKey) -> bool:
    """Whether a finding of a group says nothing that its outputs' do not say."""
    if key.base != other.base:
        return False
    if isinstance(key.remark, str):
        return isinstance(other.remark, str) and other.remark.startswith(key.remark)
    return key.remark == (None, VendorSaid(None, None, None))
