"""What happens to a set of jobs: each is verified by itself, and all share a gate.

Of each job just what a person needs is kept, so that ten thousand fit into a state.
Knows nothing of Pulumi.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import InitVar, dataclass, field
from typing import Any

from pulumi_alicloud_mediaconvert.errors import ProviderError
from pulumi_alicloud_mediaconvert.lifecycle.declared import Declared, DeclaredSet
from pulumi_alicloud_mediaconvert.lifecycle.job import INTERRUPTED, Lifecycle
from pulumi_alicloud_mediaconvert.lifecycle.job_wait import SINGLE_READ
from pulumi_alicloud_mediaconvert.lifecycle.results import GateResult, PreviewResult
from pulumi_alicloud_mediaconvert.lifecycle.set_entries import WORDS, Entry
from pulumi_alicloud_mediaconvert.lifecycle.set_result import SetResult
from pulumi_alicloud_mediaconvert.lifecycle.wait_rows import SetRow
from pulumi_alicloud_mediaconvert.text import plain


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
    ) -> GateResult:
        """Wait until all jobs have ended, verify each, and return the result.

        Cancelling ends the wait at once and keeps what was seen.

        Args:
            declared: the set.
            timeout_seconds: of the wait, where the inputs name none.
            progress: takes the lines of the row.
            stored: outputs from earlier. A job that passed then is not read again,
                unless its expectations have changed.

        Raises:
            ProviderError: the key is refused, and no job could be seen before that.
        """
        run = _SetRun(self.lifecycle, declared, stored, timeout_seconds, progress)
        return await run.finished()

    async def read(
        self,
        declared: DeclaredSet,
        stored: Mapping[str, Any] | None,
        within_seconds: float | None = None,
    ) -> GateResult:
        """Read each job once that has not passed yet.

        A job that the API no longer has keeps its verdict.

        Args:
            declared: the set.
            stored: outputs from earlier.
            within_seconds: how long each read may take, retries included; by default
                as long as a single read.

        Raises:
            ProviderError: a job could not be read; what is stored should stay.
            CancelledError: it was interrupted; what is stored should stay.
        """
        if within_seconds is None:
            within_seconds = SINGLE_READ.total_seconds
        run = _SetRun(self.lifecycle, declared, stored, within_seconds, is_refresh=True)
        return await run.finished()

    def known_outputs(
        self,
        declared: DeclaredSet,
        stored: Mapping[str, Any] | None,
        previewed: Mapping[str, PreviewResult],
    ) -> dict[str, Any]:
        """Return the outputs of a set as far as a preview knows them.

        Args:
            declared: the set.
            stored: outputs from earlier.
            previewed: by name, what is known of the jobs that were to be read.

        Returns:
            All outputs, inputs aside, where an `up` would go on with every job. Else
            `jobs` alone, in which the other jobs are unknown; nothing if no job is
            known.
        """
        result = SetResult(declared, stored, self.lifecycle.messages)
        for name, one in previewed.items():
            if one.outputs:
                seen = GateResult(outputs=one.outputs, warnings=one.warnings)
                result.add(name, declared.member(name), seen, is_cut=False)
        return result.known_outputs()


@dataclass
class _SetRun:
    """One run over all open jobs of a set, side by side.

    Attributes:
        lifecycle: of each job.
        declared: the set.
        stored: outputs from earlier.
        seconds: that the wait for a job, or its read, may take.
        show: takes the lines of the row.
        is_refresh: whether jobs are read once, and what is stored stays if one fails.
    """

    lifecycle: Lifecycle
    declared: DeclaredSet
    stored: InitVar[Mapping[str, Any] | None]
    seconds: float
    show: Callable[[str], None] = lambda _: None
    is_refresh: bool = False
    _is_interrupted: bool = False
    # Which job has ended the wait for all others.
    _cause: str = ""
    _finished: int = 0
    _over: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self, stored: Mapping[str, Any] | None) -> None:
        self._result = SetResult(
            self.declared,
            stored,
            self.lifecycle.messages,
            is_refresh=self.is_refresh,
        )
        self._row = SetRow(self.show, self.lifecycle.clock)

    async def finished(self) -> GateResult:
        """Verify all jobs, and return the result of the set.

        Raises:
            ProviderError: what is wrong is wrong for all jobs, and none was seen.
            CancelledError: a refresh was interrupted.
        """
        names = self._result.open_names
        tasks = [asyncio.create_task(self._finish(name)) for name in names]
        self._show()
        try:
            if tasks:
                await self._over.wait()
        except asyncio.CancelledError:
            self._is_interrupted = True
        for task in tasks:
            task.cancel()
        # Each says what it saw before it was cancelled; that is kept, however often
        # this work is cancelled meanwhile.
        while open_tasks := [task for task in tasks if not task.done()]:
            try:
                await asyncio.wait(open_tasks)
            except asyncio.CancelledError:
                self._is_interrupted = True
        if self._is_interrupted and self.is_refresh:
            raise asyncio.CancelledError
        fatal = self._result.fatal
        if fatal is not None and (self.is_refresh or not self._result.has_seen_any()):
            raise fatal
        return self._result.gate_result(
            interrupted=self._is_interrupted, cause=self._cause
        )

    async def _finish(self, name: str) -> None:
        entry = await self._entry(name)
        self._row.answered(name)
        self._show()
        self._finished += 1
        if self._result.is_lost(entry) and not self._over.is_set():
            self._cause = f"{plain(name)} {WORDS[entry['verdict']]}"
            self._over.set()
        is_last = self._finished == len(self._result.open_names)
        if is_last or self._result.fatal is not None:
            self._over.set()

    async def _entry(self, name: str) -> Entry:
        member = self.declared.member(name)
        try:
            result = await self._settled(name, member)
        except ProviderError as error:
            return self._result.add_error(name, member, error)
        except asyncio.CancelledError:
            return self._result.add_cancelled(name)
        is_cut = self._over.is_set() or self._is_interrupted
        return self._result.add(name, member, result, is_cut=is_cut)

    async def _settled(self, name: str, member: Declared) -> GateResult:
        if self.is_refresh:
            return await self.lifecycle.read(member, self.seconds)
        return await self.lifecycle.settle(
            member,
            self.seconds,
            self.show,
            self._result.known(name),
            # One row is for all: where a single job stands is not shown.
            watch=self._row.watch(name, self._show),
            why_cut=self._why_cut,
            drop_details=True,
        )

    def _why_cut(self) -> str:
        """Say why jobs are not waited for any more."""
        if self._cause and not self._is_interrupted:
            option = self.lifecycle.messages.input("fail_fast")
            return f"the wait ended because {self._cause} ({option})"
        if self._result.fatal and not self._is_interrupted:
            return "the wait ended because the jobs cannot be read"
        return INTERRUPTED

    def _show(self) -> None:
        self._row.counted(self._result.counts)
