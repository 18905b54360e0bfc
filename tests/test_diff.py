"""What counts as a change of a resource, and what a change does to a kept verdict."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs import JOB_ID
from pulumi_alicloud_mediaconvert.lifecycle.input_changes import changed_inputs, is_same
from pulumi_alicloud_mediaconvert.lifecycle.stored_state import kept_verdict

REGION = "cn-shanghai"

OUTPUT = {
    "name": "720P-mp4",
    "duration_seconds": {"near": 403, "tolerance": 0.5},
    "video": {"codec": "h264", "width": 1280},
}
STORED: dict[str, Any] = {
    "job_id": JOB_ID,
    "region": REGION,
    "expect": {"outputs": [OUTPUT]},
    "wait": {"timeout": 60.0},
    "enforcement_level": "mandatory",
    "on_inconclusive": "fail",
    "on_preview": "warn",
    "triggers": [{"width": 1280.0, "height": 720.0}],
    "verdict": "passed",
    "__provider": "old",
}


def expecting(**output: Any) -> dict[str, Any]:
    """State the stored expectations with one output changed."""
    return {"expect": {"outputs": [OUTPUT | output]}}


CHANGES = {
    "nothing": ({}, []),
    "job ID": ({"job_id": "other"}, ["job_id"]),
    "region": ({"region": "cn-beijing"}, ["region"]),
    "level": ({"enforcement_level": "advisory"}, ["enforcement_level"]),
    "doubt": ({"on_inconclusive": "warn"}, ["on_inconclusive"]),
    "trigger": ({"triggers": ["new"]}, ["triggers"]),
    "trigger removed": ({"triggers": []}, ["triggers"]),
    "triggers in another order": (
        {"triggers": [{"height": 720}, {"width": 1280}]},
        ["triggers"],
    ),
    "several": (
        {"triggers": [1], "region": "cn-beijing"},
        ["region", "triggers"],
    ),
    "expectations": ({"expect": {"output_count": 2}}, ["expect"]),
    "expectations removed": ({"expect": None}, ["expect"]),
    "demanded width": (
        expecting(video={"codec": "h264", "width": 1920}),
        ["expect"],
    ),
    "text for a number": (
        expecting(video={"codec": "h264", "width": "1280"}),
        ["expect"],
    ),
    "one demand more": (
        expecting(video={"codec": "h264", "width": 1280, "height": 720}),
        ["expect"],
    ),
    "no audio at all": (expecting(audio=[]), ["expect"]),
    "keys in another order": (
        {"expect": {"outputs": [dict(reversed(OUTPUT.items()))]}},
        [],
    ),
    "whole number as a fraction": (
        expecting(video={"codec": "h264", "width": 1280.0}),
        [],
    ),
    "key left out in words": (expecting(audio=None), []),
    "numbers of triggers as fractions": (
        {"triggers": [{"height": 720, "width": 1280}]},
        [],
    ),
    "never to wait": ({"wait": False}, []),
    "a limit of the wait": ({"wait": {"timeout": 9.0}}, []),
    "preview": ({"on_preview": "fail"}, []),
    "upgrade of this package": ({"__provider": "new"}, []),
    "input of a newer version": ({"on_sunday": "rest"}, []),
    "secrecy": ({"__secrets": ["job_id"]}, []),
}


@pytest.mark.parametrize(("change", "names"), CHANGES.values(), ids=CHANGES)
def test_only_a_change_that_matters_is_one(change, names):
    """How long to wait and how it is written change nothing about a verdict."""
    assert changed_inputs(STORED, STORED | change) == names


@pytest.mark.parametrize("name", ["enforcement_level", "on_inconclusive", "triggers"])
@pytest.mark.parametrize("missing", [None, "absent"])
def test_what_an_older_version_did_not_store_is_its_default(name, missing):
    """An upgrade that adds an input with a default shows no change."""
    news = STORED | {"triggers": []}
    olds = dict(news)
    olds[name] = None
    if missing == "absent":
        del olds[name]

    assert changed_inputs(olds, news) == []
    assert changed_inputs(news, olds) == []


@pytest.mark.parametrize("name", ["triggers", "expect"])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param([True], [1], id="true and 1"),
        pytest.param([False], [0], id="false and 0"),
        pytest.param(["1280"], [1280], id="text and number"),
        pytest.param(["x"], ["X"], id="case"),
        pytest.param([[]], [None], id="empty and absent"),
        pytest.param([0], [None], id="zero and absent"),
        pytest.param([1], [1, 1], id="once and twice"),
        pytest.param([{"a": 1}], [[1]], id="mapping and list"),
    ],
)
def test_values_that_only_look_alike_differ(name, one, other):
    """What another type means is another constraint, both ways."""
    olds, news = STORED | {name: {"x": one}}, STORED | {name: {"x": other}}

    assert changed_inputs(olds, news) == [name]
    assert changed_inputs(news, olds) == [name]


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=2), inner, max_size=3)
    ),
)

# Many of them no double is equal to.
LARGE = st.lists(st.integers(-(10**30), 10**30), max_size=3)


def rewritten(value: Any) -> Any:
    """Write a value as the engine may give it back: fractions, other order."""
    if isinstance(value, dict):
        return {key: rewritten(value[key]) for key in reversed(value)} | {"none": None}
    if isinstance(value, list):
        return [rewritten(entry) for entry in value]
    return float(value) if type(value) is int else value


@given(PLAIN | LARGE)
def test_a_value_is_the_same_however_it_is_written(value):
    """The way through the engine and another order of keys change nothing."""
    assert is_same(value, rewritten(value))
    assert is_same(rewritten(value), value)


@given(PLAIN, PLAIN)
def test_two_values_are_the_same_only_if_their_json_is(one, other):
    """Nothing that a reader of JSON tells apart is taken for the same."""

    def spelled(value):
        return json.dumps(_without_null(value), sort_keys=True)

    assert is_same(one, other) == (spelled(one) == spelled(other))


def _without_null(value):
    if isinstance(value, dict):
        entries = ((key, _without_null(entry)) for key, entry in value.items())
        return {key: entry for key, entry in entries if entry is not None}
    if isinstance(value, list):
        return [_without_null(entry) for entry in value]
    return value


def test_to_constraint_nothing_is_to_state_no_constraints():
    """An empty mapping of expectations says what none at all says."""
    nothing, empty = STORED | {"expect": None}, STORED | {"expect": {}}

    assert changed_inputs(nothing, empty) == changed_inputs(empty, nothing) == []


@pytest.mark.parametrize("empty", [None, []], ids=["none", "empty list"])
def test_no_triggers_are_no_triggers_however_they_are_stored(empty):
    """An input that is absent on one side and empty on the other is unchanged."""
    without = {name: value for name, value in STORED.items() if name != "triggers"}

    assert changed_inputs(without, without | {"triggers": empty}) == []
    assert changed_inputs(without | {"triggers": empty}, without) == []


@pytest.mark.parametrize("verdict", ["failed", "inconclusive", "pending", "unverified"])
def test_a_kept_verdict_is_the_stored_one(verdict):
    """What cannot be verified again stays what it was."""
    assert kept_verdict(STORED, STORED | {"verdict": verdict}) == verdict


def test_a_kept_pass_does_not_hold_for_other_constraints():
    """What passed by the demands of then is undecided by those of now."""
    assert kept_verdict(STORED, STORED) == "passed"
    assert kept_verdict(STORED | {"triggers": [9]}, STORED) == "passed"
    assert kept_verdict(STORED | {"expect": None}, STORED) == "inconclusive"
