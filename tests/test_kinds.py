"""What it means to be equal, by kind of value, and what is no value of a kind."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_alicloud_mediaconvert.expect import kinds
from pulumi_alicloud_mediaconvert.expect.kinds import Kind
from pulumi_alicloud_mediaconvert.expect.matchers import Matcher
from pulumi_alicloud_mediaconvert.expect.readings import Level, exact
from pulumi_alicloud_mediaconvert.verification.judging import Fact, judge

KINDS = [kind for kind in vars(kinds).values() if isinstance(kind, Kind)]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=4,
)

EQUAL = [
    (kinds.NUMBER, 1280, 1280.0),
    (kinds.NUMBER, 0, -0.0),
    (kinds.NUMBER, 403.1, 403.1),
    (kinds.ANGLE, -90, 270),
    (kinds.ANGLE, 450, 90),
    (kinds.ANGLE, 0, 360),
    (kinds.RATE, 29.97, 30000 / 1001),
    (kinds.RATE, "29.97", 30000 / 1001),
    (kinds.RATE, "30000/1001", 29.97),
    (kinds.RATE, "30000 / 1001", 29.97003),
    (kinds.RATE, 23.976, 24000 / 1001),
    (kinds.RATE, 59.94, 60000 / 1001),
    (kinds.RATE, " 25 ", 25),
    (kinds.RATE, "25." + "0" * 37, 25),
    (kinds.RATE, 0, 0),
    (kinds.RATIO, "16:9", "16:9"),
    (kinds.RATIO, "16/9", "1920:1080"),
    (kinds.RATIO, "2.35:1", "47:20"),
    (kinds.RATIO, 1, "1:1"),
    (kinds.RATIO, "1.5", "3:2"),
    (kinds.LEVEL, 31, Level("h264", 31)),
    (kinds.LEVEL, 93, Level("hevc", 93)),
    (kinds.LEVEL, 93, Level("h264", 31)),
    (kinds.LEVEL, "3.1", Level("h264", 31)),
    (kinds.LEVEL, 3.1, Level("hevc", 93)),
    (kinds.LEVEL, "1b", Level("h264", 9)),
    (kinds.LEVEL, " 1B", Level("h264", 9)),
    (kinds.LEVEL, 4, Level("hevc", 120)),
    (kinds.LEVEL, "5.0", Level("av1", 12)),
    (kinds.LEVEL, 12, Level("av1", 12)),
    (kinds.LEVEL, 23, Level("h264", 23)),
    (kinds.LEVEL, 10, Level("mpeg2video", 10)),
    (kinds.LEVEL, 31, Level(None, 31)),
    (kinds.TEXT, "T-1 ", "T-1"),
    (kinds.WORD, "YUV420P", "yuv420p"),
    (kinds.CODEC, "H.264", "h264"),
    (kinds.CODEC, "WMA-V1", "wmav1"),
    (kinds.CODEC, "h265", "HEVC"),
    (kinds.PROFILE, "baseline", "Constrained Baseline"),
    (kinds.PROFILE, "Constrained-Baseline", "Constrained Baseline"),
    (kinds.PROFILE, "main10", "Main 10"),
    (kinds.FORMAT, "m3u8", "applehttp"),
    (kinds.FORMAT, "TS", "mpegts"),
    (kinds.LANGUAGE, "zho", "cn"),
    (kinds.LANGUAGE, "no", "nor"),
    (kinds.LANGUAGE, "zh", "zh-CN"),
    (kinds.LANGUAGE, "zh", "zh-Hans-CN"),
    (kinds.LANGUAGE, "zh-Hans", "zh-Hans-CN"),
    (kinds.LANGUAGE, "zh-CN", "zh-Hans-CN"),
    (kinds.LANGUAGE, "pt_BR", "pt-br"),
    (kinds.STATUS, "complete", "Success"),
    (kinds.STATUS, "Canceled", "Cancelled"),
    (kinds.EXTENSION, ".MP4", "mp4"),
    (kinds.PLAIN, 1280, 1280.0),
    (kinds.PLAIN, " a ", "a"),
    (kinds.PLAIN, True, True),
]
DIFFERENT = [
    (kinds.NUMBER, 1280, 1281),
    (kinds.NUMBER, 403.1, 403.1000001),
    (kinds.ANGLE, 90, 270),
    (kinds.RATE, 30, 30000 / 1001),
    (kinds.RATE, 29.97, 30),
    (kinds.RATE, 24, 24000 / 1001),
    (kinds.RATE, 0, 0.0001),
    (kinds.RATIO, "16:9", "9:16"),
    (kinds.RATIO, "1.78", "16:9"),
    (kinds.LEVEL, 31, Level("h264", 32)),
    (kinds.LEVEL, 30, Level("hevc", 90)),
    (kinds.LEVEL, "3.1", Level("h264", 30)),
    (kinds.LEVEL, "1b", Level("h264", 10)),
    (kinds.LEVEL, "1b", Level("h264", 11)),
    (kinds.LEVEL, "5.0", Level("av1", 5)),
    (kinds.LEVEL, 10**30, Level("hevc", 93)),
    (kinds.TEXT, "T-1", "t-1"),
    (kinds.WORD, "yuv420p", "yuvj420p"),
    (kinds.CODEC, "h264", "hevc"),
    (kinds.CODEC, "mpeg4", "h264"),
    (kinds.PROFILE, "Constrained Baseline", "Baseline"),
    (kinds.PROFILE, "Main", "Main 10"),
    (kinds.PROFILE, "Main", "Constrained Baseline"),
    (kinds.FORMAT, "mp4", "mov"),
    (kinds.FORMAT, "hls", "mpegts"),
    (kinds.LANGUAGE, "zh", "ja"),
    (kinds.LANGUAGE, "zh", "Chinese"),
    (kinds.LANGUAGE, "pt-BR", "pt-PT"),
    (kinds.LANGUAGE, "pt-BR", "es"),
    (kinds.LANGUAGE, "zh-Hant", "zh-Hans-CN"),
    (kinds.LANGUAGE, "de", "en-x-de"),
    (kinds.STATUS, "Success", "Skipped"),
    (kinds.STATUS, "Success", "Exploded"),
    (kinds.EXTENSION, "mp4", "m4a"),
    (kinds.PLAIN, 1, True),
    (kinds.PLAIN, "1", 1),
    (kinds.PLAIN, "A", "a"),
]
UNREADABLE = [
    (kinds.NUMBER, 1, "1"),
    (kinds.NUMBER, 1, True),
    (kinds.NUMBER, 1, float("nan")),
    (kinds.RATE, 25, "25 fps"),
    (kinds.RATE, 25, "25/0"),
    (kinds.RATIO, "1:1", "0:1"),
    (kinds.RATIO, "1:1", "1:0"),
    (kinds.RATIO, "1:1", "N/A"),
    (kinds.LEVEL, "3.1", Level(None, 31)),
    (kinds.LANGUAGE, "pt-BR", "por"),
    (kinds.LANGUAGE, "zh-Hans-CN", "zh-CN"),
    (kinds.PLAIN, 1, [1]),
]
NO_VALUES = [
    (kinds.NUMBER, "1280"),
    (kinds.NUMBER, True),
    (kinds.NUMBER, float("inf")),
    (kinds.MEASURE, "6 min"),
    (kinds.ANGLE, "90"),
    (kinds.ANGLE, 10**40),
    (kinds.RATE, "25 fps"),
    (kinds.RATE, "25/"),
    (kinds.RATE, "1e9"),
    (kinds.RATE, "9" * 41),
    (kinds.RATE, "25/0"),
    (kinds.RATIO, "16:0"),
    (kinds.RATIO, "16:"),
    (kinds.RATIO, "16:9:1"),
    (kinds.LEVEL, "high"),
    (kinds.LEVEL, "1c"),
    (kinds.TEXT, 1),
    (kinds.WORD, 420),
    (kinds.CODEC, "hvc1"),
    (kinds.CODEC, "HEV1"),
    (kinds.CODEC, "dvh1"),
    (kinds.CODEC, "avc3"),
    (kinds.CODEC, "AAC-LC"),
    (kinds.CODEC, 264),
    (kinds.PROFILE, 100),
    (kinds.FORMAT, True),
    (kinds.LANGUAGE, 49),
    (kinds.LANGUAGE, "chinese"),
    (kinds.CODEC, " "),
    (kinds.FORMAT, ""),
    (kinds.STATUS, 0),
    (kinds.EXTENSION, 4),
    (kinds.PLAIN, None),
]


def row_id(value):
    """Name a row by its kind and its values."""
    return value.name if isinstance(value, Kind) else repr(value)


def test_every_kind_has_its_rows():
    """A new kind needs rows: equal, different, and what is no value of it."""
    named = {kind.name for kind in KINDS}
    # A measure is a number of which no plain value is taken.
    plain = named - {kinds.MEASURE.name}

    assert {row[0].name for row in EQUAL} == plain
    assert {row[0].name for row in DIFFERENT} == plain
    assert {row[0].name for row in NO_VALUES} == named


@pytest.mark.parametrize(("kind", "wanted", "seen"), EQUAL, ids=row_id)
def test_what_means_the_same_is_equal(kind, wanted, seen):
    """A person's spelling is met by the API's."""
    assert judge(wanted, Fact((seen,)), kind) == "met"


@pytest.mark.parametrize(("kind", "wanted", "seen"), DIFFERENT, ids=row_id)
def test_what_is_alike_is_not_equal(kind, wanted, seen):
    """A wrong file is not met by the spelling of a right one."""
    assert judge(wanted, Fact((seen,)), kind) == "missed"


@pytest.mark.parametrize(("kind", "wanted", "seen"), UNREADABLE, ids=row_id)
def test_what_cannot_be_read_decides_nothing(kind, wanted, seen):
    """A fact that is no value of its kind is neither equal nor different."""
    assert judge(wanted, Fact((seen,)), kind) == "inconclusive"


@pytest.mark.parametrize(("kind", "value"), NO_VALUES, ids=row_id)
def test_what_is_no_value_of_a_kind_cannot_be_demanded(kind, value):
    """A demand is read as strictly as a person can be told."""
    with pytest.raises((ValueError, ArithmeticError)):
        kind.read(value)


@pytest.mark.parametrize(
    ("codec", "advice"),
    [
        ("hvc1", 'write codec "hevc" and codec_tag "hvc1"'),
        ("Avc3", 'write codec "h264" and codec_tag "avc3"'),
        ("HE-AAC v2", 'which the API does not report of audio; write "aac"'),
    ],
)
def test_codec_that_another_fact_tells_is_refused_with_advice(codec, advice):
    """A tag or an audio profile in place of a codec gets the words for it."""
    with pytest.raises(ValueError, match=advice) as caught:
        kinds.CODEC.read(codec)

    assert str(caught.value).startswith(f'"{codec}"')


@pytest.mark.parametrize(
    ("bounds", "rate", "is_met"),
    [
        ({"max": 29.97}, 30000 / 1001, True),
        ({"min": "30000/1001"}, 29.97, True),
        ({"max": 25}, 25.0075, True),
        ({"max": 25}, 25.0076, False),
        ({"min": 25}, 24.9925, True),
        ({"min": 25}, 24.9924, False),
        ({"min": 30}, 30000 / 1001, False),
        ({"max": 29.97}, 30, False),
    ],
    ids=repr,
)
def test_bounds_of_rates_have_the_slack_of_equality(bounds, rate, is_met):
    """A rate is within a bound if it is equal to it: 0.03 % either way."""
    demand = Matcher.model_validate(bounds)

    found = judge(demand, Fact((rate,)), kinds.RATE)

    assert found == ("met" if is_met else "missed")


@pytest.mark.parametrize(
    ("kind", "demand", "seen", "is_met"),
    [
        (kinds.RATIO, {"min": "16:9"}, "16:9", True),
        (kinds.RATIO, {"min": "16:9"}, "4:3", False),
        (kinds.RATIO, {"near": 1.78, "tolerance": 0.01}, "16:9", True),
        (kinds.LEVEL, {"max": "3.1"}, Level("hevc", 93), True),
        (kinds.LEVEL, {"max": "3.1"}, Level("hevc", 120), False),
        (kinds.LEVEL, {"min": 31}, Level("hevc", 93), True),
        (kinds.LEVEL, {"max": 40}, Level("av1", 9), False),
    ],
    ids=row_id,
)
def test_ratios_and_levels_have_an_order(kind, demand, seen, is_met):
    """A bound is compared as a number, whichever way either is written."""
    found = judge(Matcher.model_validate(demand), Fact((seen,)), kind)

    assert found == ("met" if is_met else "missed")


@pytest.mark.parametrize("kind", KINDS, ids=row_id)
def test_only_rates_have_slack(kind):
    """Every other bound is exact."""
    assert bool(kind.slack) == (kind is kinds.RATE)


@pytest.mark.parametrize(
    ("level", "text"),
    [
        (Level("h264", 31), "31 (3.1)"),
        (Level("h264", 9), "9 (1b)"),
        (Level("hevc", 93), "93 (3.1)"),
        (Level("av1", 12), "12 (5)"),
        (Level("mpeg2video", 8), "8"),
        (Level(None, 31), "31"),
    ],
    ids=str,
)
def test_level_is_shown_as_sent_and_as_people_write_it(level, text):
    """A count beside the level that it stands for."""
    assert str(level) == text


def test_true_is_not_one_however_often_it_is_read():
    """What a kind remembers of 1 is not taken for true, which equals it in Python."""
    assert kinds.PLAIN.read(1) == ("number", 1)
    assert kinds.PLAIN.read(True) == ("boolean", True)  # noqa: FBT003  # the value itself
    assert kinds.PLAIN.read(1.0)[0] == "number"


@given(st.decimals(-(10**9), 10**9, places=6))
def test_numbers_are_the_decimals_that_people_read(number):
    """A float is the shortest decimal that it prints as, not its binary form."""
    assert exact(float(number)) == number


@given(
    over=st.integers(1, 10**6), under=st.integers(1, 10**6), factor=st.integers(1, 99)
)
def test_ratios_are_equal_by_cross_multiplication(over, under, factor):
    """A ratio is met by each of its multiples and by nothing else."""
    seen = f"{over * factor}:{under * factor}"

    assert kinds.RATIO.read(f"{over}:{under}") == kinds.RATIO.fact(seen)
    assert kinds.RATIO.read(f"{over}/{under}") == Fraction(over, under)


@given(st.integers(0, 359), st.integers(-5, 5))
def test_angles_are_equal_after_whole_turns(degrees, turns):
    """However often it is turned about: 450 degrees are 90."""
    assert kinds.ANGLE.read(degrees + 360 * turns) == Decimal(degrees)


@pytest.mark.parametrize("kind", KINDS, ids=row_id)
@given(value=JSON)
def test_reading_raises_nothing_but_what_is_told(kind, value):
    """Whatever is demanded is read, or refused by an error of a value."""
    try:
        kind.read(value)
    except (ValueError, ArithmeticError):
        return
    assert isinstance(value, bool | int | float | str)
