"""Check an endpoint: a scheme, a host and perhaps a port, and nothing else. Pure."""

from __future__ import annotations

import ipaddress
import re

from pulumi_alicloud_mediaconvert.errors import ConfigurationError
from pulumi_alicloud_mediaconvert.text import in_quotes

ENDPOINT = re.compile(
    r"(?:(?P<scheme>https?)://)?"
    r"(?P<host>[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])"
    r"(?P<port>:\d{1,5})?/?",
    re.ASCII | re.IGNORECASE,
)
# No other names of this machine: only these are kept from proxies.
LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
MAX_PORT = 65535
# Source: RFC 1035, section 2.3.4.
LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII | re.IGNORECASE)
MAX_HOST = 253
IPV4_LIKE = re.compile(r"[\d.]+", re.ASCII)


def checked_endpoint(text: str, name: str) -> str:
    """Return scheme, host and port, without a closing slash.

    Args:
        text: as configured; https if it has no scheme.
        name: of the setting.

    Raises:
        ConfigurationError: it is anything else, or plain http to a foreign host.
    """
    # Never quoted: what does not fit may hold a password.
    found = ENDPOINT.fullmatch(text)
    port = found["port"] or "" if found else ""
    if not found or not _is_host(found["host"]) or int(port[1:] or 0) > MAX_PORT:
        raise ConfigurationError(
            "expected https://<host> or https://<host>:<port>,"
            " without user, path or query",
            setting=name,
        )
    scheme, host = (found["scheme"] or "https").lower(), found["host"].lower()
    if scheme == "http" and host not in LOOPBACK_HOSTS:
        raise ConfigurationError(
            f"http is allowed for {', '.join(sorted(LOOPBACK_HOSTS))} only,"
            f" got {in_quotes(host)}; use https",
            setting=name,
        )
    return f"{scheme}://{host}{port}"


def _is_host(host: str) -> bool:
    if not (host.startswith("[") or IPV4_LIKE.fullmatch(host)):
        return len(host) <= MAX_HOST and all(map(LABEL.fullmatch, host.split(".")))
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return isinstance(address, ipaddress.IPv6Address) is host.startswith("[")
