"""Row of scripts/bench: how much of a job the engine keeps in its state."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from benchmarks.results import Compared
from benchmarks.stacks import (
    Workbench,
    a_job_each,
    by_hand,
    ids,
    one_set,
    timed_up,
    workbench,
)
from pulumi_alicloud_mediaconvert.emulator import scripts

Program = Callable[[int], str]
FEW, MORE = 10, 30


def sizes(*, quick: bool) -> list[Compared]:
    """Compare what a job more adds to the state."""
    few, more = (1, 3) if quick else (FEW, MORE)
    with workbench() as bench:
        for job_id in ids(more):
            bench.api.add_job(job_id, scripts.succeeds_cleanly())
        whole, ours, of_set = (
            _grown(bench, program, few, more)
            for program in (partial(by_hand, "Whole"), a_job_each, one_set)
        )
    return [
        Compared(
            name=name,
            beside="a dynamic resource by hand that keeps the answer of the API",
            unit="kB",
            ours=[grown / 1000],
            theirs=[whole / 1000],
        )
        for name, grown in (
            ("state of one job with three outputs", ours),
            ("the same in a `MediaConvertJobSet`", of_set),
        )
    ]


def _grown(bench: Workbench, program: Program, few: int, more: int) -> float:
    small, large = (
        timed_up(bench.stack(program(count))).state_bytes for count in (few, more)
    )
    return (large - small) / (more - few)
