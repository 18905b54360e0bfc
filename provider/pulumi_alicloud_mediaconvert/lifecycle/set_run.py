"""One go at all jobs of a set that are not settled, and what becomes of the set."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from pulumi_alicloud_mediaconvert.api.models import ENDED_STATES
from pulumi_alicloud_mediaconvert.error_codes import ErrorKind, meaning_of
from pulumi_alicloud_mediaconvert.errors import (
    AuthenticationError,
    ConfigurationError,
    JobNotFoundError,
    ProviderError,
)
from pulumi_alicloud_mediaconvert.lifecycle.declared import Declared, DeclaredSet
from pulumi_alicloud_mediaconvert.lifecycle.gate import Decision, decide, decide_all
from pulumi_alicloud_mediaconvert.lifecycle.gate_result import INTERRUPTED, GateResult
from pulumi_alicloud_mediaconvert.lifecycle.packed_facts import (
    FACTS_KEY,
    line_of,
)
from pulumi_alicloud_mediaconvert.lifecycle.set_state import (
    BAD,
    WORDS,
    Entry,
    entry_of,
    gone_entry,
    lines_of_set,
    unseen_entry,
    verdict_of,
)
from pulumi_alicloud_mediaconvert.lifecycle.stored_set import (
    MAX_MISMATCHES,
    StoredSet,
)
from pulumi_alicloud_mediaconvert.lifecycle.tally import Tally
from pulumi_alicloud_mediaconvert.text import plain

# So many refusals, and nobody who could be read: that is no matter of single jobs.
MAX_REFUSED = 100
Settle = Callable[[Declared, Mapping[str, Any] | None], Coroutine[Any, Any, GateResult]]


class SetRun:
    """One go at all jobs of a set that are not settled.

    Args:
        declared: the set.
        show: takes the line of its row.
        stored: outputs from earlier.
        is_refresh: whether nothing but looks are taken, and what is stored should stay
            where one fails.

    Attributes:
        progress: of its jobs.
        why_cut: why jobs are not waited for any more.
    """

    def __init__(
        self,
        declared: DeclaredSet,
        show: Callable[[str], None],
        stored: Mapping[str, Any] | None,
        *,
        is_refresh: bool = False,
    ) -> None:
        self._declared = declared
        self._jobs = declared.inputs.jobs
        self._is_refresh = is_refresh
        self._stored = StoredSet(self._jobs, declared.stated, stored)
        self._entries = self._stored.kept()
        self._found = {name: self._stored.mismatches(name) for name in self._entries}
        self._lines: dict[str, bytes] = {}
        self._fatal: ProviderError | None = None
        self._refused = self._answered = self._verified_by_facts = 0
        self._has_unread = self._has_stopped = self._is_interrupted = False
        self._cause = ""
        self.why_cut = INTERRUPTED
        self.progress = Tally(len(self._jobs), show)
        for entry in self._entries.values():
            self.progress.count(entry)
        self._asked = self._open = len(self._jobs) - len(self._entries)
        self._decided = asyncio.Event()

    async def finished(self, settle: Settle) -> GateResult:
        """Settle all jobs side by side; whatever ends that is told.

        Raises:
            ProviderError: what is wrong is wrong for all jobs, and none was seen.
            CancelledError: a refresh was interrupted; what is stored should stay.
        """
        names = [name for name in self._jobs if name not in self._entries]
        tasks = [asyncio.create_task(self._one(name, settle)) for name in names]
        self.progress.say()
        try:
            if tasks:
                await self._decided.wait()
        except asyncio.CancelledError:
            self._interrupt()
        for task in tasks:
            task.cancel()
        # Each says what it saw before it was cancelled; that is kept, however often
        # this work is cancelled meanwhile.
        while open_tasks := [task for task in tasks if not task.done()]:
            try:
                await asyncio.wait(open_tasks)
            except asyncio.CancelledError:
                self._interrupt()
        if self._is_interrupted and self._is_refresh:
            raise asyncio.CancelledError
        if self._fatal is not None and (self._is_refresh or not self._has_seen_any()):
            raise self._fatal
        return self._settled()

    def _interrupt(self) -> None:
        self._is_interrupted = True
        self.why_cut = INTERRUPTED

    async def _one(self, name: str, settle: Settle) -> None:
        member = self._declared.member(name)
        try:
            settled = await settle(member, self._stored.outputs(name))
        except JobNotFoundError as error:
            self._answered += 1
            self._has_unread = True
            entry = self._gone(name, member.name, error)
        except ProviderError as error:
            entry = self._failed(name, error)
        except asyncio.CancelledError:
            entry = self._left(name)
        else:
            entry = self._seen(name, member, settled)
        self._entries[name] = entry
        self.progress.count(entry)
        self.progress.say()
        self._open -= 1
        if self._is_lost(entry) and not self._decided.is_set():
            self._cause = f"{plain(name)} {WORDS[entry['verdict']]}"
            self.why_cut = f"the wait ended, since {self._cause} (`fail_fast`)"
            self._decided.set()
        if not self._open or self._fatal is not None:
            self._decided.set()

    def _seen(self, name: str, member: Declared, settled: GateResult) -> Entry:
        if not settled.is_seen:
            if self._decided.is_set() or self._is_interrupted:
                return self._left(name)
            self._has_unread = True
            lines = settled.failures or settled.warnings
            return self._unread(name, lines[0] if lines else None)
        self._answered += 1
        self._has_stopped |= bool(settled.failures)
        outputs = settled.outputs
        if outputs.get("verdict") == "passed" and outputs.get("stale"):
            # Told of the set in this run; nothing is wrong with the job.
            self._verified_by_facts += 1
            settled = replace(settled, warnings=settled.warnings[1:])
        entry = entry_of(member.inputs.job_id, settled)
        if (known := self._stored.entry(name)) and outputs.get("outputs") is None:
            # Stored by another version, or too large to be kept whole.
            entry["output_urls"] = known["output_urls"]
        if line := line_of(outputs, member.stated):
            self._lines[member.inputs.job_id] = line
        self._found[name] = outputs.get("mismatches") or []
        return entry

    def _failed(self, name: str, error: ProviderError) -> Entry:
        """Keep what was known of a job that could not be read.

        What is wrong with the key is wrong for every job; a permission may lack for
        one of them.
        """
        self._has_unread = True
        if is_of_one_job(error):
            self._refused += 1
            all_refused = min(self._asked, MAX_REFUSED)
            if not self._answered and self._refused >= all_refused:
                self._fatal = self._fatal or error
        elif isinstance(error, AuthenticationError | ConfigurationError):
            self._fatal = self._fatal or error
            return self._unread(name)
        if self._is_refresh:
            self._fatal = self._fatal or error
        return self._unread(name, None if self._fatal is error else str(error))

    def _gone(self, name: str, job: str, absence: JobNotFoundError) -> Entry:
        entry = self._unread(name, str(absence))
        if entry["state"] is None:
            return entry
        if entry["state"] not in ENDED_STATES:
            return gone_entry(entry, job, absence)
        if self._is_refresh:
            return self._left(name)
        return entry

    def _unread(self, name: str, trouble: str | None = None) -> Entry:
        """Keep what was known of a job that could not be read now: it is no verdict."""
        unseen = unseen_entry(self._jobs[name], trouble)
        known = self._stored.entry(name)
        if known is None:
            return unseen
        return {**known, "verdict": unseen["verdict"], "text": trouble}

    def _left(self, name: str) -> Entry:
        """Keep what was known of a job that was not looked at, its verdict too.

        That holds for no other demands than those of then.
        """
        known = self._stored.entry(name)
        if known is None or not self._stored.is_demanded_still(name):
            return self._unread(name)
        self._found[name] = self._stored.mismatches(name)
        return known

    def _has_seen_any(self) -> bool:
        return any(entry["state"] is not None for entry in self._entries.values())

    def _is_lost(self, entry: Entry) -> bool:
        verdict, policy = entry["verdict"], self._declared.policy
        return (
            self._declared.inputs.fail_fast
            and verdict in BAD
            and decide(verdict, policy) is Decision.STOP
        )

    def _settled(self) -> GateResult:
        declared = self._declared
        # In the order of the inputs; a wait may have ended before all had begun.
        entries = {
            name: self._entries.get(name) or self._left(name) for name in self._jobs
        }
        outputs = {
            **declared.stated,
            "verdict": verdict_of(entries.values()),
            "counts": _counts(entries),
            "jobs": entries,
            "mismatches": list(islice(self._mismatches(entries), MAX_MISMATCHES)),
        }
        if facts := self._stored.packed(self._lines, entries):
            outputs[FACTS_KEY] = facts
        remarks = [*self._remarks(entries)]
        lines = lines_of_set(outputs, declared.name, remarks)
        return GateResult.of(self._decision(entries), outputs, lines)

    def _decision(self, entries: Mapping[str, Entry]) -> Decision:
        return decide_all(
            {entry["verdict"] for entry in entries.values()},
            self._declared.policy,
            is_read=not self._has_unread and self._fatal is None,
            interrupted=self._is_interrupted or self._has_stopped,
        )

    def _remarks(self, entries: Mapping[str, Entry]) -> Iterator[str]:
        """Say what is to be said of the run as a whole."""
        if self._fatal is not None:
            yield str(self._fatal)
        if self._is_interrupted:
            yield "The wait was interrupted. Run `pulumi up` again to resume."
        elif self._cause and any(
            one["verdict"] == "pending" for one in entries.values()
        ):
            yield f"The wait for the others ended, since {self._cause} (`fail_fast`)."
        if count := self._verified_by_facts:
            jobs = "1 job has" if count == 1 else f"{count:,} jobs have"
            yield (
                f"{jobs} ended, and no record any more: verified by the facts that were"
                " stored."
            )

    def _mismatches(self, entries: Mapping[str, Entry]) -> Iterator[Mapping[str, Any]]:
        for name, entry in entries.items():
            for mismatch in self._found.get(name, ()):
                yield {**mismatch, "name": name, "job_id": entry["job_id"]}


def is_of_one_job(error: ProviderError) -> bool:
    """Whether an error may be that of one job alone: another key reads no other one."""
    if not isinstance(error, AuthenticationError) or error.code is None:
        return False
    meaning = meaning_of(error.code)
    return meaning is not None and meaning.kind is ErrorKind.PERMISSION


def _counts(entries: Mapping[str, Entry]) -> dict[str, int]:
    verdicts = Counter(str(entry["verdict"]) for entry in entries.values())
    ended = sum(entry["state"] in ENDED_STATES for entry in entries.values())
    counted = {word: verdicts[word] for word in WORDS}
    return {"total": len(entries), "ended": ended, **counted}
