"""How a wait ends without the end of its job, as values. Pure.

None of these leaves the package: a wait that ends badly is a verdict, or a line.
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

GOES_ON = "The job goes on."
# To resume the wait says as much.
AGAIN = frozenset({NextStep.RETRY_LATER, NextStep.RUN_AGAIN})
KNOWN_STATES = ENDED_STATES | {QUEUED, RUNNING}


REACHED = {
    LimitKind.TIMEOUT: "the timeout of {} is reached",
    LimitKind.QUEUE: "the queue timeout of {} is reached",
    LimitKind.STALL: "the stall timeout of {} is reached",
}


@dataclass(frozen=True, kw_only=True)
class LastSeen:
    """A job as it was last seen.

    Attributes:
        state: the vendor's word; `None` where the API did not name one.
        percent: of its progress.
        when: that was, as the middle of a sentence; empty where nobody knows.
    """

    state: str | None
    percent: float | None = None
    when: str = ""

    @classmethod
    def of(cls, job: Job, when: str = "") -> LastSeen:
        """Keep what is said of a job."""
        return cls(state=job.state, percent=job.percent, when=when)

    @property
    def condition(self) -> str:
        """Where it stood: `Running at 66%`; a word that nobody documents is quoted."""
        if self.state is None:
            return "in a state that the API does not name"
        if self.state not in KNOWN_STATES:
            return f'in the unknown state "{plain(self.state)}"'
        if self.percent is None or self.state == QUEUED:
            return self.state
        return f"{self.state} at {self.percent:g}%"

    def line(self, name: str = "it") -> str:
        """Say it in one sentence; `when` of a job that had ended is when it ended."""
        if self.state in ENDED_STATES:
            when = f" {self.when}" if self.when else ""
            return f"When last seen, {name} had ended {self.state}{when}."
        when = f"{self.when}, " if self.when else ""
        return f"When last seen, {when}{name} was {self.condition}."


class WaitError(ProviderError):
    """The wait ended without the end of the job.

    Attributes:
        job: as last seen; `None` if it never was.
    """

    def __init__(
        self, message: str, *, job: Job | None, next_steps: Sequence[Advice]
    ) -> None:
        super().__init__(message, next_steps=next_steps)
        self.job = job


class WaitTimeoutError(WaitError):
    """A limit of the wait was reached; the job itself goes on.

    Attributes:
        limit: that was reached.
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
            job: as last seen.
            limit: that was reached.
            limit_seconds: what it is set to.
            waited_seconds: of the whole wait.
            polls: how many were taken.
            is_missed: whether the last one did not find the job.
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
    """A poll failed for good, after the job had been seen."""

    def __init__(
        self, name: str, *, job: Job, cause: ApiError, ago_seconds: float
    ) -> None:
        """Say what failed, and what was seen before.

        Args:
            name: of the job.
            job: as last seen.
            cause: why the poll failed.
            ago_seconds: since the job was seen.
        """
        ago = f"{short_duration(ago_seconds)} ago"
        step = NextStep.RUN_AGAIN if job.has_ended else NextStep.RESUME_WAIT
        seen = (
            f"When last seen, {ago}, {name} had ended {job.state}, but not all of its"
            " outputs."
            if job.has_ended
            else f"{LastSeen.of(job, ago).line(name)} {GOES_ON}"
        )
        others = [one for one in cause.next_steps if one.step not in AGAIN]
        super().__init__(f"{cause} {seen}", job=job, next_steps=[*others, Advice(step)])


class WaitInterruptedError(WaitError):
    """The wait was cancelled."""

    def __init__(
        self, name: str, *, job: Job | None, why: str, trouble: str | None
    ) -> None:
        """Say what was seen.

        Args:
            name: of the job.
            job: as last seen; `None` if it never was.
            why: the wait was cancelled, as a clause.
            trouble: why the last call failed, if it did.
        """
        last = ""
        if job is not None:
            goes_on = (
                ", but not all of its outputs" if job.has_ended else ", and it goes on"
            )
            last = f"; last seen {LastSeen.of(job).condition}{goes_on}"
        failed = f"; the last call failed: {trouble}" if trouble else ""
        super().__init__(
            f"{name}: {why}{last}{failed}.",
            job=job,
            next_steps=[Advice(NextStep.RESUME_WAIT)],
        )


def gone(name: str, last_seen: LastSeen, absence: JobNotFoundError) -> JobNotFoundError:
    """Return the error of a job that was seen and is not found any more.

    That is no matter of region and account.

    Args:
        name: of the job.
        last_seen: when it was.
        absence: what the API answered.
    """
    request = absence.request_id and f"request {absence.request_id}"
    return JobNotFoundError(
        f"{name} is gone: the API no longer finds it"
        f"{in_brackets(absence.code, request)}. {last_seen.line()}",
        code=absence.code,
        status_code=absence.status_code,
        job_id=absence.job_id,
        region=absence.region,
        request_id=absence.request_id,
        next_steps=[Advice(NextStep.SUBMIT_AGAIN)],
    )
