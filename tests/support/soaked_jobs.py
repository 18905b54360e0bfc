"""Hundreds of jobs for simulated hours, with faults by chance: does a verdict err?"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

from pulumi_alicloud_mediaconvert.emulator import Fault, Script, faults, scripts
from pulumi_alicloud_mediaconvert.lifecycle.job_set import JobSets
from set_inputs import declared_set
from simulated_time import simulate
from watched_jobs import Crowd

# How a job may end, and what then is the only right verdict.
ENDS: dict[str, tuple[Callable[..., Script], str]] = {
    "good": (scripts.succeeds_cleanly, "passed"),
    "failed": (scripts.fails, "failed"),
    "output failed": (scripts.one_output_fails, "failed"),
    "output skipped": (scripts.skips_output, "failed"),
    "cancelled": (scripts.cancelled, "failed"),
}
# Passing faults: whatever they spoil is asked for again.
FAULTS: tuple[Callable[[int], Fault], ...] = (
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
            fault = chance.choice(FAULTS)(chance.choice((1, 3)))
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
