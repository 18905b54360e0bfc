"""What it means to be equal, by kind of value, and what is no value of a kind."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_alicloud_mediaconvert.expect import value_types
from pulumi_alicloud_mediaconvert.expect.matchers import Matcher
from pulumi_alicloud_mediaconvert.expect.value_parsers import Level, exact
from pulumi_alicloud_mediaconvert.expect.value_types import ValueType
from pulumi_alicloud_mediaconvert.verification.evaluation import Fact, judge

KINDS = [kind for kind in vars(value_types).values() if isinstance(kind, ValueType)]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=4,
)

EQUAL = [
    (value_types.NUMBER, 1280, 1280.0),
    (value_types.NUMBER, 0, -0.0),
    (value_types.NUMBER, 403.1, 403.1),
    (value_types.ANGLE, -90, 270),
    (value_types.ANGLE, 450, 90),
    (value_types.ANGLE, 0, 360),
    (value_types.RATE, 29.97, 30000 / 1001),
    (value_types.RATE, "29.97", 30000 / 1001),
    (value_types.RATE, "30000/1001", 29.97),
    (value_types.RATE, "30000 / 1001", 29.97003),
    (value_types.RATE, 23.976, 24000 / 1001),
    (value_types.RATE, 59.94, 60000 / 1001),
    (value_types.RATE, " 25 ", 25),
    (value_types.RATE, "25." + "0" * 37, 25),
    (value_types.RATE, 0, 0),
    (value_types.RATIO, "16:9", "16:9"),
    (value_types.RATIO, "16/9", "1920:1080"),
    (value_types.RATIO, "2.35:1", "47:20"),
    (value_types.RATIO, 1, "1:1"),
    (value_types.RATIO, "1.5", "3:2"),
    (value_types.LEVEL, 31, Level("h264", 31)),
    (value_types.LEVEL, 93, Level("hevc", 93)),
    (value_types.LEVEL, 93, Level("h264", 31)),
    (value_types.LEVEL, "3.1", Level("h264", 31)),
    (value_types.LEVEL, 3.1, Level("hevc", 93)),
    (value_types.LEVEL, "1b", Level("h264", 9)),
    (value_types.LEVEL, " 1B", Level("h264", 9)),
    (value_types.LEVEL, 4, Level("hevc", 120)),
    (value_types.LEVEL, "5.0", Level("av1", 12)),
    (value_types.LEVEL, 12, Level("av1", 12)),
    (value_types.LEVEL, 23, Level("h264", 23)),
    (value_types.LEVEL, 10, Level("mpeg2video", 10)),
    (value_types.LEVEL, 31, Level(None, 31)),
    (value_types.TEXT, "T-1 ", "T-1"),
    (value_types.WORD, "YUV420P", "yuv420p"),
    (value_types.CODEC, "H.264", "h264"),
    (value_types.CODEC, "WMA-V1", "wmav1"),
    (value_types.CODEC, "h265", "HEVC"),
    (value_types.PROFILE, "baseline", "Constrained Baseline"),
    (value_types.PROFILE, "Constrained-Baseline", "Constrained Baseline"),
    (value_types.PROFILE, "main10", "Main 10"),
    (value_types.FORMAT, "m3u8", "applehttp"),
    (value_types.FORMAT, "TS", "mpegts"),
    (value_types.LANGUAGE, "zho", "cn"),
    (value_types.LANGUAGE, "no", "nor"),
    (value_types.LANGUAGE, "zh", "zh-CN"),
    (value_types.LANGUAGE, "zh", "zh-Hans-CN"),
    (value_types.LANGUAGE, "zh-Hans", "zh-Hans-CN"),
    (value_types.LANGUAGE, "zh-CN", "zh-Hans-CN"),
    (value_types.LANGUAGE, "pt_BR", "pt-br"),
    (value_types.STATUS, "complete", "Success"),
    (value_types.STATUS, "Canceled", "Cancelled"),
    (value_types.EXTENSION, ".MP4", "mp4"),
    (value_types.PLAIN, 1280, 1280.0),
    (value_types.PLAIN, " a ", "a"),
    (value_types.PLAIN, True, True),
]
DIFFERENT = [
    (value_types.NUMBER, 1280, 1281),
    (value_types.NUMBER, 403.1, 403.1000001),
    (value_types.ANGLE, 90, 270),
    (value_types.RATE, 30, 30000 / 1001),
    (value_types.RATE, 29.97, 30),
    (value_types.RATE, 24, 24000 / 1001),
    (value_types.RATE, 0, 0.0001),
    (value_types.RATIO, "16:9", "9:16"),
    (value_types.RATIO, "1.78", "16:9"),
    (value_types.LEVEL, 31, Level("h264", 32)),
    (value_types.LEVEL, 30, Level("hevc", 90)),
    (value_types.LEVEL, "3.1", Level("h264", 30)),
    (value_types.LEVEL, "1b", Level("h264", 10)),
    (value_types.LEVEL, "1b", Level("h264", 11)),
    (value_types.LEVEL, "5.0", Level("av1", 5)),
    (value_types.LEVEL, 10**30, Level("hevc", 93)),
    (value_types.TEXT, "T-1", "t-1"),
    (value_types.WORD, "yuv420p", "yuvj420p"),
    (value_types.CODEC, "h264", "hevc"),
    (value_types.CODEC, "mpeg4", "h264"),
    (value_types.PROFILE, "Constrained Baseline", "Baseline"),
    (value_types.PROFILE, "Main", "Main 10"),
    (value_types.PROFILE, "Main", "Constrained Baseline"),
    (value_types.FORMAT, "mp4", "mov"),
    (value_types.FORMAT, "hls", "mpegts"),
    (value_types.LANGUAGE, "zh", "ja"),
    (value_types.LANGUAGE, "zh", "Chinese"),
    (value_types.LANGUAGE, "pt-BR", "pt-PT"),
    (value_types.LANGUAGE, "pt-BR", "es"),
    (value_types.LANGUAGE, "zh-Hant", "zh-Hans-CN"),
    (value_types.LANGUAGE, "de", "en-x-de"),
    (value_types.STATUS, "Success", "Skipped"),
    (value_types.STATUS, "Success", "Exploded"),
    (value_types.EXTENSION, "mp4", "m4a"),
    (value_types.PLAIN, 1, True),
    (value_types.PLAIN, "1", 1),
    (value_types.PLAIN, "A", "a"),
]
UNREADABLE = [
    (value_types.NUMBER, 1, "1"),
    (value_types.NUMBER, 1, True),
    (value_types.NUMBER, 1, float("nan")),
    (value_types.RATE, 25, "25 fps"),
    (value_types.RATE, 25, "25/0"),
    (value_types.RATIO, "1:1", "0:1"),
    (value_types.RATIO, "1:1", "1:0"),
    (value_types.RATIO, "1:1", "N/A"),
    (value_types.LEVEL, "3.1", Level(None, 31)),
    (value_types.LANGUAGE, "pt-BR", "por"),
    (value_types.LANGUAGE, "zh-Hans-CN", "zh-CN"),
    (value_types.PLAIN, 1, [1]),
]
NO_VALUES = [
    (value_types.NUMBER, "1280"),
    (value_types.NUMBER, True),
    (value_types.NUMBER, float("inf")),
    (value_types.MEASURE, "6 min"),
    (value_types.ANGLE, "90"),
    (value_types.ANGLE, 10**40),
    (value_types.RATE, "25 fps"),
    (value_types.RATE, "25/"),
    (value_types.RATE, "1e9"),
    (value_types.RATE, "9" * 41),
    (value_types.RATE, "25/0"),
    (value_types.RATIO, "16:0"),
    (value_types.RATIO, "16:"),
    (value_types.RATIO, "16:9:1"),
    (value_types.LEVEL, "high"),
    (value_types.LEVEL, "1c"),
    (value_types.TEXT, 1),
    (value_types.WORD, 420),
    (value_types.CODEC, "hvc1"),
    (value_types.CODEC, "HEV1"),
    (value_types.CODEC, "dvh1"),
    (value_types.CODEC, "avc3"),
    (value_types.CODEC, "AAC-LC"),
    (value_types.CODEC, 264),
    (value_types.PROFILE, 100),
    (value_types.FORMAT, True),
    (value_types.LANGUAGE, 49),
    (value_types.LANGUAGE, "chinese"),
    (value_types.CODEC, " "),
    (value_types.FORMAT, ""),
    (value_types.STATUS, 0),
    (value_types.EXTENSION, 4),
    (value_types.PLAIN, None),
]


def row_id(value):
    """Name a row by its kind and its values."""
    return value.name if isinstance(value, ValueType) else repr(value)


def test_every_kind_has_its_rows():
    """A new kind needs rows: equal, different, and what is no value of it."""
    named = {kind.name for kind in KINDS}
    # A measure is a number of which no plain value is taken.
    plain = named - {value_types.MEASURE.name}

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
    """A constraint is read as strictly as a person can be told."""
    with pytest.raises((ValueError, ArithmeticError)):
        kind.read(value)


@pytest.mark.parametrize(
    ("codec", "advice"),
    [
        ("hvc1", 'write codec "hevc" and codec_tag "hvc1"'),
        ("Avc3", 'write codec "h264" and codec_tag "avc3"'),
        ("HE-AAC v2", 'which the API does not report for audio; write "aac"'),
    ],
)
def test_codec_that_another_fact_tells_is_refused_with_advice(codec, advice):
    """A tag or an audio profile in place of a codec gets the words for it."""
    with pytest.raises(ValueError, match=advice) as caught:
        value_types.CODEC.read(codec)

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
    constraint = Matcher.model_validate(bounds)

    found = judge(constraint, Fact((rate,)), value_types.RATE)

    assert found == ("met" if is_met else "missed")


@pytest.mark.parametrize(
    ("kind", "constraint", "seen", "is_met"),
    [
        (value_types.RATIO, {"min": "16:9"}, "16:9", True),
        (value_types.RATIO, {"min": "16:9"}, "4:3", False),
        (value_types.RATIO, {"near": 1.78, "tolerance": 0.01}, "16:9", True),
        (value_types.LEVEL, {"max": "3.1"}, Level("hevc", 93), True),
        (value_types.LEVEL, {"max": "3.1"}, Level("hevc", 120), False),
        (value_types.LEVEL, {"min": 31}, Level("hevc", 93), True),
        (value_types.LEVEL, {"max": 40}, Level("av1", 9), False),
    ],
    ids=row_id,
)
def test_ratios_and_levels_have_an_order(kind, constraint, seen, is_met):
    """A bound is compared as a number, whichever way either is written."""
    found = judge(Matcher.model_validate(constraint), Fact((seen,)), kind)

    assert found == ("met" if is_met else "missed")


@pytest.mark.parametrize("kind", KINDS, ids=row_id)
def test_only_rates_have_slack(kind):
    """Every other bound is exact."""
    assert bool(kind.slack) == (kind is value_types.RATE)


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
    assert value_types.PLAIN.read(1) == ("number", 1)
    assert value_types.PLAIN.read(True) == ("boolean", True)  # noqa: FBT003  # the value itself
    assert value_types.PLAIN.read(1.0)[0] == "number"


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

    assert value_types.RATIO.read(f"{over}:{under}") == value_types.RATIO.fact(seen)
    assert value_types.RATIO.read(f"{over}/{under}") == Fraction(over, under)


@given(st.integers(0, 359), st.integers(-5, 5))
def test_angles_are_equal_after_whole_turns(degrees, turns):
    """However often it is turned about: 450 degrees are 90."""
    assert value_types.ANGLE.read(degrees + 360 * turns) == Decimal(degrees)


@pytest.mark.parametrize("kind", KINDS, ids=row_id)
@given(value=JSON)
def test_reading_raises_nothing_but_what_is_told(kind, value):
    """Whatever is demanded is read, or refused by an error of a value."""
    try:
        kind.read(value)
    except (ValueError, ArithmeticError):
        return
    assert isinstance(value, bool | int | float | str)
