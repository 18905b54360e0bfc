"""What the rows of scripts/bench give: numbers of two ways, their ratio, and a goal.

Pure: measures nothing. Both ways are measured in turn within one run, so that whatever
else the machine does meets both.
"""

from __future__ import annotations

import operator
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Self

HEAD = ("", "this package", "baseline", "baseline value", "ratio", "goal")


@dataclass(frozen=True)
class Goal:
    """A bound on what was measured.

    Attributes:
        subject: what is bounded: the ratio, or the number of ours.
        bound: that holds itself.
        side: of the bound on which the goal holds.
    """

    subject: Literal["ratio", "ours"]
    bound: float
    side: Literal["at most", "at least"] = "at most"

    def holds(self, value: float) -> bool:
        """Whether a value keeps to it."""
        within = operator.le if self.side == "at most" else operator.ge
        return bool(within(value, self.bound))


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One line of the table: a work, done in two ways.

    Attributes:
        name: of the work.
        baseline: the other way; empty if there is none.
        unit: of the numbers.
        ours: a number for each repetition.
        theirs: the same for the other way, pair by pair.
        goal: if there is one.
        details: what the numbers were made from, or what else was measured, as JSON.
    """

    name: str
    baseline: str
    unit: str
    ours: Sequence[float]
    theirs: Sequence[float] = ()
    goal: Goal | None = None
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def ratio(self) -> float | None:
        """How many times the alternative ours is: median of the pairs."""
        if not self.theirs:
            return None
        pairs = zip(self.ours, self.theirs, strict=True)
        return statistics.median(ours / theirs for ours, theirs in pairs)

    @property
    def holds(self) -> bool | None:
        """Whether the goal is met; `None` without one, or without what it bounds."""
        if self.goal is None:
            return None
        is_ours = self.goal.subject == "ours"
        value = statistics.median(self.ours) if is_ours else self.ratio
        return None if value is None else self.goal.holds(value)

    @property
    def cells(self) -> list[str]:
        """The line of the table."""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        theirs = self._median(self.theirs) if self.theirs else ""
        ours = self._median(self.ours)
        return [self.name, ours, self.baseline, theirs, ratio, self._goal()]

    @property
    def raw(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self) | {"ratio": self.ratio, "holds": self.holds}

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Self:
        """Read what `raw` has written."""
        names = {name: raw[name] for name in cls.__dataclass_fields__}
        goal = Goal(**names["goal"]) if names["goal"] else None
        return cls(**names | {"goal": goal})

    def _median(self, numbers: Sequence[float]) -> str:
        return f"{shown(statistics.median(numbers))} {self.unit}"

    def _goal(self) -> str:
        if self.goal is None:
            return ""
        unit = "" if self.goal.subject == "ratio" else f" {self.unit}"
        word = {True: "holds", False: "MISSED", None: "not measured"}[self.holds]
        return f"{self.goal.side} {self.goal.bound:g}{unit}: {word}"


def shown(number: float) -> str:
    """Write a number with as many digits as tell something."""
    if number >= 100:  # noqa: PLR2004  # three digits tell enough
        return f"{number:,.0f}"
    return f"{number:#.3g}".rstrip(".")


def text_table(lines: Sequence[Compared]) -> str:
    """Write lines as a table for a terminal."""
    rows = [list(HEAD), *(line.cells for line in lines)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(map(str.ljust, cells, widths)).rstrip() for cells in rows
    )


def markdown_table(lines: Sequence[Compared]) -> str:
    """Write lines as a table for a page."""
    rows = [HEAD, ("---", "---:", "---", "---:", "---:", "---")]
    return "\n".join(
        f"| {' | '.join(cells)} |" for cells in [*rows, *(line.cells for line in lines)]
    )
