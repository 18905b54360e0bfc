"""Which proxy a request takes, by the environment; the one place that decides it.

The variables are read by the rules of `urllib`: lower case wins, an empty value is
none. `NO_PROXY` is read by the rules that Go, curl and httpx share, with IPv6 and
networks; httpx itself fails at an entry that it does not understand, and knows no
networks.

Source: https://pkg.go.dev/golang.org/x/net/http/httpproxy
"""

from __future__ import annotations

import ipaddress
import re
import ssl
from collections.abc import Callable, Mapping

import httpx

from pulumi_alicloud_mediaconvert.errors import ConfigurationError

DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_PORT = 65535
# Of an IPv4 address in an IPv6 one.
MAPPED_BITS = 96
SEPARATORS = re.compile(r"[\s,]+")
ANY = "all"
# A host, in brackets or not, and a port.
HOST_AND_PORT = re.compile(
    r"(?P<host>\[[^]]*\](?:/[^:]*)?|[^:]*)(?::(?P<port>\d{1,5}))?"
)
NETWORK_IN_BRACKETS = re.compile(r"\[([^]]*)\](/.*)?")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Match = Callable[[str, Address | None], bool]


class Proxies:
    """What the environment says of proxies.

    Args:
        stated: as `urllib.request.getproxies` returns it: a URL by the scheme of what
            is asked for, `all` for any, and the hosts that need none under `no`.
        environ: says by which variable each was stated.
    """

    def __init__(self, stated: Mapping[str, str], environ: Mapping[str, str]) -> None:
        self._stated = {name: value.strip() for name, value in stated.items()}
        self._environ = environ
        self._past = [*map(_Exception, SEPARATORS.split(self._stated.get("no", "")))]

    def chosen(self, url: httpx.URL, trusted: ssl.SSLContext) -> httpx.Proxy | None:
        """Return the proxy for a request, `None` where it goes straight.

        Args:
            url: of the request.
            trusted: certificates, for a proxy that is asked by https.

        Raises:
            ConfigurationError: the proxy that would be used cannot be. A variable
                that plays no part for this request is none of its business.
        """
        scheme = next((one for one in (url.scheme, ANY) if self._stated.get(one)), None)
        if scheme is None or self._goes_straight(url):
            return None
        return self._proxy(scheme, trusted)

    def _goes_straight(self, url: httpx.URL) -> bool:
        host = url.raw_host.decode("ascii").lower().rstrip(".")
        address = _address(host)
        # A signed request over plain http must not reach a proxy, and this machine is
        # another one to a proxy.
        if host == "localhost" or (address is not None and address.is_loopback):
            return True
        return any(one.covers(url, host, address) for one in self._past)

    def _proxy(self, scheme: str, trusted: ssl.SSLContext) -> httpx.Proxy:
        # Never quoted: it may hold a password.
        stated = self._stated[scheme]
        name = self._variable(scheme)
        try:
            url = httpx.URL(stated if "://" in stated else f"http://{stated}")
        except (httpx.InvalidURL, UnicodeError):
            raise _refused(name) from None
        if not url.host or (url.port or 0) > MAX_PORT or "%" in url.host:
            raise _refused(name)
        if url.scheme not in DEFAULT_PORTS:
            raise ConfigurationError(
                f"{name} is neither an http nor an https URL (SOCKS is not supported):"
                " set it to another proxy, or add the host of the API to NO_PROXY"
            )
        return httpx.Proxy(url, ssl_context=trusted if url.scheme == "https" else None)

    def _variable(self, scheme: str) -> str:
        """Name the variable that stated a proxy, as `urllib` has found it."""
        names = [name for name in self._environ if name.lower() == f"{scheme}_proxy"]
        names.sort(key=lambda name: not name.endswith("_proxy"))
        holding = [name for name in names if self._environ[name]]
        return next(iter(holding), f"the system's {scheme} proxy")


class _Exception:
    """One entry of `NO_PROXY`; what cannot be understood covers nothing."""

    def __init__(self, entry: str) -> None:
        self._scheme, separator, rest = entry.rpartition("://")
        self._scheme = self._scheme.lower() if separator else ANY
        self._port: int | None = None
        self._matches = self._read(rest.rstrip("/"))

    def covers(self, url: httpx.URL, host: str, address: Address | None) -> bool:
        """Whether a request goes past all proxies.

        Args:
            url: of the request.
            host: of it, in ASCII and lower case.
            address: that the host is; `None` if it is a name.
        """
        port = url.port or DEFAULT_PORTS.get(url.scheme)
        return (
            self._scheme in {ANY, url.scheme}
            and self._port in {None, port}
            and self._matches(host, address)
        )

    def _read(self, entry: str) -> Match:
        network = _network(entry)
        if network is not None:
            return _in_network(network)
        found = HOST_AND_PORT.fullmatch(entry)
        if found is None:
            return _nothing
        self._port = int(found["port"]) if found["port"] else None
        network = _network(found["host"])
        return _in_network(network) if network is not None else _named(found["host"])


def _nothing(_host: str, _address: Address | None) -> bool:
    return False


def _in_network(
    network: ipaddress.IPv4Network | ipaddress.IPv6Network,
) -> Match:
    return lambda _, address: address is not None and address in network


def _named(name: str) -> Match:
    """Match a name with all below it, or with a leading dot just those."""
    if name == "*":
        return lambda _host, _address: True
    bare = name.removeprefix("*").rstrip(".")
    is_below = bare.startswith(".")
    bare = bare.removeprefix(".")
    try:
        # Names that are not ASCII, as httpx writes them into a request.
        ascii_name = httpx.URL(f"http://{bare}").raw_host.decode("ascii")
    except (httpx.InvalidURL, UnicodeError):
        return _nothing
    if not ascii_name:
        return _nothing
    below = f".{ascii_name}"
    return lambda host, _: host.endswith(below) or (host == ascii_name and not is_below)


def _address(host: str) -> Address | None:
    try:
        address = ipaddress.ip_address(host.partition("%")[0].strip("[]"))
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _network(
    entry: str,
) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    """Read an address or a network, with or without brackets, host bits and a zone."""
    bracketed = NETWORK_IN_BRACKETS.fullmatch(entry)
    text = bracketed[1] + (bracketed[2] or "") if bracketed else entry
    address, slash, bits = text.partition("/")
    try:
        network = ipaddress.ip_network(
            address.partition("%")[0] + slash + bits, strict=False
        )
    except ValueError:
        return None
    mapped = getattr(network.network_address, "ipv4_mapped", None)
    if mapped is not None and network.prefixlen >= MAPPED_BITS:
        return ipaddress.ip_network(f"{mapped}/{network.prefixlen - MAPPED_BITS}")
    return network


def _refused(name: str) -> ConfigurationError:
    return ConfigurationError(
        f"{name} is not the URL of a proxy: expected http://<host>:<port>"
    )
