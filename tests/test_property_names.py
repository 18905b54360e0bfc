"""The native plugin's names: camelCase, but for what users and the vendor wrote."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations import BAD, EXPECTATIONS, GOOD
from jobs import sample_job
from pulumi_alicloud_mediaconvert.functions import GetMediaConvertJobResult
from pulumi_alicloud_mediaconvert.hosts.changes import differences, property_path
from pulumi_alicloud_mediaconvert.hosts.native.messages import NATIVE
from pulumi_alicloud_mediaconvert.hosts.native.property_keys import (
    GET_JOB,
    JOB_OUTPUTS,
    SET_OUTPUTS,
)
from pulumi_alicloud_mediaconvert.hosts.native.property_names import NAMES
from pulumi_alicloud_mediaconvert.resource import OUTPUT_NAMES
from pulumi_alicloud_mediaconvert.schema.check import CheckContext, check_inputs
from pulumi_alicloud_mediaconvert.schema.inputs import JobInputs
from pulumi_alicloud_mediaconvert.schema.values import UNKNOWN, Secret, in_clear
from pulumi_alicloud_mediaconvert.set_resource import SET_OUTPUT_NAMES
from pulumi_alicloud_mediaconvert.verification.job_facts import job_facts

# Names that users choose may be spelt as any key of ours.
CHOSEN = st.sampled_from(
    ["job_id", "jobId", "durationSeconds", "any_of", "720P", "a_b"]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=3)
OPAQUE = st.recursive(
    SCALARS | st.just(UNKNOWN) | SCALARS.map(Secret),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(CHOSEN, inner, max_size=2)
    ),
    max_leaves=4,
)


@st.composite
def marked(draw: st.DrawFn, values: st.SearchStrategy[Any]) -> Any:
    """Draw a value of which some parts are secret, and some are not known yet."""

    def mark(value: Any) -> Any:
        if isinstance(value, dict):
            value = {key: mark(entry) for key, entry in value.items()}
        elif isinstance(value, list):
            value = [mark(entry) for entry in value]
        which = draw(st.integers(0, 12))
        return Secret(value) if which == 0 else UNKNOWN if which == 1 else value

    return mark(draw(values))


INPUTS = st.fixed_dictionaries(
    {"job_id": SCALARS},
    optional={
        "expect": marked(EXPECTATIONS),
        "wait": st.sampled_from([False])
        | st.dictionaries(st.just("stall_timeout"), SCALARS),
        "on_preview": SCALARS,
        "triggers": OPAQUE,
        "config": OPAQUE,
        "user_data": OPAQUE,
        "notOurs": OPAQUE,
        "not_ours": OPAQUE,
        "__seen_at": OPAQUE,
    },
)
OF_NAMES = st.dictionaries(CHOSEN, marked(EXPECTATIONS), max_size=2)


@given(INPUTS)
def test_what_goes_out_in_camel_case_comes_back_as_it_was(props) -> None:
    """Properties are the same after a way to the program and back, marks included."""
    native = NAMES.job.to_native(props)
    assert NAMES.job.to_service(native) == (props, [])
    assert NAMES.job.to_native(NAMES.job.to_service(native)[0]) == native


@given(INPUTS)
def test_snake_case_of_a_file_is_read_too(props) -> None:
    """Plain data that spells known keys in snake_case means the same."""
    assert NAMES.job.to_service(props) == (props, [])


@given(CHOSEN, OPAQUE)
def test_nothing_is_renamed_in_what_users_and_the_vendor_send(key, value) -> None:
    """What `triggers`, `config`, `userData` and unknown keys hold passes as it is."""
    for name in ("triggers", "config", "userData", "raw", "unknown"):
        props = {name: {key: value}}
        [held] = NAMES.job.to_service(props)[0].values()
        assert held == {key: value}
        assert NAMES.job.to_native(props) == props


@given(OF_NAMES, st.dictionaries(CHOSEN, st.text(max_size=3), max_size=2))
def test_names_that_users_choose_are_never_renamed(by_name, urls) -> None:
    """A set's jobs and their outputs keep the names that their users gave them."""
    jobs = {name: {"job_id": "1", "output_urls": urls} for name in by_name}
    props = {"job_ids": dict.fromkeys(by_name, "1"), "expect_by_name": by_name}
    native = NAMES.job_set.to_native({**props, "jobs": jobs})
    assert native["jobIds"].keys() == by_name.keys() == native["jobs"].keys()
    assert native["expectByName"].keys() == by_name.keys()
    assert native["jobs"] == {
        name: {"jobId": "1", "outputUrls": urls} for name in by_name
    }
    assert NAMES.job_set.to_service(native)[0] == {**props, "jobs": jobs}


@pytest.mark.parametrize("expect", [*GOOD.values(), *BAD.values()])
def test_a_camel_case_expectation_is_judged_as_one_in_snake_case(expect) -> None:
    """It is accepted, or refused at the same places."""
    props = {"job_id": "1", "region": "cn-shanghai", "expect": expect}
    native = NAMES.job.to_native(props)
    assert not [key for key in keys_in(native) if "_" in key]
    seen, problems = NAMES.job.to_service(native)
    assert not problems
    one, other = (check_inputs(given, JobInputs) for given in (seen, props))
    assert one.problems == other.problems
    assert one.values == other.values


def keys_in(value: Any) -> list[str]:
    """Name all keys of a value that has no part whose keys are the user's."""
    if isinstance(value, list):
        return [key for entry in value for key in keys_in(entry)]
    if not isinstance(value, dict):
        return []
    return [*value, *(key for entry in value.values() for key in keys_in(entry))]


def test_every_fact_of_a_job_has_a_camel_case_name() -> None:
    """Of what a job reports, only its own request keeps the vendor's keys."""
    facts = job_facts(sample_job())
    native = NAMES.job.to_native(facts)
    assert native["config"] == facts["config"]
    shown = {name: value for name, value in native.items() if name != "config"}
    assert not [key for key in keys_in(shown) if "_" in key]
    assert native["outputs"][0]["videoStreams"][0]["hasBFrames"] is not None
    assert NAMES.job.to_service(native) == (facts, [])


@pytest.mark.parametrize("hidden", [lambda value: value, Secret])
@pytest.mark.parametrize("is_first", [True, False])
def test_two_spellings_of_one_key_are_refused_at_its_place(hidden, is_first) -> None:
    """Nobody can say which of them was meant; the path is that of programs."""
    both = {"durationSeconds": {"min": 1}, "duration_seconds": {"min": 2}}
    stated = both if is_first else dict(reversed(both.items()))
    output = hidden({"name": "a", **stated})
    props, [problem] = NAMES.job.to_service({"expect": {"outputs": [{}, output]}})
    assert problem.line == (
        "expect.outputs[1].durationSeconds: is also set as `duration_seconds`; "
        "keep one of the two"
    )
    assert problem.location == ("expect", "outputs", 1, "duration_seconds")
    [_, kept] = in_clear(props)["expect"]["outputs"]
    assert kept["duration_seconds"] == {"min": 1}


def test_every_place_with_two_spellings_is_named() -> None:
    """All problems come at once, down to a matcher within a matcher."""
    both = {"anyOf": [1], "any_of": [1]}
    props = {"jobId": 1, "job_id": 1, "expect": {"outputCount": {"not": {"not": both}}}}
    paths = [problem.path for problem in NAMES.job.to_service(props)[1]]
    assert paths == ["jobId", "expect.outputCount.not.not.anyOf"]


@pytest.mark.parametrize(
    ("names", "location", "path"),
    [
        (NAMES.job, ("job_id",), "jobId"),
        (NAMES.job, ("wait", "stall_timeout"), "wait.stallTimeout"),
        (
            NAMES.job,
            (
                "expect",
                "output_groups",
                0,
                "outputs",
                1,
                "video",
                "long_edge",
                "any_of",
                0,
            ),
            "expect.outputGroups[0].outputs[1].video.longEdge.anyOf[0]",
        ),
        (NAMES.job, ("triggers", 0, "job_id"), "triggers[0].job_id"),
        (NAMES.job, ("expect", "gop_size"), "expect.gop_size"),
        (
            NAMES.job_set,
            ("expect_by_name", "job_id", "as_requested"),
            "expectByName.job_id.asRequested",
        ),
        (NAMES.job_set, ("job_ids", "on_preview"), "jobIds.on_preview"),
    ],
)
def test_paths_are_written_as_programs_write_them(names, location, path) -> None:
    """Keys of ours are in camelCase; those of users stay as they are."""
    assert names.path(location) == path


@pytest.mark.parametrize(
    ("stated", "line"),
    [
        ({"wait": {"pollMin": "1m", "pollMax": "1s"}}, "wait: pollMin must not exceed"),
        (
            {"expect": {"outputCuont": 1}},
            "expect.outputCuont: unknown key (did you mean",
        ),
        ({"expect": {"output_cuont": 1}}, "expect.output_cuont: unknown key (did you"),
        (
            {"expect": {"everyOutput": {"video": {"gopSize": 50}}}},
            "expect.everyOutput.video.gopSize: the API does not report this",
        ),
        (
            {"expect": {"everyOutput": {"fileSize": 1}}},
            "expect.everyOutput.fileSize: unknown key (did you mean `fileSizeBytes`?)",
        ),
        ({"onPreview": "job_id"}, "onPreview: must be"),
    ],
)
def test_what_is_refused_is_named_as_programs_spell_it(stated, line) -> None:
    """Neither the path nor the text of a problem shows another spelling."""
    props, _ = NAMES.job.to_service({"jobId": "1", "region": "cn-beijing", **stated})
    context = CheckContext(spelling=NATIVE.spelling)
    [problem] = check_inputs(props, JobInputs, context).problems
    shown = problem.line
    assert shown.startswith(line)
    assert "poll_min" not in shown
    assert "output_count" not in shown


def test_all_outputs_of_both_hosts_are_the_same() -> None:
    """What a Python program sees, other programs see too."""
    assert {*JOB_OUTPUTS} == {*OUTPUT_NAMES}
    assert {*SET_OUTPUTS} == {*SET_OUTPUT_NAMES}
    assert {*GET_JOB} == {*GetMediaConvertJobResult.__annotations__}


def test_a_change_is_shown_where_programs_have_it() -> None:
    """The engine finds the place in inputs and state, as `ignoreChanges` names it."""
    olds, news = (
        {"expect_by_name": {"job_id": {"outputs": [{"name": "a", "width": width}]}}}
        for width in ({"any_of": [1]}, {"any_of": [2]})
    )
    [change] = differences(olds, news, ["expect_by_name"])
    path = property_path(NAMES.job_set.location(change.location))
    assert path == "expectByName.job_id.outputs[0].width.anyOf[0]"
