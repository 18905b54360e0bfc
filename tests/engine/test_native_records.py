"""Records of the native plugin in a state: refreshed, gone, left out, made secret."""

from __future__ import annotations

import json
from typing import Any

from native_programs import Declared, job, program
from terminal import bullets

from pulumi_alicloud_mediaconvert.emulator import Step, faults, not_found, scripts

# How the engine marks a secret in an exported state.
MARK = "4dabf18193072939515e22adb298388d"
MISSED = "ended Success, but 1 check failed."


def test_a_refresh_looks_again_and_passes_no_bad_verdict(yaml_stack, emulator):
    """What is not found any more keeps its verdict; what cannot be read, all of it.

    The `up` that follows stops by a verdict that a refresh has found, and verifies a
    job that has gone by the facts that are stored.
    """
    names = ["same", "facts", "worse", "gone", "failed", "runs", "deaf"]
    for name in names:
        emulator.add_job(name, scripts.succeeds_cleanly())
    emulator.add_job("failed", scripts.fails())
    emulator.add_job("runs", scripts.stalls(percent=40))
    gates = {name: job(name) for name in names}
    gates["runs"] = job("runs", wait={"timeout": "1s"})
    yaml_stack.program(program(gates))
    assert yaml_stack.up("--continue-on-error").code == 1
    before = yaml_stack.resources()
    emulator.add_job("facts", Step("Success", fields={"UserData": "second"}))
    emulator.add_job("worse", scripts.one_output_fails())
    for name in ("gone", "failed"):
        emulator.add_job(name, [not_found()])
    emulator.faults.add(faults.redirect("http://127.0.0.1:9/", None), job_id="deaf")

    run = yaml_stack.refresh("--diff")

    # One could not be read, which changes nothing.
    assert run.code == 1
    assert "Traceback" not in run.text
    assert "rpc error" not in run.text
    [error] = run.on_row("deaf", "error")
    assert "cannot read job deaf in cn-shanghai" in error
    after = yaml_stack.resources()
    kept = {name: after[name]["outputs"] for name in names}
    assert {name: (one["verdict"], one["stale"]) for name, one in kept.items()} == {
        "same": ("passed", False),
        "facts": ("passed", False),
        "worse": ("failed", False),
        "gone": ("passed", True),
        "failed": ("failed", True),
        "runs": ("pending", False),
        "deaf": ("passed", False),
    }
    for name in ("same", "deaf"):
        assert after[name]["outputs"] == before[name]["outputs"]
    assert kept["facts"]["userData"] == "second"
    assert '=> "second"' in run.text
    unhealthy = {name for name in names if after[name].get("initErrors")}
    assert unhealthy == {"worse", "failed", "runs"}
    assert after["runs"]["initErrors"] == [
        "job runs (cn-shanghai) has not ended: Running 40%."
    ]
    for name in names:
        assert after[name]["inputs"] == before[name]["inputs"]

    gates["gone"] = job("gone", expect={"outputCount": 5})
    yaml_stack.program(program(gates))
    stopped = yaml_stack.up("--continue-on-error")

    assert stopped.code == 1
    said = {name: stopped.on_row(name, "error") for name in names}
    assert {name for name in names if said[name]} == unhealthy | {"gone"}
    assert MISSED in said["worse"][0]
    [head, line] = bullets(said["gone"][0])
    assert head == f"job gone (cn-shanghai) {MISSED}"
    assert line.endswith("expected 5, got 4")
    assert stopped.on_row("gone", "warning") == [
        (
            "job gone (cn-shanghai) had ended with the state Success, and the API no"
            " longer finds it: it was verified with the stored facts."
        )
    ]


def test_a_job_that_is_left_out_is_asked_for_by_nobody(yaml_stack, emulator):
    """Neither its API nor the plugin: what depends on it is created without a word."""
    emulator.add_job("bad", scripts.fails())
    emulator.add_job("good", scripts.succeeds_cleanly())
    first = {"trailer": job("bad")}
    dependent = job("good", options={"dependsOn": ["${trailer}"]})
    both = program(first | {"publish": dependent, "other": job("bad")})
    yaml_stack.program(program(first))
    assert yaml_stack.up().code != 0
    urn = yaml_stack.resources()["trailer"]["urn"]
    publish, other = (
        urn.replace("::trailer", f"::{one}") for one in ("publish", "other")
    )
    asked = len(emulator.requests)
    yaml_stack.program(both)

    targeted = yaml_stack.up("--target", publish)
    kept = yaml_stack.resources()
    yaml_stack.program(program(first))
    assert yaml_stack.up("--target", publish).code == 0
    yaml_stack.program(both)
    excluded = yaml_stack.up("--exclude", urn, "--exclude", other)

    for run in (targeted, excluded):
        assert run.code == 0, run.text
        assert run.on_row("trailer", "warning") == []
    assert "publish" in kept
    assert "publish" in yaml_stack.resources()
    looks = {request.job_id for request in emulator.requests[asked:]}
    assert looks == {"good"}


def demanding(*, kept: bool) -> str:
    """Write a program of one job, whose inputs are secret or not."""

    def stated(value: object) -> object:
        return {"fn::secret": value} if kept else value

    trailer: Declared = job(
        "trailer",
        expect={"outputCount": stated(4)},
        triggers=[stated("s3cret")],
        onPreview="off",
    )
    return program({"trailer": trailer})


def encrypted(record: dict[str, Any], kind: str) -> set[str]:
    """Name the properties of a record that are ciphertext."""
    return {name for name, one in record[kind].items() if MARK in json.dumps(one)}


def test_an_input_that_becomes_a_secret_is_one_after_the_next_up(yaml_stack, emulator):
    """Though its value is the same; so is one that is none any more.

    A record is destroyed without credentials, and without a call.
    """
    emulator.add_job("trailer", scripts.succeeds_cleanly())
    yaml_stack.program(demanding(kept=False))
    assert yaml_stack.up().code == 0
    assert encrypted(yaml_stack.resources()["trailer"], "outputs") == set()

    yaml_stack.program(demanding(kept=True))
    preview, kept = yaml_stack.preview(), yaml_stack.up()
    record = yaml_stack.resources()["trailer"]
    same = yaml_stack.up("--expect-no-changes")
    yaml_stack.program(demanding(kept=False))
    opened = yaml_stack.up()

    assert preview.operations()["trailer"] == "update"
    for run in (kept, same, opened):
        assert run.code == 0, run.text
    assert encrypted(record, "inputs") == {"expect", "triggers"}
    assert encrypted(record, "outputs") >= {"expect", "triggers"}
    assert "s3cret" not in json.dumps(record)
    assert encrypted(yaml_stack.resources()["trailer"], "outputs") == set()
    assert len(emulator.requests) == 3

    del yaml_stack.variables["ALIBABA_CLOUD_ACCESS_KEY_SECRET"]
    gone = yaml_stack.destroy()

    assert gone.code == 0, gone.text
    assert "trailer" not in yaml_stack.resources()
    assert len(emulator.requests) == 3
