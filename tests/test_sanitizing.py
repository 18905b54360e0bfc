"""Answers are parsed and cleaned: for the state, the engine and a terminal."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hosts import HOSTILE_TEXTS, is_safe_where_the_engine_prints
from pulumi_alicloud_mediaconvert.api.sanitizing import (
    DEEPEST,
    RepeatedKeyError,
    clean_answer,
    clean_text,
    parse_json,
)
from pulumi_alicloud_mediaconvert.engine_marks import UNKNOWN_TEXTS

SECRET = "marked-secret"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | HOSTILE_TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(HOSTILE_TEXTS, inner),
    max_leaves=8,
)


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
    "location",
    ["{}", "see {} for it", '{{"url": "{}"}}', r"{{\"url\": \"{}\", \"a\": 1}}"],
    ids=["alone", "in a sentence", "in JSON text", "in JSON text in JSON text"],
)
def test_query_that_signs_a_url_is_cut(query, location):
    """The query goes, and nothing but the query, wherever the URL stands."""
    text = location.format(f"https://bucket.oss.aliyuncs.com/v.mp4?{query}")

    assert clean_text(text) == location.format("https://bucket.oss.aliyuncs.com/v.mp4")


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
    assert clean_text(text) == left


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
    assert clean_text(text) == text


def documented_parameters():
    """Read which parameters the page about the state says to be cut."""
    page = (Path(__file__).parent.parent / "docs" / "state.md").read_text("utf-8")
    [text] = re.findall(r"<!-- cut -->\n(.*?)<!-- end -->", page, re.DOTALL)
    names = re.findall(r"`([\w*-]+)`", text)
    return sorted({*names} - {"x-oss-process"})


@pytest.mark.parametrize("name", documented_parameters())
@pytest.mark.parametrize("spelt", [str, str.upper, str.lower])
def test_what_the_page_says_to_be_cut_is_cut(name, spelt):
    """Each parameter alone is enough, in any case."""
    parameter = spelt(name.replace("*", "anything"))

    assert clean_text(f"http://a/b?x=1&{parameter}={SECRET}&y=2") == "http://a/b"


def test_texts_are_cleaned_however_deep():
    """Lists, objects and their keys are searched too."""
    signed = f"//a/b?Signature={SECRET}"

    cleaned = clean_answer({"a": [{"deep": [signed, 1, None]}, {signed: True}]})

    assert cleaned == {"a": [{"deep": ["//a/b", 1, None]}, {"//a/b\ufffd": True}]}


def test_lone_surrogates_are_replaced_however_deep():
    """What is no Unicode text would stop the engine."""
    assert clean_answer({"a": ["\udfff"]}) == {"a": ["?"]}


@pytest.mark.parametrize(
    ("sent", "decoded"),
    [
        ({"Features": '{"a": 1}'}, {"Features": {"a": 1}}),
        ({"Features": {"a": 1}}, {"Features": {"a": 1}}),
        ({"Features": "{broken"}, {"Features": "{broken"}),
        ({"UserData": '{"a": 1}'}, {"UserData": '{"a": 1}'}),
        ({"a": [{"OverrideParams": "[]"}]}, {"a": [{"OverrideParams": []}]}),
        (
            {"Config": r'{"Outputs": [{"Features": "{\"a\": 1}"}]}'},
            {"Config": {"Outputs": [{"Features": {"a": 1}}]}},
        ),
    ],
    ids=["text", "object", "broken text", "another key", "in a list", "text in text"],
)
def test_json_text_is_decoded_below_documented_keys(sent, decoded):
    """What the API documents as JSON text and sends as objects becomes objects."""
    assert clean_answer(sent) == decoded


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
    once = clean_text(text)

    assert clean_text(once) == once


@given(PIECES, st.sampled_from("?&;"), PIECES)
def test_no_signature_is_left_whatever_stands_around_it(before, separator, after):
    """The value goes wherever a parameter that signs stands."""
    text = f"{before}{separator}Signature={SECRET}{after}"

    assert SECRET not in clean_text(text)


@given(st.dictionaries(HOSTILE_TEXTS, JSON))
def test_what_is_cleaned_is_safe_wherever_the_engine_prints_it(answer):
    """Escape sequences, color marks and keys pass neither as they are nor in JSON."""
    cleaned = clean_answer(answer)

    assert is_safe_where_the_engine_prints(cleaned)


@given(st.dictionaries(HOSTILE_TEXTS, JSON))
def test_cleaning_twice_changes_nothing(answer):
    """What was stored is read back as it is."""
    once = clean_answer(answer)

    assert repr(clean_answer(once)) == repr(once)


@pytest.mark.parametrize(
    ("sent", "cleaned"),
    [
        ("a\x1b[31mb", "a\ufffd[31mb"),
        ("\x1b]0;title\x07", "\ufffd]0;title\ufffd"),
        ("\x9b2J", "\ufffd2J"),
        ("over\rwritten", "over\ufffdwritten"),
        ("one\r\ntwo\tthree", "one\r\ntwo\tthree"),
        ("<{%fg 1%}>", "<{ %fg 1%}>"),
        (r'{"\u001b[2J": 1}', '{"\ufffd[2J\ufffd": 1}'),
        (r'{"a": "\u003c{%x%}>"}', '{"a": "<{ %x%}>"}'),
        (r'{"a": "C:\\b", "c": "\r\n"}', r'{"a": "C:\\b", "c": "\r\n"}'),
        ('"\\e[2J": 1\nb: 2', '"\\e[2J": 1 b: 2'),
        ("two lines,\nin peace", "two lines,\nin peace"),
        (r"[error] C:\path", r"[error] C:\path"),
        ("视频 é 😀", "视频 é 😀"),
    ],
    ids=[
        *("escape sequence", "title", "C1", "carriage return", "lines", "color"),
        *("key in JSON", "color in JSON", "good JSON", "YAML", "good lines"),
        *("no JSON", "other scripts"),
    ],
)
def test_texts_for_the_state(sent, cleaned):
    """What moves a cursor is replaced, also where the engine decodes a text."""
    assert clean_text(sent) == cleaned


@pytest.mark.parametrize("mark", sorted(UNKNOWN_TEXTS))
def test_no_text_is_taken_for_a_value_not_known_yet(mark):
    """The engine would refuse the whole resource."""
    assert clean_text(f" {mark} ").strip() != mark


def test_no_key_is_made_of_another_one():
    """What is cut from a key leaves a mark: `State?sign=1` does not become `State`."""
    cleaned = clean_answer({"State": "Failed", "State?sign=1": "Success"})

    assert cleaned["State"] == "Failed"


@pytest.mark.parametrize("shape", ["[{}]", '{{"a": {}}}'], ids=["lists", "objects"])
def test_depth_is_limited(shape):
    """What is nested deeper than the state can hold is refused."""
    text = "1"
    for _ in range(DEEPEST):
        text = shape.format(text)

    clean_answer({"a": parse_json(text[1:-1] if shape[0] == "[" else text[6:-1])})
    with pytest.raises(RecursionError):
        clean_answer({"a": parse_json(text)})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1e999", None),
        ("-1e999", None),
        ("NaN", None),
        ("-Infinity", None),
        ("9" * 5000, None),
        ("9" * 300, int("9" * 300)),
        ("1" + "0" * 400 + ".5", None),
        ("-0.0", -0.0),
    ],
    ids=lambda value: str(value)[:12],
)
def test_numbers_of_json(text, value):
    """What no float can be becomes null."""
    assert parse_json(text) == value


def test_a_key_with_two_values_is_refused():
    """Nobody knows which of them is meant; the same value twice does no harm."""
    assert parse_json('{"a": [1], "a": [1]}') == {"a": [1]}
    with pytest.raises(RepeatedKeyError):
        parse_json('[{"a": 1, "a": true}]')


def test_json_text_with_two_values_stays_text():
    """Of a request in text that has a key twice, nobody knows what it says."""
    text = '{"a": 1, "a": 2}'

    assert clean_answer({"Features": text}) == {"Features": text}


def test_json_of_the_engine_is_no_deeper_than_ours():
    """Text that only the engine could decode is kept from being decoded."""
    text = "[" * 5000 + r'{"\u001b": 1}' + "]" * 5000

    with pytest.raises(json.JSONDecodeError):
        json.loads(clean_text(text))
