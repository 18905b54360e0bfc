"""Reports as tables for a terminal."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs import NAME
from pulumi_alicloud_mediaconvert.cli.reports.renderings import render
from pulumi_alicloud_mediaconvert.expect.expectations import Rule, Selector
from pulumi_alicloud_mediaconvert.verification.evaluation import Fact
from pulumi_alicloud_mediaconvert.verification.findings import (
    Doubt,
    Finding,
    Requested,
    VendorSaid,
)
from pulumi_alicloud_mediaconvert.verification.locations import ROOT, Location, Named
from reports import (
    FPS_UNKNOWN,
    LANG_ADVISED,
    REPORTS,
    WIDTH_MISSED,
    failed_job,
    findings,
    report_of,
    running_job,
    written,
)


def below_headline(text: str) -> list[str]:
    """Return the lines after the first empty one."""
    return text.partition("\n\n")[2].splitlines()


def test_a_passed_job_is_one_line():
    """Whoever has nothing to repair has little to read."""
    assert written(report_of(verdict="passed"), "table") == (
        f"{NAME} ended Success and is as\nexpected.\n"
    )


def test_a_failed_job_says_what_to_do_in_the_table():
    """The hint for a documented code stands in the job's own line, which is whole."""
    assert written(failed_job(), "table") == (
        f"{NAME} ended Failed:\n"
        'InvalidParameter.ResourceContentBad, "The resource operated InputFile is '
        'bad"\n(request 5F2C1A). The input file cannot be decoded; check that it is '
        "complete.\n"
        "Origin of the fault: input file.\n"
    )


def test_the_table_lists_what_was_expected_and_what_was_seen():
    """Every mismatch is a row; words beyond the cells and skipped checks follow."""
    report = report_of(WIDTH_MISSED, FPS_UNKNOWN, LANG_ADVISED, skipped=("gop: none",))

    lines = below_headline(written(report, "table"))

    assert lines == [
        "path                             expected  actual        verdict",
        "-------------------------------  --------  ------------  ------------",
        'outputs["720P-mp4"].video.width  1280      848           missed',
        "  (must be HD)",
        'outputs["720P-mp4"].video.fps    25        not reported  inconclusive',
        'outputs["720P-mp4"].audio.lang   zho       eng           advisory',
        "",
        "1 check skipped:",
        "  - gop: none",
    ]


def test_an_undecided_job_is_not_said_to_have_failed():
    """What is not known is told from what is wrong."""
    assert written(REPORTS["inconclusive"], "table") == (
        f"{NAME} ended Success, but 1 check\n"
        "could not be decided.\n"
        "\n"
        "path                           expected  actual        verdict\n"
        "-----------------------------  --------  ------------  ------------\n"
        'outputs["720P-mp4"].video.fps  25        not reported  inconclusive\n'
    )


def test_advice_is_listed_though_the_job_has_passed():
    """What does not count for the verdict is marked, not hidden."""
    assert below_headline(written(REPORTS["advisory"], "table")) == [
        "path                            expected  actual  verdict",
        "------------------------------  --------  ------  --------",
        'outputs["720P-mp4"].audio.lang  zho       eng     advisory',
        "",
        "1 check skipped:",
        "  - one: why",
    ]


def test_a_pending_job_says_where_it_stands():
    """A job that goes on has no rows."""
    assert written(running_job(), "table") == (f"{NAME} has not ended: Running 66%.\n")


def test_long_cells_are_wrapped_at_their_steps():
    """What does not fit goes on below, in its own column."""
    at = WIDTH_MISSED.at._replace(message=None)
    long = WIDTH_MISSED._replace(at=at, fact=Fact(("yuv420p10le and more",)))

    lines = below_headline(render([report_of(long)], "table", width=50))

    assert lines == [
        "path             expected  actual          verdict",
        "---------------  --------  --------------  -------",
        "outputs          1280      yuv420p10le     missed",
        '["720P-mp4"]               and more',
        ".video.width",
    ]


@pytest.mark.parametrize(
    ("path", "header", "line"),
    [
        pytest.param("预告片", "path    ", "------  ", id="Chinese"),
        pytest.param("e\u0301te\u0301 21", "path    ", "------  ", id="accents"),
    ],
)
def test_columns_are_those_of_a_terminal(path, header, line):
    """A Chinese character takes two columns, an accent that is put on top none."""
    foreign = Finding(ROOT, path, 1280, Fact((848,)), "missed")

    lines = below_headline(written(report_of(foreign), "table"))

    assert lines == [
        f"{header}expected  actual  verdict",
        f"{line}--------  ------  -------",
        f"{path}  1280      848     missed",
    ]


def test_a_long_job_id_stands_whole():
    """An ID can be copied, even where it is wider than the terminal."""
    long = report_of(verdict="passed")
    long = replace(long, job=long.job.model_copy(update={"job_id": "j" * 128}))

    assert "j" * 128 in render([long], "table")


def test_a_table_is_not_squeezed_beyond_reading():
    """On a terminal of no width, or an unknown one, it is 40 columns wide."""
    reports = [report_of(WIDTH_MISSED)]

    assert render(reports, "table", width=0) == render(reports, "table", width=40)


RULE = Location(("rules", 0), stated=Rule.model_construct(query="a", must_be=1280))
SELECTOR = Location(
    ("output_groups", Named("hls"), "outputs", 1),
    stated=Selector.model_construct(extension="m3u8"),
)
SELECTED = 'output group "hls": outputs where extension is m3u8'


@pytest.mark.parametrize(
    ("location", "remark"),
    [
        (RULE, ['  rule "a"']),
        (RULE._replace(message="ask"), ['  rule "a": (ask)']),
        (SELECTOR, [f"  {SELECTED}"]),
        (Location(("outputs", Named("a"), "audio", 1)), []),
    ],
    ids=["rule", "rule with words", "where", "stream"],
)
def test_a_position_is_told_in_words(location, remark):
    """Nobody knows which rule the first one is; what was found stands in the cells."""
    found = Finding(location, "", 1280, Fact((848,)), "missed")

    assert below_headline(written(report_of(found), "table"))[3:] == remark


OUTPUT = Location(("outputs", Named("a")))
NOTED = OUTPUT._replace(message="HD")


@pytest.mark.parametrize(
    ("found", "remark"),
    [
        (Finding(OUTPUT, "width", 1280, Fact((848,)), "missed"), []),
        (Finding(OUTPUT, "width", 1280, Fact(reason="why"), "inconclusive"), []),
        (Finding(OUTPUT, "width", 1280, Fact(), "inconclusive"), []),
        (Finding(NOTED, "width", 1280, Fact((848,)), "missed"), ["  (HD)"]),
        (
            Finding(OUTPUT, "width", 1280, Fact((848,), "why"), "inconclusive"),
            ["  but why"],
        ),
        (
            Finding(OUTPUT, "width", 1280, Fact(("odd",)), "inconclusive"),
            ["  the two cannot be compared"],
        ),
        (
            Finding(NOTED, "width", 1, Fact((2,)), "inconclusive", Doubt.SELECTED),
            ["  if the expectation applies to this output at all (HD)"],
        ),
        (
            Finding(
                OUTPUT, "output_count", 9, Fact((2,)), "missed", None, Requested(3)
            ),
            ["  of 3 requested"],
        ),
        (
            Finding(
                OUTPUT,
                "status",
                "Success",
                Fact(("Failed",)),
                "missed",
                None,
                VendorSaid("Odd", "Why.", None),
            ),
            ['  (Odd, "Why.")'],
        ),
    ],
    ids=[
        *("nothing more", "a reason", "not reported", "a note", "another reason"),
        *("of another kind", "a doubt", "a number", "the vendor's words"),
    ],
)
def test_what_the_cells_do_not_say_stands_below(found, remark):
    """The vendor's and the user's words, and why it is not certain."""
    assert below_headline(written(report_of(found), "table"))[3:] == remark


@given(st.lists(findings, max_size=3), st.integers(40, 120))
def test_a_table_keeps_its_width(found, width):
    """Whatever the cells hold, no line of the table is wider than the terminal."""
    lines = render([report_of(*found)], "table", width=width).splitlines()

    # ASCII here: a letter may take two columns.
    wide = [line for line in lines if line.isascii() and len(line) > width]
    assert not wide
