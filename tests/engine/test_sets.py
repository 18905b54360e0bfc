"""Very many jobs as one resource, on the real engine."""

from __future__ import annotations

from terminal import bullets

from pulumi_alicloud_mediaconvert.emulator import scripts

PROGRAM = """
from pulumi_alicloud_mediaconvert import MediaConvertJobSet

jobs = MediaConvertJobSet("library", job_ids={job_ids!r}{more})
pulumi.export("verdict", jobs.verdict)
pulumi.export("passed", jobs.counts.passed)
pulumi.export("states", jobs.jobs.apply(
    lambda jobs: {{name: job["state"] for name, job in jobs.items()}}))
"""


def program(job_ids, more=""):
    """Write a program with one set of jobs."""
    return PROGRAM.format(job_ids=job_ids, more=more)


def test_a_set_is_one_gate_and_goes_on_where_it_stopped(stack, emulator):
    """A bad job stops all; each later `up` looks at what is new or open."""
    emulator.add_job("good", scripts.succeeds_cleanly())
    emulator.add_job("bad", scripts.fails())
    stack.program(program({"a": "good", "b": "bad"}))

    failed = stack.up()

    assert failed.code != 0
    assert bullets(failed.text)[0] == "2 jobs (cn-shanghai): 1 passed, 1 failed."
    assert bullets(failed.text)[1].startswith("b: job bad (cn-shanghai) ended Failed")
    assert "Traceback" not in failed.text

    stack.program(program({"a": "good"}))
    mended = stack.up()

    assert mended.code == 0, mended.text
    assert mended.operations()["library"] == "update"
    asked = len(emulator.requests)

    emulator.add_job("new", scripts.succeeds_slowly(reads=2))
    stack.program(program({"a": "good", "n": "new"}, ', wait={"poll_min": 0.1}'))
    grown = stack.up()

    assert grown.code == 0, grown.text
    assert {request.job_id for request in emulator.requests[asked:]} == {"new"}
    assert "1/2 ended" in "".join(grown.diagnostics(ephemeral=True))
    assert stack.outputs() == {
        "verdict": "passed",
        "passed": 2,
        "states": {"a": "Success", "n": "Success"},
    }

    asked = len(emulator.requests)
    assert stack.up().operations()["library"] == "same"
    assert stack.refresh().code == 0
    assert stack.destroy().code == 0
    assert len(emulator.requests) == asked


def test_a_failed_job_that_joins_is_seen_in_the_preview(stack, emulator):
    """What has passed is not asked for; the new one stops a preview that may fail."""
    good = {f"g{number}": f"good-{number}" for number in range(5)}
    for job_id in good.values():
        emulator.add_job(job_id, scripts.succeeds_cleanly())
    emulator.add_job("bad", scripts.fails())
    stack.program(program(good))
    assert stack.up().code == 0
    asked = len(emulator.requests)

    unchanged = stack.up(previews=True)
    stack.program(program({**good, "z": "bad"}))
    warned = stack.preview()
    stack.program(program({**good, "z": "bad"}, ', on_preview="fail"'))
    failed = stack.preview()

    assert unchanged.code == 0
    assert unchanged.operations()["library"] == "same"
    assert {request.job_id for request in emulator.requests[asked:]} == {"bad"}
    assert warned.code == 0, warned.text
    [warning] = warned.on_row("library", "warning")
    summary, line, *_ = warning.splitlines()
    assert summary == ("6 jobs (cn-shanghai): this preview read 1 job: 1 did not pass.")
    assert line.startswith("z: job bad (cn-shanghai) ended Failed")
    assert failed.code != 0
    assert "z: job bad (cn-shanghai) ended Failed" in failed.text
    assert "Traceback" not in failed.text


def test_a_secret_set_is_kept_and_printed_nowhere(stack, emulator):
    """Where an ID is secret, all that tells of a job is ciphertext and is not said."""
    emulator.add_job("s3cret-job", scripts.fails())
    secret = '{"a": pulumi.Output.secret("s3cret-job")}'
    source = program({}).replace("job_ids={}", f"job_ids={secret}")
    stack.program(source.partition("pulumi.export")[0])

    failed = stack.up()

    assert failed.code != 0
    assert bullets(failed.text) == [
        "1 job (cn-shanghai): 1 failed.",
        "Which jobs are affected is secret; see the output `jobs`.",
    ]
    assert "s3cret-job" not in failed.text
    state = stack.resources()["library"]
    assert "ciphertext" in state["outputs"]["jobs"]
    assert "s3cret-job" not in str(state)


def test_jobs_and_sets_say_once_which_setting_nobody_reads(stack):
    """What serves both is one process, which a person hears once."""
    stack.configure("mediaconvert:waitTimout", "2h")
    stack.program(
        "from pulumi_alicloud_mediaconvert import MediaConvertJobSet\n"
        f'MediaConvertJob("one", job_id="{"1" * 32}")\n'
        f'MediaConvertJobSet("all", job_ids=["{"2" * 32}"])\n'
    )

    run = stack.preview()

    assert run.code == 0, run.text
    told = [line for line in run.diagnostics() if "did you mean" in line]
    assert len(told) == 1
    assert "mediaconvert:waitTimeout" in told[0]
