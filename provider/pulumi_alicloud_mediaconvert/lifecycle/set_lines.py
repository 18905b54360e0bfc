"""Lines of a set about its jobs; jobs that ended alike share one line. Pure."""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from pulumi_alicloud_mediaconvert.lifecycle.packed_facts import (
    FACTS_KEY,
    facts_of,
    unpacked,
)
from pulumi_alicloud_mediaconvert.lifecycle.set_entries import (
    Entry,
    mismatches_by_name,
    stored_entries,
    summary_of,
)
from pulumi_alicloud_mediaconvert.text import (
    MAX_NAME,
    MAX_NAMES,
    in_brackets,
    joined,
    plain,
)
from pulumi_alicloud_mediaconvert.verification.ended_job import EndedJob

Place = TypeVar("Place", bound=Hashable)
# If a line is about more than `MAX_NAMES` jobs, it names only this many.
MAX_JOBS_NAMED = 3


class JobText(NamedTuple):
    """What is wrong with one job of a set, in one line that names it by its ID."""

    job_id: str
    text: str


def lines_of_set(
    outputs: Mapping[str, Any],
    name: str,
    remarks: Sequence[str] = (),
    ended: Mapping[str, EndedJob] = MappingProxyType({}),
    *,
    explains_pending: bool = False,
) -> list[str]:
    """Say what is worth a person's attention: the set, each bad job, then details.

    Jobs that ended in the same way have one line, and so have equal details.

    Args:
        outputs: of the set, stored ones too.
        name: of the set.
        remarks: on the run as a whole.
        ended: by the name of a job, what there is to say of it; of all other jobs,
            what is stored of it.
        explains_pending: whether the remarks say why jobs are pending.

    Returns:
        No line at all if every job is good.
    """
    bad: dict[str, Entry] = {}
    waiting: list[tuple[str, Entry]] = []
    for label, entry in stored_entries(outputs).items():
        is_known = entry["state"] and not entry.get("stale")
        if entry["verdict"] == "pending" and (is_known or not entry["text"]):
            waiting.append((label, entry))
        elif entry["text"] is not None:
            bad[label] = entry
    known = {**_stored_jobs(outputs, bad.keys() - ended.keys()), **ended}
    texts = {
        label: JobText(entry["job_id"], str(entry["text"]))
        for label, entry in bad.items()
    }
    # One line for each job comes first: a host may show only some of the lines.
    lines = [*remarks, *job_lines(texts, known)]
    if waiting:
        lines.append(_waiting_line(waiting, is_explained=explains_pending))
    lines += detail_lines(texts, known)
    return [summary_of(outputs, name), *lines] if lines else []


def job_lines(
    bad: Mapping[str, JobText], known: Mapping[str, EndedJob]
) -> Iterator[str]:
    """Say what is wrong with each job; of jobs that ended alike, once.

    Args:
        bad: what is wrong with each of them, by name.
        known: what there is to say of them as data.
    """
    keys = {label: one.key for label, one in known.items() if one.key is not None}
    for labels in _alike(bad, keys):
        label = labels[0]
        job_id, text = bad[label]
        if len(labels) > 1:
            yield f"{_named(labels)}: {known[label].text}"
        else:
            yield labelled(label, job_id, text)


def detail_lines(bad: Iterable[str], known: Mapping[str, EndedJob]) -> Iterator[str]:
    """Say what was found in each job; what is equal in several jobs, once.

    Args:
        bad: names of the jobs.
        known: what there is to say of them as data.
    """
    found = {
        (label, index): line
        for label in bad
        if label in known
        for index, line in enumerate(known[label].below)
    }
    keys = {place: line.key for place, line in found.items() if line.key is not None}
    for places in _alike(found, keys):
        labels = [*dict.fromkeys(label for label, _ in places)]
        yield f"{_named(labels)}: {found[places[0]].text}"


def _alike(
    places: Iterable[Place], keys: Mapping[Place, Hashable]
) -> Iterable[list[Place]]:
    """Group what has equal keys, in the order of the first of each."""
    groups: dict[Hashable, list[Place]] = {}
    for index, place in enumerate(places):
        key = ("alike", keys[place]) if place in keys else index
        groups.setdefault(key, []).append(place)
    return groups.values()


def _named(labels: Sequence[str]) -> str:
    """Name all jobs, or the first ones of many: `a, b and c`, `a, b, c and 9 more`."""
    shown = [*labels] if len(labels) <= MAX_NAMES else [*labels[:MAX_JOBS_NAMED]]
    more = len(labels) - len(shown)
    names = [plain(label, longest=MAX_NAME) for label in shown]
    return joined([*names, *([f"{more:,} more"] if more else [])])


def _stored_jobs(
    outputs: Mapping[str, Any], labels: Container[str]
) -> dict[str, EndedJob]:
    """Say again what a stored set found of some jobs, each cause once."""
    stored = stored_entries(outputs)
    entries = {label: entry for label, entry in stored.items() if label in labels}
    found = mismatches_by_name(outputs) if entries else {}
    # Among its facts are the parts of a job, and the reasons of those that failed.
    job_ids = {entry["job_id"] for entry in entries.values()}
    facts = unpacked(outputs.get(FACTS_KEY), job_ids) if job_ids else {}
    jobs = {
        label: _stored_job(
            entry,
            facts_of(facts.get(entry["job_id"])),
            found.get(label, ()),
            outputs.get("region"),
        )
        for label, entry in entries.items()
    }
    return {label: job for label, job in jobs.items() if job is not None}


def _stored_job(
    entry: Entry,
    facts: Mapping[str, Any],
    mismatches: Sequence[Mapping[str, Any]],
    region: str | None,
) -> EndedJob | None:
    from pulumi_alicloud_mediaconvert.lifecycle.stored_state import (  # noqa: PLC0415  # verifies, too
        stored_report,
    )
    from pulumi_alicloud_mediaconvert.verification.report import (  # noqa: PLC0415  # ditto
        ended_job,
        headline,
    )

    known = {key: entry[key] for key in ("job_id", "state", "code", "message")}
    outputs = {**known, "verdict": entry["verdict"], "mismatches": mismatches}
    report = stored_report({**facts, **outputs}) or stored_report(outputs)
    if report is None:
        return None
    ended = ended_job(report)
    # An entry may say something else, such as that the record of its job is gone. How
    # many checks were met is not stored, and not said of several jobs.
    head, text = headline(report, region), str(entry["text"])
    is_ending = text == head or text.startswith(f"{head} ")
    return ended if is_ending else ended._replace(key=None)


def labelled(label: str, job_id: str, line: str) -> str:
    """Put the name of a job before its line, unless it is the ID that the line has."""
    return line if label == job_id else f"{plain(label)}: {line}"


def _waiting_line(waiting: list[tuple[str, Entry]], *, is_explained: bool) -> str:
    if is_explained:
        return f"Pending: {_with_states(waiting)}."
    first = next((one for one in waiting if one[1]["text"]), waiting[0])
    label, entry = first
    text = entry["text"]
    line = (
        labelled(label, entry["job_id"], text)
        if text
        else f"{plain(label)} was not verified."
    )
    others = [one for one in waiting if one is not first]
    return f"{line} Also pending: {_with_states(others)}." if others else line


def _with_states(waiting: Sequence[tuple[str, Entry]]) -> str:
    """Name jobs with their states: `a (Running), b and 3 more`."""
    more = len(waiting) - MAX_NAMES
    names = [
        plain(label) + in_brackets(entry["state"] and plain(entry["state"]))
        for label, entry in waiting[:MAX_NAMES]
    ]
    return joined([*names, *([f"{more:,} more"] if more > 0 else [])])
