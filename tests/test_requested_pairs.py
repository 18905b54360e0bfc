"""Requests and deliveries are paired, whatever the request holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations import derived_constraints, requested
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.api.models import Job, Output, OutputGroup
from pulumi_alicloud_mediaconvert.as_requested.derive import derive
from pulumi_alicloud_mediaconvert.as_requested.request import flag_of
from pulumi_alicloud_mediaconvert.as_requested.rules import KNOWN

SAMPLE = Path(__file__).parent / "data" / "vendor-example.json"
FACTS = {
    *("output.format", "output.extension", "output.duration_seconds"),
    *("output.video_count", "output.audio_count", "video.codec", "video.profile"),
    *("video.long_edge", "video.short_edge", "video.display_width"),
    *("video.display_height", "video.fps", "video.avg_fps", "video.bitrate_kbps"),
    *("video.pix_fmt", "audio.codec", "audio.channels", "audio.sample_rate_hz"),
    "audio.bitrate_kbps",
}


def asked(names):
    """Request outputs of these names; the width tells which request is which."""
    return [
        {"Name": name, "OverrideParams": {"Video": {"Width": 2 + 2 * position}}}
        for position, name in enumerate(names)
    ]


def pairs(requests):
    """Return which delivery is held to which request, by the width stated."""
    return [
        (
            request.output.name,
            derived_constraints(request)["video.display_width"] // 2 - 1,
        )
        for request in requests
    ]


@pytest.mark.parametrize(
    ("requested", "delivered", "wanted", "left_over"),
    [
        pytest.param("ab", "ba", [("b", 1), ("a", 0)], 0, id="by-name"),
        pytest.param("ab", "xy", [("x", 0), ("y", 1)], 0, id="by-position"),
        pytest.param("ab", "ay", [("a", 0), ("y", 1)], 0, id="name-and-position"),
        pytest.param("ab", "b", [("b", 1)], 1, id="fewer-deliveries"),
        pytest.param("ab", "x", [], 2, id="counts-differ"),
        pytest.param("vv", "vv", [("v", 0), ("v", 1)], 0, id="one-name-twice"),
        pytest.param("ab", "bx", [("b", 1)], 1, id="position-taken-by-name"),
        pytest.param([None, ""], "xy", [("x", 0), ("y", 1)], 0, id="no-names"),
        pytest.param("", "x", [], 0, id="nothing-requested"),
    ],
)
@pytest.mark.parametrize("group", [None, "g"])
def test_requests_and_deliveries_are_paired_by_name_else_by_position(
    requested, delivered, wanted, left_over, group
):
    """A delivery is held to its own request, or to none."""
    outputs = [Output(name=name, group=group) for name in delivered]
    config = {"Outputs": asked(requested)}
    groups = []
    if group:
        config = {"OutputGroups": [{"Name": group, **config}]}
        groups = [OutputGroup(name=group, output_names=list(delivered))]

    requests, lines = derive(Job(config=config, outputs=outputs, output_groups=groups))

    assert pairs(requests) == wanted
    assert len(lines) == left_over
    assert all(line.endswith("no delivered output belongs to it") for line in lines)


def test_groups_of_one_name_keep_their_own_outputs():
    """Two groups may have one name; then their position tells."""
    job = Job(
        config={
            "OutputGroups": [
                {"Name": "g", "Outputs": asked("a")},
                {"Name": "g", "Outputs": asked("xb")},
            ]
        },
        outputs=[Output(name=name, group="g") for name in "axb"],
        output_groups=[
            OutputGroup(name="g", output_names=["a"]),
            OutputGroup(name="g", output_names=["x", "b"]),
        ],
    )

    requests, lines = derive(job)

    assert pairs(requests) == [("a", 0), ("x", 0), ("b", 1)]
    assert lines == []


def test_outputs_beside_groups_are_told_from_those_within():
    """Each delivery is held to the request of its own place."""
    job = Job(
        config={
            "Outputs": asked("az"),
            "OutputGroups": [
                {"Name": "g", "GroupConfig": {"Type": "Hls"}, "Outputs": asked("ab")},
                {"Name": "h", "Outputs": asked("b")},
            ],
        },
        outputs=[
            Output(name="a"),
            *(Output(name="b", group=group) for group in ("x", "g", "h")),
        ],
        output_groups=[
            OutputGroup(name=name, output_names=["b"]) for name in ("x", "g", "h")
        ],
    )

    requests, lines = derive(job)

    found = [
        (one.output.group, name, at) for one in requests for name, at in pairs([one])
    ]
    assert found == [(None, "a", 0), ("g", "b", 1), ("h", "b", 0)]
    assert "GroupConfig.Type" in {one.source for one in requests[1].constraints}
    assert lines == [
        'Outputs[1] "z": no delivered output belongs to it',
        'OutputGroups[0] "g"[0] "a": no delivered output belongs to it',
    ]


def test_a_group_that_was_not_delivered_is_named():
    """A person sees which request nothing was compared with."""
    job = Job(config={"OutputGroups": [{"Name": "hls", "Outputs": asked("ab")}]})

    assert derive(job) == (
        [],
        ['OutputGroups[0] "hls": no delivered output belongs to it'],
    )


@pytest.mark.parametrize(
    "config", [None, {}, {"Outputs": None}, {"Outputs": {}}, {"OutputGroups": "x"}]
)
def test_a_job_without_its_request_constraints_nothing(config):
    """Nothing is requested, nothing is demanded."""
    job = Job(config=config, outputs=[Output(name="v")])

    assert derive(job) == ([], [])


def test_the_vendors_sample_constraints_its_group_to_be_hls():
    """All else is left to a template there."""
    job = job_from_answer(json.loads(SAMPLE.read_text())["Job"])

    (single, grouped), lines = derive(job)

    assert derived_constraints(single) == {}
    assert derived_constraints(grouped) == {"output.format": "hls"}
    assert lines == []


def test_parameters_as_json_text_constraint_the_same():
    """The vendor's SDK sends text, the vendor's page shows objects."""
    params = {"Video": {"Width": "1280"}, "Container": {"Format": "mp4"}}
    answer = {
        "Config": {"Outputs": [{"Name": "v", "OverrideParams": json.dumps(params)}]},
        "OutputDetails": [{"Name": "v"}],
    }

    (request,), _ = derive(job_from_answer(answer))

    assert request.constraints == requested(params).constraints


KEYS = [
    *("OverrideParams", "Features", "Container", "Video", "Audio", "TransConfig"),
    *("Format", "Codec", "Profile", "Width", "Height", "Crop", "Pad", "Fps", "MaxFps"),
    *("Bitrate", "Maxrate", "PixFmt", "Remove", "Channels", "Samplerate", "Rotate"),
    *("LongShortMode", "IsCheckReso", "TransMode", "Clip", "TimeSpan", "Duration"),
    *("GroupConfig", "Type", "Name", "Outputs", "OutputGroups", "OutputFileName"),
]
VALUES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=9)
    | st.sampled_from(["H.264", "AAC", "1280", "9" * 400, "64:64:0:0", "CBR", "Hls"])
)
JSON = st.recursive(
    VALUES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=4), inner)
    ),
    max_leaves=20,
)
OBJECTS = st.dictionaries(st.sampled_from(KEYS), JSON)
TRANS = st.dictionaries(
    st.sampled_from(["TransMode", "IsCheckReso", "IsCheckVideoBitrate"]),
    st.sampled_from(["CBR", "fixCRF", True, False, "?"]),
)
ENTRIES = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "Name": JSON,
            "OverrideParams": st.fixed_dictionaries(
                {}, optional={"Video": OBJECTS, "Audio": OBJECTS, "Container": OBJECTS}
            )
            | JSON,
            "Features": JSON,
        },
    )
    | JSON,
    max_size=2,
)
GROUPS = st.lists(
    st.fixed_dictionaries({"GroupConfig": JSON, "Outputs": ENTRIES}) | JSON, max_size=2
)
CONFIGS = st.fixed_dictionaries(
    {}, optional={"Outputs": ENTRIES | JSON, "OutputGroups": GROUPS | JSON}
)


@given(CONFIGS)
def test_any_json_is_read_and_constraints_only_what_can_be_tested(config):
    """Hostile requests raise nothing, and make nothing up."""
    outputs = [Output(name="v"), Output(name="w"), Output(name="v", group="g")]
    groups = [OutputGroup(name="g", output_names=["v"]), OutputGroup()]
    job = Job(config=config, outputs=outputs, output_groups=groups)

    requests, lines = derive(job)

    for request in requests:
        assert {one.rule.fact for one in request.constraints} <= FACTS
        # Plain data: it survives JSON, which has no infinite numbers.
        for one in request.constraints:
            text = json.dumps(one.matcher, allow_nan=False)
            assert json.loads(text) == one.matcher
        lines += request.skipped
    assert all(line.isprintable() for line in lines)


# Of these nothing is demanded: they say how the others are meant.
CONDITIONS = frozenset({"LongShortMode"})


def keys_of(section):
    """Name the keys of an object that rules or conditions read."""
    return [key.partition(".")[2] for key in KNOWN if key.startswith(f"{section}.")]


STATED = {
    section: st.dictionaries(
        st.sampled_from([*keys_of(section), "Gop", "Rotate", "Volume", "Novelty"]),
        VALUES.filter(lambda value: value is not None),
    )
    for section in ("Container", "Video", "Audio", "MuxConfig")
}


@given(st.fixed_dictionaries({}, optional=STATED), TRANS)
def test_whatever_is_stated_is_demanded_or_listed(params, trans):
    """A constraint that is neither would be taken for one that was tested."""
    request = requested({**params, "TransConfig": trans})

    sources = [one.source for one in request.constraints]
    locations = [line.partition(": ")[0] for line in request.skipped]
    for section, entries in params.items():
        for key in entries.keys() - CONDITIONS:
            is_kept = key == "Remove" and flag_of(entries[key]) is False
            location = f"OverrideParams.{section}.{key}"
            assert is_kept or location in {*sources, *locations}
