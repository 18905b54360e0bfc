"""What is said again of a stored verdict."""

from __future__ import annotations

import pytest

from jobs import JOB_ID, NAME, REGION
from pulumi_alicloud_mediaconvert.hosts.job_controller import JobController
from pulumi_alicloud_mediaconvert.hosts.runtime import Runtime
from pulumi_alicloud_mediaconvert.lifecycle.stored_state import (
    had_ended,
    stored_lines,
)
from pulumi_alicloud_mediaconvert.schema.secrets import OPEN
from pulumi_alicloud_mediaconvert.verification.render import Mismatch
from pulumi_alicloud_mediaconvert.verification.report import UNTESTED

MISMATCH = {
    "path": 'outputs["720P-mp4"].video.width',
    "expected": "1280",
    "actual": "848",
    "verdict": "missed",
    "text": 'output "720P-mp4": video width: expected 1280, got 848',
}
ADVICE = MISMATCH | {
    "enforcement_level": "advisory",
    "text": f"advisory: {MISMATCH['text']}",
}


@pytest.mark.parametrize(
    ("outputs", "count"),
    [
        pytest.param({}, 0, id="nothing"),
        pytest.param({"verdict": "passed"}, 0, id="passed"),
        pytest.param({"verdict": "failed", "mismatches": [MISMATCH]}, 2, id="failed"),
        pytest.param({"verdict": "passed", "mismatches": [ADVICE]}, 2, id="advice"),
        pytest.param(
            {
                "verdict": "passed",
                "skipped_checks": ["as-requested: 0 tested, 4 skipped"],
            },
            2,
            id="nothing of the request could be tested",
        ),
        pytest.param(
            {
                "verdict": "passed",
                "skipped_checks": ["as-requested: 9 tested, 4 skipped"],
            },
            0,
            id="most of the request was tested",
        ),
        pytest.param(
            {"verdict": "failed", "mismatches": [MISMATCH | {"weight": 3}]},
            2,
            id="field of a newer version",
        ),
        pytest.param({"verdict": "failed", "mismatches": ["odd"]}, 0, id="odd"),
        pytest.param({"verdict": "failed", "mismatches": [None]}, 0, id="null"),
        pytest.param({"verdict": "failed", "skipped_checks": 7}, 0, id="number"),
    ],
)
def test_a_stored_verdict_is_said_again_where_it_is_worth_it(outputs, count):
    """The headline and a line for each mismatch; what is not understood is silent."""
    known = {"job_id": JOB_ID, "region": REGION, "state": "Success"}

    lines = stored_lines(known | outputs, OPEN)
    repeated = JobController(Runtime({})).stored_warnings(known | outputs)

    assert len(lines) == count
    assert repeated == lines
    assert not lines or lines[0].startswith(f"{NAME} ended Success")
    said = UNTESTED if outputs.get("verdict") == "passed" else MISMATCH["text"]
    if outputs.get("mismatches") == [ADVICE]:
        said = ADVICE["text"]
    assert lines[1:] == [said][: count - 1 if count else 0]


def test_a_mismatch_is_stored_with_all_its_fields():
    """What is stored can be read again, by its names."""
    assert set(ADVICE) == set(Mismatch.__annotations__)


@pytest.mark.parametrize(
    ("outputs", "ended"),
    [
        ({"state": "Success"}, True),
        ({"state": "Failed"}, True),
        ({"state": "Complete"}, True),
        ({"state": "Running"}, False),
        ({"state": "Odd"}, False),
        ({"state": None}, False),
        ({"state": 3}, False),
        ({}, False),
        (None, False),
    ],
)
def test_only_a_stored_end_state_is_an_end(outputs, ended):
    """A job that was last seen under way, or never, had not ended."""
    assert had_ended(outputs) is ended
