"""What every host is served: plain values and marks in, data out, and no SDK needed."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import Any

import pytest

from credentials import CONFIG_KEYS
from hosts import INPUTS
from jobs import JOB_ID, REGION
from pulumi_alicloud_mediaconvert.emulator import scripts
from pulumi_alicloud_mediaconvert.hosts.call_results import CallError, ResourceResult
from pulumi_alicloud_mediaconvert.hosts.job_controller import JobController
from pulumi_alicloud_mediaconvert.hosts.runtime import Runtime
from pulumi_alicloud_mediaconvert.hosts.set_controller import JobSetController
from pulumi_alicloud_mediaconvert.lifecycle.results import PreviewResult
from pulumi_alicloud_mediaconvert.schema.values import UNKNOWN, Secret

PROPS: dict[str, Any] = {"job_id": JOB_ID, "region": REGION}
SECRET_ID = {"job_id": Secret(JOB_ID), "on_preview": "fail"}


def checked(**props: Any) -> Any:
    """Check the inputs of a job."""
    return JobController(Runtime(CONFIG_KEYS)).check(PROPS | props)


def test_a_secret_within_an_input_makes_all_of_it_one():
    """No host keeps a part of an input secret: what is stored is sealed as a whole."""
    found = checked(expect={"output_count": Secret(4)})

    assert found.problems == []
    assert found.inputs == INPUTS | {"expect": Secret({"output_count": 4})}
    assert found.secret_inputs == ("expect",)


def test_what_is_unknown_stays_in_its_place_and_is_not_judged():
    """An unknown value passes the check; no preview can be made with it."""
    wait = {"timeout": UNKNOWN}

    found = checked(job_id=UNKNOWN, wait=wait)

    assert found.problems == []
    assert found.inputs == INPUTS | {"job_id": UNKNOWN, "wait": INPUTS["wait"] | wait}
    assert found.declared is None
    assert checked(wait=wait).declared is not None


def test_limits_that_contradict_each_other_may_still_turn_out_well():
    """The other bound is unknown: neither is lost, and nothing is refused."""
    wait = {"poll_min": 30, "poll_max": UNKNOWN}

    found = checked(wait=wait)

    assert found.problems == []
    assert found.inputs["wait"] == wait


def test_a_problem_has_its_path_and_nothing_secret():
    """A host may show the path apart from the text."""
    found = checked(job_id=" ", expect={"output_count": Secret("s3cret")})

    assert [one.path for one in found.problems] == ["job_id", "expect.output_count"]
    assert "s3cret" not in " ".join(one.line for one in found.problems)
    assert found.declared is None


def test_one_wrong_setting_of_the_stack_is_a_problem_without_a_declaration():
    """What an `up` would stop at is neither previewed nor declared."""
    runtime = Runtime(CONFIG_KEYS | {"mediaconvert:waitTimeout": "soon"})

    found = JobController(runtime).check(PROPS)

    assert [one.path for one in found.problems] == ["configuration"]
    assert found.declared is None


def created(
    api: Any, script: Any, **props: Any
) -> tuple[PreviewResult, ResourceResult]:
    """Check, preview and create a job by the service alone, as any host may."""
    api.add_job(JOB_ID, script)

    async def serve() -> tuple[PreviewResult, ResourceResult]:
        runtime = Runtime(CONFIG_KEYS | {"mediaconvert:endpoint": api.url})
        controller = JobController(runtime)
        found = controller.check(PROPS | props)
        assert isinstance(controller, JobController)
        previewed = await controller.preview(found.declared)  # type: ignore[arg-type]  # of a job
        outcome = await controller.create(found.inputs, print)
        await runtime.aclose()
        return previewed, outcome

    return asyncio.run(serve())


def test_a_good_job_is_stored_without_failures(api):
    """The state has the inputs and the facts, and nothing that only one host knows."""
    previewed, outcome = created(api, scripts.succeeds_cleanly())

    assert previewed == PreviewResult(outputs=outcome.state)
    assert (outcome.id, outcome.failures, outcome.warnings) == (JOB_ID, [], [])
    assert outcome.state["verdict"] == "passed"
    assert not [name for name in outcome.state if name.startswith("__")]


def test_no_line_of_a_secret_job_names_it(api):
    """Neither what stops a preview nor what is kept; what derives from it is marked."""
    previewed, outcome = created(api, scripts.one_output_fails(), **SECRET_ID)

    assert previewed.stops
    assert previewed.failures == outcome.failures
    assert JOB_ID not in " ".join(outcome.failures)
    assert {"job_id", "mismatches"} <= {
        name for name, value in outcome.state.items() if isinstance(value, Secret)
    }


def test_what_is_not_understood_is_an_error_that_stores_nothing():
    """Stored inputs of another version neither pass nor replace what is stored."""
    controller = JobSetController(Runtime(CONFIG_KEYS))
    stored = {"job_ids": ["a"], "region": REGION, "verdict": "passed", "expect": 7}

    with pytest.raises(CallError) as error:
        asyncio.run(controller.read("id", stored))

    [line] = error.value.lines
    assert line.startswith("the stored inputs of the jobs are not valid in this")


def test_the_service_loads_no_sdk():
    """Another host brings its own protocol."""
    code = (
        "import sys\n"
        "import pulumi_alicloud_mediaconvert.hosts.job_controller\n"
        "import pulumi_alicloud_mediaconvert.hosts.set_controller\n"
        "print(*{'pulumi', 'grpc', 'dill'} & {*sys.modules})"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == []
