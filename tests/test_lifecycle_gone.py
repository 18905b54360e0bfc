"""An ended job whose record has gone: what its stored facts still decide."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from clock import FakeClock
from jobs import JOB_ID, NAME, REGION
from lifecycles import LEVELS, declared, lifecycle_on, settle
from pulumi_alicloud_mediaconvert.emulator import Emulator, faults, scripts
from pulumi_alicloud_mediaconvert.errors import AuthenticationError, JobNotFoundError


def stored_of(script, **stated: Any) -> dict[str, Any]:
    """Return what an `up` of earlier stored of a job that followed a script."""
    return dict(asyncio.run(settle(script, **stated)).outputs)


async def settle_gone(stored, *, clock=None, **stated):
    """Settle a job whose record has gone, over what is stored of it."""
    lifecycle = lifecycle_on(Emulator(), clock or FakeClock())
    return await lifecycle.settle(declared(**stated), 60, lambda _: None, stored)


GONE = f"{NAME} had ended with the state Success, and the API no longer finds it"
BY_STORED_FACTS = f"{GONE}: it was verified with the stored facts."
NOT_ENOUGH = f"{GONE}. The stored facts are not enough to verify it again."
TOO_LARGE_TO_KEEP = ("config", "outputs", "output_groups", "mismatches")


def test_an_ended_job_whose_record_has_gone_is_verified_by_stored_facts():
    """It never is "no job": the facts of then meet the demands of now."""
    clock = FakeClock()
    stored = stored_of(scripts.succeeds_cleanly())

    settled = asyncio.run(settle_gone(stored, clock=clock, triggers=["new"]))

    assert settled.failures == []
    assert settled.warnings == [BY_STORED_FACTS]
    assert settled.outputs == stored | {"triggers": ["new"], "stale": True}
    # No grace for a job that was there: one look is enough.
    assert clock.slept == []


@pytest.mark.parametrize("wait", [{}, False], ids=["waiting", "never waiting"])
def test_stored_facts_that_miss_new_constraints_stop_the_deployment(wait):
    """Other expectations are decided by the facts, the stored request included."""
    stored = stored_of(scripts.succeeds_cleanly())

    settled = asyncio.run(settle_gone(stored, expect={"output_count": 99}, wait=wait))

    assert settled.outputs["verdict"] == "failed"
    assert settled.outputs["stale"] is True
    assert settled.failures[0] == f"{NAME} ended Success, but 1 check failed."
    assert settled.warnings == [BY_STORED_FACTS]


@pytest.mark.parametrize("lost", ["config", "job_name"])
def test_the_stored_request_is_what_was_requested(lost):
    """Outputs that were requested and never reported are missed from what is stored."""
    stored = stored_of(scripts.succeeds_cleanly())
    stored["outputs"] = stored["outputs"][1:]
    del stored[lost]

    settled = asyncio.run(settle_gone(stored))

    expected = "passed" if lost == "config" else "inconclusive"
    assert settled.outputs["verdict"] == expected


@pytest.mark.parametrize(
    ("earlier", "verdict"), [("passed", "passed"), ("failed", "failed")]
)
def test_the_answer_itself_is_not_stored_so_that_a_rule_over_it_is_kept(
    earlier, verdict
):
    """A rule over `raw` has the outcome of then; it cannot pass by default."""
    query = "raw.State" if earlier == "passed" else "raw.Nothing || 'none'"
    rule = {"rules": [{"query": query, "must_be": "Success"}]}
    stored = stored_of(scripts.succeeds_cleanly(), expect=rule)
    assert stored["verdict"] == earlier

    settled = asyncio.run(settle_gone(stored, expect=rule))

    assert settled.outputs["verdict"] == verdict


def test_a_new_rule_over_the_answer_cannot_pass_without_it():
    """What was never tested is undecided when the answer has gone."""
    rule = {"rules": [{"query": "raw.State", "must_be": "Success"}]}
    stored = stored_of(scripts.succeeds_cleanly())

    settled = asyncio.run(settle_gone(stored, expect=rule))

    assert settled.outputs["verdict"] != "passed"
    assert settled.failures


@pytest.mark.parametrize("verdict", ["failed", "inconclusive", "odd", None])
@pytest.mark.parametrize("level", LEVELS)
def test_what_is_stored_without_facts_keeps_its_verdict(verdict, level):
    """A failure that was too large to keep stays one: it never passes by default."""
    stored = {
        name: value
        for name, value in stored_of(scripts.succeeds_cleanly()).items()
        if name not in TOO_LARGE_TO_KEEP
    } | {"verdict": verdict}

    settled = asyncio.run(settle_gone(stored, enforcement_level=level))

    kept = "unverified" if level == "disabled" else str(verdict)
    assert settled.outputs["verdict"] == kept
    assert settled.outputs["stale"] is True
    [line] = settled.failures + settled.warnings
    assert line == f"{NOT_ENOUGH} The last verdict is kept: {kept}."
    assert bool(settled.failures) is (level == "mandatory")


@pytest.mark.parametrize(
    "odd",
    [
        {"outputs": "four"},
        {"output_groups": [3]},
        {"mismatches": ["odd"]},
        {"mismatches": [{"path": "x", "severity": "high"}]},
    ],
    ids=str,
)
def test_facts_of_another_version_are_no_reason_to_pass(odd):
    """What this version does not understand keeps the verdict that stands there."""
    stored = stored_of(scripts.succeeds_cleanly()) | odd | {"verdict": "failed"}

    settled = asyncio.run(settle_gone(stored))

    assert settled.outputs["verdict"] == "failed"
    assert settled.failures[0].startswith(NOT_ENOUGH)


@pytest.mark.parametrize("level", ["mandatory", "advisory"])
def test_an_unverified_job_is_verified_by_its_stored_facts(level):
    """Facts that nobody has verified yet are as good as others."""
    stored = stored_of(scripts.one_output_fails(), enforcement_level="disabled")
    assert stored["verdict"] == "unverified"

    settled = asyncio.run(settle_gone(stored, enforcement_level=level))

    assert settled.outputs["verdict"] == "failed"
    assert bool(settled.failures) is (level == "mandatory")


def test_a_job_that_was_never_seen_is_waited_for_and_then_unknown():
    """Nothing is known of it: the grace holds, then there is no job."""
    clock = FakeClock()

    with pytest.raises(JobNotFoundError, match=f"^no job {JOB_ID} in {REGION}"):
        asyncio.run(settle_gone({}, clock=clock, wait={"timeout": 600}))

    assert sum(clock.slept) == pytest.approx(60, abs=1)


def test_another_error_is_not_taken_for_a_lost_record():
    """Only the API's word that there is no job makes the stored facts count."""
    api = Emulator()
    api.faults.add(faults.vendor_error("Forbidden.RAM", times=None))
    stored = stored_of(scripts.succeeds_cleanly())
    lifecycle = lifecycle_on(api, FakeClock())

    with pytest.raises(AuthenticationError):
        asyncio.run(lifecycle.settle(declared(), 60, lambda _: None, stored))
