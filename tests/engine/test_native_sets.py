"""Sets of jobs of the native plugin on the real engine: one gate for many jobs."""

from __future__ import annotations

from typing import Any

from native_programs import job_set, program
from terminal import bullets

from pulumi_alicloud_mediaconvert.emulator import faults, scripts

FORBIDDEN = faults.vendor_error("Forbidden.RAM", "no", times=None)
BAD = "b: job bad (cn-shanghai) ended Failed: InvalidParameter.ResourceContentBad, "
SETS = {
    "library": job_set({"a": "good", "b": "bad"}),
    "hasty": job_set({"a": "good", "b": "bad", "c": "slow"}, failFast=True),
    "denied": job_set({"x": "secret", "y": "open"}),
}
# How the lines of each begin, but for those of outputs.
SAID = {
    "library": ["2 jobs (cn-shanghai): 1 passed, 1 failed.", BAD],
    "hasty": [
        "3 jobs (cn-shanghai): 1 passed, 1 failed, 1 pending.",
        "The wait for the other jobs ended because b failed (`failFast`).",
        BAD,
        "Pending: c (Inited).",
    ],
    "denied": [
        "2 jobs (cn-shanghai): 1 passed, 1 pending.",
        (
            "x: cannot read job secret in cn-shanghai:"
            " the access key is not allowed to read jobs: "
        ),
    ],
}
SUMMARY = "2 jobs (cn-shanghai): this preview read 1 job: 1 did not pass."
VERDICTS = {
    "library": ("failed", {"a": "passed", "b": "failed"}),
    "hasty": ("failed", {"a": "passed", "b": "failed", "c": "pending"}),
    "denied": ("pending", {"x": "pending", "y": "passed"}),
}


def verdicts_of(record: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """Read the verdict of a set, and those of its jobs."""
    outputs = record["outputs"]
    jobs = {name: one["verdict"] for name, one in outputs["jobs"].items()}
    return outputs["verdict"], jobs


def test_a_set_stops_by_one_job_and_goes_on_with_what_is_open(yaml_stack, emulator):
    """Each other job is read to its end, or says why not; none is asked for again."""
    emulator.add_job("good", scripts.succeeds_cleanly())
    # After the other jobs were seen.
    emulator.add_job("bad", scripts.fails(reads=3))
    emulator.add_job("slow", scripts.hangs_queued())
    emulator.add_job("secret", scripts.succeeds_cleanly())
    emulator.add_job("open", scripts.succeeds_slowly(reads=2))
    emulator.faults.add(FORBIDDEN, job_id="secret")
    yaml_stack.program(
        program(SETS, verdict="${library.verdict}", counts="${library.counts.passed}")
    )

    run = yaml_stack.up("--continue-on-error")

    assert run.code == 1
    assert "Traceback" not in run.text
    kept = yaml_stack.resources()
    for name, starts in SAID.items():
        [error] = run.on_row(name, "error")
        said = [line for line in bullets(error) if not line.startswith("b: output")]
        assert len(said) == len(starts), said
        for line, start in zip(said, starts, strict=True):
            assert line.startswith(start)
        assert verdicts_of(kept[name]) == VERDICTS[name]
        assert kept[name]["initErrors"] == bullets(error)
    assert not yaml_stack.export()["deployment"].get("pending_operations")

    emulator.faults.clear()
    for name in ("bad", "slow"):
        emulator.add_job(name, scripts.succeeds_cleanly())
    asked = len(emulator.requests)
    resumed = yaml_stack.up()
    looks = {request.job_id for request in emulator.requests[asked:]}

    assert resumed.code == 0, resumed.text
    assert looks == {"bad", "slow", "secret"}
    assert yaml_stack.outputs() == {"verdict": "passed", "counts": 2}

    asked = len(emulator.requests)
    same = yaml_stack.up("--expect-no-changes")

    assert same.code == 0, same.text
    assert len(emulator.requests) == asked


def test_a_failed_job_that_joins_is_seen_in_the_preview(yaml_stack, emulator):
    """What has passed is not asked for; the new one stops a preview that may fail."""
    emulator.add_job("good", scripts.succeeds_cleanly())
    emulator.add_job("bad", scripts.fails())
    yaml_stack.program(program({"library": job_set({"a": "good"})}))
    assert yaml_stack.up().code == 0
    asked = len(emulator.requests)
    more = {"a": "good", "b": "bad"}

    yaml_stack.program(program({"library": job_set(more)}))
    warned = yaml_stack.preview()
    yaml_stack.program(program({"library": job_set(more, onPreview="fail")}))
    failed = yaml_stack.preview()

    assert {request.job_id for request in emulator.requests[asked:]} == {"bad"}
    assert warned.code == 0, warned.text
    [warning] = warned.on_row("library", "warning")
    assert warning.splitlines()[0] == SUMMARY
    assert warning.splitlines()[1].startswith(BAD)
    assert failed.code != 0
    [error] = failed.on_row("library", "error")
    assert error.startswith(f"Preview failed: {SUMMARY}\n{BAD}")
