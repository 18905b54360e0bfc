"""Secrets that a program's transforms put into a resource, after its constructor.

The engine sends what it is asked to register through the program's transforms, one
after another: those of the resource, of its parents, of the stack. Each answers with
properties of its own, so the last one decides what is secret. The plugin gets all
values in clear and must be told; so whatever a transform answers, the names of the
secrets in it are written beside them.

Source: `pulumi/runtime/_callbacks.py`, and `resource.proto` for the marks.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from pulumi_alicloud_mediaconvert.engine_marks import (
    MARK_KEY,
    OUTPUT_MARK,
    SECRET_MARK,
)
from pulumi_alicloud_mediaconvert.hosts.hidden_keys import (
    OPEN_SETTINGS_KEY,
    PREVIEW_KEY,
    SECRETS_KEY,
)

# An SDK that has them elsewhere knows of the constructor's secrets alone.
with contextlib.suppress(ImportError):
    from pulumi.runtime import _callbacks
    from pulumi.runtime.proto import resource_pb2

# What a transform may leave out, and does not change.
KEPT = frozenset({OPEN_SETTINGS_KEY, PREVIEW_KEY})
Callback = Callable[[bytes], Awaitable[Any]]

# By the type of a resource, the names of its inputs.
_watched: dict[str, Sequence[str]] = {}


def tell_of_transforms(type_: str, inputs: Sequence[str]) -> None:
    """Let the plugin know which inputs of a type are secret after all transforms.

    Args:
        type_: of resources.
        inputs: their names.
    """
    _watched[type_] = inputs
    _listen()


@functools.cache
def _listen() -> None:
    # Where a name is another one, what the constructor knows has to do.
    with contextlib.suppress(AttributeError, NameError):
        servicer: Any = _callbacks._CallbackServicer  # noqa: SLF001  # see above
        register = servicer.register_transform

        def register_transform(self: Any, transform: Any) -> Any:  # noqa: ANN401  # the SDK's
            callback = register(self, transform)
            _tell(self, callback.token)
            return callback

        for known in servicer._servicers:  # noqa: SLF001  # ditto
            for token in known._transforms.values():  # noqa: SLF001  # ditto
                _tell(known, token)
        servicer.register_transform = register_transform


def _tell(servicer: Any, token: str) -> None:  # noqa: ANN401  # the SDK's
    callbacks = servicer._callbacks  # noqa: SLF001  # ditto
    # One transform may be registered many times, and keeps its token.
    if not isinstance(callbacks[token], Told):
        callbacks[token] = Told(callbacks[token])


class Told:
    """A transform of the program whose answer says what is secret in it."""

    def __init__(self, callback: Callback) -> None:
        self._callback = callback

    async def __call__(self, request: bytes) -> Any:  # noqa: ANN401  # a message
        """Transform what the engine asks for."""
        response = await self._callback(request)
        if isinstance(response, resource_pb2.TransformResponse):
            asked = resource_pb2.TransformRequest.FromString(request)
            if asked.type in _watched:
                _mark(response.properties, _watched[asked.type])
                for key in {*asked.properties.fields} & KEPT:
                    known = asked.properties.fields[key]
                    response.properties.fields[key].CopyFrom(known)
        return response


def _mark(properties: Any, inputs: Sequence[str]) -> None:  # noqa: ANN401  # a Struct
    names = [
        name
        for name in inputs
        if name in properties.fields and _has_secret(properties.fields[name])
    ]
    if names:
        properties[SECRETS_KEY] = names
    elif SECRETS_KEY in properties.fields:
        del properties.fields[SECRETS_KEY]


def _has_secret(value: Any) -> bool:  # noqa: ANN401  # a Value
    kind = value.WhichOneof("kind")
    if kind == "list_value":
        return any(map(_has_secret, value.list_value.values))
    if kind != "struct_value":
        return False
    fields = value.struct_value.fields
    mark = fields[MARK_KEY].string_value if MARK_KEY in fields else ""
    is_secret = mark == SECRET_MARK or (
        mark == OUTPUT_MARK and "secret" in fields and fields["secret"].bool_value
    )
    return is_secret or any(map(_has_secret, fields.values()))
