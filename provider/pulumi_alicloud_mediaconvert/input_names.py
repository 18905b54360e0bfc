"""Names and fixed words of inputs and outputs, without the code that checks them.

A program only declares resources; only the plugin imports the models with the checks.
Tests compare the names with the models.
"""

from __future__ import annotations

from typing import Literal

EnforcementLevel = Literal["mandatory", "advisory", "disabled"]
# Levels of a single expectation, which cannot be disabled.
ExpectationLevel = Literal["mandatory", "advisory"]
OnInconclusive = Literal["fail", "warn"]
OnPreview = Literal["warn", "fail", "off"]
Network = Literal["vpc", "public"]
OtherOutputs = Literal["allow", "forbid"]

Verdict = Literal["passed", "failed", "inconclusive", "pending", "unverified"]
# Of a single check that was not met.
MismatchVerdict = Literal["missed", "inconclusive"]

# The subject of the resource comes first.
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
