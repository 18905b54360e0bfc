"""The connections to the API: each call has one to itself, then leaves it to another.

One pool of httpx for all calls would look at each of its connections at the begin and
at the end of each call: with many side by side, half of their processor time.
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
from pulumi_alicloud_mediaconvert.api.request_logging import keep_job_ids_out
from pulumi_alicloud_mediaconvert.clock import Clock
from pulumi_alicloud_mediaconvert.errors import ConfigurationError

HEADERS = {
    "accept": "application/json",
    "accept-encoding": "identity",
    "user-agent": "pulumi-alicloud-mediaconvert",
}
# Thousands of waits share so many.
MAX_CALLS = 2000
MAX_IDLE = 200
# Looks at a job are up to 20 s apart.
IDLE_SECONDS = 30.0
# Of one client, which keeps a connection to each host that it was used for.
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


class ConnectionPool:
    """Lends clients of httpx, each to one call at a time.

    Args:
        clock: says how long one was idle.
        transport: instead of the network; all clients share it, and each closes it.
    """

    def __init__(
        self, clock: Clock, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._clock = clock
        self._transport = transport
        self._slots = asyncio.Semaphore(MAX_CALLS)
        self._opened: set[httpx.AsyncClient] = set()
        self._idle: deque[tuple[float, httpx.AsyncClient]] = deque()

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[httpx.AsyncClient]:
        """Lend a client, as soon as there is a place for one more call.

        Raises:
            ConfigurationError: the certificates cannot be used.
        """
        async with self._slots:
            # The last one used: those that are not needed any more stay idle.
            client = self._idle.pop()[1] if self._idle else self._open()
            try:
                yield client
            finally:
                if client in self._opened:
                    self._idle.append((self._clock.now(), client))
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
            _, client = self._idle.popleft()
            self._opened.remove(client)
            await client.aclose()

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

    def _open(self) -> httpx.AsyncClient:
        # Not before it is needed: settings of proxies and certificates that cannot be
        # used must not keep `destroy` from running.
        keep_job_ids_out()
        client = httpx.AsyncClient(
            transport=self._transport or ChosenWay(self._proxies, self._trusted),
            # What the environment says is read above, once for all clients.
            trust_env=False,
            headers=HEADERS,
            follow_redirects=False,
        )
        self._opened.add(client)
        return client
