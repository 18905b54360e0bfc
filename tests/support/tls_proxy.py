"""A proxy on loopback that plays the hosts of the vendor, certificates included."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import trustme

from loopback import LoopbackServer

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
