"""Endpoints that never respond, on simulated time: a command ends when it says."""

from __future__ import annotations

import asyncio
import functools
import socket

import httpx
import pytest

from api import refusal
from clock import LoopClock, simulate
from credentials import CONFIG_KEYS
from jobs import JOB_ID, REGION, make_answer
from pulumi_alicloud_mediaconvert.access.settings import read_settings
from pulumi_alicloud_mediaconvert.api.client import ImsClient
from pulumi_alicloud_mediaconvert.cli.job_lists import NamedJob
from pulumi_alicloud_mediaconvert.cli.jobs import Reading, declared_jobs

CONFIG = CONFIG_KEYS | {
    "mediaconvert:region": REGION,
    "mediaconvert:endpoint": "https://dead.example",
}


async def refused(request):
    """Refuse the connection."""
    raise httpx.ConnectError("refused", request=request) from ConnectionRefusedError(
        111, "Connection refused"
    )


async def unresolved(request):
    """Know no such host."""
    raise httpx.ConnectError("no name", request=request) from socket.gaierror(-2, "")


async def swallowed(request):
    """Answer no packet, as a firewall does."""
    seconds = request.extensions["timeout"]["connect"]
    await asyncio.sleep(seconds)
    raise httpx.ConnectTimeout("", request=request)


async def silent(_request):
    """Accept the connection, and say nothing."""
    await asyncio.sleep(3600)


DEAD = {
    "refused": (refused, "connection refused"),
    "unresolvable": (unresolved, "cannot resolve the host name"),
    "blackhole": (swallowed, "did not respond within 5 s"),
    "silent": (silent, "did not respond within"),
}


class Shown:
    """Keeps what a person would see."""

    def __init__(self):
        self.lines = []
        self.ends = []

    def polled(self, _job_id, progress):
        """Keep the state."""
        self.lines.append(progress.job and progress.job.state)

    def retrying(self, _job_id, retry):
        """Keep the reason."""
        self.lines.append(retry.why)
        self.ends.append(asyncio.get_running_loop().time() + retry.left)


def read(handler, wait, count=1):
    """Read jobs of an endpoint; return them, the seconds that took, and what showed."""
    shown = Shown()

    async def work():
        settings = read_settings(CONFIG, {})
        jobs = [NamedJob(f"{number}" if number else JOB_ID) for number in range(count)]
        transport = httpx.MockTransport(handler)
        reading = Reading(
            declared_jobs(jobs, settings, wait=wait),
            settings,
            shown,
            LoopClock(),
            functools.partial(ImsClient, transport=transport),
        )
        found = await reading.run()
        return found, asyncio.get_running_loop().time()

    found, seconds = simulate(work())
    return found, seconds, shown


@pytest.mark.parametrize(("handler", "said"), DEAD.values(), ids=DEAD)
@pytest.mark.parametrize(
    ("wait", "limit"),
    [
        pytest.param(False, 30, id="read once"),
        pytest.param({}, 30, id="wait"),
        pytest.param({"timeout": "2h"}, 30, id="long wait"),
        pytest.param({"timeout": "10s"}, 10, id="short wait"),
        pytest.param({"timeout": 0}, 5, id="no wait"),
    ],
)
def test_an_endpoint_that_never_responds_ends_the_command(handler, said, wait, limit):
    """Within half a minute or the time limit, whichever is shorter; 5 s at least."""
    [found], seconds, shown = read(handler, wait)

    assert found.report is None
    assert seconds <= limit
    # What a row says meanwhile is true, too.
    assert all(end <= limit for end in shown.ends)
    assert JOB_ID in found.trouble
    assert found.trouble.endswith(".")
    if limit > 15:
        assert said in found.trouble
        assert any(said in line for line in shown.lines)


@pytest.mark.parametrize(("handler", "said"), DEAD.values(), ids=DEAD)
def test_very_many_jobs_end_as_soon_as_one(handler, said):
    """Jobs that wait for their turn do not try it all again; the cause is one."""
    found, seconds, _ = read(handler, {}, count=300)

    assert seconds <= 30
    assert len(found) == 300
    assert {said in one.shared_cause for one in found} == {True}
    assert len({one.shared_cause for one in found}) == 1


def test_an_outage_of_an_endpoint_that_has_responded_is_waited_out():
    """A long wait survives an outage of minutes, as `pulumi up` does."""
    states = iter(["Running", "Success"])

    async def with_an_outage(request):
        if 1 < asyncio.get_running_loop().time() < 300:
            return await refused(request)
        return httpx.Response(200, json={"Job": make_answer(next(states))})

    [found], seconds, shown = read(with_an_outage, {})

    assert found.report.verdict == "passed"
    assert seconds > 300
    assert any("connection refused" in str(line) for line in shown.lines)
    assert max(shown.ends) == pytest.approx(1800)


def test_an_endpoint_that_is_busy_is_not_dead():
    """Throttling is a response: the command waits on."""

    def throttled(_request):
        if asyncio.get_running_loop().time() < 100:
            return refusal(429, "Throttling")
        return httpx.Response(200, json={"Job": make_answer()})

    [found], seconds, _ = read(throttled, {})

    assert found.report.verdict == "passed"
    assert seconds >= 100
