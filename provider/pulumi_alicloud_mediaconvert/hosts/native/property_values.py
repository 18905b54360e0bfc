"""Properties as the protocol writes them: a `Struct` with marks, and plain values.

Source: `sdk/go/common/resource/plugin/rpc.go`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from google.protobuf.struct_pb2 import Struct, Value

from pulumi_alicloud_mediaconvert.engine_marks import (
    MARK_KEY,
    OUTPUT_MARK,
    SECRET_MARK,
    UNKNOWN_TEXT,
    UNKNOWN_TEXTS,
)
from pulumi_alicloud_mediaconvert.hosts.struct_writer import (
    write_struct,
    write_value,
)
from pulumi_alicloud_mediaconvert.schema.values import UNKNOWN, Secret, Unknown

# Integers beyond it are others as a double, which is all that a `Struct` has.
MAX_EXACT = 2**53


def from_struct(struct: Struct) -> dict[str, Any]:
    """Read properties: plain values, with secret and unknown ones marked."""
    return {name: _read(value) for name, value in struct.fields.items()}


def to_struct(properties: Mapping[str, Any]) -> Struct:
    """Write properties; those that are `None` are left out, as the engine does."""
    return write_struct(properties, _write_marked)


def _read(value: Value) -> Any:  # noqa: ANN401  # any value
    kind = value.WhichOneof("kind")
    if kind == "struct_value":
        return _read_object(value.struct_value)
    if kind == "list_value":
        return [_read(entry) for entry in value.list_value.values]
    if kind == "number_value":
        number = value.number_value
        is_whole = abs(number) <= MAX_EXACT and number.is_integer()
        return int(number) if is_whole else number
    if kind == "string_value":
        text = value.string_value
        return UNKNOWN if text in UNKNOWN_TEXTS else text
    return value.bool_value if kind == "bool_value" else None


def _read_object(struct: Struct) -> Any:  # noqa: ANN401  # any value
    fields = struct.fields
    if MARK_KEY not in fields:
        return from_struct(struct)
    kind = fields[MARK_KEY].string_value
    if kind == SECRET_MARK:
        return Secret(_read(fields["value"]) if "value" in fields else None)
    if kind == OUTPUT_MARK:
        value = _read(fields["value"]) if "value" in fields else UNKNOWN
        is_secret = "secret" in fields and fields["secret"].bool_value
        return Secret(value) if is_secret else value
    # An asset, or a reference: what it is made of.
    return {name: _read(one) for name, one in fields.items() if name != MARK_KEY}


def _write_marked(value: Any, into: Value) -> None:  # noqa: ANN401  # any value
    if isinstance(value, Secret):
        fields = into.struct_value.fields
        fields[MARK_KEY].string_value = SECRET_MARK
        write_value(value.value, fields["value"], _write_marked)
    elif isinstance(value, Unknown):
        into.string_value = UNKNOWN_TEXT
    else:
        into.string_value = str(value)
