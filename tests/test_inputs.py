"""What a program may state, and what it is told about the rest."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs import JOB_ID
from pulumi_alicloud_mediaconvert.args import WaitArgs
from pulumi_alicloud_mediaconvert.input_names import INPUT_NAMES, SET_INPUT_NAMES
from pulumi_alicloud_mediaconvert.schema.check import CheckContext, check_inputs
from pulumi_alicloud_mediaconvert.schema.inputs import (
    CONFIGURED_INPUTS,
    JobInputs,
    WaitInputs,
    parse_duration,
)
from pulumi_alicloud_mediaconvert.schema.set_inputs import JobSetInputs
from pulumi_alicloud_mediaconvert.schema.values import UNKNOWN


def check(configured: dict[str, str] | None = None, **props: Any) -> Any:
    """Check inputs of which the required ones are good."""
    stated = {"job_id": JOB_ID, "region": "cn-shanghai", **props}
    return check_inputs(stated, JobInputs, CheckContext(configured or {}))


def test_defaults_are_resolved_into_the_checked_inputs():
    """What is applied is what stands in the state; a timeout stays unset."""
    checked = check(job_id=f"  {JOB_ID}\n")

    assert checked.problems == []
    assert checked.values == {
        "job_id": JOB_ID,
        "region": "cn-shanghai",
        "wait": {"not_found_grace": 60.0, "poll_min": 3.0, "poll_max": 20.0},
        "enforcement_level": "mandatory",
        "on_inconclusive": "fail",
        "on_preview": "warn",
        "triggers": [],
    }


def test_checked_inputs_stay_as_they_are_when_checked_again():
    """The engine checks what it checked before; nothing moves."""
    once = check(wait={"timeout": "2h"}, triggers=[1, {"a": None}]).values

    assert check_inputs(once, JobInputs).values == once


@pytest.mark.parametrize(
    ("props", "problem"),
    [
        ({"job_id": ""}, "job_id: must not be empty"),
        ({"job_id": "  "}, "job_id: must not be empty"),
        ({"job_id": "a b"}, "job_id: must be 1 to 128 printable ASCII characters"),
        ({"job_id": "x" * 129}, "job_id: must be 1 to 128 printable ASCII characters"),
        ({"job_id": "ä"}, "job_id: must be 1 to 128 printable ASCII characters"),
        ({"job_id": 7}, "job_id: must be text, got int"),
        ({"job_id": None}, "job_id: is required"),
        ({"region": "cn-shanghia"}, 'did you mean "cn-shanghai"?'),
        ({"region": "a/b"}, "region: "),
        ({"wiat": {}}, "wiat: unknown key (did you mean `wait`?)"),
        ({"wait": {"zzz": 1}}, "wait.zzz: unknown key (known keys: timeout, "),
        ({"wait": True}, "wait: must be a mapping of limits, or False, got True"),
        ({"wait": "2h"}, "wait: must be a mapping of limits, or False, got '2h'"),
        ({"wait": {"timeout": "2 hours"}}, "wait.timeout: must be a duration such as"),
        ({"wait": {"timeout": -1}}, "wait.timeout: must be from 0 to 30 days"),
        ({"wait": {"timeout": "721h"}}, "wait.timeout: must be from 0 to 30 days"),
        ({"wait": {"poll_min": 0}}, "wait.poll_min: must be at least 0.1 seconds"),
        (
            {"wait": {"poll_min": 30}},
            "wait: poll_min must not exceed poll_max (30 s and 20 s)",
        ),
        (
            {"enforcement_level": "strict"},
            (
                "enforcement_level: must be 'mandatory', 'advisory' or 'disabled', "
                "got 'strict'"
            ),
        ),
        ({"on_inconclusive": "pass"}, "on_inconclusive: must be 'fail' or 'warn'"),
        ({"on_preview": 1}, "on_preview: must be 'warn', 'fail' or 'off', got 1"),
        ({"expect": True}, 'expect: must be a mapping or "as-requested", got True'),
        (
            {"expect": {"outputs": [{"name": "a", "video": {"widht": 1}}]}},
            "expect.outputs[0].video.widht: unknown key (did you mean `width`?)",
        ),
        ({"triggers": "now"}, "triggers: must be a list"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_bad_input_is_refused_at_its_path(props, problem):
    """Each wrong input is named with its path and what is allowed."""
    checked = check(**props)

    [found] = checked.problems
    assert problem in found.line


def test_all_problems_are_listed_at_once():
    """A person mends everything in one go."""
    checked = check(job_id="", region="?", on_preview="no", wait={"timeout": "x"})

    assert [problem.path for problem in checked.problems] == [
        "job_id",
        "region",
        "wait.timeout",
        "on_preview",
    ]


def test_configuration_gives_defaults_and_the_program_goes_before_it():
    """The stack's configuration fills in what the program leaves open."""
    configured = {"enforcementLevel": "advisory", "waitPollMin": "1s"}

    checked = check(configured, wait={"poll_min": "2s", "poll_max": "9s"})

    assert checked.values["enforcement_level"] == "advisory"
    assert checked.values["wait"]["poll_min"] == 2


def test_bad_configuration_is_named_with_its_key():
    """A wrong value in the configuration says where it comes from."""
    [problem] = check({"waitStallTimeout": "soon"}).problems

    assert problem.line.startswith(
        "wait.stall_timeout (from mediaconvert:waitStallTimeout): must be a duration"
    )


@pytest.mark.parametrize("key", CONFIGURED_INPUTS)
def test_every_configurable_input_exists(key):
    """What the configuration can set is an input of the resource."""
    path = CONFIGURED_INPUTS[key]

    model = JobInputs if len(path) == 1 else WaitInputs
    assert path[-1] in model.model_fields


def test_what_is_not_known_yet_is_not_judged():
    """Values that another resource computes pass the preview as they are."""
    props: dict[str, Any] = {
        "job_id": UNKNOWN,
        "wait": {"timeout": UNKNOWN},
        "triggers": [UNKNOWN],
    }

    checked = check(**props)

    assert checked.problems == []
    assert checked.values["job_id"] is UNKNOWN
    assert checked.values["wait"] == {
        "timeout": UNKNOWN,
        "not_found_grace": 60,
        "poll_min": 3,
        "poll_max": 20,
    }


def test_a_value_that_may_be_secret_is_not_repeated():
    """What is refused for its type is not printed: it may be a secret."""
    secret = "a-long-password-4711-4711"
    stated: list[dict[str, Any]] = [
        {"triggers": secret},
        {"wait": secret},
        {"wait": {"timeout": secret}},
    ]

    lines = [problem.line for props in stated for problem in check(**props).problems]

    assert len(lines) == len(stated)
    assert not [line for line in lines if "4711" in line]


def test_what_is_known_is_judged_beside_what_is_not():
    """An unknown value does not hide a wrong one."""
    [problem] = check(job_id=UNKNOWN, wait={"timeout": UNKNOWN, "x": 1}).problems

    assert problem.path == "wait.x"


def test_wait_false_is_kept():
    """`wait=False` means to look once, also where the configuration has limits."""
    assert check({"waitPollMin": "1s"}, wait=False).values["wait"] is False


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90s", 90), ("1h30m", 5400), ("250ms", 0.25), (7, 7), ("7", 7), (0.5, 0.5)],
    ids=repr,
)
def test_durations_are_go_style_or_seconds(text, seconds):
    """A duration reads as in Pulumi's own timeouts."""
    assert parse_duration(text) == seconds


@given(st.none() | st.booleans() | st.integers() | st.floats() | st.text())
def test_a_duration_is_within_its_bounds_or_refused(value):
    """No value gives a negative, endless or undefined wait."""
    try:
        seconds = parse_duration(value)
    except ValueError:
        return

    assert 0 <= seconds <= 30 * 24 * 3600


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from([*JobInputs.model_fields, "other"]) | st.text(), anything
    )
)
def test_whatever_a_program_states_the_check_answers(props):
    """The check never raises: it gives inputs, or problems with their paths."""
    checked = check_inputs(props, JobInputs)

    if not checked.problems:
        assert JobInputs.model_validate(checked.values) == checked.inputs
    assert bool(checked.problems) is (checked.inputs is None)


def test_the_types_for_editors_name_what_is_validated():
    """`WaitArgs` has the keys of the model that validates it."""
    assert WaitArgs.__optional_keys__ == set(WaitInputs.model_fields)


@pytest.mark.parametrize(
    ("names", "model"), [(INPUT_NAMES, JobInputs), (SET_INPUT_NAMES, JobSetInputs)]
)
def test_a_program_knows_the_inputs_without_the_models(names, model):
    """What the resource class takes for inputs is what the models check."""
    assert len(names) == len(set(names))
    assert set(names) == set(model.model_fields)
