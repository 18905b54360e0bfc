"""The goals of scripts/bench: the first rows of the table, in this order.

Each bounds a ratio to a baseline of the same run. What Pulumi's engine and
SDK, httpx and pydantic cost is in both, and every goal leaves room for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from benchmarks.results import Compared, Goal

CLIENT_CPU = "client, processor time / official SDK"
CLIENT_CALLS = "client, calls a second / official SDK"
PLUGIN_OF_1000 = "plugin, processor time a job of 1,000 / same properties"
UP_OF_1000 = "whole `up` of 1,000, processor time / same properties"
UP_OF_100 = "whole `up` of 100, processor time / same properties"
UP_OF_ONE = "whole `up` of one job, processor time / same properties"
UNCHANGED = "unchanged `up` of one job / a resource that does nothing"
PROGRAM = "program, a resource / same properties"
WAITS = "200 waits of 6 s, state written once / one wait"
INTERRUPT = "Ctrl-C with 200 waits, state written once / one wait's `up`"
PLUGIN_OF_SET = "set of 3,000, plugin a job / a resource with the same properties"
NATIVE = "native plugin, 1,000 ended jobs / dynamic"

GOALS: Mapping[str, Goal] = {
    CLIENT_CPU: Goal("ratio", 1.15),
    CLIENT_CALLS: Goal("ratio", 1.0, "at least"),
    PLUGIN_OF_1000: Goal("ratio", 2.0),
    UP_OF_1000: Goal("ratio", 1.25),
    UP_OF_100: Goal("ratio", 1.15),
    UP_OF_ONE: Goal("ratio", 1.22),
    UNCHANGED: Goal("ratio", 1.15),
    PROGRAM: Goal("ratio", 1.45),
    WAITS: Goal("ratio", 1.4),
    INTERRUPT: Goal("ratio", 0.5),
    # 0.65 of what it was on 2026-11-30, 1.40: seconds of that day are of one machine.
    PLUGIN_OF_SET: Goal("ratio", 0.9),
    NATIVE: Goal("ratio", 0.8),
}


def headline(  # noqa: PLR0913  # all but one have names
    name: str,
    *,
    baseline: str,
    unit: str,
    ours: Sequence[float],
    theirs: Sequence[float],
    details: Mapping[str, Any] | None = None,
) -> Compared:
    """Make a row that has a goal here; the arguments are those of `Compared`."""
    return Compared(
        name=name,
        baseline=baseline,
        unit=unit,
        ours=ours,
        theirs=theirs,
        goal=GOALS[name],
        details=details or {},
    )


def parted(lines: Iterable[Compared]) -> tuple[list[Compared], list[Compared]]:
    """Return the headlines in their order, then all other lines."""
    order, every = [*GOALS], list(lines)
    first = [line for line in every if line.name in GOALS]
    others = [line for line in every if line.name not in GOALS]
    return sorted(first, key=lambda line: order.index(line.name)), others


def missed(lines: Iterable[Compared]) -> str:
    """Say which goals were missed, the headlines first."""
    first, others = parted(lines)
    bounded = [line for line in (*first, *others) if line.holds is not None]
    failed = [line for line in bounded if not line.holds]
    said = f"{len(failed)} of {len(bounded)} goals missed"
    return "\n".join([f"{said}{':' if failed else '.'}", *map(_missed, failed)])


def _missed(line: Compared) -> str:
    *_, ratio, goal = line.cells
    ours = line.cells[1]
    of_ours = line.goal is not None and line.goal.subject == "ours"
    return f"  {line.name}: {ours if of_ours else ratio}, {goal.partition(':')[0]}"
