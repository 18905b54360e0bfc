"""A stored report as findings again: all that takes apart what is stored. Pure.

It may be of another version of this package: what is not understood is no reason to
fail, and none to pass.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from pulumi_alicloud_mediaconvert.input_names import Verdict
from pulumi_alicloud_mediaconvert.verification.findings import Skipped, StoredFinding
from pulumi_alicloud_mediaconvert.verification.locations import (
    ROOT,
    Location,
    Named,
    Step,
)
from pulumi_alicloud_mediaconvert.verification.render import ADVICE, Mismatch
from pulumi_alicloud_mediaconvert.verification.tally import Tally, read_tally

# A list or a field, perhaps a name, then fields and indexes. No part of a name is ever
# read as a step: one that holds `"]` leaves it at the end, where none may stand.
PATH = re.compile(
    r'(?P<first>\w+)(?:\["(?P<name>(?:(?!"\]).)*)"\])?(?P<rest>(?:\.\w+|\[\d+\])*)',
    re.ASCII | re.DOTALL,
)
REST = re.compile(r"\.(\w+)|\[(\d+)\]", re.ASCII)


class StoredVerdict(NamedTuple):
    """What is known of an earlier verification whose answer is not kept.

    Attributes:
        verdict: of then.
        findings: what was not met then.
        expect: what was expected then, as it was stated.
    """

    verdict: Verdict
    findings: Sequence[StoredFinding]
    expect: Any


def stored_findings(entries: object) -> tuple[StoredFinding, ...] | None:
    """Read stored mismatches; `None` if they are not understood."""
    if not isinstance(entries, list | tuple):
        return None if entries else ()
    known = Mismatch.__annotations__
    try:
        return tuple(
            _finding(Mismatch(**{key: one[key] for key in one if key in known}))
            for one in entries
        )
    except (AttributeError, TypeError):
        return None


def _finding(stored: Mismatch) -> StoredFinding:
    is_advice = stored.enforcement_level == "advisory"
    return StoredFinding(
        Location(steps_of(stored.path), stored.enforcement_level),
        stored.path,
        stored.expected,
        stored.actual,
        stored.verdict,
        stored.text.removeprefix(ADVICE) if is_advice else stored.text,
    )


def steps_of(path: str) -> tuple[Step, ...]:
    """Read a path as `path_of` writes it; no steps if it is not understood."""
    found = PATH.fullmatch(path)
    if found is None:
        return ()
    named = () if found["name"] is None else (Named(found["name"]),)
    rest = (field or int(index) for field, index in REST.findall(found["rest"]))
    return (found["first"], *named, *rest)


def stored_skipped(
    lines: Sequence[object],
) -> tuple[Tally | None, tuple[Skipped, ...]]:
    """Read stored `skipped_checks`: how much was tested, and what was not."""
    texts = [str(line) for line in lines]
    tally = read_tally(texts[0]) if texts else None
    rest = texts[1:] if tally else texts
    return tally, tuple(Skipped(ROOT, text) for text in rest)
