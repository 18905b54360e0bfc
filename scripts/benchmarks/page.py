"""Write what docs/ shows of scripts/bench, from numbers that are kept."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.ended import DYNAMIC, NATIVE, NOTHING, SET
from benchmarks.growth import ONCE
from benchmarks.headlines import parted
from benchmarks.results import Compared, markdown_table
from documentation.blocks import filled, keep

ROOT = Path(__file__).parents[2]
NUMBERS = ROOT / "docs" / "performance.json"
PAGE = ROOT / "docs" / "performance.md"
PLOT = ROOT / "docs" / "performance.svg"

Kept = Mapping[str, Any]


def kept() -> dict[str, Any]:
    """Read the numbers, by row."""
    if not NUMBERS.exists():
        return {}
    numbers: dict[str, Any] = json.loads(NUMBERS.read_text("utf-8"))
    return numbers


def write(numbers: Kept) -> None:
    """Keep the numbers, and write what follows from them."""
    NUMBERS.write_text(json.dumps(numbers, indent=1) + "\n", "utf-8")
    _keep(numbers, check=False)
    if "growth" in numbers:
        PLOT.write_text(plot(numbers), "utf-8")


def check() -> int:
    """Say which page does not follow from the kept numbers; returns the exit code."""
    return _keep(kept(), check=True)


def _keep(numbers: Kept, *, check: bool) -> int:
    return keep(
        dict(_pages(numbers)),
        check=check,
        source=f"docs/{NUMBERS.name}",
        command="scripts/bench --write",
    )


def _pages(numbers: Kept) -> Iterator[tuple[Path, str]]:
    yield PAGE, filled(PAGE.read_text("utf-8"), "bench", _tables(numbers))


def _tables(numbers: Kept) -> dict[str, str]:
    """Write all lines with their goals, the headlines apart, and the growth."""
    shown = [line for row in numbers for line in lines(numbers, row) if row != "growth"]
    first, others = parted(shown)
    blocks = {
        "headlines": f"{markdown_table(first)}\n\n{_measured_on(numbers)}",
        "others": markdown_table(others),
    }
    return blocks | ({"growth": _growth_table(numbers)} if "growth" in numbers else {})


def _measured_on(numbers: Kept) -> str:
    dates = sorted({row["date"] for row in numbers.values()})
    machines = sorted({row["machine"] for row in numbers.values()})
    where = f"on {' and '.join(dates)}, {'; '.join(machines)}"
    loads = [
        load for row in numbers.values() for load in row["load_before_and_after"] or ()
    ]
    said = f"Measured {where}, at a load of {min(loads)} to {max(loads)}."
    notes = [
        f"`{name}`: {row['note']}." for name, row in numbers.items() if row.get("note")
    ]
    return " ".join([said, *(["Provisional:"] if notes else []), *notes])


def lines(numbers: Kept, row: str) -> list[Compared]:
    """Read the lines of one row."""
    return [Compared.of(line) for line in numbers[row]["lines"]]


def _growth_table(numbers: Kept) -> str:
    curves = numbers["growth"]["lines"][0]["details"]["curves"]
    counts = sorted({point["count"] for curve in curves.values() for point in curve})
    head = f"| jobs | {' | '.join(curves)} |\n| ---: |" + " ---: |" * len(curves)
    by_count = {
        name: {point["count"]: point for point in curve}
        for name, curve in curves.items()
    }
    rows = [
        [f"{count:,}", *(_cell(by_count[name].get(count)) for name in curves)]
        for count in counts
    ]
    return "\n".join([head, *(f"| {' | '.join(cells)} |" for cells in rows)])


def _cell(point: Mapping[str, float] | None) -> str:
    if point is None:
        return "not measured"
    return f"{point['seconds']:,.1f} s ({point['cpu']:,.1f} s)"


def plot(numbers: Kept) -> str:
    """Return the plot of how time grows; dashed where the state is written once."""
    from documentation import plot as drawn  # noqa: PLC0415  # slow to import

    styles = {
        DYNAMIC: (drawn.OURS, "o"),
        NATIVE: (drawn.BLUE, "s"),
        NOTHING: (drawn.OTHERS, "x"),
        SET: (drawn.VIOLET, "^"),
    }
    figure, axes = drawn.log_log(
        "pulumi up of ended jobs: how its time grows",
        "jobs",
        "seconds",
        ticks_across=(1,),
    )
    for name, points in numbers["growth"]["lines"][0]["details"]["curves"].items():
        times = {point["count"]: point["seconds"] for point in points}
        color, marker = styles[name.removesuffix(ONCE)]
        line = "--" if name.endswith(ONCE) else "-"
        axes.plot(
            [*times],
            [*times.values()],
            label=name,
            color=color,
            marker=marker,
            linestyle=line,
        )
    return drawn.as_svg(figure)
