"""Names and words of what a program states and reads, without the code behind them.

A program only declares; the models that check are imported where the plugin serves.
Tests hold the names to the models.
"""

from __future__ import annotations

from typing import Literal

EnforcementLevel = Literal["mandatory", "advisory", "disabled"]
# Levels of a single expectation; a disabled one would be none.
ExpectationLevel = Literal["mandatory", "advisory"]
OnInconclusive = Literal["fail", "warn"]
OnPreview = Literal["warn", "fail", "off"]
Network = Literal["vpc", "public"]
OtherOutputs = Literal["allow", "forbid"]

Verdict = Literal["passed", "failed", "inconclusive", "pending", "unverified"]
# Of a single check that was not met.
MismatchVerdict = Literal["missed", "inconclusive"]

# What the resource is about comes first.
GATE_INPUT_NAMES = (
    "wait",
    "enforcement_level",
    "on_inconclusive",
    "on_preview",
    "triggers",
)
INPUT_NAMES = ("job_id", "region", "expect", *GATE_INPUT_NAMES)
SET_INPUT_NAMES = (
    "job_ids",
    "region",
    "expect",
    "expect_by_name",
    *GATE_INPUT_NAMES,
    "fail_fast",
)
