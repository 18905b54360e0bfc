"""Faults: everything that can go wrong between a client and the API.

`api.faults.add(faults.throttle(times=2))` changes the next two responses. `times=None`
means always. If the client does not get the correct response, the job's script does not
count the request as a read. A fault never applies to a request that is refused for its
form or its signature, so a wrong retry is noticed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from email.utils import formatdate
from typing import Any

from pulumi_alicloud_mediaconvert.emulator.answers import (
    Answer,
    Call,
    error_answer,
    json_answer,
)
from pulumi_alicloud_mediaconvert.emulator.jobs import EmulatedJob, built_job
from pulumi_alicloud_mediaconvert.emulator.steps import Step

Change = Callable[[Answer, Call], Answer]

MEGABYTE = 1_000_000
_BAD_GATEWAY_PAGE = (
    b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    b"<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"
)
_CODES_BY_STATUS = {
    403: "Forbidden",
    404: "ResourceNotFound",
    429: "Throttling",
    500: "InternalError",
    503: "ServiceUnavailable",
}


@dataclass(frozen=True)
class Fault:
    """A change of the response. The functions of this module make faults.

    Raises:
        ValueError: `times` is below 1.
    """

    name: str
    """Name in the request log."""
    change: Change
    """Makes the changed response from the correct one."""
    times: int | None = 1
    """Number of requests; `None` means always."""
    spoils: bool = True
    """`False`: the client still gets the correct response."""

    def __post_init__(self) -> None:
        """Refuse a fault that applies to no request."""
        if self.times is not None and self.times < 1:
            raise ValueError(f"a fault lasts at least one request, not {self.times}")


def vendor_error(
    code: str,
    message: str = "Error from the emulator.",
    *,
    status: int | None = None,
    times: int | None = 1,
) -> Fault:
    """Respond with an error of the API.

    Args:
        code: Error code of the API, such as `Forbidden.RAM`.
        message: Error message.
        status: HTTP status. Default: the usual one of the error code.
        times: Number of requests; `None` means always.
    """

    def change(_answer: Answer, call: Call) -> Answer:
        return error_answer(call, code, message, status=status)

    return Fault(f"vendor_error({code})", change, times)


def throttle(
    times: int | None = 1,
    *,
    retry_after_ms: int | None = None,
    code: str = "Throttling.User",
    status: int | None = None,
) -> Fault:
    """Respond with a throttling error.

    Args:
        times: Number of requests; `None` means always.
        retry_after_ms: Value of the header `x-acs-retry-after`, in milliseconds.
        code: Error code of the API.
        status: HTTP status. Default: the usual one of the error code.
    """

    def change(_answer: Answer, call: Call) -> Answer:
        message = "Request was denied due to user flow control."
        answer = error_answer(call, code, message, status=status)
        if retry_after_ms is None:
            return answer
        headers = {**answer.headers, "x-acs-retry-after": str(retry_after_ms)}
        return replace(answer, headers=headers)

    return Fault("throttle", change, times)


def status(
    http_code: int,
    *,
    body: bytes | str | Mapping[str, Any] | None = None,
    times: int | None = 1,
) -> Fault:
    """Respond with an HTTP status.

    Args:
        http_code: The HTTP status.
        body: Body of the response; a mapping is sent as JSON. Default: an API error.
        times: Number of requests; `None` means always.
    """

    def change(_answer: Answer, call: Call) -> Answer:
        if body is None:
            code = _CODES_BY_STATUS.get(http_code, f"Http{http_code}")
            return error_answer(
                call, code, f"HTTP status {http_code}.", status=http_code
            )
        if isinstance(body, Mapping):
            return json_answer(body, status=http_code)
        content = body.encode() if isinstance(body, str) else body
        return Answer(status=http_code, body=content)

    return Fault(f"status({http_code})", change, times)


def bad_gateway_html(times: int | None = 1) -> Fault:
    """Respond with status 502 and the HTML page of a proxy.

    Args:
        times: Number of requests; `None` means always.
    """
    return _replaced(
        "bad_gateway_html",
        Answer(502, _BAD_GATEWAY_PAGE, {"content-type": "text/html"}),
        times,
    )


def cut_connection(times: int | None = 1, *, after_bytes: int = 0) -> Fault:
    """Close the connection too early.

    In memory (`httpx.ASGITransport`) there is no connection, so the transport raises
    `ConnectionResetError`.

    Args:
        times: Number of requests; `None` means always.
        after_bytes: Bytes of the body to send first. 0 resets without any response.
    """
    return _changed(
        "cut_connection", lambda answer: replace(answer, cut_after=after_bytes), times
    )


def slow(seconds: float, times: int | None = 1) -> Fault:
    """Delay the response.

    Args:
        seconds: The delay, in seconds of real time.
        times: Number of requests; `None` means always.
    """
    return _changed(
        "slow",
        lambda answer: replace(answer, slow_seconds=seconds),
        times,
        spoils=False,
    )


def drip(seconds: float, times: int | None = 1) -> Fault:
    """Send the response slowly, in 20 pieces.

    In memory, the client receives the body in one piece.

    Args:
        seconds: Duration of the response, in seconds of real time.
        times: Number of requests; `None` means always.
    """
    return _changed(
        "drip",
        lambda answer: replace(answer, drip_seconds=seconds),
        times,
        spoils=False,
    )


def hang(times: int | None = 1) -> Fault:
    """Never respond, until the client disconnects or the emulator stops.

    In memory, no read timeout applies: the test needs its own.

    Args:
        times: Number of requests; `None` means always.
    """
    return _changed("hang", lambda answer: replace(answer, hangs=True), times)


def truncated_json(times: int | None = 1) -> Fault:
    """Send only the first half of the body, as a complete response.

    Args:
        times: Number of requests; `None` means always.
    """
    return _changed(
        "truncated_json",
        lambda answer: replace(answer, body=answer.body[: len(answer.body) // 2]),
        times,
    )


def not_json(times: int | None = 1) -> Fault:
    """Respond with status 200 and a body that is not JSON, although its type says so.

    Args:
        times: Number of requests; `None` means always.
    """
    return _replaced("not_json", Answer(body=b"It works!"), times)


def wrong_content_type(times: int | None = 1) -> Fault:
    """Send the correct body with the content type `text/html`.

    Args:
        times: Number of requests; `None` means always.
    """
    return _changed(
        "wrong_content_type",
        lambda answer: replace(answer, headers={"content-type": "text/html"}),
        times,
    )


def no_job(times: int | None = 1) -> Fault:
    """Respond with status 200, without a `Job`.

    Args:
        times: Number of requests; `None` means always.
    """
    return Fault(
        "no_job", lambda _, call: json_answer({"RequestId": call.request_id}), times
    )


def other_job(job_id: str = "f" * 32, times: int | None = 1) -> Fault:
    """Respond with a different job, which has succeeded.

    Args:
        job_id: ID of the job in the response.
        times: Number of requests; `None` means always.
    """

    def change(_answer: Answer, call: Call) -> Answer:
        job = EmulatedJob(job_id, "cn-shanghai", call.now)
        built = built_job(job, Step("Success"), call.now)
        return json_answer({"RequestId": call.request_id, "Job": built})

    return Fault("other_job", change, times)


def null_fields(times: int | None = 1) -> Fault:
    """Send the correct response with `null` for every field of its `Job`.

    Args:
        times: Number of requests; `None` means always.
    """

    def change(answer: Answer, call: Call) -> Answer:
        try:
            content = json.loads(answer.body)
        except ValueError:
            content = {}
        job = content.get("Job") if isinstance(content, dict) else None
        nulls = dict.fromkeys(job) if isinstance(job, dict) else None
        return json_answer({"RequestId": call.request_id, "Job": nulls})

    return Fault("null_fields", change, times)


def huge_body(
    megabytes: int = 20, times: int | None = 1, *, declares_length: bool = True
) -> Fault:
    """Send the correct response with trailing blanks: valid JSON, but far too long.

    Args:
        megabytes: Size of the body, in MB.
        times: Number of requests; `None` means always.
        declares_length: `False`: send no `Content-Length`.
    """

    def pad(answer: Answer) -> Answer:
        body = answer.body.ljust(megabytes * MEGABYTE)
        return replace(answer, body=body, declares_length=declares_length)

    return _changed("huge_body", pad, times)


def redirect(url: str, times: int | None = 1) -> Fault:
    """Respond with status 307. A client that follows it leaks its signature.

    Args:
        url: Target of the redirect.
        times: Number of requests; `None` means always.
    """
    return _replaced("redirect", Answer(307, b"", {"location": url}), times)


def expired_token(times: int | None = 1) -> Fault:
    """Respond that the security token has expired.

    Args:
        times: Number of requests; `None` means always.
    """
    message = "Specified SecurityToken is expired."
    return replace(
        vendor_error("InvalidSecurityToken.Expired", message, times=times),
        name="expired_token",
    )


def nonce_used(times: int | None = 1) -> Fault:
    """Respond that the nonce was used before, as after an unnoticed resend.

    Args:
        times: Number of requests; `None` means always.
    """
    message = "Specified signature nonce was used already."
    return replace(
        vendor_error("SignatureNonceUsed", message, times=times), name="nonce_used"
    )


def clock_skew(seconds: float = 3600, times: int | None = 1) -> Fault:
    """Respond that the date is wrong. The `Date` header is ahead.

    Args:
        seconds: How far the clock of the API is ahead, in seconds.
        times: Number of requests; `None` means always.
    """

    def change(_answer: Answer, call: Call) -> Answer:
        message = "Specified time stamp or date value is expired."
        answer = error_answer(call, "InvalidTimeStamp.Expired", message)
        date = formatdate(call.now + seconds, usegmt=True)
        return replace(answer, headers={**answer.headers, "date": date})

    return Fault("clock_skew", change, times)


def _replaced(name: str, answer: Answer, times: int | None) -> Fault:
    return Fault(name, lambda _answer, _call: answer, times)


def _changed(
    name: str,
    change: Callable[[Answer], Answer],
    times: int | None,
    *,
    spoils: bool = True,
) -> Fault:
    return Fault(name, lambda answer, _call: change(answer), times, spoils)
