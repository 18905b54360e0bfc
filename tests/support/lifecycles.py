"""Lifecycles of jobs and sets on the emulator in memory, and their moments."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import httpx
import pulumi

from api import NOW
from clock import FakeClock, LoopClock, simulate
from credentials import CONFIG_KEYS
from faults import NetworkFault, Wire
from jobs import JOB_ID, REGION
from pulumi_alicloud_mediaconvert.access.settings import read_settings
from pulumi_alicloud_mediaconvert.api.client import ImsClient
from pulumi_alicloud_mediaconvert.api.retrying import MIN_ATTEMPT_SECONDS
from pulumi_alicloud_mediaconvert.emulator import (
    Emulator,
    Fault,
    Step,
    after_reads,
    scripts,
)
from pulumi_alicloud_mediaconvert.errors import ProviderError
from pulumi_alicloud_mediaconvert.functions import read_once
from pulumi_alicloud_mediaconvert.hosts.engine_messages import ENGINE
from pulumi_alicloud_mediaconvert.lifecycle.declared import Declared, DeclaredSet
from pulumi_alicloud_mediaconvert.lifecycle.job import Lifecycle
from pulumi_alicloud_mediaconvert.lifecycle.job_set import JobSets
from pulumi_alicloud_mediaconvert.lifecycle.job_wait import SINGLE_READ
from pulumi_alicloud_mediaconvert.lifecycle.preview import (
    ALL_READS_SECONDS,
    Previews,
)
from pulumi_alicloud_mediaconvert.lifecycle.results import GateResult, PreviewResult
from pulumi_alicloud_mediaconvert.schema.check import check_inputs
from pulumi_alicloud_mediaconvert.schema.inputs import JobInputs
from pulumi_alicloud_mediaconvert.schema.set_inputs import JobSetInputs
from pulumi_alicloud_mediaconvert.waiting.waiter import LAST_POLL_SECONDS

LEVELS = ["mandatory", "advisory", "disabled"]
UNDECIDED = Step("Success", outputs={"audio-m4a": "Scheduled"})


def declared(**stated: Any) -> Declared:
    """Check inputs as the engine would hand them over."""
    props = {"job_id": JOB_ID, "region": REGION, **stated}
    checked = check_inputs(props, JobInputs)
    assert checked.inputs is not None
    return Declared(checked.inputs, checked.values)


def lifecycle_on(api, clock, config=None):
    """Build a lifecycle whose client asks the emulator in memory."""
    settings = read_settings(CONFIG_KEYS if config is None else config, {})
    transport = httpx.ASGITransport(app=api.app)
    client = ImsClient(settings.credentials(), clock=clock, transport=transport)
    return Lifecycle(client, settings, clock, messages=ENGINE)


async def settle(script, *, clock=None, progress=lambda _: None, **stated):
    """Settle a job that follows a script; by default within a minute."""
    api = Emulator()
    if script is not None:
        api.add_job(JOB_ID, script)
    lifecycle = lifecycle_on(api, clock or FakeClock())
    return await lifecycle.settle(declared(**stated), 60, progress)


def declared_set(job_ids: Any, **stated: Any) -> DeclaredSet:
    """Check the inputs of a set, and return it as declared."""
    props = {"job_ids": job_ids, "region": REGION, **stated}
    checked = check_inputs(props, JobSetInputs)
    assert checked.inputs is not None
    return DeclaredSet(checked.inputs, checked.values)


GOOD, BAD, SLOW, GONE = "good", "bad", "slow", "gone"
SET_SCRIPTS = {
    GOOD: scripts.succeeds_cleanly(),
    BAD: scripts.fails(),
    SLOW: scripts.stalls(),
    "late": scripts.succeeds_slowly(reads=3),
}


def emulator_with_jobs() -> Emulator:
    """Make the emulator in memory, with a job for each way that one can go."""
    emulator = Emulator()
    for job_id, script in SET_SCRIPTS.items():
        emulator.add_job(job_id, script)
    return emulator


def settle_set(api, job_ids, stored=None, rows=None, config=None, **stated):
    """Settle a set within a minute of the clock that it is handed."""
    sets = JobSets(lifecycle_on(api, FakeClock(), config))
    show = rows.append if rows is not None else lambda _: None
    return asyncio.run(sets.settle(declared_set(job_ids, **stated), 60, show, stored))


def read_set(api, job_ids, stored, **stated):
    """Look again at a set, as a refresh does."""
    sets = JobSets(lifecycle_on(api, FakeClock()))
    return asyncio.run(sets.read(declared_set(job_ids, **stated), stored))


def verdicts(settled) -> dict[str, str]:
    """Tell the verdict of each job by its name."""
    return {name: one["verdict"] for name, one in settled.outputs["jobs"].items()}


TIMEOUT_SECONDS = 80
POLL_SECONDS = 20
# Looks at 0, 20, 40, 60 and 80 s, of which the fifth is the one at the deadline.
LOOKS_BEFORE_THE_LAST = 4
WAIT = {"poll_min": POLL_SECONDS, "poll_max": POLL_SECONDS}


@dataclass(frozen=True)
class Ending:
    """How it ended.

    Attributes:
        told: everything that the user gets: outputs and lines, or a result.
        lines: of these, what people read.
        seconds: that passed.
        requests: that were made.
    """

    told: object
    lines: Sequence[str]
    seconds: float
    requests: int

    @property
    def verdict(self) -> str | None:
        """What is stored as the verdict; `None` where the state stays as it was."""
        return self._stored.get("verdict")

    @property
    def state(self) -> str | None:
        """What is stored as the state of the job."""
        return self._stored.get("state")

    @property
    def _stored(self) -> dict[str, Any]:
        return self.told.outputs if isinstance(self.told, GateResult) else {}


class Scene:
    """The API with one job, and a provider that asks it over a network in memory.

    Attributes:
        api: with the job.
        wire: to it.
        settings: of the stack.
        client: that asks.
        lifecycle: of the job.
    """

    def __init__(self, script: Any) -> None:
        # One time for all answers, so that no fact depends on when it was asked for.
        self.api = Emulator(clock=NOW.timestamp)
        self.api.add_job(JOB_ID, script)
        self.wire = Wire(self.api.app)
        self.settings = read_settings(CONFIG_KEYS | {"mediaconvert:region": REGION}, {})
        clock = LoopClock()
        self.client = ImsClient(
            self.settings.credentials(),
            clock=clock,
            transport=self.wire,
            now=lambda: NOW,
            random=lambda: 0.5,
        )
        self.lifecycle = Lifecycle(self.client, self.settings, clock, messages=ENGINE)

    def spoil(self, fault: Fault, skip: int) -> None:
        """Lay a fault over the network or the API."""
        queue = self.wire if isinstance(fault, NetworkFault) else self.api
        queue.faults.add(fault, job_id=JOB_ID, skip=skip)


# What the user gets, and the lines of it.
Told = tuple[object, Sequence[str]]


async def _settled(scene: Scene) -> Told:
    settled = await scene.lifecycle.settle(
        declared(wait=WAIT), TIMEOUT_SECONDS, lambda _: None
    )
    return settled, settled.failures + settled.warnings


async def _foreseen(scene: Scene) -> Told:
    previewed = await Previews(scene.lifecycle, ENGINE).evaluate(declared())
    return previewed, previewed.notes + previewed.warnings + previewed.failures


async def _refreshed(scene: Scene) -> Told:
    settled = await scene.lifecycle.read(declared())
    return settled, settled.failures + settled.warnings


async def _looked(scene: Scene) -> Told:
    found = await read_once(scene.client, scene.settings, JOB_ID)
    return {name: getattr(found, name) for name in found.__annotations__}, []


@dataclass(frozen=True, eq=False)
class Moment:
    """When the fault comes.

    Attributes:
        script: of the job.
        act: what the provider does.
        skip: how many looks at the job go well before the fault.
        budget: seconds until the end, at the latest.
        kept_verdict: where a fault ends it; `None` if nothing is stored.
        kept_state: of the job, likewise.
    """

    script: Any
    act: Callable[[Scene], Awaitable[Told]]
    skip: int
    budget: float
    kept_verdict: str | None = None
    kept_state: str | None = None

    def end(self, fault: Fault | None = None) -> Ending:
        """Act it out."""
        return simulate(self._end(fault))

    @cache  # noqa: B019  # a handful of moments, for as long as the tests run
    def undisturbed(self) -> Ending:
        """Act it out without a fault."""
        return self.end()

    def sign_of(self, ending: Ending) -> str:
        """Say how it ended, by the signs of the table; `?` for none of them."""
        good = self.undisturbed()
        if ending.told == good.told:
            return "="
        if isinstance(ending.told, PreviewResult):
            previewed = ending.told
            is_note = previewed == PreviewResult(notes=previewed.notes)
            return "n" if is_note and "not read" in previewed.notes[0] else "?"
        if ending.seconds == good.seconds:
            # An expired token is replaced, and then refused once more.
            return "!" if ending.requests <= self.skip + 2 else "?"
        return "-" if ending.seconds >= self.budget - MIN_ATTEMPT_SECONDS else "?"

    async def _end(self, fault: Fault | None) -> Ending:
        scene, clock = Scene(self.script), LoopClock()
        if fault is not None:
            scene.spoil(fault, self.skip)
        try:
            told, lines = await self.act(scene)
        except (ProviderError, pulumi.RunError) as error:
            told, lines = error, [str(error)]
        finally:
            await scene.client.aclose()
        assert scene.api.unexpected == ()
        return Ending(told, lines, clock.now(), scene.wire.carried)


def _then_success(step: Step) -> list[Step]:
    return [step, Step("Success")]


def _running(reads: int) -> list[Step]:
    return _then_success(Step("Running", percent=40, leave=after_reads(reads)))


MOMENTS = {
    "first": Moment(
        scripts.succeeds_cleanly(), _settled, skip=0, budget=TIMEOUT_SECONDS
    ),
    "waiting": Moment(
        _running(1),
        _settled,
        skip=1,
        budget=TIMEOUT_SECONDS,
        kept_verdict="pending",
        kept_state="Running",
    ),
    # The look at the deadline.
    "last": Moment(
        _running(LOOKS_BEFORE_THE_LAST),
        _settled,
        skip=LOOKS_BEFORE_THE_LAST,
        budget=TIMEOUT_SECONDS + LAST_POLL_SECONDS,
        kept_verdict="pending",
        kept_state="Running",
    ),
    # The job has ended, an output of it has not.
    "settling": Moment(
        _then_success(replace(UNDECIDED, leave=after_reads(1))),
        _settled,
        skip=1,
        budget=TIMEOUT_SECONDS,
        kept_verdict="pending",
        kept_state="Success",
    ),
    # A bad job, so that a preview has something to say of it.
    "preview": Moment(
        scripts.one_output_fails(), _foreseen, skip=0, budget=ALL_READS_SECONDS
    ),
    "refresh": Moment(
        scripts.succeeds_cleanly(),
        _refreshed,
        skip=0,
        budget=SINGLE_READ.total_seconds,
    ),
    "function": Moment(
        scripts.succeeds_cleanly(),
        _looked,
        skip=0,
        budget=SINGLE_READ.total_seconds,
    ),
}
