"""One number for all jobs together."""

from __future__ import annotations

import pytest

from pulumi_alicloud_mediaconvert.cli.exit_codes import exit_code


@pytest.mark.parametrize(
    ("verdicts", "is_all_read", "code"),
    [
        pytest.param([], True, 0, id="none"),
        pytest.param(["passed", "unverified"], True, 0, id="passed"),
        pytest.param(["passed", "inconclusive"], True, 3, id="inconclusive"),
        pytest.param(["pending"], True, 3, id="pending"),
        pytest.param(["pending"], False, 4, id="unread"),
        pytest.param(["failed", "pending"], False, 1, id="failed"),
    ],
)
def test_of_several_verdicts_the_worst_one_counts(verdicts, is_all_read, code):
    """Failed before unread, unread before undecided, undecided before passed."""
    assert exit_code(verdicts, is_all_read=is_all_read) == code
