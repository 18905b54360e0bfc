"""What the SDK hands over and names its parts, on the installed one."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
from pulumi.dynamic.dynamic import PROVIDER_KEY as SDK_PROVIDER_KEY
from pulumi.output import Unknown
from pulumi.runtime import rpc

from pulumi_alicloud_mediaconvert.hosts.dynamic.sdk_values import (
    from_sdk,
    inputs_to_sdk,
    is_unknown,
    seal,
)
from pulumi_alicloud_mediaconvert.hosts.hidden_keys import PROVIDER_KEY
from pulumi_alicloud_mediaconvert.schema.values import UNKNOWN, has_unknown


def test_the_sdk_still_has_the_names_that_are_relied_on():
    """Another SDK that renames its private parts is noticed here."""
    spec = importlib.util.find_spec("pulumi.dynamic.__main__")
    assert spec is not None
    source = ast.parse(Path(str(spec.origin)).read_text("utf-8"))
    [servicer] = [
        node
        for node in source.body
        if isinstance(node, ast.ClassDef)
        and node.name == "DynamicResourceProviderServicer"
    ]

    signatures = {
        node.name: [argument.arg for argument in node.args.args]
        for node in servicer.body
        if isinstance(node, ast.FunctionDef)
    }
    for method in ("Create", "Update", "Read", "Diff", "Check", "Cancel"):
        assert signatures[method] == ["self", "request", "context"]
    assert PROVIDER_KEY == SDK_PROVIDER_KEY


@pytest.mark.parametrize(
    ("value", "unknown"),
    [
        pytest.param(rpc.UNKNOWN, True, id="as sent"),
        pytest.param(Unknown(), True, id="as read"),
        pytest.param("text", False, id="text"),
        pytest.param(None, False, id="nothing"),
        pytest.param({}, False, id="mapping"),
    ],
)
def test_what_a_deployment_will_tell_is_unknown(value, unknown):
    """Both forms in which the SDK hands over an unknown value are seen."""
    assert is_unknown(value) is unknown


@pytest.mark.parametrize(
    ("value", "unknown"),
    [
        (Unknown(), True),
        ({"a": [{"b": Unknown()}]}, True),
        ([rpc.UNKNOWN], True),
        ({"a": [1, None, "x"]}, False),
        ([], False),
    ],
    ids=["itself", "nested", "as sent", "none", "empty"],
)
def test_an_unknown_value_is_found_however_deep(value, unknown):
    """What contains one is not judged in a preview."""
    assert has_unknown(from_sdk({"expect": value}, ["expect"])) is unknown


def test_an_unknown_value_goes_back_to_where_it_was():
    """In the form in which the engine sends it, which every SDK writes."""
    read = from_sdk({"expect": {"a": [Unknown(), 1]}}, ["expect"])

    assert read == {"expect": {"a": [UNKNOWN, 1]}}
    assert inputs_to_sdk(read, []) == {"expect": {"a": [rpc.UNKNOWN, 1]}}


def test_a_sealed_value_is_a_secret_of_the_sdk():
    """The SDK reads our seal as its own."""
    assert rpc.is_rpc_secret(seal([1]))
    assert rpc.unwrap_rpc_secret(seal([1])) == [1]


OTHER_SDK = """
import sys, pulumi
import pulumi.output, pulumi.runtime.proto as proto
for name in {gone}:
    sys.modules[f"pulumi.runtime.proto.{{name}}"] = None
    vars(proto).pop(name, None)
del pulumi.output.Unknown
from pulumi_alicloud_mediaconvert import MediaConvertJob
from pulumi_alicloud_mediaconvert.hosts.dynamic import engine
from pulumi_alicloud_mediaconvert.hosts.dynamic.engine import Call
from pulumi_alicloud_mediaconvert.hosts.dynamic.sdk_values import (is_unknown)
assert is_unknown("{unknown}") and not is_unknown("text")
try:
    Call(provider="gASV", context=object()).fail_keeping("j-1", {{}}, ["one", "two"])
except engine.EngineError as error:
    print(error)
"""


def test_an_sdk_laid_out_in_another_way_is_no_reason_to_fail():
    """The package is imported all the same, and a failure is a plain exception."""
    gone = ["engine_pb2", "engine_pb2_grpc", "provider_pb2", "status_pb2"]
    code = OTHER_SDK.format(gone=gone, unknown=rpc.UNKNOWN)

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )

    assert (done.stdout, done.stderr) == ("one\ntwo\n", "")
