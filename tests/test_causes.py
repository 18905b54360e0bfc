"""One cause is said once: lines and tables join what a report lists one by one."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs import JOB_ID, NAME, Wire, make_job, make_output, make_video
from pulumi_alicloud_mediaconvert.cli.reports.renderings import render
from pulumi_alicloud_mediaconvert.lifecycle.set_entries import lines_of_set
from pulumi_alicloud_mediaconvert.lifecycle.stored_state import stored_lines
from pulumi_alicloud_mediaconvert.schema.secrets import OPEN
from pulumi_alicloud_mediaconvert.verification.report import (
    Report,
    causes,
    lines_of,
)
from pulumi_alicloud_mediaconvert.verification.report_facts import report_facts
from reports import findings, report_of, report_on

BAD = {"Code": "Odd.Code", "Message": "No luck."}
OTHER = {"Code": "Other.Code", "Message": "No disk."}


def part(name: str, status: str = "Failed", **said: str) -> Wire:
    """Make an output or a group that says how it ended, and nothing else."""
    return {"Name": name, "Status": status, **said}


def failed(*outputs: Wire, groups: list[Wire] | None = None, **fields: Any) -> Report:
    """Verify a job that failed with a code, with the outputs and groups it reports."""
    said = {"JobId": JOB_ID, "State": "Failed", **BAD, **fields}
    return report_on(
        {**said, "OutputDetails": [*outputs], "OutputGroupDetails": groups or []}
    )


def below(report: Report) -> list[str]:
    """Return the lines below the headline."""
    return lines_of(report)[1:]


def test_outputs_that_failed_with_their_job_are_one_line():
    """The job's line has the reason; the other one says whom it concerns."""
    report = failed(
        part("a", **BAD),
        part("b"),
        groups=[{**part("hls"), "Outputs": [part("c", **BAD)]}],
    )

    assert below(report) == [
        'outputs "a", "b" and "hls/c", output group "hls": ended Failed with the job'
    ]


def test_an_output_with_a_reason_of_its_own_has_a_line_of_its_own():
    """Nothing is hidden behind the reason of the job."""
    report = failed(part("a", **BAD), part("b", **OTHER), part("c", "Skipped"))

    assert below(report) == [
        'output "a": ended Failed with the job',
        ('output "b": status: expected Success, got Failed (Other.Code, "No disk.")'),
        'output "c": ended Skipped with the job',
    ]


@pytest.mark.parametrize("own", [{"Code": "Other.Code"}, {"Message": "No disk."}])
def test_a_code_or_a_message_alone_is_a_reason(own):
    """Either of them says something that the line of the job does not."""
    report = failed(part("a", **{**BAD, **own}))

    assert below(report) == [report.mismatches[1].text]


def test_outputs_of_one_name_are_not_mistaken_for_each_other():
    """A path means one of them, and nobody knows which."""
    report = failed(part("a", **BAD), part("a", **OTHER))

    assert not [line for line in below(report) if "with the job" in line]


def test_outputs_that_failed_alone_have_a_line_each():
    """In a job that succeeded each is news of its own, with the vendor's words."""
    report = report_on(make_job(part("a", **BAD), part("b", **BAD), part("c", **OTHER)))

    assert lines_of(report)[0] == f"job {JOB_ID} ended Success, but 3 checks failed."
    assert below(report) == [one.text for one in report.mismatches]
    assert len(below(report)) == 3


LADDER = make_job(
    make_output("a"), make_output("b"), make_output("c", video=[make_video(Width=848)])
)
HEVC = {"video": {"codec": "hevc"}}


def rows(report: Report) -> list[str]:
    """Return the rows of the table of a report in Markdown."""
    lines = render([report], "markdown").splitlines()
    return [line for line in lines if line.startswith("| `")]


def test_what_differs_in_the_name_alone_is_one_row():
    """One wrong template is one row, however many renditions it made."""
    report = report_on(LADDER, {"every_output": {"video": {"width": 640}}})

    assert rows(report) == [
        (
            '| `outputs["a"].video.width`<br>`outputs["b"].video.width` '
            "| `640` | `1280` | missed |"
        ),
        '| `outputs["c"].video.width` | `640` | `848` | missed |',
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"video": {"codec": "av1"}},
        {"video": {"codec": ["hevc"]}},
        {"video": {**HEVC["video"], "message": "for TVs"}},
        {"video": {**HEVC["video"], "enforcement_level": "advisory"}},
    ],
    ids=["constraint", "list", "message", "level"],
)
def test_whatever_else_differs_keeps_its_row(change):
    """What was expected, the user's words and the level are part of the cause."""
    outputs = [{"name": "a", **HEVC}, {"name": "b", **change}]

    assert len(rows(report_on(LADDER, {"outputs": outputs}))) == 2


def test_very_many_names_are_counted():
    """A line names ten of them."""
    report = failed(*(part(f"v{number:03}", **BAD) for number in range(120)))

    [line] = below(report)

    assert line.startswith('outputs "v000", "v001", ')
    assert line.endswith('"v009" and 110 more: ended Failed with the job')


def test_every_mismatch_keeps_its_entry():
    """Programs see each output by its path, whatever a line joins."""
    report = failed(part("a", **BAD), part("b", **BAD))

    assert [one.path for one in report.mismatches] == [
        "state",
        'outputs["a"].status',
        'outputs["b"].status',
    ]
    assert all("Odd.Code" in one.text for one in report.mismatches[1:])


@given(st.lists(findings, max_size=4))
def test_no_mismatch_is_lost(found):
    """Where the job is good each has its line, whatever it says."""
    report = report_of(*found)

    assert below(report) == [one.text for one in report.mismatches]
    joined = [one for cause in causes(report) for _, one in cause.found]
    assert sorted(map(str, joined)) == sorted(map(str, report.mismatches))


def test_what_is_stored_is_said_again_in_the_same_lines():
    """A later `up` repeats the lines of a failed job without a read."""
    report = failed(part("a", **BAD), part("b", **BAD), part("c", **OTHER))
    stored = {**report_facts(report), "job_id": JOB_ID}

    assert stored_lines(stored, OPEN) == lines_of(report)


def test_a_secret_expectation_hides_what_is_expected_of_several_outputs():
    """What is joined names nothing but facts of the job."""
    good, bad = report_on(LADDER, {"every_output": HEVC}), failed(part("a", **BAD))

    hidden = [lines_of(one, hides_expect=True) for one in (good, bad)]

    assert not [line for line in hidden[0] if "hevc" in line]
    assert hidden[1][1:] == ['output "a": ended Failed with the job']


def test_a_set_says_one_line_a_job_before_the_details():
    """A host shows some lines of many: each bad job is among the first."""
    jobs, mismatches = {}, []
    for name in ("x", "y"):
        report = failed(part("a", **BAD), part("b", **OTHER))
        jobs[name] = {
            "job_id": f"job-{name}",
            "verdict": "failed",
            "state": "Failed",
            "code": "Odd.Code",
            "message": "No luck.",
            "output_urls": {},
            "text": f"job-{name} failed",
        }
        mismatches += [{**asdict(one), "name": name} for one in report.mismatches]
    outputs = {"jobs": jobs, "mismatches": mismatches, "counts": {"failed": 2}}

    lines = lines_of_set(outputs, "2 jobs")

    assert lines[:3] == ["2 jobs: 2 failed.", "x: job-x failed", "y: job-y failed"]
    assert [line[:14] for line in lines[3:]] == [
        *['x: output "a":', 'x: output "b":'],
        *['y: output "a":', 'y: output "b":'],
    ]


def test_a_pass_says_how_many_checks_were_met():
    """The job, its outputs, what was reported and what was expected all count."""
    report = report_on(LADDER, {"every_output": {"video": {"codec": "h264"}}})

    [line] = lines_of(report, "cn-shanghai")

    assert line == f"{NAME} ended Success and is as expected: 8 checks met."
    assert len([one for one in report.checks if one.outcome == "met"]) == 8


def test_a_pass_with_advice_says_how_many_checks_were_met_too():
    """After what there is to say; a warning of a stored verdict leaves it out."""
    advice = {"video": {"codec": "hevc", "enforcement_level": "advisory"}}
    [head, *_] = lines_of(report_on(LADDER, {"every_output": advice}))

    assert head.endswith(
        "and is as expected, but 3 advisory checks failed. 5 checks met."
    )


def test_what_was_requested_counts_among_what_was_met():
    """How much of the request was tested, and skipped, stands beside it."""
    answer = make_job(make_output("a"))
    [request] = answer["Config"]["Outputs"]
    request["OverrideParams"] = {"Container": {"Format": "mp4"}, "Video": {"Gop": "9"}}

    [head] = lines_of(report_on(answer, "as-requested"))

    said = re.search(r": (\d+) checks met \(as-requested: (\d+) tested, (\d+) ", head)
    assert said, head
    met, tested, skipped = map(int, said.groups())
    assert tested > 0
    assert (met, skipped) == (3 + tested, 1)


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_a_table_says_a_cause_once(form):
    """One row names all places of a cause; parts that failed with the job have none."""
    several = report_on(
        make_job(part("a", **BAD), part("b", **BAD), part("c", **OTHER))
    )
    with_job = failed(part("a", **BAD), part("b", **BAD))

    assert render([several], form).count("No luck.") == 1
    assert all(f'outputs["{name}"].status' in render([several], form) for name in "abc")
    assert 'outputs "a" and "b": ended Failed with the job' in render([with_job], form)
    assert "| path" not in render([with_job], form)
