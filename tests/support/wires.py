"""A network in memory, between a client and an app: slow, broken or not there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

import httpx
from starlette.types import ASGIApp

from pulumi_alicloud_mediaconvert.emulator import Fault, FaultQueue

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
