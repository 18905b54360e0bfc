"""Everything that can go wrong between a client and the API, by name.

A fault is laid over the true answer: `api.faults.add(throttle(times=2))`. It lasts for
`times` requests, `None` for good. Where a fault spoils the answer the job's script does
not count the request as a read. A request that is refused for its form or its
signature meets no fault, so that a bad retry is noticed.
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
    """A named change of the answer.

    Attributes:
        name: as in the log of requests.
        change: makes the spoiled answer from the true one.
        times: over how many requests; `None` for good.
        spoils: whether the client does not get the true answer.
    """

    name: str
    change: Change
    times: int | None = 1
    spoils: bool = True

    def __post_init__(self) -> None:
        """Refuse a fault that would do nothing."""
        if self.times is not None and self.times < 1:
            raise ValueError(f"a fault lasts at least one request, not {self.times}")


def vendor_error(
    code: str,
    message: str = "The emulator was told to answer so.",
    *,
    status: int | None = None,
    times: int | None = 1,
) -> Fault:
    """Refuse with any of the vendor's codes and the HTTP code that goes with it."""

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
    """Refuse as too frequent; `retry_after_ms` adds the header x-acs-retry-after."""

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
    """Answer with an HTTP code; without `body`, with a vendor error fit for it."""

    def change(_answer: Answer, call: Call) -> Answer:
        if body is None:
            code = _CODES_BY_STATUS.get(http_code, f"Http{http_code}")
            return error_answer(call, code, f"Answered {http_code}.", status=http_code)
        if isinstance(body, Mapping):
            return json_answer(body, status=http_code)
        content = body.encode() if isinstance(body, str) else body
        return Answer(status=http_code, body=content)

    return Fault(f"status({http_code})", change, times)


def bad_gateway_html(times: int | None = 1) -> Fault:
    """Answer 502 with the web page of a proxy."""
    return _replaced(
        "bad_gateway_html",
        Answer(502, _BAD_GATEWAY_PAGE, {"content-type": "text/html"}),
        times,
    )


def cut_connection(times: int | None = 1, *, after_bytes: int = 0) -> Fault:
    """End the connection too early.

    Without `after_bytes` it is reset before any byte is sent; with it, headers that
    promise the whole body are sent, then so many bytes of it, then nothing more.
    In memory (`httpx.ASGITransport`) there is no connection: the app raises
    `ConnectionResetError` through the transport instead.
    """
    return _changed(
        "cut_connection", lambda answer: replace(answer, cut_after=after_bytes), times
    )


def slow(seconds: float, times: int | None = 1) -> Fault:
    """Send the true answer after that much silence."""
    return _changed(
        "slow",
        lambda answer: replace(answer, slow_seconds=seconds),
        times,
        spoils=False,
    )


def drip(seconds: float, times: int | None = 1) -> Fault:
    """Send the true answer in 20 pieces over that time.

    In memory the client sees the body only when all of it is there.
    """
    return _changed(
        "drip",
        lambda answer: replace(answer, drip_seconds=seconds),
        times,
        spoils=False,
    )


def hang(times: int | None = 1) -> Fault:
    """Never answer, until the client gives up or the emulator ends.

    In memory no read timeout applies: the caller needs its own time limit.
    """
    return _changed("hang", lambda answer: replace(answer, hangs=True), times)


def truncated_json(times: int | None = 1) -> Fault:
    """Send the first half of the true body as if it were all."""
    return _changed(
        "truncated_json",
        lambda answer: replace(answer, body=answer.body[: len(answer.body) // 2]),
        times,
    )


def not_json(times: int | None = 1) -> Fault:
    """Answer 200 with text that claims to be JSON."""
    return _replaced("not_json", Answer(body=b"It works!"), times)


def wrong_content_type(times: int | None = 1) -> Fault:
    """Send the true body as text/html."""
    return _changed(
        "wrong_content_type",
        lambda answer: replace(answer, headers={"content-type": "text/html"}),
        times,
    )


def no_job(times: int | None = 1) -> Fault:
    """Answer 200 without a `Job`."""
    return Fault(
        "no_job", lambda _, call: json_answer({"RequestId": call.request_id}), times
    )


def other_job(job_id: str = "f" * 32, times: int | None = 1) -> Fault:
    """Answer with another job, one that ended well."""

    def change(_answer: Answer, call: Call) -> Answer:
        job = EmulatedJob(job_id, "cn-shanghai", call.now)
        built = built_job(job, Step("Success"), call.now)
        return json_answer({"RequestId": call.request_id, "Job": built})

    return Fault("other_job", change, times)


def null_fields(times: int | None = 1) -> Fault:
    """Send the true answer with null for every field of its `Job`."""

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
    """Send the true answer followed by blanks: valid JSON, only far too long.

    Without `declares_length` there is no Content-Length to refuse it by.
    """

    def pad(answer: Answer) -> Answer:
        body = answer.body.ljust(megabytes * MEGABYTE)
        return replace(answer, body=body, declares_length=declares_length)

    return _changed("huge_body", pad, times)


def redirect(url: str, times: int | None = 1) -> Fault:
    """Answer 307: a client that follows it takes its signature along."""
    return _replaced("redirect", Answer(307, b"", {"location": url}), times)


def expired_token(times: int | None = 1) -> Fault:
    """Refuse the security token as expired."""
    message = "Specified SecurityToken is expired."
    return replace(
        vendor_error("InvalidSecurityToken.Expired", message, times=times),
        name="expired_token",
    )


def nonce_used(times: int | None = 1) -> Fault:
    """Refuse the nonce as used, as after a resend that nobody noticed."""
    message = "Specified signature nonce was used already."
    return replace(
        vendor_error("SignatureNonceUsed", message, times=times), name="nonce_used"
    )


def clock_skew(seconds: float = 3600, times: int | None = 1) -> Fault:
    """Refuse the date; the Date header tells a clock that far ahead."""

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
