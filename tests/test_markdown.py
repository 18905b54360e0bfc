"""Reports as Markdown, for comments on GitHub."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs import NAME, REGION, make_job, make_output
from pulumi_alicloud_mediaconvert.cli.reports.renderings import render
from pulumi_alicloud_mediaconvert.verification.evaluation import Fact
from pulumi_alicloud_mediaconvert.verification.findings import Finding
from pulumi_alicloud_mediaconvert.verification.locations import ROOT
from pulumi_alicloud_mediaconvert.verification.report import causes
from reports import (
    LANG_ADVISED,
    WIDTH_MISSED,
    awkward_text,
    failed_job,
    findings,
    report_of,
    report_on,
    widths_missed,
    written,
)

WIDTH_PATH = 'outputs["720P-mp4"].video.width'


def rows_of(markdown: str) -> list[list[str]]:
    """Read the rows of the tables as GitHub does: cells between bare pipes."""
    lines = [line for line in markdown.split("\n") if line.startswith("|")]
    return [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for line in lines
        if line.strip("|- ") and line != "| path | expected | actual | verdict |"
    ]


def test_markdown_of_a_failed_job_is_this_text():
    """The verdict is bold; what is foreign neither mentions anyone nor marks up."""
    assert written(failed_job(Message="<b> @team"), "markdown") == (
        f"**failed** · {NAME} ended Failed: InvalidParameter.ResourceContentBad, "
        '"&#60;b&#62; &#64;&#8203;team" (request 5F2C1A). The input file cannot be '
        "decoded; check that it is complete.\n"
        "\n"
        "Origin of the fault: input file.\n"
        "\n"
        "<details>\n"
        "<summary>1 check met</summary>\n"
        "\n"
        '- `outputs["video"].status`: expected `Success`, got `Success`\n'
        "\n"
        "</details>\n"
    )


def test_markdown_folds_what_was_met():
    """A reviewer sees how much was verified, and unfolds what it was."""
    report = report_on(make_job(make_output()), {"output_count": 1})

    lines = written(report, "markdown").splitlines()

    assert lines == [
        f"**passed** · {NAME} ended Success and is as expected: 4 checks met.",
        "",
        "<details>",
        "<summary>4 checks met</summary>",
        "",
        "- `state`: expected `Success`, got `Success`",
        '- `outputs["video"].status`: expected `Success`, got `Success`',
        "- `outputs`: expected `1 requested`, got `1 reported`",
        "- `output_count`: expected `1`, got `1`",
        "",
        "</details>",
    ]


def test_what_was_met_takes_no_room_from_what_is_wrong():
    """However many jobs are good, a bad one at the end is seen."""
    outputs = [make_output(f"v{number}") for number in range(40)]
    good = report_on(make_job(*outputs))

    text = render([*[good] * 300, failed_job()], "markdown", region=REGION)

    assert len(text) < 60_000
    assert "ended Failed: InvalidParameter.ResourceContentBad" in text
    assert "more job" not in text


def test_bad_jobs_come_first_and_the_others_are_counted():
    """Thousands of good jobs push no bad one out of a comment."""
    good = report_on(make_job(make_output()))

    text = render([*[good] * 2_000, failed_job()], "markdown", region=REGION)

    assert len(text) < 60_000
    first, second, *_ = text.split("\n\n")
    assert first == "2,001 jobs: 2,000 passed, 1 failed."
    assert second.startswith("**failed** · ")
    assert re.search(r"\n\n… and 1,\d{3} more jobs: 1,\d{3} passed\n$", text)


def test_markdown_of_many_good_jobs_says_what_is_left_out():
    """What is met is cut where there is no room, and counted."""
    outputs = [make_output(f"v{number}") for number in range(40)]

    text = render([report_on(make_job(*outputs))] * 40, "markdown")

    assert len(text) < 60_000
    assert text.count("<summary>42 checks met</summary>") == 40
    assert re.search(r"- … and \d+ more\n", text)


def test_markdown_has_a_table_and_folds_what_was_skipped():
    """The mismatches are seen at once, the rest on demand."""
    report = report_of(WIDTH_MISSED, LANG_ADVISED, skipped=("gop: none",))

    lines = written(report, "markdown").splitlines()

    assert lines[1:] == [
        "",
        "| path | expected | actual | verdict |",
        "| --- | --- | --- | --- |",
        f"| `{WIDTH_PATH}` | `1280` | `848`<br>(must be HD) | missed |",
        '| `outputs["720P-mp4"].audio.lang` | `zho` | `eng` | advisory |',
        "",
        "<details>",
        "<summary>1 check skipped</summary>",
        "",
        "- gop: none",
        "",
        "</details>",
    ]


@pytest.mark.parametrize(
    ("seen", "cell"),
    [
        pytest.param("a|b", "<code>a&#124;b</code>", id="pipe"),
        pytest.param("a`b", "<code>a&#96;b</code>", id="backtick"),
        pytest.param("a\\", "<code>a&#92;</code>", id="backslash"),
        pytest.param("a\nb", "`a b`", id="line end"),
        pytest.param("</td>", "`</td>`", id="HTML"),
        pytest.param("", '`""`', id="nothing"),
    ],
)
def test_markdown_cells_stay_cells(seen, cell):
    """What a table, a code span or HTML would take for its own is no such thing."""
    odd = Finding(ROOT, "url", "a", Fact((seen,)), "missed")

    [row] = rows_of(written(report_of(odd), "markdown"))

    assert row[2] == cell


@given(st.lists(findings, max_size=4))
def test_markdown_has_a_row_for_each_mismatch(found):
    """Any text leaves the table four cells wide, with a place for each mismatch."""
    report = report_of(*found)

    text = render([report], "markdown")

    rows = rows_of(text)
    assert text.encode()
    assert [len(row) for row in rows] == [4] * len(causes(report))
    places = sum(row[0].count("<br>") + 1 for row in rows)
    assert places == len(report.mismatches)


@given(awkward_text)
def test_markdown_shows_foreign_words_as_they_are(words):
    """Nothing but the line ends and what cannot be printed is changed for a reader."""
    text = render([report_of(verdict="passed", skipped=(words,))], "markdown")

    [line] = [line for line in text.split("\n") if line.startswith("- ")]
    # No mark of HTML, Markdown, a mention or an issue is left bare.
    bare = re.sub(r"&#\d+;", "", line[2:])
    assert not set(bare) & set("<>`*_[]|\\@#&")
    shown = html.unescape(line[2:]).replace("\u200b", "")
    assert shown.split() == "".join(map(printed, " ".join(words.split()))).split()


def printed(letter: str) -> str:
    """Return a letter as a terminal may have it."""
    return letter if letter.isprintable() else "?"


def test_markdown_of_very_many_unread_jobs_fits_a_comment_too():
    """They stand first, and leave room for what could be read."""
    unread = {f"{number:032x}": "@team <b> " * 50 for number in range(5_000)}

    text = render([report_of(WIDTH_MISSED)], "markdown", region=REGION, unread=unread)

    assert len(text) < 60_000
    assert text.startswith("5,001 jobs: 1 failed, 5,000 could not be read.\n\n**job ")
    assert re.search(r"… and [\d,]+ more\n", text)
    assert "| `1280` |" in text
    assert "@team" not in text


@pytest.mark.parametrize(
    ("reports", "end"),
    [
        pytest.param(
            [report_of(*widths_missed(2_000), skipped=("why",) * 20)],
            " more\n\n</details>\n",
            id="many mismatches",
        ),
        pytest.param(
            [report_of(skipped=("why " * 50,) * 2_000)],
            " more\n\n</details>\n",
            id="many skipped checks",
        ),
        pytest.param([failed_job()] * 2_000, " failed\n", id="many jobs"),
        pytest.param(
            [failed_job(Message="@" * 500)] * 2_000, " failed\n", id="long words"
        ),
        pytest.param(
            [report_of(*widths_missed(500))] * 20, " more\n", id="many of both"
        ),
    ],
)
def test_markdown_fits_a_comment(reports, end):
    """GitHub takes 65,536 characters: the rest is counted, not sent."""
    text = render(reports, "markdown", region=REGION)

    assert len(text) < 60_000
    assert re.search(r"… and [\d,]+ more", text)
    assert text.endswith(end)
