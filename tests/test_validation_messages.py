"""What is refused, in words for the person who wrote it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from pulumi_alicloud_mediaconvert.api.models import (
    AudioStream,
    FileInfo,
    Output,
    VideoStream,
)
from pulumi_alicloud_mediaconvert.expect.expectations import Expectations
from pulumi_alicloud_mediaconvert.expect.expected_media import (
    AudioExpectation,
    FileExpectation,
    VideoExpectation,
)
from pulumi_alicloud_mediaconvert.expect.json_schema import models_below
from pulumi_alicloud_mediaconvert.expect.matchers import Matcher
from pulumi_alicloud_mediaconvert.expect.validation_messages import (
    INSTEAD,
    SYNONYMS,
    UNREPORTED,
    WORDS,
    keys_of,
    path_of,
    problems_of,
)
from pulumi_alicloud_mediaconvert.schema.inputs import JobInputs, WaitInputs

GOOD_INPUTS = {"job_id": "a", "region": "cn-shanghai"}
# Of pydantic, whose reader knows of models, not of expectations.
FOREIGN = re.compile(r"Input|should|Unable|Field required|Extra inputs|tag|·|_form")

MODELS: list[type[BaseModel]] = [*models_below(Expectations), Matcher, WaitInputs]


def lines_of(expect: object) -> list[str]:
    """Return what is said of expectations that are refused."""
    with pytest.raises(ValidationError) as caught:
        Expectations.model_validate(expect)
    return [problem.line for problem in problems_of(caught.value, Expectations)]


def of_output(**stated: Any) -> dict[str, Any]:
    """State something of one output."""
    return {"outputs": [{"name": "a", **stated}]}


def of_video(**stated: Any) -> dict[str, Any]:
    """State something of the video of one output."""
    return of_output(video=stated)


@pytest.mark.parametrize(
    ("expect", "name"),
    [
        ({"ouputs": []}, "outputs"),
        ({"outputs": [{"nmae": "a", "name": "a"}]}, "name"),
        (of_output(durration_seconds={"min": 1}), "duration_seconds"),
        (of_video(widht=1), "width"),
        (of_output(video=[{"heigth": 1}]), "height"),
        (of_output(audio={"chanels": 2}), "channels"),
        (of_video(width={"minn": 1}), "min"),
        (of_video(width={"not": {"mx": 1}}), "max"),
        (
            {"output_groups": [{"name": "a", "outputs": [{"name": "b", "ur": "c"}]}]},
            "url",
        ),
        ({"rules": [{"query": "a", "must_bee": 1}]}, "must_be"),
        ({"consistent": {"duration_seconds": 1, "mesage": "m"}}, "message"),
        ({"outputs": [{"where": {"widthh": 1, "width": 1}}]}, "width"),
    ],
    ids=str,
)
def test_an_unknown_key_gets_the_nearest_known_one(expect, name):
    """Wherever a key is misspelt, the right one is named."""
    [line] = lines_of(expect)

    assert line.endswith(f": unknown key (did you mean `{name}`?)")


@pytest.mark.parametrize(
    ("expect", "meant"),
    [
        (of_video(framerate=25), "fps"),
        (of_video(resolution="1280x720"), "width` and `height"),
        (of_video(width={"gte": 1}), "min"),
        (of_video(codec={"regex": "h26."}), "matches"),
        (of_output(size={"max": 1}), "file_size_bytes"),
        ({"rules": [{"query": "a", "equals": 1}]}, "must_be"),
        ({"count": 3}, "output_count"),
    ],
    ids=str,
)
def test_a_word_of_others_is_understood(expect, meant):
    """Who writes what it is called elsewhere is told what it is called here."""
    [line] = lines_of(expect)

    assert line.endswith(f": unknown key (did you mean `{meant}`?)")


@pytest.mark.parametrize(("word", "meant"), SYNONYMS.items())
def test_no_synonym_is_a_key_of_its_own_location(word, meant):
    """A word is told to mean what some model knows, where it is no key itself."""
    named = {*meant}
    models = [model for model in MODELS if named <= {*keys_of(model)}]

    assert models
    assert not [model for model in models if word in keys_of(model)]


def test_a_key_that_is_near_to_none_gets_all():
    """Who cannot be understood is told what there is."""
    [line] = lines_of({"consistent": {"duration_seconds": 1, "zzz": 1}})

    assert line == (
        "consistent.zzz: unknown key "
        "(known keys: duration_seconds, message, enforcement_level)"
    )


# Where a key of the model may be tried.
PLACES = {
    VideoExpectation: lambda key: of_video(**{key: 1}),
    AudioExpectation: lambda key: of_output(audio=[{key: 1}]),
    FileExpectation: lambda key: of_output(**{key: 1}),
}


@pytest.mark.parametrize(
    ("model", "key"),
    [
        pytest.param(model, key, id=f"{model.__name__}-{key}")
        for model in PLACES
        for key in sorted(UNREPORTED[model.__name__])
    ],
)
def test_a_key_that_the_api_does_not_report_is_told_so(model, key):
    """Who asks for what nobody reports learns that, and what tells it instead."""
    [line] = lines_of(PLACES[model](key))

    instead = INSTEAD.get((model.__name__, key))
    text = "the API does not report this" + (f": {instead}" if instead else "")
    assert line.endswith(f".{key}: {text}")


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        (of_video(gopSize=1), "gopSize: the API does not report this"),
        (of_video(colorTransfer=1), "colorTransfer: the API does not report this"),
        (of_video(frameRate=25), "frameRate: unknown key (did you mean `fps`?)"),
        (
            of_output(durationSecs={"min": 1}),
            "durationSecs: unknown key (did you mean `duration_seconds`?)",
        ),
        (of_video(width={"oneOf": [1]}), "oneOf: unknown key (did you mean `any_of`?)"),
        ({"outputsCount": 1}, "outputsCount: unknown key (did you mean `output_count`"),
    ],
    ids=str,
)
def test_a_key_in_camel_case_is_understood_by_its_words(expect, told):
    """It gets what its words get in snake_case, and is named as it was written."""
    [line] = lines_of(expect)

    assert told in line


@pytest.mark.parametrize(
    ("model", "fact"),
    [
        (VideoExpectation, VideoStream),
        (AudioExpectation, AudioStream),
        (FileExpectation, FileInfo),
        (FileExpectation, Output),
    ],
    ids=lambda model: model.__name__,
)
def test_what_is_said_not_to_be_reported_is_not_reported(model, fact):
    """Nobody is told that the API is silent on what stands in the outputs."""
    assert not UNREPORTED[model.__name__] & set(fact.model_fields)
    assert not UNREPORTED[model.__name__] & set(model.model_fields)


def test_every_list_of_unreported_keys_is_of_a_model():
    """A model that is renamed keeps its list."""
    assert set(UNREPORTED) == {model.__name__ for model in PLACES}
    assert all(key in UNREPORTED[model] for model, key in INSTEAD)


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ((), ""),
        (("outputs",), "outputs"),
        (("outputs", 0, "video", "width"), "outputs[0].video.width"),
        (("a", 1, 2), "a[1][2]"),
        ((0, "a"), "[0].a"),
        (("a", "x\x1b[31m\ny"), "a.x?[31m y"),
        (("a", "b" * 100), f"a.{'b' * 59}…"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_path_is_written_as_a_person_writes_it(location, path):
    """Keys stand after points, positions in brackets, nothing odd is printed."""
    assert path_of(location) == path


KEYS = sorted({key for model in MODELS for key in keys_of(model)})
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["as-requested", "(", "1/0", "3.1", "9s", 10**400, "x" * 2001])
)
keys = st.sampled_from(KEYS) | st.text(max_size=5) | st.integers()
anything = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3)
    ),
    max_leaves=12,
)


def known_keys(model: type[BaseModel], values: Any) -> Any:
    """Make mappings whose keys a model knows, with any values."""
    return st.dictionaries(st.sampled_from(sorted(keys_of(model))), values, max_size=3)


videos = known_keys(VideoExpectation, anything)
outputs = st.fixed_dictionaries(
    {"name": st.just("a")}, optional={"video": videos, "audio": anything}
)
expectations = (
    anything
    | known_keys(Expectations, anything)
    | st.fixed_dictionaries({"outputs": st.lists(outputs, max_size=2)})
)


@given(expectations, anything | known_keys(WaitInputs, anything))
def test_no_words_of_pydantic_reach_a_person(expect, wait):
    """Whatever a program states, what is said of it are words of ours."""
    stated = {**GOOD_INPUTS, "expect": expect, "wait": wait}

    try:
        JobInputs.model_validate(stated)
    except ValidationError as error:
        details = error.errors(include_url=False)
        problems = problems_of(error, JobInputs)
    else:
        return

    assert {detail["type"] for detail in details} <= {*WORDS, "extra_forbidden"}
    keys_and_values = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`|known keys: .*")
    said = [keys_and_values.sub("", problem.text) for problem in problems]
    assert not [text for text in said if FOREIGN.search(text)]
    assert all(problem.path.startswith(("expect", "wait")) for problem in problems)
    assert all("\n" not in problem.line for problem in problems)
