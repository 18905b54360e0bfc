"""Which verdicts let what depends on a job go on. Pure, and cheap to import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def is_accepted(verdict: object, inputs: Mapping[str, Any]) -> bool:
    """Whether a stored verdict lets what depends on the job go on.

    What is not accepted is verified anew by every `up`: this closes the gate after
    a refresh too, which clears the engine's own mark of a failure.
    """
    level = inputs.get("enforcement_level")
    if verdict == "passed":
        return True
    if verdict == "unverified":
        return level == "disabled"
    if verdict == "failed":
        return level == "advisory"
    if verdict == "inconclusive":
        return level == "advisory" or inputs.get("on_inconclusive") == "warn"
    return False


def is_stopping(verdict: object, inputs: Mapping[str, Any]) -> bool:
    """Whether an `up` that comes to this verdict fails."""
    if inputs.get("enforcement_level") != "mandatory":
        return False
    if verdict == "pending":
        # Not to wait is what was asked for.
        return inputs.get("wait") is not False
    return not is_accepted(verdict, inputs)
