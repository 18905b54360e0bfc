"""What happens to a job's resource: settle it, look again, compare.

Knows inputs, verdicts and waiting; does not know what serves it, so that a native
plugin may become a second host beside the dynamic provider.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from pulumi_alicloud_mediaconvert.client import CallLimits, ImsClient
from pulumi_alicloud_mediaconvert.clock import SYSTEM_CLOCK, Clock
from pulumi_alicloud_mediaconvert.errors import ProviderError, WaitError
from pulumi_alicloud_mediaconvert.models import Job
from pulumi_alicloud_mediaconvert.outputs import report_facts
from pulumi_alicloud_mediaconvert.report import (
    Mismatch,
    Report,
    Verdict,
    describe_state,
    job_name,
    lines_of,
)
from pulumi_alicloud_mediaconvert.schema import INPUT_NAMES, JobInputs
from pulumi_alicloud_mediaconvert.settings import Settings
from pulumi_alicloud_mediaconvert.verifier import verify
from pulumi_alicloud_mediaconvert.waiter import Progress, short_duration, wait_for_job

DEFAULT_TIMEOUT_SECONDS = 1800.0
# A look outside a wait: a refresh, a function, `wait=False`.
SINGLE_LOOK = CallLimits(total_seconds=30)

# A change of these replaces the resource, or verifies anew. No other input matters
# once a job is settled: how long to wait changes nothing about what was delivered.
REPLACING = ("job_id", "region")
VERIFYING = ("expect", "enforcement_level", "on_inconclusive", "triggers")


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What became of a job's resource.

    Attributes:
        outputs: all properties for the state, the checked inputs included.
        failures: lines that stop the deployment; none if it may go on.
        warnings: lines that do not.
        is_seen: whether the job was seen at all.
    """

    outputs: dict[str, Any]
    failures: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    is_seen: bool = True

    def over(self, known: Mapping[str, Any]) -> Settled:
        """Lay this over what was known: a job that was not seen has no new facts."""
        if self.is_seen:
            return self
        stated = {name: self.outputs.get(name) for name in INPUT_NAMES}
        verdict = {"verdict": self.outputs["verdict"]}
        return replace(self, outputs={**known, **stated, **verdict})


@dataclass(frozen=True)
class Lifecycle:
    """Everything that can happen to a job's resource.

    Attributes:
        client: reads jobs.
        settings: say where a region's API is.
        clock: of all waits.
    """

    client: ImsClient
    settings: Settings
    clock: Clock = SYSTEM_CLOCK

    async def settle(
        self,
        inputs: JobInputs,
        timeout_seconds: float,
        progress: Callable[[str], None],
    ) -> Settled:
        """Wait until the job has ended, verify it, and say what becomes of it.

        Cancelling ends the wait at once and keeps what was seen. `progress` is told
        in one line where the wait stands, or why a call is repeated.

        Raises:
            ProviderError: the job was never seen, so that there is nothing to keep.
        """
        seen: list[Job] = []
        troubles: list[str] = []

        def remember(step: Progress) -> None:
            troubles.clear()
            if step.job is not None:
                seen[:] = [step.job]
            progress(progress_line(step))

        def retrying(why: str) -> None:
            troubles[:] = [why]
            progress(f"trying again: {why}")

        try:
            job = await self._ended_job(inputs, timeout_seconds, remember, retrying)
        except WaitError as error:
            return _unended(inputs, error.job, str(error))
        except ProviderError as error:
            if not seen:
                raise
            return _unended(inputs, seen[0], str(error))
        except asyncio.CancelledError:
            trouble = troubles[0] if troubles else None
            return _interrupted(inputs, seen[0] if seen else None, trouble)
        return _settled(inputs, verify(job, inputs.expect))

    async def look(self, inputs: JobInputs) -> Settled:
        """Look once and verify with the inputs as they are.

        Raises:
            ProviderError: the API gave no answer about the job.
        """
        job = await self._fetch(inputs, SINGLE_LOOK)
        return _settled(inputs, verify(job, inputs.expect))

    async def _ended_job(
        self,
        inputs: JobInputs,
        timeout_seconds: float,
        progress: Callable[[Progress], None],
        retrying: Callable[[str], None],
    ) -> Job:
        if inputs.wait is False:
            return await self._fetch(inputs, SINGLE_LOOK, retrying)

        async def look(within_seconds: float) -> Job:
            limits = CallLimits(total_seconds=within_seconds)
            return await self._fetch(inputs, limits, retrying)

        return await wait_for_job(
            look,
            inputs.limits(timeout_seconds),
            clock=self.clock,
            progress=progress,
            subject=job_name(inputs.job_id, inputs.region),
        )

    async def _fetch(
        self,
        inputs: JobInputs,
        limits: CallLimits,
        retrying: Callable[[str], None] = lambda _: None,
    ) -> Job:
        job = await self.client.get_media_convert_job(
            inputs.job_id,
            region=inputs.region,
            endpoint=self.settings.endpoint(inputs.region),
            limits=limits,
            retrying=retrying,
        )
        # The vendor's page masks the ID; whoever asked knows it.
        return job.model_copy(update={"job_id": inputs.job_id})


def progress_line(progress: Progress) -> str:
    """Say on one row where a wait stands: `Running 66 % · about 3m left`."""
    where = describe_state(progress.job) if progress.job else "not known yet"
    if progress.job and progress.job.has_ended:
        return where
    if progress.remaining_estimate is None:
        return f"{where} · {short_duration(progress.elapsed)} waited"
    return f"{where} · about {short_duration(progress.remaining_estimate)} left"


def changed_inputs(olds: Mapping[str, Any], news: Mapping[str, Any]) -> list[str]:
    """Name the inputs whose change matters; `olds` are the stored outputs."""
    return [
        name
        for name in (*REPLACING, *VERIFYING)
        if news.get(name) != olds.get(name) and (news.get(name) or olds.get(name))
    ]


def is_accepted(verdict: object, inputs: Mapping[str, Any]) -> bool:
    """Whether a stored verdict lets what depends on the job go on.

    What is not accepted is verified anew by every `up`: this closes the gate after
    a refresh too, which clears the engine's own mark of a failure.
    """
    level = inputs.get("enforcement_level")
    if verdict == "passed":
        return True
    if verdict == "unverified":
        return level == "disabled"
    if verdict == "failed":
        return level == "advisory"
    if verdict == "inconclusive":
        return level == "advisory" or inputs.get("on_inconclusive") == "warn"
    return False


def stored_lines(outputs: Mapping[str, Any]) -> list[str]:
    """Say again what a stored verdict found, in the words of then."""
    try:
        found = [Mismatch(**entry) for entry in outputs.get("mismatches") or []]
        report = Report(
            job=Job.model_validate(outputs),
            verdict=outputs["verdict"],
            mismatches=tuple(found),
        )
    except (KeyError, TypeError, ValidationError):
        # Stored by another version of this package.
        return []
    return lines_of(report, outputs.get("region")) if found else []


def _settled(inputs: JobInputs, report: Report) -> Settled:
    outputs = _outputs(inputs, report)
    verdict: Verdict = report.verdict
    if verdict == "pending":
        lines = lines_of(report, inputs.region)
        if inputs.wait is False or inputs.enforcement_level != "mandatory":
            # Not to wait is what was asked for.
            return Settled(outputs=outputs, warnings=lines)
        return Settled(outputs=outputs, failures=lines)
    if inputs.enforcement_level == "disabled":
        return Settled(outputs=outputs | {"verdict": "unverified", "mismatches": []})
    if verdict == "passed":
        return Settled(outputs=outputs)
    lines = lines_of(report, inputs.region)
    if is_accepted(verdict, {**outputs}):
        return Settled(outputs=outputs, warnings=lines)
    return Settled(outputs=outputs, failures=lines)


def _unended(inputs: JobInputs, job: Job | None, text: str) -> Settled:
    """Keep a wait that ended before its job: the next `up` goes on."""
    outputs = _pending(inputs, job)
    is_seen = job is not None
    if inputs.enforcement_level == "mandatory":
        return Settled(outputs=outputs, failures=[text], is_seen=is_seen)
    return Settled(outputs=outputs, warnings=[text], is_seen=is_seen)


def _interrupted(inputs: JobInputs, job: Job | None, trouble: str | None) -> Settled:
    name = job_name(inputs.job_id, inputs.region)
    last = f"; last seen {describe_state(job)}, it goes on" if job else ""
    why = f"; the last call failed: {trouble}" if trouble else ""
    text = (
        f"{name}: the wait was interrupted{last}{why}. Run `pulumi up` again to resume."
    )
    outputs = _pending(inputs, job)
    return Settled(outputs=outputs, failures=[text], is_seen=job is not None)


def _pending(inputs: JobInputs, job: Job | None) -> dict[str, Any]:
    seen = job or Job(job_id=inputs.job_id)
    return _outputs(inputs, Report(job=seen, verdict="pending"))


def _outputs(inputs: JobInputs, report: Report) -> dict[str, Any]:
    """Put the checked inputs beside the facts: `diff` sees outputs only."""
    wait = inputs.wait and inputs.wait.model_dump(exclude_none=True)
    stated = inputs.model_dump(exclude_none=True, exclude={"wait"})
    return report_facts(report) | stated | {"wait": wait}
