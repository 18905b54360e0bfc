"""The words for what was demanded and for what was found."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pulumi_alicloud_mediaconvert.expect.expectations import Rule
from pulumi_alicloud_mediaconvert.verification.constraint_words import (
    MAX_VALUE,
    described,
    shown_fact,
    shown_value,
)
from pulumi_alicloud_mediaconvert.verification.evaluation import NOT_REPORTED, Fact
from pulumi_alicloud_mediaconvert.verification.findings import Finding
from pulumi_alicloud_mediaconvert.verification.locations import ROOT
from pulumi_alicloud_mediaconvert.verification.render import mismatch_of


@pytest.mark.parametrize(
    ("constraint", "words"),
    [
        (1280, "1280"),
        ("h264", "h264"),
        (["h264", "hevc"], "h264 or hevc"),
        ({"min": 5}, "at least 5"),
        ({"max": 3000}, "at most 3000"),
        ({"min": 5, "max": 7.5}, "between 5 and 7.5"),
        ({"near": 403, "tolerance": 0.5}, "403 ± 0.5"),
        ({"near": 403, "tolerance_percent": 2}, "403 ± 2 %"),
        ({"not": {"max": 5}}, "not at most 5"),
        ({"not": ["h264", "hevc"]}, "neither h264 nor hevc"),
        ({"not": {"any_of": ["h264", {"min": 3}]}}, "neither h264 nor at least 3"),
        ({"not": ["h264"]}, "not h264"),
        ({"not": {"not": "h264"}}, "not (not h264)"),
        ({"not": {"not": ["a", "b"]}}, "not (neither a nor b)"),
        ({"not": ["a", {"any_of": ["b", "c"]}]}, "neither a nor (b or c)"),
        (["a", {"not": ["b", "c"]}], "a or (neither b nor c)"),
        ({"any_of": [{"not": "a"}, "b"]}, "(not a) or b"),
        ({"any_of": [1, {"min": 5}]}, "1 or at least 5"),
        ({"matches": "yuv.*"}, 'text matching "yuv.*"'),
        ({"present": True}, "any value"),
        ({"present": False}, "no value"),
    ],
    ids=repr,
)
def test_each_form_of_a_constraint_has_its_words(constraint, words):
    """A person reads what was demanded, not how it was written."""
    assert described(Rule(query="state", must_be=constraint).must_be) == words


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1280.0, "1280"),
        (403.039999, "403.039999"),
        (0.1234567, "0.123457"),
        (1e-7, "0"),
        (10**20, "1" + "0" * 20),
        (2**53 + 1, "9007199254740993"),
        (float("inf"), "inf"),
        (True, "true"),
        (Fraction(16, 9), "16:9"),
        ("", '""'),
        ("a\x1b\n b", "a? b"),
    ],
    ids=repr,
)
def test_a_value_is_shown_as_a_person_writes_it(value, text):
    """Numbers to six places and never as powers; foreign text plainly."""
    assert shown_value(value) == text


def test_a_long_value_is_cut():
    """A hostile value does not fill the screen, one that just fits is whole."""
    assert shown_value("x" * 80) == "x" * 80
    assert len(shown_value("x" * 81)) <= MAX_VALUE


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        (Fact(("b", "hls/b")), "b"),
        (NOT_REPORTED, "not reported"),
        (Fact(reason="there is no audio stream"), "there is no audio stream"),
    ],
    ids=["a value", "none", "none for a reason"],
)
def test_a_fact_is_shown_or_why_there_is_none(fact, text):
    """What was seen stands in the report beside what was expected."""
    found = mismatch_of(Finding(ROOT, "width", 1, fact, "inconclusive"))

    assert shown_fact(fact) == text
    assert found.actual == text
