import asyncio
import json

import httpx
import pytest

from api import ENDPOINT, GIVEN_UP, Api, Lasting, Source, found, read_job, refusal
from clock import FakeClock
from credentials import MARK
from jobs import JOB_ID, REGION
from pulumi_alicloud_mediaconvert.access.credentials import Credentials
from pulumi_alicloud_mediaconvert.api.client import (
    ImsClient,
)
from pulumi_alicloud_mediaconvert.api.failures import Failure
from pulumi_alicloud_mediaconvert.api.rate_limiter import Priority, RateLimiter
from pulumi_alicloud_mediaconvert.errors import (
    AuthenticationError,
    ConfigurationError,
)


@pytest.mark.anyio
async def test_job_is_read_by_one_signed_call():
    """A look at a job is one signed POST with the ID in the query."""
    api = Api(found(State="Running", Percent=66))

    job = await read_job(api)

    [request] = api.requests
    assert (job.job_id, job.state, job.percent) == (JOB_ID, "Running", 66)
    assert (request.method, str(request.url)) == ("POST", f"{ENDPOINT}/?JobId={JOB_ID}")
    assert request.headers["x-acs-action"] == "GetMediaConvertJob"
    assert request.headers["x-acs-version"] == "2020-11-09"
    assert request.headers["x-acs-date"] == "2026-01-02T03:04:05Z"
    assert request.headers["accept"] == "application/json"
    assert request.headers["accept-encoding"] == "identity"
    assert request.headers["authorization"].startswith("ACS3-HMAC-SHA256 Credential=")


@pytest.mark.anyio
@pytest.mark.parametrize("token", [None, "next/+="], ids=["first page", "next page"])
async def test_a_page_of_jobs_is_read_by_one_signed_call(token):
    """The newest first, and as many as a page can hold."""
    api = Api(httpx.Response(200, json={"Jobs": [{"JobId": "a"}]}))
    asked = {"StartOfCreateTime": "2026-01-01T00:00:00Z", "PageSize": "100"}
    asked |= {"EndOfCreateTime": "2026-01-02T00:00:00Z", "OrderBy": "CreateTimeDesc"}

    async with ImsClient(Source(), transport=httpx.MockTransport(api)) as client:
        page = await client.list_media_convert_jobs(
            region=REGION,
            endpoint=ENDPOINT,
            since="2026-01-01T00:00:00Z",
            until="2026-01-02T00:00:00Z",
            page_token=token,
        )

    [request] = api.requests
    assert [job.job_id for job in page.jobs] == ["a"]
    assert request.headers["x-acs-action"] == "ListMediaConvertJobs"
    assert str(request.url).startswith(f"{ENDPOINT}/?EndOfCreateTime=")
    assert dict(request.url.params) == asked | (
        {"NextPageToken": token} if token else {}
    )


@pytest.mark.anyio
async def test_a_cookie_is_not_sent_back():
    """A request says nothing but what it signs: nothing of earlier answers."""
    api = Api(*(httpx.Response(503, headers={"set-cookie": "a=b"}) for _ in range(2)))

    await read_job(api)

    assert len(api.requests) == 3
    assert not any("cookie" in request.headers for request in api.requests)


@pytest.mark.anyio
async def test_a_list_that_is_refused_is_named():
    """The line says what could not be had, and of which region."""
    api = Api(refusal(403, "Forbidden.RAM"))

    async with ImsClient(Source(), transport=httpx.MockTransport(api)) as client:
        with pytest.raises(AuthenticationError, match="the list of jobs in cn-shang"):
            await client.list_media_convert_jobs(
                region=REGION, endpoint=ENDPOINT, since="a", until="b"
            )


@pytest.mark.anyio
async def test_the_urgent_go_first_where_calls_queue():
    """What decides something is not behind all those that only look again."""
    clock = FakeClock()
    both = {"Job": {"JobId": JOB_ID}, "Jobs": []}
    api = Lasting(lambda: httpx.Response(200, json=both))
    order: list[str] = []

    async with ImsClient(
        Source(),
        limiter=RateLimiter(1, clock=clock),
        clock=clock,
        transport=httpx.MockTransport(api),
    ) as client:

        async def look_at(name: str, priority: Priority) -> None:
            await client.get_media_convert_job(
                JOB_ID, region=REGION, endpoint=ENDPOINT, priority=priority
            )
            order.append(name)

        async def list_jobs() -> None:
            await client.list_media_convert_jobs(
                region=REGION, endpoint=ENDPOINT, since="a", until="b"
            )
            order.append("list")

        await asyncio.gather(
            look_at("at once", Priority.ORDINARY),
            look_at("again", Priority.ORDINARY),
            look_at("decides", Priority.FIRST),
            list_jobs(),
        )

    assert order == ["at once", "decides", "list", "again"]


@pytest.mark.anyio
async def test_who_waits_is_told_why_a_call_is_repeated():
    """Before each further attempt, in the words of the last one; not after the end."""
    api = Api(refusal(503), refusal(400, "Throttling"))
    told: list[Failure] = []

    async with ImsClient(
        Source(), clock=FakeClock(), transport=httpx.MockTransport(api)
    ) as client:
        await client.get_media_convert_job(
            JOB_ID,
            region=REGION,
            endpoint=ENDPOINT,
            retrying=lambda failure, _left: told.append(failure),
        )

    assert [failure.status_code for failure in told] == [503, 400]
    assert "throttling" in told[1].what


@pytest.mark.anyio
async def test_no_secret_is_in_the_address():
    """The address is logged by httpx, so it holds no key."""
    api = Api()

    await read_job(api)

    assert MARK not in str(api.requests[0].url)


@pytest.mark.anyio
async def test_every_attempt_is_signed_anew():
    """A retry has a nonce of its own."""
    api = Api(refusal(503), refusal(503))

    await read_job(api)

    nonces = {request.headers["x-acs-signature-nonce"] for request in api.requests}
    assert len(nonces) == 3


@pytest.mark.anyio
async def test_expired_token_is_replaced_once():
    """An expired token is not the end if the source has a new one."""
    fresh = Credentials("fresh", "secret", "token")
    source = Source(fresh)
    api = Api(refusal(403, "InvalidSecurityToken.Expired"))

    await read_job(api, source=source)

    assert source.reloads == 1
    assert api.requests[1].headers["x-acs-accesskey-id"] == "fresh"


@pytest.mark.anyio
async def test_expired_token_that_stays_expired_is_an_error():
    """Credentials are reloaded once, not for as long as there is time."""
    source = Source()
    api = Lasting(lambda: refusal(403, "InvalidSecurityToken.Expired"))

    with pytest.raises(AuthenticationError, match="the security token has expired"):
        await read_job(api, source=source)

    assert (source.reloads, len(api.requests)) == (1, 2)


class Shared(Source):
    """A source whose token has been replaced by the time that others ask."""

    def __init__(self, fresh):
        super().__init__(fresh)
        self.asked = 0

    async def get(self, *, reload=False):
        """Give the old token to the first caller alone."""
        self.asked += 1
        if self.asked > 1 and not reload:
            self.current = self.others[0]
        return await super().get(reload=reload)


@pytest.mark.anyio
async def test_a_token_that_was_replaced_meanwhile_is_not_reloaded():
    """Of many waits whose token expires together, one reloads for all."""
    source = Shared(Credentials("fresh", "secret", "token"))
    api = Api(refusal(403, "InvalidSecurityToken.Expired"))

    await read_job(api, source=source)

    assert source.reloads == 0
    assert api.requests[1].headers["x-acs-accesskey-id"] == "fresh"


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("name", "value"),
    [("HTTPS_PROXY", "odd://proxy"), ("SSL_CERT_FILE", "/absent.pem")],
)
async def test_unusable_proxy_or_certificate_is_said_when_used(
    monkeypatch, name, value
):
    """What the environment says of the network is no problem until it is used."""
    monkeypatch.setenv(name, value)
    client = ImsClient(Source())

    with pytest.raises(ConfigurationError, match=name):
        await client.get_media_convert_job(JOB_ID, region=REGION, endpoint=ENDPOINT)


@pytest.mark.anyio
async def test_loopback_is_reached_past_a_proxy(monkeypatch):
    """A signed request over plain http never goes to a proxy."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    served = asyncio.Event()

    async def serve(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        body = json.dumps({"Job": {"JobId": JOB_ID}}).encode()
        head = f"HTTP/1.1 200 OK\r\ncontent-length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        served.set()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]

    async with server, ImsClient(Source()) as client:
        await client.get_media_convert_job(
            JOB_ID, region=REGION, endpoint=f"http://127.0.0.1:{port}", limits=GIVEN_UP
        )

    assert served.is_set()


@pytest.mark.anyio
async def test_many_looks_share_one_client():
    """One client serves many jobs at a time."""
    api = Api()
    async with ImsClient(Source(), transport=httpx.MockTransport(api)) as client:
        looks = [
            client.get_media_convert_job(JOB_ID, region=REGION, endpoint=ENDPOINT)
            for _ in range(200)
        ]

        jobs = await asyncio.gather(*looks)

    assert len(jobs) == len(api.requests) == 200
