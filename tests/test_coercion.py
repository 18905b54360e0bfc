import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_alicloud_mediaconvert.api.coercion import (
    as_amount,
    as_any_text,
    as_bitrate,
    as_count,
    as_frame_rate,
    as_layout,
    as_length,
    as_level,
    as_moment,
    as_name,
    as_number,
    as_percent,
    as_ratio,
    as_rotation,
    as_said,
    as_size,
    as_state,
    as_tag,
    as_text,
    as_whole,
    as_word,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
READERS = (
    *(as_text, as_name, as_state),
    *(as_number, as_amount, as_whole, as_count, as_bitrate, as_percent),
    *(as_level, as_size),
    *(as_said, as_word, as_tag, as_layout, as_ratio),
    *(as_frame_rate, as_length, as_moment, as_rotation),
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


WORDS = ["", " \n", "N/A", "unknown", "UNKNOWN", "Und", "none", "null", "Undefined"]


@pytest.mark.parametrize("sent", [*WORDS, "undetermined", "unspecified"], ids=repr)
def test_a_word_for_not_known_is_none(sent):
    """What a probe says when it does not know is no word, in whatever case."""
    for read in (as_text, as_word, as_tag, as_layout, as_ratio):
        assert read(sent) is None


@pytest.mark.parametrize(
    "sent", ["-99", -1, "unknown (0x1f)", "Unknown/0", "?", "--", "(-)"], ids=repr
)
def test_what_says_nothing_is_no_word(sent):
    """A number for none, a word with what was seen beside it, and mere signs."""
    assert as_word(sent) is None


@pytest.mark.parametrize(
    "sent", ["nan", "na", "nil", "zxx", "mis", "unknownish", "Main 10", "0", "Undo"]
)
def test_a_word_that_names_something_is_kept(sent):
    """Languages are named so, and numbers stand for profiles without a name."""
    assert as_word(sent) == sent


@pytest.mark.parametrize(
    "sent", ["0:1", "0/1", "1:0", "0/0", "0", "0.0", "-16:9", "1 : 0"]
)
def test_a_ratio_of_nothing_is_none(sent):
    """A probe prints a zero where it does not know."""
    assert as_ratio(sent) is None
    assert as_ratio("16:9") == "16:9"


ZEROS = [
    0,
    0.0,
    "0",
    "0.000",
    "0.f",
    "0/0",
    "0/1",
    "1/0",
    -1,
    "-99",
    "nan",
    "inf",
    True,
]


@pytest.mark.parametrize("sent", [*ZEROS, *WORDS, None, [], {}], ids=repr)
@pytest.mark.parametrize(
    "read",
    [as_size, as_bitrate, as_frame_rate, as_length],
    ids=lambda one: one.__name__,
)
def test_what_there_must_be_is_never_zero(read, sent):
    """Zero, below, and what is no number: a probe that did not find it."""
    assert read(sent) is None


def test_zero_is_a_fact_where_there_may_be_none():
    """An empty file, a start at zero or before, an upright picture, AV1's level."""
    assert (as_count("0"), as_moment("0.0"), as_rotation(0), as_level(0)) == (0,) * 4
    assert as_moment("-0.021") == -0.021


@pytest.mark.parametrize(
    ("sent", "read"), [(1000, 1000), (1000.1, None), ("90k", None)]
)
def test_a_time_base_is_no_frame_rate(sent, read):
    """Above 1,000 frames a second there is no film."""
    assert as_frame_rate(sent) == read
    assert as_frame_rate("90000/1") is as_frame_rate("1000000/999") is None


@pytest.mark.parametrize("sent", [-(2**63), 2**63, -(2**63) / 10**6, 2**63 / 10**6])
def test_a_mark_for_no_time_is_none(sent):
    """The number that ffprobe has for it, in units or in seconds."""
    assert as_moment(sent) is as_length(sent) is None


@pytest.mark.parametrize("sent", ["4.0", "31.", "3.1", -99, "unknown", 3.5], ids=repr)
def test_a_level_with_a_point_is_no_count(sent):
    """A service that wrote levels out would not be counting."""
    assert as_level(sent) is None


@given(st.integers(-8, 8), st.floats(-0.5, 0.5))
def test_a_rotation_near_a_quarter_turn_is_that_turn(turns, off):
    """Within half a degree, from text too."""
    angle = turns * 90 + off

    assert as_rotation(angle) == as_rotation(repr(angle)) == turns * 90


@given(st.floats(-800, 800).filter(lambda angle: 0.51 < angle % 90 < 89.49))
def test_another_rotation_stays_as_it_is(angle):
    """It turns the picture by what it says."""
    assert as_rotation(angle) == angle


@pytest.mark.parametrize("sent", ["left", "unknown", "1/0", "12°", True, [], "inf"])
def test_a_rotation_that_is_no_number_is_kept(sent):
    """It is there: nobody can say that the picture is upright."""
    assert isinstance(as_rotation(sent), str)
    assert as_rotation(None) is as_rotation(" ") is as_rotation("N/A") is None
