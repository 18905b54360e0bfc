"""Looks at a job that follows a script, written as people say it."""

from __future__ import annotations

import asyncio

from clocks import FakeClock
from pulumi_alicloud_mediaconvert.api.models import Job, Output
from pulumi_alicloud_mediaconvert.errors import (
    ApiConnectionError,
    ApiError,
    AuthenticationError,
    ConfigurationError,
    JobNotFoundError,
    ProviderError,
)
from pulumi_alicloud_mediaconvert.waiting.waiter import WaitLimits, wait_for_job

FAULTS: dict[str, ProviderError] = {
    "missing": JobNotFoundError("no job j-1.", code="JobNotFound", status_code=404),
    "broken": ApiConnectionError("The connection broke (request R-1)."),
    "refused": AuthenticationError("Key refused.", code="Forbidden", status_code=403),
    "unconfigured": ConfigurationError("No credentials."),
}


class ScriptedLook:
    """A look that answers by a script such as `"Inited, Running 10, Success"`.

    The last step answers for ever. `lagging` after a state leaves an output behind;
    a fault that is an `ApiError` may use up the time that it was given.

    Attributes:
        within: the seconds that each look was given.
        at: when each look was taken, in seconds since the first clock reading.
    """

    def __init__(self, script: str, clock: FakeClock, *, seconds: float = 0) -> None:
        self.within: list[float] = []
        self.at: list[float] = []
        self._steps = [step.strip() for step in script.split(",")]
        self._clock = clock
        self._seconds = seconds
        self._start = clock.now()

    async def __call__(self, within: float) -> Job:
        """Answer with the next step."""
        step = self._steps[min(len(self.at), len(self._steps) - 1)]
        self.within.append(within)
        self.at.append(self._clock.now() - self._start)
        self._clock.advance(min(self._seconds, within))
        if step in FAULTS:
            raise FAULTS[step]
        return job_at(step)


def job_at(step: str) -> Job:
    """Return the job at a step such as `Running 10` or `Success lagging`."""
    state, *rest = step.split()
    percent = next((int(word) for word in rest if word.isdigit()), None)
    status = "Scheduled" if "lagging" in rest else "Success"
    outputs = [Output(name="720P", status=status)]
    return Job(job_id="j-1", state=state, percent=percent, outputs=outputs)


def is_api_error(step: str) -> bool:
    """Say whether a look fails at this step with an error of the API."""
    return isinstance(FAULTS.get(step), ApiError)


# Each pause is as short as it may be, 3 s, so that moments can be told.
STEADY = WaitLimits(timeout=60, poll_min=3, poll_max=3)


def wait(script, limits=STEADY, *, seconds=0, progress=lambda _: None):
    """Wait through a script; return how it ended, and the looks that were taken."""
    clock = FakeClock()
    look = ScriptedLook(script, clock, seconds=seconds)
    waiting = wait_for_job(
        look, limits, clock=clock, random=lambda: 0.5, progress=progress
    )
    try:
        return asyncio.run(waiting), look
    except ProviderError as error:
        return error, look
