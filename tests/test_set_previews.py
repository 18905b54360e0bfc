"""What a preview of a set asks for: no job but those that an `up` would look at."""

from __future__ import annotations

import asyncio

import pytest

from credentials import CONFIG_KEYS
from pulumi_alicloud_mediaconvert.emulator import faults, scripts
from pulumi_alicloud_mediaconvert.hosts.dynamic.engine import EngineError
from pulumi_alicloud_mediaconvert.hosts.hidden_keys import PREVIEW_KEY, SECRETS_KEY
from pulumi_alicloud_mediaconvert.hosts.runtime import Runtime
from pulumi_alicloud_mediaconvert.hosts.set_controller import JobSetController

REGION = "cn-shanghai"
BASE = {"region": REGION, "wait": {"timeout": 1, "poll_min": 0.1, "poll_max": 0.1}}
MISSED = {"output_count": 99}


def stored_by(provider, job_ids, **stated):
    """Create a set; return its checked inputs, and what is stored of it."""
    inputs = provider.check({}, {**BASE, "job_ids": job_ids, **stated}).inputs
    return inputs, provider.create(inputs).outs


def previewed(provider, olds, stored, **stated):
    """Preview a change: return what stops it, and whether there is one."""
    inputs = {key: olds[key] for key in olds if key not in stated}
    result = provider.check(olds, {**inputs, **stated, PREVIEW_KEY: True})
    lines = [failure.reason for failure in result.failures]
    try:
        changes = provider.diff("id", stored, result.inputs).changes
    except EngineError as error:
        return [*lines, *str(error).splitlines()], None
    return lines, changes


@pytest.fixture
def passed(api, set_provider):
    """Sixty jobs that have passed, and what is stored of them."""
    job_ids = {f"j{number:02}": f"good-{number}" for number in range(60)}
    for job_id in job_ids.values():
        api.add_job(job_id, scripts.succeeds_cleanly())
    inputs, stored = stored_by(set_provider, job_ids)
    assert stored["verdict"] == "passed"
    api.add_job("bad", scripts.fails())
    return job_ids, inputs, stored


def asked_since(api, count):
    """Return the jobs that were asked for since so many requests."""
    return {request.job_id for request in api.requests[count:]}


@pytest.mark.parametrize("on_preview", ["warn", "fail", "off"])
def test_an_unchanged_set_is_not_asked_for(api, set_provider, passed, on_preview):
    """As a single job: what has passed has ended."""
    _, inputs, stored = passed
    asked = len(api.requests)

    found = previewed(set_provider, inputs, stored, on_preview=on_preview)

    assert found == ([], False)
    assert asked_since(api, asked) == set()


@pytest.mark.parametrize("name", ["a", "j30x", "z"])
def test_a_new_member_that_failed_stops_the_preview(api, set_provider, passed, name):
    """Wherever its name stands among those that passed, it alone is looked at."""
    job_ids, inputs, stored = passed
    asked = len(api.requests)
    more = {**job_ids, name: "bad"}

    lines, _ = previewed(set_provider, inputs, stored, job_ids=more, on_preview="fail")

    assert lines[0] == (f"61 jobs ({REGION}): this preview read 1 job: 1 did not pass.")
    assert lines[1].startswith(f"{name}: job bad ({REGION}) ended Failed")
    assert asked_since(api, asked) == {"bad"}


def test_a_preview_says_once_what_is_wrong_with_several_jobs(api, set_provider, passed):
    """As the `up` will say it."""
    job_ids, inputs, stored = passed
    api.add_job("bad-too", scripts.fails())
    more = {**job_ids, "y": "bad", "z": "bad-too"}

    [_, line], _ = previewed(
        set_provider, inputs, stored, job_ids=more, on_preview="fail"
    )

    assert line.startswith("y and z: ended Failed: InvalidParameter.")


@pytest.mark.parametrize("bad_count", [0, 1, 2])
def test_a_preview_says_how_many_jobs_it_read(api, bad_count):
    """It reads fifty at most; nobody takes the others for good ones."""
    names = [f"j{number:02}" for number in range(60)]
    for name in names:
        bad = name in names[:bad_count]
        api.add_job(name, scripts.fails() if bad else scripts.succeeds_cleanly())
    api.add_job(names[9], scripts.stalls())

    async def preview():
        runtime = Runtime(CONFIG_KEYS | {"mediaconvert:endpoint": api.url})
        controller = JobSetController(runtime)
        found = await controller.preview_checked({**BASE, "job_ids": names})
        await runtime.aclose()
        return found

    found = asyncio.run(preview())

    said = [*found.failures, *found.notes]
    [summary] = [line for line in said if "this preview read" in line]
    assert summary.startswith(
        "60 jobs (cn-shanghai): this preview read 50 of 60 jobs: "
    )
    assert "1 has not ended" in summary
    assert (f"{bad_count} did not pass" in summary) is bool(bad_count)
    assert sum(names[0] in line for line in said if "ended" in line) <= 2


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        pytest.param({}, ["60 jobs (cn-shanghai): this preview read 0 of 60 jobs."]),
        pytest.param({"on_preview": "off"}, []),
    ],
    ids=["by default", "off"],
)
def test_a_set_that_cannot_be_read_says_why_once(api, stated, said):
    """Nobody takes silence for good jobs; a preview that reads nothing is silent."""
    names = [f"j{number:02}" for number in range(60)]
    api.faults.add(faults.vendor_error("Forbidden.RAM", times=None))

    async def preview():
        runtime = Runtime(CONFIG_KEYS | {"mediaconvert:endpoint": api.url})
        controller = JobSetController(runtime)
        found = await controller.preview_checked({**BASE, "job_ids": names, **stated})
        await runtime.aclose()
        return found

    notes = asyncio.run(preview()).notes

    assert notes[:1] == said
    assert len(notes) == 2 * len(said)
    assert all("not allowed to read jobs" in line for line in notes[1:])


def test_a_preview_that_warns_goes_on(api, set_provider, passed):
    """The same look, and the change is shown."""
    job_ids, inputs, stored = passed
    asked = len(api.requests)

    found = previewed(set_provider, inputs, stored, job_ids={**job_ids, "z": "bad"})

    assert found == ([], True)
    assert asked_since(api, asked) == {"bad"}


@pytest.mark.parametrize(
    "change",
    [
        {"expect": MISSED},
        {"triggers": ["again"]},
        {"region": "cn-beijing"},
        {"job_ids": ["good-0", "good-1"], "expect": MISSED},
    ],
    ids=str,
)
def test_other_constraints_are_looked_at_in_the_preview(
    api, set_provider, passed, change
):
    """What passed something else has not passed this; nor has a job of elsewhere."""
    _, inputs, stored = passed
    asked = len(api.requests)

    previewed(set_provider, inputs, stored, **change)

    assert asked_since(api, asked)


def test_removing_and_renaming_ask_nothing(api, set_provider, passed):
    """The engine shows a change; nobody has to be asked for it."""
    job_ids, inputs, stored = passed
    asked = len(api.requests)

    for changed in (
        {"j00": "good-0"},
        {f"new-{name}": job_id for name, job_id in job_ids.items()},
        list(job_ids.values()),
    ):
        found = previewed(set_provider, inputs, stored, job_ids=changed)
        assert found == ([], True)

    assert asked_since(api, asked) == set()


@pytest.mark.parametrize(
    ("level", "asks"), [("mandatory", True), ("advisory", False)], ids=str
)
def test_what_is_accepted_is_not_asked_for_again(api, set_provider, level, asks):
    """A failure that only warns is settled; one that stops is looked at again."""
    api.add_job("bad", scripts.fails())
    api.add_job("good", scripts.succeeds_cleanly())
    checked = set_provider.check(
        {}, {**BASE, "job_ids": ["bad", "good"], "enforcement_level": "advisory"}
    ).inputs
    stored = set_provider.create(checked).outs
    stored["enforcement_level"] = checked["enforcement_level"] = level
    asked = len(api.requests)

    _, changes = previewed(set_provider, checked, stored)

    assert changes is asks
    assert asked_since(api, asked) == ({"bad"} if asks else set())


def test_a_pending_job_is_read_again_behind_an_accepted_one(api, set_provider):
    """In an advisory set too: a job that has ended since does not stay pending."""
    api.add_job("bad", scripts.fails())
    api.add_job("open", scripts.hangs_queued())
    job_ids = ["bad", "open"]
    inputs, stored = stored_by(set_provider, job_ids, enforcement_level="advisory")
    api.add_job("open", scripts.succeeds_cleanly())

    assert set_provider.diff("id", stored, inputs).changes
    again = set_provider.update("id", stored, inputs).outs

    assert stored["jobs"]["open"]["verdict"] == "pending"
    assert again["jobs"]["open"]["verdict"] == "passed"
    assert not set_provider.diff("id", again, inputs).changes


def test_a_preview_tells_nothing_of_what_is_secret_now(api, set_provider, passed):
    """The secrecy is that of the program, not of the state."""
    job_ids, inputs, stored = passed
    api.add_job("s3cret", scripts.fails())
    more = {**job_ids, "s3cret": "s3cret"}

    lines, _ = previewed(
        set_provider,
        inputs,
        stored,
        job_ids=more,
        on_preview="fail",
        **{SECRETS_KEY: ["job_ids"]},
    )

    assert lines
    assert "s3cret" not in " ".join(lines)
