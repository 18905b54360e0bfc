"""The Pulumi engine's services for a dynamic provider.

The SDK gives a dynamic provider none of them: a failure that keeps what is known, a
clean error line, the time limit of a resource, more than four threads, word of
Ctrl-C, and (in `engine_log`) the live row. All rest on the SDK's private corners, which
these two modules, and `program` for programs, alone touch. Where one is missing
(another SDK) the work goes on without it: a plain exception instead of a kept failure,
printed lines instead of a live row, four threads, and a wait that does not hear of
Ctrl-C.

Source: the engine's protocol (`provider.proto`, `engine.proto`), and the SDK's
`pulumi/dynamic/__main__.py`, which serves it.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, NoReturn, cast

import grpc

from pulumi_alicloud_mediaconvert.hosts.hidden_keys import PROVIDER_KEY
from pulumi_alicloud_mediaconvert.hosts.kept_state import (
    MAX_DETAIL_BYTES,
    kept_states,
)

# An SDK that has them elsewhere is served without what they are needed for.
with contextlib.suppress(ImportError):
    from pulumi.runtime import rpc
    from pulumi.runtime.proto import provider_pb2, status_pb2

# `google.rpc.Code.UNKNOWN`, the code that the engine reads details under.
UNKNOWN_CODE = 2
DETAILS_KEY = "grpc-status-details-bin"


class EngineError(Exception):
    """A failure for the person at the terminal; the engine prints its lines."""


@dataclass(frozen=True)
class Call:
    """One call of the engine, as far as the SDK lets a provider see it.

    Attributes:
        urn: of the resource; empty if it cannot be seen.
        timeout_seconds: from `custom_timeouts`; `None` if there is none.
        provider: the serialized provider, which kept properties must repeat.
        context: of gRPC; `None` if it cannot be seen.
    """

    urn: str = ""
    timeout_seconds: float | None = None
    provider: str | None = None
    context: grpc.ServicerContext | None = None

    def fail(self, text: str) -> NoReturn:
        """End the call with one clean line; the stored state stays as it is.

        Raises:
            EngineError: always; the engine shows its text, or what went before it.
        """
        self._abort(text)

    def fail_keeping(
        self,
        id_: str,
        properties: Mapping[str, Any],
        reasons: Sequence[str],
        *,
        bulky: Sequence[Sequence[str]] = (),
    ) -> NoReturn:
        """End the call with one bullet a reason, and keep what is known in the state.

        Args:
            id_: of the resource.
            properties: for the state.
            reasons: one line each.
            bulky: properties to do without where all of them are too much to send, one
                group after the other.

        Raises:
            EngineError: always, as for `fail`.
        """
        text = "\n".join(reasons)
        if self.provider is None:
            # Properties kept without it end the next refresh in a KeyError of the SDK.
            self._abort(text)
        kept = {**properties, PROVIDER_KEY: self.provider}
        self._abort(text, lambda: _init_failed(id_, kept, reasons, bulky))

    def _abort(
        self,
        text: str,
        detail: Callable[[], provider_pb2.ErrorResourceInitFailed | None] | None = None,
    ) -> NoReturn:
        # gRPC ends the call by an exception of its own, another SDK by any.
        with contextlib.suppress(Exception):
            if self.context is not None:
                status = status_pb2.Status(code=UNKNOWN_CODE, message=text)
                if detail is not None and (kept := detail()) is not None:
                    status.details.add().Pack(kept)
                self.context.abort_with_status(_Status.of(status))
        # The SDK answers this with its traceback; the engine reads the status in
        # the trailing metadata instead, if there is one.
        raise EngineError(text)


class _Status(NamedTuple):
    """What gRPC wants of a status: `grpc.Status`, which has no constructor."""

    code: grpc.StatusCode
    details: str
    trailing_metadata: tuple[tuple[str, bytes], ...]

    @classmethod
    def of(cls, status: status_pb2.Status) -> grpc.Status:
        metadata = ((DETAILS_KEY, status.SerializeToString()),)
        return cast(grpc.Status, cls(grpc.StatusCode.UNKNOWN, status.message, metadata))


def _init_failed(
    id_: str,
    properties: Mapping[str, Any],
    reasons: Sequence[str],
    bulky: Sequence[Sequence[str]],
) -> provider_pb2.ErrorResourceInitFailed | None:
    """Describe a failure that keeps properties, or fewer if those are too much."""
    for kept, lines in kept_states(properties, reasons, bulky):
        detail = provider_pb2.ErrorResourceInitFailed(id=id_, reasons=lines)
        detail.properties.CopyFrom(_struct(kept))
        if detail.ByteSize() <= MAX_DETAIL_BYTES:
            return detail
    return None


def configuration_names(config: object) -> list[str]:
    """Name what the stack's configuration states; nothing, where the SDK hides it."""
    stated = getattr(config, "_props", None)
    return [*map(str, stated)] if isinstance(stated, Mapping) else []


def project_name(config: object) -> str:
    """Name the project of a configuration; nothing, where the SDK hides it."""
    return str(getattr(config, "_project_name", ""))


def current_call() -> Call:
    """Find the engine's call in which this code runs, by walking up the frames."""
    frame = sys._getframe(1)  # noqa: SLF001  # the only way to the call
    while frame is not None:
        context = frame.f_locals.get("context")
        request = frame.f_locals.get("request")
        if isinstance(context, grpc.ServicerContext) and request is not None:
            return _call(request, context)
        if frame.f_back is None:
            break
        frame = frame.f_back
    return Call()


def _call(request: Any, context: grpc.ServicerContext) -> Call:  # noqa: ANN401  # any message
    urn, timeout = getattr(request, "urn", ""), getattr(request, "timeout", None)
    for name in ("properties", "news", "inputs"):
        fields = getattr(getattr(request, name, None), "fields", {})
        if PROVIDER_KEY in fields:
            provider = getattr(fields[PROVIDER_KEY], "string_value", None)
            return Call(urn, timeout or None, provider, context)
    return Call(urn, timeout or None, None, context)


def _struct(properties: Mapping[str, Any]) -> Any:  # noqa: ANN401  # a protobuf Struct
    return asyncio.run(rpc.serialize_properties(dict(properties), {}))


def engine_address(arguments: Sequence[str]) -> str | None:
    """Return the address that the engine starts a plugin with, if there is one."""
    return arguments[1] if len(arguments) > 1 and ":" in arguments[1] else None


def per_process(name: str, make: Callable[[], Any]) -> Any:  # noqa: ANN401  # what is made
    """Return what all providers of a plugin process share; make it for the first.

    Where the process is another one, as in a test, each has one of its own.
    """
    shared = servicer()
    if shared is None:
        return make()
    if not hasattr(shared, name):
        setattr(shared, name, make())
    return getattr(shared, name)


def servicer() -> Any:  # noqa: ANN401  # a class of the SDK, which it does not export
    """Return what answers the engine in a plugin process; `None` in any other."""
    return getattr(sys.modules.get("__main__"), "DynamicResourceProviderServicer", None)


def is_plugin_process() -> bool:
    """Whether the SDK serves providers from this process."""
    return servicer() is not None
