"""Nothing that is stated leads a signed request to a host that was not checked."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from api import GIVEN_UP, Lasting, Source, found
from clock import FakeClock
from pulumi_alicloud_mediaconvert.access.settings import read_settings
from pulumi_alicloud_mediaconvert.api.client import ImsClient
from pulumi_alicloud_mediaconvert.errors import ProviderError
from pulumi_alicloud_mediaconvert.schema.inputs import parse_job_id

REGION = "cn-shanghai"
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
PARTS = (
    *("https://", "http://", "HTTPS:", "//", "ftp://", "evil.com", "a.example", "é.de"),
    *("localhost", "127.0.0.1", "[::1]", "[fe80::1%eth0]", "[::::]", "999.1.1.1"),
    *("user:pass@", "@", "#", "?", "\\", "/", ":443", ":99999", ":0", ":", ".", ".."),
    *("\r\nhost: evil.com", "\t", " ", "%00", "%2e", "%40", "xn--a", "xn--80ak6aa92e"),
    *(
        "\u3002",
        "\uff0e",
        "\u212a",
        "\u017f",
        "\u200b",
        "0x7f.1",
        "2130706433",
        "[1.2.3.4]",
    ),
    *("a" * 64, "-", "_", "*", "\x00", "cn-shanghai", ".aliyuncs.com", "\u202e"),
)
ODD = (
    st.lists(st.sampled_from(PARTS) | st.text(max_size=2), min_size=1, max_size=6)
    .map("".join)
    .filter(str.strip)
)
ENDPOINTS = (
    ODD
    | ODD.map(lambda text: f"https://{text}")
    | ODD.map(lambda text: f"http://localhost{text}")
)


def tried(work: Callable[[], Any]) -> tuple[Any, str]:
    """Return what comes of it, and why nothing does."""
    try:
        return work(), ""
    except (ProviderError, ValueError) as error:
        return None, str(error)


def asked(endpoint: str, job_id: str = "x") -> httpx.Request | None:
    """Ask an endpoint; return the request where it would really go, if it would."""
    api = Lasting(lambda: found(job_id))

    async def ask() -> None:
        transport = httpx.MockTransport(api)
        async with ImsClient(
            Source(), clock=FakeClock(), transport=transport
        ) as client:
            await client.get_media_convert_job(
                job_id, region=REGION, endpoint=endpoint, limits=GIVEN_UP
            )

    _, refusal = tried(lambda: asyncio.run(ask()))
    assert refusal.isprintable()
    assert len(api.requests) <= 1
    return api.requests[0] if api.requests else None


@given(ENDPOINTS)
def test_a_request_goes_to_the_host_that_was_checked(stated):
    """Whatever an endpoint says, it is refused, or exactly that host is asked."""
    settings = read_settings({"mediaconvert:endpoint": stated}, {})
    endpoint, refusal = tried(lambda: settings.endpoint(REGION))
    event("refused" if refusal else "taken")
    assert refusal.isprintable()
    if not endpoint:
        return

    request = asked(endpoint)

    # Letter by letter what was stated, but for case, blanks and the closing slash.
    given_host = stated.strip().lower().removeprefix("https://").removeprefix("http://")
    assert endpoint.partition("://")[2] == given_host.removesuffix("/")
    if request is not None:
        checked = urlsplit(endpoint)
        assert request.url.raw_host.decode() == checked.hostname
        assert request.url.scheme == checked.scheme
        assert (request.url.port or 443) == (checked.port or 443)
        assert request.url.scheme == "https" or checked.hostname in LOOPBACK
        assert request.url.raw_path == b"/?JobId=x"
        named = {checked.netloc, checked.hostname, f"[{checked.hostname}]"}
        assert request.headers["host"] in named


@given(ODD | ODD.map(lambda text: f"cn-{text}"))
def test_a_region_names_a_host_of_the_vendor_or_none(stated):
    """Whatever a region says, no other host than the vendor's is asked."""
    settings = read_settings({"mediaconvert:network": "vpc"}, {})
    endpoint, refusal = tried(lambda: settings.endpoint(stated))
    assert refusal.isprintable()
    if not endpoint:
        return

    request = asked(endpoint)

    assert request is not None
    host = request.url.raw_host.decode()
    assert re.fullmatch(r"ice-vpc\.[a-z0-9-]{1,63}\.aliyuncs\.com", host)


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1) | ODD)
def test_a_job_id_is_one_value_of_the_query_and_nothing_else(stated):
    """Whatever an ID says, it is refused, or sent as the one parameter that it is."""
    job_id, refusal = tried(lambda: parse_job_id(stated))
    assert refusal.isprintable()
    if not job_id:
        return

    request = asked("https://a.example", job_id)

    assert request is not None
    assert str(request.url).startswith("https://a.example/?JobId=")
    assert parse_qsl(request.url.query.decode(), strict_parsing=True) == [
        ("JobId", job_id)
    ]
    assert not request.url.fragment


@pytest.mark.parametrize(
    "location",
    [
        *("https://evil.com/", "//evil.com", "http://169.254.169.254/", "javascript:x"),
        *("https://xn--a/", "https://[::::]/", "https://999.1.1.1", "https://h:99999/"),
        *("https://user:pass@evil.com/", "/elsewhere", "", "x" * 70000, "\x80\xff"),
    ],
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308, 300, 304])
def test_no_redirect_is_followed(status, location):
    """Wherever a redirect leads, and if to no address at all: one line, no request."""
    api = Lasting(
        lambda: httpx.Response(status, headers=[(b"location", location.encode())])
    )

    async def ask() -> None:
        async with ImsClient(
            Source(), clock=FakeClock(), transport=httpx.MockTransport(api)
        ) as client:
            await client.get_media_convert_job(
                "x", region=REGION, endpoint="https://a.example"
            )

    with pytest.raises(ProviderError) as raised:
        asyncio.run(ask())

    assert len(api.requests) <= 1 or "no address" not in str(raised.value)
    assert {request.url.host for request in api.requests} == {"a.example"}
    assert str(raised.value).isprintable()
    assert "pass" not in str(raised.value)
