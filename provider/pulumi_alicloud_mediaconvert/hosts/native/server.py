"""The plugin's process: serve the engine, and end with it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import stat
import sys
import threading
from collections.abc import Callable
from typing import NoReturn

import grpc.aio

from pulumi_alicloud_mediaconvert.hosts.engine_watchdog import watch
from pulumi_alicloud_mediaconvert.hosts.event_loop import DaemonThreads
from pulumi_alicloud_mediaconvert.hosts.native.calls import handlers_of
from pulumi_alicloud_mediaconvert.hosts.native.provider import Provider

# What the engine takes and sends at most; gRPC's own limit is 4 MiB.
# Source: `sdk/go/common/util/rpcutil`, `GrpcChannelOptions`.
MAX_MESSAGE_BYTES = 400 * 1024 * 1024
NO_LIMIT = 2**31 - 1
OPTIONS = [
    ("grpc.max_receive_message_length", MAX_MESSAGE_BYTES),
    ("grpc.max_send_message_length", MAX_MESSAGE_BYTES),
    # A program may begin thousands of gates at once. gRPC would drop calls at random
    # where a thousand wait for their turn, and each that waits for 30 seconds.
    ("grpc.server.max_pending_requests", NO_LIMIT),
    ("grpc.server.max_pending_requests_hard_limit", NO_LIMIT),
    ("grpc.server_max_unrequested_time_in_server", NO_LIMIT),
    # A port of this process alone.
    ("grpc.so_reuseport", 0),
]


def run(engine_address: str | None) -> NoReturn:
    """Serve until the engine ends the plugin, or ends itself; never returns.

    Args:
        engine_address: where the engine listens, if it is known already.
    """
    try:
        asyncio.run(serve(engine_address))
    except Exception as error:  # noqa: BLE001  # such as no port, or nobody to read it
        sys.stderr.write(f"The plugin cannot serve an engine: {error}\n")
        sys.stderr.flush()
        os._exit(1)
    # An orderly exit would wait for calls whose answers nobody needs any more, and the
    # engine waits five seconds for a plugin to end.
    sys.stdout.flush()
    os._exit(0)


async def serve(engine_address: str | None) -> None:
    """Serve until a signal, or the end of the engine.

    Prints the port, which the engine reads from the first line of stdout.

    Args:
        engine_address: where the engine listens, if it is known already.
    """
    loop = asyncio.get_running_loop()
    loop.set_default_executor(DaemonThreads())
    ended = asyncio.Event()
    # At the end of each run the engine sends SIGINT to the plugin's process group.
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended.set)

    def end() -> None:
        loop.call_soon_threadsafe(ended.set)

    if not end_with_stdin(end) and engine_address:
        watch(engine_address, end)
    server = grpc.aio.server(options=OPTIONS)
    server.add_generic_rpc_handlers([handlers_of(Provider(engine_address))])
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    await ended.wait()


def end_with_stdin(end: Callable[[], None]) -> bool:
    """End once nobody holds the other end of stdin: the engine was killed.

    The engine gives a plugin a pipe and writes nothing to it. A language host that
    starts a plugin, or a person, gives it something else.

    Args:
        end: called from a thread of its own, once.

    Returns:
        Whether stdin is a pipe.
    """
    try:
        mode = os.fstat(0).st_mode
    except OSError:
        return False
    if not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)):
        return False

    def wait() -> None:
        with contextlib.suppress(OSError):
            while os.read(0, 1024):
                pass
        end()

    threading.Thread(target=wait, name="stdin", daemon=True).start()
    return True
