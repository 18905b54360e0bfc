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
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

from pulumi_alicloud_mediaconvert.hosts.engine_channel import (
    CHANNEL_OPTIONS,
    LINE_SECONDS,
)
from pulumi_alicloud_mediaconvert.hosts.passing_lines import PassingLines, Sent

log = logging.getLogger(__name__)

NOT_TAKEN = "the engine did not take a line"


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
        self._passing = PassingLines(self._sent)

    def show(self, urn: str, line: str) -> None:
        """Show a line until the next one; of many at once only the newest."""
        self._passing.show(urn, line)

    async def note(self, urn: str, lines: Sequence[str]) -> None:
        """Leave lines that warn of nothing."""
        if lines:
            await self._leave(urn, "\n".join(lines), engine_pb2.INFO)

    async def warn(self, urn: str, lines: Sequence[str]) -> None:
        """Leave lines as a warning."""
        if lines:
            await self._leave(urn, "\n".join(lines), engine_pb2.WARNING)

    async def end_passing(self, urn: str) -> None:
        """Wait until the newest passing line has arrived: it stays on the row."""
        # Others may wait for the same line: a call that is cancelled ends no other.
        await asyncio.shield(asyncio.wrap_future(self._passing.quiet(urn)))

    async def _leave(
        self, urn: str, text: str, severity: engine_pb2.LogSeverity.ValueType
    ) -> None:
        try:
            await self._log(urn, text, severity, ephemeral=False)
        except Exception:  # see the class
            log.debug(NOT_TAKEN, exc_info=True)

    def _sent(self, urn: str, line: str) -> Sent | None:
        try:
            return self._log(urn, line, engine_pb2.INFO, ephemeral=True)
        except Exception:  # see the class
            log.debug(NOT_TAKEN, exc_info=True)
            return None

    def _log(
        self,
        urn: str,
        text: str,
        severity: engine_pb2.LogSeverity.ValueType,
        *,
        ephemeral: bool,
    ) -> grpc.aio.UnaryUnaryCall[engine_pb2.LogRequest, Empty]:
        request = engine_pb2.LogRequest(
            severity=severity, urn=urn, message=text, ephemeral=ephemeral
        )
        return self._engine().Log(request, timeout=LINE_SECONDS)

    def _engine(self) -> engine_pb2_grpc.EngineAsyncStub:
        if self._address is None:
            raise LookupError("the address of no engine is known")
        if self._stub is None:
            channel = grpc.aio.insecure_channel(self._address, CHANNEL_OPTIONS)
            self._stub = cast(
                "engine_pb2_grpc.EngineAsyncStub", engine_pb2_grpc.EngineStub(channel)
            )
        return self._stub
