"""Stand-ins for the API and for credentials, at the transport of httpx."""

import asyncio
from datetime import UTC, datetime

import httpx

from clocks import FakeClock
from pulumi_alicloud_mediaconvert.access.credentials import Credentials
from pulumi_alicloud_mediaconvert.api.client import ImsClient
from pulumi_alicloud_mediaconvert.api.retrying import CallLimits

JOB_ID = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
REGION = "cn-shanghai"
ENDPOINT = "https://ice.cn-shanghai.aliyuncs.com"
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
MARK = "MARKEDSECRET"
KEY = Credentials(f"{MARK}id", f"{MARK}secret", f"{MARK}token")
GIVEN_UP = CallLimits(retries=False)


class Source:
    """Hands out credentials, and others on a reload."""

    def __init__(self, *others):
        self.current = KEY
        self.others = list(others)
        self.reloads = 0

    async def get(self, *, reload=False):
        """Give the credentials of now."""
        if reload:
            self.reloads += 1
            self.current = self.others.pop(0) if self.others else self.current
        return self.current


class Api:
    """Answers as it was told, then with the job; keeps what it was asked."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.requests = []

    def __call__(self, request):
        """Answer one request."""
        self.requests.append(request)
        answer = self.answers.pop(0) if self.answers else found()
        if isinstance(answer, Exception):
            raise answer
        return answer


class Lasting(Api):
    """Gives the same answer to everybody."""

    def __init__(self, make_answer):
        super().__init__()
        self.make_answer = make_answer

    def __call__(self, request):
        """Answer one request."""
        self.answers = [self.make_answer()]
        return super().__call__(request)


class Pieces(httpx.AsyncByteStream):
    """A body in pieces, of which the next may never come."""

    def __init__(self, *pieces, hangs=False):
        self.pieces = pieces
        self.hangs = hangs
        self.taken = 0

    async def __aiter__(self):
        """Give the pieces."""
        for piece in self.pieces:
            self.taken += 1
            if isinstance(piece, Exception):
                raise piece
            yield piece
        if self.hangs:
            await asyncio.Event().wait()


def found(job_id=JOB_ID, **job):
    """Answer with a job."""
    return httpx.Response(200, json={"Job": {"JobId": job_id, **job}})


def refusal(status, code=None, message="words", headers=None, **body):
    """Answer with the vendor's error."""
    known = {"RequestId": "REQ-1", "Message": message, "HostId": "host"}
    coded = {"Code": code} if code else {}
    return httpx.Response(status, json={**known, **coded, **body}, headers=headers)


def caused(error, cause):
    """Chain a cause, as httpcore does."""
    error.__cause__ = cause
    return error


async def look(api, *, source=None, clock=None, limits=None, chance=0.0):
    """Look at the job once."""
    async with ImsClient(
        source or Source(),
        clock=clock or FakeClock(),
        transport=httpx.MockTransport(api),
        now=lambda: NOW,
        random=lambda: chance,
    ) as client:
        return await client.get_media_convert_job(
            JOB_ID, region=REGION, endpoint=ENDPOINT, limits=limits or CallLimits()
        )
