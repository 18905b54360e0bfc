"""An output is found by its name, and a name that means no one output is told."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_alicloud_mediaconvert.schema.output_names import (
    manifest_urls_by_name,
    urls_by_name,
)
from pulumi_alicloud_mediaconvert.schema.outputs import JobOutput
from pulumi_alicloud_mediaconvert.schema.typed_outputs import find_output, typed_output

NAMED = [
    {"name": "twice"},
    {"name": "twice", "group": "hls", "url": "grouped"},
    {"name": "low", "group": "hls", "url": "low"},
    {"name": "shared", "group": "hls"},
    {"name": "shared", "group": "dash", "url": "dashed"},
    {"name": "doubled"},
    {"name": "doubled"},
]


@pytest.mark.parametrize(
    ("name", "url"),
    [
        pytest.param("twice", None, id="the ungrouped one first"),
        pytest.param("hls/twice", "grouped", id="by group and name"),
        pytest.param("low", "low", id="the only grouped one"),
        pytest.param("dash/shared", "dashed", id="one of several groups"),
    ],
)
@pytest.mark.parametrize("is_typed", [False, True], ids=["plain", "typed"])
def test_an_output_is_found_by_its_name(name, url, is_typed):
    """A name means the ungrouped output, else the only grouped one of that name."""
    outputs: Any = [typed_output(one) for one in NAMED] if is_typed else NAMED

    found = find_output(outputs, name, must_exist=True, job_id="j-1")

    assert found.name == name.rpartition("/")[2]
    assert found.url == url


@pytest.mark.parametrize(
    ("name", "trouble"),
    [
        pytest.param("nope", 'job j-1 has no output "nope"', id="unknown"),
        pytest.param("dash/low", 'job j-1 has no output "dash/low"', id="other group"),
        pytest.param("shared", 'job j-1 has several outputs "shared"', id="two groups"),
        pytest.param("doubled", "several outputs", id="two of the same name"),
    ],
)
def test_a_name_that_means_no_one_output_lists_those_there_are(name, trouble):
    """A wrong or unclear name is one line with every name that would do."""
    with pytest.raises(pulumi.RunError) as error:
        find_output(NAMED, name, must_exist=True, job_id="j-1")

    assert trouble in str(error.value)
    assert '"hls/low", "hls/shared", "hls/twice", "twice"' in str(error.value)


@pytest.mark.parametrize("outputs", [None, [], NAMED], ids=["none", "empty", "others"])
def test_a_missing_output_that_may_be_missing_has_no_fields(outputs):
    """A program that may go on does go on, with nothing but `None`."""
    found = find_output(outputs, "nope", must_exist=False, job_id="j-1")

    assert set(found) == set(JobOutput.__annotations__)
    assert set(found.values()) == {None}


def test_a_job_without_outputs_says_that_there_are_none():
    """An empty list is named as such."""
    with pytest.raises(pulumi.RunError, match="there are: none"):
        find_output([], "nope", must_exist=True, job_id="j-1")


def test_urls_have_every_name_that_means_one_output():
    """A name that means several outputs, or one without a URL, has none."""
    assert urls_by_name(NAMED) == {
        "hls/twice": "grouped",
        "hls/low": "low",
        "low": "low",
        "dash/shared": "dashed",
    }


def test_manifests_have_the_names_that_mean_one_group():
    """A group without a manifest, or one of two groups of a name, has none."""
    groups: list[dict[str, Any]] = [
        {"name": "hls", "manifest_url": "m3u8"},
        {"name": "files", "manifest_url": None},
        {"name": "twice", "manifest_url": "1"},
        {"name": "twice", "manifest_url": "2"},
    ]

    assert manifest_urls_by_name(groups) == {"hls": "m3u8"}


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "name": st.sampled_from(["a", "b", "a/b", "b/a"]),
                "group": st.sampled_from([None, "a", "b"]),
                "url": st.sampled_from([None, "1", "2"]),
            }
        )
    )
)
def test_urls_agree_with_what_a_name_finds(outputs):
    """`urls` and `output()` mean the same by a name."""
    for name, url in urls_by_name(outputs).items():
        found = find_output(outputs, name, must_exist=True, job_id="j-1")
        assert found.url == url
