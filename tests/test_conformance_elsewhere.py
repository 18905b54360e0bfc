"""The corpus of `tests/conformance` by the command line, and from the stored state."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cli import run
from corpus import REFUSED, rows
from jobs import JOB_ID
from pulumi_alicloud_mediaconvert import verify
from pulumi_alicloud_mediaconvert.cli.exit_codes import exit_code
from pulumi_alicloud_mediaconvert.lifecycle.stored_state import verify_stored
from pulumi_alicloud_mediaconvert.schema.inputs import JobInputs
from pulumi_alicloud_mediaconvert.schema.stated_levels import with_points
from pulumi_alicloud_mediaconvert.verification.report_facts import report_facts

ROWS = rows()


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_the_command_line_says_the_same(row, tmp_path):
    """A stored answer and a file of expectations get the same verdict."""
    answer, expect = tmp_path / "answer.json", tmp_path / "expect.json"
    answer.write_text(json.dumps(row.answer(JOB_ID)), "utf-8")
    expect.write_text(json.dumps({} if row.expect is None else row.expect), "utf-8")

    done = run("verify", answer, "--expect", expect, "--format", "json")

    if row.is_refused:
        assert (done.exit_code, done.stdout) == (2, "")
        return
    assert json.loads(done.stdout)["verdict"] == row.verdict
    assert done.exit_code == exit_code([row.verdict])


def by_engine(values: object) -> Any:
    """Hand values through the engine, to which every number is a float."""
    return json.loads(json.dumps(values), parse_int=float)


JUDGED = {
    name: row for name, row in ROWS.items() if row.verdict not in {REFUSED, "pending"}
}


@pytest.mark.parametrize("row", JUDGED.values(), ids=JUDGED)
def test_what_is_stored_gets_the_same_verdict(row):
    """A job whose record is gone is judged as when it was there."""
    # As a program hands it to the engine.
    expect = with_points(row.expect)
    stated = {"job_id": JOB_ID, "region": "cn-shanghai", "expect": expect}
    report = verify(row.answer(JOB_ID), expect)

    again = verify_stored(
        JobInputs.model_validate(by_engine(stated)),
        by_engine(stated | report_facts(report)),
    )

    assert again is not None
    assert (again.verdict, again.mismatches) == (row.verdict, report.mismatches)
