"""Find by the list of jobs which of very many have changed: a hundred by one call.

The list has no details and may lag behind. It only says when a poll pays: nothing is
ever judged by it, and a job that it does not show is polled as if there were none.
Used where it saves calls and the permission is there, and quietly not otherwise.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import re
from collections.abc import Callable, Coroutine, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from pulumi_alicloud_mediaconvert.api.client import ImsClient
from pulumi_alicloud_mediaconvert.api.list_responses import ListedJob
from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.api.states import ENDED_STATES, QUEUED
from pulumi_alicloud_mediaconvert.clock import Clock
from pulumi_alicloud_mediaconvert.errors import AuthenticationError, ProviderError

# From one sweep of few pages to the next: as near as the closest polls.
SWEEP_SECONDS = 3.0
# More pages take more time: as a share of the rate limit, so that polls have room.
SWEEP_SHARE = 0.25
# How long the list alone may say that nothing has happened: it tells no progress, and
# nobody knows how far it lags behind. Longer where so many jobs are waited for that
# these polls would take more than their share of the rate limit.
MAX_PAUSE_SECONDS = 120.0
POLLS_SHARE = 0.1
MIN_JOBS = 20
# A page costs a call, and must tell of more jobs than it saves polls.
MIN_JOBS_OF_PAGE = 4
# After a sweep that did not pay, or that failed.
BREAK_SECONDS = 300.0
# What the API writes and takes; text of this form sorts by time.
CREATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)

log = logging.getLogger(__name__)


class Endpoint(NamedTuple):
    """Where jobs are: a region, and the address of its API."""

    region: str
    endpoint: str


class Pause:
    """One wait between two polls.

    Attributes:
        job_id: that was asked for.
        job: as last seen, `None` while it is not known.
        due: when the job is to be polled.
        unmoved_at: when the list last said that the job has not moved.
        has_moved: whether the list said that it has.
        news: the job, if somebody else has seen it.
    """

    def __init__(
        self,
        job_id: str,
        job: Job | None,
        due: float,
        ended: Callable[[], None] = lambda: None,
    ) -> None:
        self.job_id = job_id
        self.job = job
        self.due = due
        self.unmoved_at: float | None = None
        self.has_moved = False
        self.news: Job | None = None
        self._over = asyncio.Event()
        self._ended = ended

    @property
    def is_over(self) -> bool:
        """Whether there is a reason to pause no longer."""
        return self._over.is_set()

    @property
    def create_time(self) -> str | None:
        """When the job was created, where it can be found in the list."""
        text = self.job.create_time if self.job else None
        return text if text and CREATE_TIME.fullmatch(text) else None

    def end(self, news: Job | None = None) -> None:
        """Let it be over: somebody has seen the job, or the list shows it moved."""
        self.news = news
        self.has_moved = news is None
        self._over.set()
        self._ended()

    async def within(self, sleep: Coroutine[object, object, None]) -> None:
        """Sleep, or wake up when the pause is over."""
        waking = asyncio.ensure_future(self._over.wait())
        sleeping = asyncio.ensure_future(sleep)
        try:
            await asyncio.wait({waking, sleeping}, return_when="FIRST_COMPLETED")
        finally:
            waking.cancel()
            sleeping.cancel()


class ListPoller:
    """ListPoller each place while many of its jobs pause.

    Args:
        client: lists jobs.
        clock: of all waits.
    """

    def __init__(self, client: ImsClient, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._pauses: dict[Endpoint, set[Pause]] = {}
        self._tasks: dict[Endpoint, asyncio.Task[None]] = {}
        self._barred_until: dict[Endpoint, float] = {}
        self._list_pauses: dict[Endpoint, float] = {}

    def list_pause_seconds(self, endpoint: Endpoint) -> float:
        """Return the time from one sweep of a place to the next; 0 without any."""
        return self._list_pauses.get(endpoint, 0.0)

    def longest_seconds(self, endpoint: Endpoint) -> float:
        """Return how long a job of a place may pause on the word of the list."""
        share = self._client.limiter.per_second * POLLS_SHARE
        return max(MAX_PAUSE_SECONDS, len(self._pauses.get(endpoint, ())) / share)

    @contextlib.contextmanager
    def covering(self, endpoint: Endpoint, pause: Pause) -> Iterator[None]:
        """Have a pause told by sweeps, if it can be found in the list."""
        if pause.create_time is None:
            yield
            return
        pauses = self._pauses.setdefault(endpoint, set())
        pauses.add(pause)
        self._begin(endpoint)
        try:
            yield
        finally:
            pauses.discard(pause)

    def _begin(self, endpoint: Endpoint) -> None:
        is_enough = len(self._pauses[endpoint]) >= MIN_JOBS
        is_barred = self._clock.now() < self._barred_until.get(endpoint, -math.inf)
        if is_enough and not is_barred and endpoint not in self._tasks:
            task = asyncio.create_task(self._sweep_on(endpoint))
            self._tasks[endpoint] = task
            task.add_done_callback(lambda _: self._tasks.pop(endpoint, None))

    async def _sweep_on(self, endpoint: Endpoint) -> None:
        try:
            while len(self._pauses[endpoint]) >= MIN_JOBS:
                pages, told = await self._sweep(endpoint)
                if told < pages * MIN_JOBS_OF_PAGE:
                    self._barred_until[endpoint] = self._clock.now() + BREAK_SECONDS
                    return
                share = self._client.limiter.per_second * SWEEP_SHARE
                self._list_pauses[endpoint] = max(SWEEP_SECONDS, pages / share)
                await self._clock.sleep(self._list_pauses[endpoint])
        except AuthenticationError:
            # Whoever may read jobs need not be allowed to list them.
            self._barred_until[endpoint] = math.inf
        except ProviderError:
            self._barred_until[endpoint] = self._clock.now() + BREAK_SECONDS
        except Exception:
            self._barred_until[endpoint] = math.inf
            log.debug("The list of jobs could not be used.", exc_info=True)
        finally:
            self._list_pauses.pop(endpoint, None)

    async def _sweep(self, endpoint: Endpoint) -> tuple[int, int]:
        """Go through the list once; return how many pages told of how many jobs."""
        sought: dict[str, list[Pause]] = {}
        times: list[str] = []
        for pause in self._pauses[endpoint]:
            if (created := pause.create_time) is not None:
                sought.setdefault(pause.job_id, []).append(pause)
                times.append(created)
        if not times:
            return 1, 0
        most_pages = math.ceil(len(sought) / MIN_JOBS_OF_PAGE)
        pages, token, unseen = 0, None, set(sought)
        while unseen and pages < most_pages:
            asked_at = self._clock.now()
            page = await self._client.list_media_convert_jobs(
                region=endpoint.region,
                endpoint=endpoint.endpoint,
                since=_moved(min(times), -1),
                until=_moved(max(times), 1),
                page_token=token,
            )
            pages, token = pages + 1, page.next_token
            for listed in page.jobs:
                for pause in sought.get(listed.job_id, ()):
                    _tell(pause, listed, asked_at)
                unseen.discard(listed.job_id)
            if token is None:
                break
        return pages, len(sought) - len(unseen)


def _moved(time: str, seconds: int) -> str:
    """Return a time some seconds later: whether bounds are included is not said."""
    moved = datetime.fromisoformat(time) + timedelta(seconds=seconds)
    return moved.strftime("%Y-%m-%dT%H:%M:%SZ")


def _tell(pause: Pause, listed: ListedJob, asked_at: float) -> None:
    known = pause.job.state if pause.job else None
    has_begun = known == QUEUED and listed.state not in {QUEUED, None}
    if listed.state in ENDED_STATES or has_begun:
        pause.end()
    else:
        pause.unmoved_at = asked_at
