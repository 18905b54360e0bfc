"""Write what docs/ shows of polling: tables and plot, from measurements that are kept.

They are kept as docs/polling.json, so that a reader can compute with them, and so that
tables can be checked in no time.
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

DOCS = Path(__file__).parents[2] / "docs"
NUMBERS = DOCS / "polling.json"
PAGE = DOCS / "polling.md"
PLOT = DOCS / "polling.svg"

SETS = ("held_out_seeds", "tuned_on", "held_out_kinds")

Numbers = Mapping[str, Any]
Rows = Sequence[Mapping[str, Any]]


def tables(numbers: Numbers) -> dict[str, str]:
    """Return the tables of the page by their names in it."""
    ways = [
        default(numbers) | {"name": "this provider"},
        *(one for name in ("fixed", "back_offs", "naive") for one in numbers[name]),
    ]
    return {
        **{name: _table("jobs", numbers[name]) for name in SETS},
        "ways": _table("method", ways),
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
        " ratio of delays | ratio of calls at equal delay |"
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
    from documentation.plot import (  # noqa: PLC0415  # slow to import
        BLUE,
        OTHERS,
        OURS,
        RED,
        TEXT,
        VIOLET,
        as_svg,
        log_log,
    )

    jobs = numbers["timelines_of_a_kind"] * len(KINDS)
    figure, axes = log_log(
        f"Calls and delay of a wait: mean of {jobs:,} jobs",
        "calls per job",
        "seconds until the end is seen",
    )
    calls, delays = _places(numbers["fixed"])
    axes.plot(calls, delays, "o-", color=OTHERS, label="fixed interval")
    halves = [polling.GOAL * delay for delay in delays]
    axes.plot(calls, halves, "--", color=OTHERS, label="half the delay of that")
    back_offs = "back-off: 3 to 20 s, google, Terraform SDK"
    axes.plot(*_places(numbers["back_offs"]), "s", color=RED, label=back_offs)
    naive = "poll at the estimated end"
    axes.plot(*_places(numbers["naive"]), "^", color=VIOLET, label=naive)
    ours = "this provider, both bounds scaled"
    axes.plot(*_places(numbers["scaled_bounds"]), "o-", color=OURS, label=ours)
    larger = "this provider, larger poll_max"
    axes.plot(*_places(numbers["larger_poll_max"]), "o-", color=BLUE, label=larger)
    chosen = default(numbers)
    ours = f"this provider, {chosen['name']}: the default"
    axes.plot(*_places([chosen]), "o", markersize=12, color=OURS, label=ours)
    for row in (*numbers["fixed"], *numbers["scaled_bounds"]):
        axes.annotate(
            f" {row['name']}",
            (row["calls"], row["delay"]),
            # Beyond the dot, also beyond the large one of the default.
            xytext=(6, 6),
            textcoords="offset points",
            fontsize="small",
            color=TEXT,
        )
    return as_svg(figure)


def _places(rows: Rows) -> tuple[list[float], list[float]]:
    return [row["calls"] for row in rows], [row["delay"] for row in rows]


def main(arguments: list[str]) -> int:
    """Measure and write, or say whether tables and plot follow from what is kept."""
    check = arguments == ["--check"]
    if not check:
        NUMBERS.write_text(json.dumps(polling.measured(), indent=1) + "\n", "utf-8")
    numbers = json.loads(NUMBERS.read_text("utf-8"))
    page = filled(PAGE.read_text("utf-8"), "polling", tables(numbers))
    if not check:
        PLOT.write_text(plot(numbers), "utf-8")
    return keep(
        {PAGE: page},
        check=check,
        source=f"docs/{NUMBERS.name}",
        command="scripts/polling",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
