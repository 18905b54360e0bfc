"""The result of a set of jobs: of each by itself, then of all together. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from pulumi_alicloud_mediaconvert.api.states import ENDED_STATES
from pulumi_alicloud_mediaconvert.error_codes import ErrorKind, meaning_of
from pulumi_alicloud_mediaconvert.error_renderer import ErrorRenderer
from pulumi_alicloud_mediaconvert.errors import (
    Advice,
    AuthenticationError,
    ConfigurationError,
    JobNotFoundError,
    NextStep,
    ProviderError,
)
from pulumi_alicloud_mediaconvert.lifecycle.declared import Declared, DeclaredSet
from pulumi_alicloud_mediaconvert.lifecycle.gate import Decision, decide, decide_all
from pulumi_alicloud_mediaconvert.lifecycle.packed_facts import FACTS_KEY, line_of
from pulumi_alicloud_mediaconvert.lifecycle.results import SEEN_AT, GateResult
from pulumi_alicloud_mediaconvert.lifecycle.set_entries import (
    BAD,
    WORDS,
    Entry,
    entry_of,
    gone_entry,
    unseen_entry,
    verdict_of,
)
from pulumi_alicloud_mediaconvert.lifecycle.set_lines import lines_of_set
from pulumi_alicloud_mediaconvert.lifecycle.set_state import MAX_MISMATCHES, StoredSet
from pulumi_alicloud_mediaconvert.lifecycle.stored_state import last_seen
from pulumi_alicloud_mediaconvert.lifecycle.wait_rows import SetCounts
from pulumi_alicloud_mediaconvert.schema.values import UNKNOWN
from pulumi_alicloud_mediaconvert.text import counted
from pulumi_alicloud_mediaconvert.verification.ended_job import EndedJob
from pulumi_alicloud_mediaconvert.waiting.wait_errors import gone

# So many refusals and not one answer: the fault is not that of single jobs.
MAX_REFUSED = 100


class SetResult:
    """Collects the results of the jobs of a set.

    Args:
        declared: the set.
        stored: outputs from earlier.
        messages: put errors into the words of the host.
        is_refresh: whether what is stored stays where a job cannot be read.

    Attributes:
        open_names: jobs to read; all others have passed before.
        fatal: an error that is the same for all jobs.
        counts: of the jobs so far.
    """

    def __init__(
        self,
        declared: DeclaredSet,
        stored: Mapping[str, Any] | None,
        messages: ErrorRenderer,
        *,
        is_refresh: bool = False,
    ) -> None:
        self._declared = declared
        self._jobs = declared.inputs.jobs
        self._messages = messages
        self._is_refresh = is_refresh
        self._stored = StoredSet(self._jobs, declared.stated, stored)
        self._entries = self._stored.kept()
        self._mismatches = {
            name: self._stored.mismatches(name) for name in self._entries
        }
        # By name: what there is to say of a job that was verified now.
        self._ended: dict[str, EndedJob] = {}
        self._facts: dict[str, bytes] = {}
        self.open_names = [name for name in self._jobs if name not in self._entries]
        self.fatal: ProviderError | None = None
        self._refused = self._answered = self._verified_by_facts = 0
        self._has_unread = self._has_stopped = False
        self.counts = SetCounts(len(self._jobs))
        for entry in self._entries.values():
            self._count(entry)

    def known(self, name: str) -> dict[str, Any] | None:
        """Return what is stored of a job as if it had been declared by itself."""
        return self._stored.outputs(name)

    def add(
        self, name: str, member: Declared, result: GateResult, *, is_cut: bool
    ) -> Entry:
        """Take the result of a job.

        Args:
            name: of the job.
            member: the job as if declared by itself.
            result: of the job.
            is_cut: whether the wait for all jobs has ended before theirs.
        """
        if result.is_seen:
            # A wait that was cut says nothing of its job; what cut it decides.
            self._has_stopped |= bool(result.failures) and not is_cut
            self.counts.verified += bool(result.met)
            self.counts.met += result.met
            return self._keep(name, self._seen(name, member, result))
        if is_cut:
            return self.add_cancelled(name)
        self._has_unread = True
        lines = result.failures or result.warnings
        return self._keep(name, self._unread(name, lines[0] if lines else None))

    def add_error(self, name: str, member: Declared, error: ProviderError) -> Entry:
        """Keep what was known of a job that could not be read."""
        self._has_unread = True
        if isinstance(error, JobNotFoundError):
            self._answered += 1
            return self._keep(name, self._gone(name, member.name, error))
        return self._keep(name, self._failed(name, error))

    def add_cancelled(self, name: str) -> Entry:
        """Keep what was known of a job that was not read."""
        return self._keep(name, self._left(name))

    def is_lost(self, entry: Entry) -> bool:
        """Whether a job ends the wait for all others, by `fail_fast`."""
        verdict, policy = entry["verdict"], self._declared.policy
        return (
            self._declared.inputs.fail_fast
            and verdict in BAD
            and decide(verdict, policy) is Decision.STOP
        )

    def has_seen_any(self) -> bool:
        """Whether any job was ever seen."""
        return any(entry["state"] is not None for entry in self._entries.values())

    def gate_result(self, *, interrupted: bool, cause: str) -> GateResult:
        """Return the result of the set.

        Args:
            interrupted: whether the wait was cancelled.
            cause: in a clause, which job has ended the wait; empty if none has.
        """
        declared = self._declared
        # In the order of the inputs; a wait may have ended before all had begun.
        entries = {
            name: self._entries.get(name) or self._left(name) for name in self._jobs
        }
        outputs = {**declared.stated, **self._outputs(entries)}
        if facts := self._stored.packed(self._facts, entries):
            outputs[FACTS_KEY] = facts
        decision = decide_all(
            {entry["verdict"] for entry in entries.values()},
            declared.policy,
            is_read=not self._has_unread and self.fatal is None,
            interrupted=interrupted or self._has_stopped,
        )
        remarks = [*self._remarks(entries, cause, interrupted=interrupted)]
        lines = lines_of_set(
            outputs,
            declared.name,
            remarks,
            self._ended,
            explains_pending=interrupted or bool(cause) or self.fatal is not None,
        )
        return GateResult.of(decision, outputs, lines)

    def known_outputs(self) -> dict[str, Any]:
        """Return the outputs as far as jobs were added, or had passed before.

        Returns:
            All of them, or the entry of each job that is known; none if none is.
        """
        if not self._entries:
            return {}
        entries = {name: self._entries.get(name) for name in self._jobs}
        known = {name: entry for name, entry in entries.items() if entry is not None}
        if len(known) == len(entries):
            return self._outputs(known)
        return {"jobs": {name: entry or UNKNOWN for name, entry in entries.items()}}

    def _outputs(self, entries: Mapping[str, Entry]) -> dict[str, Any]:
        mismatches = islice(self._named_mismatches(entries), MAX_MISMATCHES)
        return {
            "verdict": verdict_of(entries.values()),
            "counts": _counts(entries),
            "jobs": entries,
            "mismatches": list(mismatches),
        }

    def _keep(self, name: str, entry: Entry) -> Entry:
        self._entries[name] = entry
        self._count(entry)
        return entry

    def _count(self, entry: Entry) -> None:
        self.counts.ended += entry["state"] in ENDED_STATES
        self.counts.passed += entry["verdict"] == "passed"
        if entry["verdict"] in BAD:
            bad, verdict = self.counts.bad, str(entry["verdict"])
            bad[verdict] = bad.get(verdict, 0) + 1

    def _seen(self, name: str, member: Declared, result: GateResult) -> Entry:
        self._answered += 1
        outputs = result.outputs
        if outputs.get("verdict") == "passed" and outputs.get("stale"):
            # A remark on the set says so; nothing is wrong with the job.
            self._verified_by_facts += 1
            result = replace(result, warnings=result.warnings[1:])
        entry = entry_of(member.inputs.job_id, result)
        if (known := self._stored.entry(name)) and outputs.get("outputs") is None:
            # Stored by another version, or too large to be kept whole.
            entry["output_urls"] = known["output_urls"]
        if line := line_of(outputs, member.stated):
            self._facts[member.inputs.job_id] = line
        self._mismatches[name] = outputs.get("mismatches") or []
        if result.ended:
            self._ended[name] = result.ended
        return entry

    def _failed(self, name: str, error: ProviderError) -> Entry:
        """Keep what was known of a job after an error.

        What is wrong with the key is wrong for every job; a permission may lack for
        one of them.
        """
        if is_of_one_job(error):
            self._refused += 1
            all_refused = min(len(self.open_names), MAX_REFUSED)
            if not self._answered and self._refused >= all_refused:
                self.fatal = self.fatal or error
        elif isinstance(error, AuthenticationError | ConfigurationError):
            self.fatal = self.fatal or error
            return self._unread(name)
        if self._is_refresh:
            self.fatal = self.fatal or error
        if self.fatal is error:
            return self._unread(name)
        return self._unread(name, self._messages.text(error))

    def _gone(self, name: str, job: str, absence: JobNotFoundError) -> Entry:
        entry = self._unread(name, self._messages.text(absence))
        if entry["state"] is None:
            return entry
        if entry["state"] not in ENDED_STATES:
            seen = last_seen({**entry, SEEN_AT: entry.get("seen_at")})
            return gone_entry(entry, self._messages.text(gone(job, seen, absence)))
        return self._left(name) if self._is_refresh else entry

    def _unread(self, name: str, trouble: str | None = None) -> Entry:
        """Keep what was known of a job that could not be read now: it is no verdict."""
        unseen = unseen_entry(self._jobs[name], trouble)
        known = self._stored.entry(name)
        if known is None:
            return unseen
        return {**known, "verdict": unseen["verdict"], "text": trouble}

    def _left(self, name: str) -> Entry:
        """Keep what was known of a job that was not read, its verdict too.

        That holds for no other demands than those of then.
        """
        known = self._stored.entry(name)
        if known is None or not self._stored.is_demanded_still(name):
            return self._unread(name)
        self._mismatches[name] = self._stored.mismatches(name)
        return known

    def _remarks(
        self, entries: Mapping[str, Entry], cause: str, *, interrupted: bool
    ) -> Iterator[str]:
        """Say what is to be said of the run as a whole."""
        if self.fatal is not None:
            yield self._messages.text(self.fatal)
        if interrupted:
            resume = self._messages.next_step(Advice(NextStep.RESUME_WAIT))
            yield f"The wait was interrupted. {resume}"
        elif cause and any(one["verdict"] == "pending" for one in entries.values()):
            why = f"{cause} ({self._messages.input('fail_fast')})"
            yield f"The wait for the other jobs ended because {why}."
        if count := self._verified_by_facts:
            were = "it was" if count == 1 else "they were"
            yield (
                f"The API no longer finds {counted(count, 'job')} that had ended:"
                f" {were} verified with the stored facts."
            )

    def _named_mismatches(
        self, entries: Mapping[str, Entry]
    ) -> Iterator[Mapping[str, Any]]:
        for name, entry in entries.items():
            for mismatch in self._mismatches.get(name, ()):
                yield {**mismatch, "name": name, "job_id": entry["job_id"]}


def is_of_one_job(error: ProviderError) -> bool:
    """Whether an error may concern only one job, as a missing permission may."""
    if not isinstance(error, AuthenticationError) or error.code is None:
        return False
    meaning = meaning_of(error.code)
    return meaning is not None and meaning.kind is ErrorKind.PERMISSION


def _counts(entries: Mapping[str, Entry]) -> dict[str, int]:
    verdicts = Counter(str(entry["verdict"]) for entry in entries.values())
    ended = sum(entry["state"] in ENDED_STATES for entry in entries.values())
    by_verdict = {word: verdicts[word] for word in WORDS}
    return {"total": len(entries), "ended": ended, **by_verdict}
