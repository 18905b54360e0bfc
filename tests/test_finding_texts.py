"""The sentence of each kind of finding."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from corpus import rows
from jobs import make_job, make_output
from pulumi_alicloud_mediaconvert import verify
from reports import texts_on

ROWS = rows()
FILE = Path(__file__).parent / "data" / "finding_texts.yaml"
TEXTS = YAML(typ="safe", pure=True).load(FILE.read_text("utf-8"))


@pytest.mark.parametrize(("name", "texts"), TEXTS.items(), ids=TEXTS)
def test_a_finding_has_its_sentence(name, texts):
    """It says where, what was expected and what there is, or why nobody knows."""
    report = verify(ROWS[name].job, ROWS[name].expect)

    assert [one.text for one in report.mismatches] == texts


def test_a_query_that_fails_says_why():
    """The words of the library are quoted."""
    expect = {"rules": [{"query": "length(nothing)", "must_be": 0}]}

    [said] = texts_on(make_job(make_output("a")), expect)

    assert "but the query failed: In function length()" in said


def test_ten_names_at_most_are_listed():
    """A job of many outputs does not fill the screen."""
    answer = make_job(*(make_output(f"v{index:02}") for index in range(12)))

    [said] = texts_on(answer, {"outputs": [{"name": "b"}]})

    assert said.endswith('"v08", "v09" and 2 more)')


def test_names_are_printed_plainly():
    """A name is foreign text: nothing in it reaches the terminal."""
    answer = make_job(make_output("a\x1b[31m"))

    [said] = texts_on(answer, {"outputs": [{"name": "b"}]})

    assert said.endswith('(found: "a\ufffd[31m")')


def test_what_is_delivered_as_expected_is_named():
    """A check that is met says which output, or outputs, met it."""
    answer = make_job(make_output("a"), make_output("b"))
    expect = {"outputs": [{"name": "a"}, {"where": {"audio_count": 1}}]}

    checks = verify(answer, expect).checks

    assert [
        (one.path, one.actual) for one in checks if one.expected == "to be delivered"
    ] == [('outputs["a"]', "a"), ("outputs[1]", '"a", "b"')]
