"""An ended job whose record the API has forgotten, on the real engine."""

from __future__ import annotations

from programs import JOB_ID, NAME
from terminal import bullets

from pulumi_alicloud_mediaconvert.emulator import scripts

GONE = f"{NAME} had ended with the state Success, and the API no longer finds it"


def declared(**stated: object) -> str:
    """Write a program with one job."""
    arguments = "".join(f", {name}={value!r}" for name, value in stated.items())
    return f'MediaConvertJob("trailer", job_id="{JOB_ID}"{arguments})\n'


def test_a_job_whose_record_has_gone_is_verified_by_its_stored_facts(stack, emulator):
    """It is never "no job": the stored facts meet the demands of now, or miss them.

    A rule over the answer itself, which is not stored, is skipped. A miss is kept as
    any other failure, by facts that are stored again, and cured by constraints that the
    same facts meet.
    """
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    raw = {"rules": [{"query": "raw.State", "must_be": "Success"}]}
    stack.program(declared(expect=raw))
    assert stack.up().code == 0
    before = stack.resources()["trailer"]["outputs"]
    emulator.add_job(JOB_ID, [scripts.appears_late(reads=99).steps[0]])
    stack.program(declared(expect=raw, triggers=["again"]))

    run = stack.up()

    assert run.code == 0, run.text
    assert run.on_row("trailer", "warning") == [
        f"{GONE}: it was verified with the stored facts."
    ]
    after = stack.resources()["trailer"]["outputs"]
    [skipped] = after["skipped_checks"]
    assert skipped.startswith('rule "raw.State": met before; ')
    assert after == before | {
        "triggers": ["again"],
        "stale": True,
        "skipped_checks": [skipped],
    }

    stack.program(declared(expect={"output_count": 5}))
    missed = stack.up()

    assert missed.code != 0
    assert "no job" not in missed.text
    [head, line] = bullets(missed.text)
    assert head == f"{NAME} ended Success, but 1 check failed."
    assert "expected 5, got 4" in line
    assert stack.resources()["trailer"]["outputs"]["verdict"] == "failed"

    stack.program(declared(expect={"output_count": 4}))
    cured = stack.up()

    assert cured.code == 0, cured.text
    kept = stack.resources()["trailer"]
    assert "initErrors" not in kept
    assert (kept["outputs"]["verdict"], kept["outputs"]["stale"]) == ("passed", True)


def test_a_job_that_never_ended_is_gone_when_its_record_has_gone(stack, emulator):
    """A stored `pending` knows of no end, but when and how the job was seen."""
    emulator.add_job(JOB_ID, scripts.stalls(percent=40))
    stack.configure("mediaconvert:waitNotFoundGrace", "300ms")
    stack.program(declared(wait=False))
    assert stack.up().code == 0
    emulator.add_job(JOB_ID, [scripts.appears_late(reads=99).steps[0]])

    run = stack.up()

    assert run.code != 0
    [line] = bullets(run.text)
    assert line.startswith(f"The API no longer finds {NAME} ")
    assert "Running at 40%" in line
    kept = stack.resources()["trailer"]["outputs"]
    assert kept["__seen_at"] in line
    assert (kept["verdict"], kept["state"]) == ("pending", "Running")
