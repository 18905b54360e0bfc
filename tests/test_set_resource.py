"""What a program sees of a set, and what the engine stores of its provider."""

import pickle

import pytest

from jobs import JOB_ID
from pulumi_alicloud_mediaconvert.emulator import scripts
from pulumi_alicloud_mediaconvert.input_names import SET_INPUT_NAMES
from pulumi_alicloud_mediaconvert.lifecycle.declared import DeclaredSet
from pulumi_alicloud_mediaconvert.lifecycle.set_entries import WORDS, Entry, summary_of
from pulumi_alicloud_mediaconvert.lifecycle.set_state import set_changes
from pulumi_alicloud_mediaconvert.schema.outputs import JobSetCounts, JobSetEntry
from pulumi_alicloud_mediaconvert.schema.secrets import SetSecrecy
from pulumi_alicloud_mediaconvert.schema.set_inputs import JobSetInputs
from pulumi_alicloud_mediaconvert.schema.values import Secret
from pulumi_alicloud_mediaconvert.set_provider import MediaConvertJobSetProvider
from pulumi_alicloud_mediaconvert.set_resource import (
    SET_OUTPUT_NAMES,
    MediaConvertJobSet,
)

BASE = {"job_ids": ["a", "b"], "region": "cn-shanghai", "triggers": []}


def test_the_stored_provider_is_its_name():
    """No code and no secret stands in the state, and an upgrade changes nothing."""
    stored = pickle.dumps(MediaConvertJobSetProvider())

    assert b"pulumi_alicloud_mediaconvert.set_provider" in stored
    assert len(stored) < 120


def test_every_input_is_checked_and_every_field_has_a_type():
    """What is stored and what is typed are the same."""
    assert set(JobSetInputs.model_fields) == set(SET_INPUT_NAMES)
    assert JobSetEntry.__annotations__.keys() == Entry.__annotations__.keys()
    assert set(JobSetCounts.__annotations__) == {"total", "ended", *WORDS}
    assert {*SET_INPUT_NAMES, *SET_OUTPUT_NAMES} == set(
        MediaConvertJobSet.__annotations__
    )


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({}, []),
        ({"job_ids": ["b", "a"]}, []),
        ({"job_ids": {"b": "b", "a": "a"}}, []),
        ({"wait": {"timeout": 1}}, []),
        ({"on_preview": "off"}, []),
        ({"expect_by_name": {}}, []),
        ({"job_ids": ["a"]}, ["job_ids"]),
        ({"job_ids": {"x": "a", "b": "b"}}, ["job_ids"]),
        ({"region": "cn-beijing"}, ["region"]),
        ({"expect": {"output_count": 1}}, ["expect"]),
        ({"expect_by_name": {"a": {}}}, ["expect_by_name"]),
        ({"triggers": [1]}, ["triggers"]),
    ],
    ids=str,
)
def test_a_change_of_form_is_no_change(change, names):
    """Order and form of the IDs do not matter, nor does how long to wait."""
    assert set_changes(BASE, BASE | change) == names


@pytest.mark.parametrize("name", ["job_ids", "expect", "expect_by_name"])
def test_a_secret_hides_all_that_tells_of_a_job(name):
    """Counts and verdict stay readable; jobs and mismatches do not."""
    secrecy = SetSecrecy.of({name: Secret(1), "region": Secret("x")})
    outputs = {"verdict": "failed", "jobs": {}, "mismatches": [], name: 1, "counts": {}}

    marked = secrecy.marked(outputs)

    assert {key for key, value in marked.items() if isinstance(value, Secret)} == {
        name,
        "jobs",
        "mismatches",
    }
    assert SetSecrecy.of({**marked, "region": Secret("x")}) == secrecy
    assert secrecy.told(["sum", "one job"])[0] == "sum"
    assert "one job" not in " ".join(secrecy.told(["sum", "one job"]))


def test_thousands_are_counted_as_people_write_them():
    """The sum of a large set can be read."""
    for number in (int, float):
        # As they are now, and as they come out of a state.
        counts = {"passed": number(1812), "failed": number(3)}

        assert summary_of({"counts": counts}, "all") == "all: 1,812 passed, 3 failed."


@pytest.mark.parametrize("on_preview", ["fail", "warn", "off"])
def test_a_preview_foretells_what_will_stop(api, set_provider, on_preview):
    """A job that ended badly is found before anything is changed."""
    api.add_job(JOB_ID, scripts.fails())
    news = {
        "job_ids": {"intro": JOB_ID},
        "region": "cn-shanghai",
        "on_preview": on_preview,
        "__preview": True,
    }

    result = set_provider.check({}, news)

    reasons = [failure.reason for failure in result.failures]
    assert bool(reasons) is (on_preview == "fail")
    # After the sum of what the preview read.
    assert all(reason.startswith(f"intro: job {JOB_ID}") for reason in reasons[1:])
    assert len(reasons) == (2 if on_preview == "fail" else 0)
    assert len(api.requests) == (0 if on_preview == "off" else 1)
    declared = JobSetInputs.model_validate(result.inputs)
    assert DeclaredSet(declared, result.inputs).name == "1 job (cn-shanghai)"
