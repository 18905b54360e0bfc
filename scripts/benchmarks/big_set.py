"""Wait for very many jobs as one set, in simulated time: calls, delay, rate, memory.

A program of its own, since its memory is measured: prints one JSON object.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import resource
import statistics
import sys
import time
from collections import Counter, deque
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs

import httpx

sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "support"))

from clock import LoopClock, simulate
from pulumi_alicloud_mediaconvert.access.settings import read_settings
from pulumi_alicloud_mediaconvert.api.client import ImsClient
from pulumi_alicloud_mediaconvert.api.rate_limiter import RateLimiter
from pulumi_alicloud_mediaconvert.hosts.engine_messages import ENGINE
from pulumi_alicloud_mediaconvert.lifecycle.declared import DeclaredSet
from pulumi_alicloud_mediaconvert.lifecycle.job import Lifecycle
from pulumi_alicloud_mediaconvert.lifecycle.job_set import JobSets
from pulumi_alicloud_mediaconvert.schema.check import check_inputs
from pulumi_alicloud_mediaconvert.schema.set_inputs import JobSetInputs

EPOCH = 1_800_000_000.0
KEYS = {"mediaconvert:accessKey": "testid", "mediaconvert:secretKey": "testsecret"}
PAGE = 100
# A call takes this long, as over a network.
LATENCY_SECONDS = 0.05
HOUR = 3600.0
RENDITIONS = ("1080p", "720p", "480p")


def iso(seconds: float) -> str:
    """Write a moment as the API does."""
    moment = datetime.fromtimestamp(EPOCH + seconds, UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


class Jobs:
    """The API with jobs that end within a time, at moments of chance.

    Attributes:
        calls: by action.
        delays: from the end of each job to the read that saw it.
        last_call: when it was.
    """

    def __init__(self, count: int, within: float, *, may_list: bool) -> None:
        chance = random.Random(count)  # noqa: S311  # no secret
        self.ends = {
            f"{number:032x}": chance.uniform(60, within) for number in range(count)
        }
        self.created = {
            job_id: iso(-600 + 0.06 * n) for n, job_id in enumerate(self.ends)
        }
        self.newest_first = sorted(
            self.ends, key=self.created.__getitem__, reverse=True
        )
        self.calls: Counter[str] = Counter()
        self.delays: dict[str, float] = {}
        self.last_call = 0.0
        self._may_list = may_list

    async def handle(self, request: httpx.Request) -> httpx.Response:
        """Answer a call; signatures are checked elsewhere."""
        await asyncio.sleep(LATENCY_SECONDS)
        now = asyncio.get_running_loop().time()
        action = request.headers["x-acs-action"]
        self.calls[action] += 1
        self.last_call = now
        query = {
            name: value[0]
            for name, value in parse_qs(request.url.query.decode()).items()
        }
        if action == "GetMediaConvertJob":
            return httpx.Response(200, json={"Job": self._job(query["JobId"], now)})
        if not self._may_list:
            return httpx.Response(403, json={"Code": "Forbidden.RAM"})
        return httpx.Response(200, json=self._page(query, now))

    def _state(self, job_id: str, now: float) -> str:
        return "Success" if now >= self.ends[job_id] else "Running"

    def _job(self, job_id: str, now: float) -> dict[str, object]:
        end, state = self.ends[job_id], self._state(job_id, now)
        if state == "Success":
            self.delays.setdefault(job_id, now - end)
        status = "Success" if state == "Success" else "Scheduled"
        return {
            "JobId": job_id,
            "State": state,
            "Percent": min(100, int(100 * (now + 600) / (end + 600))),
            "CreateTime": self.created[job_id],
            "Config": {"Outputs": [{"Name": name} for name in RENDITIONS]},
            "OutputDetails": [
                self._output(job_id, name, status) for name in RENDITIONS
            ],
        }

    def _output(self, job_id: str, name: str, status: str) -> dict[str, object]:
        url = f"http://bucket.oss-cn-shanghai.aliyuncs.com/{job_id}/{name}.mp4"
        return {
            "Name": name,
            "Status": status,
            "Result": {"OutputFile": {"Type": "OSS", "Media": url, "Url": url}},
        }

    def _page(self, query: dict[str, str], now: float) -> dict[str, object]:
        since, until = query["StartOfCreateTime"], query["EndOfCreateTime"]
        start = int(query.get("NextPageToken", 0))
        asked = [
            job_id
            for job_id in self.newest_first
            if since <= self.created[job_id] <= until
        ]
        rows = [
            {
                "JobId": job_id,
                "State": self._state(job_id, now),
                "CreateTime": self.created[job_id],
            }
            for job_id in asked[start : start + PAGE]
        ]
        end = start + PAGE
        return {"Jobs": rows, "NextPageToken": str(end) if end < len(asked) else ""}


async def settle(jobs: Jobs, per_second: float) -> str:
    """Wait for all of them as one set; return the verdict."""
    settings = read_settings(KEYS, {})
    clock = LoopClock()
    client = ImsClient(
        settings.credentials(),
        limiter=RateLimiter(per_second, clock=clock),
        clock=clock,
        transport=httpx.MockTransport(jobs.handle),
    )
    props = {"job_ids": list(jobs.ends), "region": "cn-shanghai"}
    checked = check_inputs(props, JobSetInputs)
    assert checked.inputs is not None  # noqa: S101  # our own
    declared = DeclaredSet(checked.inputs, checked.values)
    async with client:
        sets = JobSets(Lifecycle(client, settings, clock, messages=ENGINE))
        settled = await sets.settle(declared, 3 * HOUR, lambda _: None)
    return str(settled.outputs["verdict"])


def in_turn(ends: Iterable[float], per_second: float) -> dict[str, float]:
    """Look at one job after the other, without a pause, until all have ended.

    Returns:
        The calls, and the mean delay from the end of a job to the read that sees it.
    """
    left, delays = deque(ends), []
    calls = 0
    while left:
        end, now = left.popleft(), calls / per_second
        calls += 1
        if now < end:
            left.append(end)
        else:
            delays.append(now - end)
    return {"calls": calls, "mean_delay_seconds": statistics.fmean(delays)}


def measured(
    count: int, within: float, per_second: float, *, may_list: bool
) -> dict[str, object]:
    """Simulate one set, and tell what it took."""
    jobs = Jobs(count, within, may_list=may_list)
    began = time.process_time()
    verdict = simulate(settle(jobs, per_second))
    delays = sorted(jobs.delays.values())
    return {
        "jobs": count,
        "within_seconds": within,
        "per_second": per_second,
        "verdict": verdict,
        "calls": jobs.calls.total(),
        "list_calls": jobs.calls["ListMediaConvertJobs"],
        "allowed_calls": int(jobs.last_call * per_second),
        "mean_delay_seconds": statistics.fmean(delays),
        "p95_delay_seconds": delays[int(len(delays) * 0.95)],
        "cpu_seconds": time.process_time() - began,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
        "in_turn": in_turn(jobs.ends.values(), per_second),
    }


def main(arguments: list[str]) -> None:
    """Simulate what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=10_000)
    parser.add_argument("--within", type=float, default=HOUR, help="seconds")
    parser.add_argument("--per-second", type=float, default=50)
    parser.add_argument("--no-list", action="store_true", help="as if it were refused")
    chosen = parser.parse_args(arguments)
    result = measured(
        chosen.jobs, chosen.within, chosen.per_second, may_list=not chosen.no_list
    )
    print(json.dumps(result))


if __name__ == "__main__":
    main(sys.argv[1:])
