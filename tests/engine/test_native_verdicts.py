"""Verdicts of the native plugin on the real engine: what stops, and what is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from native_programs import Declared, job, program
from programs import JOB_ID
from stack import Run
from terminal import bullets

from jobs import make_job, make_output
from pulumi_alicloud_mediaconvert.emulator import Script, Step, scripts

ALL = "all 4 outputs"
MISSED = " ended Success, but 1 check failed."
UNDECIDED = " ended Success, but 1 check could not be decided."
# Some thousand instructions each, and each may be tried at each byte.
COSTLY = [{"matches": f".*(.{{1,300}}a){{3}}b{number}"} for number in range(300)]
# All of it together is more than a failure can bring along.
LONG = "http://example.org/" + "a" * 9_800


@dataclass(frozen=True)
class Row:
    """A job that stops an `up`.

    Attributes:
        script: of the job.
        lines: how its lines begin; the first one after the ID of the job.
        verdict: that is kept.
        expect: what it is held to.
    """

    script: Script
    lines: list[str]
    verdict: str = "failed"
    expect: Any = field(default_factory=dict)


def delivers(job_id: str, url: str, *statuses: str) -> Script:
    """End well, with an output for each status."""
    outputs = [
        make_output(f"v{number}", status=status, url=url)
        for number, status in enumerate(statuses)
    ]
    answer = {"Job": make_job(*outputs, JobId=job_id), "RequestId": "0"}
    return Script([Step(verbatim=answer)])


ROWS = {
    "failed": Row(
        scripts.fails(),
        [
            (
                " ended Failed: InvalidParameter.ResourceContentBad, "
                '"The resource operated InputFile is bad" (request '
            ),
            f'{ALL}, output group "hls-group": ended Failed with the job',
        ],
    ),
    "cancelled": Row(
        scripts.cancelled(),
        [
            " ended Cancelled",
            f'{ALL}, output group "hls-group": ended Skipped with the job',
        ],
    ),
    "output": Row(
        scripts.one_output_fails(),
        [MISSED, 'output "audio-m4a": status: expected Success, got Failed'],
    ),
    "skipped": Row(
        scripts.skips_output(),
        [MISSED, 'output "audio-m4a": status: expected Success, got Skipped'],
    ),
    "missed": Row(
        scripts.succeeds_cleanly(),
        [
            " ended Success, but 2 checks failed.",
            'output "720P-mp4": video codec: expected hevc, got h264 (for full HD)',
            'output "720P-mp4": video width: expected 1920, got 1280 (for full HD)',
        ],
        expect={
            "outputs": [
                {
                    "name": "720P-mp4",
                    "video": {"width": 1920, "codec": "hevc", "message": "for full HD"},
                }
            ]
        },
    ),
    "unreported": Row(
        scripts.succeeds(),
        [UNDECIDED, 'output "720P-mp4": audio bitrate'],
        "inconclusive",
        {"outputs": [{"name": "720P-mp4", "audio": {"bitrateKbps": {"max": 200}}}]},
    ),
    "costly": Row(
        delivers("job-costly", "http://example.org/a", *["Success"] * 100),
        [UNDECIDED, "expect: expected to be verified, but the expectations take"],
        "inconclusive",
        {"everyOutput": {"status": {"not": {"anyOf": COSTLY}}}},
    ),
    "large": Row(
        delivers("job-large", LONG, "Failed", *["Success"] * 500),
        [
            MISSED,
            'output "v0": status: expected Success, got Failed',
            (
                "The state is too large to keep `config`, `outputs`, `outputGroups`, "
                "`mismatches`, `urls` of this run."
            ),
        ],
    ),
}


def id_of(name: str) -> str:
    """Return the ID of the job of a row."""
    # Its answer is the vendor's own sample, which masks such an ID.
    return JOB_ID if name == "unreported" else f"job-{name}"


def declared() -> dict[str, Declared]:
    """Declare a resource for each row, and one that depends on a failed one."""
    bad = {name: job(id_of(name), expect=row.expect) for name, row in ROWS.items()}
    dependent = job("dependent", options={"dependsOn": ["${failed}"]})
    return bad | {"good": job("good"), "dependent": dependent}


def lines_of(run: Run, name: str) -> list[str]:
    """Read the bullets on the row of a resource."""
    [error] = run.on_row(name, "error")
    return bullets(error)


def test_a_bad_job_stops_the_up_and_its_facts_are_kept(yaml_stack, emulator):
    """One bullet a cause; each `up` looks anew; what depends on it waits for it."""
    for name, row in ROWS.items():
        emulator.add_job(id_of(name), row.script)
    for good in ("good", "dependent"):
        emulator.add_job(good, scripts.succeeds_cleanly())
    url = '${good.urls["720P-mp4"]}'
    yaml_stack.program(program(declared(), verdict="${good.verdict}", url=url))

    run = yaml_stack.up("--continue-on-error")

    assert run.code == 1
    assert "Traceback" not in run.text
    assert "rpc error" not in run.text
    state = yaml_stack.export()["deployment"]
    assert not state.get("pending_operations")
    kept = yaml_stack.resources()
    assert "dependent" not in kept
    for name, row in ROWS.items():
        said = lines_of(run, name)
        assert len(said) == len(row.lines), said
        head, *others = row.lines
        assert said[0].startswith(f"job {id_of(name)} (cn-shanghai){head}")
        for line, start in zip(said[1:], others, strict=True):
            assert line.startswith(start)
        assert kept[name]["initErrors"] == said
        assert kept[name]["id"] == id_of(name)
        outputs = kept[name]["outputs"]
        assert (outputs["jobId"], outputs["verdict"]) == (id_of(name), row.verdict)

    asked = len(emulator.requests)
    again = yaml_stack.up("--continue-on-error")

    assert again.code == 1
    assert {name: lines_of(again, name) for name in ROWS} == {
        name: lines_of(run, name) for name in ROWS
    }
    looks = {request.job_id for request in emulator.requests[asked:]}
    # The engine previews what it has to leave out.
    assert looks - {"dependent"} == {id_of(name) for name in ROWS}
    assert "dependent" not in yaml_stack.resources()

    for name in ROWS:
        emulator.add_job(id_of(name), scripts.succeeds_cleanly())
    mended = {name: job(id_of(name)) for name in ROWS}
    yaml_stack.program(program(declared() | mended))
    cured = yaml_stack.up()

    assert cured.code == 0, cured.text
    kept = yaml_stack.resources()
    assert "dependent" in kept
    for name in ROWS:
        assert not kept[name].get("initErrors")
        assert kept[name]["outputs"]["verdict"] == "passed"

    asked = len(emulator.requests)
    unchanged = yaml_stack.up("--expect-no-changes")
    gone = yaml_stack.destroy()

    assert unchanged.code == gone.code == 0, unchanged.text + gone.text
    assert len(emulator.requests) == asked


def test_what_is_let_through_is_said_in_every_up(yaml_stack, emulator):
    """Advice warns on the row; a job that is not waited for passes as pending."""
    emulator.add_job("advice", scripts.one_output_fails())
    emulator.add_job("open", scripts.succeeds_cleanly(reads=2))
    emulator.add_job("stopped", scripts.fails())
    gates = {
        "advice": job("advice", enforcementLevel="advisory"),
        "open": job("open", wait=False),
        "stopped": job("stopped", enforcementLevel="disabled"),
    }
    dependent = job("advice", options={"dependsOn": [f"${{{one}}}" for one in gates]})
    dependent["properties"]["enforcementLevel"] = "disabled"
    yaml_stack.program(program(gates | {"dependent": dependent}))

    first = yaml_stack.up()
    kept = yaml_stack.resources()
    second, third = yaml_stack.up(), yaml_stack.up()

    for run in (first, second, third):
        assert run.code == 0, run.text
        [warning] = run.on_row("advice", "warning")
        assert [line.partition(": ")[0] for line in warning.splitlines()[1:]] == [
            'output "audio-m4a"'
        ]
    assert "dependent" in kept
    verdicts = {name: kept[name]["outputs"]["verdict"] for name in gates}
    assert verdicts == {
        "advice": "failed",
        "open": "pending",
        "stopped": "unverified",
    }
    # Looked at once in each `up`, until it has ended.
    assert [one.job_id for one in emulator.requests].count("open") == 3
    assert yaml_stack.resources()["open"]["outputs"]["verdict"] == "passed"


def test_wrong_values_are_listed_by_their_paths_in_the_preview(yaml_stack, emulator):
    """In the names of the program, and before the API is asked for anything.

    Keys and types are held by the host of YAML before that.
    """
    wrong = {
        "outputs": [
            {"name": "720P-mp4"},
            {"name": "720P-mp4", "durationSeconds": {"near": 403, "min": 5}},
        ],
        "outputCount": {"min": 5, "max": 3},
        "rules": [{"query": "length(outputs"}],
    }
    late = {"notFoundGrace": "soon"}
    yaml_stack.program(program({"trailer": job("a", expect=wrong, wait=late)}))

    run = yaml_stack.preview()

    assert run.code != 0
    assert "Traceback" not in run.text
    said = run.on_row("trailer", "error")
    assert [line.partition(" has a problem: ")[2] for line in said] == [
        (
            'wait.notFoundGrace: must be a duration such as "90s" or "1h30m", or '
            "seconds, got 'soon'"
        ),
        (
            "expect.outputs[1].durationSeconds: needs exactly one of `min`/`max`, "
            "`near` with a tolerance, `not`, `anyOf`, `matches`, `present`; got min, "
            "near"
        ),
        "expect.outputCount: min must not exceed max (5 and 3)",
        "expect.rules[0].query: is not a JMESPath query: Incomplete expression",
        'expect.outputs[1].name: output "720P-mp4" appears twice',
    ]
    assert not emulator.requests
