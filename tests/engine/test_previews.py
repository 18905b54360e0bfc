"""`pulumi preview` on the real engine: what an `up` would find, and no wait for it."""

from __future__ import annotations

import socket

import pytest
from native_programs import job
from native_programs import program as yaml_program
from programs import JOB_ID, NAME, ONE_JOB
from terminal import bullets

from pulumi_alicloud_mediaconvert.emulator import faults, scripts
from pulumi_alicloud_mediaconvert.lifecycle.preview import NOT_PREVIEWED

LINES = [
    f"{NAME} ended Success, but 1 check failed.",
    (
        'output "audio-m4a": status: expected Success, got Failed (InvalidParameter.'
        'ResourceContentBad, "The resource operated InputFile is bad"): the input file '
        "cannot be decoded; check that it is complete"
    ),
]
STOPS = "`pulumi up` will stop here."
# More jobs than any engine looks at side by side.
MANY = 12


def declared(**stated: object) -> str:
    """Write a program with one job."""
    arguments = "".join(f", {name}={value!r}" for name, value in stated.items())
    return f'MediaConvertJob("trailer", job_id="{JOB_ID}"{arguments})\n'


def test_a_bad_end_is_a_warning_that_the_up_will_stop(stack, emulator):
    """`on_preview="warn"`: every problem once on the row, and the preview passes.

    The same holds for a failure that was kept, whose inputs did not change; of a job
    that passed and did not change nothing is said, since no `up` would look.
    """
    emulator.add_job(JOB_ID, scripts.one_output_fails())
    stack.program(declared())

    run = stack.preview()

    assert run.code == 0, run.text
    assert run.on_row("trailer", "warning") == ["\n".join([*LINES, STOPS])]
    assert len(emulator.requests) == 1

    assert bullets(stack.up().text) == LINES
    kept = stack.preview("--diff")

    assert kept.code == 0, kept.text
    assert kept.on_row("trailer", "warning") == ["\n".join([*LINES, STOPS])]
    assert "__preview" not in kept.text + str(stack.export())

    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    assert stack.up().code == 0
    asked = len(emulator.requests)
    quiet = stack.preview("--expect-no-changes")

    assert quiet.code == 0, quiet.text
    assert quiet.on_row("trailer", "warning") == []
    assert len(emulator.requests) == asked


def test_a_preview_can_fail_with_one_error_a_problem(stack, emulator):
    """`on_preview="fail"` fails the preview, so that nothing is half-changed.

    Never the `up` itself, which fails by its own verdict and keeps the facts. Of a
    kept failure, whose inputs did not change, the preview fails as well.
    """
    emulator.add_job(JOB_ID, scripts.one_output_fails())
    stack.program(declared(on_preview="fail"))

    run = stack.up(previews=True)

    assert run.code != 0
    assert "Traceback" not in run.text
    assert [
        line.partition("has a problem: ")[2] for line in run.on_row("trailer", "error")
    ] == LINES
    assert "trailer" not in stack.resources()
    assert len(emulator.requests) == 1

    assert bullets(stack.up().text) == LINES
    again = stack.preview()

    assert again.code != 0
    assert again.on_row("trailer", "error") == ["\n".join(LINES)]


def test_who_accepts_a_bad_end_is_not_told_to_stop(stack, emulator):
    """Under `advisory` the lines are warnings; `off` and `disabled` do not look."""
    emulator.add_job(JOB_ID, scripts.one_output_fails())
    stack.program(declared(enforcement_level="advisory", on_preview="fail"))

    advisory = stack.preview()

    assert advisory.code == 0, advisory.text
    assert advisory.on_row("trailer", "warning") == ["\n".join(LINES)]
    assert len(emulator.requests) == 1

    stack.program(
        f"""
{declared(on_preview="off")}
MediaConvertJob("other", job_id="{JOB_ID}", enforcement_level="disabled")
"""
    )
    off = stack.preview()

    assert off.code == 0, off.text
    assert off.on_row("trailer", "warning") == []
    assert len(emulator.requests) == 1


def test_what_has_not_ended_is_a_note(stack, emulator):
    """A job under way or unknown is one line each that warns of nothing.

    Expectations with a value that is known only later are not judged at all. The plan
    of such a preview is one that an `up` can follow.
    """
    unknown = JOB_ID[::-1]
    emulator.add_job(JOB_ID, scripts.stalls(percent=66))
    stack.program(
        f"""
from pulumi.dynamic import CreateResult, Resource, ResourceProvider

class Counts(ResourceProvider):
    def create(self, props):
        return CreateResult("counted", {{"count": 4}})

class Count(Resource):
    count: pulumi.Output[int]

MediaConvertJob("unknown", job_id="{unknown}")
count = Count(Counts(), "count", {{"count": None}}).count
MediaConvertJob("later", job_id="{JOB_ID}", on_preview="fail",
    expect={{"outputs": [{{"name": "a", "video": {{"width": count}}}}]}})
{declared()}
"""
    )

    run = stack.preview()

    assert run.code == 0, run.text
    assert run.on_row("trailer", "info") == [
        f"{NAME} has not ended: Running 66%. `pulumi up` will wait for it."
    ]
    assert (
        f"job {unknown} (cn-shanghai): the API does not find it."
        " `pulumi up` will read it again." in run.text
    )
    assert "warning" not in run.text
    assert len(emulator.requests) == 2


def test_a_plan_of_a_preview_is_one_that_the_up_can_follow(stack, emulator):
    """What tells a preview from an `up` is no part of the plan, nor of the state."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.program(ONE_JOB)

    saved = stack.preview("--save-plan", "plan.json")
    run = stack.up("--plan", "plan.json")

    assert saved.code == 0, saved.text
    assert run.code == 0, run.text
    assert len(emulator.requests) == 2
    resource = stack.resources()["trailer"]
    for kind in ("inputs", "outputs"):
        hidden = {name for name in resource[kind] if name.startswith("_")}
        assert hidden == {"__provider"}


@pytest.fixture
def mute():
    """An address that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def many() -> dict[str, str]:
    """Write a program of many jobs."""
    jobs = {f"job-{number}": f"{number:032x}" for number in range(MANY)}
    return {
        "python": f"for name, job_id in {jobs}.items():\n"
        '    MediaConvertJob(name, job_id=job_id, on_preview="fail")\n',
        "yaml": yaml_program(
            {name: job(job_id, onPreview="fail") for name, job_id in jobs.items()}
        ),
    }


@pytest.mark.parametrize("silent", ["API", "credentials"])
def test_a_preview_never_waits(host_stack, emulator, mute, silent):
    """Whoever does not answer, and however many jobs there are."""
    stack = host_stack
    stack.program(many())
    if silent == "API":
        emulator.faults.add(faults.hang(times=None))
    else:
        for name in ("ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET"):
            del stack.variables[name]
        stack.variables["ALIBABA_CLOUD_CREDENTIALS_URI"] = mute

    run = stack.preview()

    assert run.code == 0, run.text
    # Which jobs it asks about, and how many at once, is for the engine to choose.
    [told] = [line for line in run.diagnostics() if NOT_PREVIEWED in line]
    assert "does not respond" in told or "time" in told
    assert len(emulator.requests) < MANY
