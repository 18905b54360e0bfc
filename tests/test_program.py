"""What a program gets of the SDK's private corners, on the installed one."""

from __future__ import annotations

import gc
from importlib.metadata import version

import pulumi
import pytest
from pulumi.runtime.settings import SETTINGS

from made import JOB_ID
from pulumi_alicloud_mediaconvert import MediaConvertJob
from pulumi_alicloud_mediaconvert.gate_mocks import QuietMonitor, event_loop
from pulumi_alicloud_mediaconvert.plugin.program import reads_by_id

# Older ones have no way to wait for a value by another one.
WAITS_BY_ANOTHER = hasattr(pulumi.Output, "_untrack")


class Engine(pulumi.runtime.Mocks):
    """Answers for the engine with a job that passed, or with an error."""

    def __init__(self, *, refuses: bool = False) -> None:
        self._refuses = refuses

    def call(self, _args):
        """Answer no invoke; this package makes none."""
        raise NotImplementedError

    def new_resource(self, args):
        """Give the job's outputs."""
        if self._refuses:
            raise ValueError("refused")
        return JOB_ID, {**args.inputs, "verdict": "passed"}


def run(program, engine):
    """Run a program to its end, as the SDK does."""
    with event_loop():
        pulumi.runtime.set_mocks(engine, monitor=QuietMonitor(engine))
        pulumi.runtime.test(program)()


def test_a_program_waits_for_a_job_as_one():
    """Its properties come together, and each more that is waited for costs time."""
    waited: set[str] = set()

    def program():
        job = MediaConvertJob("trailer", job_id=JOB_ID)
        outputs = {
            name: value
            for name, value in vars(job).items()
            if isinstance(value, pulumi.Output)
        }
        waited.update(
            name
            for name, value in outputs.items()
            if value._data in SETTINGS.outputs  # noqa: SLF001  # as the SDK keeps it
        )
        assert len(outputs) > 20

    run(program, Engine())

    assert waited == {"id", "urn"} if WAITS_BY_ANOTHER else len(waited) > 20


def test_what_a_program_makes_of_an_output_is_waited_for():
    """The SDK ends no program before its last `apply`."""
    seen: list[str] = []

    def program():
        job = MediaConvertJob("trailer", job_id=JOB_ID)
        job.verdict.apply(seen.append)
        pulumi.Output.format("{0}!", job.verdict).apply(seen.append)

    run(program, Engine())

    assert seen == ["passed", "passed!"]


def test_a_job_that_is_refused_ends_the_program_with_that_and_no_more(caplog):
    """Nothing of asyncio's stands beside the error."""

    def program():
        MediaConvertJob("trailer", job_id=JOB_ID)

    with pytest.raises(Exception, match="refused"):
        run(program, Engine(refuses=True))

    gc.collect()
    assert [record.message for record in caplog.records] == []


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
