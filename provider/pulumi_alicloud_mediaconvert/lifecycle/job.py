"""What happens to a job's resource: wait, verify, decide; or read it once.

Knows inputs, verdicts and waiting; does not know what serves it, so that a native
plugin can become a second host next to the dynamic provider.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.api.retrying import CallLimits
from pulumi_alicloud_mediaconvert.error_renderer import ErrorRenderer
from pulumi_alicloud_mediaconvert.errors import JobNotFoundError, ProviderError
from pulumi_alicloud_mediaconvert.lifecycle.declared import Declared
from pulumi_alicloud_mediaconvert.lifecycle.gate import stands
from pulumi_alicloud_mediaconvert.lifecycle.gate_result import (
    gate_result,
    gate_result_without_record,
    gone_at_refresh,
    gone_since,
    interrupted,
    still_running,
)
from pulumi_alicloud_mediaconvert.lifecycle.job_wait import (
    SINGLE_READ,
    JobReader,
    JobWait,
)
from pulumi_alicloud_mediaconvert.lifecycle.results import GateResult, was_seen
from pulumi_alicloud_mediaconvert.lifecycle.stored_state import had_ended, last_seen
from pulumi_alicloud_mediaconvert.lifecycle.wait_rows import JobRow, WaitWatch
from pulumi_alicloud_mediaconvert.schema.inputs import JobInputs
from pulumi_alicloud_mediaconvert.verification.report import Report, met_words
from pulumi_alicloud_mediaconvert.verification.verifier import verify
from pulumi_alicloud_mediaconvert.waiting.wait_errors import (
    WaitError,
    WaitInterruptedError,
    gone,
)

# Why a wait was cancelled, if nobody says why.
INTERRUPTED = "the wait was interrupted"


@dataclass(frozen=True)
class Lifecycle(JobReader):
    """Everything that can happen to a job's resource.

    Attributes:
        messages: put errors into the words of the host.
    """

    messages: ErrorRenderer = field(kw_only=True)

    async def settle(  # noqa: PLR0913  # the last four have a default
        self,
        declared: Declared,
        timeout_seconds: float,
        progress: Callable[[str], None],
        stored: Mapping[str, Any] | None = None,
        *,
        watch: WaitWatch | None = None,
        drop_details: bool = False,
        why_cut: Callable[[], str] = lambda: INTERRUPTED,
    ) -> GateResult:
        """Wait until the job has ended, verify it, and return the result.

        Cancelling ends the wait at once and keeps what was seen.

        Args:
            declared: the resource.
            timeout_seconds: of the wait, where the inputs name none.
            progress: takes the lines of the row.
            stored: outputs of this very job from earlier. If it had ended then, it is
                not waited for when its record has gone.
            watch: follows the wait in place of a row.
            drop_details: whether to keep only state and progress of a running job.
            why_cut: returns, as a clause, why the wait was cancelled.

        Raises:
            ProviderError: the job was never seen, so that there is nothing to keep.
        """
        watch = watch or JobRow(progress, self.clock)
        wait = JobWait(
            self,
            declared.inputs,
            timeout_seconds,
            watch.polled,
            watch.retrying,
            drop_details=drop_details,
        )
        try:
            settled = await self._settled(declared, wait, stored, progress)
        except asyncio.CancelledError:
            error = WaitInterruptedError(
                declared.name, job=wait.job, why=why_cut(), trouble=wait.trouble
            )
            settled = interrupted(declared, wait.job, self.messages.text(error))
        return settled.seen_at(wait.seen_at or self.clock.date())

    async def _settled(
        self,
        declared: Declared,
        wait: JobWait,
        stored: Mapping[str, Any] | None,
        progress: Callable[[str], None],
    ) -> GateResult:
        try:
            job = await wait.ended_job(may_be_new=not had_ended(stored))
        except WaitError as error:
            return _kept(declared, error.job, self.messages.text(error))
        except ProviderError as error:
            if wait.job is not None:
                is_gone = isinstance(error, JobNotFoundError)
                text = self.messages.text(error)
                return _kept(declared, wait.job, text, is_gone=is_gone)
            if stored and isinstance(error, JobNotFoundError):
                if had_ended(stored):
                    return gate_result_without_record(declared, stored)
                if was_seen(stored):
                    text = self.messages.text(
                        gone(declared.name, last_seen(stored), error)
                    )
                    return gone_since(declared, stored, text)
            raise
        report = verify(job, declared.inputs.expect)
        settled = gate_result(declared, report)
        if settled.outputs["verdict"] != "passed":
            return settled
        if not wait.drop_details:
            progress(f"{job.state} · {met_words(report)}")
        return replace(settled, met=report.met_count)

    async def read(
        self,
        declared: Declared,
        within_seconds: float | None = None,
        stored: Mapping[str, Any] | None = None,
    ) -> GateResult:
        """Read the job once and verify it with the inputs as they are.

        Args:
            declared: the resource.
            within_seconds: how long the read may take, retries included; by default
                as long as a single read.
            stored: outputs of this very job from earlier; their verdict is kept if
                the record of the job has gone.

        Raises:
            ProviderError: the API gave no answer about the job.
        """
        limits = SINGLE_READ
        if within_seconds is not None:
            limits = CallLimits(total_seconds=within_seconds)
        try:
            job = await self.fetch(declared.inputs, limits)
        except JobNotFoundError as error:
            if not stored:
                raise
            if was_seen(stored):
                error = gone(
                    declared.name,
                    last_seen(stored),
                    error,
                    is_needed=not stands(stored.get("verdict"), declared.policy),
                )
            return gone_at_refresh(declared, stored, self.messages.text(error))
        settled = gate_result(declared, verify(job, declared.inputs.expect))
        return settled.seen_at(self.clock.date())


def _kept(
    declared: Declared, job: Job | None, text: str, *, is_gone: bool = False
) -> GateResult:
    """Keep what was seen before a read failed for good."""
    report = certain_report(declared.inputs, job)
    if report is not None:
        return gate_result(declared, report)
    return still_running(declared, job, text, is_gone=is_gone)


def certain_report(inputs: JobInputs, job: Job | None) -> Report | None:
    """Verify a job as last seen, after which a read has failed for good.

    Returns:
        Of a job that had ended the report, if that is certain: doubt about outputs
        that had not is the fault's, and no verdict.
    """
    if job is None or not job.has_ended:
        return None
    report = verify(job, inputs.expect)
    return None if report.verdict == "inconclusive" else report
