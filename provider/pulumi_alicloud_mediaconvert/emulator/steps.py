"""What a job will do: a script of steps, and where in it the job is now.

Two ways lead out of a step: a number of reads, for tests that count looks, and
seconds, for demonstrations (the idea is moto's state transitions).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any


@dataclass(frozen=True)
class AfterReads:
    """Leave a step when it has answered that many reads."""

    count: int

    def __post_init__(self) -> None:
        """Refuse a step that would answer nothing."""
        if self.count < 1:
            raise ValueError(f"a step answers at least one read, not {self.count}")


@dataclass(frozen=True)
class AfterSeconds:
    """Leave a step that long after it was entered."""

    seconds: float

    def __post_init__(self) -> None:
        """Refuse a time that cannot pass."""
        if not self.seconds >= 0:
            raise ValueError(f"a step lasts 0 seconds or more, not {self.seconds}")


def after_reads(count: int) -> AfterReads:
    """Leave a step when it has answered that many reads, 1 or more.

    Raises:
        ValueError: the count is below 1.
    """
    return AfterReads(count)


def after_seconds(seconds: float) -> AfterSeconds:
    """Leave a step that long after it was entered.

    The first step is entered at the first look, so that a demonstration starts when
    somebody looks and not when the emulator does.

    Raises:
        ValueError: the time is negative or not a number.
    """
    return AfterSeconds(seconds)


@dataclass(frozen=True)
class Step:
    """What the API says about the job for a while.

    Attributes:
        state: the job's `State` as sent, of either vocabulary or of none; `None`
            leaves it as the base answer has it.
        percent: the job's `Percent`.
        code: the job's `Code`.
        message: the job's `Message`.
        outputs: `Status` by output name, those of a group as `"group/name"`. For the
            job that the emulator builds, the others follow from the state.
        groups: `Status` by name of the output group, as with `outputs`.
        fields: whatever else the `Job` object shall hold; objects are merged.
        verbatim: the whole answer instead of all this, an object or raw bytes.
        is_known: `False` answers as for a job that there is not.
        leave: how the step ends; `None` stays.
    """

    state: str | None = None
    _: KW_ONLY
    percent: int | None = None
    code: str | None = None
    message: str | None = None
    outputs: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)
    verbatim: Mapping[str, Any] | bytes | None = None
    is_known: bool = True
    leave: AfterReads | AfterSeconds | None = None


def not_found(leave: AfterReads | AfterSeconds | None = None) -> Step:
    """Answer as if there were no such job."""
    return Step(is_known=False, leave=leave)


@dataclass(frozen=True)
class Script:
    """The steps of a job in their order; the last one stays."""

    steps: tuple[Step, ...]

    def __init__(self, steps: Iterable[Step]) -> None:
        object.__setattr__(self, "steps", tuple(steps))
        if not self.steps:
            raise ValueError("a script needs at least one step")
        for number, step in enumerate(self.steps[:-1], start=1):
            if step.leave is None:
                raise ValueError(
                    f"step {number} of {len(self.steps)} is never left: "
                    "give it leave=after_reads(n) or leave=after_seconds(s)"
                )


def raw_answer(body: bytes) -> Script:
    """Answer every read with these bytes and 200, whatever they are."""
    return Script([Step(verbatim=body)])


@dataclass(frozen=True)
class Position:
    """Where a job is in its script; times in seconds since the epoch.

    Attributes:
        script: all steps.
        index: of the step that answers.
        entered_at: when that step began, `None` before the first look.
        reads: how many reads the step has answered.
    """

    script: Script
    index: int = 0
    entered_at: float | None = None
    reads: int = 0

    @property
    def step(self) -> Step:
        """The step that answers."""
        return self.script.steps[self.index]

    @property
    def _leave(self) -> AfterReads | AfterSeconds | None:
        is_last = self.index == len(self.script.steps) - 1
        return None if is_last else self.step.leave

    def at(self, now: float) -> Position:
        """Return where the job is by that time; the first call starts the clock."""
        entered_at = now if self.entered_at is None else self.entered_at
        position = Position(self.script, self.index, entered_at, self.reads)
        leave = position._leave
        if isinstance(leave, AfterSeconds) and entered_at + leave.seconds <= now:
            left_at = entered_at + leave.seconds
            return Position(self.script, self.index + 1, left_at).at(now)
        return position

    def after_read(self, now: float) -> Position:
        """Return where the job is once the current step has answered a read."""
        reads = self.reads + 1
        if isinstance(self._leave, AfterReads) and reads >= self._leave.count:
            return Position(self.script, self.index + 1, now)
        return Position(self.script, self.index, self.entered_at, reads)
