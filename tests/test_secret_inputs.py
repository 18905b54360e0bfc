"""A secret is neither printed nor stored in clear, nor is what derives from it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from jobs import JOB_ID
from pulumi_alicloud_mediaconvert.expect.validation_messages import Problem, path_of
from pulumi_alicloud_mediaconvert.hosts.dynamic.sdk_values import from_sdk, state_to_sdk
from pulumi_alicloud_mediaconvert.hosts.hidden_keys import SECRETS_KEY
from pulumi_alicloud_mediaconvert.hosts.job_controller import JobController
from pulumi_alicloud_mediaconvert.hosts.runtime import Runtime
from pulumi_alicloud_mediaconvert.hosts.set_controller import JobSetController
from pulumi_alicloud_mediaconvert.input_names import INPUT_NAMES
from pulumi_alicloud_mediaconvert.lifecycle.stored_state import stored_lines
from pulumi_alicloud_mediaconvert.schema.secrets import (
    OPEN,
    Secrecy,
    SetSecrecy,
)
from pulumi_alicloud_mediaconvert.schema.values import Secret, in_clear
from pulumi_alicloud_mediaconvert.text import HIDDEN

OUTPUTS: dict[str, Any] = {
    "job_id": JOB_ID,
    "region": "cn-shanghai",
    "expect": {"output_count": 2},
    "wait": {"timeout": 60},
    "verdict": "failed",
    "message": f"job {JOB_ID} is bad",
    "config": {"Outputs": [{"Name": f"x-{JOB_ID}"}]},
    "output_groups": [{JOB_ID: 1}],
    "outputs": [{"name": "video", "url": "http://b/720p.mp4"}],
    "mismatches": [],
    "skipped_checks": [],
    "percent": 100,
    "user_data": None,
}
OF_JOB_ID = {
    "job_id",
    "message",
    "config",
    "output_groups",
    "mismatches",
    "skipped_checks",
}
OF_EXPECT = {"expect", "mismatches", "skipped_checks"}


def secrecy_of(names: Any, props: dict[str, Any] = OUTPUTS) -> Secrecy:
    """Read the secrecy of a job of which these inputs are secret."""
    return Secrecy.of(from_sdk(props | {SECRETS_KEY: names}, INPUT_NAMES))


def secret_ones(values: dict[str, Any]) -> set[str]:
    """Name the properties that are marked as a whole."""
    return {name for name, value in values.items() if isinstance(value, Secret)}


@pytest.mark.parametrize(
    ("names", "encrypted"),
    [
        pytest.param([], set(), id="nothing"),
        pytest.param(["job_id"], OF_JOB_ID, id="job ID"),
        pytest.param(["expect"], OF_EXPECT, id="expectations"),
        pytest.param(["job_id", "expect"], OF_JOB_ID | OF_EXPECT, id="both"),
        pytest.param(["region"], {"region"}, id="what nothing derives from"),
        pytest.param(["wait", "job_id"], OF_JOB_ID | {"wait"}, id="with another"),
    ],
)
def test_what_derives_from_a_secret_is_sealed_as_a_whole(names, encrypted):
    """Whatever repeats a secret, however deep, is one; all else stays readable."""
    assert secret_ones(secrecy_of(names).marked(OUTPUTS)) == encrypted


def test_an_id_that_is_spelled_for_an_address_is_the_same_secret():
    """Percent-encoded in a URL the job ID is no less the job ID."""
    secrecy = Secrecy.of({"job_id": Secret("a/b+c")})

    marked = secrecy.marked({"url": "http://b/a%2Fb%2Bc.mp4"})

    assert secret_ones(marked) == {"url"}
    assert secrecy.masked("at http://b/a%2Fb%2Bc") == f"at http://b/{HIDDEN}"


@pytest.mark.parametrize("names", [[], ["job_id"], ["job_id", "expect"]])
def test_a_refresh_knows_the_secrets_from_what_is_stored(names):
    """No program runs then, so the names are stored, if there are any."""
    secrecy = secrecy_of(names)

    marked = secrecy.marked(OUTPUTS)
    stored = state_to_sdk(in_clear(marked), secrecy.secret_inputs)

    assert stored == OUTPUTS | ({SECRETS_KEY: names} if names else {})
    assert Secrecy.of(from_sdk(stored, INPUT_NAMES)) == secrecy


@pytest.mark.parametrize("names", [None, "job_id", 7, {}, [3], ["job_id", None]])
def test_names_that_nobody_wrote_are_no_reason_to_fail(names):
    """Whatever stands in a state, reading it does not raise."""
    secrecy = secrecy_of(names, {"job_id": 3})

    assert secrecy.masked("job 3") in {"job 3", f"job {HIDDEN}"}


def test_a_secret_id_is_masked_in_every_line():
    """The ID is masked as it is sent, without the blanks of a copy."""
    secrecy = Secrecy.of({"job_id": Secret(f" {JOB_ID} ")})

    assert secrecy.masked(f"no job {JOB_ID} in x ({JOB_ID})") == (
        f"no job {HIDDEN} in x ({HIDDEN})"
    )
    assert OPEN.masked(JOB_ID) == JOB_ID


def stored_line(path: str) -> str:
    """Say of a stored mismatch what a secret `expect` leaves of it."""
    stored = {
        "path": path,
        "expected": "1280",
        "actual": "848",
        "verdict": "missed",
        "text": "the 1280 that we agreed upon: got 848",
    }
    known = {
        "state": "Success",
        "outputs": [{"name": "video"}],
        "verdict": "failed",
        "mismatches": [stored],
    }
    [_, line] = stored_lines(known, Secrecy(hides_expect=True))
    return line


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (
            'outputs["video"].video.width',
            f'output "video": video width: expected {HIDDEN}, got 848',
        ),
        (
            'outputs["s3cret"].video.width',
            f'output "{HIDDEN}": video width: expected {HIDDEN}, got 848',
        ),
        (
            'output_groups["s3cret"].output_count',
            f'output group "{HIDDEN}": output_count: expected {HIDDEN}, got 848',
        ),
        ("rules[0]", f"rules[0]: expected {HIDDEN}, got {HIDDEN}"),
        (
            'outputs["video"].s3cret"].width',
            f"{HIDDEN}: expected {HIDDEN}, got {HIDDEN}",
        ),
        ("what is this?", f"{HIDDEN}: expected {HIDDEN}, got {HIDDEN}"),
    ],
    ids=[
        *("reported output", "named output", "named group", "what a rule gives"),
        *("a name like a path", "no path"),
    ],
)
def test_a_stored_line_of_a_secret_demand_names_the_fact_alone(path, line):
    """What was demanded is not printed, nor any name that nobody but the user knows."""
    assert stored_line(path) == line


@pytest.mark.parametrize("path", ["expect", "expect.outputs[0].video.width"])
def test_a_refused_secret_constraint_is_not_quoted_from(path):
    """The path says where the mistake is, and nothing what it is."""
    secrecy = Secrecy(hides_expect=True)

    refused = "is refused; the value is secret, so no details are shown"
    problem = Problem(path, "must be 1, got 's3cret'", ("expect",))
    assert secrecy.redacted_problem(problem) == problem._replace(text=refused)
    other = Problem("region", "got 'x'", ("region",))
    assert secrecy.redacted_problem(other) == other
    assert OPEN.redacted_problem(problem) == problem


def test_nothing_of_a_secret_is_in_what_is_left_open():
    """What is not encrypted can be searched for the secret in vain."""
    marked = secrecy_of(["job_id", "expect"]).marked(OUTPUTS)

    left = {key: marked[key] for key in marked.keys() - secret_ones(marked)}

    assert JOB_ID not in json.dumps(left)
    assert "expect" not in left


def test_of_a_secret_input_of_a_set_no_name_within_it_is_told():
    """The keys of these mappings are names or job IDs, which may be the secret."""
    secrecy = SetSecrecy.of({"expect_by_name": {"s3cret": {"a": Secret(1)}}})
    refused = "is refused; the value is secret, so no details are shown"

    for location in (
        ("expect_by_name",),
        ("expect_by_name", "s3cret"),
        ("expect_by_name", "s c", "a"),
    ):
        text = "there is no such name in job_ids"
        problem = secrecy.redacted_problem(Problem(path_of(location), text, location))
        assert problem.line == f"expect_by_name: {refused}"
    open_one = Problem("expect.a", "unknown key", ("expect", "a"))
    assert secrecy.redacted_problem(open_one) == open_one


@pytest.mark.parametrize("kind", [JobController, JobSetController])
def test_only_a_secret_that_comes_or_goes_makes_a_difference(kind):
    """Of any input; neither order nor what is no input matters."""
    controller, known = kind(Runtime({})), kind.input_names
    props = {"verdict": "passed", "enforcement_level": "mandatory"}

    def differ(olds: object, news: object) -> bool:
        state, inputs = (
            from_sdk(props | {SECRETS_KEY: names}, known) for names in (olds, news)
        )
        return bool(controller.diff(state, inputs).needs_update)

    for name in known:
        assert differ(None, [name])
        assert differ([name], None)
        assert not differ([name], [name])
    assert not differ(list(known), list(known)[::-1])
    assert not differ(["later"], None)


@pytest.mark.parametrize("secrecy", [Secrecy, SetSecrecy])
@pytest.mark.parametrize("name", ["region", "wait", "triggers"])
def test_a_secret_from_which_nothing_derives_is_neither_quoted_nor_lost(secrecy, name):
    """A refused one is not printed, and a refresh still knows of it."""
    known = secrecy.of({name: Secret("s3cret")})

    problem = Problem(f"{name}.limit", "got 's3cret'", (name, "limit"))
    assert "s3cret" not in str(known.redacted_problem(problem))
    assert secret_ones(known.marked({name: "s3cret"})) == {name}
    assert known.secret_inputs == (name,)
