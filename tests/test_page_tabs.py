"""A program that a page shows in several languages is a set of tabs on the site."""

from __future__ import annotations

import re

import pytest

from pages import PAGES, name_of

FOLDED = re.compile(
    r"<details><summary>(.+?)</summary>\n\n(?:[ ]*<!-- .+ -->\n)?[ ]*```(\w+)\n"
)
PAGE = """Before.

   ```python
   a = 1
   ```

   <details><summary>TypeScript</summary>

   ```typescript
   const a = 1;
   ```

   </details>

   <details><summary>YAML</summary>

   <!-- file: a.yaml -->
   ```yaml
   a: 1
   ```

   </details>

```sh
after
```
"""
TABS = """Before.

   ``````{tab-set}
   `````{tab-item} Python
   :sync: python

   ```python
   a = 1
   ```
   `````
   `````{tab-item} TypeScript
   :sync: typescript


   ```typescript
   const a = 1;
   ```

   `````
   `````{tab-item} YAML
   :sync: yaml


   <!-- file: a.yaml -->
   ```yaml
   a: 1
   ```

   `````
   ``````

```sh
after
```
"""


@pytest.fixture(scope="module")
def tabs(script):
    """Load what writes the tabs."""
    return script("documentation.tabs")


def test_programs_that_are_folded_up_become_tabs(tabs):
    """The open program and the folded ones are one set; all else stays as it is."""
    assert tabs.with_tabs(PAGE) == TABS


def test_what_is_folded_up_alone_stays_folded(tabs):
    """Details that follow no program are the page's own."""
    page = "Text.\n\n<details><summary>More</summary>\n\nText.\n\n</details>\n"

    assert tabs.with_tabs(page) == page


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_folded_program_is_named_by_its_language(tabs, page):
    """A reader who chose a language on one page finds it on every other."""
    text = page.read_text("utf-8")

    for label, language in FOLDED.findall(text):
        assert label == tabs.LANGUAGES[language]
    assert "<details>" not in tabs.with_tabs(text)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_the_languages_have_one_order(tabs, page):
    """The tabs of all pages look alike."""
    order = [*tabs.LANGUAGES.values()]
    sets = re.findall(
        r"\{tab-set\}\n(.*?)^[ ]*``````$",
        tabs.with_tabs(page.read_text("utf-8")),
        re.DOTALL | re.MULTILINE,
    )

    for one in sets:
        labels = re.findall(r"\{tab-item\} (.+)", one)
        assert labels == sorted(labels, key=order.index)


def test_a_link_to_an_example_becomes_its_source(script):
    """A line of nothing but such a link is the file, folded up; other links stay."""
    sources = script("documentation.example_sources")
    link = "[`examples/a/__main__.py`](../examples/a/__main__.py)"

    shown = sources.with_sources(f"See {link}.\n\n{link}\n")

    [before, *folded] = shown.split("\n\n")
    assert before == f"See {link}."
    # Within backticks a title could not have any.
    assert "".join(folded) == (
        "~~~~~{dropdown} `examples/a/__main__.py`\n"
        "````{literalinclude} ../examples/a/__main__.py\n"
        ":language: python\n````\n~~~~~\n"
    )
