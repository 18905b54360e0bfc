"""The plugin's line to its engine: once it is cut, the process ends.

An engine that is killed tells its plugins nothing. The SDK's would stay for ever, and
a wait in it would go on asking the API for a deployment that is no more. Its parent
process tells nothing either: between the two stands a shell, which stays as well. What
ends with the engine, however it ends, are the connections to the address that it starts
a plugin with.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable

# Before connecting again: that a connection ends says nothing, only that no new one is
# accepted says that the engine has gone.
PAUSE_SECONDS = 1.0
CONNECT_SECONDS = 10.0


def watch(
    address: str, cut: Callable[[], None], *, pause_seconds: float = PAUSE_SECONDS
) -> None:
    """Call once nobody listens at an address any more; nobody waits for that.

    An address that cannot be reached in the first place is not watched.

    Args:
        address: host and port.
        cut: called from a thread of its own, once.
        pause_seconds: between two connections.
    """
    host, _, port = address.rpartition(":")
    try:
        line = socket.create_connection((host, int(port)), CONNECT_SECONDS)
    except (OSError, ValueError):
        return

    def wait() -> None:
        _wait_until_refused(line, pause_seconds)
        cut()

    threading.Thread(target=wait, name="lifeline", daemon=True).start()


def _wait_until_refused(line: socket.socket, pause_seconds: float) -> None:
    address = line.getpeername()
    while True:
        _wait_until_ended(line)
        threading.Event().wait(pause_seconds)
        try:
            line = socket.create_connection(address[:2], CONNECT_SECONDS)
        except ConnectionRefusedError:
            return
        except OSError:
            # Such as no more open files: that says nothing of the engine.
            continue


def _wait_until_ended(line: socket.socket) -> None:
    """Listen to the other end, which says nothing: gRPC speaks when spoken to.

    It ends a connection of this kind after two minutes, which costs another one.
    """
    with line:
        try:
            line.settimeout(None)
            while line.recv(1024):
                pass
        except OSError:
            return
