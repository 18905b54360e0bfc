"""Calls of the native plugin that failed, as the engine reads them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import grpc
from pulumi.runtime.proto import provider_pb2, status_pb2

from pulumi_alicloud_mediaconvert.hosts.native.property_values import from_struct


@dataclass(frozen=True)
class Failure:
    """How a call failed, as the engine reads it.

    Attributes:
        code: of gRPC.
        text: of the status.
        reasons: of a failure that keeps the state.
        id: of the resource, ditto.
        state: that is kept.
        inputs: that are kept; `None` if those of the engine are.
    """

    code: grpc.StatusCode
    text: str
    reasons: list[str] = field(default_factory=list)
    id: str = ""
    state: dict[str, Any] = field(default_factory=dict)
    inputs: dict[str, Any] | None = None


class CallFailed(Exception):  # noqa: N818  # what happened
    """A call failed.

    Attributes:
        failure: how.
    """

    def __init__(self, error: grpc.RpcError) -> None:
        self.failure = failure_of(error)
        super().__init__(self.failure)


def failure_of(error: Any) -> Failure:
    """Read a failure as the engine does."""
    failure = Failure(error.code(), error.details())
    for key, value in error.trailing_metadata() or ():
        if key != "grpc-status-details-bin":
            continue
        status = status_pb2.Status.FromString(value)
        for detail in status.details:
            kept = provider_pb2.ErrorResourceInitFailed()
            assert detail.Unpack(kept)
            inputs = from_struct(kept.inputs) if kept.HasField("inputs") else None
            return Failure(
                failure.code,
                failure.text,
                [*kept.reasons],
                kept.id,
                from_struct(kept.properties),
                inputs,
            )
    return failure
