"""What a program gets of the SDK's private corners, on the installed one."""

from __future__ import annotations

import asyncio
import gc
from importlib.metadata import version

import pulumi
import pytest
from pulumi.runtime.settings import SETTINGS

from made import JOB_ID
from mocked_programs import run
from pulumi_alicloud_mediaconvert import MediaConvertJob
from pulumi_alicloud_mediaconvert.plugin.program import reads_by_id

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

    run(program)

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

    run(program)

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
        run(program, None)

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
