import socket

import httpx
import pytest

from api import GIVEN_UP, KEY, Api, Lasting, caused, read_job, refusal
from credentials import MARK
from jobs import JOB_ID
from pulumi_alicloud_mediaconvert.errors import (
    ApiConnectionError,
    ApiStatusError,
    AuthenticationError,
    JobNotFoundError,
    NextStep,
)


@pytest.mark.anyio
async def test_unknown_job_is_said_at_once():
    """An unknown job is no fault of the call: whoever waits decides how long."""
    api = Api(refusal(404, "ResourceNotFound"))

    with pytest.raises(JobNotFoundError) as caught:
        await read_job(api)

    assert str(caught.value) == (
        f"no job {JOB_ID} in cn-shanghai (ResourceNotFound, request REQ-1)."
    )
    assert [one.step for one in caught.value.next_steps] == [NextStep.FIND_JOB]
    assert (caught.value.code, caught.value.status_code) == ("ResourceNotFound", 404)
    assert caught.value.request_id == "REQ-1"


@pytest.mark.anyio
async def test_wrong_clock_is_named_with_both_times():
    """A clock that is off is told apart, with what both sides say."""
    api = Lasting(
        lambda: refusal(
            400,
            "InvalidTimeStamp.Expired",
            headers={"date": "Fri, 02 Jan 2026 04:04:05 GMT"},
        )
    )

    with pytest.raises(AuthenticationError) as caught:
        await read_job(api)

    assert (
        "the clock of this machine is wrong: it says 2026-01-02T03:04:05Z,"
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
        await read_job(Lasting(lambda: refusal(400, code, words)))

    assert MARK not in f"{caught.value} {vars(caught.value)}"
    assert caught.value.__suppress_context__


@pytest.mark.anyio
@pytest.mark.parametrize("code", ["SignatureDoesNotMatch", "InvalidParameter", "New"])
async def test_repeated_signed_text_is_not_shown(code):
    """The text that was signed is not shown, whatever the code."""
    words = "server string to sign is: POST / x-acs-security-token:ABC"

    with pytest.raises(ApiStatusError) as caught:
        await read_job(Api(refusal(400, code, words)))

    assert "ABC" not in str(caught.value)


@pytest.mark.anyio
@pytest.mark.parametrize("code", ["InvalidParameter", "InternalError", "New"])
async def test_an_address_in_the_vendors_words_is_shown_without_its_signature(code):
    """What the API quotes of a request may be a signed address."""
    words = "cannot read https://b.example/v.mp4?Expires=1&Signature=ABC, try again"

    with pytest.raises(ApiStatusError) as caught:
        await read_job(
            Lasting(lambda: refusal(400, code, words, RequestId="?sign=ABC"))
        )

    assert "ABC" not in f"{caught.value} {vars(caught.value)}"
    assert "https://b.example/v.mp4" in str(caught.value)


@pytest.mark.anyio
async def test_vendors_words_are_one_short_printable_line():
    """Escape sequences, line ends and length of an answer do not reach a terminal."""
    words = "\x1b[31m\n" + "long " * 1000
    api = Api(
        refusal(400, "Odd\x1b\n" + "x" * 500, words, RequestId="\x07" + "y" * 500)
    )

    with pytest.raises(ApiStatusError) as caught:
        await read_job(api)

    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 800


@pytest.mark.anyio
async def test_name_that_cannot_be_resolved_is_named():
    """Where the region's host has no address, the host is in the message."""
    fault = caused(httpx.ConnectError("x"), socket.gaierror(-2, "x"))

    with pytest.raises(
        ApiConnectionError,
        match=r"cannot resolve the host name ice\.cn-shanghai\.aliyuncs\.com",
    ):
        await read_job(Api(fault), limits=GIVEN_UP)


@pytest.mark.anyio
async def test_cause_within_a_group_is_found():
    """Connecting to several addresses fails with a group; the reason is still said."""
    group = ExceptionGroup("x", [OSError(111, "x"), OSError(111, "x")])
    fault = caused(httpx.ConnectError("x"), caused(OSError("x"), group))

    with pytest.raises(
        ApiConnectionError, match=r"aliyuncs\.com: connection refused\."
    ):
        await read_job(Api(fault), limits=GIVEN_UP)
