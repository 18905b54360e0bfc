"""Properties of ours reach the engine as the SDK would write them, but quicker."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import pulumi
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pulumi.runtime import rpc

from pulumi_alicloud_mediaconvert.hosts.dynamic.plain_properties import written
from pulumi_alicloud_mediaconvert.hosts.dynamic.sdk_values import seal

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats()
    | TEXTS
    | st.just(rpc.UNKNOWN)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(TEXTS, inner, max_size=3)
        | inner.map(seal)
    ),
    max_leaves=10,
)


@given(st.dictionaries(TEXTS, VALUES, max_size=4))
def test_plain_properties_are_written_as_the_sdk_writes_them(properties):
    """The engine gets the same bytes: nulls, seals, unknown and empty values alike."""
    by_sdk = asyncio.run(rpc.serialize_properties(properties, {}))

    ours = written(properties)

    assert ours.SerializeToString(deterministic=True) == by_sdk.SerializeToString(
        deterministic=True
    )


@pytest.mark.parametrize(
    "value",
    [pulumi.StringAsset("a"), pulumi.AssetArchive({}), object()],
    ids=["asset", "archive", "unheard of"],
)
def test_what_only_the_sdk_can_write_is_left_to_it(value):
    """A program may give assets; nothing is guessed about them."""
    with pytest.raises(TypeError):
        written({"triggers": [value]})


# The SDK's plugin, but that nothing serves it, with a provider of ours and one of
# somebody else. A mapping tells who has written it: the SDK asks for its keys.
PLUGIN = """\
import base64, pathlib, pickle
import pulumi.dynamic
source = pathlib.Path(pulumi.dynamic.__file__).with_name("__main__.py").read_text()
exec(source.rpartition("\\nmain()")[0])
from pulumi_alicloud_mediaconvert.hosts.dynamic.plain_properties import (
    PlainProperties, write_plain_properties)
{prepared}
asked = []

class Told(dict):
    def __iter__(self):
        asked.append("SDK")
        return super().__iter__()

class Gate(pulumi.dynamic.ResourceProvider):
    kind = dict
    def _outs(self):
        return self.kind(facts=Told(a=[1, None]), more={more})
    def create(self, props):
        return pulumi.dynamic.CreateResult("j-1", self._outs())
    def update(self, id_, olds, news):
        return pulumi.dynamic.UpdateResult(self._outs())
    def read(self, id_, props):
        return pulumi.dynamic.ReadResult("j-1", self._outs())
    def check(self, olds, news):
        return pulumi.dynamic.CheckResult(self._outs(), [])

class PlainGate(Gate):
    kind = PlainProperties

write_plain_properties()
for gate in (Gate, PlainGate):
    text = base64.b64encode(pickle.dumps(gate())).decode()
    props = rpc.struct_pb2.Struct()
    props["__provider"] = text
    calls = proto.provider_pb2
    served = DynamicResourceProviderServicer()
    for name, request in (
        ("Check", calls.CheckRequest(news=props)),
        ("Create", calls.CreateRequest(properties=props)),
        ("Update", calls.UpdateRequest(olds=props, news=props)),
        ("Read", calls.ReadRequest(properties=props)),
    ):
        answer = getattr(served, name)(request, None)
        told = answer.inputs if name == "Check" else answer.properties
        assert told["__provider"] == text
        assert dict(told["facts"].items())["a"].values[0].number_value == 1
        print(name, *asked)
        asked.clear()
"""
CALLS = ("Check", "Create", "Update", "Read")
BY_SDK = "".join(f"{name} SDK\n" for name in CALLS)
BY_US = "".join(f"{name}\n" for name in CALLS)


def served(*, prepared: str = "", more: str = "None") -> tuple[str, str]:
    """Serve each call by a plugin; return what it printed."""
    code = PLUGIN.format(prepared=prepared, more=more)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    return done.stdout, done.stderr


def test_the_installed_sdk_leaves_our_properties_to_us():
    """Every call of its plugin asks by the name that is relied on."""
    assert served() == (BY_SDK + BY_US, "")


@pytest.mark.parametrize(
    "stated",
    [
        pytest.param({"more": "pulumi.StringAsset('a')"}, id="an asset"),
        pytest.param(
            {
                "prepared": "write = rpc.serialize_properties\n"
                "del rpc.serialize_properties\n"
                "write_plain_properties()\n"
                "rpc.serialize_properties = write\n"
            },
            id="another SDK",
        ),
    ],
)
def test_otherwise_the_sdk_writes_them(stated):
    """What is not plain, and an SDK with other names, is served as ever."""
    assert served(**stated) == (BY_SDK + BY_SDK, "")
