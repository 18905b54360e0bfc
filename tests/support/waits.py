"""Waits for jobs: by a script, many together, and for simulated hours."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

import httpx

from clock import FakeClock, LoopClock, simulate
from credentials import CONFIG_KEYS
from lifecycles import declared, declared_set
from pulumi_alicloud_mediaconvert.access.settings import read_settings
from pulumi_alicloud_mediaconvert.api.client import ImsClient
from pulumi_alicloud_mediaconvert.api.models import Job, Output
from pulumi_alicloud_mediaconvert.api.rate_limiter import RateLimiter
from pulumi_alicloud_mediaconvert.emulator import (
    Emulator,
    Fault,
    Script,
    faults,
    scripts,
)
from pulumi_alicloud_mediaconvert.errors import (
    ApiConnectionError,
    ApiError,
    AuthenticationError,
    ConfigurationError,
    JobNotFoundError,
    ProviderError,
)
from pulumi_alicloud_mediaconvert.hosts.engine_messages import ENGINE
from pulumi_alicloud_mediaconvert.lifecycle.job import Lifecycle
from pulumi_alicloud_mediaconvert.lifecycle.job_set import JobSets
from pulumi_alicloud_mediaconvert.lifecycle.results import GateResult
from pulumi_alicloud_mediaconvert.waiting.wait_limits import WaitLimits
from pulumi_alicloud_mediaconvert.waiting.waiter import wait_for_job

READ_ERRORS: dict[str, ProviderError] = {
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
        if step in READ_ERRORS:
            raise READ_ERRORS[step]
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
    return isinstance(READ_ERRORS.get(step), ApiError)


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


SERVER_EPOCH = 1_700_000_000.0


class Crowd:
    """Waits for jobs together, and counts what that took.

    Attributes:
        api: the emulator; its time is that of the loop.
        ended_at: when each wait was over, in seconds since the first began.
    """

    def __init__(self, per_second: float = 100.0) -> None:
        self.clock = LoopClock()
        self.api = Emulator(clock=self._time)
        self.ended_at: list[float] = []
        self._per_second = per_second

    def _time(self) -> float:
        try:
            return SERVER_EPOCH + self.clock.now()
        except RuntimeError:
            return SERVER_EPOCH

    @property
    def calls(self) -> Counter[str]:
        """How often each action was called."""
        return Counter(str(request.action) for request in self.api.requests)

    def settle(self, job_ids: list[str], **stated: Any) -> list[GateResult]:
        """Wait for all of them, each by a wait of its own."""
        return simulate(self._settled(job_ids, stated))

    @contextlib.asynccontextmanager
    async def lifecycle(self) -> AsyncIterator[Lifecycle]:
        """Build the lifecycle that all of them share."""
        settings = read_settings(CONFIG_KEYS, {})
        client = ImsClient(
            settings.credentials(),
            limiter=RateLimiter(self._per_second, clock=self.clock),
            clock=self.clock,
            now=lambda: datetime.fromtimestamp(self._time(), UTC),
            transport=httpx.ASGITransport(app=self.api.app),
        )
        async with client:
            yield Lifecycle(client, settings, self.clock, messages=ENGINE)

    async def _settled(
        self, job_ids: list[str], stated: dict[str, Any]
    ) -> list[GateResult]:
        async with self.lifecycle() as lifecycle:

            async def one(job_id: str) -> GateResult:
                settled = await lifecycle.settle(
                    declared(job_id=job_id, **stated), 7200, lambda _: None
                )
                self.ended_at.append(self.clock.now())
                return settled

            return await asyncio.gather(*map(one, job_ids))


# How a job may end, and what then is the only right verdict.
ENDS: dict[str, tuple[Callable[..., Script], str]] = {
    "good": (scripts.succeeds_cleanly, "passed"),
    "failed": (scripts.fails, "failed"),
    "output failed": (scripts.one_output_fails, "failed"),
    "output skipped": (scripts.skips_output, "failed"),
    "cancelled": (scripts.cancelled, "failed"),
}
# Passing faults: whatever they spoil is asked for again.
PASSING_FAULTS: tuple[Callable[[int], Fault], ...] = (
    faults.throttle,
    lambda times: faults.throttle(times, retry_after_ms=2500),
    lambda times: faults.status(429, times=times),
    lambda times: faults.status(500, times=times),
    lambda times: faults.status(503, times=times),
    faults.bad_gateway_html,
    faults.cut_connection,
    faults.truncated_json,
    faults.not_json,
    faults.no_job,
    lambda times: faults.other_job(times=times),
    faults.null_fields,
    faults.nonce_used,
    faults.hang,
)
MAX_JOB_SECONDS = 3 * 3600.0


class Soaked(NamedTuple):
    """What a soak came to.

    Attributes:
        jobs: how many there were.
        hours: how long it took by their clock.
        calls: by action.
        faults: how many calls were spoiled, by fault.
        right: how many verdicts are what the job's end demands.
        wrong: those that are not: name of the job, its end, the verdict.
    """

    jobs: int
    hours: float
    calls: Counter[str]
    faults: Counter[str]
    right: int
    wrong: list[tuple[str, str, str]]


def soak(jobs: int, seed: int, *, longest: float = MAX_JOB_SECONDS) -> Soaked:
    """Wait for jobs that end by chance, while calls are spoiled by chance.

    Args:
        jobs: how many.
        seed: of all chance.
        longest: seconds until the last job may end.
    """
    chance = random.Random(seed)
    crowd = Crowd()
    ends: dict[str, str] = {}
    for number in range(jobs):
        job_id = f"{number:032x}"
        ends[job_id] = chance.choice(list(ENDS))
        make, _ = ENDS[ends[job_id]]
        crowd.api.add_job(job_id, make(seconds=chance.uniform(1, longest)))
        for _ in range(chance.randrange(4)):
            fault = chance.choice(PASSING_FAULTS)(chance.choice((1, 3)))
            crowd.api.faults.add(fault, job_id=job_id, skip=chance.randrange(12))
    entries = simulate(_settled(crowd, list(ends)))
    spoiled = Counter(request.fault for request in crowd.api.requests if request.fault)
    wrong = [
        (job_id, end, entries[job_id]["verdict"])
        for job_id, end in ends.items()
        if entries[job_id]["verdict"] != ENDS[end][1]
    ]
    hours = (crowd.api.requests[-1].time - crowd.api.requests[0].time) / 3600
    return Soaked(jobs, hours, crowd.calls, spoiled, jobs - len(wrong), wrong)


async def _settled(crowd: Crowd, job_ids: list[str]) -> dict[str, Any]:
    async with crowd.lifecycle() as lifecycle:
        settled = await JobSets(lifecycle).settle(
            declared_set(job_ids), 2 * MAX_JOB_SECONDS, lambda _: None
        )
    entries: dict[str, Any] = settled.outputs["jobs"]
    return entries
