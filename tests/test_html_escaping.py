"""No text of others becomes a part of the page of HTML, and nothing else is loaded.

A parser tells what these rules are about; `test_html_browser.py` asks a browser.
"""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from hypothesis import given

from hostile_html import HOSTILE, hostile_pages
from html_tree import parsed
from jobs import REGION, make_job, make_output
from pulumi_alicloud_mediaconvert.cli.reports.renderings import render
from pulumi_alicloud_mediaconvert.text import in_one_line
from reports import REPORTS, awkward_text, report_on

WORD = "word"
SHAPES = {name: parsed(page).shape for name, page in hostile_pages(WORD).items()}


def fixed(
    shape: list[tuple[str, tuple[str, ...]]],
) -> list[tuple[str, tuple[str, ...]]]:
    """Leave out what depends on a text: a link, and where a line may end."""
    return [one for one in shape if one[0] not in {"a", "wbr"}]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_of_others_becomes_a_part_of_the_page(text):
    """Its elements and attributes are those of a page of plain words."""
    for name, page in hostile_pages(text).items():
        tree = parsed(page)
        assert fixed(tree.shape) == fixed(SHAPES[name])
        assert all(re.match("#|https?://", one) for one in tree.addresses)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_texts_of_others_are_shown_as_they_are(text):
    """Nothing but what cannot be printed is changed for a reader."""
    for page in hostile_pages(text).values():
        tree = parsed(page)
        assert in_one_line(text) in [one.text for one in tree.all("code")]
        # Neither directions nor controls, nor what they are written as.
        assert page.isascii()
        assert tree.text.isprintable()


@given(awkward_text)
def test_any_text_leaves_the_page_as_it_is(words):
    """Whatever the API may say."""
    text = f"x{words}"

    for name, page in hostile_pages(text).items():
        assert fixed(parsed(page).shape) == fixed(SHAPES[name])
        assert page.isascii()


@pytest.mark.parametrize(
    "pages", [hostile_pages(WORD), hostile_pages(HOSTILE["a script"])]
)
def test_the_policy_lets_the_own_style_and_script_run_and_nothing_else(pages):
    """The hashes are those of the two, and no value changes them."""
    for page in pages.values():
        tree = parsed(page)
        own = {
            one.tag: base64.b64encode(
                hashlib.sha256("".join(map(str, one.children)).encode()).digest()
            ).decode()
            for one in (tree.only("style"), tree.only("script"))
        }
        policy = tree.all("meta")[1].attributes
        assert policy == {
            "http-equiv": "Content-Security-Policy",
            "content": (
                f"default-src 'none'; style-src 'sha256-{own['style']}'; "
                f"script-src 'sha256-{own['script']}'; base-uri 'none'; "
                "form-action 'none'"
            ),
        }


def test_nothing_comes_from_elsewhere():
    """One file is the whole page: no font, picture, style or script besides."""
    page = parsed(render([*REPORTS.values()], "html", region=REGION))

    assert {one.tag for one in page.walk()} & {
        *("link", "img", "iframe", "object", "embed", "video", "audio", "base", "form")
    } == set()
    assert all(one.startswith("#job-") for one in page.addresses)
    style = page.only("style").text
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.parametrize(
    ("url", "is_link"),
    [
        pytest.param("https://example.org/a.mp4", True, id="https"),
        pytest.param("http://example.org/a.mp4", True, id="http"),
        pytest.param("oss://bucket/a.mp4", False, id="OSS"),
        pytest.param("javascript:alert(1)", False, id="a script"),
        pytest.param(" javascript:alert(1)//https://a", False, id="behind a blank"),
        pytest.param("data:text/html,x", False, id="data"),
        pytest.param("//example.org/a", False, id="without a scheme"),
        pytest.param("https:example.org", False, id="without a host"),
        pytest.param("https://[::1", False, id="no address"),
        pytest.param("https://example.org/\u202ex", False, id="direction"),
        pytest.param(f"https://example.org/{'x' * 3000}", False, id="cut off"),
    ],
)
def test_only_addresses_on_the_web_are_links(url, is_link):
    """Any other address is text; nobody runs one by a click."""
    page = parsed(render([report_on(make_job(make_output(url=url)))], "html"))

    assert page.addresses == ([url] if is_link else [])
    assert page.all("p", "url")
