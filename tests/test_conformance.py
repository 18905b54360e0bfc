"""The corpus of `tests/conformance`, by `verify`."""

from __future__ import annotations

import pytest

from corpus import rows
from pulumi_alicloud_mediaconvert import ExpectationsError, verify

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
    found = [[one.path, one.verdict] for one in report.mismatches]
    assert found == row.findings
