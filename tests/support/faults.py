"""Faults of network and API: each with what becomes of it, and vendor codes."""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Iterator, MutableMapping
from dataclasses import dataclass
from typing import Any

import httpx
from starlette.types import ASGIApp

from api import caused
from pulumi_alicloud_mediaconvert.emulator import Fault, FaultQueue, faults
from pulumi_alicloud_mediaconvert.error_codes import ErrorKind, meaning_of
from pulumi_alicloud_mediaconvert.hosts.engine_messages import ENGINE

Message = MutableMapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class NetworkFault(Fault):
    """A fault that no API answers with: the connection does not come about.

    Attributes:
        error: makes what httpx raises.
    """

    error: Callable[[], httpx.TransportError]


def unreachable(
    error: Callable[[], httpx.TransportError], times: int | None
) -> NetworkFault:
    """Let so many connections fail."""
    return NetworkFault("unreachable", lambda answer, _: answer, times, error=error)


class Wire(httpx.AsyncBaseTransport):
    """Carries requests to an app in memory, and its answers back piece by piece.

    As on a network, the client's read timeout holds for each piece, and the connection
    may break at any of them.

    Attributes:
        faults: of the network; those of the API lie in the app.
        carried: how many requests it was given.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.faults = FaultQueue()
        self.carried = 0
        self._app = app

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request, and return its answer as far as its headers."""
        self.carried += 1
        fault = self.faults.take(request.url.params.get("JobId"))
        if isinstance(fault, NetworkFault):
            raise fault.error()
        exchange = _Exchange(self._app, request)
        try:
            start = await exchange.message()
        except BaseException:
            await exchange.aclose()
            raise
        return httpx.Response(
            start["status"], headers=start["headers"], stream=exchange
        )


class _Exchange(httpx.AsyncByteStream):
    """One request at an app, and the body of its answer."""

    def __init__(self, app: ASGIApp, request: httpx.Request) -> None:
        self._asked = False
        self._read_seconds = request.extensions["timeout"]["read"]
        self._messages: asyncio.Queue[Message | Exception] = asyncio.Queue()
        self._task = asyncio.create_task(self._serve(app, request))

    async def message(self) -> Message:
        try:
            async with asyncio.timeout(self._read_seconds):
                message = await self._messages.get()
        except TimeoutError:
            raise httpx.ReadTimeout("nothing came") from None
        if isinstance(message, ConnectionResetError):
            raise httpx.ReadError("the connection broke")
        if isinstance(message, Exception):
            raise message
        return message

    async def __aiter__(self) -> AsyncIterator[bytes]:
        more = True
        while more:
            message = await self.message()
            more = message.get("more_body", False)
            yield message["body"]

    async def aclose(self) -> None:
        self._task.cancel()
        await asyncio.wait([self._task])

    async def _serve(self, app: ASGIApp, request: httpx.Request) -> None:
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": request.method,
            "scheme": request.url.scheme,
            "path": request.url.path,
            "query_string": request.url.query,
            "headers": [(name.lower(), value) for name, value in request.headers.raw],
        }
        try:
            await app(scope, self._receive, self._messages.put)
        except Exception as error:  # noqa: BLE001  # whoever reads gets it
            await self._messages.put(error)

    async def _receive(self) -> Message:
        if self._asked:
            await asyncio.Event().wait()
        self._asked = True
        return {"type": "http.request", "body": b"", "more_body": False}


# For each moment three signs, for a fault that comes once, three times, for good:
#   =  nothing changes but the time
#   -  retried until the time is spent, then one line; what was known is kept
#   !  one line at once, since nothing would change; what was known is kept
#   n  a preview's note that the job was not looked at
FAULT_OUTCOMES = """
fault                  first  waiting  last  settling  preview  refresh  function
throttle               ==-    ==-      ==-   ==-       nnn      ==-      ==-
throttle by 403        ==-    ==-      ==-   ==-       nnn      ==-      ==-
throttle with a wish   ==-    ==-      ==-   ==-       nnn      ==-      ==-
429                    ==-    ==-      ==-   ==-       nnn      ==-      ==-
500                    ==-    ==-      ==-   ==-       nnn      ==-      ==-
502 with HTML          ==-    ==-      ==-   ==-       nnn      ==-      ==-
503                    ==-    ==-      ==-   ==-       nnn      ==-      ==-
reset before the body  ==-    ==-      ==-   ==-       nnn      ==-      ==-
reset in the body      ==-    ==-      ==-   ==-       nnn      ==-      ==-
first byte after 4 s   ===    ===      ===   ===       nnn      ===      ===
first byte after 30 s  ==-    ==-      =--   ==-       nnn      =--      =--
drip of 4 s            ===    ===      ===   ===       nnn      ===      ===
drip of 60 s           ==-    ==-      ---   ==-       nnn      =--      =--
hang                   ==-    ==-      =--   ==-       nnn      =--      =--
truncated JSON         ==-    ==-      ==-   ==-       nnn      ==-      ==-
not JSON               ==-    ==-      ==-   ==-       nnn      ==-      ==-
wrong content type     ===    ===      ===   ===       ===      ===      ===
no Job                 ==-    ==-      ==-   ==-       nnn      ==-      ==-
other job              ==-    ==-      ==-   ==-       nnn      ==-      ==-
null fields            ==-    ==-      ==-   ==-       nnn      ==-      ==-
1 MB body              ===    ===      ===   ===       nnn      ===      ===
20 MB body             !!!    !!!      !!!   !!!       nnn      !!!      !!!
20 MB, no length       !!!    !!!      !!!   !!!       nnn      !!!      !!!
redirect               !!!    !!!      !!!   !!!       nnn      !!!      !!!
expired token          =!!    =!!      =!!   =!!       =nn      =!!      =!!
replayed nonce         ==-    ==-      ==-   ==-       nnn      ==-      ==-
clock skew             =!!    =!!      =!!   =!!       =nn      =!!      =!!
DNS failure            ==-    ==-      ==-   ==-       nnn      ==-      ==-
TLS failure            ==-    ==-      ==-   ==-       nnn      ==-      ==-
untrusted certificate  !!!    !!!      !!!   !!!       nnn      !!!      !!!
connection refused     ==-    ==-      ==-   ==-       nnn      ==-      ==-
"""
TIMES = {"once": 1, "three times": 3, "for good": None}


def no_connection(
    cause: Callable[[], OSError],
) -> Callable[[int | None], Fault]:
    """Make a fault of the network, with what httpx raises for it."""

    def make(times: int | None) -> Fault:
        return unreachable(lambda: caused(httpx.ConnectError("x"), cause()), times)

    return make


FAULTS: dict[str, Callable[[int | None], Fault]] = {
    "throttle": faults.throttle,
    "throttle by 403": lambda times: faults.throttle(times, code="RequestsTooFrequent"),
    "throttle with a wish": lambda times: faults.throttle(times, retry_after_ms=2000),
    "429": lambda times: faults.status(429, times=times),
    "500": lambda times: faults.status(500, times=times),
    "502 with HTML": faults.bad_gateway_html,
    "503": lambda times: faults.vendor_error("ServiceUnAvailable", times=times),
    "reset before the body": faults.cut_connection,
    "reset in the body": lambda times: faults.cut_connection(times, after_bytes=99),
    "first byte after 4 s": lambda times: faults.slow(4, times),
    "first byte after 30 s": lambda times: faults.slow(30, times),
    "drip of 4 s": lambda times: faults.drip(4, times),
    "drip of 60 s": lambda times: faults.drip(60, times),
    "hang": faults.hang,
    "truncated JSON": faults.truncated_json,
    "not JSON": faults.not_json,
    "wrong content type": faults.wrong_content_type,
    "no Job": faults.no_job,
    "other job": lambda times: faults.other_job(times=times),
    "null fields": faults.null_fields,
    "1 MB body": lambda times: faults.huge_body(1, times),
    "20 MB body": lambda times: faults.huge_body(20, times),
    "20 MB, no length": lambda times: faults.huge_body(
        20, times, declares_length=False
    ),
    "redirect": lambda times: faults.redirect("https://elsewhere.example/", times),
    "expired token": faults.expired_token,
    "replayed nonce": faults.nonce_used,
    "clock skew": lambda times: faults.clock_skew(times=times),
    "DNS failure": no_connection(lambda: socket.gaierror(-2, "x")),
    "TLS failure": no_connection(lambda: ssl.SSLError(1, "x")),
    "untrusted certificate": no_connection(lambda: ssl.SSLCertVerificationError(1, "")),
    "connection refused": no_connection(lambda: ConnectionRefusedError(111, "x")),
}


def cells() -> Iterator[tuple[str, str, str]]:
    """Read the table: fault, moment, signs."""
    head, *rows = [line.split("  ") for line in FAULT_OUTCOMES.strip().splitlines()]
    _, *moments = filter(None, head)
    for row in rows:
        fault, *signs = (cell.strip() for cell in row if cell.strip())
        yield from ((fault, *cell) for cell in zip(moments, signs, strict=True))


# Status, code, kind, attempts (once, twice with a new token or date, or again).
VENDOR_TABLE = """
400  MissingParameter                            request        once
400  InvalidParameter                            request        once
400  InvalidParameter.JobId                      request        once
403  OperationDenied                             permission     once
403  OperationDenied.Suspended                   permission     once
404  ProjectNotFound                             request        once
404  ResourceNotFound                            not found      once
403  RequestsTooFrequent                         throttle       again
403  Forbidden                                   permission     once
500  InternalError                               server         again
503  ServiceUnAvailable                          server         again
400  Throttling                                  throttle       again
400  Throttling.User                             throttle       again
400  Throttling.Api                              throttle       again
429  Throttling.Api.Risk                         throttle       again
503  ServiceUnavailable                          server         again
400  SignatureNonceUsed                          replay         again
400  InvalidTimeStamp.Expired                    clock          twice
400  InvalidTimeStamp.Format                     request        once
404  InvalidAccessKeyId.NotFound                 key            once
400  InvalidAccessKeyId.Inactive                 key            once
400  SignatureDoesNotMatch                       key            once
400  IncompleteSignature                         key            once
400  InvalidSignatureMethod                      key            once
400  InvalidSecurityToken.Expired                expired token  twice
400  InvalidSecurityToken.Malformed              key            once
400  InvalidSecurityToken.MismatchWithAccessKey  key            once
400  MissingSecurityToken                        key            once
403  Forbidden.RAM                               permission     once
403  NoPermission                                permission     once
403  Forbidden.RiskControl                       permission     once
403  Forbidden.AccessKeyDisabled                 key            once
404  InvalidApi.NotFound                         request        once
404  InvalidAction.NotFound                      request        once
404  InvalidProduct.NotFound                     request        once
400  InvalidVersion                              request        once
400  InvalidProtocol.NeedSsl                     request        once
"""
# Of these the vendor's message may repeat what was signed: it is never shown or kept.
SILENT = {ErrorKind.KEY, ErrorKind.EXPIRED_TOKEN, ErrorKind.CLOCK}


@dataclass(frozen=True)
class VendorCode:
    """A row of the table.

    Attributes:
        status: of HTTP, as documented.
        code: the vendor's.
        kind: of the refusal.
        attempts: `once`, `twice` or `again`.
    """

    status: int
    code: str
    kind: ErrorKind
    attempts: str


def _rows() -> list[VendorCode]:
    lines = [line.split("  ") for line in VENDOR_TABLE.strip().splitlines()]
    cells = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    return [
        VendorCode(int(status), code, ErrorKind(kind), attempts)
        for status, code, kind, attempts in cells
    ]


VENDOR_CODES = _rows()


def said_of(
    code: str, job_id: str, *, words: str, request_id: str, times: str = ""
) -> str:
    """Write the line that a person gets, by the row of the code in `error_codes`.

    Args:
        code: the vendor's.
        job_id: of the job that was asked for.
        words: of the vendor; not shown where they may repeat what was signed.
        request_id: of the call.
        times: of both sides, where the clock is off.
    """
    meaning = meaning_of(code)
    assert meaning is not None
    job, facts = f"job {job_id} in cn-shanghai", f"({code}, request {request_id})"
    quoted = "" if meaning.kind in SILENT else f': "{words}"'
    said = f"cannot read {job}: {meaning.what}{times}{quoted} {facts}."
    if meaning.kind is ErrorKind.NOT_FOUND:
        said = f"no {job} {facts}."
    return " ".join([said, *map(ENGINE.next_step, meaning.next_steps)])


def without_attempts(line: str) -> str:
    """Return a line without how often and how long a call was tried."""
    return re.sub(r", \d+ attempts in \d+ s\)", ")", line)
