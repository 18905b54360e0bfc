"""The list of facts, and every place that follows from it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from pulumi_alicloud_mediaconvert import args
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.api.models import (
    AudioStream,
    FileInfo,
    Job,
    Output,
    OutputGroup,
    VideoStream,
)
from pulumi_alicloud_mediaconvert.emulator import orders
from pulumi_alicloud_mediaconvert.emulator.expected import expected_delivery
from pulumi_alicloud_mediaconvert.emulator.jobs import EmulatedJob, built_job
from pulumi_alicloud_mediaconvert.emulator.steps import Step
from pulumi_alicloud_mediaconvert.expect.expected_media import (
    AudioExpectation,
    EveryOutputExpectation,
    VideoExpectation,
    kinds_of,
)
from pulumi_alicloud_mediaconvert.facts import PARTS, MediaFact
from pulumi_alicloud_mediaconvert.functions import GetMediaConvertJobResult
from pulumi_alicloud_mediaconvert.schema import outputs
from pulumi_alicloud_mediaconvert.verification.job_facts import job_facts
from pulumi_alicloud_mediaconvert.verification.media_facts import (
    output_fact,
    stream_fact,
)

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
SCHEMA = ROOT / "provider" / "pulumi_alicloud_mediaconvert" / "expectations.schema.json"
DEFINITIONS = json.loads(SCHEMA.read_text("utf-8"))["definitions"]
REPORTED: dict[str, tuple[Any, Any]] = {
    "job": (Job, GetMediaConvertJobResult),
    "output": (Output, outputs.JobOutput),
    "group": (OutputGroup, outputs.JobOutputGroup),
    "file": (FileInfo, outputs.JobFile),
    "video": (VideoStream, outputs.JobVideoStream),
    "audio": (AudioStream, outputs.JobAudioStream),
}
EXPECTED: dict[str, tuple[Any, Any]] = {
    "output": (EveryOutputExpectation, args.EveryOutputExpectationArgs),
    "file": (EveryOutputExpectation, args.EveryOutputExpectationArgs),
    "video": (VideoExpectation, args.VideoExpectationArgs),
    "audio": (AudioExpectation, args.AudioExpectationArgs),
}
EMULATED = {"file": orders.FILE, "video": orders.VIDEO, "audio": orders.AUDIO}
# By value type; none is what a usual job delivers.
CONSTRAINTS: dict[str, object] = {
    "Angle": 90,
    "Codec": "hevc",
    "Format": "mov",
    "Language": "de",
    "Level": 31,
    "Measure": {"near": 100, "tolerance": 1},
    "Number": 6,
    "Profile": "Main",
    "Rate": 50,
    "Ratio": "4:3",
    "Status": "Success",
    "Text": "http://example.org/a.mp4",
    "Word": "mono",
}
# Of these each reader reads one at least.
VALUES = (1, "1:1", "Success", "stereo")


def each(parts):
    """Run a test for each fact of some parts."""
    cases = [
        pytest.param(part, fact, id=f"{part} {fact.name}")
        for part in parts
        for fact in PARTS[part]
    ]
    return pytest.mark.parametrize(("part", "fact"), cases)


def reporting(part: str, fact: MediaFact) -> Any:
    """Return a part of which one fact is reported."""
    model, _ = REPORTED[part]
    read = (model.model_validate({fact.name: value}) for value in VALUES)
    return next(one for one in read if getattr(one, fact.name) is not None)


def is_row(page: str, name: str, meaning: str) -> bool:
    """Whether a table of a page says what a fact means, whatever is in between."""
    row = rf"^\| `{name}` \|.*\| {re.escape(meaning)} \|$"
    return re.search(row, page, re.MULTILINE) is not None


def usual_job() -> Job:
    """Read the job that the emulator delivers unless told otherwise."""
    return job_from_answer(built_job(EmulatedJob("a", "b", 0), Step("Success"), 0))


def test_generated_code_follows_from_the_list(script):
    """Nobody changes by hand what the list says."""
    assert script("generation.__main__").main(["--check"]) == 0


@each(PARTS)
def test_a_reported_fact_is_read_and_typed(part, fact):
    """The model reads it, a program sees it, the reference says what it means."""
    model, typed = REPORTED[part]
    page = (REFERENCE / "outputs.md").read_text("utf-8")

    assert (fact.name in model.model_fields) == fact.is_field
    assert (fact.name in typed.__annotations__) == fact.is_output
    assert is_row(page, fact.name, fact.meaning) == fact.is_output


@each(EMULATED)
def test_the_emulator_sends_a_fact_by_the_key_it_is_read_by(part, fact):
    """What is delivered to order arrives."""
    model, _ = REPORTED[part]
    key = EMULATED[part].get(fact.name)

    assert (key is not None) == fact.is_sent
    if key:
        sent = ({key: value} for value in VALUES)
        read = [model.model_validate(one, by_name=False) for one in sent]
        assert any(getattr(one, fact.name) is not None for one in read)


@each(EXPECTED)
def test_an_expected_fact_is_known_to_models_types_and_schema(part, fact):
    """Whoever may expect it is told so by the editor, and by the reference."""
    model, typed = EXPECTED[part]
    kinds = kinds_of(model)
    page = (REFERENCE / "expectations.md").read_text("utf-8")

    if not fact.value_type:
        assert fact.name not in kinds
        return
    assert kinds[fact.name].name == fact.value_type
    assert fact.name in typed.__annotations__
    described = DEFINITIONS[model.__name__]["properties"][fact.name]["description"]
    assert described == fact.expected_meaning
    assert is_row(page, fact.name, fact.expected_meaning)


@each(EXPECTED)
def test_the_verifier_finds_every_fact_that_can_be_expected(part, fact):
    """A fact that is reported is one that a constraint is compared with."""
    if not fact.value_type:
        return
    [usual, *_] = usual_job().outputs
    if part in ("video", "audio"):
        [stream] = usual.video_streams or []
        found = stream_fact(
            reporting(part, fact) if fact.is_field else stream, fact.name
        )
    elif fact.is_field:
        one = reporting(part, fact)
        found = output_fact(Output(file=one) if part == "file" else one, fact.name)
    else:
        found = output_fact(usual, fact.name)

    assert found.values


@each(EXPECTED)
def test_a_job_can_be_made_that_meets_what_is_expected(part, fact):
    """The emulator delivers what a test of a program asks for, whatever the fact."""
    if fact.value_type and fact.is_field:
        expected = {fact.name: CONSTRAINTS[fact.value_type]}
        stated = expected if part in ("file", "output") else {part: expected}
        delivery = expected_delivery({"every_output": stated})
        assert delivery.outputs


def test_a_computed_output_is_stored():
    """What the package computes stands in the state beside what the API sends."""
    [output, *_] = job_facts(usual_job())["outputs"]
    [stream] = output["video_streams"]

    assert stream.keys() >= {fact.name for fact in PARTS["video"] if not fact.is_sent}
