"""Measure what has a goal against the next best way, in the same run.

Prints two tables, first the headlines, and names the goals that are missed. It never
fails for them: how fast a machine is tells nothing about the code. All rows take ten
minutes on two idle cores.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import platform
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pulumi_alicloud_mediaconvert
from benchmarks import (
    apart,
    growth,
    page,
    plugin_start,
    polling,
    up,
    verification,
    waits,
)
from benchmarks.headlines import missed, parted
from benchmarks.results import Compared, text_table

# In the order in which they are measured. What several rows show is measured by the
# first of them.
ROWS: Mapping[str, Callable[..., list[Compared]]] = {
    "up": up.ups,
    "hosts": up.hosts,
    "unchanged": up.unchanged,
    "cold": up.cold,
    "large-set": up.large_set,
    "waits": waits.waits,
    "interrupt": waits.interrupts,
    "polling": polling.efficiency,
    "set": apart.sets,
    "import": apart.imports,
    "start": plugin_start.starts,
    "client": apart.calls,
    "verify": verification.verification,
    "read": verification.reading,
    "state": growth.sizes,
    "growth": growth.growth,
}


# Ours, and its baseline.
MEASURED = (Path(pulumi_alicloud_mediaconvert.__file__).parent, Path(__file__).parent)


def compile_measured() -> None:
    """Compile what is measured, as pip does what it installs.

    A checkout is compiled when it first runs, but not where the environment forbids
    that: each process of a run would then compile the package for itself.
    """
    for folder in MEASURED:
        compileall.compile_dir(folder, quiet=1)


def machine() -> str:
    """Name what was measured on."""
    model = platform.machine()
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores of {model}, Python {platform.python_version()}"


def measured(row: str, *, quick: bool) -> dict[str, Any]:
    """Measure one row; returns it as it is kept."""
    began, load = datetime.now(UTC), os.getloadavg()[0]
    lines = ROWS[row](quick=quick)
    took = (datetime.now(UTC) - began).total_seconds()
    print(f"{row}: measured in {took:.0f} s", file=sys.stderr)
    return {
        "date": began.date().isoformat(),
        "machine": machine(),
        "measured_in_seconds": round(took),
        "load_before_and_after": [round(load, 1), round(os.getloadavg()[0], 1)],
        "lines": [line.raw for line in lines],
    }


def summary(rows: Mapping[str, Any]) -> str:
    """Return the tables of what was measured, and the goals that are missed."""
    lines = [line for row in rows for line in page.lines(rows, row)]
    tables = [text_table(part) for part in parted(lines) if part]
    return "\n\n".join([*tables, missed(lines)])


def main(arguments: Sequence[str]) -> int:
    """Measure the rows that were asked for, and keep their numbers where asked to."""
    chosen = _parsed(arguments)
    if chosen.check:
        return page.check()
    rows = [row for row in ROWS if row in chosen.rows or not chosen.rows]
    kept = page.kept() if chosen.write else {}
    compile_measured()
    for row in rows:
        kept[row] = measured(row, quick=chosen.quick)
        if chosen.json:
            chosen.json.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
        if chosen.write:
            # At once: a bench of ten minutes may be interrupted.
            page.write({name: kept[name] for name in ROWS if name in kept})
    if chosen.quick:
        print(
            "--quick: a few jobs stand for thousands, and the numbers tell nothing.\n"
        )
    print(summary({row: kept[row] for row in rows}))
    return 0


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument(
        "rows", nargs="*", metavar="ROW", help=f"by default all: {', '.join(ROWS)}"
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help="only see that it runs, in three minutes, with a few jobs for thousands",
    )
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="write raw numbers to"
    )
    parser.add_argument(
        "--write",
        action="store_true",
        help="keep raw numbers in docs/performance.json, with the rows that are not"
        " measured now, and write tables and plot of the pages from it",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="measure nothing; only compare the pages with the kept numbers",
    )
    chosen = parser.parse_args(arguments)
    if unknown := set(chosen.rows) - set(ROWS):
        parser.error(f"no such row: {', '.join(sorted(unknown))}")
    if chosen.quick and chosen.write:
        parser.error("--write keeps what --quick does not measure")
    return chosen


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
