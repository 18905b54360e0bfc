import asyncio
import json
import socket
import ssl
from datetime import UTC, datetime

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clocks import FakeClock
from pulumi_alicloud_mediaconvert.client import (
    CallLimits,
    ImsClient,
    Look,
    pause_seconds,
)
from pulumi_alicloud_mediaconvert.credentials import Credentials
from pulumi_alicloud_mediaconvert.errors import (
    ApiConnectionError,
    ApiResponseError,
    ApiStatusError,
    ApiTimeoutError,
    AuthenticationError,
    ConfigurationError,
    JobNotFoundError,
    ThrottledError,
)
from pulumi_alicloud_mediaconvert.job_answers import is_same_id

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


@pytest.mark.anyio
async def test_job_is_read_by_one_signed_call():
    """A look at a job is one signed POST with the ID in the query."""
    api = Api(found(State="Running", Percent=66))

    job = await look(api)

    [request] = api.requests
    assert (job.job_id, job.state, job.percent) == (JOB_ID, "Running", 66)
    assert (request.method, str(request.url)) == ("POST", f"{ENDPOINT}/?JobId={JOB_ID}")
    assert request.headers["x-acs-action"] == "GetMediaConvertJob"
    assert request.headers["x-acs-version"] == "2020-11-09"
    assert request.headers["x-acs-date"] == "2026-01-02T03:04:05Z"
    assert request.headers["authorization"].startswith("ACS3-HMAC-SHA256 Credential=")


@pytest.mark.anyio
async def test_no_secret_is_in_the_address():
    """The address is logged by httpx, so it holds no key."""
    api = Api()

    await look(api)

    assert MARK not in str(api.requests[0].url)


@pytest.mark.anyio
async def test_every_attempt_is_signed_anew():
    """A retry has a nonce of its own."""
    api = Api(refusal(503), refusal(503))

    await look(api)

    nonces = {request.headers["x-acs-signature-nonce"] for request in api.requests}
    assert len(nonces) == 3


PASSING = {
    "throttle": lambda: refusal(400, "Throttling.User"),
    "throttle by 403": lambda: refusal(403, "RequestsTooFrequent"),
    "429": lambda: httpx.Response(429, text="slow down"),
    "unknown code with a wish": lambda: refusal(
        400, "New", headers={"x-acs-retry-after": "5"}
    ),
    "lower-case keys": lambda: httpx.Response(400, json={"code": "Throttling"}),
    "internal error": lambda: refusal(500, "InternalError"),
    "unavailable": lambda: refusal(503, "ServiceUnAvailable"),
    "HTML of a gateway": lambda: httpx.Response(502, html="<html>Bad</html>"),
    "unknown code of a fault": lambda: refusal(500, "Unheard"),
    "replayed nonce": lambda: refusal(400, "SignatureNonceUsed"),
    "code in a success": lambda: refusal(200, "Throttling"),
    "not JSON": lambda: httpx.Response(200, text="<html>login</html>"),
    "truncated": lambda: httpx.Response(200, text='{"Job": {"JobId"'),
    "empty": lambda: httpx.Response(200),
    "no object": lambda: httpx.Response(200, json=[]),
    "no job": lambda: httpx.Response(200, json={"RequestId": "REQ-1"}),
    "null job": lambda: httpx.Response(200, json={"Job": None}),
    "job without ID": lambda: httpx.Response(200, json={"Job": {"State": "Success"}}),
    "other job": lambda: found("f" * 32, State="Success"),
    "other shape": lambda: found(OutputDetails="none"),
    "nested deeply": lambda: httpx.Response(200, text="[" * 100_000),
    "job nested deeply": lambda: httpx.Response(
        200,
        text=f'{{"Job":{{"JobId":"{JOB_ID}","X":{"[" * 900}{"]" * 900}}}}}',
    ),
    "endless number": lambda: httpx.Response(200, text="9" * 10_000),
    "no text": lambda: httpx.Response(200, content=b"\xff\xfe\xfa"),
    "compressed unasked": lambda: httpx.Response(
        200, stream=Pieces(b"\x1f\x8b"), headers={"content-encoding": "gzip"}
    ),
    "redirect that is none": lambda: httpx.Response(
        302, headers={"location": "http://h:port"}
    ),
    "refused connection": lambda: httpx.ConnectError("x"),
    "slow connection": lambda: httpx.ConnectTimeout("x"),
    "slow answer": lambda: httpx.ReadTimeout("x"),
    "reset": lambda: httpx.ReadError("x"),
    "cut off": lambda: httpx.RemoteProtocolError("x"),
    "reset in the body": lambda: httpx.Response(
        200, stream=Pieces(b'{"Job"', httpx.ReadError("x"))
    ),
    "no name": lambda: caused(httpx.ConnectError("x"), socket.gaierror(-2, "x")),
    "broken TLS": lambda: caused(httpx.ConnectError("x"), ssl.SSLError(1, "x")),
    "raw error of the system": lambda: ConnectionResetError(104, "x"),
}


@pytest.mark.anyio
@pytest.mark.parametrize("make_fault", PASSING.values(), ids=PASSING)
async def test_passing_fault_changes_nothing(make_fault):
    """A fault that passes costs attempts and time, not the answer."""
    api = Api(make_fault(), make_fault(), make_fault())

    job = await look(api)

    assert job.job_id == JOB_ID
    assert len(api.requests) == 4


@pytest.mark.anyio
@pytest.mark.parametrize("make_fault", PASSING.values(), ids=PASSING)
async def test_lasting_fault_ends_in_one_line_within_the_limit(make_fault):
    """A fault that stays ends in one line with what was tried, on time, unretried."""
    clock = FakeClock(start=0)
    api = Lasting(make_fault)

    with pytest.raises((ApiStatusError, ApiConnectionError, ApiResponseError)) as error:
        await look(api, clock=clock, chance=0.5)

    line = str(error.value)
    assert line.startswith(f"cannot read job {JOB_ID} in cn-shanghai: ")
    assert f"{len(api.requests)} attempts in 29 s)" in line
    assert line.endswith(".")
    assert line.isprintable()
    assert clock.now() == pytest.approx(29)


@pytest.mark.anyio
@pytest.mark.parametrize("make_fault", PASSING.values(), ids=PASSING)
async def test_without_retries_there_is_one_attempt(make_fault):
    """A look that must be quick gives up at once."""
    api, clock = Lasting(make_fault), FakeClock()

    with pytest.raises((ApiStatusError, ApiConnectionError, ApiResponseError)):
        await look(api, limits=GIVEN_UP, clock=clock)

    assert (len(api.requests), clock.slept) == (1, [])


FINAL = {
    "unknown key": (
        lambda: refusal(404, "InvalidAccessKeyId.NotFound"),
        AuthenticationError,
        "the access key is not known (InvalidAccessKeyId.NotFound, request REQ-1).",
    ),
    "wrong secret": (
        lambda: refusal(400, "SignatureDoesNotMatch"),
        AuthenticationError,
        "the signature was refused (SignatureDoesNotMatch, request REQ-1). Check",
    ),
    "permission": (
        lambda: refusal(403, "Forbidden.RAM", "User not authorized"),
        AuthenticationError,
        '"User not authorized" (Forbidden.RAM, request REQ-1). Allow ice:GetMediaConv',
    ),
    "not activated": (
        lambda: refusal(403, "OperationDenied"),
        AuthenticationError,
        "Activate IMS",
    ),
    "parameter": (
        lambda: refusal(400, "InvalidParameter", "bad JobId"),
        ApiStatusError,
        'a parameter was refused: "bad JobId" (InvalidParameter, request REQ-1).',
    ),
    "wrong host": (
        lambda: refusal(404, "InvalidAction.NotFound"),
        ApiStatusError,
        "this endpoint does not serve the call",
    ),
    "unknown code": (
        lambda: refusal(404, "Unheard.Of"),
        ApiStatusError,
        'the API refused the request (HTTP 404): "words" (Unheard.Of, request REQ-1).',
    ),
    "404 of somebody else": (
        lambda: httpx.Response(404, html="<html>"),
        ApiStatusError,
        "HTTP 404 with a body that is not the API's. Check the region,",
    ),
    "403 of a firewall": (
        lambda: httpx.Response(403, html="<html>"),
        ApiStatusError,
        "HTTP 403 with a body that is not the API's.",
    ),
    "redirect": (
        lambda: httpx.Response(302, headers={"location": "https://evil.example/?x"}),
        ApiStatusError,
        'a redirect to "evil.example", which is refused (HTTP 302).',
    ),
    "redirect to nowhere": (
        lambda: httpx.Response(307),
        ApiStatusError,
        "a redirect, which is refused (HTTP 307).",
    ),
    "certificate": (
        lambda: caused(httpx.ConnectError("x"), ssl.SSLCertVerificationError(1, "x")),
        ApiConnectionError,
        "the certificate of ice.cn-shanghai.aliyuncs.com is not trusted",
    ),
}


@pytest.mark.anyio
@pytest.mark.parametrize(("make_answer", "error", "text"), FINAL.values(), ids=FINAL)
async def test_error_that_will_not_change_is_not_retried(make_answer, error, text):
    """What cannot succeed is asked once, and says what to do."""
    api = Lasting(make_answer)

    with pytest.raises(error) as caught:
        await look(api)

    assert type(caught.value) is error
    assert text in str(caught.value)
    assert len(api.requests) == 1


@pytest.mark.anyio
async def test_unknown_job_is_said_at_once():
    """An unknown job is no fault of the call: whoever waits decides how long."""
    api = Api(refusal(404, "ResourceNotFound"))

    with pytest.raises(JobNotFoundError) as caught:
        await look(api)

    assert str(caught.value) == (
        f"no job {JOB_ID} in cn-shanghai; is it another region or account?"
        " (ResourceNotFound, request REQ-1)"
    )
    assert (caught.value.code, caught.value.status_code) == ("ResourceNotFound", 404)
    assert caught.value.request_id == "REQ-1"


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("make_fault", "error"),
    [
        (lambda: refusal(400, "Throttling"), ThrottledError),
        (lambda: refusal(200, "Throttling"), ThrottledError),
        (lambda: refusal(500, "InternalError"), ApiStatusError),
        (lambda: httpx.ReadTimeout("x"), ApiTimeoutError),
        (lambda: httpx.ConnectError("x"), ApiConnectionError),
        (lambda: httpx.Response(200), ApiResponseError),
    ],
    ids=["throttle", "throttle by 200", "fault", "timeout", "connection", "answer"],
)
async def test_last_fault_decides_the_class_of_the_error(make_fault, error):
    """Who catches an error learns its sort from its class."""
    with pytest.raises(error) as caught:
        await look(Lasting(make_fault))

    assert type(caught.value) is error


@pytest.mark.anyio
async def test_wish_of_the_api_is_obeyed_in_milliseconds():
    """A throttle's wish is waited for, and no less, before the next attempt."""
    clock = FakeClock()
    api = Api(refusal(400, "Throttling", headers={"x-acs-retry-after": "2500"}))

    await look(api, clock=clock, chance=0.5)

    assert clock.slept == [3.0]


@pytest.mark.anyio
@pytest.mark.parametrize(
    "wish", ["0", "-5", "1.5", "soon", "", "9" * 400, "\u0665"], ids=str
)
async def test_wish_that_is_none_is_ignored(wish):
    """Just a positive number of milliseconds is a wish."""
    clock = FakeClock()
    headers = {"x-acs-retry-after": wish.encode()}
    api = Api(refusal(400, "Throttling", headers=headers))

    await look(api, clock=clock)

    assert clock.slept == [pause_seconds(1, None, 0.0)]


@pytest.mark.anyio
async def test_wish_beyond_the_limit_still_leaves_a_last_attempt():
    """A wish is cut to what is left, but for the time of one attempt."""
    clock = FakeClock(start=0)
    api = Api(refusal(400, "Throttling", headers={"x-acs-retry-after": "86400000"}))

    job = await look(api, clock=clock)

    assert job.job_id == JOB_ID
    assert clock.slept == [29.0]


@pytest.mark.anyio
async def test_first_attempt_is_made_whatever_the_limit():
    """Even without any time left the job is looked at once."""
    job = await look(Api(), limits=CallLimits(total_seconds=0))

    assert job.job_id == JOB_ID


@pytest.mark.parametrize(
    ("total", "now", "seconds"),
    [(30, 0, 15), (30, 20, 10), (30, 29.5, 1), (0, 0, 1), (3, 0, 3)],
)
def test_attempt_is_bounded_by_what_is_left(total, now, seconds):
    """An attempt has its own limit or what is left of all, but never under 1 s."""
    limits = CallLimits(connect_seconds=5, read_seconds=10, total_seconds=total)

    one_look = Look(JOB_ID, REGION, ENDPOINT, limits, started=0)

    assert one_look.attempt_seconds(now) == seconds


@given(
    st.integers(min_value=1, max_value=10_000),
    st.none() | st.floats(min_value=0.001, max_value=1e9),
    st.floats(min_value=0, max_value=1),
)
def test_pause_is_bounded(attempts, wish, chance):
    """A pause is never nothing and never endless; a wish is not undercut."""
    pause = pause_seconds(attempts, wish, chance)

    assert 0 < pause <= 121
    assert wish is None or pause >= min(wish, 120)


def test_pauses_grow_and_spread():
    """The pauses double up to a limit, and differ by chance."""
    pauses = [pause_seconds(attempts, None, 1.0) for attempts in range(1, 7)]

    assert pauses == [1, 2, 4, 8, 10, 10]
    assert pause_seconds(3, None, 0.0) == 2


@pytest.mark.anyio
async def test_answer_that_drips_is_given_up():
    """An answer that never ends does not outlast its attempt."""
    answer = httpx.Response(200, stream=Pieces(b"{", hangs=True))
    limits = CallLimits(connect_seconds=0.01, read_seconds=0.01, retries=False)

    with pytest.raises(ApiTimeoutError, match=r"gave no answer within 0\.02 s"):
        await look(Api(answer), limits=limits)


@pytest.mark.anyio
async def test_huge_answer_is_refused_before_its_end():
    """No more than 8 MiB are read, and nothing is asked again."""
    body = Pieces(*[b" " * 2**20] * 100)
    api = Api(httpx.Response(200, stream=body))

    with pytest.raises(ApiResponseError, match="more than 8 MiB"):
        await look(api)

    assert (body.taken, len(api.requests)) == (9, 1)


@pytest.mark.anyio
async def test_compressed_answer_is_not_unpacked():
    """A compressed answer was not asked for, and could be huge: it stays packed."""
    body = Pieces(b"never taken")
    answer = httpx.Response(200, stream=body, headers={"content-encoding": "gzip"})

    with pytest.raises(ApiResponseError, match="the answer is compressed"):
        await look(Api(answer), limits=GIVEN_UP)

    assert body.taken == 0


@pytest.mark.anyio
async def test_expired_token_is_replaced_once():
    """An expired token is not the end if the source has a new one."""
    fresh = Credentials("fresh", "secret", "token")
    source = Source(fresh)
    api = Api(refusal(403, "InvalidSecurityToken.Expired"))

    await look(api, source=source)

    assert source.reloads == 1
    assert api.requests[1].headers["x-acs-accesskey-id"] == "fresh"


@pytest.mark.anyio
async def test_expired_token_that_stays_expired_is_an_error():
    """Credentials are reloaded once, not for as long as there is time."""
    source = Source()
    api = Lasting(lambda: refusal(403, "InvalidSecurityToken.Expired"))

    with pytest.raises(AuthenticationError, match="the security token has expired"):
        await look(api, source=source)

    assert (source.reloads, len(api.requests)) == (1, 2)


@pytest.mark.anyio
async def test_wrong_clock_is_named_with_both_times():
    """A clock that is off is told apart, with what both sides say."""
    api = Api(
        refusal(
            400,
            "InvalidTimeStamp.Expired",
            headers={"date": "Fri, 02 Jan 2026 04:04:05 GMT"},
        )
    )

    with pytest.raises(AuthenticationError) as caught:
        await look(api)

    assert (
        "the clock of this machine is off: it says 2026-01-02T03:04:05Z,"
        " the API says 2026-01-02T04:04:05Z"
    ) in str(caught.value)


@pytest.mark.anyio
@pytest.mark.parametrize(
    "code",
    [
        "SignatureDoesNotMatch",
        "IncompleteSignature",
        "InvalidSecurityToken.Malformed",
        "InvalidAccessKeyId.NotFound",
        "InvalidTimeStamp.Expired",
        "Forbidden.RAM",
        "InvalidParameter",
        "Unheard",
        "InternalError",
    ],
)
async def test_key_material_in_the_vendors_words_is_not_shown(code):
    """Whatever an error repeats of the request, no part of a key is shown."""
    words = f"key {KEY.access_key_id}, {KEY.access_key_secret} {KEY.security_token}"

    with pytest.raises(ApiStatusError) as caught:
        await look(Lasting(lambda: refusal(400, code, words)))

    assert MARK not in f"{caught.value} {vars(caught.value)}"
    assert caught.value.__suppress_context__


@pytest.mark.anyio
@pytest.mark.parametrize("code", ["SignatureDoesNotMatch", "InvalidParameter", "New"])
async def test_repeated_signed_text_is_not_shown(code):
    """The text that was signed is not shown, whatever the code."""
    words = "server string to sign is: POST / x-acs-security-token:ABC"

    with pytest.raises(ApiStatusError) as caught:
        await look(Api(refusal(400, code, words)))

    assert "ABC" not in str(caught.value)


@pytest.mark.anyio
async def test_vendors_words_are_one_short_printable_line():
    """Escape sequences, line ends and length of an answer do not reach a terminal."""
    words = "\x1b[31m\n" + "long " * 1000
    api = Api(
        refusal(400, "Odd\x1b\n" + "x" * 500, words, RequestId="\x07" + "y" * 500)
    )

    with pytest.raises(ApiStatusError) as caught:
        await look(api)

    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 800


@pytest.mark.anyio
async def test_name_that_cannot_be_resolved_is_named():
    """Where the region's host has no address, the host is in the message."""
    fault = caused(httpx.ConnectError("x"), socket.gaierror(-2, "x"))

    with pytest.raises(
        ApiConnectionError,
        match=r"the name ice\.cn-shanghai\.aliyuncs\.com cannot be resolved",
    ):
        await look(Api(fault), limits=GIVEN_UP)


@pytest.mark.anyio
async def test_cause_within_a_group_is_found():
    """Connecting to several addresses fails with a group; the reason is still said."""
    group = ExceptionGroup("x", [OSError(111, "x"), OSError(111, "x")])
    fault = caused(httpx.ConnectError("x"), caused(OSError("x"), group))

    with pytest.raises(
        ApiConnectionError, match=r"aliyuncs\.com: connection refused\."
    ):
        await look(Api(fault), limits=GIVEN_UP)


@pytest.mark.anyio
@pytest.mark.parametrize(
    "number", ["NaN", "-Infinity", "1e999", "9" * 400], ids=lambda text: text[:9]
)
async def test_number_that_is_none_counts_as_not_reported(number):
    """Numbers that neither JSON nor the engine knows do not harm the rest."""
    job = f'{{"JobId": "{JOB_ID}", "Percent": {number}, "State": "Running"}}'
    api = Api(httpx.Response(200, text=f'{{"Job": {job}}}'))

    answered = await look(api, limits=GIVEN_UP)

    assert (answered.state, answered.percent) == ("Running", None)
    assert answered.raw["Percent"] is None


@pytest.mark.anyio
async def test_other_job_is_named():
    """The answer about another job says which, and is no verdict."""
    with pytest.raises(ApiResponseError, match='is about job "ffff"'):
        await look(Api(found("ffff")), limits=GIVEN_UP)


@pytest.mark.parametrize(
    ("answered", "is_same"),
    [
        (JOB_ID, True),
        ("******2c3d4e5f60718293a4b5******", True),
        ("0a1b**********************d7e8f9", True),
        ("*", True),
        ("0a*5f*8f9", True),
        (JOB_ID.upper(), False),
        (JOB_ID + "0", False),
        ("******ffffffffffffffffffff******", False),
        ("0a*ff*8f9", False),
        ("*0a1b", False),
        (JOB_ID + "*" + JOB_ID, False),
        ("0a1b*8f9*0a1b", False),
        ("0a1b*8f9*8f9", False),
        ("*a" * 100_000, False),
    ],
    ids=lambda value: str(value)[:40],
)
def test_masked_id_is_met_by_what_it_may_hide(answered, is_same):
    """Stars stand for anything; what is not masked must agree."""
    assert is_same_id(answered, JOB_ID) is is_same


@given(st.text("ab", max_size=12), st.data())
def test_every_mask_of_an_id_is_met(asked, data):
    """Whatever part of an ID is masked, it is still that ID."""
    stars = data.draw(st.lists(st.booleans(), min_size=len(asked), max_size=len(asked)))
    masked = "".join(
        "*" if star else letter for letter, star in zip(asked, stars, strict=True)
    )

    assert is_same_id(masked, asked)


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
async def test_cancelling_ends_a_call_at_once():
    """A call that is cancelled in an attempt ends as cancelled, with no other try."""
    body = Pieces(b"{", hangs=True)
    api = Api(httpx.Response(200, stream=body))
    call = asyncio.create_task(look(api))
    while not body.taken:
        await asyncio.wait([call], timeout=0)

    call.cancel()

    with pytest.raises(asyncio.CancelledError):
        await call
    assert len(api.requests) == 1


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
