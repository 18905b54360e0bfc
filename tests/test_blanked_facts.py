"""What a probe does not know is never met: live, and from the state of any version."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from facts import (
    AUDIO_FACTS,
    FACTS,
    FILE_FACTS,
    VIDEO_FACTS,
    Change,
    WireFact,
    changes_of,
    delivered_jobs,
    unknown,
)
from jobs import JOB_ID, Wire, make_audio, make_job, make_output, make_video
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.lifecycle.stored_state import verify_stored
from pulumi_alicloud_mediaconvert.schema.inputs import JobInputs
from pulumi_alicloud_mediaconvert.verification.report import Report
from pulumi_alicloud_mediaconvert.verification.report_facts import report_facts
from pulumi_alicloud_mediaconvert.verification.verifier import verify
from reports import report_on
from test_verifier_properties import job_as_delivered


def stored(answer: Wire) -> dict[str, Any]:
    """Write the outputs of an answer as the engine hands them over: in floats."""
    facts = report_facts(verify(job_from_answer(answer)))
    outputs: dict[str, Any] = json.loads(json.dumps(facts), parse_int=float)
    return outputs


def report_on_stored(outputs: Mapping[str, Any], expect: object) -> Report:
    """Verify a job whose record has gone."""
    stated = {"job_id": JOB_ID, "region": "cn-shanghai", "expect": expect}
    report = verify_stored(JobInputs.model_validate(stated), outputs)
    assert report is not None
    return report


def is_same(one: Report, other: Report) -> bool:
    """Whether two reports say the same."""
    return (one.verdict, one.mismatches) == (other.verdict, other.mismatches)


@given(st.data())
def test_a_fact_that_is_blanked_is_inconclusive_where_it_is_named(data):
    """Of all that was delivered and demanded, whatever is blanked is not met."""
    answer = data.draw(delivered_jobs())
    expect = job_as_delivered(answer)
    change = data.draw(st.sampled_from(changes_of(answer)))
    name = str(change.keys[-1])
    if name not in FACTS:
        return
    blanked = change._replace(value=data.draw(st.sampled_from(unknown(name))))
    answer = blanked.applied_to(answer)

    report = report_on(answer, expect)

    event(name)
    assert report.verdict != "passed"
    assert ("inconclusive", change.path) in {
        (one.verdict, one.path) for one in report.mismatches
    }
    # A rotation that is not reported is none, which the size may contradict.
    if name != "Rotate":
        assert report.verdict == "inconclusive"
    assert is_same(report, report_on_stored(stored(answer), expect))


def first_of(facts: Mapping[str, WireFact], **others: Any) -> Wire:
    """Report the first value of each fact."""
    return {
        name: fact.values[0] for name, fact in facts.items() if fact.values
    } | others


ALL = make_output(
    video=[make_video(**first_of(VIDEO_FACTS, Level=31, Start_time=0))],
    audio=[make_audio(**first_of(AUDIO_FACTS, StartTime=0))],
    **first_of(FILE_FACTS),
)
PLACES = {"video": VIDEO_FACTS, "audio": AUDIO_FACTS, "file": FILE_FACTS}
WIRE_PLACES: Mapping[str, tuple[str | int, ...]] = {
    "video": ("VideoStreamInfoList", 0),
    "audio": ("AudioStreamInfoList", 0),
    "file": ("FileBasicInfo",),
}
STORED_PLACES: Mapping[str, tuple[str | int, ...]] = {
    "video": ("video_streams", 0),
    "audio": ("audio_streams", 0),
    "file": ("file",),
}
STORED_NAMES = {"codec_tag": "codec_tag_string"}
NUMBERS = {
    *("width", "height", "fps", "avg_fps", "num_frames", "channels", "bitrate_kbps"),
    *("sample_rate_hz", "file_size_bytes", "duration_seconds", "start_seconds"),
    *("long_edge", "short_edge", "display_width", "display_height", "average_kbps"),
    "level",
}


def constraints_on(field: str, fact: WireFact) -> list[object]:
    """Demand a field in forms that nearly any value meets."""
    if field in NUMBERS:
        return [
            {"max": 10**9},
            {"min": -(10**9)},
            {"not": {"min": 10**8}},
            {"any_of": [{"max": 10**9}, {"min": -1}]},
            {"near": 0, "tolerance": 10**9},
        ]
    other = "spa" if field == "lang" else fact.other
    return [{"not": other}, {"not": [other]}, {"any_of": [{"not": other}]}]


# A rotation that is not reported is none, and upright each side is known by itself.
KNOWN = {
    *(("Rotate", field) for field in VIDEO_FACTS["Rotate"].also),
    *(("Width", "display_height"), ("Height", "display_width")),
}
CASES = [
    pytest.param(location, name, field, id=f"{location} {name} {field}")
    for location, facts in PLACES.items()
    for name, fact in facts.items()
    for field in (fact.field, *fact.also)
    if (name, field) not in KNOWN
]


@pytest.mark.parametrize(("location", "name", "field"), CASES)
def test_no_constraint_is_met_by_what_is_not_known(location, name, field):
    """Bounds and `not` are met by the fact, and by none that stands for no fact."""
    known = stored(make_job(ALL))
    for number, constraint in enumerate(constraints_on(field, PLACES[location][name])):
        expected = {field: constraint}
        stated = expected if location == "file" else {location: expected}
        expect = {"outputs": [{"name": "video", **stated}]}
        assert report_on(make_job(ALL), expect).verdict == "passed", constraint
        for value in unknown(name):
            keys = ("OutputDetails", 0, "Result", "OutFileMeta", *WIRE_PLACES[location])
            change = Change((*keys, name), value, "", frozenset())
            answer = change.applied_to(make_job(ALL))
            live = report_on(answer, expect)

            assert live.verdict == "inconclusive", (constraint, value)
            if number == 0:
                earlier = as_stored_before(known, location, name, value)
                for outputs in (stored(answer), earlier):
                    again = report_on_stored(outputs, expect)
                    assert is_same(live, again), (constraint, value)


def as_stored_before(
    known: Mapping[str, Any], location: str, name: str, value: object
) -> dict[str, Any]:
    """Store what an earlier version, which read it for a fact, would have stored."""
    earlier = copy.deepcopy({**known})
    holder: Any = earlier["outputs"][0]
    for key in STORED_PLACES[location]:
        holder = holder[key]
    field = PLACES[location][name].field
    holder[STORED_NAMES.get(field, field)] = value
    return earlier


@pytest.mark.parametrize("rotate", [12, "12.3", "left", "unknown", -89.99, 90.5, None])
@pytest.mark.parametrize("field", ["display_width", "display_height", "rotate"])
def test_a_rotation_means_the_same_in_the_state(rotate, field):
    """Whatever turns a picture, live and stored verdicts agree."""
    output = make_output(video=[make_video(Rotate=rotate, Width=1280, Height=720)])
    answer = make_job(output)
    for constraint in (720, 1280, -90, 12, {"not": 5}):
        expect = {"every_output": {"video": {field: constraint}}}

        assert is_same(
            report_on(answer, expect), report_on_stored(stored(answer), expect)
        )
