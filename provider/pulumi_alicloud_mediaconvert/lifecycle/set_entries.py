"""What a set keeps of each job. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NotRequired, TypedDict, cast

from pulumi_alicloud_mediaconvert.lifecycle.results import SEEN_AT, GateResult

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


def _urls(outputs: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for output in outputs:
        group, url = output.get("group"), output.get("url")
        if url:
            yield (
                f"{group}/{output.get('name')}" if group else str(output.get("name")),
                url,
            )
