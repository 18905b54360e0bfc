"""What pages and examples show is what the real engine does."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest
from programs import JOB_ID
from test_examples import ELSEWHERE

from loopback import closed_port
from page_sessions import needs_engine, play
from pages import BLOCKS, PAGES, name_of, tried
from pulumi_alicloud_mediaconvert.emulator import scripts
from real_engine import SETTINGS

ROOT = Path(__file__).parent.parent.parent
# Those in other languages are run by `test_native_languages`.
EXAMPLES = sorted(
    {program.parent.name for program in (ROOT / "examples").glob("*/__main__.py")}
    - {*ELSEWHERE}
)


def squeezed(text: str) -> list[str]:
    """Cut a text into its lines, without blanks around them."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def shown_and_program() -> tuple[str, str]:
    """Return the one text that the engine prints, and the program before it."""
    [shown] = [block for block in BLOCKS if "engine" in block.marks]
    *_, program = [
        block
        for block in tried(shown.page)
        if block.language == "python" and block.line < shown.line
    ]
    return shown.text, program.text


def test_the_program_of_the_readme_runs_and_fails_as_it_says(stack, emulator):
    """The first program of the README passes, and stops in the lines shown there."""
    emulator.add_job(JOB_ID, scripts.succeeds())
    shown, program = shown_and_program()
    stack.program(program)
    stack.configure("jobId", JOB_ID)

    stopped = stack.up()

    assert stopped.code != 0
    printed = squeezed(stopped.text)
    for line in squeezed(shown):
        assert line in printed, stopped.text

    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    passed = stack.up()

    assert passed.code == 0, passed.text
    assert stack.outputs()["url"].endswith("/720p.mp4")


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name != "stopped"])
def test_every_example_passes_with_a_good_job(stack, emulator, name):
    """Each folder in examples is a whole program that runs."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    put_example(stack, name)
    stack.configure("jobId", JOB_ID)

    run = stack.up()

    assert run.code == 0, run.text
    assert stack.outputs()["verdict"] == "passed"


def test_the_example_that_is_stopped_says_what_its_text_says(stack, emulator):
    """The example that fails on purpose ends in the lines of its own docstring."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    put_example(stack, "stopped")
    stack.configure("jobId", JOB_ID)

    run = stack.up()

    assert run.code != 0
    program = (ROOT / "examples" / "stopped" / "__main__.py").read_text()
    told = ast.get_docstring(ast.parse(program))
    assert told is not None
    promised = " ".join(told.partition("\n\n")[2].partition("error: ")[2].split())
    assert promised.startswith("3 errors occurred: * job")
    assert promised in " ".join(run.text.split())


def put_example(stack, name):
    """Put the files of an example into the stack's folder."""
    shutil.copytree(
        ROOT / "examples" / name,
        stack.folder,
        dirs_exist_ok=True,
        # The stack belongs to the project of the test.
        ignore=shutil.ignore_patterns("Pulumi.yaml"),
    )
    stack.program((ROOT / "examples" / name / "__main__.py").read_text())


def test_the_project_at_the_root_is_the_quickstart():
    """`pulumi up` in the checkout runs the example of the README."""
    project = (ROOT / "Pulumi.yaml").read_text()

    assert "\nmain: examples/quickstart\n" in project


@pytest.mark.parametrize("page", [*filter(needs_engine, map(name_of, PAGES))])
def test_the_commands_of_a_page_print_what_it_shows(tmp_path, home, page):
    """A person who types what a page says, from an empty folder, sees what it shows."""
    folder = tmp_path / "page"
    folder.mkdir()
    environ = {**SETTINGS, "PULUMI_HOME": str(home)}
    port = closed_port().rpartition(":")[2]

    play(tried(page), folder, environ, {"8080": port})
