"""Read jobs as fast as it goes: our client, or the vendor's, from an emulator.

A program of its own, one for each way: prints calls per second and seconds of
processor time for a call as one JSON object. Each way imports just what it needs.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor

SIDE_BY_SIDE = 32


async def ours(url: str, job_id: str, calls: int) -> None:
    """Read the job by our client, many calls side by side."""
    from pulumi_alicloud_mediaconvert.access.settings import read_settings  # noqa: PLC0415  # see top
    from pulumi_alicloud_mediaconvert.api.client import ImsClient  # noqa: PLC0415  # see top
    from pulumi_alicloud_mediaconvert.api.rate_limiter import RateLimiter  # noqa: PLC0415  # see top

    config = {
        "mediaconvert:accessKey": "testid",
        "mediaconvert:secretKey": "testsecret",
    }
    source = read_settings(config, {}).credentials()
    left = iter(range(calls))
    async with ImsClient(source, limiter=RateLimiter(1e9)) as client:

        async def read() -> None:
            for _ in left:
                job = await client.get_media_convert_job(
                    job_id, region="cn-shanghai", endpoint=url
                )
                assert job.state == "Success"  # noqa: S101  # else it measures nothing

        await asyncio.gather(*(read() for _ in range(SIDE_BY_SIDE)))


def theirs(url: str, job_id: str, calls: int) -> None:
    """Read the job by the vendor's client, in threads as its users do."""
    from alibabacloud_ice20201109.models import (  # noqa: PLC0415  # see top
        GetMediaConvertJobRequest,
    )

    from benchmarks.alternatives import official_client  # noqa: PLC0415  # see top

    client = official_client(url)

    def read(_number: int) -> None:
        answer = client.get_media_convert_job(GetMediaConvertJobRequest(job_id=job_id))
        assert answer.body.job.state == "Success"  # noqa: S101  # ditto

    with ThreadPoolExecutor(SIDE_BY_SIDE) as threads:
        list(threads.map(read, range(calls)))


def measured(way: str, url: str, job_id: str, calls: int) -> dict[str, float]:
    """Time some calls, after a few that fill what later ones find filled."""

    def run(count: int) -> None:
        if way == "ours":
            asyncio.run(ours(url, job_id, count))
        else:
            theirs(url, job_id, count)

    run(SIDE_BY_SIDE)
    began, used = time.perf_counter(), time.process_time()
    run(calls)
    took, used = time.perf_counter() - began, time.process_time() - used
    return {"calls_per_second": calls / took, "cpu_ms_per_call": used / calls * 1000}


def main(arguments: list[str]) -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("way", choices=["ours", "theirs"])
    parser.add_argument("url")
    parser.add_argument("job_id")
    parser.add_argument("--calls", type=int, default=1000)
    chosen = parser.parse_args(arguments)
    print(json.dumps(measured(chosen.way, chosen.url, chosen.job_id, chosen.calls)))


if __name__ == "__main__":
    main(sys.argv[1:])
