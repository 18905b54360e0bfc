import socket
import ssl

import httpx
import pytest

from api import GIVEN_UP, Api, Lasting, Pieces, caused, found, read_job, refusal
from clock import FakeClock
from jobs import JOB_ID
from pulumi_alicloud_mediaconvert.errors import (
    ApiConnectionError,
    ApiResponseError,
    ApiStatusError,
    ApiTimeoutError,
    AuthenticationError,
    NextStep,
    ThrottledError,
)

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

    job = await read_job(api)

    assert job.job_id == JOB_ID
    assert len(api.requests) == 4


@pytest.mark.anyio
@pytest.mark.parametrize("make_fault", PASSING.values(), ids=PASSING)
async def test_lasting_fault_ends_in_one_line_within_the_limit(make_fault):
    """A fault that stays ends in one line with what was tried, on time, unretried."""
    clock = FakeClock(start=0)
    api = Lasting(make_fault)

    with pytest.raises((ApiStatusError, ApiConnectionError, ApiResponseError)) as error:
        await read_job(api, clock=clock, chance=0.5)

    line = str(error.value)
    assert line.startswith(f"cannot read job {JOB_ID} in cn-shanghai: ")
    assert f"{len(api.requests)} attempts in 29 s)" in line
    assert line.endswith(".")
    assert line.isprintable()
    assert clock.now() == pytest.approx(29, abs=1)


@pytest.mark.anyio
@pytest.mark.parametrize("make_fault", PASSING.values(), ids=PASSING)
async def test_without_retries_there_is_one_attempt(make_fault):
    """A look that must be quick gives up at once."""
    api, clock = Lasting(make_fault), FakeClock()

    with pytest.raises((ApiStatusError, ApiConnectionError, ApiResponseError)):
        await read_job(api, limits=GIVEN_UP, clock=clock)

    assert (len(api.requests), clock.slept) == (1, [])


FINAL = {
    "unknown key": (
        lambda: refusal(404, "InvalidAccessKeyId.NotFound"),
        AuthenticationError,
        "the access key does not exist (InvalidAccessKeyId.NotFound, request REQ-1).",
        NextStep.CHECK_CREDENTIALS,
    ),
    "wrong secret": (
        lambda: refusal(400, "SignatureDoesNotMatch"),
        AuthenticationError,
        "the signature was refused (SignatureDoesNotMatch, request REQ-1).",
        NextStep.CHECK_CREDENTIALS,
    ),
    "permission": (
        lambda: refusal(403, "Forbidden.RAM", "User not authorized"),
        AuthenticationError,
        '"User not authorized" (Forbidden.RAM, request REQ-1).',
        NextStep.GRANT_PERMISSION,
    ),
    "not activated": (
        lambda: refusal(403, "OperationDenied"),
        AuthenticationError,
        "Intelligent Media Services is not activated for this account",
        NextStep.ACTIVATE_SERVICE,
    ),
    "parameter": (
        lambda: refusal(400, "InvalidParameter", "bad JobId"),
        ApiStatusError,
        'the API refused a parameter: "bad JobId" (InvalidParameter, request REQ-1).',
        NextStep.FIX_INPUT,
    ),
    "wrong host": (
        lambda: refusal(404, "InvalidAction.NotFound"),
        ApiStatusError,
        "this endpoint does not support the call",
        NextStep.CHECK_REGION,
    ),
    "unknown code": (
        lambda: refusal(404, "Unheard.Of"),
        ApiStatusError,
        'the API refused the request (HTTP 404): "words" (Unheard.Of, request REQ-1).',
        NextStep.FIND_CODE,
    ),
    "404 of somebody else": (
        lambda: httpx.Response(404, html="<html>"),
        ApiStatusError,
        "HTTP 404 with a body that is not from the API.",
        NextStep.CHECK_ENDPOINT,
    ),
    "403 of a firewall": (
        lambda: httpx.Response(403, html="<html>"),
        ApiStatusError,
        "HTTP 403 with a body that is not from the API.",
        NextStep.CHECK_ENDPOINT,
    ),
    "redirect": (
        lambda: httpx.Response(302, headers={"location": "https://evil.example/?x"}),
        ApiStatusError,
        'a redirect to "evil.example", which is not followed (HTTP 302).',
        NextStep.CHECK_ENDPOINT,
    ),
    "redirect to nowhere": (
        lambda: httpx.Response(307),
        ApiStatusError,
        "a redirect, which is not followed (HTTP 307).",
        NextStep.CHECK_ENDPOINT,
    ),
    "certificate": (
        lambda: caused(httpx.ConnectError("x"), ssl.SSLCertVerificationError(1, "x")),
        ApiConnectionError,
        "the certificate of ice.cn-shanghai.aliyuncs.com is not trusted",
        NextStep.TRUST_CERTIFICATE,
    ),
}


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("make_answer", "error", "text", "step"), FINAL.values(), ids=FINAL
)
async def test_error_that_will_not_change_is_not_retried(
    make_answer, error, text, step
):
    """What cannot succeed is asked once, and says what to do."""
    api = Lasting(make_answer)

    with pytest.raises(error) as caught:
        await read_job(api)

    assert type(caught.value) is error
    assert text in str(caught.value)
    assert caught.value.next_steps[0].step is step
    assert len(api.requests) == 1


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
        await read_job(Lasting(make_fault))

    assert type(caught.value) is error
