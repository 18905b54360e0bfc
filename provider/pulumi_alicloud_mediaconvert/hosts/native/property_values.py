"""Properties as the protocol writes them: a `Struct` with marks, and plain values.

Source: `sdk/go/common/resource/plugin/rpc.go` and `sdk/go/common/resource/sig`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from google.protobuf.struct_pb2 import Struct, Value

from pulumi_alicloud_mediaconvert.schema.values import UNKNOWN, Secret, Unknown

# The key of a marked value, which says of what kind it is.
MARK = "4dabf18193072939515e22adb298388d"
SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105  # no password
# What a program makes of values that are to come; sent to those who ask for it alone.
OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
# What stands for a value that is not known yet: a text, whatever the value will be.
UNKNOWNS = frozenset(
    {
        UNKNOWN_TEXT,
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",  # a truth value
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",  # a number
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",  # an array
        "030794c1-ac77-496b-92df-f27374a8bd58",  # an asset
        "e48ece36-62e2-4504-bad9-02848725956a",  # an archive
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",  # an object
    }
)
# Integers beyond it are others as a double, which is all that a `Struct` has.
MAX_EXACT = 2**53


def from_struct(struct: Struct) -> dict[str, Any]:
    """Read properties: plain values, with secret and unknown ones marked."""
    return {name: _read(value) for name, value in struct.fields.items()}


def to_struct(properties: Mapping[str, Any]) -> Struct:
    """Write properties; those that are `None` are left out, as the engine does."""
    struct = Struct()
    for name, value in properties.items():
        if value is not None:
            _write(value, struct.fields[name])
    return struct


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
        return UNKNOWN if text in UNKNOWNS else text
    return value.bool_value if kind == "bool_value" else None


def _read_object(struct: Struct) -> Any:  # noqa: ANN401  # any value
    fields = struct.fields
    if MARK not in fields:
        return from_struct(struct)
    kind = fields[MARK].string_value
    if kind == SECRET:
        return Secret(_read(fields["value"]) if "value" in fields else None)
    if kind == OUTPUT:
        value = _read(fields["value"]) if "value" in fields else UNKNOWN
        is_secret = "secret" in fields and fields["secret"].bool_value
        return Secret(value) if is_secret else value
    # An asset, or a reference: what it is made of.
    return {name: _read(one) for name, one in fields.items() if name != MARK}


def _write(value: Any, into: Value) -> None:  # noqa: ANN401  # any value
    # The commonest come first: a state has hundreds of values.
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
            _write(entry, fields[str(name)])
    elif isinstance(value, (list, tuple)):
        into.list_value.SetInParent()
        entries = into.list_value.values
        for entry in value:
            _write(entry, entries.add())
    elif value is None:
        into.null_value = 0  # type: ignore[assignment]  # its only value
    else:
        _write_marked(value, into)


def _write_marked(value: Any, into: Value) -> None:  # noqa: ANN401  # any value
    if isinstance(value, Secret):
        fields = into.struct_value.fields
        fields[MARK].string_value = SECRET
        _write(value.value, fields["value"])
    elif isinstance(value, Unknown):
        into.string_value = UNKNOWN_TEXT
    else:
        into.string_value = str(value)
