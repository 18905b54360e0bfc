"""Previews of the native plugin on the real engine: what is known, and what is said.

That no preview waits is in `test_previews.py`, for both hosts.
"""

from __future__ import annotations

import re

from native_programs import job, program
from terminal import bullets

from pulumi_alicloud_mediaconvert.emulator import faults, scripts

STOPS = "`pulumi up` will stop here."
LINES = [
    "job bad (cn-shanghai) ended Success, but 1 check failed.",
    (
        'output "audio-m4a": status: expected Success, got Failed (InvalidParameter.'
        'ResourceContentBad, "The resource operated InputFile is bad"): the input file '
        "cannot be decoded; check that it is complete"
    ),
]
WIDTH = {"outputs": [{"name": "720P-mp4", "video": {"message": "${runs.message}"}}]}
GATES = {
    "good": job("good", onPreview="fail"),
    "bad": job("bad"),
    "accepted": job("bad", enforcementLevel="advisory", onPreview="fail"),
    "off": job("bad", onPreview="off"),
    "disabled": job("bad", enforcementLevel="disabled"),
    "runs": job("runs", onPreview="fail"),
    "unknown": job("unknown", onPreview="fail"),
    "shaken": job("shaken", onPreview="fail"),
    "later": job("later", expect=WIDTH, onPreview="fail"),
}
# Severity and beginning of the lines on each row; none on the others.
SAID = {
    "bad": ("warning", "\n".join([*LINES, STOPS])),
    "accepted": ("warning", "\n".join(LINES)),
    "runs": (
        "info",
        (
            "job runs (cn-shanghai) has not ended: Running 66%. "
            "`pulumi up` will wait for it."
        ),
    ),
    "unknown": (
        "info",
        (
            "job unknown (cn-shanghai): the API does not find it. "
            "`pulumi up` will read it again."
        ),
    ),
    "shaken": (
        "info",
        "Not read in this preview: cannot read job shaken in cn-shanghai: ",
    ),
}


def test_a_preview_says_what_an_up_will_find_and_gives_what_is_known(
    yaml_stack, emulator
):
    """One read of each job; outputs of a job that has ended well are known.

    Whatever is not known, by a job that runs or an API that fails, stops no preview.
    """
    emulator.add_job("good", scripts.succeeds_cleanly())
    emulator.add_job("bad", scripts.one_output_fails())
    emulator.add_job("runs", scripts.stalls(percent=66))
    emulator.faults.add(faults.throttle(times=None), job_id="shaken")
    known = {"url": '${good.urls["720P-mp4"]}', "id": "${runs.jobId}"}
    yaml_stack.program(program(GATES, **known, open="${runs.state}"))

    run = yaml_stack.preview()

    assert run.code == 0, run.text
    for name in GATES:
        for severity in ("info", "warning", "error"):
            expected, start = SAID.get(name, (None, ""))
            said = run.on_row(name, severity)
            if severity == expected:
                [line] = said
                assert line.startswith(start)
            else:
                assert said == [], name
    # Jobs of one ID share a look.
    looks = sorted(str(request.job_id) for request in emulator.requests)
    assert looks == ["bad", "good", "runs", "shaken", "unknown"]
    shown = dict(re.findall(r"^ +(\w+) *: (.+)$", run.text, re.MULTILINE))
    assert shown["url"].endswith('/trailer/720p.mp4"')
    assert (shown["id"], shown["open"]) == ('"runs"', "[unknown]")


def test_a_preview_can_fail_of_new_and_of_kept_failures(yaml_stack, emulator):
    """`onPreview: fail` stops before anything is changed; `up` itself keeps the facts.

    Of a job that has passed, no preview asks anything.
    """
    emulator.add_job("bad", scripts.one_output_fails())
    yaml_stack.program(program({"trailer": job("bad", onPreview="fail")}))

    new = yaml_stack.up(previews=True)
    stored = yaml_stack.resources()
    kept = yaml_stack.up()
    again = yaml_stack.preview()
    yaml_stack.program(program({"trailer": job("bad")}))
    warned = yaml_stack.preview("--diff")

    assert "trailer" not in stored
    assert bullets(kept.text) == LINES
    for run in (new, again):
        assert run.code != 0
        assert "Traceback" not in run.text
        [error] = run.on_row("trailer", "error")
        assert error == "Preview failed: " + "\n".join(LINES)
    assert warned.code == 0, warned.text
    assert warned.on_row("trailer", "warning") == ["\n".join([*LINES, STOPS])]

    emulator.add_job("bad", scripts.succeeds_cleanly())
    assert yaml_stack.up().code == 0
    asked = len(emulator.requests)
    quiet = yaml_stack.preview("--expect-no-changes")

    assert quiet.code == 0, quiet.text
    assert len(emulator.requests) == asked
