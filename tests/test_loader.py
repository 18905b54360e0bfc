"""Expectations from a file: what it states."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import pytest

from jobs import JOB_ID
from pulumi_alicloud_mediaconvert.expect.loader import load_expectations
from pulumi_alicloud_mediaconvert.schema.check import check_inputs
from pulumi_alicloud_mediaconvert.schema.inputs import JobInputs

LADDER = {
    "outputs": [
        {
            "name": "720P-mp4",
            "duration_seconds": {"near": 403, "tolerance": 0.5},
            "video": {"codec": "h264", "width": 1280, "dar": "16:9"},
            "audio": [{"channels": 2}],
        }
    ],
    "other_outputs": "forbid",
}
LADDER_YAML = """\
# What was ordered.
outputs:
  - name: 720P-mp4
    duration_seconds: {near: 403, tolerance: 0.5}
    video:
      codec: h264
      width: 1280
      dar: 16:9
    audio: [{channels: 2}]
other_outputs: forbid
"""


@pytest.fixture
def file(tmp_path):
    """A YAML file."""
    return tmp_path / "expect.yaml"


def loaded(file: Path, text: str) -> Any:
    """Load what a text states."""
    file.write_text(text, "utf-8")
    return load_expectations(file)


def value_of(file: Path, text: str) -> Any:
    """Read one plain value from YAML."""
    return loaded(file, f"rules:\n- query: percent\n  must_be: {text}\n")["rules"][0][
        "must_be"
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("expect.yaml", LADDER_YAML),
        ("expect.yml", LADDER_YAML),
        ("expect", LADDER_YAML),
        ("expect.json", json.dumps(LADDER)),
        ("expect.JSON", json.dumps(LADDER, indent="\t")),
        ("expect.yaml", json.dumps(LADDER)),
    ],
)
def test_yaml_and_json_state_the_same(tmp_path, name, text):
    """One mapping, whatever it is written in."""
    assert loaded(tmp_path / name, text) == LADDER


def test_a_file_may_be_named_by_text(file):
    """A path is a `Path`, or its text."""
    file.write_text("as-requested\n")

    assert load_expectations(str(file)) == "as-requested"


def test_a_file_may_say_as_requested(tmp_path):
    """The one word that `expect` takes is also a file."""
    assert loaded(tmp_path / "expect.json", '"as-requested"') == "as-requested"


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path):
    """Files of some editors begin with one."""
    for name in ("expect.yaml", "expect.json"):
        assert loaded(tmp_path / name, '\ufeff{"output_count": 1}') == {
            "output_count": 1
        }


def test_what_is_returned_is_plain_data(file):
    """It can be stored, pickled and printed like what a program states itself."""
    stated = loaded(file, LADDER_YAML)

    assert json.loads(json.dumps(stated)) == LADDER
    assert pickle.loads(pickle.dumps(stated)) == LADDER  # noqa: S301  # our own
    assert types_in(stated) == {dict, list, str, int, float}


def types_in(value: Any) -> set[type]:
    """Return the types of all that a value is made of."""
    inner = value.values() if isinstance(value, dict) else value
    if not isinstance(value, dict | list):
        return {type(value)}
    return {type(value)}.union(*(types_in(one) for one in inner))


def test_what_is_returned_is_what_expect_takes(file):
    """A file goes through the same check as a mapping, and is stored as it is."""
    stated = loaded(file, LADDER_YAML)

    inputs = {"job_id": JOB_ID, "region": "cn-shanghai", "expect": stated}
    checked = check_inputs(inputs, JobInputs)
    assert checked.problems == []
    assert checked.values["expect"] == LADDER


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("16:9", "16:9"),
        ("12:30:00", "12:30:00"),
        ("no", "no"),
        ("on", "on"),
        ("y", "y"),
        ("2020-01-02", "2020-01-02"),
        ("2020-01-02T03:04:05Z", "2020-01-02T03:04:05Z"),
        ("010", 10),
        ("0o14", 12),
        ("0x1F", 31),
        ("+12", 12),
        ("1e3", 1000.0),
        ("1.50", 1.5),
        ("12345678901234567890", 12345678901234567890),
        ("true", True),
        ("FALSE", False),
        ("'1280'", "1280"),
        ("720P", "720P"),
        ("&a true", True),
        ("&a 3", 3),
        ("&a 1.5", 1.5),
        ("&a text", "text"),
        ("|-\n    text", "text"),
    ],
    ids=repr,
)
def test_a_plain_value_is_what_yaml_1_2_says(file, text, value):
    """Ratios, dates and words stay text; numbers are decimal unless marked."""
    found = value_of(file, text)

    assert (type(found), found) == (type(value), value)


def test_anchors_and_merge_keys_repeat_what_was_stated(file):
    """What several outputs have in common is written once."""
    text = """\
outputs:
- &common
  name: a
  video: &video {width: 1280}
- <<: *common
  name: b
- name: c
  video: *video
"""

    stated = loaded(file, text)

    assert stated == {
        "outputs": [{"name": name, "video": {"width": 1280}} for name in "abc"]
    }
