"""What was reported finds what was requested: by name, else by position."""

from __future__ import annotations

import pytest

from pulumi_alicloud_mediaconvert.api.pairing import partners_of


@pytest.mark.parametrize(
    ("reported", "requested", "partners"),
    [
        (["b", "a"], ["a", "b"], [1, 0]),
        (["x", "y"], ["a", "b"], [0, 1]),
        (["x", "a"], ["a", "b"], [None, 0]),
        (["x"], ["a", "b"], [None]),
        (["b"], ["a", "b"], [1]),
        (["a", "a"], ["a", "a"], [0, 1]),
        (["a"], ["a", "a"], [None]),
        ([None, "a"], ["b", "a"], [0, 1]),
        ([None, "a", "x"], ["a", None], [None, 0, None]),
        ([], [], []),
    ],
    ids=[
        *("by name", "by position", "its position is taken", "fewer by position"),
        *("fewer by name", "one name twice", "which of two", "no name but a position"),
        *("no name is no name in common", "nothing"),
    ],
)
def test_each_part_finds_its_request(reported, requested, partners):
    """A name that is one's own goes first; position serves where the counts agree."""
    assert partners_of(reported, requested) == partners
