"""Write plain values into the protocol's messages.

A state has hundreds of values, so that this is a good part of what a resource costs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from google.protobuf.struct_pb2 import Struct, Value

WriteOther = Callable[[Any, Value], None]


def write_struct(properties: Mapping[str, Any], write_other: WriteOther) -> Struct:
    """Write properties; those that are `None` are left out, as the engine does.

    Args:
        properties: by their names.
        write_other: writes a value that is no plain one.
    """
    struct = Struct()
    fields = struct.fields
    for name, value in properties.items():
        if value is not None:
            write_value(value, fields[name], write_other)
    return struct


def write_value(value: Any, into: Value, write_other: WriteOther) -> None:  # noqa: ANN401  # any value
    """Write a value, and all that is within it.

    Args:
        value: to be written.
        into: a new message.
        write_other: writes a value that is no plain one.
    """
    # The commonest come first.
    if isinstance(value, str):
        into.string_value = value
    elif isinstance(value, bool):
        into.bool_value = value
    elif isinstance(value, (int, float)):  # a union costs more
        into.number_value = value
    elif isinstance(value, (dict, Mapping)):
        written = into.struct_value
        # Present, though it may have no fields.
        written.SetInParent()
        fields = written.fields
        for name, entry in value.items():
            write_value(entry, fields[str(name)], write_other)
    elif isinstance(value, (list, tuple)):
        into.list_value.SetInParent()
        entries = into.list_value.values
        for entry in value:
            write_value(entry, entries.add(), write_other)
    elif value is None:
        into.null_value = 0  # type: ignore[assignment]  # its only value
    else:
        write_other(value, into)
