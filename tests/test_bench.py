"""The measurements run and say what they measured; how fast it is is no test."""

from __future__ import annotations

import json

import pytest


@pytest.fixture(scope="module")
def results(script):
    """Load what the rows give."""
    return script("benchmarks.results")


@pytest.fixture(scope="module")
def quick_run(script, tmp_path_factory):
    """Run rows that need no engine once, and return the raw numbers they wrote."""
    path = tmp_path_factory.mktemp("bench") / "numbers.json"
    chosen = ["verify", "read", "polling"]
    assert (
        script("benchmarks.bench").main([*chosen, "--quick", "--json", str(path)]) == 0
    )
    numbers = json.loads(path.read_text())
    assert sorted(numbers) == sorted(chosen)
    return [line for row in numbers.values() for line in row["lines"]]


@pytest.fixture
def compared(results):
    """Make a line of numbers and a goal."""

    def make(ours, theirs, goal=None):
        return results.Compared(
            name="work",
            beside="other way",
            unit="s",
            ours=ours,
            theirs=theirs,
            goal=goal and results.Goal(*goal),
        )

    return make


@pytest.mark.parametrize(
    "name",
    [
        "verify 5 outputs, 30 expectations",
        "read 30 expectations",
        "delay to notice the end of 32 jobs",
    ],
)
def test_every_line_is_measured_both_ways(quick_run, name):
    """A line has the number of each repetition for ours and for the alternative."""
    [line] = [one for one in quick_run if one["name"] == name]

    assert len(line["ours"]) == len(line["theirs"]) > 0
    assert min(*line["ours"], *line["theirs"], line["ratio"]) > 0


@pytest.mark.parametrize(
    ("goal", "holds"),
    [
        pytest.param(("ratio", 0.5), True, id="ratio-at-most"),
        pytest.param(("ratio", 0.49), False, id="ratio-above"),
        pytest.param(("ratio", 0.5, "at least"), True, id="ratio-at-least"),
        pytest.param(("ratio", 0.51, "at least"), False, id="ratio-below"),
        pytest.param(("ours", 1.0), True, id="ours-at-most"),
        pytest.param(("ours", 0.9), False, id="ours-above"),
        pytest.param(None, None, id="no-goal"),
    ],
)
def test_a_goal_is_judged_by_the_median(compared, goal, holds):
    """Neither the best nor the worst repetition decides, and a bound itself holds."""
    line = compared([1.0, 0.1, 9.0], [2.0, 2.0, 2.0], goal)

    assert line.holds is holds


def test_the_ratio_is_one_of_pairs(compared):
    """What disturbs both ways of a pair alike disturbs no ratio."""
    assert compared([1.0, 2.0, 40.0], [2.0, 4.0, 80.0]).ratio == 0.5


def test_a_line_without_another_way_has_no_ratio(results, compared):
    """Its goal is one of its own number."""
    line = compared([1.0], [], ("ours", 1.0))

    assert line.ratio is None
    assert line.holds
    assert results.markdown_table([line]).splitlines()[-1] == (
        "| work | 1.00 s | other way |  |  | at most 1 s: holds |"
    )


def test_what_is_kept_can_be_read_again(results, compared):
    """The pages are written from lines that went through JSON."""
    line = compared([1.0], [2.0], ("ratio", 0.5))

    read = results.Compared.of(json.loads(json.dumps(line.raw)))

    assert read.cells == line.cells


def test_jobs_in_turn_are_seen_late(script):
    """The alternative of a set: as many looks as the rate allows, one after another."""
    found = script("benchmarks.big_set").in_turn([0.0, 5.0], per_second=1)

    assert found == {"calls": 6, "mean_delay_seconds": 0.0}


def test_an_unknown_row_is_refused(script, capsys):
    """The names there are stand in the help."""
    with pytest.raises(SystemExit):
        script("benchmarks.bench").main(["nonsense"])

    assert "no such row: nonsense" in capsys.readouterr().err


def test_tables_and_plot_are_those_of_the_kept_numbers(script):
    """README, page and picture follow from docs/performance.json."""
    assert script("benchmarks.bench").main(["--check"]) == 0, (
        "run scripts/bench --write"
    )
