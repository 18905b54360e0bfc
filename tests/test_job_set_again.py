"""A set that was settled before: only what is open is looked at again."""

from __future__ import annotations

import pytest

from lifecycles import (
    BAD,
    GOOD,
    SET_SCRIPTS,
    SLOW,
    emulator_with_jobs,
    read_set,
    settle_set,
    verdicts,
)
from pulumi_alicloud_mediaconvert.emulator import (
    Script,
    Step,
    after_reads,
    faults,
    not_found,
)
from pulumi_alicloud_mediaconvert.errors import ApiStatusError


@pytest.fixture
def api():
    """The emulator in memory, with a job for each way that one can go."""
    return emulator_with_jobs()


def test_the_next_up_looks_only_at_what_is_open(api):
    """What has passed has ended; what has not, and what is new, is looked at."""
    first = settle_set(api, {"a": GOOD, "b": BAD})
    asked = len(api.requests)
    api.add_job(BAD, SET_SCRIPTS[GOOD])

    second = settle_set(api, {"a": GOOD, "b": BAD, "c": "late"}, first.outputs)

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
def test_other_constraints_are_tested_anew(api, change):
    """What passed other demands has not passed these."""
    first = settle_set(api, {"a": GOOD})
    asked = len(api.requests)

    settle_set(api, {"a": GOOD}, first.outputs, **change)

    assert len(api.requests) == asked + 1


def test_another_job_of_the_same_name_is_looked_at(api):
    """A verdict belongs to a job, not to a name."""
    first = settle_set(api, {"a": GOOD})

    second = settle_set(api, {"a": BAD}, first.outputs)

    assert second.outputs["verdict"] == "failed"


def test_advice_about_a_kept_job_is_kept_too(api):
    """A warning is not lost because another job joins."""
    rule = {"query": "length(outputs)", "must_be": 99, "enforcement_level": "advisory"}
    first = settle_set(api, {"a": GOOD}, expect={"rules": [rule]})

    second = settle_set(
        api, {"a": GOOD, "b": SLOW}, first.outputs, expect={"rules": [rule]}, wait=False
    )

    of_a = [one for one in second.outputs["mismatches"] if one["name"] == "a"]
    assert of_a == first.outputs["mismatches"] != []
    assert set(first.warnings[1:]) < set(second.warnings)


def test_what_was_removed_is_forgotten(api):
    """A job that is no longer in the set has no say."""
    first = settle_set(api, {"a": GOOD, "b": BAD})

    second = settle_set(api, {"a": GOOD}, first.outputs)

    assert second.outputs["verdict"] == "passed"
    assert list(second.outputs["jobs"]) == ["a"]


def test_a_refresh_looks_only_at_what_is_open(api):
    """One look each at what has not passed, without waiting."""
    first = settle_set(api, {"a": GOOD, "b": SLOW})
    asked = len(api.requests)

    seen = read_set(api, {"a": GOOD, "b": SLOW}, first.outputs)

    assert [request.job_id for request in api.requests[asked:]] == [SLOW]
    assert verdicts(seen) == {"a": "passed", "b": "pending"}
    assert seen.failures


def test_what_was_known_of_a_job_outlasts_a_look_that_failed(api):
    """Who cannot be asked about any more did end as it did; its verdict is open."""
    first = settle_set(api, {"a": GOOD, "b": BAD})
    denied = faults.vendor_error("Forbidden.RAM", times=None)
    api.faults.add(denied, job_id=BAD)

    second = settle_set(api, {"a": GOOD, "b": BAD}, first.outputs)

    kept = second.outputs["jobs"]["b"]
    assert (kept["state"], kept["verdict"]) == ("Failed", "pending")
    assert kept["code"] == first.outputs["jobs"]["b"]["code"]
    assert second.failures


def test_what_is_kept_is_counted_in_one_row(api):
    """Thousands that have passed before are no thousands of lines."""
    names = {str(number): GOOD for number in range(50)}
    stored = settle_set(api, names).outputs
    rows: list[str] = []

    settle_set(api, names, stored, rows=rows)

    assert rows == ["50/50 ended"]


def test_a_refresh_without_the_api_leaves_the_state_alone(api):
    """It ends in one line; what was known of the set stays as it was."""
    first = settle_set(api, {"a": GOOD, "b": BAD})
    api.faults.add(faults.status(503, times=None), job_id=BAD)

    with pytest.raises(ApiStatusError, match=f"cannot read job {BAD}"):
        read_set(api, {"a": GOOD, "b": BAD}, first.outputs)


def test_a_refresh_keeps_the_verdict_of_a_job_whose_record_has_gone(api):
    """As of a single job: gone is neither better nor worse than it was."""
    names = {"a": GOOD, "b": BAD}
    first = settle_set(api, names)
    gone = faults.vendor_error("ResourceNotFound", times=None)
    api.faults.add(gone, job_id=BAD)

    seen = read_set(api, names, first.outputs)

    assert seen.outputs["verdict"] == "failed"
    assert verdicts(seen) == verdicts(first)
    assert seen.failures


@pytest.mark.parametrize(
    "again", [settle_set, read_set], ids=["the next up", "a refresh"]
)
def test_a_job_that_was_seen_and_is_gone_has_a_line_of_its_own(api, again):
    """It says when it was seen, and in which state; no other line hides it."""
    jobs = {"a": SLOW, "b": "other"}
    api.add_job("other", SET_SCRIPTS[SLOW])
    first = settle_set(api, jobs)
    seen_at = first.outputs["jobs"]["b"]["seen_at"]
    api.add_job("other", not_found())

    second = again(api, jobs, first.outputs)
    third = again(api, jobs, second.outputs)

    for settled in (second, third):
        assert verdicts(settled) == {"a": "pending", "b": "pending"}
        [line] = [one for one in settled.failures if "no longer finds" in one]
        assert line.startswith("b: The API no longer finds job other ")
        assert seen_at in line
        assert "Running" in line


def test_a_job_that_goes_while_it_is_waited_for_has_a_line_of_its_own(api):
    """The same in the run in which it was seen."""
    gone = Script([Step("Running", leave=after_reads(1)), not_found()])
    api.add_job("other", gone)

    settled = settle_set(api, {"a": SLOW, "b": "other"}, wait={"timeout": "1h"})

    [line] = [one for one in settled.failures if "no longer finds" in one]
    assert line.startswith("b: The API no longer finds job other ")
