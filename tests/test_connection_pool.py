"""Each call has a connection to itself, and leaves it to a later one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import httpx
import pytest

from api import GIVEN_UP, Source, found
from clock import FakeClock
from jobs import JOB_ID, REGION
from pulumi_alicloud_mediaconvert.api.client import ImsClient
from pulumi_alicloud_mediaconvert.api.connection_pool import (
    IDLE_SECONDS,
    MAX_CALLS,
    MAX_IDLE,
    Connection,
    ConnectionPool,
)

HEAD = "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n"


class Served:
    """An API on a socket of this machine; counts its connections.

    Attributes:
        accepted: how many connections it was asked for.
        left: how many of them it has closed.
    """

    def __init__(self, *, keeps: bool) -> None:
        self.keeps = keeps
        self.accepted = 0
        self.left = asyncio.Semaphore(0)
        self.endpoint = ""

    async def answer(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Answer the calls of one connection, or just the first."""
        self.accepted += 1
        body = json.dumps({"Job": {"JobId": JOB_ID}})
        answer = (HEAD.format(len(body)) + body).encode()
        while await reader.readline():
            await reader.readuntil(b"\r\n\r\n")
            writer.write(answer)
            await writer.drain()
            if not self.keeps:
                break
        writer.close()
        await writer.wait_closed()
        self.left.release()


@asynccontextmanager
async def controller(*, keeps: bool = True) -> AsyncIterator[Served]:
    """Serve a job from a socket of this machine."""
    served = Served(keeps=keeps)
    server = await asyncio.start_server(served.answer, "127.0.0.1", 0)
    served.endpoint = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield served


async def look(client: ImsClient, endpoint: str) -> None:
    """Look at the job by one attempt."""
    await client.get_media_convert_job(
        JOB_ID, region=REGION, endpoint=endpoint, limits=GIVEN_UP
    )


def in_memory(clock: FakeClock) -> ConnectionPool:
    """Make connections that need no network."""
    return ConnectionPool(clock, httpx.MockTransport(lambda _: found()))


async def lent(
    connections: ConnectionPool, count: int, together: AsyncExitStack
) -> list[Connection]:
    """Have so many clients lent at the same time."""
    return [
        await together.enter_async_context(connections.lent()) for _ in range(count)
    ]


@pytest.mark.anyio
async def test_calls_in_turn_share_one_connection():
    """A connection is opened once, and not for each look."""
    async with controller() as served, ImsClient(Source()) as client:
        for _ in range(5):
            await look(client, served.endpoint)

        assert served.accepted == 1


@pytest.mark.anyio
async def test_calls_side_by_side_have_a_connection_each():
    """As many are opened as calls go side by side, and used again by the next ones."""
    async with controller() as served, ImsClient(Source()) as client:
        for _ in range(3):
            await asyncio.gather(*(look(client, served.endpoint) for _ in range(8)))

        assert served.accepted == 8


@pytest.mark.anyio
async def test_a_connection_that_the_api_has_closed_is_replaced():
    """It does not cost an attempt."""
    async with controller(keeps=False) as served, ImsClient(Source()) as client:
        for _ in range(3):
            await look(client, served.endpoint)
            await served.left.acquire()

        assert served.accepted == 3


@pytest.mark.anyio
async def test_nobody_else_has_a_client_that_is_lent():
    """It is lent again when it was given back, also by a call that failed."""
    connections = in_memory(FakeClock())

    async with AsyncExitStack() as together:
        clients = await lent(connections, 3, together)
    with pytest.raises(LookupError):
        async with connections.lent() as again:
            raise LookupError
    async with connections.lent() as once_more:
        pass

    assert len(set(clients)) == 3
    assert again is once_more
    assert again in clients
    await connections.aclose()


@pytest.mark.anyio
async def test_what_nobody_needs_any_more_is_closed():
    """After a burst, calls in turn keep one connection, and not all of them."""
    clock = FakeClock()
    connections = in_memory(clock)
    async with AsyncExitStack() as together:
        clients = await lent(connections, 3, together)

    for _ in range(2):
        assert not any(client.is_closed for client in clients)
        clock.advance(IDLE_SECONDS * 0.6)
        async with connections.lent() as used:
            pass

    assert [client for client in clients if not client.is_closed] == [used]
    await connections.aclose()


@pytest.mark.anyio
async def test_few_stay_open_of_very_many():
    """Of a burst of calls no more connections are kept than a few hundred."""
    connections = in_memory(FakeClock())

    async with AsyncExitStack() as together:
        clients = await lent(connections, MAX_IDLE + 5, together)

    assert sum(client.is_closed for client in clients) == 5
    await connections.aclose()


@pytest.mark.anyio
async def test_a_call_waits_while_very_many_are_under_way():
    """Sockets are bounded: one call more goes when another one has ended."""
    connections = in_memory(FakeClock())

    async def call() -> None:
        async with connections.lent():
            pass

    async with AsyncExitStack() as together:
        await lent(connections, MAX_CALLS - 1, together)
        async with connections.lent():
            waiting = asyncio.create_task(call())
            await asyncio.wait([waiting], timeout=0)
            assert not waiting.done()
        await waiting

    await connections.aclose()


@pytest.mark.anyio
async def test_closing_closes_what_is_idle_and_what_is_in_use():
    """Nothing stays open; who calls after that has a new client."""
    connections = in_memory(FakeClock())

    async with AsyncExitStack() as together:
        clients = await lent(connections, 2, together)
    async with connections.lent():
        await connections.aclose()
    async with connections.lent() as later:
        pass

    assert all(client.is_closed for client in clients)
    assert later not in clients
    await connections.aclose()
