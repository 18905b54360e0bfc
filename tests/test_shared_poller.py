"""Waits that share what they see: equal jobs, and very many of them."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import httpx
import pytest

from api import ENDPOINT, Api, Source, found
from clock import FakeClock, LoopClock, simulate
from jobs import JOB_ID, REGION
from pulumi_alicloud_mediaconvert.api.client import ImsClient
from pulumi_alicloud_mediaconvert.api.retrying import CallLimits
from pulumi_alicloud_mediaconvert.emulator import faults, scripts
from pulumi_alicloud_mediaconvert.errors import JobNotFoundError
from pulumi_alicloud_mediaconvert.waiting.list_poller import MIN_JOBS, Endpoint
from pulumi_alicloud_mediaconvert.waiting.shared_poller import SharedPoller
from waits import Crowd

GET, LIST = "GetMediaConvertJob", "ListMediaConvertJobs"
PLACE = Endpoint(REGION, ENDPOINT)
MANY = 30
# Enough to be listed.
FEW = MIN_JOBS + 2


def job_ids(count: int) -> list[str]:
    """Name so many jobs."""
    return [f"{number:032x}" for number in range(count)]


def crowd_of(count: int, *, seconds: float = 150, **options) -> Crowd:
    """Make jobs known that all end well, the last of them after `seconds`."""
    crowd = Crowd(**options)
    for number, job_id in enumerate(job_ids(count), start=1):
        script = scripts.succeeds_cleanly(seconds=seconds * number / count)
        crowd.api.add_job(job_id, script)
    return crowd


def verdicts(settled) -> set[str]:
    """Tell the verdicts that there are."""
    return {one.outputs["verdict"] for one in settled}


def test_equal_jobs_are_looked_at_once():
    """Ten resources that stand for one job ask hardly more often than one."""
    alone, together = crowd_of(1), crowd_of(1)

    alone.settle(job_ids(1))
    settled = together.settle(job_ids(1) * 10)

    assert verdicts(settled) == {"passed"}
    assert together.calls[GET] <= 2 * alone.calls[GET]
    assert max(together.ended_at) == min(together.ended_at)


def test_very_many_jobs_are_swept_by_the_list():
    """A list tells of a hundred by one call, and each end is confirmed by a look."""
    count = 50
    swept, unswept = crowd_of(count), crowd_of(count)
    unswept.api.add_credentials("testid", "testsecret", actions=[GET])

    rare = {"poll_max": "60s"}

    assert verdicts(swept.settle(job_ids(count), wait=rare)) == {"passed"}
    assert verdicts(unswept.settle(job_ids(count), wait=rare)) == {"passed"}

    assert swept.calls[GET] >= 2 * count
    assert swept.calls.total() < unswept.calls.total() / 2


def test_who_may_not_list_is_served_all_the_same():
    """Without the permission the list is asked for once, and nobody hears of it."""
    crowd = crowd_of(MANY)
    crowd.api.add_credentials("testid", "testsecret", actions=[GET])

    settled = crowd.settle(job_ids(MANY))

    assert crowd.calls[LIST] == 1
    assert verdicts(settled) == {"passed"}
    assert not any(one.warnings for one in settled)


def test_a_few_jobs_are_not_listed():
    """Where a list saves nothing the permission for it is not needed."""
    crowd = crowd_of(MIN_JOBS - 1)

    crowd.settle(job_ids(MIN_JOBS - 1))

    assert crowd.calls[LIST] == 0


def test_a_list_full_of_other_jobs_is_given_up():
    """Where others submit thousands of jobs, looks at our own cost less."""
    crowd = crowd_of(MIN_JOBS)
    for number in range(1000):
        crowd.api.add_job(f"other-{number}", scripts.hangs_queued())

    settled = crowd.settle(job_ids(MIN_JOBS))

    assert verdicts(settled) == {"passed"}
    assert crowd.calls[LIST] <= 3 * MIN_JOBS


def test_a_list_that_shows_nothing_judges_nothing():
    """Jobs that the list leaves out are looked at as if there were none."""
    crowd = crowd_of(MANY)
    ids = job_ids(MANY)
    empty = faults.status(200, body={"Jobs": [], "NextPageToken": ""}, times=None)
    crowd.api.faults.add(empty, action=LIST)

    settled = crowd.settle(ids)

    assert verdicts(settled) == {"passed"}


@pytest.mark.parametrize("state", ["Running", "Success", "Failed", "Odd", None])
def test_a_list_that_errs_judges_nothing(state):
    """Whatever state the list tells, the verdict is that of the job itself."""
    crowd = crowd_of(40, seconds=60)
    listed = [{"JobId": job_id, "State": state} for job_id in job_ids(40)]
    wrong = faults.status(200, body={"Jobs": listed}, times=None)
    crowd.api.faults.add(wrong, action=LIST)

    settled = crowd.settle(job_ids(40))

    assert verdicts(settled) == {"passed"}
    assert crowd.calls[GET] >= 40


def test_an_end_that_the_list_shows_is_seen_before_others_are_looked_at_again():
    """Where more looks are due than may be taken, those that pay go first."""
    count, seconds, rate = 60, 240, 3
    crowd = crowd_of(count, seconds=seconds, per_second=rate)
    wait = {"poll_min": 1, "poll_max": 5}

    settled = crowd.settle(job_ids(count), wait=wait)

    assert verdicts(settled) == {"passed"}
    times: dict[str, list[float]] = {}
    for request in crowd.api.requests:
        if request.action == GET:
            times.setdefault(str(request.job_id), []).append(request.time)
    # The emulator counts from the first look.
    delays = [
        times[job_id][-1] - times[job_id][0] - seconds * number / count
        for number, job_id in enumerate(job_ids(count), start=1)
    ]
    # In turn each would wait for a look at all that go on.
    assert sum(delays) / count < 2.5


def lies(state):
    """Answer with all jobs in one state, whatever they are in."""
    return {
        "Jobs": [{"JobId": job_id, "State": state} for job_id in job_ids(FEW)],
        "NextPageToken": "",
    }


LISTS = {
    "always running": faults.status(200, body=lies("Running"), times=None),
    "always queued": faults.status(200, body=lies("Inited"), times=None),
    "ended long ago": faults.status(200, body=lies("Success"), times=None),
    "null": faults.status(200, body=lies(None), times=None),
    "an unknown word": faults.status(200, body=lies("Odd"), times=None),
    "no state": faults.status(200, body=lies(["Running"]), times=None),
    "nobody": faults.status(200, body={"Jobs": [], "NextPageToken": ""}, times=None),
    "always another page": faults.status(
        200, body=lies("Running") | {"NextPageToken": "1"}, times=None
    ),
    "an error": faults.status(500, times=None),
    "no permission": faults.vendor_error("Forbidden.RAM", times=None),
    "slow": faults.slow(9, times=None),
    "silent": faults.hang(times=None),
}


@pytest.mark.parametrize("listed", LISTS)
def test_poll_min_and_poll_max_bound_every_pause(listed):
    """Whatever the list of jobs says, or does not, nobody is looked at less often."""
    poll_min, poll_max = 4, 11
    crowd = crowd_of(FEW, seconds=90)
    crowd.api.faults.add(LISTS[listed], action=LIST)
    wait = {"poll_min": poll_min, "poll_max": poll_max}

    settled = crowd.settle(job_ids(FEW), wait=wait)

    assert verdicts(settled) == {"passed"}
    times: dict[str, list[float]] = {}
    for request in crowd.api.requests:
        if request.action == GET:
            times.setdefault(str(request.job_id), []).append(request.time)
    pauses = [
        after - before for one in times.values() for before, after in pairwise(one)
    ]
    # The limit of calls lets all begin within half a second.
    assert max(pauses) <= poll_max + 0.6
    assert min(pauses) >= poll_min - 0.6


def test_a_stall_is_told_although_the_list_tells_no_progress():
    """Limits are decided by looks: while the list is used progress is seen, too."""
    crowd = Crowd()
    ids = job_ids(MIN_JOBS)
    for job_id in ids:
        crowd.api.add_job(job_id, scripts.succeeds_cleanly(seconds=250))

    settled = crowd.settle(ids, wait={"stall_timeout": "80s"})

    assert crowd.calls[LIST] > 0

    assert verdicts(settled) == {"passed"}


def test_the_rate_limit_holds_for_all_together():
    """No second sees more calls than the limit, bursts of a tenth aside."""
    crowd = crowd_of(MANY, seconds=60, per_second=20)

    crowd.settle(job_ids(MANY))

    times = sorted(request.time for request in crowd.api.requests)
    most = max(
        sum(1 for other in times if began <= other < began + 1) for began in times
    )
    assert most <= 20 + 2 + 1


@pytest.mark.anyio
async def test_a_look_under_way_serves_everybody():
    """Who asks for a job that is being asked for gets that answer."""
    api = Api(found(State="Running"))
    async with ImsClient(Source(), transport=httpx.MockTransport(api)) as client:
        poller = SharedPoller(client)
        looks = (poller.poll(PLACE, JOB_ID, CallLimits()) for _ in range(5))

        jobs = await asyncio.gather(*looks)

    assert [job.state for job in jobs] == ["Running"] * 5
    assert len(api.requests) == 1


@pytest.mark.anyio
async def test_the_trouble_of_a_look_is_not_shared():
    """What one look could not find another one asks for itself."""
    missing = httpx.Response(404, json={"Code": "ResourceNotFound"})
    api = Api(missing, found(State="Running"))
    async with ImsClient(Source(), transport=httpx.MockTransport(api)) as client:
        poller = SharedPoller(client)
        looks = [poller.poll(PLACE, JOB_ID, CallLimits()) for _ in range(2)]

        first, second = await asyncio.gather(*looks, return_exceptions=True)

    assert isinstance(first, JobNotFoundError)
    assert not isinstance(second, BaseException)
    assert second.state == "Running"


@pytest.mark.anyio
async def test_a_rest_ends_when_it_is_due():
    """Without news it lasts as long as was asked for."""
    clock = FakeClock(start=0)
    poller = SharedPoller(ImsClient(Source()), clock)

    over = await poller.pause(PLACE, JOB_ID, None, 7, 100)

    assert clock.now() == 7
    assert (over.news, over.has_moved) == (None, False)


class CountedTime(float):
    """A moment that counts how often it is compared with another one."""

    compared = 0

    def __lt__(self, other: float) -> bool:
        """Compare, and count."""
        CountedTime.compared += 1
        return float.__lt__(self, other)

    def __gt__(self, other: float) -> bool:
        """Compare, and count."""
        CountedTime.compared += 1
        return float.__gt__(self, other)

    def __eq__(self, other: object) -> bool:
        """Compare, and count."""
        CountedTime.compared += 1
        return float.__eq__(self, other)

    def __add__(self, other: float) -> CountedTime:
        """Return a later moment, which counts too."""
        return CountedTime(float.__add__(self, other))

    __hash__ = float.__hash__


class CountingClock(LoopClock):
    """Tells moments that count their comparisons."""

    def now(self) -> float:
        """Return seconds since the loop was made."""
        return CountedTime(super().now())


def comparisons(count: int) -> int:
    """Count comparisons while so many wait for one job, until all are cancelled."""

    async def pause_on(poller: SharedPoller) -> None:
        while True:
            await poller.pause(PLACE, JOB_ID, None, 30, 600)
            # As long as a poll takes.
            await asyncio.sleep(1)

    async def wait() -> None:
        poller = SharedPoller(ImsClient(Source()), CountingClock())
        waits = [asyncio.create_task(pause_on(poller)) for _ in range(count)]
        await asyncio.sleep(70)
        for one in waits:
            one.cancel()
        await asyncio.gather(*waits, return_exceptions=True)

    CountedTime.compared = 0
    simulate(wait())
    return CountedTime.compared


def test_waits_for_one_job_do_not_go_through_all_others():
    """Thousands of waits for one job leave the loop time to hear of Ctrl-C."""
    assert comparisons(400) < 3 * comparisons(200)
