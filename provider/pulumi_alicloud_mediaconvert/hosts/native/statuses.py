"""Failures as the engine reads them: statuses of gRPC.

Source: `pkg/resource/plugin/provider_plugin.go`, `parseError` and
`resourceStateAndError`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import grpc
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import provider_pb2, status_pb2

from pulumi_alicloud_mediaconvert.hosts.kept_state import (
    MAX_DETAIL_BYTES,
    kept_states,
)

# `google.rpc.Code.UNKNOWN`, the code that the engine reads details under.
UNKNOWN_CODE = 2
DETAILS_KEY = "grpc-status-details-bin"


class StatusError(Exception):
    """Ends a call with a status.

    Attributes:
        code: of gRPC.
        text: for the person at the terminal.
        trailing_metadata: with the details of the status.
    """

    def __init__(
        self,
        code: grpc.StatusCode,
        text: str,
        trailing_metadata: tuple[tuple[str, bytes], ...] = (),
    ) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
        self.trailing_metadata = trailing_metadata


def refused(lines: Sequence[str]) -> StatusError:
    """Fail, and change nothing of what is stored.

    With INTERNAL, DATA_LOSS or UNKNOWN the engine would take it that a resource may be
    half made.
    """
    return StatusError(grpc.StatusCode.FAILED_PRECONDITION, "\n".join(lines))


def init_failed(  # noqa: PLR0913  # the fields of the detail
    id_: str,
    properties: Mapping[str, Any],
    reasons: Sequence[str],
    to_struct: Callable[[Mapping[str, Any]], Struct],
    *,
    inputs: Struct | None = None,
    bulky: Sequence[Sequence[str]] = (),
) -> StatusError:
    """Fail with one bullet for each reason, and keep what is known in the state.

    Args:
        id_: of the resource.
        properties: for the state.
        reasons: one line each.
        to_struct: writes properties.
        inputs: for the state, of a resource that is read.
        bulky: properties to do without where all of them are too much to send, one
            group after the other.
    """

    def detail(kept: Mapping[str, Any], lines: Sequence[str]) -> Any:  # noqa: ANN401  # a message
        return provider_pb2.ErrorResourceInitFailed(
            id=id_, properties=to_struct(kept), reasons=lines, inputs=inputs
        )

    text = "\n".join(reasons)
    for kept, lines in kept_states(properties, reasons, bulky):
        message = detail(kept, lines)
        if message.ByteSize() <= MAX_DETAIL_BYTES:
            break
    else:
        return refused(reasons)
    status = status_pb2.Status(code=UNKNOWN_CODE, message=text)
    status.details.add().Pack(message)
    metadata = ((DETAILS_KEY, status.SerializeToString()),)
    return StatusError(grpc.StatusCode.UNKNOWN, text, metadata)
