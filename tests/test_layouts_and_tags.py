"""The many names of channel layouts and of codec tags."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_alicloud_mediaconvert.api.codec_tags import tag_names, tag_text
from pulumi_alicloud_mediaconvert.expect.layouts import SPEAKERS, layout_names

ALIKE = [
    {"mono", "1.0", "FC", "1 channels (FC)"},
    {"stereo", "2.0", "FL+FR", "2 channels (FL+FR)"},
    {"quad", "quad(side)"},
    {"5.0", "5.0(side)", "5.0(back)"},
    {"5.1", "5.1(side)", "5.1(back)", "6 channels (FL+FR+FC+LFE+SL+SR)"},
    {"6.0", "hexagonal"},
    {"6.1", "6.1(back)"},
    {"7.1(wide)", "7.1(wide-side)"},
    {"5.1.2", "5.1.2(back)"},
    {"5.1.4", "5.1.4(back)"},
]


@pytest.mark.parametrize("names", ALIKE, ids=sorted)
def test_one_layout_has_many_names(names):
    """Whichever pair the surround speakers are named by, a person hears the same."""
    for name in names:
        assert {*layout_names(name)} >= names
        assert layout_names(name)[0] == name


def test_layouts_of_other_speakers_are_others():
    """No name is one of two layouts: 7.1 is not 7.1(wide), downmix is not stereo."""
    alike = {frozenset(names & {*SPEAKERS}) for names in ALIKE}
    together = {pair for names in alike for pair in combinations(sorted(names), 2)}
    for pair in combinations(sorted(SPEAKERS), 2):
        is_one = pair[1] in layout_names(pair[0])
        assert is_one == (pair in together), pair


@given(st.text(max_size=30))
def test_an_unknown_layout_is_its_own(layout):
    """Whatever is reported has a name, and nothing raises."""
    assert layout in layout_names(layout)


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("0x31637668", "hvc1"),
        ("0X31637668", "hvc1"),
        ("828601960", "hvc1"),
        ("0x31766568", "hev1"),
        ("0x6134706d", "mp4a"),
        ("0x332d6361", "ac-3"),
        ("0x001b", "[27][0][0][0]"),
        ("27", "[27][0][0][0]"),
        ("0x1ffffffff", "0x1ffffffff"),
        ("hvc1", "hvc1"),
    ],
)
def test_digits_of_a_tag_are_its_letters(tag, text):
    """Four bytes, the lowest first, written as ffprobe writes them."""
    assert tag_text(tag) == text


@given(st.integers(0, 2**32 - 1))
def test_a_tag_is_one_however_it_is_written(number):
    """Letters, hexadecimal digits and decimal ones name each other."""
    names = {*tag_names(str(number))}

    for name in names:
        assert {*tag_names(name)} == names


@given(st.text(max_size=12))
def test_any_text_may_be_a_tag(text):
    """Nothing raises, and what is sent is shown first."""
    assert tag_names(text)[0] == text
