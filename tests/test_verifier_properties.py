"""What holds of every verification, whatever the job and whatever is demanded."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from expectations import EXPECTATIONS, WITHOUT_RULES, constraints
from facts import (
    MANIFEST_FIELDS,
    changes_of,
    delivered_jobs,
    delivered_outputs,
    is_manifest,
)
from jobs import Wire, make_job
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.errors import ApiResponseError
from pulumi_alicloud_mediaconvert.expect.expectations import Expectations
from pulumi_alicloud_mediaconvert.expect.expected_media import (
    AudioExpectation,
    FileExpectation,
    VideoExpectation,
    kinds_of,
)
from pulumi_alicloud_mediaconvert.expect.matchers import Strict
from pulumi_alicloud_mediaconvert.expect.value_types import ValueType
from pulumi_alicloud_mediaconvert.verification.job_facts import job_facts
from pulumi_alicloud_mediaconvert.verification.verifier import verify
from reports import report_on

OPPOSITE = {"passed": "failed", "failed": "passed", "inconclusive": "inconclusive"}
# What is computed from several facts, by the facts of an output.
BITS_PER_BYTE = 8


def demanded(value: Any, kind: ValueType) -> object:
    """Demand a value as it is."""
    return value if kind.takes_plain else {"near": value, "tolerance": 0}


def all_of(facts: Wire, model: type[Strict]) -> Wire:
    """Demand each fact that a model has a field for."""
    known = {**facts, "codec_tag": facts.get("codec_tag_string")}
    return {
        name: demanded(known[name], kind)
        for name, kind in kinds_of(model).items()
        if known.get(name) is not None
    }


def output_as_delivered(facts: Wire) -> Wire:
    """Demand of an output everything that is reported of it."""
    file = facts.get("file", {})
    known = {**file, **{key: facts[key] for key in facts.keys() - {"file"}}}
    known["extension"] = facts["url"].rpartition(".")[2]
    videos, audios = facts.get("video_streams"), facts.get("audio_streams")
    if file.get("file_size_bytes") and file.get("duration_seconds"):
        bits = file["file_size_bytes"] * BITS_PER_BYTE
        known["average_kbps"] = bits / 1000 / file["duration_seconds"]
    streams: Wire = {}
    if videos or audios:
        known |= {"video_count": len(videos or []), "audio_count": len(audios or [])}
        streams["video"] = [all_of(one, VideoExpectation) for one in videos or []]
        streams["audio"] = [all_of(one, AudioExpectation) for one in audios or []]
    if videos and audios:
        lengths = [one.get("duration_seconds") for one in (*videos, *audios)]
        if all(lengths):
            known["av_drift_seconds"] = max(lengths) - min(lengths)
    expected = all_of(known, FileExpectation)
    if "average_kbps" in expected:
        expected["average_kbps"]["tolerance"] = 0.001
    if "av_drift_seconds" in expected:
        expected["av_drift_seconds"]["tolerance"] = 0.001
    return expected | streams


def job_as_delivered(answer: Wire) -> Wire:
    """Demand everything that an answer reports."""
    job = job_from_answer(answer)
    facts = job_facts(job)
    sent = [
        *answer["OutputDetails"],
        *(one for group in answer["OutputGroupDetails"] for one in group["Outputs"]),
    ]
    single: list[Wire] = []
    grouped: dict[str, list[Wire]] = {}
    for output, wire in zip(facts["outputs"], sent, strict=True):
        expected = {"name": output["name"], **output_as_delivered(output)}
        if is_manifest(wire):
            for field in MANIFEST_FIELDS:
                expected.pop(field, None)
        if "group" in output:
            grouped.setdefault(output["group"], []).append(expected)
        else:
            single.append(expected)
    groups = [
        {
            "name": group["name"],
            "type": group["type"],
            "output_count": len(group["output_names"]),
            "outputs": grouped.get(group["name"], []),
        }
        for group in facts["output_groups"]
    ]
    return {
        "outputs": single,
        "output_groups": groups,
        "output_count": len(sent),
        "other_outputs": "forbid",
    }


@given(delivered_jobs())
def test_a_job_meets_what_its_own_facts_constraint(answer):
    """Every fact as delivered, demanded as it is, is met."""
    report = report_on(answer, job_as_delivered(answer))

    assert [one.text for one in report.mismatches] == []
    assert report.verdict == "passed"


@given(st.data())
def test_another_value_of_one_fact_is_missed_there_and_nowhere_else(data):
    """Of all that is demanded exactly what rests on the changed fact is missed."""
    answer = data.draw(delivered_jobs())
    expect = job_as_delivered(answer)
    change = data.draw(st.sampled_from(changes_of(answer)))

    report = report_on(change.applied_to(answer), expect)

    event(change.path.rpartition(".")[2])
    paths = {one.path for one in report.mismatches}
    assert report.verdict == "failed"
    assert change.path in paths
    assert paths <= {change.path, *change.also}


@given(st.data())
def test_a_fact_that_is_not_reported_is_never_missed(data):
    """Whatever fact is left out of an answer: what rests on it is not missed."""
    answer = data.draw(delivered_jobs())
    expect = job_as_delivered(answer)
    # A rotation that is not reported is taken for none, as ffprobe has it.
    changes = [one for one in changes_of(answer) if one.keys[-1] != "Rotate"]
    change = data.draw(st.sampled_from(changes))

    report = report_on(change._replace(value=None).applied_to(answer), expect)

    assert {one.verdict for one in report.mismatches} <= {"inconclusive"}
    assert change.path in {one.path for one in report.mismatches}


def shuffled(value: Any, jitter: random.Random) -> Any:
    """Put the entries of every list and every mapping into another order."""
    if isinstance(value, list):
        return jitter.sample([shuffled(one, jitter) for one in value], len(value))
    if isinstance(value, dict):
        keys = jitter.sample([*value], len(value))
        return {key: shuffled(value[key], jitter) for key in keys}
    return value


@settings(max_examples=50)
@given(st.data())
def test_order_does_not_matter(data):
    """Outputs, groups, streams, keys: in another order the same is found."""
    answer = data.draw(delivered_jobs())
    expect = data.draw(WITHOUT_RULES | st.just(job_as_delivered(answer)))
    for change in data.draw(st.lists(st.sampled_from(changes_of(answer)), max_size=3)):
        answer = change.applied_to(answer)
    assume(is_valid(expect))
    jitter = data.draw(st.randoms(use_true_random=False))

    one = report_on(answer, expect)
    other = report_on(shuffled(answer, jitter), expect)

    event(one.verdict)
    assert one.verdict == other.verdict
    assert set(one.mismatches) == set(other.mismatches)


def is_valid(expect: object) -> bool:
    """Whether an expectation names nothing twice, which chance cannot see to."""
    try:
        Expectations.model_validate(expect)
    except ValidationError:
        return False
    return True


@settings(max_examples=50)
@given(st.data())
def test_not_and_any_of_obey_three_values(data):
    """`not` turns the verdict about, `any_of` is as good as the best of its parts."""
    answer = make_job(data.draw(delivered_outputs("only")))
    name = data.draw(st.sampled_from(sorted(kinds_of(FileExpectation))))
    kind = kinds_of(FileExpectation)[name]
    one, other = data.draw(constraints(kind)), data.draw(constraints(kind))

    def verdict(constraint: object) -> str:
        return report_on(answer, {"every_output": {name: constraint}}).verdict

    verdicts = {verdict(one), verdict(other)}
    assert verdict({"not": one}) == OPPOSITE[verdict(one)]
    assert verdict({"any_of": [one, other]}) == best_of(verdicts)
    assert verdict([*listed(one), *listed(other)]) == best_of(verdicts)
    assert verdict({"not": {"any_of": [one, other]}}) == OPPOSITE[best_of(verdicts)]


def listed(constraint: Any) -> list[Any]:
    """Return the parts of a demand of which any will do."""
    return constraint if isinstance(constraint, list) else [constraint]


def best_of(verdicts: set[str]) -> str:
    """Return the best of some verdicts."""
    return next(one for one in ("passed", "inconclusive", "failed") if one in verdicts)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=5)
    | st.sampled_from(["Success", "0.f", "N/A", "1/0", "h264", "und", "-99"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


@st.composite
def broken_jobs(draw: st.DrawFn) -> Any:
    """Make an answer of the right shape with anything at some places in it."""

    def broken(value: Any) -> Any:
        if draw(st.integers(0, 30)) == 0:
            return draw(JSON)
        if isinstance(value, list):
            return [broken(one) for one in value]
        if isinstance(value, dict):
            return {key: broken(one) for key, one in value.items()}
        return value

    answer = draw(delivered_jobs())
    return {key: broken(answer[key]) for key in answer} | {"State": "Success"}


@settings(max_examples=50)
@given(answer=broken_jobs(), expect=EXPECTATIONS.filter(is_valid))
def test_nothing_makes_a_verification_raise(answer, expect):
    """Whatever is answered and whatever is demanded: there is a report."""
    try:
        job = job_from_answer(answer)
    except ApiResponseError:
        assume(False)  # noqa: FBT003  # as hypothesis has it

    report = verify(job, Expectations.model_validate(expect))

    event(report.verdict)
    counting = {
        one.verdict for one in report.mismatches if one.enforcement_level == "mandatory"
    }
    assert (report.verdict == "passed") is not bool(counting)
    assert (report.verdict == "failed") is ("missed" in counting)
