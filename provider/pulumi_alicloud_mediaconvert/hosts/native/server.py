"""The plugin's process: serve the engine, and end with it."""

from __future__ import annotations

import asyncio
import os
import signal
import stat
import sys
import threading
from typing import NoReturn

import grpc.aio

from pulumi_alicloud_mediaconvert.hosts.event_loop import DaemonThreads
from pulumi_alicloud_mediaconvert.hosts.native.calls import handlers_of
from pulumi_alicloud_mediaconvert.hosts.native.provider import Provider

# What the engine takes and sends at most; gRPC's own limit is 4 MiB.
# Source: `sdk/go/common/util/rpcutil`, `GrpcChannelOptions`.
MAX_MESSAGE_BYTES = 400 * 1024 * 1024
OPTIONS = [
    ("grpc.max_receive_message_length", MAX_MESSAGE_BYTES),
    ("grpc.max_send_message_length", MAX_MESSAGE_BYTES),
]


def run(engine_address: str | None) -> NoReturn:
    """Serve until the engine ends the plugin, or ends itself; never returns.

    Args:
        engine_address: where the engine listens, if it is known already.
    """
    asyncio.run(serve(Provider(engine_address)))
    # An orderly exit would wait for calls that nobody waits for any more: the engine
    # gives a plugin five seconds, and has what it needs.
    sys.stdout.flush()
    os._exit(0)


async def serve(provider: Provider) -> None:
    """Serve until told to end.

    Prints the port, which the engine reads from the first line of stdout.
    """
    loop = asyncio.get_running_loop()
    loop.set_default_executor(DaemonThreads())
    ended = asyncio.Event()
    # At the end of each run the engine sends SIGINT to the plugin's process group.
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended.set)
    end_with_stdin(loop, ended)
    server = grpc.aio.server(options=OPTIONS)
    server.add_generic_rpc_handlers([handlers_of(provider)])
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    await ended.wait()


def end_with_stdin(loop: asyncio.AbstractEventLoop, ended: asyncio.Event) -> None:
    """End once nobody holds the other end of stdin: the engine was killed.

    The engine gives a plugin a pipe and writes nothing to it. A language host that
    starts a plugin, or a person, may give it something else.
    """
    try:
        mode = os.fstat(0).st_mode
    except OSError:
        return
    if not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)):
        return

    def wait() -> None:
        try:
            while os.read(0, 1024):
                pass
        except OSError:
            pass
        loop.call_soon_threadsafe(ended.set)

    threading.Thread(target=wait, name="stdin", daemon=True).start()
