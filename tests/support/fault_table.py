"""Every fault, and what becomes of it at every moment: one table.

Of the emulator's faults each has a row, and what keeps a connection from coming about.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator

import httpx

from api_stand_ins import caused
from pulumi_alicloud_mediaconvert.emulator import Fault, faults
from wires import unreachable

# For each moment three signs, for a fault that comes once, three times, for good:
#   =  nothing changes but the time
#   -  retried until the time is spent, then one line; what was known is kept
#   !  one line at once, since nothing would change; what was known is kept
#   n  a preview's note that the job was not looked at
OUTCOMES = """
fault                  first  waiting  last  settling  preview  refresh  function
throttle               ==-    ==-      ==-   ==-       nnn      ==-      ==-
throttle by 403        ==-    ==-      ==-   ==-       nnn      ==-      ==-
throttle with a wish   ==-    ==-      ==-   ==-       nnn      ==-      ==-
429                    ==-    ==-      ==-   ==-       nnn      ==-      ==-
500                    ==-    ==-      ==-   ==-       nnn      ==-      ==-
502 with HTML          ==-    ==-      ==-   ==-       nnn      ==-      ==-
503                    ==-    ==-      ==-   ==-       nnn      ==-      ==-
reset before the body  ==-    ==-      ==-   ==-       nnn      ==-      ==-
reset in the body      ==-    ==-      ==-   ==-       nnn      ==-      ==-
first byte after 4 s   ===    ===      ===   ===       nnn      ===      ===
first byte after 30 s  ==-    ==-      =--   ==-       nnn      =--      =--
drip of 4 s            ===    ===      ===   ===       nnn      ===      ===
drip of 60 s           ==-    ==-      ---   ==-       nnn      =--      =--
hang                   ==-    ==-      =--   ==-       nnn      =--      =--
truncated JSON         ==-    ==-      ==-   ==-       nnn      ==-      ==-
not JSON               ==-    ==-      ==-   ==-       nnn      ==-      ==-
wrong content type     ===    ===      ===   ===       ===      ===      ===
no Job                 ==-    ==-      ==-   ==-       nnn      ==-      ==-
other job              ==-    ==-      ==-   ==-       nnn      ==-      ==-
null fields            ==-    ==-      ==-   ==-       nnn      ==-      ==-
1 MB body              ===    ===      ===   ===       nnn      ===      ===
20 MB body             !!!    !!!      !!!   !!!       nnn      !!!      !!!
20 MB, no length       !!!    !!!      !!!   !!!       nnn      !!!      !!!
redirect               !!!    !!!      !!!   !!!       nnn      !!!      !!!
expired token          =!!    =!!      =!!   =!!       =nn      =!!      =!!
replayed nonce         ==-    ==-      ==-   ==-       nnn      ==-      ==-
clock skew             =!!    =!!      =!!   =!!       =nn      =!!      =!!
DNS failure            ==-    ==-      ==-   ==-       nnn      ==-      ==-
TLS failure            ==-    ==-      ==-   ==-       nnn      ==-      ==-
untrusted certificate  !!!    !!!      !!!   !!!       nnn      !!!      !!!
connection refused     ==-    ==-      ==-   ==-       nnn      ==-      ==-
"""
TIMES = {"once": 1, "three times": 3, "for good": None}


def no_connection(
    cause: Callable[[], OSError],
) -> Callable[[int | None], Fault]:
    """Make a fault of the network, with what httpx raises for it."""

    def make(times: int | None) -> Fault:
        return unreachable(lambda: caused(httpx.ConnectError("x"), cause()), times)

    return make


FAULTS: dict[str, Callable[[int | None], Fault]] = {
    "throttle": faults.throttle,
    "throttle by 403": lambda times: faults.throttle(times, code="RequestsTooFrequent"),
    "throttle with a wish": lambda times: faults.throttle(times, retry_after_ms=2000),
    "429": lambda times: faults.status(429, times=times),
    "500": lambda times: faults.status(500, times=times),
    "502 with HTML": faults.bad_gateway_html,
    "503": lambda times: faults.vendor_error("ServiceUnAvailable", times=times),
    "reset before the body": faults.cut_connection,
    "reset in the body": lambda times: faults.cut_connection(times, after_bytes=99),
    "first byte after 4 s": lambda times: faults.slow(4, times),
    "first byte after 30 s": lambda times: faults.slow(30, times),
    "drip of 4 s": lambda times: faults.drip(4, times),
    "drip of 60 s": lambda times: faults.drip(60, times),
    "hang": faults.hang,
    "truncated JSON": faults.truncated_json,
    "not JSON": faults.not_json,
    "wrong content type": faults.wrong_content_type,
    "no Job": faults.no_job,
    "other job": lambda times: faults.other_job(times=times),
    "null fields": faults.null_fields,
    "1 MB body": lambda times: faults.huge_body(1, times),
    "20 MB body": lambda times: faults.huge_body(20, times),
    "20 MB, no length": lambda times: faults.huge_body(
        20, times, declares_length=False
    ),
    "redirect": lambda times: faults.redirect("https://elsewhere.example/", times),
    "expired token": faults.expired_token,
    "replayed nonce": faults.nonce_used,
    "clock skew": lambda times: faults.clock_skew(times=times),
    "DNS failure": no_connection(lambda: socket.gaierror(-2, "x")),
    "TLS failure": no_connection(lambda: ssl.SSLError(1, "x")),
    "untrusted certificate": no_connection(lambda: ssl.SSLCertVerificationError(1, "")),
    "connection refused": no_connection(lambda: ConnectionRefusedError(111, "x")),
}


def cells() -> Iterator[tuple[str, str, str]]:
    """Read the table: fault, moment, signs."""
    head, *rows = [line.split("  ") for line in OUTCOMES.strip().splitlines()]
    _, *moments = filter(None, head)
    for row in rows:
        fault, *signs = (cell.strip() for cell in row if cell.strip())
        yield from ((fault, *cell) for cell in zip(moments, signs, strict=True))
