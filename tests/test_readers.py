import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_alicloud_mediaconvert.api.readers import (
    as_amount,
    as_any_text,
    as_bitrate,
    as_count,
    as_name,
    as_number,
    as_percent,
    as_state,
    as_text,
    as_whole,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
READERS = (
    *(as_text, as_name, as_state),
    *(as_number, as_amount, as_whole, as_count, as_bitrate, as_percent),
)


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (25, 25),
        (888.563, 888.563),
        ("888.563", 888.563),
        (" 25\n", 25),
        ("0.0f", 0),
        ("12.5f", 12.5),
        ("-3", -3),
        ("1e3", 1000),
        ("30000/1001", 30000 / 1001),
    ],
    ids=repr,
)
def test_numbers_are_read_from_text_too(sent, read):
    """A number is a number, whether the API sends it as one, as text or a fraction."""
    assert as_number(sent) == read


@pytest.mark.parametrize(
    "sent",
    [
        *(
            None,
            True,
            "",
            "N/A",
            "0.f",
            " 0.f\n",
            "25 fps",
            "1,5",
            "0/0",
            "nan",
            "inf",
            "1e999",
        ),
        *(10**400, float("nan"), float("inf"), [], {}),
    ],
    ids=repr,
)
def test_what_is_no_number_was_not_reported(sent):
    """What cannot be read as a finite number counts as absent, and raises nothing."""
    assert as_number(sent) is None


@pytest.mark.parametrize(
    ("sent", "read"),
    [("44100", 44100), (2.0, 2), ("3000000000", 3_000_000_000), (1.5, None)],
)
def test_whole_numbers_are_exact(sent, read):
    """A whole number is read from any spelling, a fraction is none."""
    assert as_whole(sent) == read


def test_whole_numbers_beyond_floats_are_not_read():
    """Beyond 2**53 the engine could not hold the number."""
    assert as_whole(2**53) == 2**53
    assert as_whole(2**60) is None


@pytest.mark.parametrize("sent", ["0.f", 0, "0", "N/A", None], ids=repr)
def test_bit_rate_of_zero_was_not_reported(sent):
    """The service says zero where it found no bit rate."""
    assert as_bitrate(sent) is None


@pytest.mark.parametrize("sent", [-1, "-1", -0.5, "-99"], ids=repr)
def test_less_than_nothing_was_not_reported(sent):
    """Below zero a number of what there is stands for one that nobody knows."""
    readers = (as_amount, as_count, as_bitrate)

    assert [read(sent) for read in readers] == [None] * len(readers)
    assert (as_amount("0.0"), as_count(0)) == (0, 0)


@pytest.mark.parametrize(("sent", "read"), [(31, 31), ("93", 93), (-99, None)])
def test_level_that_no_stream_states_was_not_reported(sent, read):
    """A level of -99 means that the stream has none."""
    assert as_count(sent) == read


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("oss://bucket/video.mp4\n", "oss://bucket/video.mp4"),
        ("780018cb  ", "780018cb"),
        ("******4579b5e7******", "******4579b5e7******"),
        (7, "7"),
        ("\ud800", "?"),
        ("N/A", None),
        ("und", None),
        (" \n", None),
        (None, None),
    ],
    ids=repr,
)
def test_text_is_trimmed(sent, read):
    """Text loses its blanks, nothing said is `None`."""
    assert as_text(sent) == as_any_text(sent) == read


@pytest.mark.parametrize("name", ["und", "UND", "N/A"])
def test_a_name_may_be_any_word(name):
    """What stands for nothing elsewhere is a name of its own, such as of a track."""
    assert as_name(f" {name}\n") == name
    assert as_name(" \n") is as_name(None) is as_name([]) is None


@pytest.mark.parametrize("sent", [[], {}, ["h264"], {"videoId": "高清"}], ids=repr)
def test_what_is_no_text_is_not_taken_for_one(sent):
    """A list or an object is text only where any JSON may stand."""
    assert as_text(sent) is None
    assert as_any_text(sent) == json.dumps(sent, ensure_ascii=False)


@pytest.mark.parametrize(
    ("words", "state"),
    [
        (["Success", "Complete"], "Success"),
        (["Failed", "Error"], "Failed"),
        (["Cancelled", "Canceled"], "Cancelled"),
        (["Inited"], "Inited"),
        (["Running"], "Running"),
        (["Init"], "Init"),
        (["Scheduled"], "Scheduled"),
        (["Skipped"], "Skipped"),
    ],
    ids=lambda value: value if isinstance(value, str) else " or ".join(value),
)
def test_states_of_both_vocabularies_are_one(words, state):
    """Either word of the vendor, in any case, is read as the documented one."""
    spelt = [change(word) for word in words for change in (str, str.upper, str.lower)]

    assert {as_state(f" {word}\n") for word in spelt} == {state}


def test_unknown_state_stays_as_sent():
    """A word that nobody documented is kept, case included."""
    assert as_state("PauseD") == "PauseD"


@pytest.mark.parametrize(
    ("sent", "percent"),
    [
        *[(17, 17), ("17", 17), (17.3, 17), ("17.3", 17), ("17.3 %", 17)],
        *[("17%", 17), ("17\N{FULLWIDTH PERCENT SIGN}", 17), (99.9, 99), (100, 100)],
        *[(0, 0), ("0.9", 0), (-1, None), ("-0.5", None), (100.5, None)],
        *[(1000, None), ("nan", None), ("half", None), (True, None), (None, None)],
        *[("%", None), ("17,3", None), ([17], None), ({"done": 17}, None)],
    ],
    ids=repr,
)
def test_a_progress_is_whole_and_never_runs_ahead(sent, percent):
    """Sign and decimals are cut off; what is no share of the whole tells nothing."""
    assert as_percent(sent) == percent


@given(JSON)
def test_no_reader_raises(value):
    """Any JSON is read as a value or as nothing."""
    for read in READERS:
        read(value)


@given(JSON)
def test_reading_twice_changes_nothing(value):
    """What was stored is read back as it is."""
    for read in READERS:
        once = read(value)
        assert read(once) == once
