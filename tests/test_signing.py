import json
import re
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qsl

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_alicloud_mediaconvert.access.credentials import Credentials
from pulumi_alicloud_mediaconvert.api.signing import (
    Signable,
    canonical_query,
    make_nonce,
    sign,
    signable_request,
    utc_now,
)
from pulumi_alicloud_mediaconvert.errors import ConfigurationError

VECTORS = json.loads((Path(__file__).parent / "data/acs3-vectors.json").read_text())
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
NONCE = "0123456789abcdef0123456789abcdef"
JOB = "00000000000000000000000000000abc"
KEY = Credentials("testid", "testsecret")


def credentials_of(vector):
    """Take the key of a vector."""
    return Credentials(
        vector["access_key_id"], vector["access_key_secret"], vector["security_token"]
    )


def signable(vector, headers):
    """Take the request of a vector."""
    return Signable(
        vector["method"],
        vector["pathname"],
        canonical_query(vector["query"]),
        headers,
        vector["body"].encode(),
    )


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_official_vector_is_met(vector):
    """Every step of the signature equals the official one, byte for byte."""
    request = signable(vector, vector["headers"])

    assert request.query == vector["canonical_query"]
    assert request.canonical_request == vector["canonical_request"]
    assert request.string_to_sign == vector["string_to_sign"]
    assert request.authorization(credentials_of(vector)) == vector["authorization"]


@pytest.mark.parametrize(
    "vector",
    [vector for vector in VECTORS if "documented_header_subset" in vector],
    ids=lambda vector: vector["name"],
)
def test_documented_headers_alone_are_signed_as_documented(vector):
    """With just the headers that the vendor's page demands, the signature is known."""
    headers = {
        name: value
        for name, value in vector["headers"].items()
        if name == "host" or name.startswith("x-acs-")
    }
    expected = vector["documented_header_subset"]

    request = signable(vector, headers)

    assert request.canonical_request == expected["canonical_request"]
    assert request.string_to_sign == expected["string_to_sign"]
    assert request.authorization(credentials_of(vector)) == expected["authorization"]


def signed_request(*, token=None, sent_at=NOW, **content):
    """Sign the request of the minimal vectors."""
    url = f"https://ice.cn-shanghai.aliyuncs.com/?JobId={JOB}"
    request = httpx.Request("POST", url, **content)
    sign(
        request,
        replace(KEY, security_token=token),
        action="GetMediaConvertJob",
        version="2020-11-09",
        sent_at=sent_at,
        nonce=NONCE,
    )
    return request


@pytest.mark.parametrize(
    ("token", "name"),
    [(None, "minimal-ak"), ("teststoken/+=", "minimal-sts-with-accesskey-id")],
    ids=["key", "temporary key"],
)
def test_request_is_signed_as_the_vector(token, name):
    """A request of httpx gets the headers and the signature of the official code."""
    vector = next(vector for vector in VECTORS if vector["name"] == name)

    request = signed_request(token=token)

    assert request.headers["authorization"] == vector["authorization"]
    assert vector["headers"].items() <= dict(request.headers).items()


def test_body_is_signed_with_its_type():
    """With a body its hash and its content type are under the signature."""
    request = signed_request(json={"a": 1})

    headers = {
        name: value
        for name, value in request.headers.items()
        if name in {"host", "content-type"} or name.startswith("x-acs-")
    }
    signed = Signable("POST", "/", f"JobId={JOB}", headers, b'{"a":1}')
    assert "SignedHeaders=content-type;host;" in request.headers["authorization"]
    assert request.headers["authorization"] == signed.authorization(KEY)
    assert request.headers["x-acs-content-sha256"] == sha256(b'{"a":1}').hexdigest()


@pytest.fixture
def machine_in_shanghai(monkeypatch):
    """Set the local time of the machine eight hours ahead."""
    monkeypatch.setenv("TZ", "CST-8")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("machine_in_shanghai")
def test_date_is_sent_in_utc():
    """The date is in UTC wherever the clock or the machine is."""
    shanghai = timezone(timedelta(hours=8))

    request = signed_request(sent_at=NOW.astimezone(shanghai))

    assert request.headers["x-acs-date"] == "2026-01-02T03:04:05Z"
    assert utc_now().utcoffset() == timedelta(0)


def test_a_host_that_is_no_name_is_named():
    """What stands for no name in any alphabet is refused before it is asked."""
    with pytest.raises(ConfigurationError) as caught:
        signable_request("https://xn--.example", {}, httpx.Timeout(1))

    assert str(caught.value) == (
        'cannot use the endpoint "https://xn--.example": its host is not a valid name'
    )


def test_each_request_has_its_own_nonce():
    """No nonce is used twice, as each is of 128 bits of chance."""
    assert re.fullmatch("[0-9a-f]{32}", make_nonce())
    assert len({make_nonce() for _ in range(100)}) == 100


@given(st.dictionaries(st.text(), st.text()))
def test_query_goes_out_as_it_was_signed(query):
    """Whatever the values, httpx sends the canonical query unchanged, and it reads."""
    try:
        text = canonical_query(query)
    except UnicodeEncodeError:
        return

    url = httpx.URL(f"https://ice.example.org/?{text}")

    assert url.query.decode() == text
    assert dict(parse_qsl(text, keep_blank_values=True)) == query
