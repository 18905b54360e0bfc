"""What is stored of a set: compare it with the inputs, and find what is known of a job.

A verdict belongs to a job ID: another name for it, or a mapping instead of a list,
changes nothing about what is known of the job. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from pulumi_alicloud_mediaconvert.api.states import ENDED_STATES
from pulumi_alicloud_mediaconvert.lifecycle.declared import expected_of
from pulumi_alicloud_mediaconvert.lifecycle.gate import (
    Decision,
    Policy,
    decide,
    stands,
)
from pulumi_alicloud_mediaconvert.lifecycle.input_changes import VERIFYING, is_same
from pulumi_alicloud_mediaconvert.lifecycle.packed_facts import (
    FACTS_KEY,
    facts_of,
    packed,
    unpacked,
)
from pulumi_alicloud_mediaconvert.lifecycle.results import SEEN_AT
from pulumi_alicloud_mediaconvert.lifecycle.set_entries import (
    WORDS,
    Entry,
    mismatches_by_name,
    stored_entries,
)

# More than a person reads; what is wrong with each job stands next to its verdict.
MAX_MISMATCHES = 1000


def set_stands(outputs: Mapping[str, Any], inputs: Mapping[str, Any]) -> bool:
    """Whether the verdict of every job of a stored set stands.

    The worst verdict does not tell of all: a job that goes on may stand behind one
    that is accepted.
    """
    counts = outputs.get("counts") or {}
    verdicts = {word for word in WORDS if counts.get(word)} | {outputs.get("verdict")}
    policy = Policy.of(inputs)
    return all(stands(verdict, policy) for verdict in verdicts)


def set_changes(olds: Mapping[str, Any], news: Mapping[str, Any]) -> list[str]:
    """Name the inputs of a set with a change that matters; `region` replaces.

    Args:
        olds: the stored outputs, or the inputs of then.
        news: the checked inputs.
    """
    changed = [
        name
        for name in ("region", *VERIFYING, "expect_by_name", "fail_fast")
        if not is_same(olds.get(name) or None, news.get(name) or None)
    ]
    if jobs_of(olds.get("job_ids")) != jobs_of(news.get("job_ids")):
        changed.append("job_ids")
    return changed


def jobs_of(job_ids: object) -> dict[str, str]:
    """Return job IDs by name, in whatever form and order they were written."""
    if isinstance(job_ids, Mapping):
        return dict(job_ids)
    listed = job_ids if isinstance(job_ids, list | tuple) else ()
    return {job_id: job_id for job_id in listed}


class StoredSet:
    """What is known of the jobs of a set from earlier.

    Args:
        jobs: job IDs by name, as they are now.
        stated: the checked inputs of now.
        outputs: that are stored, if there are any.
    """

    def __init__(
        self,
        jobs: Mapping[str, str],
        stated: Mapping[str, Any],
        outputs: Mapping[str, Any] | None,
    ) -> None:
        self._jobs = jobs
        self._stated = stated
        self._outputs = outputs or {}
        self._stored_entries = stored_entries(self._outputs)
        self._stored_mismatches = mismatches_by_name(self._outputs)
        self._triggered = not is_same(
            self._outputs.get("triggers") or None, stated.get("triggers") or None
        )
        self._names = self._earlier_names()

    def _earlier_names(self) -> dict[str, str]:
        """Find by name how the same job was called; best where it had these demands."""
        by_id: dict[str, list[str]] = {}
        for earlier, entry in self._stored_entries.items():
            by_id.setdefault(entry["job_id"], []).append(earlier)
        found: dict[str, str] = {}
        for name, job_id in self._jobs.items():
            names = by_id.get(job_id, [])
            if len(names) > 1:
                names = sorted(
                    names,
                    key=lambda earlier: (
                        not self._has_constraints_of(name, earlier),
                        earlier != name,
                    ),
                )
            if names:
                found[name] = names[0]
        return found

    def _has_constraints_of(self, name: str, earlier: str) -> bool:
        now, then = expected_of(name, self._stated), expected_of(earlier, self._outputs)
        return is_same(now, then)

    def entry(self, name: str) -> Entry | None:
        """Return what is kept of a job; `None` if it is new."""
        earlier = self._names.get(name)
        return None if earlier is None else self._stored_entries[earlier]

    def is_demanded_still(self, name: str) -> bool:
        """Whether the expectations of a known job are those of then."""
        return not self._triggered and self._has_constraints_of(name, self._names[name])

    def kept(self) -> dict[str, Entry]:
        """Return the entries of jobs that passed, which are not read again."""
        policy, entries = Policy.of(self._stated), self._stored_entries
        return {
            name: entries[earlier]
            for name, earlier in self._names.items()
            if decide(entries[earlier]["verdict"], policy) is Decision.PASS
            and self.is_demanded_still(name)
        }

    def mismatches(self, name: str) -> list[dict[str, Any]]:
        """Return what was not met by a job."""
        return self._stored_mismatches.get(self._names.get(name, ""), [])

    def outputs(self, name: str) -> dict[str, Any] | None:
        """Return what is known of a job as if it had been declared by itself."""
        entry = self.entry(name)
        if entry is None or entry["state"] is None:
            return None
        earlier = self._names[name]
        known: dict[str, Any] = {
            "job_id": entry["job_id"],
            "state": entry["state"],
            "code": entry["code"],
            "message": entry["message"],
            "verdict": entry["verdict"],
            "expect": expected_of(earlier, self._outputs),
            "region": self._outputs.get("region"),
            SEEN_AT: entry.get("seen_at"),
        }
        if len(self._outputs.get("mismatches") or []) < MAX_MISMATCHES or (
            entry["verdict"] == "passed"
        ):
            # Else some may be missing: what is not known is not verified by.
            known["mismatches"] = self.mismatches(name)
        facts = facts_of(self._lines.get(entry["job_id"]))
        present = {key: value for key, value in known.items() if value is not None}
        return facts | present

    @cached_property
    def _lines(self) -> dict[str, bytes]:
        return unpacked(self._outputs.get(FACTS_KEY))

    def packed(self, new: Mapping[str, bytes], entries: Mapping[str, Entry]) -> Any:  # noqa: ANN401  # text, or none
        """Pack the facts of all jobs that have ended: new ones, else those of then.

        Args:
            new: lines by job ID.
            entries: of all jobs now.
        """
        ended = {
            entry["job_id"]
            for entry in entries.values()
            if entry["state"] in ENDED_STATES
        }
        lines = {
            job_id: line
            for job_id, line in {**self._lines, **new}.items()
            if job_id in ended
        }
        if lines == self._lines:
            # Whatever packed it then: equal facts, equal text.
            return self._outputs.get(FACTS_KEY)
        return packed(lines)
