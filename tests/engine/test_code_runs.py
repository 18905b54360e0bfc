"""Every code of the vendor on the real engine: one line each, and nothing in the state.

What the client makes of them is in `test_error_codes.py`.
"""

from __future__ import annotations

import re

from faults import VENDOR_CODES, said_of, without_attempts
from pulumi_alicloud_mediaconvert.emulator import faults, scripts
from pulumi_alicloud_mediaconvert.error_codes import ErrorKind

WORDS = "what the vendor says"
SIDE_BY_SIDE = ("--parallel", "128", "--continue-on-error")
IDS = {row.code: f"{number:032x}" for number, row in enumerate(VENDOR_CODES)}


def test_every_code_is_one_line_for_the_person_at_the_terminal(stack, emulator):
    """Job, meaning, vendor's code and request ID, next step: all in one line each."""
    for row in VENDOR_CODES:
        emulator.add_job(IDS[row.code], scripts.succeeds_cleanly())
        refusal = faults.vendor_error(row.code, WORDS, status=row.status, times=None)
        emulator.faults.add(refusal, job_id=IDS[row.code])
    stack.program(
        f"""
for code, job_id in {IDS}.items():
    MediaConvertJob(code, job_id=job_id, wait={{"timeout": 1, "not_found_grace": 0}})
"""
    )

    run = stack.up(*SIDE_BY_SIDE)

    assert run.code != 0
    assert "Traceback" not in run.text
    kept = stack.resources()
    for row in VENDOR_CODES:
        [line] = run.on_row(row.code, "error")
        assert without_attempts(unvaried(line)) == said_of(
            row.code,
            IDS[row.code],
            words=WORDS,
            request_id="ID",
            times=": it says TIME, the API says TIME"
            if row.kind is ErrorKind.CLOCK
            else "",
        )
        assert row.code not in kept


def unvaried(line):
    """Return a line without what differs from run to run."""
    line = re.sub(r"request [0-9A-F-]{36}", "request ID", line)
    return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "TIME", line)
