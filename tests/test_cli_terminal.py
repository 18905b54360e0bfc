"""What a terminal of 80 columns shows: colours by outcome, lines of its width."""

from __future__ import annotations

import re

import pytest

from cli import colours_in, expected, on_a_terminal, run, stored
from jobs import JOB_ID, REGION, make_answer
from pulumi_alicloud_mediaconvert.emulator import scripts

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
MISSED = """\
output_count: 7
every_output: {file_size_bytes: 1, enforcement_level: advisory}
outputs:
  - {name: video, duration_seconds: {max: 1}}
"""


@pytest.mark.parametrize(
    ("answer", "expect", "colours"),
    [
        pytest.param(make_answer(), "{}", {"green"}, id="passed"),
        pytest.param(make_answer("Failed"), "{}", {"red"}, id="failed"),
        pytest.param(make_answer("Running"), "{}", {"yellow"}, id="pending"),
        pytest.param(make_answer(), MISSED, {"red", "yellow"}, id="missed"),
    ],
)
def test_a_result_has_the_colour_of_its_outcome(tmp_path, answer, expect, colours):
    """Green passed, red failed, yellow is not known: headline and cells alike."""
    job, file = stored(tmp_path, answer), expected(tmp_path, expect)

    _, drawn = on_a_terminal("verify", job, "--expect", file)

    assert {colour for colour, _ in colours_in(drawn)} == colours
    assert colours_in(drawn)[0][1].startswith(f"job {JOB_ID}")


def test_cells_and_totals_are_coloured_one_by_one(tmp_path):
    """What is certainly wrong is told from what could not be decided."""
    good = stored(tmp_path, make_answer())
    bad = stored(tmp_path, make_answer("Failed"), "bad.json")
    file = expected(tmp_path, MISSED)

    _, cells = on_a_terminal("verify", good, "--expect", file)
    _, total = on_a_terminal("verify", bad, good)

    assert {
        ("red", "missed"),
        ("yellow", "inconclusive"),
        ("yellow", "advisory"),
    } <= set(colours_in(cells))
    assert colours_in(total)[-2:] == [("green", "1 passed"), ("red", "1 failed")]


def test_get_colours_states(api):
    """A job is as good as its state."""
    api.add_job(JOB_ID, scripts.fails())

    command = ("get", JOB_ID, "--region", REGION, "--endpoint", api.url)

    _, drawn = on_a_terminal(*command, piped="stderr")

    assert {colour for colour, _ in colours_in(drawn)} == {"red"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["verify", "job.json", "--nope"],
        ["verify", "gone.json"],
        ["verfy"],
        ["get", "abc", "--format", "xml"],
    ],
    ids=" ".join,
)
def test_an_error_is_one_line_that_begins_red(arguments):
    """Wrong usage looks like any other error: no box, no page of help."""
    code, drawn = on_a_terminal(*arguments)

    assert code == 2
    assert drawn.count("\n") == 1
    assert colours_in(drawn) == [("red", "error:")]


@pytest.mark.parametrize(
    "environ",
    [{"NO_COLOR": "1"}, {"TERM": "dumb"}],
    ids=str,
)
def test_colours_can_be_turned_off(tmp_path, environ):
    """NO_COLOR and dumb terminals get plain text."""
    bad = stored(tmp_path, make_answer("Failed"))

    _, result = on_a_terminal("verify", bad, **environ)
    _, error = on_a_terminal("verify", bad, "--nope", **environ)

    assert "\x1b" not in result + error


@pytest.mark.parametrize("environ", [{}, {"FORCE_COLOR": "1"}, {"CI": "true"}], ids=str)
def test_pipes_and_files_are_never_coloured(tmp_path, environ):
    """What a program reads has no control sequences."""
    bad = stored(tmp_path, make_answer("Failed"))
    file = tmp_path / "report.txt"

    piped = run("verify", bad, "--nope", **environ).output
    piped += run("verify", bad, **environ).output
    _, drawn = on_a_terminal("verify", bad, "--output", file, **environ)

    assert "\x1b" not in piped
    assert "\x1b" not in file.read_text()
    assert [colour for colour, _ in colours_in(drawn)] == ["red"]


def test_a_table_is_as_wide_as_the_terminal(tmp_path):
    """It is wrapped there, and nowhere else."""
    job, file = stored(tmp_path, make_answer()), expected(tmp_path, MISSED)
    command = ("verify", job, "--expect", file)

    _, wide = on_a_terminal(*command)
    _, narrow = on_a_terminal(*command, columns=50)
    _, into_file = on_a_terminal(*command, "--output", tmp_path / "out", columns=50)

    def longest(drawn):
        return max(map(len, ESCAPE.sub("", drawn).splitlines()))

    assert longest(wide) <= 80
    assert longest(narrow) <= 50
    assert (tmp_path / "out").read_text() == run(*command).stdout
    assert JOB_ID in into_file


@pytest.mark.parametrize(
    ("script", "colour"),
    [
        pytest.param(scripts.succeeds_cleanly(), "32", id="passed"),
        pytest.param(scripts.fails(), "31", id="failed"),
    ],
)
def test_the_bar_of_an_ended_job_says_how_it_ended(api, script, colour):
    """A job that failed has no green bar, though it is at its end.

    Before that its bar is cyan, which says nothing.
    """
    api.add_job(JOB_ID, script)
    command = ("wait", JOB_ID, "--region", REGION, "--endpoint", api.url)

    _, drawn = on_a_terminal(*command, piped="stdout")

    bars = re.findall(r"\x1b\[([\d;]+)m━", drawn)
    assert bars[-1] == colour
    assert "36" in bars
    assert {"31", "32"} & {*bars} == {colour}


def test_very_many_jobs_leave_room_on_a_terminal(api, tmp_path):
    """A total and twenty jobs that go on; those that ended make room for others."""
    good, stalled = ([f"{kind}{number:031}" for number in range(25)] for kind in "ab")
    for job_id in good:
        api.add_job(job_id, scripts.succeeds_cleanly())
    for job_id in stalled:
        api.add_job(job_id, scripts.stalls())
    file = tmp_path / "jobs.txt"
    file.write_text("\n".join([*good, *stalled]))
    place = ("--region", REGION, "--endpoint", api.url)

    command = ("wait", "--jobs", file, *place, "--timeout", "1")
    quick = ("--poll-min", "0.2", "--poll-max", "0.2")
    code, drawn = on_a_terminal(*command, *quick, piped="stdout")

    rows = drawn.partition("job ")[0]
    assert code == 3
    assert "25 of 50 jobs ended" in rows
    assert [job_id in rows for job_id in stalled] == [True] * 20 + [False] * 5
    assert drawn.splitlines()[-1] == "5 more jobs like these."
