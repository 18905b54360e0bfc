"""The native plugin from YAML, TypeScript and Go: the same rules in every language."""

from __future__ import annotations

import json
import shutil
import signal

import pytest
from language_programs import (
    JOB_SET,
    ONE_READ,
    OTHER_ID,
    OWN_PROVIDER,
    SECRET_ID,
    TWO_GATES,
)
from languages import EXAMPLES
from processes import hung
from programs import JOB_ID, NAME
from terminal import bullets

from pulumi_alicloud_mediaconvert.emulator import scripts
from pulumi_alicloud_mediaconvert.text import HIDDEN

URL = "http://media-bucket.oss-cn-shanghai.aliyuncs.com/trailer/720p.mp4"
# How the engine marks a secret in an exported state.
MARK = "4dabf18193072939515e22adb298388d"


@pytest.fixture
def jobs(emulator):
    """Two good jobs."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    emulator.add_job(OTHER_ID, scripts.succeeds_cleanly())


@pytest.mark.usefixtures("jobs")
def test_good_job_passes_and_its_values_are_outputs(native_stack):
    """A preview knows them already; a second run has nothing to do."""
    native_stack.program(TWO_GATES)

    run = native_stack.up(previews=True)
    again = native_stack.up()

    assert run.code == 0, run.text
    assert run.operations()["trailer"] == "create"
    assert native_stack.outputs() == {"verdict": "passed", "url": URL}
    assert "warning" not in run.text
    assert "3 unchanged" in again.text


@pytest.mark.usefixtures("jobs")
def test_bad_job_stops_what_depends_on_it(native_stack, emulator):
    """One clean bullet for each problem; the facts are kept, the rest is not made."""
    emulator.add_job(JOB_ID, scripts.succeeds())
    native_stack.program(TWO_GATES)

    run = native_stack.up()

    assert run.code != 0
    assert bullets(run.text) == [
        f"{NAME} ended Success, but 1 check failed.",
        'output "720P-mp4": video width: expected at least 1280, got 848',
    ]
    assert "Traceback" not in run.text
    kept = native_stack.resources()
    assert "teaser" not in kept
    assert kept["trailer"]["outputs"]["verdict"] == "failed"
    assert kept["trailer"]["outputs"]["outputs"][0]["videoStreams"][0]["width"] == 848
    assert "pending_operations" not in native_stack.export()["deployment"]


@pytest.mark.usefixtures("jobs")
def test_interrupted_wait_is_resumed(native_stack, emulator):
    """Ctrl-C ends every process of ours; the next run goes on with the same record."""
    emulator.add_job(JOB_ID, scripts.hangs_queued())
    native_stack.program(TWO_GATES)

    with native_stack.running("up", "--yes", "--skip-preview") as command:
        command.wait_until(lambda: emulator.wait_for_requests(2))
        members = command.session.members()
        command.process.send_signal(signal.SIGINT)
        stopped = command.end()
        left = hung(members)

    assert stopped.code != 0
    assert "Traceback" not in stopped.text
    assert not left
    assert native_stack.resources()["trailer"]["outputs"]["verdict"] == "pending"
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    resumed = native_stack.up()
    assert resumed.code == 0, resumed.text
    steps = resumed.operations()
    assert (steps["trailer"], steps["teaser"]) == ("update", "create")


@pytest.mark.usefixtures("jobs")
def test_secret_job_id_is_printed_and_stored_nowhere(native_stack, emulator):
    """It is ciphertext in the state, and hidden in every line, of failures too."""
    emulator.add_job(JOB_ID, scripts.fails())
    native_stack.program(SECRET_ID)
    native_stack.configure("jobId", JOB_ID, secret=True)

    failed = native_stack.up(previews=True)
    after_failure = native_stack.resources()["trailer"]
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    passed = native_stack.up()
    after_success = native_stack.resources()["trailer"]

    assert bullets(failed.text)[0].startswith(
        f"job {HIDDEN} (cn-shanghai) ended Failed"
    )
    assert passed.code == 0, passed.text
    for kept in (after_failure, after_success):
        assert MARK in kept["inputs"]["jobId"]
        assert MARK in kept["outputs"]["jobId"]
        # The ID of a resource is in clear: the engine knows no other.
        assert JOB_ID not in json.dumps({key: kept[key] for key in kept if key != "id"})
    for run in (failed, passed):
        assert JOB_ID not in run.text, run.command
    assert native_stack.outputs() == {"job": HIDDEN, "verdict": "passed"}


@pytest.mark.usefixtures("jobs")
def test_set_of_jobs_passes_as_one_resource(native_stack):
    """Names of jobs stay as the program spells them."""
    native_stack.program(JOB_SET)

    run = native_stack.up()

    assert run.code == 0, run.text
    outputs = native_stack.outputs()
    assert outputs["verdict"] == "passed"
    assert outputs["counts"]["passed"] == 2
    kept = native_stack.resources()["library"]
    assert sorted(kept["outputs"]["jobs"]) == ["front_page", "teaser"]


@pytest.mark.usefixtures("jobs")
def test_job_is_read_once_without_a_resource(native_stack, emulator):
    """A function reads one job while the program runs, in a preview too."""
    native_stack.program(ONE_READ)

    run = native_stack.up()

    assert run.code == 0, run.text
    assert native_stack.outputs() == {"state": "Success", "url": URL}
    assert len(emulator.requests) == 1


@pytest.mark.usefixtures("jobs")
def test_explicit_provider_brings_its_own_configuration(native_stack, emulator):
    """The region of the stack's configuration does not reach it."""
    native_stack.program(OWN_PROVIDER)
    native_stack.configure("api", emulator.url)

    run = native_stack.up()

    assert run.code == 0, run.text
    outputs = native_stack.outputs()
    assert outputs == {"verdict": "passed", "region": "ap-southeast-1"}


@pytest.mark.usefixtures("jobs")
def test_example_passes_with_a_good_job_alone(native_stack, emulator):
    """The example of each language is a whole program, which a bad job stops."""
    example = EXAMPLES / f"{native_stack.language.name}-gate"
    project = (example / "Pulumi.yaml").read_text()
    ignored = shutil.ignore_patterns("Pulumi.yaml", "node_modules")
    shutil.copytree(example, native_stack.folder, dirs_exist_ok=True, ignore=ignored)
    # The stack belongs to the project of the test.
    own = project.replace(f"name: {example.name}\n", f"name: {native_stack.project}\n")
    (native_stack.folder / "Pulumi.yaml").write_text(own)
    native_stack.language.prepare(native_stack.folder)
    native_stack.configure("jobId", JOB_ID)
    emulator.add_job(JOB_ID, scripts.succeeds())

    stopped = native_stack.up()
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    passed = native_stack.up()

    assert stopped.code != 0
    assert 'output "720P-mp4": video width: expected 1280, got 848' in stopped.text
    assert passed.code == 0, passed.text
    assert native_stack.outputs() == {"verdict": "passed", "url": URL}
