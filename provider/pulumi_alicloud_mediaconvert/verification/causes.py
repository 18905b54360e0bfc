"""Mismatches of one cause, which a reader gets once. Pure.

This concerns printed lines only. `Report.mismatches` has each mismatch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pulumi_alicloud_mediaconvert.api.models import Job, Output, OutputGroup
from pulumi_alicloud_mediaconvert.spelling import Spelling
from pulumi_alicloud_mediaconvert.text import (
    HIDDEN,
    MAX_NAME,
    MAX_NAMES,
    joined,
    plain,
)
from pulumi_alicloud_mediaconvert.verification.cause_keys import (
    CauseKey,
    PartKey,
    is_status,
    key_of,
    part_of,
    redacted_key,
    says_no_more,
)
from pulumi_alicloud_mediaconvert.verification.ended_job import CauseLine
from pulumi_alicloud_mediaconvert.verification.findings import AnyFinding
from pulumi_alicloud_mediaconvert.verification.render import (
    ADVICE,
    NOUNS,
    Mismatch,
    redacted_words,
    words_of,
)

# From so many on, all of a job's outputs are named as such.
MIN_ALL = 3
Found = tuple[AnyFinding, Mismatch]


class Cause(NamedTuple):
    """Mismatches that one line covers.

    Attributes:
        found: at least one finding, each with its mismatch, in the order of the report.
        parts: names the outputs and groups; empty where there are none.
        key: equal for two causes that say the same, of other jobs too; `None` for one
            that is like no other.
        status: how parts of a failed job ended that state no reason of their own;
            `None` for every other cause.
    """

    found: tuple[Found, ...]
    parts: str
    key: Hashable
    status: str | None = None


def causes_of(
    found: Sequence[Found], job: Job, *, hides_expect: bool = False
) -> list[Cause]:
    """Group mismatches by their cause, in the order of the first of each.

    Parts of a failed job with one status and no reason but the job's belong together,
    and findings that differ in nothing but the name of the part. A group without a
    reason of its own has that of its outputs.

    Args:
        found: each finding with its mismatch.
        job: that was verified.
        hides_expect: whether the expectations are secret: then what differs in them
            alone is one cause, and not to be told apart.
    """
    ended = _ended_with(job)
    keys = [redacted_key(one) if hides_expect else key_of(one) for one, _ in found]
    if not hides_expect:
        keys = [*_with_members(found, keys, job)]
    groups: dict[object, list[Found]] = {}
    statuses: dict[object, str] = {}
    for index, (one, own) in enumerate(zip(found, keys, strict=True)):
        part = part_of(one[0].location)
        status = ended.get(part) if part and is_status(one[0].location) else None
        key: object = own
        if status is not None:
            key = "status", status
            statuses[key] = status
        # What has no key stands for itself.
        groups.setdefault(index if key is None else key, []).append(one)
    reported = _labels(job)
    return [
        Cause(
            tuple(group),
            parts := _names(group, reported, hides_expect=hides_expect),
            None if isinstance(key, int) else (parts, key),
            statuses.get(key),
        )
        for key, group in groups.items()
    ]


def cause_lines(causes: Sequence[Cause], spelling: Spelling) -> list[CauseLine]:
    """Write a line for each cause."""
    return [
        CauseLine(
            _line(cause, spelling) if cause.status is None else with_job_line(cause),
            cause.key,
        )
        for cause in causes
    ]


def redacted_lines(causes: Sequence[Cause], spelling: Spelling) -> list[CauseLine]:
    """Write a line for each cause that says where and what was seen, no more."""
    lines = []
    for cause in causes:
        if cause.status is not None:
            # It has facts of the job alone.
            text = with_job_line(cause)
        else:
            words = redacted_words(cause.found[0][0], spelling)
            text = f"{cause.parts}: {words}" if cause.parts else words
        lines.append(CauseLine(text, cause.key))
    return lines


def with_job_line(cause: Cause) -> str:
    """Write in one line which parts ended with their job."""
    return f"{cause.parts}: ended {plain(cause.status or '')} with the job"


def _line(cause: Cause, spelling: Spelling) -> str:
    finding, mismatch = cause.found[0]
    words = words_of(finding, spelling) if len(cause.found) > 1 else None
    if words is None:
        return mismatch.text
    is_advice = mismatch.enforcement_level == "advisory"
    return f"{ADVICE if is_advice else ''}{cause.parts}: {words}"


def _ended_with(job: Job) -> Mapping[PartKey, str]:
    """Return how the parts of a failed job ended that state no other reason."""
    if not job.has_ended or job.state == "Success":
        return {}
    return {
        key: part.status
        for key, part in _parts(job).items()
        if part.status is not None
        and part.code in (None, job.code)
        and part.message in (None, job.message)
    }


def _parts(job: Job) -> Mapping[PartKey, Output | OutputGroup]:
    """Return the parts of a job by name; of two with one name none is known by it."""
    parts: list[tuple[str, Output | OutputGroup]] = [
        *(("outputs", output) for output in job.outputs),
        *(("output_groups", group) for group in job.output_groups),
    ]
    keys = [(kind, plain(part.label)) for kind, part in parts]
    counts = Counter(keys)
    return {
        key: part
        for key, (_, part) in zip(keys, parts, strict=True)
        if counts[key] == 1
    }


def _with_members(
    found: Sequence[Found], keys: Sequence[CauseKey | None], job: Job
) -> Iterator[CauseKey | None]:
    """Give groups that ended like their outputs, and say no more, the outputs' key."""
    parts = _parts(job)
    members: dict[str, set[CauseKey | None]] = {}
    for (finding, _), key in zip(found, keys, strict=True):
        part = part_of(finding.location)
        output = parts.get(part) if part and is_status(finding.location) else None
        if isinstance(output, Output) and output.group is not None:
            members.setdefault(plain(output.group), set()).add(key)
    for (finding, _), key in zip(found, keys, strict=True):
        part = part_of(finding.location)
        group = parts.get(part) if part and is_status(finding.location) else None
        theirs = members.get(part[1], set()) if part else set()
        common = next(iter(theirs)) if len(theirs) == 1 else None
        is_mute = isinstance(group, OutputGroup) and group.code is group.message is None
        if is_mute and key and common and says_no_more(key, common):
            yield common
        else:
            yield key


# How many parts of a list have a name.
Labels = Mapping[str, Counter[str]]


def _labels(job: Job) -> Labels:
    return {
        "outputs": Counter(plain(part.label) for part in job.outputs),
        "output_groups": Counter(plain(part.label) for part in job.output_groups),
    }


def _names(found: Sequence[Found], reported: Labels, *, hides_expect: bool) -> str:
    """Name several parts: `outputs "a" and "b", output group "c"`."""
    names: dict[str, dict[str, None]] = {}
    for finding, _ in found:
        if part := part_of(finding.location):
            kind, name = part
            # Any name that the API does not report is the user's.
            is_hidden = hides_expect and name not in reported[kind]
            names.setdefault(kind, {})[HIDDEN if is_hidden else name] = None
    return ", ".join(
        _several(NOUNS[kind], [*one], reported[kind]) for kind, one in names.items()
    )


def _several(noun: str, names: Sequence[str], reported: Counter[str]) -> str:
    count = len(names)
    if count >= MIN_ALL and reported == Counter(names):
        return f"all {count:,} {noun}s"
    more = count - MAX_NAMES
    shown = [f'"{plain(name, longest=MAX_NAME)}"' for name in names[:MAX_NAMES]]
    shown += [f"{more:,} more"] if more > 0 else []
    return f"{noun}{'' if count == 1 else 's'} {joined(shown)}"
