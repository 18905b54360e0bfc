"""What README and examples show is what the real engine does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pulumi_alicloud_mediaconvert.emulator import scripts

ROOT = Path(__file__).parent.parent.parent
JOB_ID = "0a1b2c4579b5e748b99a27f6d63d4e5f"
EXAMPLES = sorted(folder.name for folder in (ROOT / "examples").iterdir())


def squeezed(text: str) -> list[str]:
    """Cut a text into its lines, without blanks around them."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def readme_block(kind: str) -> str:
    """Return the first block of a kind in the README."""
    found = re.search(
        rf"```{kind}\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL
    )
    assert found is not None
    return found[1]


def test_the_program_of_the_readme_runs_and_fails_as_it_says(stack, emulator):
    """The first program of the README passes, and stops in the lines shown there."""
    emulator.add_job(JOB_ID, scripts.one_output_fails())
    stack.program(readme_block("python"))
    stack.configure("jobId", JOB_ID)

    stopped = stack.up()

    assert stopped.code != 0
    printed = squeezed(stopped.text)
    for line in squeezed(readme_block("text")):
        assert line in printed, stopped.text

    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    passed = stack.up()

    assert passed.code == 0, passed.text
    assert stack.outputs()["manifest"].endswith(".m3u8")


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_passes_with_a_good_job(stack, emulator, name):
    """Each folder in examples is a whole program that runs."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.program((ROOT / "examples" / name / "__main__.py").read_text())
    stack.configure("jobId", JOB_ID)

    run = stack.up()

    assert run.code == 0, run.text
    assert stack.outputs()["verdict"] == "passed"


def test_the_project_at_the_root_is_the_quickstart():
    """`pulumi up` in the checkout runs the example of the README."""
    project = (ROOT / "Pulumi.yaml").read_text()

    assert "\nmain: examples/quickstart\n" in project
