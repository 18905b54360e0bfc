"""The corpus of `tests/conformance`, by the function and by the command line."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from cli import run
from corpus import FOLDER, REFUSED, rows
from jobs import JOB_ID
from pulumi_alicloud_mediaconvert import ExpectationsError, verify
from pulumi_alicloud_mediaconvert.cli.exit_codes import exit_code
from pulumi_alicloud_mediaconvert.lifecycle.stored_state import verify_stored
from pulumi_alicloud_mediaconvert.schema.inputs import JobInputs
from pulumi_alicloud_mediaconvert.schema.stated_levels import with_points
from pulumi_alicloud_mediaconvert.verification.report_facts import report_facts

ROWS = rows()


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_an_answer_gets_its_verdict(row):
    """`verify` says of each answer what is right, or refuses what is expected."""
    if row.is_refused:
        with pytest.raises(ExpectationsError):
            verify(row.job, row.expect)
        return

    report = verify(row.job, row.expect)

    assert report.verdict == row.verdict, report.mismatches
    if row.findings is not None:
        found = Counter((one.path, one.verdict) for one in report.mismatches)
        assert found == Counter(map(tuple, row.findings))


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
    # Numbers come back from the engine as floats.
    stored = json.loads(json.dumps(stated | report_facts(report)), parse_int=float)

    again = verify_stored(JobInputs.model_validate(stated), stored)

    assert again is not None
    assert (again.verdict, again.mismatches) == (row.verdict, report.mismatches)


def test_every_file_of_the_corpus_has_rows_of_its_own():
    """No row hides another one of its name, and no file is forgotten."""
    stated = sum(
        file.read_text("utf-8").count("\n- name:") for file in FOLDER.glob("*.yaml")
    )

    assert stated == len(ROWS) > 0
