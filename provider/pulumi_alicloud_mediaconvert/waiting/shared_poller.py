"""Who polls which job when: all waits of a process together.

Equal jobs are polled once. Where many jobs of a region are waited for, `list_poller`
tells which of them have moved. Knows jobs and time, neither inputs nor verdicts.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import math
from collections.abc import Iterator

from pulumi_alicloud_mediaconvert.api.client import ImsClient
from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.api.rate_limiter import Priority, Turn
from pulumi_alicloud_mediaconvert.api.retrying import (
    CallLimits,
    OnRetry,
    ignore_retry,
)
from pulumi_alicloud_mediaconvert.clock import SYSTEM_CLOCK, Clock
from pulumi_alicloud_mediaconvert.waiting.list_poller import Endpoint, ListPoller, Pause

# A poll of somebody else brings its answer within this time, or has troubles that are
# not to be shared: limits of time are each one's own.
JOINED_SECONDS = 2.0


class SharedPoller:
    """Polls jobs for all who wait.

    Args:
        client: reads and lists jobs.
        clock: of all waits.
    """

    def __init__(self, client: ImsClient, clock: Clock = SYSTEM_CLOCK) -> None:
        self._client = client
        self._clock = clock
        self._list_poller = ListPoller(client, clock)
        self._looks: dict[tuple[Endpoint, str], asyncio.Task[Job]] = {}
        self._pauses: dict[tuple[Endpoint, str], _JobPauses] = {}

    async def poll(  # noqa: PLR0913  # the last three have a default
        self,
        endpoint: Endpoint,
        job_id: str,
        limits: CallLimits,
        *,
        is_urgent: bool = False,
        last: Job | None = None,
        retrying: OnRetry = ignore_retry,
    ) -> Job:
        """Read the job once for all who wait for it.

        A poll that is under way serves everybody; what goes wrong with it does not.

        Args:
            endpoint: of the job.
            job_id: of the job.
            limits: of this poll.
            is_urgent: whether it goes before polls that only poll again.
            last: the job as last seen; while its poll waits in turn, the list may say
                that it has moved, which makes the poll urgent.
            retrying: called before each further attempt.

        Raises:
            ProviderError: as the client raises it.
        """
        key = (endpoint, job_id)
        if under_way := self._looks.get(key):
            await asyncio.wait({under_way}, timeout=JOINED_SECONDS)
            if job := _result(under_way):
                return job
        turn = Turn()
        fetch = self._client.get_media_convert_job(
            job_id,
            region=endpoint.region,
            endpoint=endpoint.endpoint,
            limits=limits,
            priority=Priority.FIRST if is_urgent else Priority.ORDINARY,
            turn=turn,
            retrying=retrying,
        )
        poll = self._looks[key] = asyncio.create_task(fetch)
        # While it waits in turn this is a pause like any other one.
        queued = Pause(job_id, last, math.inf, turn.hasten)
        try:
            with self._list_poller.covering(endpoint, queued):
                job = await poll
        finally:
            poll.cancel()
            if self._looks.get(key) is poll:
                del self._looks[key]
        for pause in self._pauses.get(key, ()):
            pause.end(job)
        return job

    async def pause(
        self,
        endpoint: Endpoint,
        job_id: str,
        job: Job | None,
        seconds: float,
        longest: float,
    ) -> Pause:
        """Wait until it is time to poll a job again.

        That is after `seconds`; earlier, if somebody else has seen the job, or the list
        shows that it has moved; later, while the list says that it has not.

        Args:
            endpoint: of the job.
            job_id: of the job.
            job: as last seen; `None` while it is not known.
            seconds: until the next poll.
            longest: seconds until a poll must be taken, whatever the list says.

        Returns:
            The pause that is over, with the job if somebody else has seen it.
        """
        now = self._clock.now()
        due = now + min(seconds, longest)
        latest = max(
            due, now + min(longest, self._list_poller.longest_seconds(endpoint))
        )
        pauses = self._pauses.setdefault((endpoint, job_id), _JobPauses())
        if pauses:
            # The first to end its pause for a job polls for all that wait for it.
            due = min(latest, pauses.first_due())
        pause = Pause(job_id, job, due)
        pauses.add(pause)
        try:
            with self._list_poller.covering(endpoint, pause):
                while due > now and not pause.is_over:
                    await pause.within(self._clock.sleep(due - now))
                    now = self._clock.now()
                    if pause.unmoved_at is not None:
                        # Until the next sweep has had its say.
                        patience = max(
                            seconds, 2 * self._list_poller.list_pause_seconds(endpoint)
                        )
                        due = min(latest, pause.unmoved_at + patience)
                        pauses.set_due(pause, due)
        finally:
            pauses.discard(pause)
            if not pauses:
                self._pauses.pop((endpoint, job_id), None)
        return pause


class _JobPauses:
    """The pauses of all who wait for one job, the next to end first.

    A thousand resources may wait for one job, and begin their pauses together: none of
    them goes through all the others.
    """

    __slots__ = ("_open", "_queue")
    _numbers = itertools.count()

    def __init__(self) -> None:
        self._open: set[Pause] = set()
        # A heap by time. The number keeps pauses from being compared.
        self._queue: list[tuple[float, int, Pause]] = []

    def __bool__(self) -> bool:
        return bool(self._open)

    def __iter__(self) -> Iterator[Pause]:
        return iter(self._open)

    def add(self, pause: Pause) -> None:
        """Add a pause that begins."""
        self._open.add(pause)
        self.set_due(pause, pause.due)

    def discard(self, pause: Pause) -> None:
        """Remove a pause that is over."""
        self._open.discard(pause)

    def set_due(self, pause: Pause, due: float) -> None:
        """Set when a pause ends."""
        pause.due = due
        heapq.heappush(self._queue, (due, next(self._numbers), pause))
        self._drop_stale()

    def first_due(self) -> float:
        """Return when the first pause ends; infinity if there is none."""
        self._drop_stale()
        return self._queue[0][0] if self._queue else math.inf

    def _drop_stale(self) -> None:
        """Drop what comes first of pauses that are over, or end at another time."""
        queue = self._queue
        while queue and (
            queue[0][2] not in self._open or queue[0][2].due != queue[0][0]
        ):
            heapq.heappop(queue)


def _result(poll: asyncio.Task[Job]) -> Job | None:
    if not poll.done() or poll.cancelled() or poll.exception() is not None:
        return None
    return poll.result()
