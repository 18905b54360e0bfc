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

from pulumi_alicloud_mediaconvert import expectation_schema as module
from pulumi_alicloud_mediaconvert.demand_checks import NOTES
from pulumi_alicloud_mediaconvert.expectation_schema import (
    expectation_schema,
    models_below,
)
from pulumi_alicloud_mediaconvert.expectations import Expectations, Selector
from pulumi_alicloud_mediaconvert.expected_media import kinds_of
from pulumi_alicloud_mediaconvert.matchers import Matcher
from pulumi_alicloud_mediaconvert.problems import keys_of

FILE = Path(module.__file__).with_name("expectations.schema.json")
SCHEMA = expectation_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def takes(expect: object) -> bool:
    """Whether the models take what is stated."""
    try:
        Expectations.model_validate(expect)
    except ValidationError:
        return False
    return True


def of_720p(**stated: Any) -> dict[str, Any]:
    """State something of one output."""
    return {"outputs": [{"name": "720P", **stated}]}


def of_video(**stated: Any) -> dict[str, Any]:
    """State something of the video of one output."""
    return of_720p(video=stated)


GOOD: dict[str, Any] = {
    "as-requested": "as-requested",
    "nothing": {},
    "both": {"as_requested": True, "other_outputs": "forbid"},
    "ladder": {
        "outputs": [
            {
                "name": "720P-mp4",
                "duration_seconds": {"near": 403, "tolerance": 0.5},
                "video": {"codec": "h264", "width": 1280, "bitrate_kbps": {"max": 9}},
                "audio": [{"codec": "aac", "channels": 2}, {"lang": ["zh", "en"]}],
            },
            {"where": {"extension": "mp4", "width": {"min": 1}}, "video": []},
        ]
    },
    "group": {
        "output_groups": [
            {"name": "hls", "type": "Hls", "outputs": [{"name": "a", "status": "x"}]}
        ]
    },
    "every output": {"every_output": {"video_count": 1, "url": {"matches": ".*"}}},
    "consistent": {"consistent": {"duration_seconds": 0, "message": "together"}},
    "rules": {"rules": [{"query": "a"}, {"query": "a", "must_be": {"min": 1}}]},
    "notes": of_video(
        width={"min": 1, "message": "m", "enforcement_level": "advisory"}
    ),
    "not": of_video(width={"not": {"any_of": [1, {"min": 2, "max": 3}, [4, 5]]}}),
    "percent": of_720p(bitrate_kbps={"near": 9, "tolerance_percent": 10}),
    "present": of_video(lang={"present": False}),
    "rates": of_video(fps="30000/1001", dar="16:9", level="3.1", avg_fps={"min": "25"}),
    "nulls": {"outputs": None, **of_720p(video=None, where=None, message=None)},
    "where with null": {"outputs": [{"name": None, "where": {"width": 1}}]},
    "list of matchers": of_720p(bitrate_kbps=[{"min": 1}, {"max": 3}]),
}
BAD: dict[str, Any] = {
    "null": None,
    "other text": "as requested",
    "number": 7,
    "list": [],
    "unknown key": {"output": []},
    "unknown key of a stream": of_video(widht=1),
    "unknown key of a matcher": of_video(width={"minimum": 1}),
    "no name": {"outputs": [{}]},
    "name and where": of_720p(where={"width": 1}),
    "empty name": {"outputs": [{"name": " "}]},
    "empty where": {"outputs": [{"where": {}}]},
    "note in where": {"outputs": [{"where": {"width": 1, "message": "m"}}]},
    "note in a matcher of where": {
        "outputs": [{"where": {"width": {"min": 1, "message": "m"}}}]
    },
    "number for text": of_video(codec=264),
    "text for a number": of_video(width="1280"),
    "boolean for a number": of_video(width=True),
    "plain measure": of_720p(bitrate_kbps=3000),
    "plain measure in a list": of_720p(bitrate_kbps=[3000]),
    "plain measure in not": of_720p(bitrate_kbps={"not": 3000}),
    "empty list": of_video(width=[]),
    "list in a list": of_video(width=[[1]]),
    "null in a list": of_video(width=[None]),
    "empty any_of": of_video(width={"any_of": []}),
    "empty matcher": of_video(width={}),
    "only a note": of_video(width={"message": "m"}),
    "two forms": of_video(width={"min": 1, "not": 2}),
    "no tolerance": of_720p(bitrate_kbps={"near": 1}),
    "two tolerances": of_720p(
        bitrate_kbps={"near": 1, "tolerance": 1, "tolerance_percent": 1}
    ),
    "tolerance alone": of_720p(bitrate_kbps={"tolerance": 1}),
    "tolerance with bounds": of_720p(bitrate_kbps={"min": 1, "tolerance": 1}),
    "bounds beside near": of_720p(bitrate_kbps={"min": 1, "near": 1}),
    "negative tolerance": of_720p(bitrate_kbps={"near": 1, "tolerance": -1}),
    "order of text": of_video(codec={"min": "a"}),
    "pattern of a number": of_video(width={"matches": "12.."}),
    "long pattern": of_video(codec={"matches": "a" * 1001}),
    "inner note": of_video(width={"not": {"min": 1, "message": "m"}}),
    "inner note in a list": of_video(width=[{"min": 1, "message": "m"}]),
    "disabled": of_720p(enforcement_level="disabled"),
    "other outputs": {"other_outputs": "refuse"},
    "as requested is text": {"as_requested": "yes"},
    "group without a name": {"output_groups": [{"type": "Hls"}]},
    "negative difference": {"consistent": {"duration_seconds": -1}},
    "empty consistent": {"consistent": {}},
    "rule without a query": {"rules": [{"must_be": 1}]},
    "rule of null": {"rules": [{"query": "a", "must_be": None}]},
    "long query": {"rules": [{"query": "a" * 2001}]},
    "order of booleans": {"rules": [{"query": "a", "must_be": {"min": True}}]},
    "too many streams": of_720p(audio=[{}] * 65),
    "streams as text": of_720p(video="h264"),
}
# What only the models refuse.
LOOSER: dict[str, Any] = {
    "no regular expression": of_video(codec={"matches": "("}),
    "no query": {"rules": [{"query": "a["}]},
    "min above max": of_video(width={"min": 2, "max": 1}),
    "no number in text": of_video(fps="fast"),
    "no ratio": of_video(dar="16:0"),
    "tag for a codec": of_video(codec="hvc1"),
    "profile for a codec": of_video(codec="aac-lc"),
    "output named twice": {"outputs": [{"name": "a"}, {"name": "a "}]},
    "group named twice": {"output_groups": [{"name": "a"}, {"name": "a"}]},
    "where of nulls": {"outputs": [{"where": {"width": None}}]},
}
# What only the schema refuses: a null states nothing, and is better left out.
STRICTER: dict[str, Any] = {
    "null bound": of_video(width={"min": 1, "max": None}),
    "null form": of_video(codec={"not": "h264", "min": None}),
}


def named(corpus: dict[str, Any]) -> Any:
    """Give each of a corpus its name."""
    return pytest.mark.parametrize(
        "expect", [pytest.param(value, id=name) for name, value in corpus.items()]
    )


def test_the_file_in_the_package_is_what_the_models_say():
    """The schema that is shipped follows from the models."""
    assert json.loads(FILE.read_text("utf-8")) == SCHEMA, "run scripts/reference"


def test_it_is_a_schema():
    """An editor can rely on the dialect that the schema names."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)

    assert SCHEMA["$schema"] == jsonschema.Draft202012Validator.META_SCHEMA["$id"]


@named(GOOD)
def test_what_the_models_take_the_schema_takes(expect):
    """An editor does not complain of what is right."""
    assert takes(expect)
    assert VALIDATOR.is_valid(expect)


@named(GOOD)
def test_an_older_editor_does_not_complain_either(expect):
    """Those that only know draft 7 read the same file."""
    assert jsonschema.Draft7Validator(SCHEMA).is_valid(expect)


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
    found: dict[str, Any] = SCHEMA["$defs"][name]
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
        part.removeprefix("#/$defs/")
        for part in every_part(SCHEMA)
        if isinstance(part, str) and part.startswith("#/$defs/")
    }

    assert references == set(SCHEMA["$defs"])


@pytest.mark.parametrize(
    "model", models_below(Expectations), ids=lambda model: model.__name__
)
def test_every_demand_is_that_of_its_kind(model):
    """An editor completes a demand by the kind of its fact."""
    properties = definition(model.__name__)["properties"]

    carries = "Part" if model is Selector else "Demand"
    wanted = {
        key: f"#/$defs/{kind.name}{carries}" for key, kind in kinds_of(model).items()
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
demands = st.recursive(
    values,
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(keys, inner, max_size=2)
    ),
    max_leaves=4,
)


def states_null(demand: object) -> bool:
    """Whether there is a null within a matcher."""
    if isinstance(demand, dict):
        return any(one is None or states_null(one) for one in demand.values())
    return isinstance(demand, list) and any(states_null(one) for one in demand)


@given(
    st.sampled_from(["width", "bitrate_kbps", "fps", "codec", "pix_fmt", "level"]),
    demands,
)
def test_what_a_field_takes_the_schema_takes(field, demand):
    """No demand that the models take is refused, nulls in matchers aside."""
    expect = of_video(**{field: demand})

    assert VALIDATOR.is_valid(expect) or not takes(expect) or states_null(demand)


@given(st.sampled_from(["width", "bitrate_kbps", "rotate", "num_frames"]), demands)
def test_what_the_schema_takes_of_a_number_the_models_take(field, demand):
    """Of numbers only `min` above `max` is beyond a schema."""
    expect = of_video(**{field: demand})

    if VALIDATOR.is_valid(expect):
        try:
            Expectations.model_validate(expect)
        except ValidationError as error:
            texts = [detail["msg"] for detail in error.errors()]
            assert all("min must not exceed max" in text for text in texts)
