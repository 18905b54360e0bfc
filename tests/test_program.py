"""What a program gets of the SDK's private corners, on the installed one."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
from importlib.metadata import version

import pulumi
import pytest
from pulumi.runtime.settings import SETTINGS

from hosts import run_program
from jobs import JOB_ID
from pulumi_alicloud_mediaconvert import MediaConvertJob
from pulumi_alicloud_mediaconvert.hosts.dynamic.program import HOSTS_SCRIPT, reads_by_id

# Older ones have no way to wait for a value by another one.
WAITS_BY_ANOTHER = hasattr(pulumi.Output, "_untrack")


def test_a_program_waits_for_a_job_as_one():
    """Its properties come together, and each more that is waited for costs time."""
    waited: set[str] = set()

    def program():
        job = MediaConvertJob("trailer", job_id=JOB_ID)
        for name, value in vars(job).items():
            # As the SDK keeps what it waits for.
            if isinstance(value, pulumi.Output) and value._data in SETTINGS.outputs:  # noqa: SLF001  # see above
                waited.add(name)
        return job.urn

    run_program(program)

    everything = {"id", "urn", "job_id", "verdict", "outputs"}
    # Of the URN something is made, which is waited for in its place.
    assert waited & everything == ({"id"} if WAITS_BY_ANOTHER else everything)
    assert (len(waited) == 1) is WAITS_BY_ANOTHER


def test_what_a_program_makes_of_an_output_is_waited_for():
    """The SDK ends no program before its last `apply`."""
    seen: list[str] = []

    def program():
        job = MediaConvertJob("trailer", job_id=JOB_ID)
        job.verdict.apply(seen.append)
        pulumi.Output.format("{0}!", job.verdict).apply(seen.append)
        return pulumi.Output.from_input(None)

    run_program(program)

    assert seen == ["passed", "passed!"]


def test_a_job_that_is_refused_ends_the_program_with_that_and_no_more():
    """Nothing of asyncio's stands beside the error."""
    complaints: list[object] = []

    def program():
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: complaints.append(context))
        MediaConvertJob("trailer", job_id=JOB_ID)
        return pulumi.Output.from_input(None)

    with pytest.raises(pulumi.RunError, match="refused"):
        run_program(program, None)

    gc.collect()
    assert complaints == []


def test_an_sdk_reads_by_id_from_3_268_on():
    """What the README says of `MediaConvertJob.get` holds for this SDK."""
    major, minor = version("pulumi").split(".")[:2]

    assert reads_by_id() is ((int(major), int(minor)) >= (3, 268))


@pytest.mark.parametrize(
    "server",
    [None, "props = rpc.deserialize_properties(request.properties)"],
    ids=["no server", "older server"],
)
def test_an_sdk_that_does_not_look_among_the_inputs_is_too_old(tmp_path, server):
    """It would end a `get` in a traceback."""
    if server is not None:
        (tmp_path / "dynamic").mkdir()
        (tmp_path / "dynamic" / "__main__.py").write_text(server)

    assert not reads_by_id(tmp_path)


HOOKED = """
import sys
from pulumi_alicloud_mediaconvert.hosts.dynamic.program import end_quietly

def own(kind, error, trace):
    print("own:", kind.__name__)

{own}
end_quietly()
end_quietly()
raise {error}
"""


def ended(tmp_path, script, error, *, own=False):
    """End a process, started by a script of that name, with an error."""
    file = tmp_path / script
    hook = "sys.excepthook = own" if own else ""
    file.write_text(HOOKED.format(error=error, own=hook))
    return subprocess.run(
        [sys.executable, file], capture_output=True, text=True, check=False
    )


def test_a_program_that_its_host_interrupts_ends_without_a_word(tmp_path):
    """Of Python's own traceback nothing is left; that it was interrupted, is."""
    hosted = ended(tmp_path, HOSTS_SCRIPT, "KeyboardInterrupt")
    alone = ended(tmp_path, "release.py", "KeyboardInterrupt")

    assert (hosted.stdout, hosted.stderr) == ("", "")
    assert hosted.returncode == alone.returncode != 0


def test_a_process_that_no_host_has_started_keeps_its_traceback(tmp_path):
    """A script, a test or a notebook may be interrupted by a person, who looks why."""
    done = ended(tmp_path, "release.py", "KeyboardInterrupt")

    assert done.stderr.rstrip().endswith("KeyboardInterrupt")
    assert "Traceback" in done.stderr


@pytest.mark.parametrize(
    "error", ["ValueError", "SystemExit('no')", "BaseException", "GeneratorExit"]
)
def test_every_other_error_is_told_as_before(tmp_path, error):
    """A program's own faults are not hidden."""
    hosted = ended(tmp_path, HOSTS_SCRIPT, error)
    alone = ended(tmp_path, "release.py", error)

    assert hosted.stderr
    assert hosted.returncode == alone.returncode
    assert hosted.stderr == alone.stderr.replace("release.py", HOSTS_SCRIPT)


def test_what_another_library_does_with_errors_it_still_does(tmp_path):
    """The hook that was there before is asked, for all but an interruption."""
    hosted = ended(tmp_path, HOSTS_SCRIPT, "ValueError", own=True)

    assert hosted.stdout == "own: ValueError\n"
    assert hosted.stderr == ""
