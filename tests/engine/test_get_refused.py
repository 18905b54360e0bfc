"""`MediaConvertJob.get` where the SDK cannot serve it; others run `test_get`."""

from __future__ import annotations

from programs import JOB_ID
from terminal import error_lines


def test_an_sdk_that_is_too_old_is_named_in_one_line(stack, emulator):
    """The program ends before anything is asked or made, and says what to do."""
    stack.program(f'MediaConvertJob.get("trailer", "{JOB_ID}")\n')

    run = stack.up()

    assert run.code != 0
    assert "Traceback" not in run.text
    assert any(
        line.startswith("error: MediaConvertJob.get: the installed Pulumi SDK cannot")
        and "pip install -U pulumi" in line
        for line in error_lines(run.text)
    ), run.text
    assert emulator.requests == ()
