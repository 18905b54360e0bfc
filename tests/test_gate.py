"""The gate: what an `up` does with each verdict, and which verdicts stand."""

from __future__ import annotations

from itertools import product

import pytest

from pulumi_alicloud_mediaconvert.lifecycle.gate import (
    Decision,
    Policy,
    decide,
    decide_all,
    is_previewed,
    recorded_verdict,
    stands,
    stops_preview,
)

# `odd` stands for what another version of this package may have stored.
VERDICTS = ["passed", "failed", "inconclusive", "pending", "unverified", "odd", None]
LEVELS = ["mandatory", "advisory", "disabled"]
INCONCLUSIVE = ["fail", "warn"]
WAIT = ["waits", "wait=False"]
READ = ["read", "unread"]
END = ["ended", "interrupted"]

# The first row that fits decides; `-` fits all.
DECISIONS = """
    verdict       level      on_inconclusive  wait        job     end
    -             -          -                -           -       interrupted   stop
    passed        -          -                -           -       -             pass
    unverified    disabled   -                -           -       -             pass
    -             disabled   -                -           -       -             warn
    -             advisory   -                -           -       -             warn
    inconclusive  mandatory  warn             -           -       -             warn
    pending       mandatory  -                wait=False  read    -             warn
    -             mandatory  -                -           -       -             stop
"""
STANDING = """
    verdict       level      on_inconclusive
    passed        -          -                stands
    failed        advisory   -                stands
    inconclusive  advisory   -                stands
    inconclusive  -          warn             stands
    unverified    disabled   -                stands
    -             -          -                open
"""


def spelled(case: tuple[object, ...]) -> str:
    """Name a case by its values."""
    return "-".join(map(str, case))


def looked_up(table: str, *case: object) -> str:
    """Return the last word of the first row that fits."""
    for line in table.strip().splitlines()[1:]:
        *patterns, answer = line.split()
        if all(
            pattern in ("-", str(value))
            for pattern, value in zip(patterns, case, strict=True)
        ):
            return answer
    raise AssertionError(f"no row for {case}")


@pytest.mark.parametrize(
    "case", list(product(VERDICTS, LEVELS, INCONCLUSIVE, WAIT, READ, END)), ids=spelled
)
def test_one_table_decides_what_a_verdict_does(case):
    """Every combination of verdict and policy stops, warns or passes by one rule."""
    verdict, level, on_inconclusive, wait, read, end = case
    policy = Policy(level, on_inconclusive, waits=wait == "waits")

    decision = decide(
        verdict, policy, is_read=read == "read", interrupted=end == "interrupted"
    )

    assert decision.value == looked_up(DECISIONS, *case)


@pytest.mark.parametrize(
    "case", list(product(VERDICTS, LEVELS, INCONCLUSIVE)), ids=spelled
)
@pytest.mark.parametrize("waits", [True, False])
def test_a_verdict_that_does_not_stand_is_verified_again(case, waits):
    """Only these verdicts let dependants go on; `pending` never does."""
    verdict, level, on_inconclusive = case

    is_standing = stands(verdict, Policy(level, on_inconclusive, waits=waits))

    assert is_standing is (looked_up(STANDING, *case) == "stands")


@pytest.mark.parametrize(
    "case", list(product(VERDICTS, LEVELS, INCONCLUSIVE, [True, False])), ids=spelled
)
def test_what_stops_never_stands_and_what_passes_always_does(case):
    """A gate that is closed stays closed, and a pass costs no other call."""
    verdict, *policy = case
    decision = decide(verdict, Policy(*policy))

    if decision is not Decision.WARN:
        assert stands(verdict, Policy(*policy)) is (decision is Decision.PASS)


@pytest.mark.parametrize("verdict", [*VERDICTS, ["passed"], 3])
@pytest.mark.parametrize("level", [None, "remediate"])
def test_a_level_of_another_version_neither_stops_nor_lets_a_verdict_stand(
    verdict, level
):
    """What is not understood is no reason to fail, and none to pass."""
    assert decide(verdict, Policy(level)) is Decision.WARN
    assert not stands(verdict, Policy(level))


@pytest.mark.parametrize("verdict", [["passed"], {}, 3, "Passed", ""])
def test_a_verdict_that_is_no_such_word_stops(verdict):
    """A state that was edited by hand passes nothing."""
    assert decide(verdict, Policy("mandatory", "warn", waits=False)) is Decision.STOP


@pytest.mark.parametrize(
    ("verdicts", "level", "decision"),
    [
        (["passed", "failed"], "mandatory", "stop"),
        (["passed", "failed"], "advisory", "warn"),
        (["passed", "passed"], "mandatory", "pass"),
        (["unverified", "pending"], "disabled", "warn"),
        (["unverified"], "disabled", "pass"),
    ],
)
def test_the_strictest_decision_about_a_job_is_that_of_its_set(
    verdicts, level, decision
):
    """One bad job closes the gate of all."""
    assert decide_all(verdicts, Policy(level)).value == decision
    interrupted = decide_all(verdicts, Policy(level), interrupted=True)
    assert interrupted is Decision.STOP


def test_a_set_that_does_not_wait_passes_no_job_that_could_not_be_read():
    """Not to wait accepts jobs that go on, and no others."""
    policy = Policy("mandatory", waits=False)

    assert decide("pending", policy) is Decision.WARN
    assert decide_all(["passed", "pending"], policy) is Decision.WARN
    assert decide_all(["passed", "pending"], policy, is_read=False) is Decision.STOP


@pytest.mark.parametrize(
    ("inputs", "policy"),
    [
        ({}, Policy(None, None)),
        (
            {"enforcement_level": "advisory", "on_inconclusive": "warn"},
            Policy("advisory", "warn"),
        ),
        (
            {"enforcement_level": "mandatory", "wait": False},
            Policy("mandatory", None, waits=False),
        ),
        ({"wait": {"timeout": 60}}, Policy(None, None)),
        ({"wait": {}}, Policy(None, None)),
        ({"wait": None}, Policy(None, None)),
    ],
    ids=str,
)
def test_a_policy_is_read_from_inputs_in_any_form(inputs, policy):
    """Only `False` is not to wait; limits, or none at all, are a wait."""
    assert Policy.of(inputs) == policy


@pytest.mark.parametrize("verdict", ["passed", "failed", "inconclusive", "pending"])
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("has_ended", [True, False])
def test_a_disabled_resource_stores_no_verdict_on_an_ended_job(
    verdict, level, has_ended
):
    """With `disabled` nothing is verified, so nothing has passed."""
    expected = "unverified" if level == "disabled" and has_ended else verdict

    assert recorded_verdict(verdict, Policy(level), has_ended=has_ended) == expected


@pytest.mark.parametrize(
    ("level", "on_preview", "is_read", "stops"),
    [
        ("mandatory", "warn", True, False),
        ("mandatory", "fail", True, True),
        ("mandatory", "off", False, False),
        ("advisory", "warn", True, False),
        ("advisory", "off", False, False),
        ("disabled", "warn", False, False),
        ("disabled", "off", False, False),
    ],
)
def test_on_preview_decides_whether_a_preview_reads_jobs_and_fails(
    level, on_preview, is_read, stops
):
    """A preview reads nothing where it has nothing to say."""
    assert is_previewed(Policy(level), on_preview) is is_read
    assert stops_preview(on_preview) is stops
