"""What happens to a set of jobs: each is settled by itself, and all by one verdict.

Of each job just what a person needs is kept, so that ten thousand fit into a state.
Knows nothing of Pulumi.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pulumi_alicloud_mediaconvert.api.models import ENDED_STATES
from pulumi_alicloud_mediaconvert.border.set_schema import JobSetInputs
from pulumi_alicloud_mediaconvert.errors import (
    AuthenticationError,
    ConfigurationError,
    JobNotFoundError,
    ProviderError,
)
from pulumi_alicloud_mediaconvert.lifecycle.acceptance import is_accepted
from pulumi_alicloud_mediaconvert.lifecycle.lifecycle import SINGLE_LOOK, Lifecycle
from pulumi_alicloud_mediaconvert.lifecycle.set_verdicts import (
    BAD,
    WORDS,
    Entry,
    entry_of,
    gone_entry,
    kept_entries,
    lines_of_set,
    mismatches_by_name,
    stored_entries,
    unseen_entry,
    verdict_of,
)
from pulumi_alicloud_mediaconvert.lifecycle.settling import Declared, Settled

# More than a person reads; what is wrong with each job stands beside its verdict.
MOST_MISMATCHES = 1000
Settle = Callable[[Declared], Coroutine[Any, Any, Settled]]


@dataclass(frozen=True)
class DeclaredSet:
    """A set of jobs as a program declares it, checked.

    Attributes:
        inputs: with every default resolved.
        stated: the same in the form in which they are stored.
    """

    inputs: JobSetInputs
    stated: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The set, as a person names it."""
        return name_of_set(len(self.inputs.jobs), self.inputs.region)

    def member(self, name: str) -> Declared:
        """Return one job as if it were declared by itself."""
        inputs = self.inputs.member(name)
        # All that a verdict rests on; nothing of this is stored.
        enforcement = ("enforcement_level", "on_inconclusive")
        return Declared(inputs, {key: self.stated[key] for key in enforcement})


def name_of_set(count: int, region: object) -> str:
    """Name a set: `1,000 jobs (cn-shanghai)`."""
    return f"{count:,} job{'' if count == 1 else 's'} ({region})"


@dataclass
class _Progress:
    """Counts what has ended, for the row."""

    total: int
    show: Callable[[str], None]
    ended: int = 0
    bad: Counter[str] = field(default_factory=Counter)

    def count(self, entry: Entry) -> None:
        self.ended += entry["state"] in ENDED_STATES
        if entry["verdict"] in BAD:
            self.bad[str(entry["verdict"])] += 1

    def say(self, trouble: str | None = None) -> None:
        counted = "".join(f", {count:,} {word}" for word, count in self.bad.items())
        why = f" · {trouble}" if trouble else ""
        self.show(f"{self.ended:,} of {self.total:,} ended{counted}{why}")


@dataclass(frozen=True)
class JobSets:
    """Everything that can happen to a set of jobs.

    Attributes:
        lifecycle: of each job.
    """

    lifecycle: Lifecycle

    async def settle(
        self,
        declared: DeclaredSet,
        timeout_seconds: float,
        progress: Callable[[str], None],
        stored: Mapping[str, Any] | None = None,
    ) -> Settled:
        """Wait until all jobs have ended, verify each, and say what becomes of all.

        Cancelling ends the wait at once and keeps what was seen.

        Args:
            declared: the set.
            timeout_seconds: of the wait, where the inputs name none.
            progress: told in one line where the wait stands.
            stored: outputs from earlier. A job that passed then is not looked at
                again, unless what is demanded of it has changed.

        Raises:
            ProviderError: the key is refused, and no job could be seen before that.
        """
        run = _Run(declared, progress, stored)

        def settle(member: Declared) -> Coroutine[Any, Any, Settled]:
            return self.lifecycle.settle(
                member,
                timeout_seconds,
                # One row is for all: where a single job stands is not shown.
                progress=lambda _: None,
                retrying=run.progress.say,
                is_frugal=True,
            )

        return await run.finished(settle)

    async def look(
        self,
        declared: DeclaredSet,
        stored: Mapping[str, Any] | None,
        within_seconds: float = SINGLE_LOOK.total_seconds,
    ) -> Settled:
        """Look once at each job that has not passed yet.

        A job whose record has gone keeps its verdict.

        Args:
            declared: the set.
            stored: outputs from earlier.
            within_seconds: how long each look may take, retries included.

        Raises:
            ProviderError: a job could not be read; what is stored should stay.
        """
        run = _Run(declared, lambda _: None, stored, is_refresh=True)

        def look(member: Declared) -> Coroutine[Any, Any, Settled]:
            return self.lifecycle.look(member, within_seconds)

        return await run.finished(look)


class _Run:
    """One go at all jobs of a set that are not settled."""

    def __init__(
        self,
        declared: DeclaredSet,
        show: Callable[[str], None],
        stored: Mapping[str, Any] | None,
        *,
        is_refresh: bool = False,
    ) -> None:
        self._declared = declared
        self._is_refresh = is_refresh
        self._known = stored_entries(stored or {})
        self._known_mismatches = mismatches_by_name(stored or {})
        kept = kept_entries(declared.inputs.jobs, declared.stated, stored)
        self._entries: dict[str, Entry] = dict(kept)
        self._found = {name: self._known_mismatches.get(name, []) for name in kept}
        self._fatal: ProviderError | None = None
        self._has_unread = False
        self._is_interrupted = False
        self.progress = _Progress(len(declared.inputs.jobs), show)
        for entry in kept.values():
            self.progress.count(entry)
        self._open = len(declared.inputs.jobs) - len(kept)
        self._decided = asyncio.Event()

    async def finished(self, settle: Settle) -> Settled:
        """Settle all jobs side by side; whatever ends that is told."""
        names = [
            name for name in self._declared.inputs.jobs if name not in self._entries
        ]
        tasks = [asyncio.create_task(self._one(name, settle)) for name in names]
        self.progress.say()
        try:
            if tasks:
                await self._decided.wait()
        except asyncio.CancelledError:
            self._is_interrupted = True
        for task in tasks:
            task.cancel()
        if tasks:
            # Each says what it saw before it was cancelled.
            await asyncio.wait(tasks)
        if self._fatal is not None and (self._is_refresh or not self._has_seen_any()):
            raise self._fatal
        return self._settled()

    async def _one(self, name: str, settle: Settle) -> None:
        member = self._declared.member(name)
        try:
            settled = await settle(member)
        except JobNotFoundError as error:
            self._has_unread = True
            entry = self._gone(name, member.name, error)
        except (AuthenticationError, ConfigurationError) as error:
            # What is wrong with the key is wrong for every job.
            self._fatal = self._fatal or error
            entry = self._unread(name)
        except ProviderError as error:
            self._has_unread = True
            if self._is_refresh:
                self._fatal = self._fatal or error
            entry = self._unread(name, str(error))
        except asyncio.CancelledError:
            entry = self._unread(name)
        else:
            entry = entry_of(member.inputs.job_id, settled)
            self._found[name] = settled.outputs.get("mismatches") or []
        self._entries[name] = entry
        self.progress.count(entry)
        self.progress.say()
        self._open -= 1
        if not self._open or self._fatal is not None or self._is_lost(entry):
            self._decided.set()

    def _gone(self, name: str, job: str, absence: JobNotFoundError) -> Entry:
        entry = self._unread(name, str(absence))
        if entry["state"] is None:
            return entry
        if entry["state"] not in ENDED_STATES:
            return gone_entry(entry, job, absence)
        if self._is_refresh:
            self._found[name] = self._known_mismatches.get(name, [])
            return self._known[name]
        return entry

    def _unread(self, name: str, trouble: str | None = None) -> Entry:
        """Keep what was known of a job that could not be read now: it is no verdict."""
        unseen = unseen_entry(self._declared.inputs.jobs[name], trouble)
        known = self._known.get(name, unseen)
        if known["job_id"] != unseen["job_id"]:
            return unseen
        return {**known, "verdict": unseen["verdict"], "text": trouble}

    def _has_seen_any(self) -> bool:
        return any(entry["state"] is not None for entry in self._entries.values())

    def _is_lost(self, entry: Entry) -> bool:
        verdict = entry["verdict"]
        return (
            self._declared.inputs.fail_fast
            and verdict in BAD
            and not is_accepted(verdict, self._declared.stated)
        )

    def _settled(self) -> Settled:
        declared, inputs = self._declared, self._declared.inputs
        # In the order of the inputs; a wait may have ended before all had begun.
        entries = {
            name: self._entries.get(name) or self._unread(name) for name in inputs.jobs
        }
        verdict = verdict_of(entries.values())
        outputs = {
            **declared.stated,
            "verdict": verdict,
            "counts": _counts(entries),
            "jobs": entries,
            "mismatches": list(self._mismatches(entries))[:MOST_MISMATCHES],
        }
        lines = lines_of_set(outputs, declared.name)
        if self._fatal is not None:
            lines.insert(1, str(self._fatal))
        if self._is_interrupted:
            lines.insert(
                1, "The wait was interrupted. Run `pulumi up` again to resume."
            )
        is_stopping = not is_accepted(verdict, declared.stated)
        if verdict == "pending":
            # As for a single job: not to wait is what was asked for. That is no leave
            # to pass a job that could not be read.
            is_unread = self._has_unread or self._fatal is not None
            is_waited_for = inputs.wait is not False or is_unread
            is_stopping = inputs.enforcement_level == "mandatory" and is_waited_for
        if is_stopping or self._is_interrupted:
            return Settled(outputs=outputs, failures=lines)
        return Settled(outputs=outputs, warnings=lines)

    def _mismatches(self, entries: Mapping[str, Entry]) -> Iterator[Mapping[str, Any]]:
        for name, entry in entries.items():
            for mismatch in self._found.get(name, ()):
                yield {**mismatch, "name": name, "job_id": entry["job_id"]}


def _counts(entries: Mapping[str, Entry]) -> dict[str, int]:
    verdicts = Counter(str(entry["verdict"]) for entry in entries.values())
    ended = sum(entry["state"] in ENDED_STATES for entry in entries.values())
    counted = {word: verdicts[word] for word in WORDS}
    return {"total": len(entries), "ended": ended, **counted}
