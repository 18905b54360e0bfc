"""Reports as tables, JSON, JUnit XML and Markdown, for readers outside the engine."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made import JOB_ID, make_answer
from pulumi_alicloud_mediaconvert.answers import job_from_answer
from pulumi_alicloud_mediaconvert.renderings import Format, render

# By its own name, pytest would take it for a test.
from pulumi_alicloud_mediaconvert.report import Mismatch, Report, Verdict, tally_line
from pulumi_alicloud_mediaconvert.verifier import verify

REGION = "cn-shanghai"
NAME = f"job {JOB_ID} ({REGION})"
PLACE = f"mediaconvert.{REGION}.{JOB_ID}"

WIDTH_MISSED = Mismatch(
    path='outputs["720P-mp4"].video.width',
    expected="1280",
    actual="848",
    verdict="missed",
    text='output "720P-mp4": video width: expected 1280, got 848; must be HD',
)
FPS_UNKNOWN = Mismatch(
    path='outputs["720P-mp4"].video.fps',
    expected="25",
    actual="not reported",
    verdict="inconclusive",
    text='output "720P-mp4": video fps: expected 25, got not reported',
)
LANG_ADVISED = replace(
    WIDTH_MISSED,
    path='outputs["720P-mp4"].audio.lang',
    expected="zho",
    actual="eng",
    text='output "720P-mp4": audio lang: expected zho, got eng',
    enforcement_level="advisory",
)

# What schema junit-10 of jenkinsci/xunit-plugin lets stand below what, and the
# attributes it demands and allows; of those that are written here.
CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"properties", "testcase", "system-out"},
    "properties": {"property"},
    "testcase": {"skipped", "error", "failure"},
}
DEMANDED = {
    "testsuite": {"name", "tests", "failures", "errors"},
    "property": {"name", "value"},
    "testcase": {"name"},
}
ALLOWED = DEMANDED | {
    "testsuites": {"name", "tests", "failures", "errors"},
    "testsuite": DEMANDED["testsuite"] | {"skipped"},
    "testcase": {"name", "classname"},
    **{tag: {"type", "message"} for tag in ("failure", "error", "skipped")},
}

# What JSON can carry, halves of pairs included, or Python hands to a text.
any_text = st.text(st.characters(exclude_categories=()), max_size=60)
awkward_text = any_text | st.text("|`\\<>&\n\r\x00\ud800@#*_ ]-", max_size=20)
mismatches = st.builds(
    Mismatch,
    path=awkward_text,
    expected=awkward_text,
    actual=awkward_text,
    verdict=st.sampled_from(["missed", "inconclusive"]),
    text=awkward_text,
    enforcement_level=st.sampled_from(["mandatory", "advisory"]),
)
verdicts = st.sampled_from(
    ["passed", "failed", "inconclusive", "pending", "unverified"]
)


def report_of(
    *found: Mismatch, verdict: Verdict = "failed", skipped: tuple[str, ...] = ()
) -> Report:
    """Make the report of a job that has succeeded itself."""
    job = job_from_answer(make_answer())
    return Report(job=job, verdict=verdict, mismatches=found, skipped_checks=skipped)


def failed_job(**fields: Any) -> Report:
    """Verify a job that ended badly, with a code that the vendor documents."""
    said = {
        "Code": "InvalidParameter.ResourceContentBad",
        "Message": "The resource operated InputFile is bad",
        "RequestId": "5F2C1A",
    }
    return verify(job_from_answer(make_answer("Failed", **(said | fields))))


def running_job() -> Report:
    """Verify a job that goes on."""
    return verify(job_from_answer(make_answer("Running", Percent=66)))


REPORTS = {
    "passed": report_of(verdict="passed"),
    "failed job": failed_job(),
    "failed": report_of(WIDTH_MISSED, FPS_UNKNOWN, LANG_ADVISED),
    "inconclusive": report_of(FPS_UNKNOWN, verdict="inconclusive"),
    "advisory": report_of(LANG_ADVISED, verdict="passed", skipped=("one: why",)),
    "pending": running_job(),
    "unverified": report_of(verdict="unverified"),
}
any_report = pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS.keys())


def written(report: Report, form: Format) -> str:
    """Render one report of the region."""
    return render([report], form, region=REGION)


def below_headline(text: str) -> list[str]:
    """Return the lines after the first empty one."""
    return text.partition("\n\n")[2].splitlines()


def suites_of(*reports: Report) -> ET.Element:
    """Read what JUnit XML was written of reports."""
    text = render(reports, "junit", region=REGION)
    return ET.fromstring(text.encode())  # noqa: S314  # our own text


def cases_of(report: Report) -> dict[str | None, list[tuple[str, str | None]]]:
    """Name the cases of a suite, each with the tag and type of what is wrong."""
    return {
        case.get("name"): [(fault.tag, fault.get("type")) for fault in case]
        for case in suites_of(report).iter("testcase")
    }


def rows_of(markdown: str) -> list[list[str]]:
    """Read the rows of the tables as GitHub does: cells between bare pipes."""
    lines = [line for line in markdown.split("\n") if line.startswith("|")]
    return [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for line in lines
        if line.strip("|- ") and line != "| path | expected | actual | verdict |"
    ]


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
        'bad".\nThe input file cannot be decoded; check that it is complete '
        "(request 5F2C1A).\n"
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
        "  must be HD",
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


@pytest.mark.parametrize("form", ["table", "junit", "markdown"])
def test_how_much_was_tested_is_no_skipped_check(form):
    """The count of an as-requested verification stands in the headline, once."""
    skipped = (tally_line(3, 1), "gop: none")

    text = written(report_of(verdict="passed", skipped=skipped), form)

    assert "1 check skipped" in text
    assert text.replace("\n", " ").count("3 tested, 1 skipped") == 1


def test_a_pending_job_says_where_it_stands():
    """A job that goes on has no rows."""
    assert written(running_job(), "table") == (f"{NAME} has not ended: Running 66 %.\n")


def test_long_cells_are_wrapped_at_their_steps():
    """What does not fit goes on below, in its own column."""
    long = replace(WIDTH_MISSED, actual="yuv420p10le and more", text="")

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
    foreign = replace(WIDTH_MISSED, path=path, text="expected 1280, got 848")

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


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        pytest.param("width: expected 1280, got 848", [], id="nothing more"),
        pytest.param("width: expected 1280, but 848", [], id="a reason"),
        pytest.param("expected 1280, got 848 (HD)", ["  (HD)"], id="a note"),
        pytest.param("expected 1280, but why", ["  but why"], id="another reason"),
        pytest.param("width must be HD", ["  width must be HD"], id="own words"),
    ],
)
def test_no_words_of_a_text_are_lost(text, remark):
    """What the cells do not say, the vendor's and the user's words, stands below."""
    report = report_of(replace(WIDTH_MISSED, text=text))

    assert below_headline(written(report, "table"))[3:] == remark


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_several_jobs_are_summed_up(form):
    """A reader sees how many jobs are bad without counting."""
    text = render(list(REPORTS.values()), form)

    assert (
        "7 jobs: 2 passed, 2 failed, 1 inconclusive, 1 pending, 1 unverified." in text
    )


@given(st.lists(mismatches, max_size=3), st.integers(40, 120))
def test_a_table_keeps_its_width(found, width):
    """Whatever the cells hold, no line of the table is wider than the terminal."""
    lines = render([report_of(*found)], "table", width=width).splitlines()

    # ASCII here: a letter may take two columns.
    wide = [line for line in lines if line.isascii() and len(line) > width]
    assert not wide


@any_report
def test_json_has_the_keys_of_the_outputs(report):
    """What the resource exports under a name, the JSON has under the same one."""
    facts = json.loads(written(report, "json"))

    assert facts["job_id"] == JOB_ID
    assert facts["region"] == REGION
    assert facts["verdict"] == report.verdict
    assert facts["state"] == report.job.state
    assert len(facts["mismatches"]) == len(report.mismatches)
    assert facts["skipped_checks"] == list(report.skipped_checks)
    assert len(facts["facts_digest"]) == 64
    assert facts["outputs"] == [{"name": "video", "status": "Success"}]


def test_json_begins_with_what_is_read_first():
    """The verdict is not looked for below pages of facts."""
    assert list(json.loads(written(failed_job(), "json")))[:8] == [
        "job_id",
        "region",
        "verdict",
        "state",
        "code",
        "message",
        "hint",
        "mismatches",
    ]


def test_json_says_what_is_known_of_a_code():
    """A program can tell whose the fault is."""
    assert json.loads(written(failed_job(), "json"))["hint"] == {
        "cause": "The input file cannot be decoded",
        "origin": "input file",
        "next_step": "check that it is complete",
    }


@pytest.mark.parametrize("form", ["table", "json", "junit", "markdown"])
@pytest.mark.parametrize(
    ("state", "code"),
    [
        pytest.param("Failed", "Odd.Code", id="unknown code"),
        pytest.param("Success", "InvalidParameter.ResourceContentBad", id="success"),
        pytest.param("Running", "InvalidParameter.ResourceContentBad", id="running"),
    ],
)
def test_no_hint_is_given_without_a_documented_fault(state, code, form):
    """Nothing is guessed of an unknown code, nor of one beside a good state."""
    report = verify(job_from_answer(make_answer(state, Code=code)))

    text = written(report, form)

    assert "Origin" not in text
    assert "hint" not in text


def test_json_holds_a_mismatch_with_all_its_fields():
    """A program need not read texts."""
    [mismatch] = json.loads(written(report_of(LANG_ADVISED), "json"))["mismatches"]

    assert mismatch == {
        "path": 'outputs["720P-mp4"].audio.lang',
        "expected": "zho",
        "actual": "eng",
        "verdict": "missed",
        "text": 'output "720P-mp4": audio lang: expected zho, got eng',
        "enforcement_level": "advisory",
    }


@pytest.mark.parametrize("count", [0, 2])
def test_json_of_any_other_number_of_reports_is_a_list(count):
    """One report is an object, so that a script can ask for `.verdict`."""
    assert len(json.loads(render([failed_job()] * count, "json"))) == count


def test_json_keeps_what_people_write():
    """Characters beyond ASCII stay legible."""
    assert "预告片" in written(
        report_of(replace(WIDTH_MISSED, actual="预告片")), "json"
    )


def test_json_has_no_numbers_that_json_does_not_know():
    """What Python's reader lets in does not leave as `NaN`."""
    report = report_of()
    odd = report.job.model_copy(update={"config": {"Rate": [float("nan"), 1.5]}})

    text = written(replace(report, job=odd), "json")

    assert json.loads(text)["config"] == {"Rate": [None, 1.5]}


@given(st.lists(mismatches, max_size=3))
def test_json_is_valid_and_exact_for_any_text(found):
    """Any text can be written to a file, and comes back as it was."""
    text = render([report_of(*found)], "json")

    read = json.loads(text.encode())["mismatches"]
    assert text.endswith("}\n")
    # A pair of halves is one character to a reader of JSON.
    assert [joined(one["text"]) for one in read] == [joined(one.text) for one in found]


def joined(text: str) -> str:
    """Make one character of each pair of halves."""
    wide = text.encode("utf-16", "surrogatepass")
    return wide.decode("utf-16", "surrogatepass")


@any_report
def test_junit_has_the_structure_of_the_schema(report):
    """Elements stand where Jenkins's schema lets them, with what it demands."""
    root = suites_of(report)

    assert root.tag == "testsuites"
    for element in root.iter():
        assert {child.tag for child in element} <= CHILDREN.get(element.tag, set())
        assert DEMANDED.get(element.tag, set()) <= set(element.attrib)
        assert set(element.attrib) <= ALLOWED.get(element.tag, set())


@pytest.mark.parametrize(
    ("report", "cases"),
    [
        pytest.param("passed", {"state": []}, id="passed"),
        pytest.param("failed job", {"state": [("failure", "failed")]}, id="failed job"),
        pytest.param(
            "failed",
            {
                "state": [],
                WIDTH_MISSED.path: [("failure", "missed")],
                FPS_UNKNOWN.path: [("failure", "inconclusive")],
                LANG_ADVISED.path: [("skipped", "advisory")],
            },
            id="failed",
        ),
        pytest.param(
            "inconclusive",
            {"state": [], FPS_UNKNOWN.path: [("failure", "inconclusive")]},
            id="inconclusive",
        ),
        pytest.param(
            "advisory",
            {"state": [], LANG_ADVISED.path: [("skipped", "advisory")]},
            id="advisory",
        ),
        pytest.param("pending", {"state": [("error", "pending")]}, id="pending"),
        pytest.param(
            "unverified", {"state": [("skipped", "unverified")]}, id="unverified"
        ),
    ],
)
def test_junit_has_a_case_for_the_job_and_for_each_mismatch(report, cases):
    """The job passes as `state` unless it is at fault itself."""
    assert cases_of(REPORTS[report]) == cases


def test_junit_says_what_was_expected():
    """A case says in its attribute what is wrong, and below it the facts."""
    [failure] = suites_of(report_of(WIDTH_MISSED)).iter("failure")

    assert failure.get("message") == WIDTH_MISSED.text
    assert failure.text == f"{WIDTH_MISSED.path}\nexpected: 1280\nactual: 848"


def test_junit_of_a_failed_job_is_this_text():
    """The whole of a small one, as a build server gets it."""
    assert written(failed_job(Message="<b>"), "junit") == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<testsuites name="pulumi-mediaconvert" tests="1" failures="1" errors="0">\n'
        f'  <testsuite name="{NAME}" tests="1" failures="1" errors="0" skipped="0">\n'
        "    <properties>\n"
        '      <property name="verdict" value="failed" />\n'
        '      <property name="state" value="Failed" />\n'
        '      <property name="code" value="InvalidParameter.ResourceContentBad" />\n'
        '      <property name="request_id" value="5F2C1A" />\n'
        "    </properties>\n"
        f'    <testcase classname="{PLACE}" name="state">\n'
        f'      <failure type="failed" message="{NAME} ended Failed: '
        "InvalidParameter.ResourceContentBad, &quot;&lt;b&gt;&quot;. The input file "
        'cannot be decoded; check that it is complete (request 5F2C1A).">'
        "Origin of the fault: input file.</failure>\n"
        "    </testcase>\n"
        f"    <system-out>{NAME} ended Failed: InvalidParameter.ResourceContentBad, "
        '"&lt;b&gt;". The input file cannot be decoded; check that it is complete '
        "(request 5F2C1A).</system-out>\n"
        "  </testsuite>\n"
        "</testsuites>\n"
    )


def test_junit_counts_what_it_holds():
    """Build servers believe the numbers, so they are those of the cases."""
    root = suites_of(*REPORTS.values())

    counts = [
        [suite.get(key) for key in ("tests", "failures", "errors", "skipped")]
        for suite in root
    ]
    assert counts == [
        ["1", "0", "0", "0"],
        ["1", "1", "0", "0"],
        ["4", "2", "0", "1"],
        ["2", "1", "0", "0"],
        ["2", "0", "0", "1"],
        ["1", "0", "1", "0"],
        ["1", "0", "0", "1"],
    ]
    assert [root.get(key) for key in ("tests", "failures", "errors")] == [
        "12",
        "4",
        "1",
    ]


def test_junit_lists_skipped_checks_beside_the_cases():
    """What was not tested is no case, but is not hidden."""
    report = report_of(verdict="passed", skipped=("gop: none", "two"))

    [out] = suites_of(report).iter("system-out")

    assert out.text == (
        f"{NAME} ended Success and is as expected.\n2 checks skipped:\ngop: none\ntwo"
    )


def test_junit_tells_two_mismatches_of_one_path_apart():
    """A reader that keeps one case of a name loses none."""
    cases = cases_of(report_of(WIDTH_MISSED, WIDTH_MISSED))

    assert list(cases) == ["state", WIDTH_MISSED.path, f"{WIDTH_MISSED.path} (2)"]


@given(st.lists(mismatches, max_size=3), verdicts)
def test_junit_is_well_formed_and_as_bad_as_the_verdict(found, verdict):
    """Any text can be read again, and no bad verdict looks green."""
    root = suites_of(report_of(*found, verdict=verdict, skipped=("\x00",)))

    [suite] = root
    bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    assert len(suite.findall("testcase")) == 1 + len(found)
    assert bad or verdict in {"passed", "unverified"}


def test_markdown_of_a_failed_job_is_this_text():
    """The verdict is bold; what is foreign neither mentions anyone nor marks up."""
    assert written(failed_job(Message="<b> @team"), "markdown") == (
        f"**failed** · {NAME} ended Failed: InvalidParameter.ResourceContentBad, "
        '"&#60;b&#62; &#64;&#8203;team". The input file cannot be decoded; check that '
        "it is complete (request 5F2C1A).\n"
        "\n"
        "Origin of the fault: input file.\n"
    )


def test_markdown_has_a_table_and_folds_what_was_skipped():
    """The mismatches are seen at once, the rest on demand."""
    report = report_of(WIDTH_MISSED, LANG_ADVISED, skipped=("gop: none",))

    lines = written(report, "markdown").splitlines()

    assert lines[1:] == [
        "",
        "| path | expected | actual | verdict |",
        "| --- | --- | --- | --- |",
        '| `outputs["720P-mp4"].video.width` | `1280` | `848`<br>must be HD | missed |',
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
        pytest.param("", "", id="nothing"),
    ],
)
def test_markdown_cells_stay_cells(seen, cell):
    """What a table, a code span or HTML would take for its own is no such thing."""
    odd = replace(WIDTH_MISSED, actual=seen, text=f"expected 1280, got {seen}")

    [row] = rows_of(written(report_of(odd), "markdown"))

    assert row[2] == cell


@given(st.lists(mismatches, max_size=4))
def test_markdown_has_a_row_for_each_mismatch(found):
    """Any text leaves the table four cells wide and one row a mismatch high."""
    text = render([report_of(*found)], "markdown")

    rows = rows_of(text)
    listed = [one for one in found if one.path != "state"]
    assert text.encode()
    assert [len(row) for row in rows] == [4] * len(listed)


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


@pytest.mark.parametrize(
    ("reports", "end"),
    [
        pytest.param(
            [report_of(*[WIDTH_MISSED] * 2_000, skipped=("why",) * 20)],
            " more\n\n</details>\n",
            id="many mismatches",
        ),
        pytest.param(
            [report_of(skipped=("why " * 50,) * 2_000)],
            " more\n\n</details>\n",
            id="many skipped checks",
        ),
        pytest.param([failed_job()] * 2_000, " more jobs\n", id="many jobs"),
        pytest.param(
            [failed_job(Message="@" * 500)] * 2_000, " more jobs\n", id="long words"
        ),
        pytest.param(
            [report_of(*[WIDTH_MISSED] * 500)] * 20, " more\n", id="many of both"
        ),
    ],
)
def test_markdown_fits_a_comment(reports, end):
    """GitHub takes 65,536 characters: the rest is counted, not sent."""
    text = render(reports, "markdown", region=REGION)

    assert len(text) < 60_000
    assert re.search(r"… and [\d,]+ more", text)
    assert text.endswith(end)


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_no_reports_are_no_text(form):
    """Nothing verified, nothing said."""
    assert render([], form) == ""
