"""What a set keeps of each job, and what it says of them. Pure."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NotRequired, TypedDict, cast

from pulumi_alicloud_mediaconvert.lifecycle.packed_facts import (
    FACTS_KEY,
    facts_of,
    unpacked,
)
from pulumi_alicloud_mediaconvert.lifecycle.results import SEEN_AT, GateResult
from pulumi_alicloud_mediaconvert.text import MAX_NAMES, in_brackets, joined, plain

# The first of these that any job has is the verdict of the set.
WORST_FIRST = ("failed", "pending", "inconclusive", "unverified", "passed")
BAD = frozenset({"failed", "inconclusive"})
WORDS = {
    "passed": "passed",
    "failed": "failed",
    "inconclusive": "could not be decided",
    "pending": "pending",
    "unverified": "not verified",
}


class Entry(TypedDict):
    """What the state keeps of one job of a set.

    Attributes:
        job_id: of the job.
        verdict: as of a single job.
        state: of the job; `None` if it was not seen.
        code: the vendor's.
        message: the vendor's.
        output_urls: addresses by output, grouped ones as `group/name`.
        text: what is wrong with it in one line; `None` if nothing is.
        seen_at: when it was last seen, of a job that had not ended then.
        stale: whether its record has gone since.
    """

    job_id: str
    verdict: str
    state: str | None
    code: str | None
    message: str | None
    output_urls: dict[str, str]
    text: str | None
    seen_at: NotRequired[str]
    stale: NotRequired[bool]


def entry_of(job_id: str, settled: GateResult) -> Entry:
    """Return what a set keeps of a verified job."""
    facts = settled.outputs
    lines = settled.failures or settled.warnings
    entry = Entry(
        job_id=job_id,
        verdict=str(facts["verdict"]),
        state=facts.get("state"),
        code=facts.get("code"),
        message=facts.get("message"),
        output_urls=dict(_urls(facts.get("outputs") or [])),
        text=lines[0] if lines else None,
    )
    if SEEN_AT in facts:
        entry["seen_at"] = str(facts[SEEN_AT])
    if entry["verdict"] == "pending" and facts.get("stale"):
        entry["stale"] = True
    return entry


def gone_entry(known: Entry, text: str) -> Entry:
    """Say of a job that was seen, and had not ended, that it is gone."""
    return {**known, "verdict": "pending", "text": text, "stale": True}


def unseen_entry(job_id: str, trouble: str | None) -> Entry:
    """Stand in for a job that was not seen: nothing is known of it."""
    return Entry(
        job_id=job_id,
        verdict="pending",
        state=None,
        code=None,
        message=None,
        output_urls={},
        text=trouble,
    )


def stored_entries(outputs: Mapping[str, Any]) -> dict[str, Entry]:
    """Read stored entries, of which the engine keeps no empty value.

    Those of another version, which are not understood, are left out.
    """
    entries = outputs.get("jobs")
    known = entries if isinstance(entries, Mapping) else {}
    return {
        name: cast(Entry, {**unseen_entry("", None), **entry})
        for name, entry in known.items()
        if isinstance(entry, Mapping)
        and {"job_id", "verdict"} <= entry.keys() <= Entry.__annotations__.keys()
    }


def mismatches_by_name(outputs: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Group the mismatches of a set by the job that they are of."""
    found: dict[str, list[dict[str, Any]]] = {}
    for mismatch in outputs.get("mismatches") or []:
        found.setdefault(mismatch["name"], []).append(mismatch)
    return found


def verdict_of(entries: Iterable[Entry]) -> str:
    """Return the verdict of a set: that of its worst job."""
    verdicts = {entry["verdict"] for entry in entries}
    return next(word for word in WORST_FIRST if word in verdicts)


def summary_of(outputs: Mapping[str, Any], name: str) -> str:
    """Return the number of jobs by verdict: `9 jobs: 8 passed, 1 failed`."""
    counts = outputs.get("counts") or {}
    # All numbers of a state arrive as floats.
    counted = [
        f"{int(counts[key]):,} {word}" for key, word in WORDS.items() if counts.get(key)
    ]
    return f"{name}: {', '.join(counted)}."


def lines_of_set(
    outputs: Mapping[str, Any],
    name: str,
    remarks: Sequence[str] = (),
    details: Mapping[str, Sequence[str]] = MappingProxyType({}),
    *,
    explains_pending: bool = False,
) -> list[str]:
    """Return the lines of a set: the set, each bad job, then details.

    Args:
        outputs: of the set, stored ones too.
        name: of the set.
        remarks: on the run as a whole.
        explains_pending: whether the remarks say why jobs are pending.
        details: by the name of a job, what was found below its headline; of all other
            jobs, what is stored of it.

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
    lines = [*remarks]
    for label, entry in bad.items():
        lines.append(labelled(label, entry["job_id"], str(entry["text"])))
    if waiting:
        lines.append(_waiting_line(waiting, is_explained=explains_pending))
    below = {**_stored_details(outputs, bad.keys() - details.keys()), **details}
    # One line a job comes first: a host shows just some of them all.
    lines += [f"{plain(label)}: {one}" for label in bad for one in below.get(label, ())]
    return [summary_of(outputs, name), *lines] if lines else []


def _stored_details(
    outputs: Mapping[str, Any], labels: Container[str]
) -> dict[str, list[str]]:
    """Say again what a stored set found of some jobs, each cause once."""
    entries = stored_entries(outputs)
    found = {
        label: one
        for label, one in mismatches_by_name(outputs).items()
        if label in labels and label in entries
    }
    # What a part of a failed job states as its reason is among its facts.
    failed = {
        entries[label]["job_id"]
        for label in found
        if entries[label]["state"] != "Success"
    }
    facts = unpacked(outputs.get(FACTS_KEY), failed) if failed else {}
    return {
        label: _details_of(entries[label], one, facts.get(entries[label]["job_id"]))
        for label, one in found.items()
    }


def _details_of(
    entry: Entry, mismatches: Sequence[Mapping[str, Any]], facts: bytes | None
) -> list[str]:
    from pulumi_alicloud_mediaconvert.lifecycle.stored_state import (  # noqa: PLC0415  # verifies, too
        stored_report,
    )
    from pulumi_alicloud_mediaconvert.verification.report import (  # noqa: PLC0415  # ditto
        lines_below,
    )

    known = {key: entry[key] for key in ("job_id", "state", "code", "message")}
    outputs = {**known, "verdict": entry["verdict"], "mismatches": mismatches}
    report = stored_report(facts_of(facts) | outputs) or stored_report(outputs)
    return lines_below(report) if report else []


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


def _urls(outputs: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for output in outputs:
        group, url = output.get("group"), output.get("url")
        if url:
            yield (
                f"{group}/{output.get('name')}" if group else str(output.get("name")),
                url,
            )
