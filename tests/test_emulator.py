"""The emulator as a thing that runs: its lifetime, its answers and its log."""

import contextlib
import gc
import socket
import threading
import time
import warnings
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from api import GET_JOB, SignedCall
from jobs import JOB_ID
from pulumi_alicloud_mediaconvert.emulator import Emulator, faults, scripts


@pytest.fixture
def api(api):
    """The emulator, with the vendor's sample job."""
    api.add_job(JOB_ID, scripts.succeeds())
    return api


def test_unknown_job_is_not_found_and_not_unexpected(api, client):
    """To ask for a job that there is not is allowed."""
    answer = client.get("/?JobId=missing", headers=GET_JOB)

    assert (answer.status_code, answer.json()["Code"]) == (404, "ResourceNotFound")
    assert api.unexpected == ()


@pytest.mark.parametrize(
    ("question", "refusal"),
    [
        (("POST", "/"), (400, "MissingParameter")),
        (("POST", "/?JobId="), (400, "MissingParameter")),
        (("POST", "/jobs"), (404, "InvalidApi.NotFound")),
        (("PUT", "/?JobId=x"), (405, "UnsupportedHTTPMethod")),
    ],
    ids=["no parameter", "empty job ID", "path", "method"],
)
def test_what_no_client_asks_is_refused_and_loud(api, client, question, refusal):
    """A malformed question gets a vendor-like error and is kept for the teardown."""
    answer = client.request(*question, headers=GET_JOB)

    assert (answer.status_code, answer.json()["Code"]) == refusal
    assert [refusal[1] in u.reason for u in api.take_unexpected()] == [True]


@pytest.mark.parametrize(
    ("path", "body", "reason"),
    [
        (f"/?JobId={JOB_ID}&Jobid=2", b"", "'Jobid' is unknown"),
        (f"/?JobId={JOB_ID}", b"x", "has a body"),
    ],
    ids=["parameter", "body"],
)
def test_odd_request_is_answered_but_loud(api, client, path, body, reason):
    """What the real one would ignore is answered, and recorded as unexpected."""
    answer = client.post(path, headers=GET_JOB, content=body)

    assert answer.status_code == 200
    assert reason in api.take_unexpected()[0].reason


def test_log_tells_what_was_asked_and_answered(api, client):
    """Each request is logged with its caller, its fault and its answer."""
    api.faults.add(faults.throttle())
    client.post(f"/?JobId={JOB_ID}", headers=GET_JOB)
    client.get("/?JobId=missing", headers=GET_JOB)

    seen = [(r.method, r.action, r.job_id, r.status, r.code) for r in api.requests]

    assert seen == [
        ("POST", "GetMediaConvertJob", JOB_ID, 400, "Throttling.User"),
        ("GET", "GetMediaConvertJob", "missing", 404, "ResourceNotFound"),
    ]
    assert [r.fault for r in api.requests] == ["throttle", None]
    assert {r.access_key_id for r in api.requests} == {"testid"}


def test_log_keeps_nothing_secret(api, client):
    """Neither the signature nor a security token gets into the log."""
    auth = SignedCall(time.time, token="top-token")
    client.post(f"/?JobId={JOB_ID}", headers=GET_JOB, auth=auth)

    text = repr(api.requests)

    assert "top-token" not in text
    assert "Signature=" not in text


def test_requests_from_many_threads_are_all_answered(api, client):
    """Looks at the same time neither get lost nor share a step."""
    api.add_job("busy", scripts.succeeds_slowly(reads=50))

    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(lambda _: client.post("/?JobId=busy", headers=GET_JOB), range(51))
        )

    percents = sorted(answer.json()["Job"]["Percent"] for answer in answers)
    assert percents == [100 * number // 50 for number in range(51)]


def test_request_ids_follow_from_the_seed():
    """Equal seeds give equal request IDs, and other seeds others."""
    ids = []
    for seed in (1, 1, 2):
        with Emulator(seed=seed) as api:
            ids.append(httpx.get(api.url, trust_env=False).json()["RequestId"])

    assert ids[0] == ids[1] != ids[2]


def test_emulator_ends_while_an_answer_hangs():
    """Leaving the block cuts an answer that never comes, and does not wait for it."""
    asked = threading.Event()

    def clock():
        asked.set()
        return time.time()

    with ThreadPoolExecutor() as pool:
        with Emulator(clock=clock) as api:
            api.add_job(JOB_ID, scripts.succeeds())
            api.faults.add(faults.hang())
            asked.clear()
            url = f"{api.url}/?JobId={JOB_ID}"
            auth = SignedCall(time.time)
            pending = pool.submit(
                httpx.post, url, headers=GET_JOB, auth=auth, trust_env=False, timeout=30
            )
            assert asked.wait(timeout=10)
        error = pending.exception()

    assert isinstance(error, httpx.NetworkError | httpx.RemoteProtocolError)


def test_url_is_known_only_while_it_serves():
    """Before and after the block there is no address to ask at."""
    api = Emulator()
    with api:
        assert api.url.startswith("http://127.0.0.1:")

    with pytest.raises(RuntimeError, match="with Emulator"):
        _ = api.url


def free_ports(count):
    """Find that many ports in a row which nothing listens on."""
    while True:
        with contextlib.ExitStack() as taken, contextlib.suppress(OSError):
            first = 0
            for number in range(count):
                at = ("127.0.0.1", first and first + number)
                one = taken.enter_context(socket.create_server(at))
                first = first or one.getsockname()[1]
            return [first + number for number in range(count)]


def test_regions_of_a_fixed_port_have_the_next_ports():
    """A configuration that is kept in a file goes on being right."""
    ports = free_ports(3)
    with Emulator(port=ports[0]) as api:
        urls = [api.url, *map(api.endpoint_of, ("cn-beijing", "cn-hangzhou"))]
        again = api.endpoint_of("cn-beijing")

    assert urls == [f"http://127.0.0.1:{port}" for port in ports]
    assert again == urls[1]


def test_an_emulator_at_all_addresses_has_a_url_that_clients_can_use():
    """No client connects to 0.0.0.0 everywhere, and the provider refuses it."""
    with Emulator(host="0.0.0.0") as api:  # noqa: S104  # what is tested
        urls = [api.url, api.endpoint_of("cn-beijing")]
        answers = [httpx.get(url, trust_env=False).json() for url in urls]

    assert [url.rpartition(":")[0] for url in urls] == ["http://127.0.0.1"] * 2
    assert all("RequestId" in answer for answer in answers)


def test_an_emulator_that_ends_at_once_leaves_nothing_open():
    """Its port is free again, even if it never came to serve."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ResourceWarning)
        for _ in range(20):
            with Emulator():
                pass
        gc.collect()

    assert caught == []
