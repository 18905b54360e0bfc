"""The request log: requests and responses, without secrets."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pulumi_alicloud_mediaconvert.emulator.signatures import SignedRequest

# Headers in the log. Authorization and the security token never are.
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
    """A request and the status of its response. It contains no secrets."""

    time: float
    """Time of arrival, in seconds since the epoch, by the emulator's clock."""
    method: str
    """HTTP method, in upper case."""
    path: str
    """Path of the URL, as sent."""
    query: Mapping[str, str]
    """Parameters by name, decoded."""
    headers: Mapping[str, str]
    """Headers by name in lower case, without `Authorization` and security tokens."""
    access_key_id: str | None
    """ID of the access key; `None` if there was no `Authorization` header."""
    has_security_token: bool
    """Whether the request had a security token."""
    status: int | None
    """HTTP status of the response; `None` if none was sent."""
    code: str | None
    """Error code of the API; `None` for a success."""
    fault: str | None
    """Name of the fault that applied, such as `throttle`; `None` without one."""

    @property
    def action(self) -> str | None:
        """Requested action, such as `GetMediaConvertJob`; `None` if none was sent."""
        return self.headers.get("x-acs-action")

    @property
    def job_id(self) -> str | None:
        """ID of the requested job; `None` if none was sent."""
        return self.query.get("JobId")


@dataclass(frozen=True)
class Unexpected:
    """A request that a correct client never sends, or a bug in the emulator."""

    reason: str
    """What is wrong with the request."""
    request: LoggedRequest
    """The request."""


class RequestLog:
    """All requests in the order of arrival. Safe to use from any thread.

    Args:
        on_request: Called with each request.
    """

    def __init__(
        self, on_request: Callable[[LoggedRequest], None] = lambda _: None
    ) -> None:
        self._on_request = on_request
        self._requests: list[LoggedRequest] = []
        self._unexpected: list[Unexpected] = []
        self._lock = threading.Condition()

    def add(self, request: LoggedRequest, reasons: list[str]) -> None:
        """Add a request, and the reasons why a correct client never sends it."""
        with self._lock:
            self._requests.append(request)
            self._unexpected += [Unexpected(reason, request) for reason in reasons]
            self._lock.notify_all()
        self._on_request(request)

    def wait(self, count: int, timeout_seconds: float) -> bool:
        """Wait until the log has `count` requests; return whether it has in time."""
        with self._lock:
            return self._lock.wait_for(
                lambda: len(self._requests) >= count, timeout_seconds
            )

    @property
    def requests(self) -> tuple[LoggedRequest, ...]:
        """Requests so far."""
        with self._lock:
            return tuple(self._requests)

    @property
    def unexpected(self) -> tuple[Unexpected, ...]:
        """Requests so far that a correct client never sends."""
        with self._lock:
            return tuple(self._unexpected)

    def take_unexpected(self) -> tuple[Unexpected, ...]:
        """Return and remove the requests that a correct client never sends."""
        with self._lock:
            taken = tuple(self._unexpected)
            self._unexpected.clear()
            return taken


def access_key_id_of(request: SignedRequest) -> str | None:
    """Return the ID of the access key, even from a malformed header."""
    text = request.header("authorization") or ""
    _, found, rest = text.partition("Credential=")
    return rest.partition(",")[0] if found else None
