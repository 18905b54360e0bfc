"""The gate: whether a verdict stops a deployment, warns, or passes.

`decide` is the one place that answers this. Pure, and cheap to import.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, NamedTuple


class Decision(Enum):
    """What an `up` does with a verdict."""

    STOP = "stop"
    """The resource fails, and what depends on it is not deployed."""

    WARN = "warn"
    """The deployment goes on, with warnings."""

    PASS = "pass"  # noqa: S105  # no password
    """The deployment goes on."""


@dataclass(frozen=True)
class Policy:
    """When the gate of a resource stops a deployment.

    Attributes:
        enforcement_level: `mandatory`, `advisory` or `disabled`. With any other level
            nothing stops, and no verdict stands.
        on_inconclusive: `fail` or `warn`.
        waits: whether an `up` waits for the job; not with `wait=False`.
    """

    enforcement_level: str | None
    on_inconclusive: str | None = "fail"
    waits: bool = True

    @staticmethod
    def of(inputs: Mapping[str, Any]) -> Policy:
        """Read the policy from inputs, as programs and states have them."""
        return Policy(
            inputs.get("enforcement_level"),
            inputs.get("on_inconclusive"),
            waits=inputs.get("wait") is not False,
        )


class _Rule(NamedTuple):
    decision: Decision
    stands: bool


_PASS = _Rule(Decision.PASS, stands=True)
_WARN = _Rule(Decision.WARN, stands=True)
# Warn, and verify again with the next `up`.
_OPEN = _Rule(Decision.WARN, stands=False)
_STOP = _Rule(Decision.STOP, stands=False)

_Row = tuple[_Rule, _Rule, _Rule]
# fmt: off
_LEVELS =            ("mandatory", "advisory", "disabled")
_TABLE: Mapping[object, _Row] = {
    "passed":        (_PASS,       _PASS,      _PASS),
    "failed":        (_STOP,       _WARN,      _OPEN),
    "inconclusive":  (_STOP,       _WARN,      _OPEN),
    "pending":       (_STOP,       _OPEN,      _OPEN),
    "unverified":    (_STOP,       _OPEN,      _PASS),
}
# Instead of these: `inconclusive` with `on_inconclusive="warn"`, `pending` with
# `wait=False`, and whatever another version of this package may have stored.
_INCONCLUSIVE_WARNS: _Row = (_WARN, _WARN, _WARN)
_PENDING_NOT_WAITED: _Row = (_OPEN, _OPEN, _OPEN)
_UNKNOWN:            _Row = (_STOP, _OPEN, _OPEN)
# fmt: on


def decide(
    verdict: object, policy: Policy, *, is_read: bool = True, interrupted: bool = False
) -> Decision:
    """Decide what an `up` does with a verdict.

    Args:
        verdict: of a job or a set; one of another version is never understood.
        policy: of the resource.
        is_read: whether the job could be read. `wait=False` accepts a job that is
            still running, but not one that nobody could read.
        interrupted: whether the wait was cancelled, which always stops.
    """
    if interrupted:
        return Decision.STOP
    demanded = policy if is_read else replace(policy, waits=True)
    return _rule(verdict, demanded).decision


def decide_all(
    verdicts: Iterable[object],
    policy: Policy,
    *,
    is_read: bool = True,
    interrupted: bool = False,
) -> Decision:
    """Decide about the jobs of a set: the strictest decision counts."""
    decisions = {
        decide(verdict, policy, is_read=is_read, interrupted=interrupted)
        for verdict in verdicts
    }
    return next(decision for decision in Decision if decision in decisions)


def stands(verdict: object, policy: Policy) -> bool:
    """Whether a stored verdict stands until an input changes.

    Every `up` verifies all others again. This closes the gate after a refresh too,
    which clears the engine's own mark of a failure.
    """
    return _rule(verdict, policy).stands


def recorded_verdict(verdict: str, policy: Policy, *, has_ended: bool) -> str:
    """Return the verdict to store: with `disabled`, an ended job is `unverified`."""
    is_disabled = policy.enforcement_level == "disabled"
    return "unverified" if is_disabled and has_ended else verdict


def is_previewed(policy: Policy, on_preview: str) -> bool:
    """Whether a preview reads jobs to find verdicts."""
    return on_preview != "off" and policy.enforcement_level != "disabled"


def stops_preview(on_preview: str) -> bool:
    """Whether a preview fails where its `up` would stop; else it warns."""
    return on_preview == "fail"


def _rule(verdict: object, policy: Policy) -> _Rule:
    if policy.enforcement_level not in _LEVELS:
        return _OPEN
    row = _TABLE.get(verdict, _UNKNOWN) if isinstance(verdict, str) else _UNKNOWN
    if verdict == "inconclusive" and policy.on_inconclusive == "warn":
        row = _INCONCLUSIVE_WARNS
    elif verdict == "pending" and not policy.waits:
        row = _PENDING_NOT_WAITED
    return row[_LEVELS.index(policy.enforcement_level)]
