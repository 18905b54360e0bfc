"""The page of HTML in a real browser: nothing runs, all can be seen, found, folded.

Where there is no Chromium each of these says so; `test_html_escaping.py` holds
what a parser can tell, everywhere.
"""

from __future__ import annotations

import os

import pytest

from browser import NO_BROWSER, Browser, find_browser
from hostile_html import HOSTILE, hostile_pages
from jobs import REGION
from pulumi_alicloud_mediaconvert.cli.reports.renderings import render
from reports import REPORTS, failed_job, report_of

SHOWN = """
[...document.querySelectorAll("main > .job")]
  .filter((job) => job.getClientRects().length)
  .map((job) => job.querySelector("code").textContent)
"""
SHAPE = """
[...document.querySelectorAll("*:not(a, wbr)")].map(
  (one) => [one.tagName, ...[...one.attributes].map(({ name }) => name)].join(" "))
"""
TYPE = """
(() => {
  const box = document.getElementById("filter");
  box.value = %r;
  box.dispatchEvent(new Event("input"));
})()
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """Start the browser once; without one, say so."""
    program = find_browser(os.environ)
    if program is None:
        pytest.skip(NO_BROWSER)
    started = Browser(program, tmp_path_factory.mktemp("browser"))
    yield started
    started.close()


@pytest.fixture
def opened(browser, tmp_path):
    """Open a page; nothing but it may be asked for, and nothing may go wrong."""

    def open_page(page, part=""):
        file = tmp_path / "report.html"
        file.write_text(page, "ascii")
        browser.open(f"{file.as_uri()}{part}")
        return browser

    yield open_page
    browser.call("Emulation.setScriptExecutionDisabled", value=False)
    asked = [
        one["request"]["url"] for one in browser.happened("Network.requestWillBeSent")
    ]
    assert {url.partition("#")[0] for url in asked} <= {
        (tmp_path / "report.html").as_uri()
    }
    assert browser.happened("Log.entryAdded") == []
    assert browser.happened("Runtime.exceptionThrown") == []
    assert browser.happened("Page.javascriptDialogOpening") == []


def many(count=3):
    """Write a page of a failed job and so many that passed, each with an ID."""
    failed, passed = failed_job(), report_of(verdict="passed")
    reports = [
        type(passed)(
            job=passed.job.model_copy(update={"job_id": f"job{number}"}),
            verdict="passed",
        )
        for number in range(count)
    ]
    return render([*reports, failed], "html", region=REGION, unread={"lost": "gone"})


@pytest.mark.parametrize(
    "page", [many(), render([failed_job()], "html")], ids=["several jobs", "one job"]
)
def test_a_page_that_is_cut_off_says_so(opened, page):
    """Half of a page shows good jobs, and nothing of the bad ones that are missing."""
    notice = "document.getElementById('incomplete').getClientRects().length"

    assert opened(page).run(notice) == 0
    for end in ("</header>", "</main>", "<script>"):
        assert opened(page[: page.rindex(end)]).run(notice) == 1


def test_no_text_of_others_runs_or_changes_the_page(opened):
    """The browser builds what it builds of plain words, and runs no more."""
    plain = {name: opened(page).run(SHAPE) for name, page in pages_of("word").items()}

    for text in HOSTILE.values():
        for name, page in pages_of(text).items():
            browser = opened(page)
            assert browser.run(SHAPE) == plain[name]
            assert browser.run("window.pwned") is None
            links = browser.run("[...document.links].map((one) => one.protocol)")
            assert {*links} <= {"file:", "http:", "https:"}


def pages_of(text):
    """Make the pages that have between them all that a page can have."""
    pages = hostile_pages(text)
    return {name: pages[name] for name in ("one job", "several jobs")}


def test_the_policy_of_the_page_lets_nothing_else_run(opened):
    """Even what would get into the page neither runs nor loads anything."""
    browser = opened(many())

    browser.run("""
        document.body.insertAdjacentHTML("beforeend", `<img src="https://example.org/x">
          <p style="color: red" onclick="window.pwned = 1">x</p>`);
        document.querySelector("body > p").click();
        const one = document.createElement("script");
        one.textContent = "window.pwned = 1";
        document.body.append(one);
    """)

    assert browser.run("window.pwned") is None
    # What the policy refused is logged, and is what was asked for here.
    refused = [one["entry"]["text"] for one in browser.happened("Log.entryAdded")]
    assert refused
    assert all("Content Security Policy" in one for one in refused)
    browser.events.clear()


def test_words_and_verdicts_filter_the_jobs(opened):
    """Every word has to be there; a verdict that is taken off hides its jobs."""
    browser = opened(many())
    assert browser.run(SHOWN)[1:] == ["lost", "job0", "job1", "job2"]
    assert browser.run("shown.textContent") == "5 of 5 shown"

    browser.run(TYPE % "RESOURCECONTENTBAD input")
    assert len(browser.run(SHOWN)) == 1
    assert browser.run("shown.textContent") == "1 of 5 shown"

    browser.run(TYPE % "")
    browser.run("document.getElementById('show-passed').click()")
    assert len(browser.run(SHOWN)) == 2
    assert browser.run("shown.textContent") == "2 of 5 shown"

    browser.run(TYPE % "job1")
    assert browser.run(SHOWN) == []


def test_all_that_is_shown_is_opened_and_closed_at_once(opened):
    """What is hidden stays as it is."""
    browser = opened(many())
    browser.run(TYPE % "job1")

    browser.run("document.getElementById('open').click()")
    assert browser.run("document.querySelectorAll('.job[open]').length") == 1

    browser.run("document.getElementById('close').click()")
    assert browser.run("document.querySelectorAll('.job[open]').length") == 0


def test_an_address_names_a_job(opened):
    """A link to a job opens it."""
    browser = opened(many(), "#job-job1")

    opened_jobs = "[...document.querySelectorAll('.job[open]')].map((one) => one.id)"
    assert browser.run(opened_jobs) == ["job-job1"]


def test_without_script_all_jobs_are_there(opened, browser):
    """Jobs unfold and verdicts are hidden all the same; what needs script is gone."""
    browser.call("Emulation.setScriptExecutionDisabled", value=True)

    browser = opened(many())

    assert len(browser.run(SHOWN)) == 5
    assert browser.run("document.getElementById('tools').getClientRects().length") == 0
    browser.run("document.querySelector('.job summary').click()")
    assert browser.run("document.querySelectorAll('.job[open]').length") == 1
    browser.run("document.getElementById('show-passed').click()")
    assert len(browser.run(SHOWN)) == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_is_wider_than_the_screen(opened, width, scheme):
    """On a phone and on a desk, by day and by night, whatever is open."""
    long = "x" * 300
    pages = [many(), *(render([one], "html", region=long) for one in REPORTS.values())]
    for page in [*pages, *hostile_pages(long).values()]:
        browser = opened(page)
        size = {"width": width, "height": 640, "deviceScaleFactor": 1, "mobile": False}
        browser.call("Emulation.setDeviceMetricsOverride", **size)
        feature = {"name": "prefers-color-scheme", "value": scheme}
        browser.call("Emulation.setEmulatedMedia", features=[feature])

        browser.run(
            "document.querySelectorAll('details').forEach((one) => one.open = true)"
        )

        assert browser.run("document.documentElement.scrollWidth") <= width
        back = browser.run("getComputedStyle(document.body).backgroundColor")
        assert (back == "rgb(255, 255, 255)") == (scheme == "light")


def test_thousands_of_jobs_are_filtered(opened):
    """One of them is found by its ID, and the verdicts count them all."""
    browser = opened(many(3_000))
    assert browser.run("shown.textContent") == "3,002 of 3,002 shown"

    browser.run(TYPE % "job2718")

    assert browser.run(SHOWN) == ["job2718"]
