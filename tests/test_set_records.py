"""A set knows of each job what a single job's record knows: the same verdicts follow.

What is compared with is `MediaConvertJob` itself, so that there is one rule for both.
"""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clock import FakeClock
from lifecycles import (
    BAD,
    GOOD,
    SLOW,
    declared,
    declared_set,
    emulator_with_jobs,
    lifecycle_on,
    settle_set,
    verdicts,
)
from pulumi_alicloud_mediaconvert.emulator import faults, scripts
from pulumi_alicloud_mediaconvert.errors import (
    AuthenticationError,
    NextStep,
    ProviderError,
)
from pulumi_alicloud_mediaconvert.lifecycle.job_set import JobSets
from pulumi_alicloud_mediaconvert.lifecycle.packed_facts import (
    FACTS_KEY,
    facts_of,
    line_of,
    packed,
    unpacked,
)
from pulumi_alicloud_mediaconvert.lifecycle.set_state import set_stands

RAW = {"rules": [{"query": "raw.JobId", "must_be": GOOD}]}
EXPECTATIONS = {
    "nothing": None,
    "met": {"output_count": {"min": 1}},
    "missed": {"output_count": 99},
    "as requested": "as-requested",
    "raw": RAW,
    "raw and missed": {"rules": [{"query": "raw.JobId", "must_be": "x"}]},
    "unreported": {"rules": [{"query": "nobody.says.this", "must_be": 1}]},
}
GONE = "ResourceNotFound"


@pytest.fixture
def api():
    """The emulator in memory, with a job for each way that one can go."""
    return emulator_with_jobs()


def let_go(api, *job_ids):
    """Let the records of some jobs be gone."""
    for job_id in job_ids:
        api.faults.add(faults.vendor_error(GONE, times=None), job_id=job_id)


def single(api, job_id, stored, **stated):
    """Settle a job by itself, as the provider's `create` and `update` do it."""
    job = declared(job_id=job_id, **stated)
    work = lifecycle_on(api, FakeClock()).settle(job, 60, lambda _: None, stored)
    try:
        settled = asyncio.run(work)
    except ProviderError:
        return stored
    return (settled.over(stored, job.stated) if stored else settled).outputs


@settings(max_examples=60, deadline=None)
@given(
    job_id=st.sampled_from([GOOD, BAD]),
    steps=st.lists(
        st.tuples(
            st.sampled_from(sorted(EXPECTATIONS)),
            st.sampled_from(["mandatory", "advisory"]),
            st.sampled_from(["a", "b", None]),
        ),
        min_size=1,
        max_size=5,
    ),
)
def test_a_job_whose_record_has_gone_is_verified_as_a_single_one_is(job_id, steps):
    """Whatever is demanded of it next, and however the set calls it."""
    api = emulator_with_jobs()
    alone, together = None, None
    for number, (expect, level, name) in enumerate(steps):
        if number == 1:
            let_go(api, job_id)
        stated = {"expect": EXPECTATIONS[expect], "enforcement_level": level}
        job_ids = [job_id] if name is None else {name: job_id}

        alone = single(api, job_id, alone, **stated)
        together = settle_set(api, job_ids, together, **stated).outputs

        assert together["verdict"] == alone["verdict"], (number, expect, level)


def test_an_old_expectation_that_is_put_back_is_met_again(api):
    """What a job delivered is known although nobody can be asked about it any more."""
    first = settle_set(api, {"a": GOOD}, expect=EXPECTATIONS["met"])
    let_go(api, GOOD)

    other = settle_set(api, {"a": GOOD}, first.outputs, expect=EXPECTATIONS["missed"])
    again = settle_set(api, {"a": GOOD}, other.outputs, expect=EXPECTATIONS["met"])

    assert other.outputs["verdict"] == "failed"
    assert other.failures
    assert again.outputs["verdict"] == "passed"
    assert again.failures == []
    assert again.warnings[1] == (
        "The API no longer finds 1 job that had ended: it was verified with the stored"
        " facts."
    )
    assert again.outputs["jobs"]["a"]["text"] is None


def test_without_stored_facts_nothing_passes_by_default(api):
    """A state of an earlier version has none, nor has a failure too large to keep."""
    first = settle_set(api, {"a": GOOD, "b": BAD}).outputs
    del first[FACTS_KEY]
    let_go(api, GOOD, BAD)

    second = settle_set(api, {"a": GOOD, "b": BAD}, first, expect=EXPECTATIONS["met"])

    assert verdicts(second) == {"a": "inconclusive", "b": "failed"}
    assert second.failures
    assert second.outputs["jobs"]["a"]["output_urls"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"a": GOOD, "b": "late"}, {"x": GOOD, "b": "late"}),
        ({"a": GOOD, "b": "late"}, {"b": GOOD, "a": "late"}),
        ({"a": GOOD, "b": "late"}, [GOOD, "late"]),
        ([GOOD, "late"], {"a": GOOD, "b": "late"}),
        ([GOOD, "late"], ["late", GOOD]),
        ({"a": GOOD}, {"a": GOOD, "b": GOOD}),
    ],
    ids=str,
)
def test_a_known_id_needs_no_call_for_another_name(api, before, after):
    """Names and forms are the program's; a verdict is of a job."""
    first = settle_set(api, before)
    asked = len(api.requests)

    second = settle_set(api, after, first.outputs)

    assert len(api.requests) == asked
    assert set(verdicts(second).values()) == {"passed"}
    assert set(second.outputs["jobs"]) == set(after)
    assert {one["job_id"] for one in second.outputs["jobs"].values()} <= {GOOD, "late"}


def test_a_name_change_keeps_what_is_advised_of_the_job(api):
    """A mismatch goes by the name of now."""
    rule = {"query": "length(outputs)", "must_be": 99, "enforcement_level": "advisory"}
    first = settle_set(api, {"a": GOOD}, expect={"rules": [rule]})

    second = settle_set(api, {"b": GOOD}, first.outputs, expect={"rules": [rule]})

    [mismatch] = second.outputs["mismatches"]
    assert mismatch["name"] == "b"
    assert second.warnings[1:] == [
        line.replace("a: ", "b: ", 1) for line in first.warnings[1:]
    ]


def test_what_was_demanded_of_another_name_is_no_verdict_for_this_one(api):
    """The same job under two names may have to meet two expectations."""
    by_name = {"b": EXPECTATIONS["missed"]}
    first = settle_set(api, {"a": GOOD, "b": GOOD}, expect_by_name=by_name)

    second = settle_set(api, {"a": GOOD, "c": GOOD}, first.outputs)
    third = settle_set(api, {"c": GOOD}, first.outputs, expect=EXPECTATIONS["missed"])

    assert verdicts(first) == {"a": "passed", "b": "failed"}
    assert verdicts(second) == {"a": "passed", "c": "passed"}
    assert verdicts(third) == {"c": "failed"}


@pytest.mark.parametrize(
    ("counted", "level", "more", "accepted"),
    [
        ({"passed": 2.0}, "mandatory", {}, True),
        ({"failed": 1.0, "passed": 1.0}, "advisory", {}, True),
        ({"failed": 1.0, "pending": 1.0}, "advisory", {}, False),
        ({"inconclusive": 1.0, "pending": 1.0}, "advisory", {}, False),
        ({"inconclusive": 1.0}, "mandatory", {"on_inconclusive": "warn"}, True),
        ({"inconclusive": 1, "failed": 1}, "mandatory", {"on_inconclusive": "warn"}, 0),
        ({"pending": 1.0, "unverified": 5.0}, "disabled", {}, False),
        ({"unverified": 5.0}, "disabled", {}, True),
        ({"passed": 1.0, "pending": 1.0}, "mandatory", {"wait": False}, False),
    ],
    ids=str,
)
def test_a_set_is_read_again_while_any_job_is_open(counted, level, more, accepted):
    """As for each job by itself; the worst verdict hides none of the others."""
    worst = next(
        word
        for word in ("failed", "pending", "inconclusive", "unverified", "passed")
        if counted.get(word)
    )
    outputs = {"verdict": worst, "counts": counted}

    is_standing = set_stands(outputs, {"enforcement_level": level, **more})

    assert is_standing == bool(accepted)


@pytest.mark.parametrize("level", ["mandatory", "advisory"])
def test_who_does_not_wait_passes_no_doubt(api, level):
    """A job that goes on may pass as pending, and hides no other verdict."""
    stated = {
        "wait": False,
        "enforcement_level": level,
        "expect_by_name": {"a": EXPECTATIONS["unreported"]},
    }
    api.add_job("slow", scripts.stalls())

    settled = settle_set(api, {"a": GOOD, "b": "slow"}, **stated)

    assert verdicts(settled) == {"a": "inconclusive", "b": "pending"}
    assert settled.outputs["verdict"] == "pending"
    assert bool(settled.failures) is (level == "mandatory")


def test_fail_fast_says_why_the_others_are_open(api):
    """Nobody interrupted anything: another job failed."""
    settled = settle_set(
        api, {"a": SLOW, "b": BAD}, fail_fast=True, wait={"timeout": "1h"}
    )

    text = " ".join(settled.failures)
    assert "interrupted" not in text
    assert "b failed" in text
    assert "interrupted" not in str(settled.outputs["jobs"]["a"]["text"])


@pytest.mark.parametrize("fail_fast", [True, False])
def test_a_run_that_is_cut_keeps_what_was_known(api, fail_fast):
    """A stored failure stays one, with its state, unless something else is demanded."""
    first = settle_set(api, {"a": SLOW, "b": BAD, "c": GOOD})
    api.faults.add(faults.hang(times=None), job_id=BAD)
    api.add_job("worse", scripts.fails())

    async def cut(stated):
        jobs = {"a": SLOW, "b": BAD, "c": GOOD}
        jobs |= {"d": "worse"} if fail_fast else {}
        stated = stated | {"fail_fast": fail_fast}
        work = JobSets(lifecycle_on(api, FakeClock())).settle(
            declared_set(jobs, **stated), 1, lambda _: None, first.outputs
        )
        task = asyncio.create_task(work)
        await asyncio.sleep(0.2)
        if not fail_fast:
            task.cancel()
        return await task

    same = asyncio.run(cut({}))
    other = asyncio.run(cut({"expect": EXPECTATIONS["met"]}))

    kept = same.outputs["jobs"]["b"]
    assert kept == first.outputs["jobs"]["b"]
    assert same.failures
    assert other.outputs["jobs"]["b"]["verdict"] == "pending"
    assert other.outputs["jobs"]["b"]["state"] == "Failed"


def test_one_job_that_may_not_be_read_stops_no_other(api):
    """A permission may lack for one job; the others are waited for, nothing passes."""
    denied = faults.vendor_error("Forbidden.RAM", times=None)
    api.faults.add(denied, job_id=BAD)

    settled = settle_set(
        api, {"a": BAD, "b": GOOD, "c": "late"}, wait={"timeout": "1h"}
    )

    assert verdicts(settled) == {"a": "pending", "b": "passed", "c": "passed"}
    assert any("ice:GetMediaConvertJob" in line for line in settled.failures)
    assert settled.failures[1].startswith("a: ")


def test_a_permission_that_lacks_for_all_is_said_once(api):
    """As a key that is refused: that is no property of each of them."""
    api.faults.add(faults.vendor_error("Forbidden.RAM", times=None))

    with pytest.raises(AuthenticationError) as caught:
        settle_set(api, {"a": BAD, "b": GOOD, "c": "late"})

    [advice] = caught.value.next_steps
    assert advice.step is NextStep.GRANT_PERMISSION
    assert advice.details == {"action": "ice:GetMediaConvertJob"}


texts = st.text(st.characters(exclude_categories=["Cs"]))
facts = st.dictionaries(
    texts, st.recursive(st.none() | st.booleans() | st.integers() | texts, st.lists)
)


@given(st.dictionaries(st.text("abc019-", min_size=1), facts))
def test_facts_are_packed_without_loss(jobs):
    """What is unpacked is what was packed, in whatever order."""
    ended = {"state": "Success", "outputs": []}
    lines = {name: line_of({**one, **ended}, {}) for name, one in jobs.items()}

    read = unpacked(packed({name: line for name, line in lines.items() if line}))

    assert read == lines
    for name, one in jobs.items():
        left = {"verdict", "mismatches", "skipped_checks", "stale"}
        known = {**one, **ended}
        assert facts_of(read[name]) == {
            key: value
            for key, value in known.items()
            if value is not None and key not in left
        }


@pytest.mark.parametrize("text", [None, "", "no base64!", "YWJj", 7.0, "eJw="])
def test_what_was_packed_by_somebody_else_tells_nothing(text):
    """Facts that are not understood are none: nothing is verified by them."""
    assert unpacked(text) == {}
    assert facts_of(b"junk") == {}
