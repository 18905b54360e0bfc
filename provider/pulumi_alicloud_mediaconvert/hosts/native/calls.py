"""The calls of the engine's protocol, as gRPC serves them.

A call that the provider has no method for is answered UNIMPLEMENTED by gRPC itself,
which the engine reads as: this plugin cannot do that.

Source: `proto/pulumi/provider.proto`, service `ResourceProvider`.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import grpc
import grpc.aio
from google.protobuf.message_factory import GetMessageClass
from pulumi.runtime.proto import provider_pb2

from pulumi_alicloud_mediaconvert.hosts.native.statuses import StatusError, refused

log = logging.getLogger(__name__)

SERVICE = "ResourceProvider"
TOO_DEEP = "The inputs or the state of a resource are nested too deeply to be read."
Answer = Callable[[Any], Awaitable[Any]]


def handlers_of(provider: object) -> grpc.GenericRpcHandler:
    """Serve each call of the protocol that a provider has a method for.

    Args:
        provider: its methods are coroutines that take a request and return a response.
    """
    _allow_deep_messages()
    service = provider_pb2.DESCRIPTOR.services_by_name[SERVICE]
    handlers = {
        method.name: grpc.unary_unary_rpc_method_handler(
            _answering(answer),
            request_deserializer=GetMessageClass(method.input_type).FromString,
            response_serializer=GetMessageClass(method.output_type).SerializeToString,
        )
        for method in service.methods
        if (answer := getattr(provider, method.name, None)) is not None
    }
    return grpc.method_handlers_generic_handler(service.full_name, handlers)


def _allow_deep_messages() -> None:
    """Read messages however deep they are, as the engine writes them.

    Protobuf stops at 100 levels, and a mapping takes three: an answer of the API may
    have more, and its stored facts come back with the next call. It reads without a
    limit where messages may be of any size, which gRPC limits itself.

    Source: `python/message.c` of protobuf, `PyUpb_Message_MergeFromString`.
    """
    # Nothing but tests is run with another implementation than this one.
    with contextlib.suppress(ImportError, AttributeError):
        upb = importlib.import_module("google._upb._message")
        upb.SetAllowOversizeProtos(True)  # noqa: FBT003  # of protobuf


def _answering(answer: Answer) -> Callable[[Any, Any], Awaitable[Any]]:
    async def serve(request: Any, context: grpc.aio.ServicerContext[Any, Any]) -> Any:  # noqa: ANN401  # messages
        try:
            return await answer(request)
        except StatusError as error:
            status = error
        except RecursionError:
            status = refused([TOO_DEEP])
        except Exception as error:  # noqa: BLE001  # what comes is a fault of ours
            status = refused([_unexpected(error)])
        return await context.abort(status.code, status.text, status.trailing_metadata)

    return serve


def _unexpected(error: Exception) -> str:
    # What its text quotes may be secret: the log gets where it happened alone.
    frames = traceback.extract_tb(error.__traceback__)
    log.error("%s\n%s", type(error).__name__, "".join(traceback.format_list(frames)))
    at = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    return (
        f"This is a bug in the mediaconvert plugin: {type(error).__name__} at {at}."
        " Nothing was changed. Please report it."
    )
