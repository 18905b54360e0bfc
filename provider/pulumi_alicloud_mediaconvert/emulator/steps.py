"""The script of a job: its steps, and the position of the job in them.

A step ends after a number of reads, for tests, or after seconds, for demonstrations
(like the state transitions of moto).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any


@dataclass(frozen=True)
class AfterReads:
    """End of a step after a number of reads."""

    count: int
    """Number of reads, 1 or more."""

    def __post_init__(self) -> None:
        """Refuse a step without a read."""
        if self.count < 1:
            raise ValueError(f"a step lasts at least one read, not {self.count}")


@dataclass(frozen=True)
class AfterSeconds:
    """End of a step after some time."""

    seconds: float
    """Seconds from the beginning of the step, 0 or more."""

    def __post_init__(self) -> None:
        """Refuse a time that cannot pass."""
        if not self.seconds >= 0:
            raise ValueError(f"a step lasts 0 seconds or more, not {self.seconds}")


def after_reads(count: int) -> AfterReads:
    """End a step after a number of reads: `Step("Running", leave=after_reads(2))`.

    Args:
        count: Number of reads, 1 or more.

    Raises:
        ValueError: The count is below 1.
    """
    return AfterReads(count)


def after_seconds(seconds: float) -> AfterSeconds:
    """End a step after some time: `Step("Running", leave=after_seconds(10))`.

    The first step begins at the first read of the job, not when the job is added.

    Args:
        seconds: Seconds from the beginning of the step, 0 or more.

    Raises:
        ValueError: The time is negative or not a number.
    """
    return AfterSeconds(seconds)


@dataclass(frozen=True)
class Step:
    """One step of a job's script: what the API responds about the job.

    Other outputs and groups keep their status in `base`. Without `base`, it follows
    from the state.
    """

    state: str | None = None
    """`State` of the job, any text. `None`: that of `base`, otherwise `Success`."""
    _: KW_ONLY
    percent: int | None = None
    """`Percent` of the job."""
    code: str | None = None
    """`Code` of the job."""
    message: str | None = None
    """`Message` of the job."""
    outputs: Mapping[str, str] = field(default_factory=dict)
    """`Status` by name of the output; in a group, by `"group/name"`."""
    groups: Mapping[str, str] = field(default_factory=dict)
    """`Status` by name of the output group."""
    fields: Mapping[str, Any] = field(default_factory=dict)
    """Other fields of `Job`, as the API names them. Objects are merged."""
    verbatim: Mapping[str, Any] | bytes | None = None
    """Complete response, an object or raw bytes, instead of all other fields."""
    is_known: bool = True
    """`False`: the job is not found."""
    leave: AfterReads | AfterSeconds | None = None
    """End of the step: `after_reads(n)` or `after_seconds(s)`. `None`: never."""


def not_found(leave: AfterReads | AfterSeconds | None = None) -> Step:
    """Make a step in which the job is not found.

    Args:
        leave: End of the step: `after_reads(n)` or `after_seconds(s)`. `None`: never.
    """
    return Step(is_known=False, leave=leave)


@dataclass(frozen=True)
class Script:
    """The steps of a job, in order. The job stays in the last one."""

    steps: tuple[Step, ...]
    """The steps."""

    def __init__(self, steps: Iterable[Step]) -> None:
        """Check the steps.

        Args:
            steps: One step or more. Each except the last needs `leave`.

        Raises:
            ValueError: There is no step, or a step before the last one has no `leave`.
        """
        object.__setattr__(self, "steps", tuple(steps))
        if not self.steps:
            raise ValueError("a script needs at least one step")
        for number, step in enumerate(self.steps[:-1], start=1):
            if step.leave is None:
                raise ValueError(
                    f"step {number} of {len(self.steps)} never ends: add "
                    "leave=after_reads(n) or leave=after_seconds(s)"
                )


def raw_answer(body: bytes) -> Script:
    """Make a script that responds to every read with these bytes and status 200.

    Args:
        body: The response, sent unchanged.
    """
    return Script([Step(verbatim=body)])


@dataclass(frozen=True)
class Position:
    """Position of a job in its script. Times are in seconds since the epoch."""

    script: Script
    """All steps."""
    index: int = 0
    """Index of the current step."""
    entered_at: float | None = None
    """Beginning of the current step; `None` before the first read."""
    reads: int = 0
    """Reads of the job during the current step."""

    @property
    def step(self) -> Step:
        """The current step."""
        return self.script.steps[self.index]

    @property
    def _leave(self) -> AfterReads | AfterSeconds | None:
        is_last = self.index == len(self.script.steps) - 1
        return None if is_last else self.step.leave

    def at(self, now: float) -> Position:
        """Return the position at that time. The first call starts the first step."""
        entered_at = now if self.entered_at is None else self.entered_at
        position = Position(self.script, self.index, entered_at, self.reads)
        leave = position._leave
        if isinstance(leave, AfterSeconds) and entered_at + leave.seconds <= now:
            left_at = entered_at + leave.seconds
            return Position(self.script, self.index + 1, left_at).at(now)
        return position

    def after_read(self, now: float) -> Position:
        """Return the position after one more read of the current step."""
        reads = self.reads + 1
        if isinstance(self._leave, AfterReads) and reads >= self._leave.count:
            return Position(self.script, self.index + 1, now)
        return Position(self.script, self.index, self.entered_at, reads)
