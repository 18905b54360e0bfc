"""Where inputs differ, as the engine is told it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pulumi.runtime.proto import provider_pb2

from pulumi_alicloud_mediaconvert.hosts.changes import MAX_PLACES, Change, differences
from pulumi_alicloud_mediaconvert.hosts.dynamic.detailed_diff import (
    DetailedDiff,
)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ({"a": 1, "b": 2}, {"a": 1, "b": 3}, [("x.b", "UPDATE")]),
        ({"a": 1}, {"a": 1.0}, []),
        ({"e 1": 1}, {"e 1": 2}, [('x["e 1"]', "UPDATE")]),
        ({'"': 1}, {'"': 2}, [('x["\\""]', "UPDATE")]),
        ({"a": 1}, {"a": 1, "b": {"c": 2}}, [("x.b", "ADD")]),
        ({"a": 1, "b": 2}, {"a": 1}, [("x.b", "DELETE")]),
        (None, {"a": 1}, [("x", "ADD")]),
        ({"a": 1}, "as-requested", [("x", "UPDATE")]),
        (["a", "b"], ["z", "a", "b"], [("x[0]", "ADD")]),
        (["a", "b"], ["a", "b", "z"], [("x[2]", "ADD")]),
        (["a", "b", "c"], ["a", "c"], [("x[1]", "DELETE")]),
        (["a", "b", "c"], ["a", "z", "c"], [("x[1]", "UPDATE")]),
        (["a", "a"], ["a"], [("x[1]", "DELETE")]),
        ([{"a": 1, "b": 1}], [{"a": 2, "b": 1}], [("x[0].a", "UPDATE")]),
        ([], [], []),
    ],
    ids=repr,
)
def test_what_is_alike_is_not_named(old, new, found):
    """Of mappings the keys that differ, of lists what is between the ends alike."""
    changes = differences({"x": old}, {"x": new}, ["x"])

    assert [(one.path, one.kind) for one in changes] == found
    assert {one.name for one in changes} <= {"x"}


plain = st.integers(0, 2) | st.sampled_from("ab")
nested = st.recursive(
    plain,
    lambda some: (
        st.lists(some, max_size=4)
        | st.dictionaries(st.sampled_from("abc"), some, max_size=3)
    ),
    max_leaves=8,
)


@given(old=nested, new=nested)
def test_what_differs_is_named_and_nothing_else(old, new):
    """Whatever the values, there is a path if and only if they differ."""
    found = differences({"x": old}, {"x": new}, ["x"])

    assert bool(found) is (old != new)
    assert len({one.path for one in found}) == len(found)


def answer_of(diff: DetailedDiff) -> dict[str, Any]:
    """Make the engine's answer as the SDK does: of what it reads of a diff."""

    def Diff() -> dict[str, Any]:  # noqa: N802  # as the protocol says
        fields: dict[str, Any] = {}
        if diff.changes is not None:
            fields["changes"] = provider_pb2.DiffResponse.DIFF_SOME
        return fields

    return Diff()


def test_the_engine_is_told_where_a_change_is_and_what_it_does():
    """A change of what replaces is shown as that."""
    found = [
        Change("region", ("region",), "UPDATE"),
        Change("job_ids", ("job_ids", "a b"), "ADD"),
    ]

    response = provider_pb2.DiffResponse(**answer_of(DetailedDiff(["region"], found)))

    assert list(response.diffs) == ["region", "job_ids"]
    kinds = provider_pb2.PropertyDiff.Kind
    assert {
        path: kinds.Name(one.kind) for path, one in response.detailedDiff.items()
    } == {
        "region": "UPDATE_REPLACE",
        'job_ids["a b"]': "ADD",
    }


@pytest.mark.parametrize("count", [0, MAX_PLACES + 1])
def test_nothing_and_too_much_is_told_as_a_change_alone(count):
    """The engine then shows all, as it does without a word of ours."""
    found = [Change("triggers", ("triggers", index), "ADD") for index in range(count)]

    assert answer_of(DetailedDiff([], found)).keys() == {"changes"}


def test_another_way_of_answering_is_left_alone():
    """Whoever reads a diff gets what it is of the SDK's own class."""
    diff = DetailedDiff(["region"], [Change("region", ("region",), "UPDATE")])
    fields: dict[str, Any] = {}

    assert diff.changes is True
    assert diff.replaces == ["region"]
    assert fields == {}
