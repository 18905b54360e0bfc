"""A set of jobs: side by side, one verdict, and next time just what is open."""

from __future__ import annotations

import asyncio
import cProfile

import pytest

from clocks import FakeClock
from pulumi_alicloud_mediaconvert.emulator import Emulator, faults, scripts
from pulumi_alicloud_mediaconvert.errors import ApiStatusError, AuthenticationError
from pulumi_alicloud_mediaconvert.lifecycle.job_set import JobSets
from set_inputs import declared_set
from settled_jobs import KEYS, REGION, lifecycle_on
from simulated_time import simulate
from watched_jobs import Crowd

GOOD, BAD, SLOW, GONE = "good", "bad", "slow", "gone"
SCRIPTS = {
    GOOD: scripts.succeeds_cleanly(),
    BAD: scripts.fails(),
    SLOW: scripts.stalls(),
    "late": scripts.succeeds_slowly(reads=3),
}


@pytest.fixture
def api():
    """The emulator in memory, with a job for each way that one can go."""
    emulator = Emulator()
    for job_id, script in SCRIPTS.items():
        emulator.add_job(job_id, script)
    return emulator


def settle(api, job_ids, stored=None, rows=None, config=None, **stated):
    """Settle a set within a minute of the clock that it is handed."""
    sets = JobSets(lifecycle_on(api, FakeClock(), config))
    show = rows.append if rows is not None else lambda _: None
    return asyncio.run(sets.settle(declared_set(job_ids, **stated), 60, show, stored))


def verdicts(settled) -> dict[str, str]:
    """Tell the verdict of each job by its name."""
    return {name: one["verdict"] for name, one in settled.outputs["jobs"].items()}


def test_a_set_of_good_jobs_passes(api):
    """One verdict and one count for all, and of each job what a person needs."""
    settled = settle(api, {"intro": GOOD, "outro": "late"})

    assert (settled.failures, settled.warnings) == ([], [])
    assert settled.outputs["verdict"] == "passed"
    counts = settled.outputs["counts"]
    assert (counts["total"], counts["ended"], counts["passed"]) == (2, 2, 2)
    intro = settled.outputs["jobs"]["intro"]
    assert (intro["job_id"], intro["state"], intro["text"]) == (GOOD, "Success", None)
    assert set(intro["output_urls"]) >= {"audio-m4a"}
    assert all(url.startswith("http") for url in intro["output_urls"].values())


def test_all_is_collected_before_a_set_fails(api):
    """Each bad job is named with what is wrong, and the good ones are kept."""
    settled = settle(api, {"a": BAD, "b": GOOD, "c": GONE})

    first, bad, *_, gone = settled.failures
    assert first == f"3 jobs ({REGION}): 1 passed, 1 failed, 1 pending."
    assert bad.startswith(f"a: job {BAD} ({REGION}) ended Failed: InvalidParameter.")
    assert gone.startswith(f"c: no job {GONE} in {REGION}; is it another region")
    assert verdicts(settled) == {"a": "failed", "b": "passed", "c": "pending"}
    assert settled.outputs["verdict"] == "failed"


def test_mismatches_name_their_job(api):
    """What is missed says by which job, in the lines and in the outputs."""
    named = next(iter(settle(api, [GOOD]).outputs["jobs"][GOOD]["output_urls"]))
    expect = {"outputs": [{"name": named, "file_size_bytes": {"max": 1}}]}

    settled = settle(api, {"x": GOOD}, expect=expect)

    [mismatch] = settled.outputs["mismatches"]
    assert (mismatch["name"], mismatch["job_id"]) == ("x", GOOD)
    assert settled.failures[2] == f"x: {mismatch['text']}"
    assert settle(api, {"x": GOOD}, expect_by_name={"x": expect}).failures
    assert (
        settle(api, {"x": GOOD}, expect_by_name={"x": {}}, expect=expect).failures == []
    )


def test_jobs_that_go_on_are_told_in_one_line(api):
    """Time is up for many at once: one line says how it stands and what to do."""
    settled = settle(api, {"a": SLOW, "b": GOOD})

    [summary, line] = settled.failures
    assert summary == f"2 jobs ({REGION}): 1 passed, 1 pending."
    assert "is still Running at 40 %" in line
    assert "run `pulumi up` again to resume" in line
    assert settled.outputs["verdict"] == "pending"


@pytest.mark.parametrize("level", ["mandatory", "advisory"])
def test_not_to_wait_is_no_failure(api, level):
    """`wait=False` asked for no more than a look."""
    settled = settle(api, [SLOW, GOOD], wait=False, enforcement_level=level)

    assert settled.failures == []
    assert settled.outputs["counts"]["pending"] == 1


@pytest.mark.parametrize(
    ("stated", "verdict", "failing"),
    [
        ({}, "failed", True),
        ({"enforcement_level": "advisory"}, "failed", False),
        ({"enforcement_level": "disabled"}, "unverified", False),
    ],
)
def test_enforcement_decides_what_a_bad_job_does(api, stated, verdict, failing):
    """As for a single job."""
    settled = settle(api, [BAD, GOOD], **stated)

    assert settled.outputs["verdict"] == verdict
    assert bool(settled.failures) is failing


def test_the_next_up_looks_only_at_what_is_open(api):
    """What has passed has ended; what has not, and what is new, is looked at."""
    first = settle(api, {"a": GOOD, "b": BAD})
    asked = len(api.requests)
    api.add_job(BAD, SCRIPTS[GOOD])

    second = settle(api, {"a": GOOD, "b": BAD, "c": "late"}, first.outputs)

    again = {request.job_id for request in api.requests[asked:]}
    assert again == {BAD, "late"}
    assert second.failures == []
    assert second.outputs["counts"]["passed"] == 3


@pytest.mark.parametrize(
    "change",
    [
        {"expect": {"output_count": {"min": 1}}},
        {"expect_by_name": {"a": {"output_count": {"min": 1}}}},
        {"triggers": [1]},
    ],
    ids=lambda change: next(iter(change)),
)
def test_other_demands_are_tested_anew(api, change):
    """What passed other demands has not passed these."""
    first = settle(api, {"a": GOOD})
    asked = len(api.requests)

    settle(api, {"a": GOOD}, first.outputs, **change)

    assert len(api.requests) == asked + 1


def test_another_job_of_the_same_name_is_looked_at(api):
    """A verdict belongs to a job, not to a name."""
    first = settle(api, {"a": GOOD})

    second = settle(api, {"a": BAD}, first.outputs)

    assert second.outputs["verdict"] == "failed"


def test_advice_about_a_kept_job_is_kept_too(api):
    """A warning is not lost because another job joins."""
    rule = {"query": "length(outputs)", "must_be": 99, "enforcement_level": "advisory"}
    first = settle(api, {"a": GOOD}, expect={"rules": [rule]})

    second = settle(
        api, {"a": GOOD, "b": "late"}, first.outputs, expect={"rules": [rule]}
    )

    of_a = [one for one in second.outputs["mismatches"] if one["name"] == "a"]
    assert of_a == first.outputs["mismatches"] != []
    assert set(first.warnings[1:]) < set(second.warnings)


def test_what_was_removed_is_forgotten(api):
    """A job that is no longer in the set has no say."""
    first = settle(api, {"a": GOOD, "b": BAD})

    second = settle(api, {"a": GOOD}, first.outputs)

    assert second.outputs["verdict"] == "passed"
    assert list(second.outputs["jobs"]) == ["a"]


def test_fail_fast_ends_the_wait_for_all(api):
    """The first bad verdict is enough; the others are kept as they were seen."""
    settled = settle(api, {"a": SLOW, "b": BAD}, fail_fast=True, wait={"timeout": "1h"})

    assert verdicts(settled) == {"a": "pending", "b": "failed"}
    assert settled.outputs["verdict"] == "failed"


def test_a_wrong_key_is_said_once(api):
    """What is wrong with the key is no property of ten thousand jobs."""
    config = KEYS | {"mediaconvert:secretKey": "wrong"}

    with pytest.raises(AuthenticationError):
        settle(api, [GOOD, BAD, "late"], config=config)

    assert len(api.requests) <= 3


def test_a_key_that_is_refused_later_keeps_what_was_seen(api):
    """One line says what is wrong with the key; verdicts that were reached stay."""
    denied = faults.vendor_error("Forbidden.RAM", times=None)
    api.faults.add(denied, job_id="late", skip=1)

    settled = settle(api, {"a": GOOD, "b": "late"})

    assert verdicts(settled) == {"a": "passed", "b": "pending"}
    assert "ice:GetMediaConvertJob" in settled.failures[1]


def test_jobs_that_nobody_knows_are_not_judged(api):
    """Each says where it was looked for; that is no verdict."""
    settled = settle(api, {"a": GONE})

    assert settled.outputs["verdict"] == "pending"
    assert settled.outputs["jobs"]["a"]["state"] is None
    assert settled.failures[1].startswith(f"a: no job {GONE} in {REGION}")


def test_the_row_counts(api):
    """One row for all: how many have ended, and how many badly."""
    rows: list[str] = []

    settle(api, {"a": GOOD, "b": BAD}, rows=rows)

    assert rows[0] == "0 of 2 ended"
    assert rows[-1] == "2 of 2 ended, 1 failed"


def test_the_row_says_why_calls_are_repeated(api):
    """A fault that is retried is no silence."""
    rows: list[str] = []
    api.faults.add(faults.status(503))

    settle(api, {"a": GOOD}, rows=rows)

    assert any("trying again: " in row for row in rows)


def test_an_interrupted_set_keeps_what_was_seen():
    """Ctrl-C ends all waits at once; the next `up` resumes."""
    crowd = Crowd()
    crowd.api.add_job("a", SCRIPTS[GOOD])
    crowd.api.add_job("b", scripts.succeeds_cleanly(seconds=3000))

    settled = simulate(interrupted(crowd, ["a", "b"]))

    assert verdicts(settled) == {"a": "passed", "b": "pending"}
    assert "The wait was interrupted. Run `pulumi up` again" in settled.failures[1]


async def interrupted(crowd, job_ids):
    """Settle a set, and cancel that after ten minutes."""
    async with crowd.lifecycle() as lifecycle:
        work = JobSets(lifecycle).settle(declared_set(job_ids), 7200, lambda _: None)
        task = asyncio.create_task(work)
        await asyncio.sleep(600)
        task.cancel()
        return await task


def test_a_refresh_looks_only_at_what_is_open(api):
    """One look each at what has not passed, without waiting."""
    first = settle(api, {"a": GOOD, "b": SLOW})
    asked = len(api.requests)

    seen = look(api, {"a": GOOD, "b": SLOW}, first.outputs)

    assert [request.job_id for request in api.requests[asked:]] == [SLOW]
    assert verdicts(seen) == {"a": "passed", "b": "pending"}
    assert seen.failures


@pytest.mark.parametrize(
    "spoilt",
    [
        pytest.param(None, id="no such job"),
        pytest.param("Forbidden.RAM", id="no permission"),
        pytest.param("InternalError", id="a lasting fault"),
    ],
)
def test_not_to_wait_is_no_leave_to_pass_what_was_not_seen(api, spoilt):
    """A job that goes on may pass as pending; one that could not be read never does."""
    if spoilt is not None:
        api.faults.add(faults.vendor_error(spoilt, times=None), job_id=GONE)
    stored = settle(api, {"a": GOOD}).outputs

    settled = settle(api, {"a": GOOD, "b": GONE}, stored, wait=False)

    assert settled.outputs["verdict"] == "pending"
    assert settled.failures


def test_what_was_known_of_a_job_outlasts_a_look_that_failed(api):
    """Who cannot be asked about any more did end as it did; its verdict is open."""
    first = settle(api, {"a": GOOD, "b": BAD})
    denied = faults.vendor_error("Forbidden.RAM", times=None)
    api.faults.add(denied, job_id=BAD)

    second = settle(api, {"a": GOOD, "b": BAD}, first.outputs)

    kept = second.outputs["jobs"]["b"]
    assert (kept["state"], kept["verdict"]) == ("Failed", "pending")
    assert kept["code"] == first.outputs["jobs"]["b"]["code"]
    assert second.failures


def test_what_is_kept_is_counted_in_one_row(api):
    """Thousands that have passed before are no thousands of lines."""
    names = {str(number): GOOD for number in range(50)}
    stored = settle(api, names).outputs
    rows: list[str] = []

    settle(api, names, stored, rows=rows)

    assert rows == ["50 of 50 ended"]


def test_the_work_of_a_set_grows_with_its_jobs_alone():
    """An end is told once: it does not cost a step for each job that goes on."""
    crowd = Crowd()
    names = [f"job-{number}" for number in range(150)]
    for name in names:
        crowd.api.add_job(name, SCRIPTS[GOOD])
    profile = cProfile.Profile()

    profile.runcall(simulate, waited_for(crowd, names))

    told = sum(
        entry.callcount
        for entry in profile.getstats()
        if "add_done_callback" in str(entry.code)
    )
    assert 0 < told < 20 * len(names)


def look(api, job_ids, stored, **stated):
    """Look again at a set, as a refresh does."""
    sets = JobSets(lifecycle_on(api, FakeClock()))
    return asyncio.run(sets.look(declared_set(job_ids, **stated), stored))


def test_a_refresh_without_the_api_leaves_the_state_alone(api):
    """It ends in one line; what was known of the set stays as it was."""
    first = settle(api, {"a": GOOD, "b": BAD})
    api.faults.add(faults.status(503, times=None), job_id=BAD)

    with pytest.raises(ApiStatusError, match=f"cannot read job {BAD}"):
        look(api, {"a": GOOD, "b": BAD}, first.outputs)


def test_a_refresh_keeps_the_verdict_of_a_job_whose_record_has_gone(api):
    """As of a single job: gone is neither better nor worse than it was."""
    names = {"a": GOOD, "b": BAD}
    first = settle(api, names)
    gone = faults.vendor_error("ResourceNotFound", times=None)
    api.faults.add(gone, job_id=BAD)

    seen = look(api, names, first.outputs)

    assert seen.outputs["verdict"] == "failed"
    assert verdicts(seen) == verdicts(first)
    assert seen.failures


async def waited_for(crowd, job_ids):
    """Settle a set at the rate of the API's limit."""
    async with crowd.lifecycle() as lifecycle:
        work = JobSets(lifecycle).settle(declared_set(job_ids), 60, lambda _: None)
        return await work
