"""An app of the emulator at an address: uvicorn in a thread, which ends at once."""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import Any, cast

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from pulumi_alicloud_mediaconvert.emulator.answers import TRANSPORT_EXTENSION


class Listener:
    """An app that is served at one address, from a thread of its own.

    Args:
        app: that answers.
        host: address to listen on.
        port: 0 takes a free one.

    Attributes:
        authority: host and port, as in a URL.

    Raises:
        OSError: the address cannot be used.
    """

    def __init__(self, app: ASGIApp, host: str, port: int) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        # Listening from here on, so that nobody needs to wait for the thread.
        self._socket = socket.create_server((host, port), family=family)
        # Else the body of each answer waits 40 ms for an acknowledgement of the head:
        # asyncio sets this on sockets alone that it has made itself.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        bound, number = self._socket.getsockname()[:2]
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
        # A server that is stopped before it has begun leaves it open.
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
    """Hands the transport to the app, where a fault can cut it."""

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
    """Ends at once: an answer that hangs on purpose would else be waited for."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        # One turn of the loop, in which the aborted connections are taken note of.
        await asyncio.sleep(0)
        await super().shutdown(sockets)
