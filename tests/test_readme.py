"""The README says what the code does."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

from pulumi_alicloud_mediaconvert.checks import check_inputs
from pulumi_alicloud_mediaconvert.documents import load_expectations

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


def test_the_reference_tables_are_those_of_the_code(monkeypatch):
    """Inputs, outputs and their meaning stand in the README as in the code."""
    monkeypatch.syspath_prepend(ROOT / "scripts")
    spec = importlib.util.spec_from_file_location(
        "reference", ROOT / "scripts" / "reference.py"
    )
    assert spec is not None
    assert spec.loader is not None
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)

    assert reference.written(README) == README, "run scripts/reference"


def test_the_policy_of_the_readme_is_json_and_read_only():
    """The permission that is asked for is one read-only action."""
    [policy] = re.findall(r"```json\n(.*?)```", README, re.DOTALL)

    [statement] = json.loads(policy)["Statement"]
    assert statement["Action"] == "ice:GetMediaConvertJob"


def test_every_script_and_file_that_the_readme_names_exists():
    """No sentence leads nowhere."""
    named = set(re.findall(r"\b((?:scripts|examples|tests)/[\w./-]*\w)", README))

    missing = {name for name in named if not (ROOT / name).exists()}
    assert named
    assert missing == set()


def test_every_module_of_the_picture_exists():
    """The flow through the modules names modules that there are."""
    modules = set(re.findall(r"^ *(\w+\.py) {2,}", README, re.MULTILINE))

    package = ROOT / "provider" / "pulumi_alicloud_mediaconvert"
    assert len(modules) >= 8
    assert {name for name in modules if not (package / name).exists()} == set()


def test_the_expectations_of_the_readme_are_some(tmp_path):
    """The file that is shown can be loaded, and its schema lies where it says."""
    [text] = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    file = tmp_path / "expect.yaml"
    file.write_text(text)

    assert load_expectations(file)
    [schema] = re.findall(r"\$schema=\S*/(pulumi_alicloud_mediaconvert/\S+)", text)
    assert (ROOT / "provider" / schema).is_file()


def test_the_misspelt_key_of_the_readme_is_refused_in_its_words():
    """What the README quotes is what a person reads."""
    [line] = re.findall(r"`(expect\.outputs.*?\?\))`", README)

    inputs = {
        "job_id": "a",
        "region": "cn-shanghai",
        "expect": {"outputs": [{"name": "a", "video": {"widht": 1}}]},
    }
    [problem] = check_inputs(inputs, {}, lambda _: False).problems
    assert problem.line == line
