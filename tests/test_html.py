"""Reports as a page of HTML: what it shows of one job and of many."""

from __future__ import annotations

import pytest

from html_tree import Element, parsed
from jobs import JOB_ID, REGION, make_answer, make_job, make_output, sample_job
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.cli.reports.renderings import render
from pulumi_alicloud_mediaconvert.verification.report import Report
from pulumi_alicloud_mediaconvert.verification.tally import Tally
from pulumi_alicloud_mediaconvert.verification.verifier import verify
from reports import (
    FPS_UNKNOWN,
    LANG_ADVISED,
    REPORTS,
    WIDTH_MISSED,
    failed_job,
    report_of,
    report_on,
    running_job,
    written,
)


def page_of(*reports: Report, **unread: str) -> Element:
    """Write a page and read it."""
    return parsed(render(reports, "html", region=REGION, unread=unread))


def rows_of(table: Element) -> list[list[str]]:
    """Read the cells below the head of a table."""
    rows = [[cell.text for cell in row.all("td")] for row in table.all("tr")]
    return [row for row in rows if row]


def facts_of(page: Element) -> dict[str, str]:
    """Read what is said of the job itself."""
    return {one.only("dt").text: one.only("dd").text for one in page.all("div")}


def test_a_failed_job_says_why_and_what_to_do():
    """Verdict, cause, next step, the vendor's words and the request are there."""
    page = parsed(written(failed_job(), "html"))

    assert page.only("h1").text == f"failed {JOB_ID}"
    assert page.only("p", "reason").text == "Failed: The input file cannot be decoded"
    assert page.only("p", "next").text == "Next step Check that it is complete."
    facts = facts_of(page)
    assert facts["vendor code"] == "InvalidParameter.ResourceContentBad"
    assert facts["vendor message"] == "The resource operated InputFile is bad"
    assert facts["request ID"] == "5F2C1A"
    assert facts["region"] == REGION
    assert facts["origin of the fault"] == "input file"


def test_expected_stands_beside_actual_and_the_worst_comes_first():
    """Missed, then undecided, then advisory; what is met can be unfolded."""
    met = WIDTH_MISSED._replace(outcome="met", constraint=848)
    report = report_of(met, LANG_ADVISED, FPS_UNKNOWN, WIDTH_MISSED)

    unmet, fine = parsed(written(report, "html")).all("table", "checks")

    at = 'outputs["720P-mp4"]'
    assert rows_of(unmet) == [
        [f"{at}.video.width", "1280", "848 (must be HD)", "missed"],
        [f"{at}.video.fps", "25", "not reported", "inconclusive"],
        [f"{at}.audio.lang", "zho", "eng", "advisory"],
    ]
    assert rows_of(fine) == [[f"{at}.video.width", "848", "848", "met"]]
    page = parsed(written(report, "html"))
    assert page.only("details", "more").only("summary").text == "1 check met"


def test_what_was_not_tested_can_be_unfolded():
    """With how much of the request was tested."""
    report = report_of(verdict="passed", skipped=["gop: none"], tally=Tally(3, 1))

    page = parsed(written(report, "html"))

    assert page.only("details", "more").text == "1 check skipped gop: none"
    assert "3 tested, 1 skipped" in page.text


def test_outputs_have_their_files_and_streams():
    """What was delivered is seen without the JSON."""
    page = page_of(verify(sample_job()))

    group, single, grouped = page.all("article")[1:]
    assert group.only("h4").text.startswith("hls-group Success group · Hls · 1 output")
    assert single.only("h4").text == (
        "720P-mp4 Success hls,applehttp · 403.04 s · 889 kbit/s · 31.7 kB"
    )
    assert grouped.only("h4").text.startswith("hls-group/720P-mp4 Success")
    assert rows_of(single.only("table", "streams")) == [
        [
            "video 0",
            "h264 High level 31",
            "848x478 yuv420p",
            "25 fps",
            "889 kbit/s",
            "403.04 s",
            "cn",
        ],
        ["audio 1", "aac", "2 ch stereo", "44100 Hz", "", "403.04 s", "cn"],
    ]


def times_of(page: Element) -> list[str]:
    """Read the rows of the timeline."""
    return [row.text for row in page.only("table", "times").all("tr")]


def part(name: str, created: str, finished: str) -> dict[str, str]:
    """Make an output with times."""
    return make_output(name) | {
        "CreateTime": f"2026-01-02T{created}Z",
        "FinishTime": f"2026-01-02T{finished}Z",
    }


def test_the_time_line_tells_queue_and_run():
    """Queued until the first output was begun; the rest is the run."""
    job = make_job(
        part("a", "03:00:41", "03:04:00"),
        part("b", "03:01:00", "03:10:00"),
        CreateTime="2026-01-02T03:00:00Z",
        FinishTime="2026-01-02T03:10:00Z",
    )

    page = page_of(report_on(job))

    assert page.only("p", "legend").text == "queued 41 s ran 9 min 19 s"
    assert times_of(page) == ["job 10 min 0 s", "a 3 min 19 s", "b 9 min 0 s"]
    bars = [
        (one.attributes["class"], one.attributes["x"], one.attributes["width"])
        for one in page.only("table", "times").all("rect")
    ]
    assert bars == [
        ("queue", "0", "68"),
        ("run", "68", "932"),
        ("run", "68", "332"),
        ("run", "100", "900"),
    ]


@pytest.mark.parametrize(
    ("times", "legend"),
    [
        pytest.param(
            {
                "CreateTime": "2026-01-02T03:00:00Z",
                "FinishTime": "2026-01-02T05:30:20Z",
            },
            "queued and ran 2 h 30 min",
            id="no start",
        ),
        pytest.param({"FinishTime": "2026-01-02T05:30:20Z"}, None, id="no creation"),
        pytest.param(
            {
                "CreateTime": "2026-01-02T03:00:00Z",
                "FinishTime": "2026-01-02T02:00:00Z",
            },
            None,
            id="an end before the beginning",
        ),
        pytest.param(
            {"CreateTime": "yesterday", "FinishTime": "today"}, None, id="no times"
        ),
        pytest.param(
            {
                "CreateTime": "2026-01-02T03:00:00Z",
                "FinishTime": "2026-01-02T03:00:00Z",
            },
            None,
            id="no time at all",
        ),
    ],
)
def test_the_time_line_claims_no_more_than_the_api_tells(times, legend):
    """Without a start queue and run are one; times that tell nothing are no bar."""
    page = page_of(report_on(make_job(make_output(), **times)))

    assert [one.text for one in page.all("p", "legend")] == [legend] * bool(legend)


def test_outputs_of_another_time_are_no_part_of_the_time_line():
    """The vendor's sample has such; they say nothing about the queue."""
    job = make_job(
        part("a", "01:00:00", "01:10:00"),
        CreateTime="2026-01-02T03:00:00Z",
        FinishTime="2026-01-02T03:10:00Z",
    )

    assert page_of(report_on(job)).only("p", "legend").text == (
        "queued and ran 10 min 0 s"
    )


def test_several_jobs_are_counted_and_the_bad_ones_come_first():
    """A reader of thousands sees how many there are of each, and the bad ones."""
    page = page_of(*REPORTS.values(), lost="no such job")

    assert page.only("h1").text == "8 transcoding jobs"
    totals = [one.text for one in page.only("div", "totals").all("label")]
    assert totals == [
        "2 failed",
        "1 not read",
        "1 inconclusive",
        "1 pending",
        "1 unverified",
        "2 passed",
    ]
    verdicts = [one.classes[1] for one in page.all("details", "job")]
    assert verdicts == [
        *("failed", "failed", "unread", "inconclusive"),
        *("pending", "unverified", "passed", "passed"),
    ]
    assert not [one for one in page.all("details") if "open" in one.attributes]


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS.keys())
def test_the_page_has_the_verdict_of_the_report(report):
    """Alone and among others."""
    alone, among = page_of(report), page_of(report, report)

    assert alone.only("h1").text.startswith(report.verdict)
    for job in among.all("details", "job"):
        assert report.verdict in job.classes
        assert job.all("span", "badge")[0].text == report.verdict


def test_a_job_that_goes_on_says_where_it_stands():
    """No verdict is made up."""
    page = page_of(running_job())

    assert page.only("h1").text == f"pending {JOB_ID}"
    assert page.only("p", "reason").text == "Running 66%"


def test_a_success_with_an_idle_code_has_no_vendor_code():
    """The vendor's own sample has one beside a success."""
    answer = make_answer(Code="InvalidParameter.ResourceContentBad", Message="bad")

    page = page_of(verify(job_from_answer(answer)))

    assert not {"vendor code", "vendor message"} & {*facts_of(page)}
    assert not page.all("p", "next")


def test_an_output_that_failed_by_itself_says_why():
    """What the job says of its code is said once; a code of its own is explained."""
    job = make_answer(
        "Failed",
        {"a": "Failed", "b": "Failed"},
        Code="InternalError",
        Message="sorry",
    )
    for output, code in zip(
        job["OutputDetails"],
        ("InternalError", "InvalidParameter.NullValue"),
        strict=True,
    ):
        output |= {"Code": code, "Message": "of the output"}

    page = page_of(verify(job_from_answer(job)))

    assert page.only("p", "said").text == (
        'InvalidParameter.NullValue, "of the output". A parameter is null; correct the '
        "parameter that the message names and submit the job again."
    )


def test_a_request_of_which_nothing_can_be_tested_says_what_to_do():
    """Its templates decide everything."""
    report = report_of(verdict="inconclusive", skipped=["gop: none"], tally=Tally(0, 1))

    said = page_of(report).only("p", "next").text

    assert said.startswith("Next step No setting of the request could be checked")


def test_one_cause_is_said_once():
    """Parts that failed with their job are one line, equal misses are one row."""
    answer = make_answer("Failed", {"a": "Failed", "b": "Failed"}, Code="InternalError")
    page = page_of(verify(job_from_answer(answer)))

    assert (
        page.only("p", "said").text == 'outputs "a" and "b": ended Failed with the job'
    )
    assert not page.all("table", "checks")

    wide = {"every_output": {"video": {"width": 1920}}}
    page = page_of(report_on(make_job(make_output("a"), make_output("b")), wide))

    assert rows_of(page.all("table", "checks")[0]) == [
        ['outputs["a"].video.width outputs["b"].video.width', "1920", "1280", "missed"]
    ]
    assert page.only("p", "reason").text.startswith("2 checks missed")
