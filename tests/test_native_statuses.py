"""How the plugin fails, as the engine reads it."""

from __future__ import annotations

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2, status_pb2

from pulumi_alicloud_mediaconvert.hosts.kept_state import MAX_DETAIL_BYTES
from pulumi_alicloud_mediaconvert.hosts.native.property_values import (
    from_struct,
    to_struct,
)
from pulumi_alicloud_mediaconvert.hosts.native.statuses import init_failed, refused

BULKY = [["config", "outputs"], ["mismatches"]]
LARGE = "x" * MAX_DETAIL_BYTES


def kept(properties, reasons=("it is bad",)):
    """Fail with properties; return the code and the detail that the engine reads."""
    status = init_failed("an-id", properties, reasons, to_struct, bulky=BULKY)
    for key, value in status.trailing_metadata:
        assert key == "grpc-status-details-bin"
        (packed,) = status_pb2.Status.FromString(value).details
        detail = provider_pb2.ErrorResourceInitFailed()
        assert packed.Unpack(detail)
        return status.code, detail
    return status.code, None


def test_a_failure_leaves_nothing_half_done():
    """With other codes the engine remembers a pending operation."""
    status = refused(["first", "second"])

    assert status.code is grpc.StatusCode.FAILED_PRECONDITION
    assert status.text == "first\nsecond"


def test_a_kept_failure_has_its_state_and_a_bullet_for_each_line():
    """The engine reads details under this code alone."""
    code, detail = kept({"verdict": "failed", "outputs": [1]}, ["one", "two"])

    assert code is grpc.StatusCode.UNKNOWN
    assert detail.id == "an-id"
    assert [*detail.reasons] == ["one", "two"]
    assert from_struct(detail.properties) == {"verdict": "failed", "outputs": [1]}
    assert not detail.HasField("inputs")


@pytest.mark.parametrize(
    ("properties", "left"),
    [
        ({"outputs": LARGE, "mismatches": "m"}, {"mismatches": "m"}),
        ({"outputs": LARGE, "mismatches": LARGE}, {}),
    ],
    ids=["first group", "all groups"],
)
def test_what_is_too_large_to_send_is_left_out_and_named(properties, left):
    """A larger one would cut the connection of every other resource."""
    _, detail = kept({**properties, "verdict": "failed"})

    assert from_struct(detail.properties) == {**left, "verdict": "failed"}
    assert "`outputs`" in detail.reasons[-1]


def test_inputs_that_are_too_large_keep_nothing():
    """The next run then begins from the start."""
    code, detail = kept({"triggers": LARGE})

    assert code is grpc.StatusCode.FAILED_PRECONDITION
    assert detail is None
