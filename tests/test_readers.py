import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_alicloud_mediaconvert.readers import (
    as_any_text,
    as_bitrate,
    as_level,
    as_number,
    as_state,
    as_text,
    as_whole,
    clean_texts,
    decode_json_text,
)

SECRET = "marked-secret"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
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


@pytest.mark.parametrize(("sent", "read"), [(31, 31), ("93", 93), (-99, None)])
def test_level_that_no_stream_states_was_not_reported(sent, read):
    """A level of -99 means that the stream has none."""
    assert as_level(sent) == read


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
    "query",
    [
        f"Expires=1&OSSAccessKeyId=LTAI&Signature={SECRET}",
        f"x-oss-signature-version=OSS4-HMAC-SHA256&x-oss-signature={SECRET}",
        f"security-token={SECRET}",
        f"auth_key=1-0-0-{SECRET}",
        f"X-Amz-Signature={SECRET}",
        f"a=1&amp;Signature={SECRET}",
        rf"a=1\u0026Signature={SECRET}",
        f"to=https%3A%2F%2Fa%2Fb%3FSignature%3D{SECRET}",
        f"to=https%253A%252F%252Fa%252Fb%253FSignature%253D{SECRET}",
        f"x-oss-date=20260102T030405Z&x-oss-expires=60&sig-is-cut-off={SECRET}",
        f"Expires=1767323045&cut-off={SECRET}",
        f"MtsHlsUriToken={SECRET}",
        f"Policy={SECRET}&Key-Pair-Id=K",
        f"X-Goog-Credential={SECRET}",
        f"q-ak=AKID&q-sign-time=1;2&q-signature={SECRET}",
    ],
)
@pytest.mark.parametrize(
    "place",
    ["{}", "see {} for it", '{{"url": "{}"}}', r"{{\"url\": \"{}\", \"a\": 1}}"],
    ids=["alone", "in a sentence", "in JSON text", "in JSON text in JSON text"],
)
def test_query_that_signs_a_url_is_cut(query, place):
    """The query goes, and nothing but the query, wherever the URL stands."""
    text = place.format(f"https://bucket.oss.aliyuncs.com/v.mp4?{query}")

    assert clean_texts(text) == place.format("https://bucket.oss.aliyuncs.com/v.mp4")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            f"//a/b?name='a b'&OSSAccessKeyId=LTAI&Signature={SECRET} is bad",
            "//a/b?name='a b' is bad",
        ),
        (f'//a/b?name="x"&Signature={SECRET}', '//a/b?name="x"'),
        (f"OSSAccessKeyId=LTAI&Expires=1&Signature={SECRET}", ""),
        (f'{{"query": "a=1&Signature={SECRET}"}}', '{"query": "a=1"}'),
    ],
    ids=["quotes within", "quotes and no blank", "query alone", "query in JSON text"],
)
def test_the_rest_of_a_query_is_cut(text, left):
    """What quotes took out of a query, or stands without an address, signs no less."""
    assert clean_texts(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "http://a/v.m3u8?version=2&signal=5",
        "http://a/v.jpg?x-oss-process=video/snapshot,t_7000",
        "http://a/v.m3u8?tokens=3&design=4&assign=5",
        "really? sign=here",
        "the sign=here is no query",
        "no query",
    ],
)
def test_harmless_query_is_kept(text):
    """A query that signs nothing is part of the address."""
    assert clean_texts(text) == text


def documented_parameters():
    """Read which parameters the README says to be cut."""
    readme = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
    [text] = re.findall(r"<!-- cut -->\n(.*?)<!-- end -->", readme, re.DOTALL)
    names = re.findall(r"`([\w*-]+)`", text)
    return sorted({*names} - {"x-oss-process"})


@pytest.mark.parametrize("name", documented_parameters())
@pytest.mark.parametrize("spelt", [str, str.upper, str.lower])
def test_what_the_reference_says_to_be_cut_is_cut(name, spelt):
    """Each parameter alone is enough, in any case."""
    parameter = spelt(name.replace("*", "anything"))

    assert clean_texts(f"http://a/b?x=1&{parameter}={SECRET}&y=2") == "http://a/b"


def test_texts_are_cleaned_however_deep():
    """Lists, objects and their keys are searched too."""
    signed = f"//a/b?Signature={SECRET}"

    cleaned = clean_texts([{"deep": [signed, 1, None]}, {signed: True}])

    assert cleaned == [{"deep": ["//a/b", 1, None]}, {"//a/b": True}]


def test_lone_surrogates_are_replaced_however_deep():
    """What is no Unicode text would stop the engine."""
    assert clean_texts({"a": ["\udfff"]}) == {"a": ["?"]}


@pytest.mark.parametrize(
    ("sent", "decoded"),
    [
        ({"Features": '{"a": 1}'}, {"Features": {"a": 1}}),
        ({"Features": {"a": 1}}, {"Features": {"a": 1}}),
        ({"Features": "{broken"}, {"Features": "{broken"}),
        ({"UserData": '{"a": 1}'}, {"UserData": '{"a": 1}'}),
        ([{"OverrideParams": "[]"}], [{"OverrideParams": []}]),
        (
            {"Config": r'{"Outputs": [{"Features": "{\"a\": 1}"}]}'},
            {"Config": {"Outputs": [{"Features": {"a": 1}}]}},
        ),
    ],
    ids=["text", "object", "broken text", "another key", "in a list", "text in text"],
)
def test_json_text_is_decoded_below_documented_keys(sent, decoded):
    """What the API documents as JSON text and sends as objects becomes objects."""
    assert decode_json_text(sent) == decoded


@given(JSON)
def test_no_reader_raises(value):
    """Any JSON is read as a value or as nothing."""
    for read in (as_text, as_state, as_number, as_whole, as_bitrate, as_level):
        read(value)


# Of these pieces queries are made that sign, quotes around and within them included.
PIECES = st.lists(
    st.sampled_from(
        [*"?&;=%'\"\\<> ", "a", "Signature", "token", "\\u0026", "%3F", "%26", "%3D"]
    ),
    max_size=12,
).map("".join)


@given(PIECES)
def test_cutting_twice_cuts_nothing_more(text):
    """What was cut leaves nothing that has to be cut."""
    once = clean_texts(text)

    assert clean_texts(once) == once


@given(PIECES, st.sampled_from("?&;"), PIECES)
def test_no_signature_is_left_whatever_stands_around_it(before, separator, after):
    """The value goes wherever a parameter that signs stands."""
    text = f"{before}{separator}Signature={SECRET}{after}"

    assert SECRET not in clean_texts(text)


@given(JSON)
def test_reading_twice_changes_nothing(value):
    """What was stored is read back as it is."""
    for read in (as_text, as_state, as_number, as_whole, as_bitrate, as_level):
        once = read(value)
        assert read(once) == once
    assert repr(clean_texts(clean_texts(value))) == repr(clean_texts(value))
