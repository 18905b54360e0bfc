"""Whatever may be demanded of a job, made by chance."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

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
    """Whether a demand may stand in a list, as a list may not."""
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
    """Make any expectation of a model; `more` are fields that are no demands."""
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
