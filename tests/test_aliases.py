"""The many names of one thing, and that no two things share one."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_alicloud_mediaconvert.expect.aliases import (
    CODEC_TAGS,
    CODECS,
    FORMATS,
    LEVEL_1B,
    MANIFEST_FORMATS,
    codec_name,
    format_name,
    human_level,
    language_name,
    squeezed,
    stated_level,
)

CODEC_SPELLINGS = {
    "h264": ["H.264", "h264", "H264", "AVC", "avc1", "x264", "MPEG-4 AVC", " h.264\n"],
    "hevc": ["H.265", "h265", "HEVC", "x265"],
    "av1": ["AV1", "av01"],
    "vp9": ["VP9", "vp-9"],
    "mpeg2video": ["MPEG-2", "mpeg2video"],
    "aac": ["AAC", "mp4a"],
    "mp3": ["MP3", "libmp3lame"],
    "wmav1": ["WMA-V1", "wmav1"],
    "eac3": ["E-AC-3", "ec-3", "DDP"],
}
FORMAT_SPELLINGS = {
    "hls": ["HLS", "m3u8", "applehttp", "hls-fmp4"],
    "dash": ["DASH", "mpd", "MPEG-DASH"],
    "mpegts": ["ts", "MPEG-TS", "m2ts"],
    "matroska": ["mkv", "Matroska"],
    "mp4": ["MP4", "fmp4"],
    "mov": ["mov", "QuickTime"],
}
LANGUAGE_SPELLINGS = {
    "zh": ["zh", "zho", "chi", "cn", "CN ", "ZH"],
    "en": ["en", "eng", "EN"],
    "de": ["de", "deu", "ger"],
    "fr": ["fr", "fra", "fre"],
    "no": ["no", "nor"],
    "ja": ["ja", "jpn"],
}
NAMERS = [codec_name, format_name, language_name, squeezed]


def spelt(table):
    """List each spelling beside its name."""
    return [(text, name) for name, texts in table.items() for text in texts]


@pytest.mark.parametrize(("text", "name"), spelt(CODEC_SPELLINGS))
def test_codec_is_known_by_any_common_name(text, name):
    """A codec has the name that ffprobe gives it, however it is spelt."""
    assert codec_name(text) == name


@pytest.mark.parametrize(("text", "name"), spelt(FORMAT_SPELLINGS))
def test_format_is_known_by_any_common_name(text, name):
    """A container has the name that ffprobe gives it, however it is spelt."""
    assert format_name(text) == name


@pytest.mark.parametrize(("text", "name"), spelt(LANGUAGE_SPELLINGS))
def test_language_is_known_by_any_of_its_codes(text, name):
    """Both three-letter codes mean the two-letter one, and so does the vendor's."""
    assert language_name(text) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (codec_name("h264"), codec_name("hevc")),
        (codec_name("wmav1"), codec_name("wmav2")),
        (codec_name("ac3"), codec_name("eac3")),
        (codec_name("mpeg4"), codec_name("h264")),
        (codec_name("pcm_s16le"), codec_name("pcm_s16be")),
        (format_name("mp4"), format_name("mov")),
        (format_name("hls"), format_name("mpegts")),
        (language_name("zh"), language_name("ja")),
        (language_name("pt-BR"), language_name("pt-PT")),
        (language_name("made up"), language_name("made up too")),
    ],
)
def test_different_things_have_different_names(one, other):
    """What is alike by name alone is not one."""
    assert one != other


@pytest.mark.parametrize("table", [CODECS, FORMATS], ids=["codecs", "formats"])
def test_every_alias_means_one_thing(table):
    """No alias stands twice, each name is one of its own, and all are squeezed."""
    aliases = [alias for names in table.values() for alias in names]

    assert [alias for alias, times in Counter(aliases).items() if times > 1] == []
    assert all(name in names for name, names in table.items())
    assert [alias for alias in aliases if squeezed(alias) != alias] == []


def test_no_codec_tag_is_an_alias():
    """What only the tag tells apart must not be taken for the codec."""
    aliases = {alias for names in CODECS.values() for alias in names}

    assert not aliases & CODEC_TAGS.keys()
    assert {*CODEC_TAGS.values()} <= CODECS.keys()
    assert FORMATS.keys() >= MANIFEST_FORMATS


@pytest.mark.parametrize("name_of", NAMERS)
@given(text=st.text() | st.sampled_from(sorted(CODECS) + sorted(FORMATS)))
def test_a_name_names_itself(name_of, text):
    """Reading a name that was read already changes nothing; no text raises."""
    once = name_of(text)

    assert name_of(once) == once


@pytest.mark.parametrize(
    ("codec", "count", "level"),
    [
        ("h264", 9, LEVEL_1B),
        ("h264", 10, "1"),
        ("h264", 31, "3.1"),
        ("h264", 52, "5.2"),
        ("hevc", 93, "3.1"),
        ("hevc", 120, "4"),
        ("hevc", 153, "5.1"),
        ("vp9", 31, "3.1"),
        ("av1", 0, "2"),
        ("av1", 8, "4"),
        ("av1", 13, "5.1"),
        ("av1", 23, "7.3"),
        ("av1", 24, "24"),
        ("av1", 31, "31"),
        ("mpeg2video", 8, "8"),
        (None, 31, "31"),
    ],
)
def test_level_is_told_as_people_write_it(codec, count, level):
    """Each codec counts its levels in its own way; an unknown one is left alone."""
    assert human_level(codec, Decimal(count)) == Decimal(level)


@pytest.mark.parametrize(
    ("codec", "stated", "level"),
    [
        ("h264", "31", "3.1"),
        ("h264", "3.1", "3.1"),
        ("h264", "9", LEVEL_1B),
        ("h264", "93", "3.1"),
        ("hevc", "93", "3.1"),
        ("hevc", "31", "3.1"),
        ("hevc", "30", "1"),
        ("hevc", "120", "4"),
        ("hevc", "9.3", "9.3"),
        ("av1", "8", "4"),
        ("av1", "5.0", "5"),
        ("av1", "31", "3.1"),
        ("vp9", "31", "3.1"),
        ("h264", "10", "1"),
        ("h264", "100", "100"),
        ("av1", "23", "7.3"),
        ("h264", "255", "8.5"),
        ("h264", "256", "256"),
        ("hevc", "1e30", "1e30"),
        ("mpeg2video", "10", "10"),
        (None, "31", "31"),
    ],
)
def test_stated_level_is_read_in_the_count_of_its_codec_first(codec, stated, level):
    """A person may write 3.1 or a count: of the codec there, H.264's, or HEVC's."""
    assert stated_level(codec, Decimal(stated)) == Decimal(level)


@pytest.mark.parametrize(
    "level",
    [
        "1",
        "1.1",
        "1.2",
        "1.3",
        "2",
        "2.1",
        "2.2",
        "3",
        "3.1",
        "3.2",
        "4",
        "4.1",
        "4.2",
        "5",
        "5.1",
        "5.2",
        "6",
        "6.1",
        "6.2",
    ],
)
def test_every_level_of_h264_can_be_stated_by_its_count(level):
    """Whoever writes the count of H.264's table A-1 means its level anywhere."""
    count = Decimal(level) * 10

    assert stated_level("vp9", Decimal(int(count))) == Decimal(level)
