"""What holds for reports in every format, and JSON, for readers elsewhere."""

from __future__ import annotations

import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs import JOB_ID, REGION, make_answer
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.cli.reports.renderings import render
from pulumi_alicloud_mediaconvert.verification.evaluation import Fact
from pulumi_alicloud_mediaconvert.verification.tally import Tally
from pulumi_alicloud_mediaconvert.verification.verifier import verify
from reports import (
    LANG_ADVISED,
    REPORTS,
    WIDTH_MISSED,
    failed_job,
    findings,
    report_of,
    written,
)


@pytest.mark.parametrize("form", ["table", "junit", "markdown", "html"])
def test_how_much_was_tested_is_no_skipped_check(form):
    """The count of an as-requested verification stands in the headline, once."""
    report = report_of(verdict="passed", skipped=["gop: none"], tally=Tally(3, 1))

    text = written(report, form)

    assert "1 check skipped" in text
    assert text.replace("\n", " ").count("3 tested, 1 skipped") == 1


@pytest.mark.parametrize("is_list", [False, True], ids=["one job", "several jobs"])
def test_a_report_for_programs_that_is_cut_off_is_none(is_list):
    """A program refuses half of a report, wherever that ends."""
    reports = [failed_job(), report_of(WIDTH_MISSED)][: 1 + is_list]
    in_json, junit = (
        render(reports, form, region=REGION).rstrip() for form in ("json", "junit")
    )

    for end in range(1, len(in_json)):
        with pytest.raises(json.JSONDecodeError):
            json.loads(in_json[:end])
    for end in range(1, len(junit)):
        with pytest.raises(ET.ParseError):
            ET.fromstring(junit[:end].encode())  # noqa: S314  # our own text


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_several_jobs_are_summed_up(form):
    """A reader sees how many jobs are bad without counting."""
    text = render(list(REPORTS.values()), form)

    assert (
        "7 jobs: 2 passed, 2 failed, 1 inconclusive, 1 pending, 1 unverified." in text
    )


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_a_job_that_could_not_be_read_is_counted(form):
    """It is one of those that were asked for, and not one of the good ones."""
    one, other = REPORTS["passed"], REPORTS["failed"]

    text = render([one, other], form, region=REGION, unread={"lost": "no such job"})

    assert "3 jobs: 1 passed, 1 failed, 1 could not be read." in text
    assert f"job lost ({REGION}) could not be read." in text


@pytest.mark.parametrize("form", ["table", "json", "junit", "markdown", "html"])
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


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_no_reports_are_no_text(form):
    """Nothing verified, nothing said."""
    assert render([], form) == ""


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS.keys())
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


def test_json_holds_a_mismatch_with_all_its_fields():
    """A program need not read texts."""
    [mismatch] = json.loads(written(report_of(LANG_ADVISED), "json"))["mismatches"]

    assert mismatch == {
        "path": 'outputs["720P-mp4"].audio.lang',
        "expected": "zho",
        "actual": "eng",
        "verdict": "missed",
        "text": 'advisory: output "720P-mp4": audio lang: expected zho, got eng',
        "enforcement_level": "advisory",
    }


@pytest.mark.parametrize("count", [0, 2])
def test_json_of_any_other_number_of_reports_is_a_list(count):
    """One report is an object, so that a script can ask for `.verdict`."""
    assert len(json.loads(render([failed_job()] * count, "json"))) == count


def test_json_keeps_what_people_write():
    """Characters beyond ASCII stay legible."""
    assert "预告片" in written(
        report_of(WIDTH_MISSED._replace(fact=Fact(("预告片",)))), "json"
    )


def test_json_has_no_numbers_that_json_does_not_know():
    """What Python's reader lets in does not leave as `NaN`."""
    report = report_of()
    odd = report.job.model_copy(update={"config": {"Rate": [float("nan"), 1.5]}})

    text = written(replace(report, job=odd), "json")

    assert json.loads(text)["config"] == {"Rate": [None, 1.5]}


@given(st.lists(findings, max_size=3))
def test_json_is_valid_and_exact_for_any_text(found):
    """Any text can be written to a file, and comes back as it was."""
    report = report_of(*found)

    text = render([report], "json")

    read = json.loads(text.encode())["mismatches"]
    assert text.endswith("}\n")
    # A pair of halves is one character to a reader of JSON.
    said = [joined(one.text) for one in report.mismatches]
    assert [joined(one["text"]) for one in read] == said


def joined(text: str) -> str:
    """Make one character of each pair of halves."""
    wide = text.encode("utf-16", "surrogatepass")
    return wide.decode("utf-16", "surrogatepass")
