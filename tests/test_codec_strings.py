"""Codec strings of RFC 6381: what is stated instead of one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations import stated_in
from pulumi_alicloud_mediaconvert.expect.codec_strings import (
    ENTRIES,
    PARAMETERS,
    instead_of_codec_string,
)
from pulumi_alicloud_mediaconvert.expect.value_types import CODEC, LEVEL, PROFILE
from pulumi_alicloud_mediaconvert.verification.evaluation import fact_of, judge

STRINGS = [
    ("avc1.640028", {"codec": "h264", "profile": "High", "level": "4.0"}),
    ("avc1.42E01E", {"codec": "h264", "profile": "Constrained Baseline"}),
    ("avc1.42001E", {"profile": "Baseline", "level": "3.0"}),
    ("avc1.4d101b", {"profile": "Main", "level": "2.7"}),
    ("avc1.42f00b", {"level": "1b"}),
    ("avc1.64100b", {"level": "1.1"}),
    ("avc1.66.30", {"profile": "Baseline", "level": "3.0"}),
    ("avc3.6e0033", {"profile": "High 10", "level": "5.1", "codec_tag": "avc3"}),
    ("hvc1.1.6.L93.B0", {"codec": "hevc", "profile": "Main", "level": "3.1"}),
    ("hev1.2.4.H153.90", {"profile": "Main 10", "level": "5.1", "codec_tag": "hev1"}),
    ("hvc1.A1.80.L93.B0", {"profile": "Main"}),
    ("vvc1.1.L67.CQA.O1+3", {"codec": "vvc", "profile": "Main 10", "level": "4.1"}),
    ("av01.0.08M.08", {"codec": "av1", "profile": "Main", "level": "4.0"}),
    ("av01.1.13H.10.0.112", {"profile": "High", "level": "5.1"}),
    ("av01.0.31M.08", {"profile": "Main"}),
    ("vp09.02.41.10", {"codec": "vp9", "profile": "Profile 2", "level": "4.1"}),
    ("mp4a.40.2", {"codec": "aac"}),
    ("mp4a.40.34", {"codec": "mp3"}),
    ("mp4a.6B", {"codec": "mp3"}),
    ("mp4a.A6", {"codec": "eac3"}),
    ("mp4v.20.9", {"codec": "mpeg4"}),
    ("dvh1.05.06", {"codec": "hevc", "codec_tag": "dvh1"}),
    ("avc1.what", {"codec": "h264"}),
    ("AVC1.640028", {"level": "4.0"}),
]


@pytest.mark.parametrize(("text", "facts"), STRINGS, ids=lambda value: str(value)[:24])
def test_a_codec_string_is_told_in_facts(text, facts):
    """Codec, profile and level stand in it, each in a person's words."""
    assert facts.items() <= stated_in(instead_of_codec_string(text)).items()


@pytest.mark.parametrize("text", [text for text, _ in STRINGS])
def test_what_is_told_can_be_stated(text):
    """The words are those of an expectation, and mean something."""
    stated = stated_in(instead_of_codec_string(text))

    assert judge(stated["codec"], fact_of(stated["codec"]), CODEC) == "met"
    for key, kind in (("profile", PROFILE), ("level", LEVEL)):
        if key in stated:
            kind.read(stated[key])
    with pytest.raises(ValueError, match="RFC 6381"):
        CODEC.read(text)


@pytest.mark.parametrize(
    "name", ["avc1", "ac-3", "ec-3", "av01", "H.264", "E.AC.3", "mp4a", "Opus", "x.y"]
)
def test_a_name_without_parameters_is_no_codec_string(name):
    """Points in a name make no codec string of it."""
    assert instead_of_codec_string(name) is None


def test_each_codec_of_a_list_is_told():
    """The attribute `codecs` of a manifest names all of its streams."""
    assert instead_of_codec_string("avc1.64001f, mp4a.40.2") == (
        'codec "h264", profile "High" and level "3.1", for another stream codec "aac"'
    )


def test_all_that_is_read_is_an_entry():
    """No parameters are read of an entry that is not known."""
    assert PARAMETERS.keys() <= {*ENTRIES, *ENTRIES.values()}


@given(st.sampled_from(sorted(ENTRIES)), st.text("0123456789abcLHM.+é", min_size=1))
def test_any_parameters_name_the_codec(entry, parameters):
    """What is no good codec string still tells the codec; nothing raises."""
    assert "codec" in stated_in(instead_of_codec_string(f"{entry}.{parameters}"))
