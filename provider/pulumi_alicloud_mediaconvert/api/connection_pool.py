"""The connections to the API: each call has one to itself, then leaves it to another.

One pool of httpx for all calls would look at each of its connections at the begin and
at the end of each call: with many side by side, half of their processor time. Requests
go to a transport of httpx, without its client, which would cost as much again: it
adds cookies and redirects, and we want neither.
"""

from __future__ import annotations

import asyncio
import os
import ssl
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cached_property
from urllib.request import getproxies

import httpx

from pulumi_alicloud_mediaconvert.api.proxies import Proxies
from pulumi_alicloud_mediaconvert.api.request_logging import log_request
from pulumi_alicloud_mediaconvert.clock import Clock
from pulumi_alicloud_mediaconvert.errors import ConfigurationError

# Thousands of waits share so many.
MAX_CALLS = 2000
MAX_IDLE = 200
# Looks at a job are up to 20 s apart.
IDLE_SECONDS = 30.0
# Of one `Connection`, which keeps one to each host that it was used for.
KEPT = httpx.Limits(keepalive_expiry=IDLE_SECONDS)


class ChosenWay(httpx.AsyncBaseTransport):
    """Sends each request by the proxy that it takes, or straight.

    Args:
        proxies: say which.
        trusted: certificates.
    """

    def __init__(self, proxies: Proxies, trusted: ssl.SSLContext) -> None:
        self._proxies = proxies
        self._trusted = trusted
        self._ways: dict[httpx.URL | None, httpx.AsyncHTTPTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request.

        Raises:
            ConfigurationError: the proxy that it would take cannot be used.
        """
        proxy = self._proxies.chosen(request.url, self._trusted)
        key = proxy.url if proxy else None
        if key not in self._ways:
            self._ways[key] = httpx.AsyncHTTPTransport(
                verify=self._trusted, limits=KEPT, proxy=proxy, trust_env=False
            )
        return await self._ways[key].handle_async_request(request)

    async def aclose(self) -> None:
        """Close all connections."""
        while self._ways:
            await self._ways.popitem()[1].aclose()


class Connection:
    """Sends requests one after the other; follows no redirect, keeps no cookie.

    Args:
        transport: of httpx, that sends them.

    Attributes:
        is_closed: whether it was closed.
    """

    def __init__(self, transport: httpx.AsyncBaseTransport) -> None:
        self._transport = transport
        self.is_closed = False

    async def send(self, request: httpx.Request) -> httpx.Response:
        """Send a request, and return the answer, whose body is still to be read.

        Raises:
            httpx.TransportError: there is no answer.
            ConfigurationError: the proxy that it would take cannot be used.
        """
        response = await self._transport.handle_async_request(request)
        response.request = request
        log_request(request, response)
        return response

    async def aclose(self) -> None:
        """Close it."""
        self.is_closed = True
        await self._transport.aclose()


class ConnectionPool:
    """Lends connections, each to one call at a time.

    Args:
        clock: says how long one was idle.
        transport: instead of the network; all connections share it, and each closes it.
    """

    def __init__(
        self, clock: Clock, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._clock = clock
        self._transport = transport
        self._slots = asyncio.Semaphore(MAX_CALLS)
        self._opened: set[Connection] = set()
        self._idle: deque[tuple[float, Connection]] = deque()

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[Connection]:
        """Lend a connection, as soon as there is a place for one more call.

        Raises:
            ConfigurationError: the certificates cannot be used.
        """
        async with self._slots:
            # The last one used: those that are not needed any more stay idle.
            connection = self._idle.pop()[1] if self._idle else self._open()
            try:
                yield connection
            finally:
                if connection in self._opened:
                    self._idle.append((self._clock.now(), connection))
                    await self._close_surplus()

    async def aclose(self) -> None:
        """Close all connections, those of calls under way too."""
        self._idle.clear()
        while self._opened:
            await self._opened.pop().aclose()

    async def _close_surplus(self) -> None:
        long_ago = self._clock.now() - IDLE_SECONDS
        while self._idle and (
            len(self._idle) > MAX_IDLE or self._idle[0][0] < long_ago
        ):
            _, connection = self._idle.popleft()
            self._opened.remove(connection)
            await connection.aclose()

    @cached_property
    def _trusted(self) -> ssl.SSLContext:
        # Takes as long as twenty calls.
        try:
            return httpx.create_ssl_context()
        except (ValueError, OSError):
            raise ConfigurationError(
                "cannot use the certificates of the environment: check SSL_CERT_FILE"
                " and SSL_CERT_DIR"
            ) from None

    @cached_property
    def _proxies(self) -> Proxies:
        return Proxies(getproxies(), os.environ)

    def _open(self) -> Connection:
        # Not before it is needed: settings of proxies and certificates that cannot be
        # used must not keep `destroy` from running.
        connection = Connection(
            self._transport or ChosenWay(self._proxies, self._trusted)
        )
        self._opened.add(connection)
        return connection
