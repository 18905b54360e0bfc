"""Write what docs/ shows of polling: tables and plot, from measurements that are kept.

They are kept as docs/polling.json, so that a reader can compute with them, and so that
tables and plot can be checked in no time.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks import polling
from benchmarks.timelines import KINDS
from documentation.blocks import filled, keep
from documentation.plot import (
    BLACK,
    BLUE,
    GREEN,
    PURPLE,
    RED,
    Axis,
    Curve,
    Plane,
    Point,
    plotted,
)

DOCS = Path(__file__).parents[2] / "docs"
NUMBERS = DOCS / "polling.json"
PAGE = DOCS / "polling.md"
PLOT = DOCS / "polling.svg"

SETS = ("held_out_seeds", "tuned_on", "held_out_kinds")
# Those between them would lie one upon the other.
LABELLED = ("300 s",)

Numbers = Mapping[str, Any]
Rows = Sequence[Mapping[str, Any]]

CALLS = Axis("calls per job (mean)", (10.0, 600.0), (10, 20, 50, 100, 200, 500))
DELAYS = Axis(
    "delay until the end is seen (mean)",
    (0.5, 40.0),
    (0.5, 1, 2, 5, 10, 20, 40),
    "{:g} s",
)


def tables(numbers: Numbers) -> dict[str, str]:
    """Return the tables of the page by their names in it."""
    ways = [
        default(numbers) | {"name": "this provider"},
        *(one for name in ("fixed", "back_offs", "naive") for one in numbers[name]),
    ]
    return {
        **{name: _table("jobs", numbers[name]) for name in SETS},
        "ways": _table("looks", ways),
        "larger_poll_max": _table("`poll_max`", numbers["larger_poll_max"]),
    }


def default(numbers: Numbers) -> dict[str, Any]:
    """Return what was measured with the bounds that are the default."""
    name = polling.bounds(polling.DEFAULTS)
    [found] = [one for one in numbers["scaled_bounds"] if one["name"] == name]
    return dict(found)


def _table(first: str, rows: Rows) -> str:
    head = (
        f"| {first} | calls | delay | fixed interval of as many calls | its delay |"
        " delay beside it | calls beside those of equal delay |"
    )
    return "\n".join([head, "| --- |" + " ---: |" * 6, *map(_line, rows)])


def _line(row: Mapping[str, Any]) -> str:
    return (
        f"| {row['name']} | {row['calls']:.1f} | {row['delay']:.1f} s |"
        f" {row['fixed']:.1f} s | {row['fixed_delay']:.1f} s |"
        f" {row['ratio']:.2f} | {row['calls'] / row['fixed_calls']:.2f} |"
    )


def plot(numbers: Numbers) -> str:
    """Return the plot of calls against delay, on the seeds that were held out."""
    fixed = _points(numbers["fixed"], "{}")
    halves = [Point(point.x, point.y * polling.GOAL) for point in fixed]
    jobs = numbers["timelines_of_a_kind"] * len(KINDS)
    larger = [
        _point(row, "<poll_max {}" if row["name"] in LABELLED else "")
        for row in numbers["larger_poll_max"]
    ]
    naive = _points(numbers["naive"], "")
    scaled = _points(numbers["scaled_bounds"], "<{}")
    chosen = default(numbers)
    return plotted(
        f"Calls and delay of a wait: mean of {jobs:,} jobs of all kinds",
        [
            Curve("fixed interval", BLACK, fixed),
            Curve("half the delay of a fixed interval", BLACK, halves, "dashed", 0),
            Curve(
                "back-off: 3 to 20 s, google, Terraform SDK",
                RED,
                _points(numbers["back_offs"], ""),
                "",
                5,
            ),
            Curve("look at the estimated end", PURPLE, naive, "", 5),
            Curve("this provider, both bounds scaled", GREEN, scaled),
            Curve("this provider, larger poll_max", BLUE, larger),
            Curve(
                f"this provider, {chosen['name']}: the default",
                GREEN,
                [_point(chosen, "")],
                "",
                8,
            ),
        ],
        Plane(CALLS, DELAYS),
    )


def _points(rows: Rows, label: str) -> list[Point]:
    return [_point(row, label) for row in rows]


def _point(row: Mapping[str, Any], label: str) -> Point:
    return Point(row["calls"], row["delay"], label.format(row["name"]))


def main(arguments: list[str]) -> int:
    """Measure and write, or say whether tables and plot follow from what is kept."""
    check = arguments == ["--check"]
    if not check:
        NUMBERS.write_text(json.dumps(polling.measured(), indent=1) + "\n", "utf-8")
    numbers = json.loads(NUMBERS.read_text("utf-8"))
    page = filled(PAGE.read_text("utf-8"), "polling", tables(numbers))
    return keep(
        {PAGE: page, PLOT: plot(numbers)},
        check=check,
        source=f"docs/{NUMBERS.name}",
        command="scripts/polling",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
