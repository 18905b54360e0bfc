"""Which proxy a request takes, and which one is refused."""

from __future__ import annotations

import os
import ssl
import urllib.request

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pulumi_alicloud_mediaconvert.api.proxies import Proxies
from pulumi_alicloud_mediaconvert.errors import ConfigurationError

TRUSTED = ssl.create_default_context()
PROXY = "http://proxy.example:3128"
SOCKS = "socks5://127.0.0.1:7890"
NAME = "https://ice.cn-shanghai.aliyuncs.com"
IPV4 = "https://192.0.2.7"
IPV6 = "https://[2001:db8::7]"
IDN = "https://xn--bcher-kva.example"


def chosen(url: str, **environ: str) -> httpx.URL | None:
    """Return the proxy of a request, by variables as `urllib` reads them."""
    kept = {name: os.environ.pop(name) for name in [*os.environ] if is_proxy(name)}
    os.environ.update(environ)
    try:
        proxies = Proxies(urllib.request.getproxies(), {**os.environ})
    finally:
        for name in environ:
            del os.environ[name]
        os.environ.update(kept)
    found = proxies.chosen(httpx.URL(url), TRUSTED)
    return found.url if found else None


def is_proxy(name: str) -> bool:
    """Whether a variable says something of proxies."""
    return name.lower().endswith("_proxy")


COVERED = {
    NAME: (
        "*",
        "ice.cn-shanghai.aliyuncs.com",
        "ICE.cn-Shanghai.aliyuncs.com.",
        "aliyuncs.com",
        ".aliyuncs.com",
        "*.aliyuncs.com",
        "*aliyuncs.com",
        "ice.cn-shanghai.aliyuncs.com:443",
        ".aliyuncs.com:443",
        "https://ice.cn-shanghai.aliyuncs.com",
        "all://aliyuncs.com/",
        " other.example , aliyuncs.com ",
        "other.example aliyuncs.com",
        "other.example,\taliyuncs.com,",
    ),
    IPV4: (
        "192.0.2.7",
        "192.0.2.0/24",
        "192.0.2.9/24",
        "192.0.2.0/255.255.255.0",
        "0.0.0.0/0",
        "192.0.2.7:443",
        "::ffff:192.0.2.7",
        "::ffff:192.0.2.0/120",
    ),
    IPV6: (
        "2001:db8::7",
        "2001:DB8:0:0:0:0:0:7",
        "[2001:db8::7]",
        "[2001:db8::7]:443",
        "2001:db8::/32",
        "[2001:db8::]/32",
        "[2001:db8::/32]",
        "2001:db8::5/32",
        "::/0",
        "https://[2001:db8::7]",
        "2001:db8::7%eth0",
    ),
    IDN: ("bücher.example", "BÜCHER.example", ".bücher.example,xn--bcher-kva.example"),
    "https://h.example:8443": ("h.example:8443", "h.example", "example"),
    "https://sub.bücher.example": (".bücher.example", "*.bücher.example"),
}
NOT_COVERED = {
    NAME: (
        "",
        " ",
        ",",
        "cs.com",
        "shanghai.aliyuncs.com.example",
        "ice.cn-shanghai.aliyuncs.com:8443",
        ".ice.cn-shanghai.aliyuncs.com",
        "http://aliyuncs.com",
        "192.0.2.0/24",
        "::/0",
    ),
    IPV4: ("192.0.2.8", "192.0.2.8/30", "192.0.2.7:80", "2", "::/0"),
    IPV6: ("2001:db8::8", "fd00::/8", "[2001:db8::7]:80", "0.0.0.0/0"),
    IDN: ("bucher.example", "büche.example"),
}
GARBAGE = (
    "[::1",
    "::1]",
    "[]",
    ":",
    "::::",
    "://",
    "a:b:c",
    "host:port",
    "host:99999",
    "300.1.2.3/8",
    "10.0.0.0/99",
    "10.0.0.0/8/8",
    "%",
    "ünï cödé",
    "xn--",
    "*",
    "." * 300,
    "é" * 300,
    "http://[",
    "\\",
    "(.*",
)


def cases(table):
    """Lay a table out, one case for each entry."""
    return [
        pytest.param(url, entry, id=f"{entry} {url}")
        for url, entries in table.items()
        for entry in entries
    ]


@pytest.mark.parametrize(("url", "entry"), cases(COVERED))
@pytest.mark.parametrize("name", ["NO_PROXY", "no_proxy"])
def test_what_is_covered_goes_straight(url, entry, name):
    """Names with all below them, addresses, networks, ports, as people write them."""
    assert chosen(url, ALL_PROXY=PROXY, **{name: entry}) is None


@pytest.mark.parametrize(("url", "entry"), cases(NOT_COVERED))
def test_what_is_not_covered_takes_the_proxy(url, entry):
    """Likeness is not enough: another host, port or scheme is another one."""
    assert chosen(url, HTTPS_PROXY=PROXY, NO_PROXY=entry) == httpx.URL(PROXY)


@pytest.mark.parametrize("entry", GARBAGE)
def test_what_cannot_be_understood_is_passed_over(entry):
    """An entry beside it counts all the same, and nothing is refused."""
    assert chosen(NAME, HTTPS_PROXY=PROXY, NO_PROXY=f"{entry},aliyuncs.com") is None


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
@example("[::1]:")
def test_no_text_in_no_proxy_is_refused(text):
    """Whatever stands there, a request takes the proxy or goes straight."""
    found = chosen(NAME, HTTPS_PROXY=PROXY, NO_PROXY=text)

    assert found in {None, httpx.URL(PROXY)}


@pytest.mark.parametrize(
    "url",
    ["http://localhost:1", "http://127.0.0.1:1", "https://127.9.9.9", "http://[::1]:1"],
)
def test_this_machine_is_never_asked_for_at_a_proxy(url):
    """A signed request over plain http must not leave it."""
    assert chosen(url, ALL_PROXY=SOCKS, HTTP_PROXY=PROXY, HTTPS_PROXY=PROXY) is None


OTHER = "http://other.example:1"
PRECEDENCE = {
    "its own before all": ({"HTTPS_PROXY": PROXY, "ALL_PROXY": OTHER}, PROXY),
    "all, where there is no own": ({"ALL_PROXY": PROXY, "HTTP_PROXY": OTHER}, PROXY),
    "lower case": ({"https_proxy": PROXY, "HTTPS_PROXY": OTHER}, PROXY),
    "lower case, though for all": ({"all_proxy": PROXY, "ALL_PROXY": OTHER}, PROXY),
    "an empty one is none": ({"https_proxy": "", "HTTPS_PROXY": OTHER}, None),
    "a blank one is none": ({"HTTPS_PROXY": "  ", "ALL_PROXY": PROXY}, PROXY),
    "without a scheme": ({"HTTPS_PROXY": "proxy.example:3128"}, PROXY),
    "blanks around it": ({"HTTPS_PROXY": f" {PROXY}\n"}, PROXY),
    "of http alone": ({"HTTP_PROXY": PROXY}, None),
    "IPv6": ({"HTTPS_PROXY": "http://[2001:db8::1]:1"}, "http://[2001:db8::1]:1"),
    "asked by https": ({"HTTPS_PROXY": "https://p.example"}, "https://p.example"),
    "an unusable one beside it": ({"all_proxy": SOCKS, "https_proxy": PROXY}, PROXY),
    "an unusable one, not needed": ({"all_proxy": SOCKS, "no_proxy": NAME}, None),
    "unusable, for plain http": ({"HTTP_PROXY": "odd://h", "ALL_PROXY": PROXY}, PROXY),
    "covered in lower case": (
        {"HTTPS_PROXY": PROXY, "no_proxy": "x.example", "NO_PROXY": "*"},
        PROXY,
    ),
}


@pytest.mark.parametrize(("environ", "expected"), PRECEDENCE.values(), ids=PRECEDENCE)
def test_one_variable_decides(environ, expected):
    """The nearest one that is stated; the others play no part, usable or not."""
    assert chosen(NAME, **environ) == (expected and httpx.URL(expected))


UNUSABLE = (
    "socks5://{}h.example:1",
    "socks5h://{}h.example:1",
    "socks4://{}h.example:1",
    "SOCKS5://{}h.example:1",
    "ftp://{}h.example",
    "odd://{}h.example",
    "http://{}",
    "http://{}:3128",
    "http://{}h.example:port",
    "http://{}h.example:99999",
    "http://{}h exa:1",
    "{}h.example:port",
    "://{}",
    "http://{}[::1",
    "http://{}\x7f",
)


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
@pytest.mark.parametrize("value", UNUSABLE)
def test_the_one_that_would_be_used_is_refused_by_its_name(name, value):
    """One line names the variable, and never repeats its value."""
    with pytest.raises(ConfigurationError, match=rf"^{name} ") as caught:
        chosen(NAME, **{name: value.format("user:MARKEDSECRET@"), "HTTP_PROXY": PROXY})

    line = str(caught.value)
    assert line.isprintable()
    assert "MARKED" not in line
    assert "example:" not in line
    assert caught.value.__context__ is None or caught.value.__suppress_context__
