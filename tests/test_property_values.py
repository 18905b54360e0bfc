"""Properties in the engine's protocol: what comes in, what goes out."""

from __future__ import annotations

import math

import pytest
from google.protobuf.struct_pb2 import Struct
from hypothesis import given
from hypothesis import strategies as st

from pulumi_alicloud_mediaconvert.hosts.native.property_values import (
    from_struct,
    to_struct,
)
from pulumi_alicloud_mediaconvert.schema.values import (
    UNKNOWN,
    Secret,
    has_secret,
    has_unknown,
    in_clear,
)

MARK = "4dabf18193072939515e22adb298388d"
SECRET = "1b47061264138c4ac30d75fd1eb44270"
OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
ASSET = "c44067f5952c0a294b673a41bacd8c17"
REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e"
# `sdk/go/common/resource/plugin/rpc.go` of 3.276.0, of each kind of value.
UNKNOWN_TEXTS = (
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
)

KEYS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False)
    | KEYS
    | st.just(UNKNOWN)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(KEYS, inner, max_size=3)
        | inner.map(Secret)
        | inner.map(lambda one: Secret(Secret(one)))
    ),
    max_leaves=10,
)


def sent(value):
    """Return a struct as the engine would fill it."""
    struct = Struct()
    struct.update({"value": value})
    return struct


@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_values_come_back_as_they_were(properties):
    """But for those that are `None`, which the engine stores as absent."""
    present = {name: one for name, one in properties.items() if one is not None}

    assert from_struct(to_struct(properties)) == present


@pytest.mark.parametrize("text", UNKNOWN_TEXTS)
def test_whatever_will_be_known_later_is_unknown_now(text):
    """A text stands for it, of another wording for each kind of value."""
    assert from_struct(sent([text, {"a": text}])) == {
        "value": [UNKNOWN, {"a": UNKNOWN}]
    }


@pytest.mark.parametrize(
    ("marked", "read"),
    [
        ({MARK: SECRET, "value": "hidden"}, Secret("hidden")),
        ({MARK: SECRET, "value": {"a": [1]}}, Secret({"a": [1]})),
        ({MARK: SECRET}, Secret(None)),
        ({MARK: OUTPUT}, UNKNOWN),
        ({MARK: OUTPUT, "value": 2, "dependencies": ["urn:a"]}, 2),
        ({MARK: OUTPUT, "value": 2, "secret": True}, Secret(2)),
        ({MARK: OUTPUT, "secret": True}, Secret(UNKNOWN)),
        ({MARK: ASSET, "hash": "ab", "text": "t"}, {"hash": "ab", "text": "t"}),
        ({MARK: REFERENCE, "urn": "u", "id": "i"}, {"urn": "u", "id": "i"}),
    ],
    ids=[
        *("secret", "secret object", "secret nothing", "unknown output", "output"),
        *("secret output", "unknown secret", "asset", "reference"),
    ],
)
def test_marks_of_the_protocol_are_read(marked, read):
    """Each is an object with a key that no property has."""
    assert from_struct(sent(marked)) == {"value": read}


@given(st.dictionaries(KEYS, VALUES, max_size=3))
def test_no_mark_of_a_secret_is_left_in_clear(properties):
    """An output of a program may be marked as secret, and so may its value."""
    assert not has_secret(in_clear(properties))


def test_a_secret_is_written_as_the_engine_reads_it():
    """Also around what is unknown yet."""
    properties = to_struct({"a": Secret("x"), "b": Secret(UNKNOWN)})

    assert dict(properties.fields["a"].struct_value) == {MARK: SECRET, "value": "x"}
    assert properties.fields["b"].struct_value["value"] == UNKNOWN_TEXTS[0]


@pytest.mark.parametrize(
    ("number", "read"),
    [(5.0, int), (5.5, float), (1e300, float), (math.inf, float), (-0.0, int)],
)
def test_whole_numbers_are_integers(number, read):
    """The protocol has one kind of number, a double."""
    value = from_struct(sent(number))["value"]

    assert value == number
    assert type(value) is read


@pytest.mark.parametrize("truth", [True, False])
def test_truth_values_are_no_numbers(truth):
    """In Python they count as integers, for the engine they do not."""
    value = to_struct({"truth": truth}).fields["truth"]

    assert value.WhichOneof("kind") == "bool_value"
    assert value.bool_value is truth


def test_empty_lists_and_objects_are_there():
    """They are no `None`: an empty expectation is one."""
    properties: dict[str, object] = {
        "a": [],
        "b": {},
        "c": {"d": {}},
        "e": [[], {}, None],
    }

    assert from_struct(to_struct(properties)) == properties


def test_what_is_within_an_output_is_marked_too():
    """A secret may stand anywhere in what a program states."""
    value = from_struct(sent({"a": [{MARK: SECRET, "value": UNKNOWN_TEXTS[2]}]}))

    assert has_unknown(value)
    assert in_clear(value) == {"value": {"a": [UNKNOWN]}}
