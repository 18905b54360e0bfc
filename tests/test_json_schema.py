"""The JSON Schema of `expect`, and the models that it follows from."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import pulumi_alicloud_mediaconvert as package
from expectations import BAD, GOOD, LOOSER, STRICTER, of_video
from pulumi_alicloud_mediaconvert.expect.expectations import Expectations, Selector
from pulumi_alicloud_mediaconvert.expect.expected_media import kinds_of
from pulumi_alicloud_mediaconvert.expect.json_schema import (
    expectation_schema,
    models_below,
)
from pulumi_alicloud_mediaconvert.expect.matcher_validation import NOTES
from pulumi_alicloud_mediaconvert.expect.matchers import Matcher
from pulumi_alicloud_mediaconvert.expect.validation_messages import keys_of

FILE = Path(package.__file__).with_name("expectations.schema.json")
SCHEMA = expectation_schema()
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)


def takes(expect: object) -> bool:
    """Whether the models take what is stated."""
    try:
        Expectations.model_validate(expect)
    except ValidationError:
        return False
    return True


def named(corpus: dict[str, Any]) -> Any:
    """Give each of a corpus its name."""
    return pytest.mark.parametrize(
        "expect", [pytest.param(value, id=name) for name, value in corpus.items()]
    )


def test_the_file_in_the_package_is_what_the_models_say():
    """The schema that is shipped follows from the models."""
    assert json.loads(FILE.read_text("utf-8")) == SCHEMA, "run scripts/reference"


def test_it_is_a_schema():
    """An editor can rely on the dialect that the schema names, as all editors know."""
    jsonschema.Draft7Validator.check_schema(SCHEMA)

    assert SCHEMA["$schema"] == jsonschema.Draft7Validator.META_SCHEMA["$id"]


@named(GOOD)
def test_what_the_models_take_the_schema_takes(expect):
    """An editor does not complain of what is right."""
    assert takes(expect)
    assert VALIDATOR.is_valid(expect)


@pytest.mark.parametrize("corpus", [GOOD, BAD], ids=["good", "bad"])
def test_what_reads_a_newer_draft_reads_the_same(corpus):
    """Nothing stands in the schema that means another thing there."""
    newest = jsonschema.Draft202012Validator(SCHEMA)

    for expect in corpus.values():
        assert newest.is_valid(expect) == VALIDATOR.is_valid(expect)


@named(BAD)
def test_what_the_models_refuse_the_schema_refuses(expect):
    """An editor shows what a preview would refuse."""
    assert not takes(expect)
    assert not VALIDATOR.is_valid(expect)


@named(LOOSER)
def test_some_of_what_the_models_refuse_no_schema_can_say(expect):
    """These are the places where the schema is looser; a preview refuses them."""
    assert not takes(expect)
    assert VALIDATOR.is_valid(expect)


@named(STRICTER)
def test_the_schema_asks_to_leave_out_what_states_nothing(expect):
    """A null within a matcher is the one place where the schema is stricter."""
    assert takes(expect)
    assert not VALIDATOR.is_valid(expect)


def definition(name: str) -> dict[str, Any]:
    """Return one definition of the schema."""
    found: dict[str, Any] = SCHEMA["definitions"][name]
    return found


@pytest.mark.parametrize(
    "model", models_below(Expectations), ids=lambda model: model.__name__
)
def test_the_schema_describes_every_key_as_its_model_does(model):
    """What an editor shows beside a key is what the reference says."""
    properties = definition(model.__name__)["properties"]

    keys = keys_of(model)
    said = {key: model.model_fields[name].description for key, name in keys.items()}
    left_out = NOTES if model is Selector else ()
    expected = {key: text for key, text in said.items() if key not in left_out}
    assert {key: one["description"] for key, one in properties.items()} == expected


@pytest.mark.parametrize("name", sorted(SCHEMA["definitions"]))
def test_every_key_of_every_definition_is_described(name):
    """An editor says what a key means, those of matchers too."""
    properties = definition(name).get("properties", {})

    assert [key for key, one in properties.items() if not one.get("description")] == []


def offered(schema: dict[str, Any]) -> list[Any]:
    """List the values that an editor offers: those of every alternative."""
    if "$ref" in schema:
        return offered(definition(schema["$ref"].rpartition("/")[2]))
    alternatives = [*schema.get("anyOf", []), *schema.get("oneOf", [])]
    return [
        *schema.get("enum", []),
        *(value for one in alternatives for value in offered(one)),
    ]


WORDS: dict[str, dict[str, list[Any]]] = {
    "Selector": {"type": ["OSS", "Media"], "status": ["Success", "Skipped"]},
    "GroupExpectation": {"type": ["Hls", "Dash", "File"], "status": ["Success"]},
    "OutputExpectation": {
        "status": ["Success", "Skipped", "Failed"],
        "format": ["mp4", "hls"],
        "extension": ["mp4", "m3u8"],
        "enforcement_level": ["advisory", "mandatory"],
    },
    "VideoExpectation": {
        "codec": ["h264", "hevc", "av1"],
        "codec_tag": ["hvc1", "hev1"],
        "profile": ["High", "Main"],
        "pix_fmt": ["yuv420p"],
        "fps": [25, 29.97],
        "dar": ["16:9"],
        "rotate": [90],
    },
    "AudioExpectation": {
        "codec": ["aac"],
        "channel_layout": ["stereo"],
        "lang": ["zh"],
    },
    "Expectations": {"other_outputs": ["allow", "forbid"]},
}


@pytest.mark.parametrize(
    ("model", "key", "words"),
    [
        (model, key, words)
        for model, keys in WORDS.items()
        for key, words in keys.items()
    ],
)
def test_an_editor_completes_well_known_words(model, key, words):
    """They need not be looked up."""
    values = offered(definition(model)["properties"][key])

    assert set(words) <= set(values)


@pytest.mark.parametrize(
    "model", models_below(Expectations), ids=lambda model: model.__name__
)
def test_what_an_editor_offers_is_taken(model):
    """Each value that is offered for a fact is one that a preview accepts."""
    schemas = definition(model.__name__)["properties"]
    extra = {"query": "a"} if model.__name__ == "Rule" else {}
    extra |= (
        {"name": "a"}
        if model.__name__ in ("OutputExpectation", "GroupExpectation")
        else {}
    )

    for key in kinds_of(model):
        for value in offered(schemas[key]):
            model.model_validate({**extra, key: value})


@pytest.mark.parametrize(
    "expect",
    [
        {"output_groups": [{"name": "a", "type": "Cmaf"}]},
        {"outputs": [{"where": {"type": "oss", "format": "odd"}}]},
        of_video(codec="newest", profile="Ultra", pix_fmt="x", dar="2.35:1"),
    ],
)
def test_what_is_offered_closes_nothing(expect):
    """A word that nobody knew when this was made is taken, too."""
    assert takes(expect)
    assert VALIDATOR.is_valid(expect)


def every_part(schema: Any) -> Any:
    """Yield every key and every text of a schema, however deep."""
    if isinstance(schema, dict):
        for key, value in schema.items():
            yield key
            yield from every_part(value)
    elif isinstance(schema, list):
        for entry in schema:
            yield from every_part(entry)
    else:
        yield schema


def test_nothing_of_the_making_shows():
    """Neither the marks of the models nor pydantic's titles reach an editor."""
    parts = [part for part in every_part(SCHEMA) if isinstance(part, str)]

    assert "title" not in parts
    assert not [part for part in parts if "·" in part]


def test_every_reference_leads_to_a_definition_and_each_is_used():
    """Nothing is missing in the schema, and nothing is too much."""
    references = {
        part.removeprefix("#/definitions/")
        for part in every_part(SCHEMA)
        if isinstance(part, str) and part.startswith("#/definitions/")
    }

    assert references == set(SCHEMA["definitions"])


@pytest.mark.parametrize(
    "model", models_below(Expectations), ids=lambda model: model.__name__
)
def test_every_constraint_is_that_of_its_kind(model):
    """An editor completes a constraint by the kind of its fact."""
    properties = definition(model.__name__)["properties"]

    carries = "Part" if model is Selector else "Constraint"
    wanted = {
        key: f"#/definitions/{kind.name}{carries}"
        for key, kind in kinds_of(model).items()
    }
    assert {key: reference(properties[key]) for key in wanted} == wanted


def reference(schema: dict[str, Any]) -> str:
    """Return what a property refers to, null aside."""
    one = schema.get("anyOf", [schema])[0]
    return str(one["$ref"])


STATED = {"any_of": [7], "matches": "7", "present": True, "message": "m"}


@pytest.mark.parametrize("field", ["width", "bitrate_kbps", "fps", "rotate"])
def test_schema_and_models_agree_on_the_forms_of_a_matcher(field):
    """Of all keys of a matcher the same ones may stand together."""
    keys = keys_of(Matcher)
    together = [one for size in range(5) for one in combinations(keys, size)]
    matchers = [{key: STATED.get(key, 7) for key in one} for one in together]
    expected = [of_video(**{field: matcher}) for matcher in matchers]

    assert [one for one in expected if VALIDATOR.is_valid(one) != takes(one)] == []


values = st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["a", "3.1"])

keys = st.sampled_from([*keys_of(Matcher), "other"])

constraints = st.recursive(
    values,
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(keys, inner, max_size=2)
    ),
    max_leaves=4,
)


def states_null(constraint: object) -> bool:
    """Whether there is a null within a matcher."""
    if isinstance(constraint, dict):
        return any(one is None or states_null(one) for one in constraint.values())
    return isinstance(constraint, list) and any(states_null(one) for one in constraint)


@given(
    st.sampled_from(["width", "bitrate_kbps", "fps", "codec", "pix_fmt", "level"]),
    constraints,
)
def test_what_a_field_takes_the_schema_takes(field, constraint):
    """No constraint that the models take is refused, nulls in matchers aside."""
    expect = of_video(**{field: constraint})

    assert VALIDATOR.is_valid(expect) or not takes(expect) or states_null(constraint)


@given(st.sampled_from(["width", "bitrate_kbps", "rotate", "num_frames"]), constraints)
def test_what_the_schema_takes_of_a_number_the_models_take(field, constraint):
    """Of numbers only `min` above `max` is beyond a schema."""
    expect = of_video(**{field: constraint})

    if VALIDATOR.is_valid(expect):
        try:
            Expectations.model_validate(expect)
        except ValidationError as error:
            texts = [detail["msg"] for detail in error.errors()]
            assert all("min must not exceed max" in text for text in texts)
