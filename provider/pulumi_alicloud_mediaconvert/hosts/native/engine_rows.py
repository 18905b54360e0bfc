"""Lines on a resource's row in the engine's display.

The engine hides what a plugin prints. Beside an answer, a line here is the only way to
a person. Source: `proto/pulumi/engine.proto`, service `Engine`, call `Log`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import cast

import grpc
import grpc.aio
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

from pulumi_alicloud_mediaconvert.hosts.engine_channel import CHANNEL_OPTIONS

log = logging.getLogger(__name__)

# An engine that takes no lines holds up no resource for longer.
LINE_SECONDS = 2.0


class EngineRows:
    """Lines on the rows of resources: passing ones while they wait, lasting ones.

    Nothing is ever raised from here: a deployment must not fail because a line was not
    shown.

    Args:
        address: where the engine listens, if it is known already.
    """

    def __init__(self, address: str | None = None) -> None:
        self._address = address
        self._stub: engine_pb2_grpc.EngineAsyncStub | None = None
        # By URN: the newest line that is to be shown, and what shows it.
        self._newest: dict[str, str] = {}
        self._showing: dict[str, asyncio.Task[None]] = {}

    def show(self, urn: str, line: str) -> None:
        """Show a line until the next one; of many at once only the newest."""
        self._newest[urn] = line
        if urn not in self._showing:
            self._showing[urn] = asyncio.create_task(self._show_newest(urn))

    async def note(self, urn: str, lines: Sequence[str]) -> None:
        """Leave lines that warn of nothing."""
        if lines:
            await self._send(urn, "\n".join(lines), engine_pb2.INFO)

    async def warn(self, urn: str, lines: Sequence[str]) -> None:
        """Leave lines as a warning."""
        if lines:
            await self._send(urn, "\n".join(lines), engine_pb2.WARNING)

    async def end_passing(self, urn: str) -> None:
        """Wait until no passing line is under way, which would stay on the row."""
        if showing := self._showing.get(urn):
            await showing

    async def _show_newest(self, urn: str) -> None:
        try:
            while (line := self._newest.pop(urn, None)) is not None:
                await self._send(urn, line, engine_pb2.INFO, ephemeral=True)
        finally:
            self._showing.pop(urn, None)

    async def _send(
        self,
        urn: str,
        text: str,
        severity: engine_pb2.LogSeverity.ValueType,
        *,
        ephemeral: bool = False,
    ) -> None:
        request = engine_pb2.LogRequest(
            severity=severity, urn=urn, message=text, ephemeral=ephemeral
        )
        try:
            await self._engine().Log(request, timeout=LINE_SECONDS)
        except (grpc.RpcError, LookupError, ValueError):
            log.debug("the engine did not take a line", exc_info=True)

    def _engine(self) -> engine_pb2_grpc.EngineAsyncStub:
        if self._address is None:
            raise LookupError("the address of no engine is known")
        if self._stub is None:
            channel = grpc.aio.insecure_channel(self._address, CHANNEL_OPTIONS)
            self._stub = cast(
                "engine_pb2_grpc.EngineAsyncStub", engine_pb2_grpc.EngineStub(channel)
            )
        return self._stub
