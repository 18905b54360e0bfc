"""Limits of a wait and their defaults. Cheap to import: help texts name them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class LimitKind(Enum):
    """A limit of a wait, by the input that sets it."""

    TIMEOUT = "wait.timeout"
    QUEUE = "wait.queue_timeout"
    STALL = "wait.stall_timeout"
    NOT_FOUND = "wait.not_found_grace"


@dataclass(frozen=True, kw_only=True)
class WaitLimits:
    """Limits of a wait, all in seconds; `None` means none.

    Attributes:
        timeout: of the whole wait; 0 takes one poll.
        queue_timeout: longest time in `Inited`.
        stall_timeout: longest time in `Running` without a change of `Percent`.
        not_found_grace: how long a job may be unknown; one that was seen is not gone
            before `MIN_MISSES` polls have missed it.
        poll_min: shortest time from one poll to the next.
        poll_max: longest time from one poll to the next.
    """

    timeout: float = 1800.0
    queue_timeout: float | None = None
    stall_timeout: float | None = None
    not_found_grace: float = 60.0
    poll_min: float = 3.0
    poll_max: float = 20.0


DEFAULTS = WaitLimits()
