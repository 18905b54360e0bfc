"""`pulumi import` of jobs that are there, and of what is none, on the real engine."""

from __future__ import annotations

import pytest

from pulumi_alicloud_mediaconvert.emulator import scripts

JOB, JOB_SET = "mediaconvert:index:Job", "mediaconvert:index:JobSet"
PROGRAM = """\
resources:
  good:
    type: mediaconvert:Job
    properties: {jobId: good-1}
    options: {protect: true}
  bad:
    type: mediaconvert:Job
    properties: {jobId: bad-1}
    options: {protect: true}
"""


@pytest.fixture
def imported(yaml_stack, emulator):
    """Import by the command; return the run."""
    emulator.add_job("good-1", scripts.succeeds_cleanly())
    emulator.add_job("bad-1", scripts.fails())
    yaml_stack.program("resources: {}\n")

    def run(name: str, id_: str, type_: str = JOB):
        return yaml_stack.run("import", type_, name, id_, "--yes")

    return run


def test_a_program_that_states_the_id_sees_no_change(yaml_stack, imported):
    """The command prints such a program; a job that failed stops its next `up`."""
    good, bad = imported("good", "good-1"), imported("bad", "bad-1")

    yaml_stack.program(PROGRAM)
    preview, run = yaml_stack.preview(), yaml_stack.up("--continue-on-error")

    assert (good.code, bad.code) == (0, 0)
    assert "job bad-1 (cn-shanghai) ended Failed" in bad.text
    assert "warning" not in good.text
    assert "jobId: good-1" in good.text
    assert "1 to update" in preview.text
    assert run.operations()["good"] == "same"
    assert run.code != 0
    assert "job bad-1 (cn-shanghai) ended Failed" in run.text
    state = yaml_stack.resources()
    assert state["good"]["outputs"]["verdict"] == "passed"
    assert state["bad"]["outputs"]["verdict"] == "failed"


@pytest.mark.parametrize(
    ("id_", "type_", "words"),
    [
        ("nobody-1", JOB, "no job nobody-1 in cn-shanghai"),
        ("two words", JOB, "jobId: must be 1 to 128 printable ASCII characters"),
        ("good-1", JOB_SET, "A set of jobs cannot be imported"),
    ],
)
def test_what_cannot_be_imported_is_said_and_leaves_no_resource(
    yaml_stack, imported, id_, type_, words
):
    """In the words of the plugin, not in those of an engine that knows no jobs."""
    run = imported("some", id_, type_)

    assert run.code != 0
    assert words in run.text
    assert "some" not in yaml_stack.resources()


def test_an_import_within_a_program_takes_its_demands(yaml_stack, emulator, imported):
    """The option `import` reads by the ID, then compares with what is stated."""
    del imported
    yaml_stack.program(
        "resources:\n  good:\n    type: mediaconvert:Job\n"
        "    properties: {jobId: good-1, expect: {outputCount: {min: 1}}}\n"
        "    options: {import: good-1}\n"
    )

    run = yaml_stack.up()

    assert run.code == 0, run.text
    assert yaml_stack.resources()["good"]["outputs"]["verdict"] == "passed"
    assert emulator.requests
