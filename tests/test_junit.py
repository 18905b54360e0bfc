"""Reports as JUnit XML, as build servers read it."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli import assert_junit
from jobs import JOB_ID, NAME, REGION, make_job, make_output
from pulumi_alicloud_mediaconvert.cli.reports.renderings import render
from pulumi_alicloud_mediaconvert.verification.report import Report
from reports import (
    FPS_UNKNOWN,
    REPORTS,
    WIDTH_MISSED,
    failed_job,
    findings,
    report_of,
    report_on,
    widths_missed,
    written,
)

WIDTH_PATH = 'outputs["720P-mp4"].video.width'
STATUS_PATH = 'outputs["video"].status'
FPS_PATH = 'outputs["720P-mp4"].video.fps'
LANG_PATH = 'outputs["720P-mp4"].audio.lang'
PLACE = f"mediaconvert.{REGION}.{JOB_ID}"

verdicts = st.sampled_from(
    ["passed", "failed", "inconclusive", "pending", "unverified"]
)


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


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS.keys())
def test_junit_has_the_structure_of_the_schema(report):
    """Elements stand where Jenkins's schema lets them, with what it demands."""
    root = suites_of(report)

    assert_junit(root)


@pytest.mark.parametrize(
    ("report", "cases"),
    [
        pytest.param("passed", {"state": []}, id="passed"),
        pytest.param(
            "failed job",
            {"state": [("failure", "failed")], STATUS_PATH: [("system-out", None)]},
            id="failed job",
        ),
        pytest.param(
            "failed",
            {
                "state": [],
                WIDTH_PATH: [("failure", "missed")],
                FPS_PATH: [("failure", "inconclusive")],
                LANG_PATH: [("skipped", "advisory")],
            },
            id="failed",
        ),
        pytest.param(
            "inconclusive",
            {"state": [], FPS_PATH: [("failure", "inconclusive")]},
            id="inconclusive",
        ),
        pytest.param(
            "advisory",
            {"state": [], LANG_PATH: [("skipped", "advisory")]},
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


def test_junit_has_a_case_for_each_check_that_is_met():
    """A report shows what was verified, with the value, and not only what is wrong."""
    expect = {"every_output": {"video": {"width": 1280, "fps": 50}}}
    report = report_on(make_job(make_output()), expect)

    cases = {case.get("name"): case for case in suites_of(report).iter("testcase")}

    assert list(cases) == [
        "state",
        'outputs["video"].video.fps',
        'outputs["video"].status',
        "outputs",
        'outputs["video"].video.width',
    ]
    met = cases['outputs["video"].video.width']
    assert [(one.tag, one.text) for one in met] == [
        ("system-out", "expected: 1280\nactual: 1280")
    ]
    assert len(cases) == len(report.checks)
    assert_junit(suites_of(report))


def test_junit_has_no_more_cases_than_a_build_server_reads():
    """Each job has a case, a bad one all of its own, and what is left out is counted.

    GitLab refuses a file as a whole if it is too large.
    """
    good = report_on(make_job(*[make_output(f"v{number}") for number in range(40)]))
    bad = report_of(*widths_missed(100))

    root = suites_of(*[good] * 900, bad)

    *suites, worst = root
    assert root.get("tests") == "30000"
    assert len([*root.iter("testcase")]) == 30_000
    assert worst.get("failures") == root.get("failures") == "100"
    assert {suite.get("tests") for suite in suites} >= {"42", "1"}
    assert suites[-1].findtext("system-out", "").splitlines() == [
        f"{NAME} ended Success and is as expected: 42 checks met.",
        (
            "41 checks have no test case: a report has at most 30,000 test cases,"
            " first those of checks that are not met."
        ),
    ]
    assert "no test case" not in suites[0].findtext("system-out", "")
    assert_junit(root)


def test_a_bad_job_is_bad_though_none_of_its_checks_has_a_case():
    """Where there is no room left, the job itself fails."""
    worst, bad = suites_of(report_of(*widths_missed(30_000)), report_of(WIDTH_MISSED))

    assert (worst.get("tests"), bad.get("tests")) == ("29999", "1")
    assert [(one.tag, one.get("type")) for one in bad.iter("failure")] == [
        ("failure", "failed")
    ]


def test_checks_of_the_worst_job_have_cases_before_those_of_others():
    """A job that failed is shown whole, however much of another one is not clear."""
    unclear = report_of(*widths_missed(30_000), verdict="inconclusive")

    suites = suites_of(unclear, report_of(WIDTH_MISSED, FPS_UNKNOWN))

    assert [suite.get("tests") for suite in suites] == ["29997", "3"]


def test_junit_says_what_was_expected():
    """A case says in its attribute what is wrong, and below it the facts."""
    [failure] = suites_of(report_of(WIDTH_MISSED)).iter("failure")

    said = 'output "720P-mp4": video width: expected 1280, got 848 (must be HD)'
    assert failure.get("message") == said
    assert failure.text == f"{WIDTH_PATH}\nexpected: 1280\nactual: 848"


def test_junit_of_a_failed_job_is_this_text():
    """The whole of a small one, as a build server gets it."""
    assert written(failed_job(Message="<b>"), "junit") == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<testsuites name="pulumi-mediaconvert" tests="2" failures="1" errors="0">\n'
        f'  <testsuite name="{NAME}" tests="2" failures="1" errors="0" skipped="0">\n'
        "    <properties>\n"
        '      <property name="verdict" value="failed" />\n'
        '      <property name="state" value="Failed" />\n'
        '      <property name="code" value="InvalidParameter.ResourceContentBad" />\n'
        '      <property name="request_id" value="5F2C1A" />\n'
        "    </properties>\n"
        f'    <testcase classname="{PLACE}" name="state">\n'
        f'      <failure type="failed" message="{NAME} ended Failed: '
        "InvalidParameter.ResourceContentBad, &quot;&lt;b&gt;&quot; (request 5F2C1A). "
        'The input file cannot be decoded; check that it is complete.">'
        "Origin of the fault: input file.</failure>\n"
        "    </testcase>\n"
        f'    <testcase classname="{PLACE}" name="outputs[&quot;video&quot;].status">\n'
        "      <system-out>expected: Success\nactual: Success</system-out>\n"
        "    </testcase>\n"
        f"    <system-out>{NAME} ended Failed: InvalidParameter.ResourceContentBad, "
        '"&lt;b&gt;" (request 5F2C1A). The input file cannot be decoded; check that '
        "it is complete.</system-out>\n"
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
        ["2", "1", "0", "0"],
        ["4", "2", "0", "1"],
        ["2", "1", "0", "0"],
        ["2", "0", "0", "1"],
        ["1", "0", "1", "0"],
        ["1", "0", "0", "1"],
    ]
    assert [root.get(key) for key in ("tests", "failures", "errors")] == [
        "13",
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
    cases = cases_of(report_of(*widths_missed(2)))

    assert list(cases) == ["state", WIDTH_PATH, f"{WIDTH_PATH} (2)"]


@given(st.lists(findings, max_size=3), verdicts)
def test_junit_is_well_formed_and_as_bad_as_the_verdict(found, verdict):
    """Any text can be read again, and no bad verdict looks green."""
    report = report_of(*found, verdict=verdict, skipped=("\x00",))

    root = suites_of(report)

    [suite] = root
    bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    assert len(suite.findall("testcase")) == 1 + len(report.mismatches)
    assert bad or verdict in {"passed", "unverified"}
