"""A job held against its own request: what is tested, missed, skipped."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jobs import Wire, make_audio, make_bare_output, make_job, make_output, make_video
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.expect.expectations import Expectations
from pulumi_alicloud_mediaconvert.verification.report import Report
from pulumi_alicloud_mediaconvert.verification.verifier import verify
from reports import texts

SAMPLE = Path(__file__).parent / "data" / "vendor-example.json"


def requested(*outputs: Wire, params: Wire, **fields: Any) -> Wire:
    """Make a job of which each output was requested with the same parameters."""
    answer = make_job(*outputs, **fields)
    for request in answer["Config"]["Outputs"]:
        request["OverrideParams"] = params
    return answer


def report_on(answer: Wire, expect: object = "as-requested") -> Report:
    """Verify an answer as requested."""
    return verify(job_from_answer(answer), Expectations.model_validate(expect))


LADDER_STEP = {
    "Container": {"Format": "mp4"},
    "Video": {"Codec": "H.264", "Width": "1280", "Height": 720, "Bitrate": 1000},
    "Audio": {"Codec": "AAC", "Channels": "2", "Samplerate": 44100},
}


def test_a_job_as_requested_passes_and_says_how_much_was_tested():
    """Every check that a request states, on facts that are reported."""
    report = report_on(
        requested(
            make_output(video=[make_video(Bit_rate=1100)]),
            params=LADDER_STEP,
        )
    )

    assert (report.verdict, texts(report)) == ("passed", [])
    assert report.skipped_checks == ("as-requested: 11 tested, 0 skipped",)


def test_a_stream_that_is_not_there_is_missed_once():
    """That it is missing is a miss; what it should have been is skipped."""
    report = report_on(requested(make_output(audio=[]), params=LADDER_STEP))

    [said] = texts(report)
    assert said == (
        'output "video": audio_count: expected at least 1, got 0 '
        "(requested by OverrideParams.Audio.Codec)"
    )
    assert (
        'output "video": OverrideParams.Audio.Codec: there is no audio stream'
        in report.skipped_checks
    )


@pytest.mark.parametrize(
    "output",
    [
        make_bare_output("video"),
        make_output(video=[], audio=[], FormatName=None, url=""),
        make_output(video=[{}], audio=[{}], FormatName="", url=""),
    ],
    ids=["nothing reported", "no streams", "empty streams"],
)
def test_a_fact_that_is_not_reported_is_skipped(output):
    """What is derived was not asked for by name: it is never inconclusive."""
    report = report_on(requested(output, params=LADDER_STEP))

    assert (report.verdict, texts(report)) == ("passed", [])
    assert report.skipped_checks[0].startswith("as-requested: ")
    assert len(report.skipped_checks) > 8


def test_of_streams_that_fit_alike_the_one_that_is_known_is_tested():
    """What can be tested is, though another stream would be skipped as well."""
    vague = make_audio(Channels=None, SampleRate=None)
    output = make_output(audio=[vague, make_audio(Index=2)])

    report = report_on(
        requested(output, params={"Audio": {"Channels": 2, "Samplerate": 44100}})
    )

    assert report.skipped_checks == ("as-requested: 2 tested, 0 skipped",)


def test_the_lines_of_all_outputs_are_listed():
    """One output that was not delivered hides nothing of those around it."""
    outputs = (
        make_output("a"),
        make_bare_output("b", "Skipped"),
        make_bare_output("c"),
    )
    answer = requested(*outputs, params={"Audio": {"Channels": 2}, "Novelty": 1})
    tolerated = {"name": "b", "status": ["Success", "Skipped"]}

    report = report_on(answer, {"as_requested": True, "outputs": [tolerated]})

    novelty, channels = "OverrideParams.Novelty", "OverrideParams.Audio.Channels"
    assert report.skipped_checks == (
        "as-requested: 1 tested, 5 skipped",
        f'output "a": {novelty}: there is no rule for it',
        f'output "b": {novelty}: there is no rule for it',
        f'output "b": {channels}: it was not delivered',
        f'output "c": {novelty}: there is no rule for it',
        f'output "c": {channels}: the API reported no streams at all',
    )


def test_skipped_lines_say_what_and_why():
    """Each names the output, the place in the request, and the reason."""
    params = {"Video": {"Gop": 250, "Crf": 23}, "Audio": {"Channels": 2}}

    report = report_on(
        requested(make_output(audio=[make_audio(Channels=None)]), params=params)
    )

    assert report.skipped_checks == (
        "as-requested: 0 tested, 3 skipped",
        'output "video": OverrideParams.Video.Gop: the API does not report it',
        'output "video": OverrideParams.Video.Crf: the API does not report it',
        'output "video": OverrideParams.Audio.Channels: the API did not report it',
    )
    assert report.is_untested


@pytest.mark.parametrize("config", [None, {}, {"Outputs": [{}]}], ids=repr)
def test_nothing_may_be_tested(config):
    """A request without parameters leaves all to its template: the report tells."""
    answer = make_job(make_output(), Config=config)

    report = report_on(answer)

    assert report.verdict == "passed"
    assert report.skipped_checks[0] == "as-requested: 0 tested, 0 skipped"
    assert report.is_untested
    # What was asked for is not known, so nothing is as expected.
    said = str(report)
    assert f"{report.met_count} checks met (as-requested: 0 tested" in said
    assert "as expected" not in said


def test_the_vendors_sample_states_the_type_of_a_group_alone():
    """Of the sample one check can be derived, and it is met."""
    report = report_on(json.loads(SAMPLE.read_text())["Job"])

    assert (report.verdict, texts(report)) == ("passed", [])
    assert report.skipped_checks == ("as-requested: 1 tested, 0 skipped",)


def test_expectations_stand_beside_the_request():
    """Both are tested, and what differs from either is said."""
    expect = {"as_requested": True, "outputs": [{"name": "video", "audio_count": 9}]}
    answer = requested(make_output(video=[make_video(Width=848)]), params=LADDER_STEP)

    report = report_on(answer, expect)

    assert [one.path for one in report.mismatches] == [
        'outputs["video"].audio_count',
        'outputs["video"].video.display_width',
    ]
    assert report.skipped_checks[0] == "as-requested: 10 tested, 1 skipped"


def test_what_was_skipped_as_it_may_be_is_not_held_against_its_request():
    """A skipped output has nothing to show."""
    answer = requested(
        make_bare_output("video", "Skipped"), params={"Audio": {"Codec": "AAC"}}
    )
    expect = {
        "as_requested": True,
        "outputs": [{"name": "video", "status": ["Success", "Skipped"]}],
    }

    report = report_on(answer, expect)

    assert report.verdict == "passed"
    assert report.skipped_checks == (
        "as-requested: 0 tested, 2 skipped",
        'output "video": OverrideParams.Audio.Codec: it was not delivered',
        'output "video": OverrideParams.Audio.Codec: it was not delivered',
    )


@pytest.mark.parametrize(("keys", "last"), [(200, "Key199"), (203, "… and 3 more")])
def test_the_list_of_what_is_skipped_has_an_end(keys, last):
    """A request may state anything; all of it is counted, two hundred are listed."""
    params = {f"Key{number}": 1 for number in range(keys)}

    report = report_on(requested(make_output(), params=params))

    tally, *lines = report.skipped_checks
    assert tally == f"as-requested: 0 tested, {keys} skipped"
    assert len([line for line in lines if "OverrideParams.Key" in line]) == 200
    assert last in lines[-1]


def test_a_request_that_is_paired_with_nothing_is_skipped():
    """More is reported than requested: which is which, nothing says."""
    answer = requested(make_output("a"), make_output("b"), params=LADDER_STEP)
    answer["Config"]["Outputs"] = [{"Name": "c", "OverrideParams": LADDER_STEP}]

    report = report_on(answer)

    assert report.verdict == "passed"
    assert report.skipped_checks == (
        "as-requested: 0 tested, 1 skipped",
        'Outputs[0] "c": no delivered output belongs to it',
    )


@pytest.mark.parametrize(
    ("name", "verdict", "tested"),
    [("dash", "passed", 1), ("mov,mp4,m4a", "passed", 0), ("mpegts", "failed", 1)],
)
def test_a_segment_of_a_dash_group_says_nothing_of_its_format(name, verdict, tested):
    """An mp4 in a Dash group is skipped, and listed with that reason."""
    answer = make_job(groups={"g": [make_output("a", FormatName=name)]})
    answer["Config"]["OutputGroups"][0]["GroupConfig"]["Type"] = "Dash"

    report = report_on(answer)

    assert report.verdict == verdict
    assert report.skipped_checks[0].startswith(f"as-requested: {tested} tested")
    assert any("a segment" in one for one in report.skipped_checks) is not bool(tested)
