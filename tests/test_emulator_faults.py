"""Each fault reaches a plain HTTP client and is wrong in one way only."""

import json
import time

import httpx
import pytest

from api import GET_JOB, RUNS_ONCE, SignedCall, post_get_job
from jobs import JOB_ID
from pulumi_alicloud_mediaconvert.emulator import Emulator, faults, scripts


@pytest.fixture
def api(api):
    """The emulator, with a job that runs for one read."""
    api.add_job(JOB_ID, RUNS_ONCE)
    return api


def vendor_code(answer):
    """Return the vendor's word for an error."""
    return answer.json()["Code"]


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        (faults.throttle(), 400, "Throttling.User"),
        (
            faults.throttle(code="RequestsTooFrequent"),
            403,
            "RequestsTooFrequent",
        ),
        (faults.throttle(status=429), 429, "Throttling.User"),
        (faults.status(429), 429, "Throttling"),
        (faults.status(500), 500, "InternalError"),
        (faults.status(503), 503, "ServiceUnavailable"),
        (faults.status(418), 418, "Http418"),
        (faults.expired_token(), 400, "InvalidSecurityToken.Expired"),
        (faults.nonce_used(), 400, "SignatureNonceUsed"),
        (faults.clock_skew(), 400, "InvalidTimeStamp.Expired"),
        (faults.vendor_error("Forbidden.RAM"), 403, "Forbidden.RAM"),
        (faults.vendor_error("Made.Up"), 400, "Made.Up"),
    ],
    ids=[
        "throttle",
        "throttle that looks like a permission",
        "throttle with 429",
        "429",
        "500",
        "503",
        "a code without a vendor word",
        "expired token",
        "nonce used",
        "clock skew",
        "permission",
        "a word that the vendor does not know",
    ],
)
def test_refusal_has_the_vendors_form(api, client, fault, status, code):
    """A fault that refuses gives HTTP code, vendor code and the whole error body."""
    api.faults.add(fault)

    answer = post_get_job(client)

    assert (answer.status_code, vendor_code(answer)) == (status, code)
    assert set(answer.json()) == {"RequestId", "HostId", "Code", "Message", "Recommend"}


def test_throttle_may_say_when_to_come_back(api, client):
    """The time to wait is in milliseconds, in a header of its own."""
    api.faults.add(faults.throttle(retry_after_ms=1500))

    assert post_get_job(client).headers["x-acs-retry-after"] == "1500"
    assert "x-acs-retry-after" not in post_get_job(client).headers


def test_clock_skew_shows_the_servers_clock(api, client):
    """The Date header is that far ahead of the emulator's clock."""
    api.faults.add(faults.clock_skew(seconds=7200))
    dates = [post_get_job(client).headers["date"] for _ in range(2)]
    hours = [int(date.split()[4][:2]) for date in dates]

    assert (hours[0] - hours[1]) % 24 == 2


@pytest.mark.parametrize(
    ("body", "sent"),
    [
        (b"\x00", b"\x00"),
        ("text", b"text"),
        ({"a": 1}, b'{"a": 1}'),
    ],
    ids=["bytes", "text", "object"],
)
def test_status_may_have_any_body(api, client, body, sent):
    """A body handed in goes out instead of the vendor's."""
    api.faults.add(faults.status(502, body=body))

    answer = post_get_job(client)

    assert (answer.status_code, answer.content) == (502, sent)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (faults.cut_connection(), httpx.ReadError),
        (faults.cut_connection(after_bytes=10), httpx.RemoteProtocolError),
        (faults.hang(), httpx.ReadTimeout),
        (faults.slow(30), httpx.ReadTimeout),
        (faults.drip(30), httpx.ReadTimeout),
    ],
    ids=["reset", "cut within the body", "hang", "slow", "drip"],
)
def test_broken_connection_is_an_error_of_the_client(api, client, fault, error):
    """Faults of the connection surface as such, and the next request is well."""
    api.faults.add(fault)

    with pytest.raises(error):
        post_get_job(client, timeout=0.2)
    assert post_get_job(client).status_code == 200


def test_reset_comes_before_any_byte(api, client):
    """A connection cut at 0 bytes has no answer in the log."""
    api.faults.add(faults.cut_connection())

    with pytest.raises(httpx.ReadError):
        post_get_job(client)
    assert [(r.status, r.fault) for r in api.requests] == [(None, "cut_connection")]


def test_cut_body_has_exactly_the_bytes_asked_for(api, client):
    """Headers promise the whole body, and so many bytes of it come."""
    api.faults.add(faults.cut_connection(after_bytes=10))

    with client.stream("POST", f"/?JobId={JOB_ID}", headers=GET_JOB) as answer:
        promised = int(answer.headers["content-length"])
        pieces = answer.iter_raw()
        received = next(pieces)
        with pytest.raises(httpx.RemoteProtocolError):
            next(pieces)

    assert len(received) == 10 < promised


@pytest.mark.parametrize("make", [faults.slow, faults.drip])
def test_late_answer_is_the_true_one(api, client, make):
    """A slow answer is all there in the end, and counts as a read."""
    api.faults.add(make(0.1))

    answer = post_get_job(client)

    assert answer.json()["Job"]["State"] == "Running"
    assert post_get_job(client).json()["Job"]["State"] == "Success"


@pytest.mark.parametrize(
    ("fault", "holds"),
    [
        (faults.not_json(), lambda answer: answer.text == "It works!"),
        (
            faults.wrong_content_type(),
            lambda answer: (
                answer.headers["content-type"] == "text/html" and "Job" in answer.json()
            ),
        ),
        (faults.no_job(), lambda answer: set(answer.json()) == {"RequestId"}),
        (
            faults.other_job(),
            lambda answer: (
                answer.json()["Job"]["JobId"] == "f" * 32
                and answer.json()["Job"]["State"] == "Success"
            ),
        ),
        (
            faults.null_fields(),
            lambda answer: set(answer.json()["Job"].values()) == {None},
        ),
    ],
    ids=["not JSON", "wrong content type", "no job", "other job", "null fields"],
)
def test_odd_content_comes_with_success(api, client, fault, holds):
    """Faults of content have HTTP code 200 and are wrong in one way only."""
    api.faults.add(fault)

    answer = post_get_job(client)

    assert answer.status_code == 200
    assert holds(answer)


def test_truncated_body_is_complete_for_http(api, client):
    """Half of the JSON comes with its right length."""
    api.faults.add(faults.truncated_json())

    answer = post_get_job(client)

    assert answer.status_code == 200
    with pytest.raises(json.JSONDecodeError):
        answer.json()


@pytest.mark.parametrize("declares_length", [True, False])
def test_huge_body_is_the_true_answer_and_blanks(api, client, declares_length):
    """Only its size is wrong with a huge body, announced or not."""
    api.faults.add(faults.huge_body(2, declares_length=declares_length))

    answer = post_get_job(client)

    assert len(answer.content) == 2_000_000
    assert answer.json()["Job"]["JobId"] == JOB_ID
    assert ("content-length" in answer.headers) is declares_length


def test_proxy_page_is_html(api, client):
    """A bad gateway answers with a web page."""
    api.faults.add(faults.bad_gateway_html())

    answer = post_get_job(client)

    assert (answer.status_code, answer.headers["content-type"]) == (502, "text/html")


def test_redirect_keeps_the_method(api, client):
    """A redirect would take a signed POST along."""
    api.faults.add(faults.redirect("http://elsewhere.example/"))

    answer = post_get_job(client)

    assert answer.status_code == 307
    assert answer.headers["location"] == "http://elsewhere.example/"


@pytest.mark.anyio
async def test_connection_cannot_be_cut_in_memory():
    """Without a connection the app raises instead, which the docstring says."""
    api = Emulator()
    api.add_job(JOB_ID, scripts.succeeds())
    api.faults.add(faults.cut_connection())
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=api.app), base_url="http://testserver"
    ) as client:
        with pytest.raises(ConnectionResetError):
            await client.post(
                f"/?JobId={JOB_ID}", headers=GET_JOB, auth=SignedCall(time.time)
            )
