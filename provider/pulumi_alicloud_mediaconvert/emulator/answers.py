"""Responses, and how they are sent: delayed, cut, in pieces or not at all."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.types import Receive, Scope, Send

from pulumi_alicloud_mediaconvert.emulator.vendor_errors import HTTP_CODES

# Key of the connection's asyncio transport, set by `server`; absent in memory.
TRANSPORT_EXTENSION = "pulumi_alicloud_mediaconvert.transport"
DRIP_PIECES = 20
_JSON = {"content-type": "application/json;charset=utf-8"}
_RESET_INSTEAD_OF_GOODBYE = struct.pack("ii", 1, 0)


@dataclass(frozen=True)
class Call:
    """Facts about a request that its response depends on.

    Attributes:
        request_id: Unique for each request.
        host: The `Host` header.
        region: Region of the address that received it; `None`: of all regions.
        job_id: ID of the requested job, if any.
        now: Time of the emulator, in seconds since the epoch.
    """

    request_id: str
    host: str
    region: str | None
    job_id: str | None
    now: float


@dataclass(frozen=True)
class Answer:
    """A response, and how it is sent.

    Attributes:
        status: HTTP status.
        body: The complete body.
        headers: Headers by name in lower case, without `content-length`.
        code: Error code of the API; `None` for a success.
        slow_seconds: Seconds before the first byte.
        drip_seconds: Seconds for the whole body, sent in small pieces.
        cut_after: Bytes of the body before the connection closes. 0: reset at once.
        hangs: Never send anything.
        declares_length: Whether there is a `Content-Length`.
    """

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=lambda: dict(_JSON))
    code: str | None = None
    slow_seconds: float = 0
    drip_seconds: float = 0
    cut_after: int | None = None
    hangs: bool = False
    declares_length: bool = True

    @property
    def is_sent(self) -> bool:
        """Whether the client receives a status line."""
        return not self.hangs and self.cut_after != 0


def json_answer(content: object, *, status: int = 200) -> Answer:
    """Make a response of JSON, with text unescaped."""
    return Answer(status=status, body=json.dumps(content, ensure_ascii=False).encode())


def error_answer(
    call: Call, code: str, message: str, *, status: int | None = None
) -> Answer:
    """Make an error response of the API.

    Args:
        call: The request.
        code: Error code of the API.
        message: Error message of the API.
        status: HTTP status. Default: that of `HTTP_CODES`, 400 for other codes.
    """
    body = {
        "RequestId": call.request_id,
        "HostId": call.host,
        "Code": code,
        "Message": message,
        "Recommend": f"https://api.aliyun.com/troubleshoot?q={code}",
    }
    return Answer(
        status=status or HTTP_CODES.get(code, 400),
        body=json.dumps(body, ensure_ascii=False).encode(),
        code=code,
    )


async def send_answer(
    answer: Answer, scope: Scope, receive: Receive, send: Send
) -> None:
    """Send a response over ASGI. Returns early if the client disconnects.

    Raises:
        ConnectionResetError: The fault cuts the connection, but there is none because
            the app is called in memory.
    """
    if answer.hangs:
        await _wait_for_disconnect(receive)
        return
    if answer.slow_seconds and not await _pause(answer.slow_seconds, receive):
        return
    if answer.cut_after == 0:
        await _cut(scope, receive, reset=True)
        return
    await send(_start(answer))
    if answer.cut_after is not None:
        piece = answer.body[: answer.cut_after]
        await send({"type": "http.response.body", "body": piece, "more_body": True})
        await _cut(scope, receive, reset=False)
        return
    if answer.drip_seconds:
        await _drip(answer, receive, send)
        return
    await send({"type": "http.response.body", "body": answer.body})


def _start(answer: Answer) -> dict[str, Any]:
    headers = dict(answer.headers)
    if answer.declares_length:
        headers["content-length"] = str(len(answer.body))
    return {
        "type": "http.response.start",
        "status": answer.status,
        "headers": [
            (k.encode("latin-1"), v.encode("latin-1")) for k, v in headers.items()
        ],
    }


async def _drip(answer: Answer, receive: Receive, send: Send) -> None:
    size = -(-len(answer.body) // DRIP_PIECES) or 1
    for offset in range(0, len(answer.body), size):
        piece = answer.body[offset : offset + size]
        await send({"type": "http.response.body", "body": piece, "more_body": True})
        if not await _pause(answer.drip_seconds / DRIP_PIECES, receive):
            return
    await send({"type": "http.response.body", "body": b""})


async def _pause(seconds: float, receive: Receive) -> bool:
    # Unlike a sleep, waiting for the client ends when the server stops.
    try:
        async with asyncio.timeout(seconds):
            await _wait_for_disconnect(receive)
    except TimeoutError:
        return True
    return False


async def _wait_for_disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _cut(scope: Scope, receive: Receive, *, reset: bool) -> None:
    transport = scope.get("extensions", {}).get(TRANSPORT_EXTENSION)
    if transport is None:
        raise ConnectionResetError("the emulator's fault cuts the connection here")
    if reset:
        connection = transport.get_extra_info("socket")
        connection.setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, _RESET_INSTEAD_OF_GOODBYE
        )
        transport.abort()
    else:
        transport.close()
    await _wait_for_disconnect(receive)
