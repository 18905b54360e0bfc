"""Serves an app of the emulator at one address: uvicorn in a thread."""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import Any, cast

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from pulumi_alicloud_mediaconvert.emulator.answers import TRANSPORT_EXTENSION

# Addresses that stand for all of this machine's, by one that URLs can contain.
LOOPBACK_OF_ALL = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  # users choose it


class Listener:
    """An app that is served at one address, from its own thread.

    Args:
        app: The ASGI app.
        host: Address to listen on.
        port: Port to listen on; 0 selects a free one.

    Attributes:
        authority: Host and port, as in a URL.

    Raises:
        OSError: The address or the port cannot be used.
    """

    def __init__(self, app: ASGIApp, host: str, port: int) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        # Listens from here on, so no caller has to wait for the thread.
        self._socket = socket.create_server((host, port), family=family)
        # Otherwise the body of each response waits 40 ms for an acknowledgement of its
        # head: asyncio sets this only on sockets that it creates itself.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        bound, number = self._socket.getsockname()[:2]
        bound = LOOPBACK_OF_ALL.get(bound, bound)
        self.authority = f"[{bound}]:{number}" if ":" in bound else f"{bound}:{number}"
        self._server = _Server(_configuration(app))
        self._thread = threading.Thread(
            target=self._server.run,
            args=([self._socket],),
            name="emulator",
            daemon=True,
        )
        self._thread.start()

    def close(self) -> None:
        """Stop serving."""
        self._server.should_exit = True
        self._thread.join()
        # A server that stops before it has started leaves the socket open.
        self._socket.close()


def _configuration(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        cast("Any", app),
        loop="asyncio",
        http=_Protocol,
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        # The emulator has its own clock and sends its own date.
        date_header=False,
    )


class _Protocol(H11Protocol):
    """Passes the transport to the app, so that a fault can cut the connection."""

    def connection_made(  # type: ignore[override] # as uvicorn's own
        self, transport: asyncio.Transport
    ) -> None:
        super().connection_made(transport)
        serve = self.app

        async def serve_with_transport(
            scope: Scope, receive: Receive, send: Send
        ) -> None:
            extensions = {TRANSPORT_EXTENSION: transport}
            await cast("ASGIApp", serve)(
                {**scope, "extensions": extensions}, receive, send
            )

        self.app = cast("Any", serve_with_transport)


class _Server(uvicorn.Server):
    """Stops at once, without waiting for responses that hang on purpose."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        # One turn of the loop, in which uvicorn notices the aborted connections.
        await asyncio.sleep(0)
        await super().shutdown(sockets)
