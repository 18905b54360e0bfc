"""The API in memory, and who asks it: our client, and a correct one."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
from datetime import UTC, datetime

import httpx

from clock import FakeClock
from credentials import MARK
from jobs import JOB_ID, REGION
from pulumi_alicloud_mediaconvert.access.credentials import Credentials
from pulumi_alicloud_mediaconvert.api.client import ImsClient
from pulumi_alicloud_mediaconvert.api.retrying import CallLimits
from pulumi_alicloud_mediaconvert.emulator import Emulator, Step, after_reads

ENDPOINT = "https://ice.cn-shanghai.aliyuncs.com"
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
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


async def read_job(api, *, source=None, clock=None, limits=None, chance=0.0):
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


GET_JOB = {
    "x-acs-action": "GetMediaConvertJob",
    "x-acs-version": "2020-11-09",
}
NONCES = itertools.count()


class SignedCall(httpx.Auth):
    """Sign by the document, with what a test wants to be different."""

    requires_request_body = True

    def __init__(
        self,
        clock,
        *,
        key_id="testid",
        secret="testsecret",  # noqa: S107  # of the emulator only
        token=None,
        nonce=None,
    ):
        self.clock = clock
        self.key_id = key_id
        self.secret = secret
        self.token = token
        self.nonce = nonce

    def auth_flow(self, request):
        """Add the headers that the document demands, then the signature."""
        date = datetime.fromtimestamp(self.clock(), UTC)
        headers = {
            "host": request.headers["host"],
            "x-acs-content-sha256": hashlib.sha256(request.content).hexdigest(),
            "x-acs-date": date.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "x-acs-signature-nonce": self.nonce or f"nonce-{next(NONCES)}",
            **({"x-acs-security-token": self.token} if self.token else {}),
        }
        headers |= {
            name: value
            for name, value in request.headers.items()
            if name.startswith("x-acs-") or name == "content-type"
        }
        request.headers.update(headers)
        request.headers["authorization"] = self._authorization(request, headers)
        yield request

    def _authorization(self, request, headers):
        names = ";".join(sorted(headers))
        lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
        canonical = "\n".join(
            [
                request.method,
                "/",
                request.url.query.decode(),
                lines,
                names,
                headers["x-acs-content-sha256"],
            ]
        )
        hashed = hashlib.sha256(canonical.encode()).hexdigest()
        text = f"ACS3-HMAC-SHA256\n{hashed}".encode()
        signature = hmac.new(self.secret.encode(), text, "sha256").hexdigest()
        return (
            f"ACS3-HMAC-SHA256 Credential={self.key_id},"
            f"SignedHeaders={names},Signature={signature}"
        )


async def ask(api, job_id, clock, *, host="testserver", **signing):
    """Ask for a job in memory; returns the answer."""
    transport = httpx.ASGITransport(app=api.app)
    async with httpx.AsyncClient(
        transport=transport, base_url=f"http://{host}"
    ) as client:
        return await client.post(
            f"/?JobId={job_id}", headers=GET_JOB, auth=SignedCall(clock, **signing)
        )


RUNS_ONCE = [Step("Running", leave=after_reads(1)), Step("Success")]


def post_get_job(client, job_id=JOB_ID, **options):
    """Ask for a job."""
    return client.post(f"/?JobId={job_id}", headers=GET_JOB, **options)


def most_at_once(emulator: Emulator) -> int:
    """Count the jobs that were waited for at one time: from first to last look."""
    asked = [one.job_id for one in emulator.requests if one.job_id]
    waiting = [
        {*asked[: moment + 1]} & {*asked[moment:]} for moment in range(len(asked))
    ]
    return max(map(len, waiting))
