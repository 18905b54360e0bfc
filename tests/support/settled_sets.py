"""Sets of jobs that are settled on the emulator in memory."""

from __future__ import annotations

import asyncio

from clocks import FakeClock
from pulumi_alicloud_mediaconvert.emulator import Emulator, scripts
from pulumi_alicloud_mediaconvert.lifecycle.job_set import JobSets
from set_inputs import declared_set
from settled_jobs import lifecycle_on

GOOD, BAD, SLOW, GONE = "good", "bad", "slow", "gone"
SCRIPTS = {
    GOOD: scripts.succeeds_cleanly(),
    BAD: scripts.fails(),
    SLOW: scripts.stalls(),
    "late": scripts.succeeds_slowly(reads=3),
}


def emulator_with_jobs() -> Emulator:
    """Make the emulator in memory, with a job for each way that one can go."""
    emulator = Emulator()
    for job_id, script in SCRIPTS.items():
        emulator.add_job(job_id, script)
    return emulator


def settle(api, job_ids, stored=None, rows=None, config=None, **stated):
    """Settle a set within a minute of the clock that it is handed."""
    sets = JobSets(lifecycle_on(api, FakeClock(), config))
    show = rows.append if rows is not None else lambda _: None
    return asyncio.run(sets.settle(declared_set(job_ids, **stated), 60, show, stored))


def look(api, job_ids, stored, **stated):
    """Look again at a set, as a refresh does."""
    sets = JobSets(lifecycle_on(api, FakeClock()))
    return asyncio.run(sets.read(declared_set(job_ids, **stated), stored))


def verdicts(settled) -> dict[str, str]:
    """Tell the verdict of each job by its name."""
    return {name: one["verdict"] for name, one in settled.outputs["jobs"].items()}
