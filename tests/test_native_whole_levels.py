"""A level that a program states as a whole number must not mean two levels."""

from __future__ import annotations

import pytest

from pulumi_alicloud_mediaconvert.hosts.native.whole_levels import whole_levels
from pulumi_alicloud_mediaconvert.schema.values import UNKNOWN, Secret


def places(video, name="expect"):
    """Return where levels are found that may mean two."""
    expect = {"outputs": [{"name": "a", "video": video}]}
    props = {name: expect if name == "expect" else {"key": expect}}
    return [at[-1] for at, _ in whole_levels(props)]


@pytest.mark.parametrize(
    ("level", "keys"),
    [
        pytest.param(4, ["level"], id="plain"),
        pytest.param([4, 5.1, 12], [0], id="in a list"),
        pytest.param({"min": 4, "max": 6}, ["min", "max"], id="bounds"),
        pytest.param({"near": 4, "tolerance": 1}, ["near"], id="a distance is none"),
        pytest.param({"not": {"any_of": [{"max": 5}]}}, ["max"], id="deep"),
        pytest.param(Secret(4), ["level"], id="secret"),
        pytest.param("4", [], id="the count as text"),
        pytest.param("4.0", [], id="the level as text"),
        pytest.param(4.1, [], id="with a point"),
        pytest.param(31, [], id="a count of any codec"),
        pytest.param(0, [], id="below all levels"),
        pytest.param(True, [], id="no number"),
        pytest.param(UNKNOWN, [], id="unknown"),
    ],
)
@pytest.mark.parametrize("name", ["expect", "expect_by_name"])
def test_whole_numbers_that_are_level_and_count_are_found(level, keys, name):
    """AV1 counts by small numbers, and JSON has no point in 4.0."""
    assert places({"level": level}, name) == keys


@pytest.mark.parametrize(
    ("codec", "is_found"),
    [
        ("av1", True),
        ("AV01", True),
        (["h264", "av1"], True),
        ({"not": "h264"}, True),
        (UNKNOWN, True),
        ("h264", False),
        (["H.264", "hevc"], False),
    ],
)
def test_a_codec_that_counts_otherwise_leaves_one_meaning(codec, is_found):
    """Beside H.264 a level of 4 is 4.0."""
    assert bool(places({"codec": codec, "level": 4})) == is_found
