"""What a program's transforms make secret, as it is written beside their answers."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import Any

import pytest
from google.protobuf import json_format
from hypothesis import given
from hypothesis import strategies as st
from pulumi.runtime import _callbacks, rpc
from pulumi.runtime.proto import resource_pb2

from pulumi_alicloud_mediaconvert.hosts.dynamic.sdk_values import seal
from pulumi_alicloud_mediaconvert.hosts.dynamic.transforms import (
    Told,
    tell_of_transforms,
)
from pulumi_alicloud_mediaconvert.hosts.hidden_keys import PREVIEW_KEY, SECRETS_KEY

TYPE = "pulumi-python:dynamic/mediaconvert:TestedHere"
INPUTS = ("job_id", "expect", "triggers")


def as_output(value: object, *, is_secret: bool) -> dict[str, object]:
    """Write a value as the engine hands outputs to a transform."""
    return {rpc._special_sig_key: OUTPUT, "value": value, "secret": is_secret}  # noqa: SLF001  # the protocol's


OUTPUT = rpc._special_output_value_sig  # noqa: SLF001  # the protocol's


def told(answer: dict[str, object], type_: str = TYPE, *, preview: bool = False):
    """Let a transform answer; return the properties that the engine gets."""
    tell_of_transforms(TYPE, INPUTS)
    request = resource_pb2.TransformRequest(type=type_)
    asked = {PREVIEW_KEY: True} if preview else {}
    json_format.ParseDict({**answer, **asked}, request.properties)

    async def transform(_request: bytes):
        response = resource_pb2.TransformResponse()
        json_format.ParseDict(answer, response.properties)
        return response

    response = asyncio.run(Told(transform)(request.SerializeToString()))
    return json_format.MessageToDict(response.properties)


@pytest.mark.parametrize(
    ("answer", "names"),
    [
        ({}, None),
        ({"job_id": "a", "expect": {"output_count": 1}}, None),
        ({"job_id": seal("a")}, ["job_id"]),
        ({"expect": {"outputs": [{"name": seal("a")}]}}, ["expect"]),
        ({"triggers": [1, [seal(1)]], "job_id": seal("a")}, ["job_id", "triggers"]),
        ({"job_id": as_output("a", is_secret=True)}, ["job_id"]),
        ({"job_id": as_output("a", is_secret=False)}, None),
        ({"job_id": as_output({"x": seal(1)}, is_secret=False)}, ["job_id"]),
        ({"job_id": as_output(None, is_secret=True)}, ["job_id"]),
        ({"other": seal("a")}, None),
        ({"job_id": "a", SECRETS_KEY: ["expect", "job_id"]}, None),
    ],
    ids=repr,
)
def test_the_secrets_in_an_answer_are_named(answer, names):
    """However deep they lie and in whatever form; what was said before is forgotten."""
    assert told(answer).get(SECRETS_KEY) == names


plain = st.none() | st.booleans() | st.text(max_size=3)
nested = st.recursive(
    plain,
    lambda some: (
        st.lists(some, max_size=3)
        | st.dictionaries(st.sampled_from("abc"), some, max_size=3)
    ),
    max_leaves=6,
)


def sealed_within(draw: Any, value: Any) -> Any:
    """Put one secret somewhere into a value."""
    locations = [*value] if isinstance(value, dict) else []
    if isinstance(value, list):
        locations = [*range(len(value))]
    if not locations or draw(st.booleans()):
        return seal(value)
    location = draw(st.sampled_from(locations))
    changed = value.copy()
    changed[location] = sealed_within(draw, value[location])
    return changed


@given(value=nested, data=st.data())
def test_a_secret_is_found_wherever_it_is_and_nowhere_else(value, data):
    """A value without a secret names nothing; with one anywhere within, its input."""
    assert SECRETS_KEY not in told({"expect": value})
    secret = sealed_within(data.draw, value)
    assert told({"expect": secret})[SECRETS_KEY] == ["expect"]


def test_other_types_and_what_is_asked_of_previews_stay():
    """A preview stays one, though a transform answers with properties of its own."""
    other = told({"job_id": seal("a")}, type_="aws:s3/bucket:Bucket")

    assert SECRETS_KEY not in other
    assert told({"job_id": "a"}, preview=True)[PREVIEW_KEY] is True
    assert PREVIEW_KEY not in told({"job_id": "a"})


def test_the_sdk_still_has_what_is_listened_to():
    """Another SDK that renames its private parts is noticed here."""
    tell_of_transforms(TYPE, INPUTS)
    servicer = _callbacks._CallbackServicer  # noqa: SLF001  # what is relied on

    assert servicer.register_transform.__module__ != servicer.__module__
    for name in ("_servicers", "_callbacks", "_transforms"):
        assert name in servicer.__annotations__


OTHER_SDK = """
import pulumi
from pulumi.runtime import _callbacks
{change}
from pulumi_alicloud_mediaconvert import MediaConvertJob

class Mocks(pulumi.runtime.Mocks):
    def new_resource(self, args):
        print(*args.inputs["__secrets"])
        return args.name, args.inputs
    def call(self, args):
        return {{}}

async def declare():
    secret = pulumi.Output.secret({{"output_count": 1}})
    job = MediaConvertJob("job", job_id="0a1b", expect=secret)
    await job.urn.future()

pulumi.runtime.set_mocks(Mocks())
pulumi.runtime.test(declare)()
"""


@pytest.mark.parametrize(
    "change",
    [
        "del _callbacks._CallbackServicer",
        "del _callbacks._CallbackServicer.register_transform",
        "import sys; sys.modules['pulumi.runtime._callbacks'] = None",
    ],
)
def test_an_sdk_laid_out_in_another_way_is_no_reason_to_fail(change):
    """What the constructor knows is told all the same."""
    done = subprocess.run(
        [sys.executable, "-c", OTHER_SDK.format(change=change)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout, done.returncode) == ("expect\n", 0), done.stderr
