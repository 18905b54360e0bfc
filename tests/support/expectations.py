"""Expectations: right and wrong ones, any by chance, and derived ones."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import strategies as st

from pulumi_alicloud_mediaconvert.api.models import Job, Output, OutputGroup
from pulumi_alicloud_mediaconvert.as_requested.derive import derive
from pulumi_alicloud_mediaconvert.expect import value_types
from pulumi_alicloud_mediaconvert.expect.expectations import (
    GroupExpectation,
    OutputExpectation,
    Rule,
    Selector,
)
from pulumi_alicloud_mediaconvert.expect.expected_media import (
    AudioExpectation,
    EveryOutputExpectation,
    VideoExpectation,
    kinds_of,
)
from pulumi_alicloud_mediaconvert.expect.matchers import Strict
from pulumi_alicloud_mediaconvert.expect.value_types import ValueType


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
            {
                "name": "hls",
                "type": "Hls",
                "outputs": [{"name": "a", "status": "Failed"}],
            }
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


def stated_in(instead: str | None) -> dict[str, str]:
    """Read `codec "h264" and level "4.0"` as the keys of an expectation."""
    return dict(re.findall(r'(\w+) "([^"]*)"', instead or ""))


def requested(params=None, group=None, **entry):
    """Derive what one request with these parameters demands of its delivery."""
    wanted = {"Name": "v", **entry}
    if params is not None:
        wanted["OverrideParams"] = params
    if group is None:
        config = {"Outputs": [wanted]}
        job = Job(config=config, outputs=[Output(name="v")])
    else:
        config = {"OutputGroups": [{"Name": "g", **group, "Outputs": [wanted]}]}
        job = Job(
            config=config,
            outputs=[Output(name="v", group="g")],
            output_groups=[OutputGroup(name="g", output_names=["v"])],
        )
    (request,), left_over = derive(job)
    assert not left_over
    return request


def derived_constraints(request):
    """Return what is demanded by scope and field."""
    return {one.rule.fact: one.matcher for one in request.constraints}


def skip_reasons(request):
    """Return why something is skipped, by the last key of its source."""
    lines = (line.split(": ", 1) for line in request.skipped)
    return {source.rpartition(".")[2]: why for source, why in lines}


def video_params(**entries):
    """Return parameters for the video stream; those of `trans` go to TransConfig."""
    trans = entries.pop("trans", {})
    return {"Video": entries, "TransConfig": trans}


THERE = {"output.video_count": {"min": 1}}
HEARD = {"output.audio_count": {"min": 1}}
H264 = {**THERE, "video.codec": "h264"}
VALUES: dict[str, list[Any]] = {
    "Number": [0, 1, 720, 1280, 44100],
    "Measure": [8, 128, 403.04],
    "Angle": [0, 90, -90],
    "Rate": [25, 29.97, "30000/1001"],
    "Ratio": ["16:9", 1],
    "Level": [31, "3.1", 5],
    "Format": ["mp4", "hls"],
    "Codec": ["h264", "H.265", "aac"],
    "Language": ["eng", "cn", "zh-CN"],
    "Status": ["Success", "Skipped", "Complete"],
}
OTHER_VALUES = ["OSS", "mp4", "High", "eng"]
PLAIN_VALUES = [True, 1, "Success"]
PATTERNS = ["", "mp4", "h.*", "[0-9]+"]


def is_entry(constraint: object) -> bool:
    """Whether a constraint may stand in a list, as a list may not."""
    return not isinstance(constraint, list)


def constraints(kind: ValueType) -> st.SearchStrategy[Any]:
    """Make anything that may be demanded of a fact of a kind."""
    of_plain = PLAIN_VALUES if kind is value_types.PLAIN else OTHER_VALUES
    value = st.sampled_from(VALUES.get(kind.name, of_plain))
    simple: st.SearchStrategy[Any] = st.builds(dict, present=st.booleans())
    if kind.takes_plain:
        simple |= value
    if kind.takes_pattern:
        simple |= st.builds(dict, matches=st.sampled_from(PATTERNS))
    if kind.scale:
        number = value.filter(lambda one: type(one) in {int, float})
        simple |= number.map(lambda one: {"min": one}) | st.builds(dict, max=number)
        simple |= st.builds(dict, near=number, tolerance=st.integers(0, 9))
        simple |= st.builds(dict, near=number, tolerance_percent=st.integers(0, 9))
    return st.recursive(
        simple,
        lambda inner: (
            st.lists(inner.filter(is_entry), min_size=1, max_size=2)
            | inner.map(lambda one: {"not": one})
            | st.lists(inner, min_size=1, max_size=2).map(lambda one: {"any_of": one})
        ),
        max_leaves=3,
    )


Strategies = dict[str, st.SearchStrategy[Any]]
NOTES: Strategies = {
    "message": st.just("because"),
    "enforcement_level": st.sampled_from(["advisory", "mandatory"]),
}


def expected(
    model: type[Strict], more: Strategies | None = None, notes: Strategies = NOTES
) -> st.SearchStrategy[dict[str, Any]]:
    """Make any expectation of a model; `more` are fields that are no constraints."""
    few: st.SearchStrategy[set[str]]
    fields = {name: constraints(kind) for name, kind in kinds_of(model).items()}
    few = st.sets(st.sampled_from(sorted(fields)), max_size=3)
    added = notes | (more or {})
    return few.flatmap(
        lambda names: st.fixed_dictionaries(
            {name: fields[name] for name in sorted(names)}, optional=added
        )
    )


def one_or_more(stream: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[Any]:
    """Make one stream expectation, or a list of them."""
    return stream | st.lists(stream, max_size=3)


STREAMS: Strategies = {
    "video": one_or_more(expected(VideoExpectation)),
    "audio": one_or_more(expected(AudioExpectation)),
}
SELECTORS = expected(Selector, notes={}).filter(bool)
OUTPUT_NAMES = st.sampled_from(["only", "720P", "m", "m/p", "hls", "7"])
SELECTED = OUTPUT_NAMES.map(lambda name: {"name": name}) | SELECTORS.map(
    lambda where: {"where": where}
)
OUTPUTS = st.lists(
    st.builds(
        lambda chosen, rest: chosen | rest,
        SELECTED,
        expected(OutputExpectation, STREAMS),
    ),
    max_size=3,
)
GROUPS = st.lists(
    st.builds(
        lambda name, rest: rest | {"name": name},
        OUTPUT_NAMES,
        expected(GroupExpectation, {"outputs": OUTPUTS}),
    ),
    max_size=2,
)
QUERIES = st.sampled_from(
    [
        "outputs[0].status",
        "length(outputs)",
        "raw.State",
        "length(raw.Nothing)",
        "outputs[].url",
        "@",
        "sum(outputs[].file.width)",
        "max_by(outputs, &file.duration_seconds).name",
    ]
)
RULES = st.lists(
    st.builds(lambda query, rest: rest | {"query": query}, QUERIES, expected(Rule)),
    max_size=3,
)
LANGUAGE = {
    "every_output": expected(EveryOutputExpectation, STREAMS),
    "outputs": OUTPUTS,
    "output_groups": GROUPS,
    "output_count": constraints(value_types.NUMBER),
    "other_outputs": st.sampled_from(["allow", "forbid"]),
    "consistent": st.builds(dict, duration_seconds=st.integers(0, 9)),
    "as_requested": st.booleans(),
}
WITHOUT_RULES = st.fixed_dictionaries({}, optional=LANGUAGE)
EXPECTATIONS = st.fixed_dictionaries({}, optional=LANGUAGE | {"rules": RULES})
