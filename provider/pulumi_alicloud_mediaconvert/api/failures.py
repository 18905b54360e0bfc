"""Why one attempt to read a job failed: what to say, and whether to try again.

Pure: from an exception of httpx to a `Failure`, and from that to the error that the
user sees. What httpx says is never shown: it may repeat the password of a proxy.
"""

from __future__ import annotations

import os
import socket
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import httpx

from pulumi_alicloud_mediaconvert.errors import (
    Advice,
    ApiConnectionError,
    ApiError,
    ApiResponseError,
    ApiStatusError,
    ApiTimeoutError,
    AuthenticationError,
    JobNotFoundError,
    NextStep,
)
from pulumi_alicloud_mediaconvert.text import in_brackets, plain

LATER = (Advice(NextStep.RETRY_LATER),)
NETWORK = (Advice(NextStep.CHECK_NETWORK), *LATER)
CHECK_ENDPOINT = (Advice(NextStep.CHECK_ENDPOINT),)
MAX_NAME = 100
Outdated = Literal["token", "date"]
# Without a status of HTTP, or with one that says nothing.
BRIEF: Mapping[type[ApiError], str] = {
    ApiConnectionError: "no connection",
    ApiTimeoutError: "no response",
    ApiResponseError: "unreadable response",
    AuthenticationError: "no credentials",
}
FIRST_ERROR = 400
# A certificate that begins later, or has ended, by the clock of this machine.
# Source: openssl/x509_vfy.h.
UNTIMELY_CERTIFICATE = frozenset({9, 10})


@dataclass(frozen=True)
class Subject:
    """What a call asks for.

    Attributes:
        job_id: of the job; `None`: the list of jobs.
        region: that is asked.
    """

    job_id: str | None
    region: str

    def __str__(self) -> str:
        """Name it for a person."""
        if self.job_id is None:
            return f"the list of jobs in {self.region}"
        return f"job {plain(self.job_id, longest=MAX_NAME * 2)} in {self.region}"


@dataclass(frozen=True, kw_only=True)
class Failure:
    """Why an attempt failed.

    Attributes:
        error: the class of what the user gets if this was the last attempt.
        what: happened, as the middle of a sentence.
        next_steps: what to do about it.
        is_transient: whether the next attempt may succeed.
        outdated: what of the request may have been too old: its token, or its date,
            with which this machine may have slept.
        retry_after_seconds: the API's wish.
        code: the vendor's, `None` where the answer is not the vendor's.
        status_code: of HTTP; 0 without an answer.
        request_id: of this attempt.
    """

    error: type[ApiError]
    what: str
    next_steps: tuple[Advice, ...]
    is_transient: bool
    outdated: Outdated | None = None
    retry_after_seconds: float | None = None
    code: str | None = None
    status_code: int = 0
    request_id: str | None = None

    @property
    def brief(self) -> str:
        """The failure in a word or two: `503 ServiceUnavailable`, `no response`."""
        status = "" if self.status_code < FIRST_ERROR else str(self.status_code)
        if self.code:
            return f"{status} {self.code}".strip()
        if status:
            return f"HTTP {status}"
        return BRIEF.get(self.error, self.what)

    def raisable(self, subject: Subject, tried: str = "") -> ApiError:
        """Build the error.

        Args:
            subject: what was asked for.
            tried: how often and how long, if more than once.
        """
        request = self.request_id and f"request {self.request_id}"
        facts = in_brackets(self.code, request, tried)
        if self.error is JobNotFoundError:
            message = f"no {subject}{facts}."
        else:
            message = f"cannot read {subject}: {self.what}{facts}."
        answered: dict[str, Any] = {}
        if issubclass(self.error, ApiStatusError):
            answered = {"code": self.code, "status_code": self.status_code}
        return self.error(
            message,
            job_id=subject.job_id,
            region=subject.region,
            request_id=self.request_id,
            next_steps=self.next_steps,
            **answered,
        )


class AttemptFailedError(Exception):
    """Carries a `Failure` from an attempt to the code that decides on the next one."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.what)
        self.failure = failure


def without_credentials(what: str) -> Failure:
    """Describe an attempt that could not be made without credentials."""
    return Failure(
        error=AuthenticationError, what=what, next_steps=LATER, is_transient=True
    )


def broken_answer(what: str, request_id: str | None = None) -> Failure:
    """Describe a success by HTTP that is none by its body."""
    return Failure(
        error=ApiResponseError,
        what=what,
        next_steps=(*LATER, Advice(NextStep.CHECK_ENDPOINT_IF_PERSISTENT)),
        is_transient=True,
        request_id=request_id,
    )


def oversized_answer(largest_mebibytes: float) -> Failure:
    """Describe an answer that was not read to its end."""
    return Failure(
        error=ApiResponseError,
        what=f"the response is larger than {largest_mebibytes:g} MiB",
        next_steps=CHECK_ENDPOINT,
        is_transient=False,
    )


def unanswered(error: Exception, host: str, seconds: float) -> Failure:
    """Describe an attempt that brought no answer, or just the beginning of one.

    Args:
        error: of httpx, or of the time limit.
        host: that was asked.
        seconds: after which it was given up, if it was for the time.
    """
    if isinstance(error, TimeoutError | httpx.TimeoutException):
        return Failure(
            error=ApiTimeoutError,
            what=f"{host} did not respond within {seconds:.3g} s",
            next_steps=NETWORK,
            is_transient=True,
        )
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            why = plain(getattr(cause, "verify_message", ""), longest=MAX_NAME)
            number = getattr(cause, "verify_code", None)
            return Failure(
                error=ApiConnectionError,
                what=f"the certificate of {host} is not trusted"
                + (f" ({why})" if why else ""),
                next_steps=(Advice(NextStep.TRUST_CERTIFICATE),),
                is_transient=False,
                outdated="date" if number in UNTIMELY_CERTIFICATE else None,
            )
    next_steps: tuple[Advice, ...] = NETWORK
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        what = f"cannot resolve the host name {host}"
        next_steps = (Advice(NextStep.CHECK_HOST_NAME),)
    elif isinstance(error, httpx.RemoteProtocolError | httpx.ReadError):
        what = f"the connection to {host} broke before the response was complete"
    else:
        what = f"cannot connect to {host}: {_why(error, causes)}"
    return Failure(
        error=ApiConnectionError,
        what=what,
        next_steps=next_steps,
        is_transient=True,
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        cause = waiting.pop(0)
        if cause is None or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        waiting += [cause.__cause__, cause.__context__]
        if isinstance(cause, BaseExceptionGroup):
            waiting += cause.exceptions


def _why(error: Exception, causes: list[BaseException]) -> str:
    # In the system's own words, found by number.
    for cause in causes:
        if isinstance(cause, ssl.SSLError):
            return "TLS failed"
        if isinstance(cause, OSError) and cause.errno:
            return os.strerror(cause.errno).lower()
    if isinstance(error, httpx.ProxyError):
        return "the proxy refused"
    return "no connection could be made"
