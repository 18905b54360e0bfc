"""Errors of a wait that ended before its job, as values. Pure.

None of these leaves the package: such a wait becomes a verdict or a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.api.states import ENDED_STATES, QUEUED, RUNNING
from pulumi_alicloud_mediaconvert.errors import (
    Advice,
    ApiError,
    JobNotFoundError,
    NextStep,
    ProviderError,
)
from pulumi_alicloud_mediaconvert.text import (
    counted,
    in_brackets,
    plain,
    short_duration,
)
from pulumi_alicloud_mediaconvert.waiting.wait_limits import LimitKind

GOES_ON = "The job continues."
# The advice to resume the wait says the same.
AGAIN = frozenset({NextStep.RETRY_LATER, NextStep.RUN_AGAIN})
KNOWN_STATES = ENDED_STATES | {QUEUED, RUNNING}


REACHED = {
    LimitKind.TIMEOUT: "the timeout of {} was reached",
    LimitKind.QUEUE: "the queue timeout of {} was reached",
    LimitKind.STALL: "the stall timeout of {} was reached",
}


@dataclass(frozen=True, kw_only=True)
class LastSeen:
    """A job as it was last read.

    Attributes:
        state: the vendor's word; `None` if the API did not report one.
        percent: progress.
        when: when it was read or, if it had ended, when it ended: `5m ago`, or
            `at 2026-01-02T03:04:05Z`; empty if that is unknown.
    """

    state: str | None
    percent: float | None = None
    when: str = ""

    @classmethod
    def of(cls, job: Job, when: str = "") -> LastSeen:
        """Keep state and progress of a job."""
        return cls(state=job.state, percent=job.percent, when=when)

    @property
    def condition(self) -> str:
        """State and progress: `Running at 66%`; an undocumented state is quoted."""
        if self.state is None:
            return "in an unreported state"
        if self.state not in KNOWN_STATES:
            return f'in the unknown state "{plain(self.state)}"'
        if self.percent is None or self.state == QUEUED:
            return self.state
        return f"{self.state} at {self.percent:g}%"

    def line(self, name: str = "it") -> str:
        """Say it in one sentence.

        Args:
            name: subject of the sentence.
        """
        name = f"{name[0].upper()}{name[1:]}"
        if self.state in ENDED_STATES:
            when = f" {self.when}" if self.when else ""
            return f"{name} had {ended_with(self.state)}{when}."
        when = f", {self.when}" if self.when else ""
        return f"{name} was {self.condition} when it was last read{when}."


def ended_with(state: str | None) -> str:
    """Return how a job ended, as a participle: `ended with the state Success`."""
    return f"ended with the state {state}"


class WaitError(ProviderError):
    """The wait ended before the job.

    Attributes:
        job: as it was last read; `None` if it never was.
    """

    def __init__(
        self, message: str, *, job: Job | None, next_steps: Sequence[Advice]
    ) -> None:
        super().__init__(message, next_steps=next_steps)
        self.job = job


class WaitTimeoutError(WaitError):
    """A limit of the wait was reached; the job itself continues.

    Attributes:
        limit: the limit that was reached.
    """

    def __init__(  # noqa: PLR0913  # keywords
        self,
        name: str,
        *,
        job: Job | None,
        limit: LimitKind,
        limit_seconds: float,
        waited_seconds: float,
        polls: int,
        is_missed: bool,
    ) -> None:
        """Say what was seen.

        Args:
            name: of the job.
            job: as it was last read; `None` if it never was.
            limit: the limit that was reached.
            limit_seconds: its value.
            waited_seconds: duration of the whole wait.
            polls: number of polls.
            is_missed: whether the last poll did not find the job.
        """
        seen = LastSeen.of(job) if job else LastSeen(state=None)
        missed = " The API did not find it at the last poll." if is_missed else ""
        super().__init__(
            f"{name} is still {seen.condition} after {short_duration(waited_seconds)}"
            f" and {counted(polls, 'poll')}:"
            f" {REACHED[limit].format(short_duration(limit_seconds))}.{missed}"
            f" {GOES_ON}",
            job=job,
            next_steps=[Advice(NextStep.RAISE_LIMIT, {"limit": limit.value})],
        )
        self.limit = limit


class PollError(WaitError):
    """A poll failed permanently, after the job had been read."""

    def __init__(self, *, job: Job, cause: ApiError, ago_seconds: float) -> None:
        """Say what failed, and what was seen before.

        Args:
            job: as it was last read.
            cause: why the poll failed; its text names the job.
            ago_seconds: time since the job was read.
        """
        ago = f"{short_duration(ago_seconds)} ago"
        again = Advice(NextStep.RUN_AGAIN if job.has_ended else NextStep.RESUME_WAIT)
        seen = (
            f"When it was last read, {ago}, it had {ended_with(job.state)}, but some of"
            " its outputs had not ended."
            if job.has_ended
            else f"{LastSeen.of(job, ago).line()} {GOES_ON}"
        )
        steps = [again if one.step in AGAIN else one for one in cause.next_steps]
        if again not in steps:
            steps.append(again)
        super().__init__(f"{cause} {seen}", job=job, next_steps=steps)


class WaitInterruptedError(WaitError):
    """The wait was cancelled."""

    def __init__(
        self, name: str, *, job: Job | None, why: str, trouble: str | None
    ) -> None:
        """Say what was seen.

        Args:
            name: of the job.
            job: as it was last read; `None` if it never was.
            why: reason of the cancellation, as a clause.
            trouble: why the last call failed, if it did.
        """
        last = ""
        if job is not None and job.has_ended:
            last = f"; it had {ended_with(job.state)}, but some of its outputs had not"
        elif job is not None:
            condition = LastSeen.of(job).condition
            last = f"; it was {condition} when it was last read, and it continues"
        failed = f"; the last call failed: {trouble}" if trouble else ""
        super().__init__(
            f"{name}: {why}{last}{failed}.",
            job=job,
            next_steps=[Advice(NextStep.RESUME_WAIT)],
        )


def gone(
    name: str,
    last_seen: LastSeen,
    absence: JobNotFoundError,
    *,
    is_needed: bool = True,
) -> JobNotFoundError:
    """Return the error of a job that was read before and is no longer found.

    The job no longer exists; region and account are right.

    Args:
        name: of the job.
        last_seen: the job as it was last read.
        absence: the error of the API.
        is_needed: whether the gate still waits for a verdict on the job.
    """
    request = absence.request_id and f"request {absence.request_id}"
    return JobNotFoundError(
        f"The API no longer finds {name}"
        f"{in_brackets(absence.code, request)}. {last_seen.line()}",
        code=absence.code,
        status_code=absence.status_code,
        job_id=absence.job_id,
        region=absence.region,
        request_id=absence.request_id,
        next_steps=[Advice(NextStep.SUBMIT_AGAIN)] if is_needed else [],
    )
