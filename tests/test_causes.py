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
from pulumi_alicloud_mediaconvert.lifecycle.set_lines import lines_of_set
from pulumi_alicloud_mediaconvert.lifecycle.stored_state import stored_lines
from pulumi_alicloud_mediaconvert.schema.secrets import OPEN
from pulumi_alicloud_mediaconvert.verification.report import (
    Report,
    causes,
    ended_job,
    lines_of,
)
from pulumi_alicloud_mediaconvert.verification.report_facts import report_facts
from reports import findings, report_of, report_on

BAD: Wire = {"Code": "Odd.Code", "Message": "No luck."}
OTHER: Wire = {"Code": "Other.Code", "Message": "No disk."}


LADDER = make_job(
    make_output("a"), make_output("b"), make_output("c", video=[make_video(Width=848)])
)
HEVC = {"video": {"codec": "hevc"}}


def part(name: str, status: str = "Failed", **said: str) -> Wire:
    """Make an output or a group that says how it ended, and nothing else."""
    return {"Name": name, "Status": status, **said}


def failed(*outputs: Wire, groups: list[Wire] | None = None, **fields: Any) -> Report:
    """Verify a job that failed with a code, with the outputs and groups it reports."""
    said = {"JobId": JOB_ID, "State": "Failed", **BAD, **fields}
    return report_on(
        {**said, "OutputDetails": [*outputs], "OutputGroupDetails": groups or []}
    )


def with_group(group: Wire) -> Report:
    """Verify a job that succeeded, with a good output and a group."""
    return report_on(make_job(make_output("a"), OutputGroupDetails=[group]))


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
        'all 3 outputs, output group "hls": ended Failed with the job'
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


def test_outputs_that_failed_alone_have_a_line_for_each_reason():
    """In a job that succeeded they are news, with the vendor's words."""
    odd = {"Code": "Odd.Code"}
    report = report_on(make_job(part("a", **odd), part("b", **OTHER), part("c", **odd)))

    assert lines_of(report)[0] == f"job {JOB_ID} ended Success, but 3 checks failed."
    assert below(report) == [
        'outputs "a" and "c": status: expected Success, got Failed (Odd.Code)',
        'output "b": status: expected Success, got Failed (Other.Code, "No disk.")',
    ]


@pytest.mark.parametrize("own", [{}, {"Message": "No luck."}, {"Code": "Odd.Code"}])
def test_a_group_without_a_reason_has_that_of_its_outputs(own):
    """A group that says why has a line of its own, unless it is the same."""
    outputs = [part("a", **BAD), part("b", **BAD)]
    report = with_group({**part("hls", **own), "Outputs": outputs})

    first, *others = below(report)

    assert len(report.mismatches) == 3
    assert '(Odd.Code, "No luck.")' in first
    assert first.startswith('outputs "hls/a" and "hls/b"')
    assert (', output group "hls": ' in first) is (own == {})
    assert len(others) == bool(own)


def test_a_group_says_how_it_ended_where_its_outputs_differ():
    """Of several reasons nobody knows which one is the group's."""
    outputs = [part("a", **BAD), part("b", **OTHER)]

    assert len(below(with_group({**part("hls"), "Outputs": outputs}))) == 3


@pytest.mark.parametrize(
    ("constraint", "said"),
    [
        ("av1", "all 3 outputs: video codec: expected av1, got h264"),
        (
            {"not": "h264", "enforcement_level": "advisory"},
            "advisory: all 3 outputs: video codec: expected not h264, got h264",
        ),
    ],
    ids=["mandatory", "advisory"],
)
def test_what_differs_in_the_name_alone_is_one_line(constraint, said):
    """Three keys of `every_output` are three lines, however many outputs there are."""
    expect = {"video": {"codec": constraint, "fps": 99}, "audio": {"channels": 9}}
    report = report_on(LADDER, {"every_output": expect})

    lines = below(report)

    assert len(report.mismatches) == 9
    assert lines[0] == said
    assert len(lines) == 3


def test_what_is_not_reported_of_several_outputs_is_one_line():
    """That nothing is known is one cause, too."""
    unknown = [make_output(name, video=[{"Width": 640}]) for name in "abc"]
    report = report_on(make_job(*unknown), {"every_output": {"video": {"codec": "x"}}})

    assert below(report) == [
        "all 3 outputs: video codec: expected x, but the API did not report it"
    ]


def test_outputs_that_nobody_expects_are_one_line():
    """It says what forbids them, and names them."""
    expect = {"outputs": [{"name": "a"}], "other_outputs": "forbid"}

    assert below(report_on(LADDER, expect)) == [
        'outputs "b" and "c": not expected (`other_outputs` is `forbid`)'
    ]


def test_streams_that_are_too_few_are_one_line():
    """It counts what was expected of the output, and what there is."""
    expect = {"video": [{"codec": "h264"}, {"codec": "h264"}, {"codec": "h264"}]}
    report = report_on(LADDER, {"every_output": expect})

    assert len(report.mismatches) == 6
    assert below(report) == ["all 3 outputs: video: expected 3 streams, got 1 (h264)"]


def test_cover_art_that_was_expected_is_not_missed():
    """Of two expected streams beside it one is there."""
    cover = make_video(Codec_name="mjpeg", Fps=None)
    media = make_output("a", video=[make_video(), cover])
    stated = [{"codec": codec} for codec in ("mjpeg", "h264", "h264")]

    [said] = below(report_on(make_job(media), {"every_output": {"video": stated}}))

    assert said == 'output "a": video: expected 2 streams, got 1 (h264)'


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
    """A line names ten of them, if they are not all that there are."""
    several = [part(f"v{number:03}", **BAD) for number in range(120)]
    report = failed(*several, part("good", "Success"))

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
    """Each is in one line, whatever it says."""
    report = report_of(*found)

    assert len(below(report)) == len(causes(report)) <= len(found)
    joined = [one for cause in causes(report) for _, one in cause.found]
    assert sorted(map(str, joined)) == sorted(map(str, report.mismatches))


def test_what_is_stored_is_said_again_in_the_same_lines():
    """A later `up` repeats the lines of a bad job without a read."""
    hls = {**part("hls"), "Outputs": [part("x", **OTHER), part("y", **OTHER)]}
    advice = {"video": {"codec": "hevc", "enforcement_level": "advisory"}}
    for report in (
        failed(part("a", **BAD), part("b", **BAD), part("c", **OTHER)),
        failed(part("a", **OTHER), part("b", **OTHER), part("c", **BAD)),
        with_group(hls),
        report_on(LADDER, {"every_output": {**advice, "audio": {"lang": "zho"}}}),
        report_on(LADDER, {"outputs": [], "other_outputs": "forbid"}),
    ):
        stored = {**report_facts(report), "job_id": JOB_ID}

        assert len(below(report)) < len(report.mismatches)
        assert stored_lines(stored, OPEN) == lines_of(report)


def test_a_secret_expectation_hides_what_is_expected_of_several_outputs():
    """What is joined names nothing but facts of the job.

    Outputs of which different things are expected are not told apart.
    """
    equal = {"every_output": {"video": {"width": 640}}}
    different = [{"name": "a", "audio_count": 6}, {"name": "b", "audio_count": 7}]
    ghosts = [{"name": "ghost"}, {"name": "wraith"}]

    hidden = [
        lines_of(report_on(LADDER, expect), hides_expect=True)[1:]
        for expect in (equal, {"outputs": different}, {"outputs": ghosts})
    ]

    assert hidden == [
        [
            'outputs "a" and "b": video width: expected [secret], got 1280',
            'output "c": video width: expected [secret], got 848',
        ],
        ['outputs "a" and "b": audio_count: expected [secret], got 1'],
        ['output "[secret]": expected [secret], got none'],
    ]
    [line] = lines_of(failed(part("a", **BAD)), hides_expect=True)[1:]
    assert line == 'output "a": ended Failed with the job'


def test_a_set_says_one_line_a_job_before_the_details():
    """A host shows some lines of many: each bad job is among the first.

    What ended with its job is not said in a set.
    """
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
            "text": f"job-{name} failed, and is gone",
        }
        mismatches += [{**asdict(one), "name": name} for one in report.mismatches]
    outputs = {"jobs": jobs, "mismatches": mismatches, "counts": {"failed": 2}}

    lines = lines_of_set(outputs, "2 jobs")

    assert lines[:3] == [
        "2 jobs: 2 failed.",
        "x: job-x failed, and is gone",
        "y: job-y failed, and is gone",
    ]
    assert "x and y: " + below(report)[1] in lines[3:]


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


@pytest.mark.parametrize(
    ("one", "other", "lines"),
    [
        (failed(), failed(JobId="other", RequestId="R"), 1),
        (failed(), failed(**OTHER), 2),
        (failed(), failed(Message="No power."), 2),
        (failed(), failed(State="Cancelled"), 2),
        (report_on(make_job(part("a"))), report_on(make_job(part("b"))), 1),
        (report_on(make_job(part("a"))), report_on(make_job(part("a"), part("b"))), 2),
    ],
    ids=["equal", "code", "message", "state", "equal counts", "other counts"],
)
def test_jobs_of_a_set_that_ended_alike_are_one_line(one, other, lines):
    """Code, message and state, or how many checks failed, decide; no ID does."""
    reports = {"x": one, "y": other}
    outputs = {
        "counts": {"failed": 2},
        "jobs": {
            name: {"job_id": name, "verdict": "failed", "text": lines_of(report)[0]}
            for name, report in reports.items()
        },
    }
    ended = {name: ended_job(report) for name, report in reports.items()}

    said = lines_of_set(outputs, "2 jobs", ended=ended)

    assert len([line for line in said if re.search(" ended [A-Z]", line)]) == lines
    assert said[1].startswith("x and y: ") is (lines == 1)


def test_a_group_that_ended_otherwise_than_its_outputs_has_its_line():
    """Its state is news, though it says no reason."""
    hls = {**part("hls", "Skipped"), "Outputs": [part("a", **BAD), part("b", **BAD)]}

    assert below(with_group(hls))[1:] == [
        'output group "hls": status: expected Success, got Skipped'
    ]
