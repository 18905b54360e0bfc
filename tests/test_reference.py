"""The reference says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pulumi_alicloud_mediaconvert.schema.check import check_inputs
from pulumi_alicloud_mediaconvert.schema.inputs import JobInputs

ROOT = Path(__file__).parent.parent
EXPECT = (ROOT / "docs" / "reference" / "expectations.md").read_text("utf-8")


def test_tables_and_schema_are_those_of_the_code(script):
    """Inputs, expectations, outputs, options, codes and errors have one source."""
    assert script("documentation.reference").main(["--check"]) == 0


@pytest.mark.parametrize("module", ["bench", "polling_page"])
def test_tables_and_plots_are_those_of_the_kept_numbers(script, module):
    """README and pages follow from docs/performance.json and docs/polling.json."""
    assert script(f"benchmarks.{module}").main(["--check"]) == 0


def test_the_schema_lies_where_the_page_says():
    """An editor finds it in the installed package."""
    [schema] = re.findall(r"\$schema=\S*/(pulumi_alicloud_mediaconvert/\S+)", EXPECT)

    assert (ROOT / "provider" / schema).is_file()


def test_a_misspelt_key_is_refused_in_the_words_of_the_page():
    """What the page quotes is what a person reads."""
    [line] = re.findall(r"`(expect\.outputs.*?\?\))`", EXPECT)

    inputs = {
        "job_id": "a",
        "region": "cn-shanghai",
        "expect": {"outputs": [{"name": "a", "video": {"widht": 1}}]},
    }
    [problem] = check_inputs(inputs, JobInputs).problems
    assert problem.line == line
