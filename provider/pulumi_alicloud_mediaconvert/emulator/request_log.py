"""What was asked and what was answered, without anything secret."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pulumi_alicloud_mediaconvert.emulator.signatures import SignedRequest

# Kept in the log; Authorization and the security token never are.
LOGGED_HEADERS = (
    "accept",
    "content-type",
    "host",
    "user-agent",
    "x-acs-action",
    "x-acs-content-sha256",
    "x-acs-date",
    "x-acs-retry-attempts",
    "x-acs-signature-nonce",
    "x-acs-version",
)


@dataclass(frozen=True)
class LoggedRequest:
    """One request and the answer to it.

    Attributes:
        time: when it came, in seconds since the epoch by the emulator's clock.
        method: upper case.
        path: as sent.
        query: parameters by name, decoded.
        headers: those of `LOGGED_HEADERS` that were sent.
        access_key_id: as claimed, `None` without an Authorization header.
        has_security_token: whether there was a token.
        status: HTTP code of the answer; `None` where none was sent.
        code: the vendor's error code; `None` beside a success.
        fault: name of the fault that lay over it, if one did.
    """

    time: float
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    access_key_id: str | None
    has_security_token: bool
    status: int | None
    code: str | None
    fault: str | None

    @property
    def action(self) -> str | None:
        """The action that was asked for."""
        return self.headers.get("x-acs-action")

    @property
    def job_id(self) -> str | None:
        """The job that was asked for."""
        return self.query.get("JobId")


@dataclass(frozen=True)
class Unexpected:
    """Something that no correct client does, or a mistake of the emulator itself."""

    reason: str
    request: LoggedRequest


class RequestLog:
    """All requests in the order of their arrival; safe to use from any thread.

    Args:
        on_request: called with each of them.
    """

    def __init__(
        self, on_request: Callable[[LoggedRequest], None] = lambda _: None
    ) -> None:
        self._on_request = on_request
        self._requests: list[LoggedRequest] = []
        self._unexpected: list[Unexpected] = []
        self._lock = threading.Condition()

    def add(self, request: LoggedRequest, reasons: list[str]) -> None:
        """Keep a request, and what about it was unexpected."""
        with self._lock:
            self._requests.append(request)
            self._unexpected += [Unexpected(reason, request) for reason in reasons]
            self._lock.notify_all()
        self._on_request(request)

    def wait(self, count: int, timeout_seconds: float) -> bool:
        """Wait until so many requests have come; say whether they have in time."""
        with self._lock:
            return self._lock.wait_for(
                lambda: len(self._requests) >= count, timeout_seconds
            )

    @property
    def requests(self) -> tuple[LoggedRequest, ...]:
        """What was asked so far."""
        with self._lock:
            return tuple(self._requests)

    @property
    def unexpected(self) -> tuple[Unexpected, ...]:
        """What should not have been asked so far."""
        with self._lock:
            return tuple(self._unexpected)

    def take_unexpected(self) -> tuple[Unexpected, ...]:
        """Return what should not have been asked, and forget it."""
        with self._lock:
            taken = tuple(self._unexpected)
            self._unexpected.clear()
            return taken


def access_key_id_of(request: SignedRequest) -> str | None:
    """Read who claims to ask, even where the header is malformed otherwise."""
    text = request.header("authorization") or ""
    _, found, rest = text.partition("Credential=")
    return rest.partition(",")[0] if found else None
