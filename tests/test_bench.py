"""The measurements run and say what they measured; how fast it is is no test."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def bench():
    """Load the script, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("bench", ROOT / "scripts/bench.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(ROOT / "scripts"))
    # Where a dataclass looks for its own module.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]
    sys.path.remove(str(ROOT / "scripts"))


@pytest.fixture(scope="module")
def quick_run(bench, tmp_path_factory):
    """Run the measurements once, and return the raw numbers that they wrote."""
    path = tmp_path_factory.mktemp("bench") / "numbers.json"
    assert bench.main(["--quick", "--json", str(path)]) == 0
    return json.loads(path.read_text())


@pytest.mark.parametrize(
    ("name", "goal_ms"),
    [
        pytest.param("verify 5 outputs, 30 expectations", 1.0, id="goal"),
        pytest.param("verify 5 outputs, 150 expectations", None, id="every-fact"),
        pytest.param("read 30 expectations", None, id="reading"),
    ],
)
def test_every_row_is_measured_both_ways(quick_run, name, goal_ms):
    """A row has the time of each pair for ours and for the alternative."""
    [row] = [one for one in quick_run if one["name"] == name]

    assert row["goal_ms"] == goal_ms
    assert len(row["ours_ms"]) == len(row["theirs_ms"]) > 0
    assert min(*row["ours_ms"], *row["theirs_ms"], row["ratio"]) > 0


def test_the_table_has_a_line_for_every_row(bench):
    """Name, median, best, alternative, its median, ratio and goal stand in a line."""
    measured = bench.Measured("work", "other way", 1.0, [0.5, 0.25, 2.0], [1.0, 1.0, 4])

    head, line = bench.table([measured]).splitlines()

    assert head.split("  ")[-1] == "goal"
    assert [cell.strip() for cell in line.split("  ") if cell] == [
        "work",
        "0.500 ms",
        "0.250 ms",
        "other way",
        "1.000 ms",
        "0.50",
        "under 1 ms: holds",
    ]


def test_a_goal_that_does_not_hold_is_stated(bench):
    """The median decides, not the best."""
    measured = bench.Measured("work", "other way", 1.0, [0.5, 1.0, 2.0], [1.0] * 3)

    assert measured.goal == "under 1 ms: MISSED"


def test_the_demands_are_as_many_as_the_rows_say(bench):
    """Thirty demands are six on each of five outputs; no fact is demanded twice."""
    stated = bench.expectations_of(bench.CAREFUL)["outputs"]

    assert len(stated) == 5
    assert len(bench.CAREFUL) == 6
    assert len({(one.part, one.field) for one in bench.THOROUGH}) == 30


def test_polling_is_measured_by_kind_and_by_job(quick_run):
    """The row of polling keeps what each kind and each single job gave."""
    [row] = [one for one in quick_run if one["name"].startswith("notice the end")]

    *kinds, every = row["details"]["kinds"]
    assert (row["ours"], row["theirs"]) == pytest.approx(
        (every["delay"], every["fixed_delay"]), abs=0.001
    )
    assert row["ratio"] == row["ours"] / row["theirs"]
    assert [kind["name"] for kind in kinds] == list(row["details"]["jobs"])
    for kind in kinds:
        jobs = row["details"]["jobs"][kind["name"]]
        assert kind["calls"] == sum(calls for calls, _ in jobs) / len(jobs)


@pytest.mark.parametrize(("ours", "word"), [(0.5, "holds"), (0.51, "MISSED")])
def test_a_computed_goal_is_one_of_the_ratio(bench, ours, word):
    """What is not timed has a unit of its own, and a goal beside the alternative."""
    computed = bench.Computed("work", "other way", "s", ours, 1.0, 0.5, {})

    _, line = bench.table([computed]).splitlines()

    assert line.endswith(f"at most 0.5 of it: {word}")
    assert "1.000 s" in line
