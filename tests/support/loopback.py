"""Servers on the loopback interface: HTTP, TLS, a proxy, gRPC."""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent import futures
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self

import grpc
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


# `requests` behind a proxy trusts what this package names, and nothing else: no
# variable of the environment leads it to another file.
CERTIFI = """\
def where():
    return {file!r}
"""


class TlsProxy(LoopbackServer):
    """Ends the TLS of each tunnel and hands its requests to a local server.

    Args:
        folder: for the certificates.
        ports: on 127.0.0.1, by the host that is asked for.

    Attributes:
        hosts: that were asked for, in their order.
    """

    def __init__(self, folder: Path, ports: Mapping[str, int]) -> None:
        super().__init__(_Handler)
        self._ports = ports
        self._authority = trustme.CA()
        self._folder = folder
        self.hosts: list[str] = []

    def variables(self) -> dict[str, str]:
        """Return the environment that leads a process here and makes it trust."""
        file = self._folder / "authority.pem"
        self._authority.cert_pem.write_to_path(str(file))
        package = self._folder / "certifi"
        package.mkdir(exist_ok=True)
        (package / "__init__.py").write_text(CERTIFI.format(file=str(file)))
        return {
            "HTTPS_PROXY": self.url,
            "SSL_CERT_FILE": str(file),
            "PYTHONPATH": str(self._folder),
        }

    def port_of(self, host: str) -> int | None:
        """Return the port of the server that plays a host."""
        self.hosts.append(host)
        return self._ports.get(host)

    def context_of(self, host: str) -> ssl.SSLContext:
        """Return a context with a certificate of a host."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._authority.issue_cert(host).configure_cert(context)
        return context


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    port: int | None = None

    def do_CONNECT(self) -> None:
        host = self.path.partition(":")[0]
        proxy: TlsProxy = self.server.owner  # type: ignore[attr-defined]  # of ours
        self.port = proxy.port_of(host)
        if self.port is None:
            return self.send_error(502)
        self.send_response(200)
        self.end_headers()
        # What follows on this connection are the requests within the tunnel.
        self.connection = proxy.context_of(host).wrap_socket(
            self.connection, server_side=True
        )
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)
        self.close_connection = False
        return None

    def finish(self) -> None:
        """Close what the server does not know: the tunnel's own socket."""
        super().finish()
        self.connection.close()

    def do_GET(self) -> None:
        self._forward()

    def do_POST(self) -> None:
        self._forward()

    def _forward(self) -> None:
        if self.port is None:
            return self.send_error(400)
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        server = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        server.request(self.command, self.path, body, dict(self.headers))
        answer = server.getresponse()
        content = answer.read()
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in {"connection", "content-length"}:
                self.send_header(name, value)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        server.close()
        return None

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


URN = "urn:pulumi:test::gate::pulumi-python:dynamic/mediaconvert:Job::trailer"
# Nothing here takes that long; what does has hung.
HUNG_SECONDS = 30


@contextmanager
def served(add, servicer, threads=2):
    """Serve a servicer on a port of its own and give its address."""
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=threads))
    add(servicer, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        server.stop(0).wait()
