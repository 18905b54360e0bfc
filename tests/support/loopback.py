"""Servers on this machine: those that are no API (no TLS, no trust), and whole ones."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

import trustme

# Longer than any name may be, so that it is refused here and nobody is asked for it.
NO_NAME = ".".join(["a" * 60] * 5)


@contextmanager
def listening(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """Serve one connection after the other; give the address."""
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            # Whoever connects may be gone again, on a machine with other work.
            with contextlib.suppress(OSError):
                connection, _ = server.accept()
                with connection:
                    connection.settimeout(10)
                    answer(connection)

    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"127.0.0.1:{server.getsockname()[1]}"
        finally:
            over.set()
            thread.join()


def plain_text(connection: socket.socket) -> None:
    """Answer as a server without TLS does."""
    connection.recv(4096)
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def http_answer(status: int, body: str) -> Callable[[socket.socket], None]:
    """Answer whatever is asked by this."""

    def answer(connection: socket.socket) -> None:
        connection.recv(4096)
        head = f"HTTP/1.1 {status} Said\r\nContent-Length: {len(body)}\r\n"
        connection.sendall(f"{head}Connection: close\r\n\r\n{body}".encode())

    return answer


def hang_up(connection: socket.socket) -> None:
    """Go away in the middle of the handshake."""
    connection.recv(4096)


def stranger(connection: socket.socket) -> None:
    """Show a certificate of an authority that nobody knows."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    context.wrap_socket(connection, server_side=True).close()


def closed_port() -> str:
    """Give an address that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"127.0.0.1:{server.getsockname()[1]}"


class LoopbackServer:
    """Serves from a thread while its context lasts; its handlers know it as `owner`."""

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._server.owner = self  # type: ignore[attr-defined]  # for the handler

    @property
    def port(self) -> int:
        """Where it listens, on 127.0.0.1."""
        return self._server.server_port

    @property
    def url(self) -> str:
        """The address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        """Serve from a thread."""
        # How often it looks whether it is to end, which a test waits for.
        serve = partial(self._server.serve_forever, poll_interval=0.02)
        threading.Thread(target=serve, daemon=True).start()
        return self

    def __exit__(self, *_exc_info: object) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()
