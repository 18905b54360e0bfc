"""A set of jobs: side by side, one verdict, one row."""

from __future__ import annotations

import asyncio
import cProfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clock import simulate
from credentials import CONFIG_KEYS
from jobs import REGION
from lifecycles import (
    BAD,
    GONE,
    GOOD,
    LEVELS,
    SET_SCRIPTS,
    SLOW,
    declared_set,
    emulator_with_jobs,
    settle_set,
    verdicts,
)
from pulumi_alicloud_mediaconvert.emulator import faults, scripts
from pulumi_alicloud_mediaconvert.errors import AuthenticationError
from pulumi_alicloud_mediaconvert.lifecycle.job_set import JobSets
from pulumi_alicloud_mediaconvert.lifecycle.set_lines import lines_of_set
from waits import Crowd


@pytest.fixture
def api():
    """The emulator in memory, with a job for each way that one can go."""
    return emulator_with_jobs()


def test_a_set_of_good_jobs_passes(api):
    """One verdict and one count for all, and of each job what a person needs."""
    settled = settle_set(api, {"intro": GOOD, "outro": "late"})

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
    settled = settle_set(api, {"a": BAD, "b": GOOD, "c": GONE})

    first, bad, gone = settled.failures
    assert first == f"3 jobs ({REGION}): 1 passed, 1 failed, 1 pending."
    assert bad.startswith(f"a: job {BAD} ({REGION}) ended Failed: InvalidParameter.")
    assert gone.startswith(f"c: no job {GONE} in {REGION} (ResourceNotFound, ")
    assert verdicts(settled) == {"a": "failed", "b": "passed", "c": "pending"}
    assert settled.outputs["verdict"] == "failed"


@pytest.mark.parametrize("level", ["mandatory", "advisory"])
def test_jobs_that_ended_alike_are_one_line_of_their_set(api, level):
    """One cause is said once, also again from the state; a lone job is named by ID."""
    api.add_job("bad-too", scripts.fails())
    jobs = {"a": BAD, "b": GOOD, "c": "bad-too"}

    settled = settle_set(api, jobs, enforcement_level=level)

    lines = settled.failures or settled.warnings
    [_, line] = lines
    assert line.startswith("a and c: ended Failed: InvalidParameter.")
    assert line.endswith("decoded; check that it is complete.")
    assert lines_of_set(settled.outputs, f"3 jobs ({REGION})") == lines
    [_, alone] = settle_set(api, {"a": BAD}).failures
    assert alone.startswith(f"a: job {BAD} ({REGION}) ended Failed: InvalidParameter.")
    assert alone.endswith(line.rpartition('"')[2].removeprefix("."))


def test_what_is_wrong_with_many_jobs_is_said_once(api):
    """Three jobs stand for all of a cause, with how many more there are."""
    api.add_job("other", scripts.cancelled())
    for number in range(130):
        api.add_job(f"id-{number}", scripts.fails())
    jobs = {f"ep{number:03}": f"id-{number}" for number in range(130)}

    lines = settle_set(api, {**jobs, "odd": "other"}).failures

    assert len(lines) == 3
    assert lines[1].startswith("ep000, ep001, ep002 and 127 more: ended Failed: ")
    assert lines[2].startswith("odd: job other ")
    assert "Cancelled" in lines[2]


def test_equal_details_of_jobs_are_said_once(api):
    """Jobs that miss the same expectations have a line each, and one a cause."""
    api.add_job("good-too", scripts.succeeds_cleanly())
    rule = {"query": "length(outputs)", "must_be": 99}
    expect = {"every_output": {"audio_count": 99}, "output_count": 99, "rules": [rule]}

    settled = settle_set(api, {"a": GOOD, "b": "good-too"}, expect=expect)

    _, head, *below = settled.failures
    assert head.startswith("a and b: each ended Success, but ")
    assert [line.partition("expected")[0] for line in below] == [
        *("a and b: all 4 outputs: audio_count: ", "a and b: output_count: "),
        'a and b: rule "length(outputs)": ',
    ]
    assert lines_of_set(settled.outputs, f"2 jobs ({REGION})") == settled.failures


def test_mismatches_name_their_job(api):
    """What is missed says by which job, in the lines and in the outputs."""
    named = next(iter(settle_set(api, [GOOD]).outputs["jobs"][GOOD]["output_urls"]))
    expect = {"outputs": [{"name": named, "file_size_bytes": {"max": 1}}]}

    settled = settle_set(api, {"x": GOOD}, expect=expect)

    [mismatch] = settled.outputs["mismatches"]
    assert (mismatch["name"], mismatch["job_id"]) == ("x", GOOD)
    assert settled.failures[2] == f"x: {mismatch['text']}"
    assert settle_set(api, {"x": GOOD}, expect_by_name={"x": expect}).failures
    assert (
        settle_set(api, {"x": GOOD}, expect_by_name={"x": {}}, expect=expect).failures
        == []
    )


def test_jobs_that_go_on_are_told_in_one_line(api):
    """Time is up for many at once: one line says how it stands and what to do."""
    settled = settle_set(api, {"a": SLOW, "b": GOOD})

    [summary, line] = settled.failures
    assert summary == f"2 jobs ({REGION}): 1 passed, 1 pending."
    assert "is still Running at 40%" in line
    assert "Run `pulumi up` again to resume" in line
    assert settled.outputs["verdict"] == "pending"


@pytest.mark.parametrize("level", ["mandatory", "advisory"])
def test_not_to_wait_is_no_failure(api, level):
    """`wait=False` asked for no more than a look."""
    settled = settle_set(api, [SLOW, GOOD], wait=False, enforcement_level=level)

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
    settled = settle_set(api, [BAD, GOOD], **stated)

    assert settled.outputs["verdict"] == verdict
    assert bool(settled.failures) is failing


def test_fail_fast_ends_the_wait_for_all(api):
    """The first bad verdict is enough; the others are kept as they were seen."""
    settled = settle_set(
        api, {"a": SLOW, "b": BAD}, fail_fast=True, wait={"timeout": "1h"}
    )

    assert verdicts(settled) == {"a": "pending", "b": "failed"}
    assert settled.outputs["verdict"] == "failed"
    assert "Pending: a (Running)." in settled.failures
    assert sum("fail_fast" in line for line in settled.failures) == 1


def test_a_wrong_key_is_said_once(api):
    """What is wrong with the key is no property of ten thousand jobs."""
    config = CONFIG_KEYS | {"mediaconvert:secretKey": "wrong"}

    with pytest.raises(AuthenticationError):
        settle_set(api, [GOOD, BAD, "late"], config=config)

    assert len(api.requests) <= 3


def test_a_key_that_is_refused_later_keeps_what_was_seen(api):
    """One line says what is wrong with the key; verdicts that were reached stay."""
    denied = faults.vendor_error("Forbidden.RAM", times=None)
    api.faults.add(denied, job_id="late", skip=1)

    settled = settle_set(api, {"a": GOOD, "b": "late"})

    assert verdicts(settled) == {"a": "passed", "b": "pending"}
    assert "ice:GetMediaConvertJob" in settled.failures[1]


@pytest.mark.parametrize("level", LEVELS)
def test_a_refused_key_stops_a_set_only_where_its_level_does(api, level):
    """A running job whose wait the key has ended is pending, as its level allows."""
    api.faults.add(faults.status(503), job_id="late")
    refused = faults.vendor_error("InvalidAccessKeyId.NotFound", times=None)
    api.faults.add(refused, job_id="late", skip=1)

    settled = settle_set(api, {"a": "late", "b": SLOW}, enforcement_level=level)

    assert verdicts(settled) == {"a": "pending", "b": "pending"}
    assert settled.outputs["jobs"]["b"]["state"] == "Running"
    assert "because the jobs cannot be read" in settled.outputs["jobs"]["b"]["text"]
    assert bool(settled.failures) is (level == "mandatory")


def test_jobs_that_nobody_knows_are_not_judged(api):
    """Each says where it was looked for; that is no verdict."""
    settled = settle_set(api, {"a": GONE})

    assert settled.outputs["verdict"] == "pending"
    assert settled.outputs["jobs"]["a"]["state"] is None
    assert settled.failures[1].startswith(f"a: no job {GONE} in {REGION}")


def test_the_row_counts(api):
    """One row for all: how many have ended, and how many badly."""
    rows: list[str] = []

    settle_set(api, {"a": GOOD, "b": BAD}, rows=rows)

    assert rows[0] == "0/2 ended"
    assert rows[-1] == "1 failed · 2/2 ended"


def test_the_last_row_of_a_set_that_passes_counts_the_checks(api):
    """A job that passed before is not verified again: only new ones count."""
    rows: list[str] = []

    first = settle_set(api, {"a": GOOD}, rows=rows)
    api.add_job("other", scripts.succeeds_cleanly())
    settle_set(api, {"a": GOOD, "b": "other"}, first.outputs, rows=rows)

    assert [row for row in rows if "met" in row] == [
        "1/1 ended · 9 checks met",
        "2/2 ended · 9 checks of 1 job met",
    ]


def test_the_row_says_why_calls_are_repeated(api):
    """A fault that is retried is no silence."""
    rows: list[str] = []
    api.faults.add(faults.status(503))

    settle_set(api, {"a": GOOD}, rows=rows)

    assert any("503 ServiceUnavailable · retrying 1 job" in row for row in rows)


def test_an_interrupted_set_keeps_what_was_seen():
    """Ctrl-C ends all waits at once; the next `up` resumes."""
    crowd = Crowd()
    crowd.api.add_job("a", SET_SCRIPTS[GOOD])
    crowd.api.add_job("b", scripts.succeeds_cleanly(seconds=3000))

    settled = simulate(interrupted(crowd, ["a", "b"], 600))

    assert verdicts(settled) == {"a": "passed", "b": "pending"}
    assert settled.failures[1:] == [
        "The wait was interrupted. Run `pulumi up` again to resume.",
        "Pending: b (Running).",
    ]


@settings(max_examples=30)
@given(turns=st.lists(st.integers(min_value=0, max_value=6), min_size=1, max_size=5))
def test_what_was_seen_is_kept_however_often_a_set_is_interrupted(turns):
    """A second Ctrl-C, so many turns of the loop later, loses nothing."""
    crowd = Crowd()
    open_ids = [f"open-{number}" for number in range(3)]
    ended_ids = [f"ended-{number}" for number in range(2)]
    for job_id in open_ids:
        crowd.api.add_job(job_id, scripts.succeeds_cleanly(seconds=3000))
    for job_id in ended_ids:
        crowd.api.add_job(job_id, SET_SCRIPTS[GOOD])

    settled = simulate(interrupted(crowd, open_ids + ended_ids, 9, turns))

    assert settled.outputs["counts"]["passed"] == len(ended_ids)
    states = {settled.outputs["jobs"][job_id]["state"] for job_id in open_ids}
    assert states <= {"Inited", "Running"}
    assert settled.failures


def test_an_interrupted_refresh_leaves_the_state_alone():
    """What is stored is what was known; a look that was cut adds nothing to it."""
    crowd = Crowd()
    crowd.api.add_job("a", SET_SCRIPTS[BAD])
    crowd.api.add_job("b", SET_SCRIPTS[BAD])
    crowd.api.faults.add(faults.hang(times=None), job_id="b")

    async def cut():
        async with crowd.lifecycle() as lifecycle:
            work = JobSets(lifecycle).read(declared_set(["a", "b"]), {})
            task = asyncio.create_task(work)
            await asyncio.sleep(1)
            task.cancel()
            await task

    with pytest.raises(asyncio.CancelledError):
        simulate(cut())


async def interrupted(crowd, job_ids, seconds, turns=()):
    """Settle a set, and cancel that after some time; again after some turns."""
    async with crowd.lifecycle() as lifecycle:
        work = JobSets(lifecycle).settle(declared_set(job_ids), 7200, lambda _: None)
        task = asyncio.create_task(work)
        await asyncio.sleep(seconds)
        task.cancel()
        for count in turns:
            for _ in range(count):
                await asyncio.sleep(0)
            task.cancel()
        return await task


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
    stored = settle_set(api, {"a": GOOD}).outputs

    settled = settle_set(api, {"a": GOOD, "b": GONE}, stored, wait=False)

    assert settled.outputs["verdict"] == "pending"
    assert settled.failures


def test_the_work_of_a_set_grows_with_its_jobs_alone():
    """An end is told once: it does not cost a step for each job that goes on."""
    crowd = Crowd()
    names = [f"job-{number}" for number in range(90)]
    for name in names:
        crowd.api.add_job(name, SET_SCRIPTS[GOOD])
    profile = cProfile.Profile()

    profile.runcall(simulate, waited_for(crowd, names))

    told = sum(
        entry.callcount
        for entry in profile.getstats()
        if "add_done_callback" in str(entry.code)
    )
    assert 0 < told < 20 * len(names)


async def waited_for(crowd, job_ids):
    """Settle a set at the rate of the API's limit."""
    async with crowd.lifecycle() as lifecycle:
        work = JobSets(lifecycle).settle(declared_set(job_ids), 60, lambda _: None)
        return await work
