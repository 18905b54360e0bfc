"""Properties that go to the engine without the SDK's search of each value.

The SDK takes any value for an output, a resource, an asset or an awaitable until it has
found that it is none, by some twenty tests and a coroutine. A state has hundreds of
values, and all are plain. Where the SDK has its function elsewhere, it writes them all.

Source: `pulumi/runtime/rpc.py`, `serialize_property`.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Mapping
from typing import Any, NoReturn

from google.protobuf.struct_pb2 import Struct, Value

from pulumi_alicloud_mediaconvert.hosts.dynamic.engine import is_plugin_process
from pulumi_alicloud_mediaconvert.hosts.struct_writer import write_struct

# An SDK that has it elsewhere is not helped.
with contextlib.suppress(ImportError):
    from pulumi.runtime import rpc


class PlainProperties(dict[str, Any]):
    """Properties of ours: nothing in them is an output.

    What a program gave may be an asset; the SDK then writes all of them.
    """


class _NotPlainError(TypeError):
    """A value is none of those that every writer knows."""


@functools.cache
def write_plain_properties() -> None:
    """Let a plugin's process write our properties by itself, and all others as ever."""
    if not is_plugin_process():
        return
    with contextlib.suppress(AttributeError, NameError):
        rpc.serialize_properties = _quick(rpc.serialize_properties)


def _quick(by_sdk: Any) -> Any:  # noqa: ANN401  # a function of the SDK
    """Return what does as the SDK's function, but quicker for our properties."""

    @functools.wraps(by_sdk)
    async def serialize(inputs: Any, *others: Any, **options: Any) -> Any:  # noqa: ANN401  # as the SDK
        # With other arguments it is another caller's.
        if isinstance(inputs, PlainProperties) and len(others) == 1 and not options:
            with contextlib.suppress(_NotPlainError):
                return written(inputs)
        return await by_sdk(inputs, *others, **options)

    return serialize


def written(properties: Mapping[str, Any]) -> Struct:
    """Write properties as the SDK does.

    Raises:
        TypeError: a value is not plain.
    """
    return write_struct(properties, _refuse)


def _refuse(value: object, _into: Value) -> NoReturn:
    raise _NotPlainError(type(value).__name__)
