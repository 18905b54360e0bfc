"""What docs/testing.md shows is what happens; its engine test runs in tests/engine."""

from __future__ import annotations

import inspect
import re

import pytest

from pages import TESTING_PAGE, run_pytest, write_out
from pulumi_alicloud_mediaconvert.emulator import faults, scripts
from pulumi_alicloud_mediaconvert.emulator.files import load_file

TEXT = TESTING_PAGE.read_text("utf-8")


@pytest.mark.slow
def test_the_tests_of_the_page_pass(tmp_path):
    """A person's tests, copied from the page into an empty folder, are green."""
    write_out(tmp_path)

    printed = run_pytest(tmp_path, {}, "-rA", "--ignore=test_with_engine.py")

    assert re.search(r"=+ 6 passed", printed), printed


def test_the_jobs_of_the_page_can_be_loaded(tmp_path, ims_emulator):
    """The YAML file states jobs and faults that the emulator takes."""
    files = write_out(tmp_path)

    load_file(files["jobs.yaml"], ims_emulator)

    assert [fault.name for fault in ims_emulator.faults.pending] == ["throttle"]


def test_the_error_of_the_page_is_the_one_that_is_raised(ims_emulator):
    """Two sizes that contradict each other are told as the page tells it."""
    [told] = re.findall(r"```text\n(cannot make.*?)\n```", TEXT, re.DOTALL)
    expect = {"outputs": [{"name": "a", "video": {"width": 100, "long_edge": 50}}]}

    with pytest.raises(ValueError, match="cannot make a job") as error:
        ims_emulator.add_job("a", expect=expect)

    assert str(error.value) == told


def test_every_script_is_on_the_page_and_every_fault_is_one():
    """The table names all ready-made scripts; the faults that are named exist."""
    table = TEXT[TEXT.index("| script |") : TEXT.index("With `reads=2`")]
    named = set(re.findall(r"`(\w+)\([^)]*\)`", table))
    made = {
        name
        for name, made in inspect.getmembers(scripts, inspect.isfunction)
        if made.__module__ == scripts.__name__ and not name.startswith("_")
    }

    assert named == made
    section = TEXT[TEXT.index("## Faults") : TEXT.index("# test_faults.py")]
    for name in re.findall(r"`(?:faults\.)?(\w+)\([^)]*\)`", section):
        assert hasattr(faults, name), name


def test_everything_that_the_page_names_of_the_fixture_exists(ims_emulator):
    """No row of the table leads nowhere."""
    for name in set(re.findall(r"`ims_emulator\.(\w+)", TEXT)):
        assert hasattr(ims_emulator, name), name
