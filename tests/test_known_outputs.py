"""What a preview knows of outputs: all of them where an `up` would go on."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from credentials import CONFIG_KEYS
from jobs import JOB_ID, REGION
from pulumi_alicloud_mediaconvert.emulator import scripts
from pulumi_alicloud_mediaconvert.hosts.job_controller import JobController
from pulumi_alicloud_mediaconvert.hosts.runtime import Runtime
from pulumi_alicloud_mediaconvert.hosts.set_controller import JobSetController
from pulumi_alicloud_mediaconvert.schema.values import UNKNOWN, Secret

JOB: dict[str, Any] = {"job_id": JOB_ID, "region": REGION}
SET: dict[str, Any] = {"job_ids": {"a": "good", "b": "other"}, "region": REGION}


def previewed(api, kind, props, state=None, **changes):
    """Check, and preview what is checked; return checked inputs and outputs."""

    async def serve() -> tuple[dict[str, Any], dict[str, Any]]:
        runtime = Runtime(CONFIG_KEYS | {"mediaconvert:endpoint": api.url})
        controller = kind(runtime)
        inputs = controller.check(props | changes).inputs
        found = await controller.preview_checked(inputs, state)
        await runtime.aclose()
        return inputs, found.outputs

    return asyncio.run(serve())


def stored_of(api, kind, props):
    """Create a resource; return what is stored of it."""

    async def serve() -> dict[str, Any]:
        runtime = Runtime(CONFIG_KEYS | {"mediaconvert:endpoint": api.url})
        controller = kind(runtime)
        outcome = await controller.create(controller.check(props).inputs, print)
        await runtime.aclose()
        return dict(outcome.state)

    return asyncio.run(serve())


@pytest.mark.parametrize(
    ("script", "changes", "reads"),
    [
        pytest.param(scripts.stalls(), {}, 1, id="it runs"),
        pytest.param(scripts.fails(), {}, 1, id="it stops the up"),
        pytest.param(
            scripts.succeeds_cleanly(), {"on_preview": "off"}, 0, id="not asked for"
        ),
        pytest.param(
            scripts.succeeds_cleanly(), {"expect": UNKNOWN}, 0, id="unknown demand"
        ),
    ],
)
def test_the_inputs_are_what_is_known_of_other_jobs(api, script, changes, reads):
    """An output that the `up` may give otherwise, or not at all, stays unknown."""
    api.add_job(JOB_ID, script)

    inputs, outputs = previewed(api, JobController, JOB, **changes)

    assert outputs == inputs
    assert len(api.requests) == reads


def test_a_verdict_that_stands_gives_what_is_stored(api):
    """An update that verifies nothing again needs no read to say what it gives."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    stored = stored_of(api, JobController, JOB)
    asked = len(api.requests)

    _, outputs = previewed(api, JobController, JOB, stored, on_preview="fail")

    assert outputs == stored | {"on_preview": "fail"}
    assert len(api.requests) == asked


def test_other_demands_are_verified_before_outputs_are_given(api):
    """What is stored holds for the demands of then alone."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    stored = stored_of(api, JobController, JOB)

    inputs, outputs = previewed(
        api, JobController, JOB, stored, expect={"output_count": 99}
    )

    assert outputs == inputs


def test_what_derives_from_a_secret_is_one_in_a_preview_too(api):
    """A program that shows what it gets in a preview shows no secret."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())

    _, outputs = previewed(api, JobController, JOB, job_id=Secret(JOB_ID))

    assert outputs["job_id"] == Secret(JOB_ID)
    in_clear = {
        name: value for name, value in outputs.items() if not isinstance(value, Secret)
    }
    assert "verdict" in in_clear
    assert JOB_ID not in str(in_clear)


def test_a_set_is_known_whole_when_each_of_its_jobs_is(api):
    """The counts and the verdict depend on every job."""
    for job_id in ("good", "other"):
        api.add_job(job_id, scripts.succeeds_cleanly())

    _, outputs = previewed(api, JobSetController, SET)

    stored = stored_of(api, JobSetController, SET)
    assert outputs == {
        name: value for name, value in stored.items() if not name.startswith("__")
    }


def test_a_set_is_known_as_far_as_its_jobs_were_read(api):
    """A job that goes on leaves the others known, and nothing that rests on all."""
    api.add_job("good", scripts.succeeds_cleanly())
    api.add_job("other", scripts.stalls())

    inputs, outputs = previewed(api, JobSetController, SET)

    jobs = outputs.pop("jobs")
    assert outputs == inputs
    assert jobs["a"]["verdict"] == "passed"
    assert jobs["b"] is UNKNOWN


def test_jobs_of_a_set_that_passed_before_are_known_without_a_read(api):
    """One that is new is read; the others are as they are stored."""
    for job_id in ("good", "other", "new"):
        api.add_job(job_id, scripts.succeeds_cleanly())
    stored = stored_of(api, JobSetController, SET)
    asked = len(api.requests)

    _, outputs = previewed(
        api, JobSetController, SET, stored, job_ids={**SET["job_ids"], "c": "new"}
    )

    assert [request.job_id for request in api.requests[asked:]] == ["new"]
    assert outputs["counts"]["passed"] == 3
    assert outputs["jobs"]["a"] == stored["jobs"]["a"]


def test_a_set_of_which_no_job_is_known_has_its_inputs(api):
    """Nothing is made up."""
    for job_id in ("good", "other"):
        api.add_job(job_id, scripts.stalls())

    inputs, outputs = previewed(api, JobSetController, SET)

    assert outputs == inputs
