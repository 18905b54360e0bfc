"""What happens to a set of jobs: each is settled by itself, and all by one verdict.

Of each job just what a person needs is kept, so that ten thousand fit into a state.
Knows nothing of Pulumi.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_alicloud_mediaconvert.lifecycle.declared import Declared, DeclaredSet
from pulumi_alicloud_mediaconvert.lifecycle.gate_result import GateResult
from pulumi_alicloud_mediaconvert.lifecycle.job import Lifecycle
from pulumi_alicloud_mediaconvert.lifecycle.job_wait import SINGLE_READ
from pulumi_alicloud_mediaconvert.lifecycle.set_run import SetRun


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
        run = SetRun(declared, progress, stored)

        def settle(
            member: Declared, known: Mapping[str, Any] | None
        ) -> Coroutine[Any, Any, GateResult]:
            return self.lifecycle.settle(
                member,
                timeout_seconds,
                # One row is for all: where a single job stands is not shown.
                lambda _: None,
                known,
                retrying=run.progress.say,
                why_cut=lambda: run.why_cut,
                drop_details=True,
            )

        return await run.finished(settle)

    async def read(
        self,
        declared: DeclaredSet,
        stored: Mapping[str, Any] | None,
        within_seconds: float = SINGLE_READ.total_seconds,
    ) -> GateResult:
        """Look once at each job that has not passed yet.

        A job whose record has gone keeps its verdict.

        Args:
            declared: the set.
            stored: outputs from earlier.
            within_seconds: how long each look may take, retries included.

        Raises:
            ProviderError: a job could not be read; what is stored should stay.
            CancelledError: it was interrupted; what is stored should stay.
        """
        run = SetRun(declared, lambda _: None, stored, is_refresh=True)

        def read(
            member: Declared, _known: Mapping[str, Any] | None
        ) -> Coroutine[Any, Any, GateResult]:
            return self.lifecycle.read(member, within_seconds)

        return await run.finished(read)
