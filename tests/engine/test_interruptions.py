"""What ends a wait from outside: the state stays readable, and the next `up` goes on.

The job itself is never touched: all that was ever asked for is `GetMediaConvertJob`.
"""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable, Iterator

import pytest
from languages import gate
from processes import Member, hung
from programs import JOB_ID
from stack import Running, Stack
from terminal import error_lines

from pulumi_alicloud_mediaconvert.emulator import Emulator, faults, scripts

WAITING = {
    "python": f'MediaConvertJob("trailer", job_id="{JOB_ID}")\n',
    "yaml": gate(jobId=JOB_ID),
}
UP = ("up", "--yes", "--skip-preview")
# What is less than any state of a stack with a resource.
FULL_BYTES = 1024


@pytest.fixture
def waiting(host_stack: Stack, emulator: Emulator) -> Iterator[Stack]:
    """Declare a job that stays in the queue; in the end it was just looked at."""
    emulator.add_job(JOB_ID, scripts.hangs_queued())
    host_stack.program(WAITING)
    yield host_stack
    assert {request.action for request in emulator.requests} == {"GetMediaConvertJob"}


def assert_resumed(stack: Stack, emulator: Emulator) -> None:
    """Assert that the next `up` goes on, and passes once the job has ended."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())

    run = stack.up()

    assert run.code == 0, run.text
    assert run.operations()["trailer"] in {"create", "update"}


def until_looked(emulator: Emulator) -> Callable[[], bool]:
    """Wait until the job is looked at again: then the wait has begun."""
    seen = len(emulator.requests)
    return lambda: emulator.wait_for_requests(seen + 2)


def press(command: Running) -> str:
    """Press Ctrl-C."""
    command.process.send_signal(signal.SIGINT)
    return ""


def press_twice(command: Running) -> str:
    """Press Ctrl-C, and again while the engine still ends what runs."""
    command.process.send_signal(signal.SIGINT)
    read = command.read_until("press ^C again")
    command.process.send_signal(signal.SIGINT)
    return read


def cancel_in_ci(command: Running) -> str:
    """End the whole process group, as a runner does with a job that is cancelled."""
    os.killpg(command.process.pid, signal.SIGTERM)
    return ""


@pytest.mark.parametrize("interrupt", [press, press_twice, cancel_in_ci])
def test_an_interrupted_wait_is_kept_and_resumed(waiting, emulator, interrupt):
    """An orderly end within seconds; no process and no lock is left.

    Nor is an open operation, unless an engine that is pressed twice ends too early: a
    refresh can clear it.
    """
    with waiting.running(*UP) as command:
        command.wait_until(until_looked(emulator))
        members = command.session.members()
        run = command.end(interrupt(command))
        left = hung(members)

    assert run.code != 0
    assert "Traceback" not in run.text
    assert not left
    if interrupt is not press_twice:
        assert not waiting.export()["deployment"].get("pending_operations")
        assert waiting.resources()["trailer"]["outputs"]["verdict"] == "pending"
    assert_resumed(waiting, emulator)
    if interrupt is press_twice:
        assert waiting.refresh("--clear-pending-creates").code == 0
    assert not waiting.export()["deployment"].get("pending_operations")


def test_a_plugin_that_is_killed_is_one_line_and_resumed(waiting, emulator):
    """The `up` fails, what was done before is kept, and nothing is left.

    Of a native plugin the engine adds that it ended too early.
    """
    with waiting.running(*UP) as command:
        command.wait_until(until_looked(emulator))
        members = command.session.members()
        for plugin in command.session.plugins():
            os.kill(plugin.pid, signal.SIGKILL)
        run = command.end()
        left = hung(members)

    assert run.code != 0
    assert "Traceback" not in run.text
    [error] = run.on_row("trailer", "error")
    assert error.isprintable()
    if waiting.language.name == "python":
        assert len(error_lines(run.text)) == 2, run.text
    assert not left
    assert_resumed(waiting, emulator)


def assert_ended(members: list[Member]) -> None:
    """Assert that all end but the host of the language, which may end later."""
    ours = [member for member in members if not member.is_language_host]
    assert [member.command for member in hung(ours)] == []


def test_a_plugin_ends_with_an_engine_that_is_killed(waiting, emulator):
    """It asks nothing more; the next `up` says how the engine's lock is lifted."""
    with waiting.running(*UP) as command:
        command.wait_until(until_looked(emulator))
        members = command.session.members()
        command.process.kill()
        assert_ended(members)

    locked = waiting.up()

    assert locked.code != 0
    assert "pulumi cancel" in locked.text
    assert waiting.run("cancel", "--yes").code == 0
    assert_resumed(waiting, emulator)


def test_a_plugin_ends_with_an_engine_that_nobody_reads(waiting, emulator):
    """A pager or a log collector that ends takes the engine along, and all of it."""
    with waiting.running(*UP) as command:
        command.wait_until(until_looked(emulator))
        members = command.session.members()
        assert command.process.stdout is not None
        command.process.stdout.close()
        assert_ended(members)

    assert "trailer" not in waiting.resources()


def test_a_plugin_ends_with_the_engine_of_a_preview(waiting, emulator):
    """A look that hangs keeps it no longer than a wait does."""
    emulator.faults.add(faults.hang(times=None))

    with waiting.running("preview") as command:
        command.wait_until(lambda: emulator.wait_for_requests(1))
        plugins = command.session.plugins()
        command.process.kill()

        assert not hung(plugins)


def fill(command: Running) -> None:
    """Let the engine write no more than the beginning of a file."""
    limit = (FULL_BYTES, resource.RLIM_INFINITY)
    resource.prlimit(command.process.pid, resource.RLIMIT_FSIZE, limit)


def free(command: Running) -> None:
    """Let the engine write all of a file again."""
    limit = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    resource.prlimit(command.process.pid, resource.RLIMIT_FSIZE, limit)


def until_cut(stack: Stack, command: Running) -> str:
    """Wait until the engine could not write the state; it tries ten times more."""
    read = command.read_until("Error while writing snapshot")
    assert stack.state.stat().st_size <= FULL_BYTES
    return read


def test_a_disk_that_was_full_for_a_while_costs_nothing(waiting, emulator):
    """Where there is room again before the engine gives up, the state is whole."""
    with waiting.running(*UP, "--logtostderr", "-v=7") as command:
        command.wait_until(until_looked(emulator))
        fill(command)
        emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
        read = until_cut(waiting, command)
        free(command)
        run = command.end(read)

    assert run.code == 0, run.text[-2000:]
    assert waiting.resources()["trailer"]["outputs"]["verdict"] == "passed"


def test_a_state_that_a_full_disk_has_cut_is_put_back(waiting, emulator):
    """The engine's own file backend cuts it; its history holds the one before."""
    waiting.program("")
    assert waiting.up().code == 0
    waiting.program(WAITING)
    with waiting.running(*UP, "--logtostderr", "-v=7") as command:
        command.wait_until(until_looked(emulator))
        fill(command)
        command.process.send_signal(signal.SIGINT)
        until_cut(waiting, command)
        plugins = command.session.plugins()
        command.process.kill()
        assert not hung(plugins)
    assert waiting.run("stack", "export").code != 0

    history = waiting.backend / ".pulumi" / "history"
    *_, newest = sorted(history.rglob("*.checkpoint.json"))
    waiting.state.write_bytes(newest.read_bytes())
    assert waiting.run("cancel", "--yes").code == 0

    assert_resumed(waiting, emulator)
