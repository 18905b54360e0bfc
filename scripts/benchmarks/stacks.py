"""Runs of the real engine for scripts/bench: stacks, their programs, their processes.

The engine's tests have the stack and the processes of a command; this adds the clock,
and the processor time of each process.
"""

from __future__ import annotations

import itertools
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

TESTS = Path(__file__).parents[2] / "tests"
sys.path[:0] = [str(TESTS / "support"), str(TESTS / "engine")]

from languages import Yaml, put_project, require, require_plugin  # noqa: E402  # found from here on
from processes import Member, Session  # noqa: E402  # ditto
from stack import Stack, require_engine  # noqa: E402  # ditto

from pulumi_alicloud_mediaconvert.emulator import Emulator  # noqa: E402  # ditto

# Time between two samples of the processes: the last one misses at most so much.
SAMPLE_SECONDS = 0.1
TICKS = os.sysconf("SC_CLK_TCK")
# Where programs run: those in YAML in the language host itself.
PROGRAMS = ("pulumi-language-python-exec", "pulumi-language-yaml")
UP = ("up", "--yes", "--skip-preview")


@dataclass(frozen=True)
class Program:
    """The program of a stack.

    Attributes:
        text: what it says.
        runtime: the language: `python`, or `yaml` for the native plugin.
    """

    text: str
    runtime: Literal["python", "yaml"] = "python"

    def put(self, folder: Path, project: str) -> None:
        """Write project and program."""
        if self.runtime == "yaml":
            Yaml(require_plugin(Path(sys.executable).parent)).put(
                folder, project, self.text
            )
            return
        put_project(folder, project, self.runtime)
        # Nothing is put around it: a do-nothing program imports nothing of ours.
        (folder / "__main__.py").write_text(self.text)


def ids(count: int) -> list[str]:
    """Make so many job IDs."""
    return [f"{number:032x}" for number in range(count)]


def ended_jobs(count: int) -> str:
    """Name so many jobs."""
    return f"{count:,} ended job{'' if count == 1 else 's'}"


def a_job_each(count: int) -> Program:
    """Write the program of so many jobs, each a resource."""
    return Program(
        "from pulumi_alicloud_mediaconvert import MediaConvertJob\n"
        f"for job_id in {ids(count)}:\n"
        "    MediaConvertJob(job_id, job_id=job_id)\n"
    )


def a_native_job_each(count: int) -> Program:
    """Write the same for the native plugin, in YAML."""
    jobs = {
        job_id: {"type": "mediaconvert:Job", "properties": {"jobId": job_id}}
        for job_id in ids(count)
    }
    return Program(f"resources: {json.dumps(jobs)}\n", "yaml")


def no_resource(_count: int) -> Program:
    """Write a program in YAML of no resource, which starts no plugin."""
    return Program("outputs: {known: true}\n", "yaml")


def one_set(count: int) -> Program:
    """Write the program of so many jobs as one resource."""
    return Program(
        "from pulumi_alicloud_mediaconvert import MediaConvertJobSet\n"
        f'MediaConvertJobSet("jobs", job_ids={ids(count)})\n'
    )


def by_hand(provider: str, count: int) -> Program:
    """Write the program of so many resources of an alternative."""
    return Program(
        f"from benchmarks.alternatives import ByHand, {provider}\n"
        f"for job_id in {ids(count)}:\n"
        f"    ByHand({provider}(), job_id, job_id)\n"
    )


@dataclass(frozen=True)
class Took:
    """What one command took.

    Attributes:
        seconds: from start to end.
        cpu: seconds of processor time of all its processes.
        plugin_cpu: of the process that serves the resources.
        program_cpu: of the user's program.
        state_bytes: of the stack's file in the end.
    """

    seconds: float
    cpu: float
    plugin_cpu: float
    program_cpu: float
    state_bytes: int


@dataclass
class Workbench:
    """A folder for stacks, and the API that they ask.

    Attributes:
        folder: of all of them.
        api: with the jobs.
        variables: of the environment of each command.
    """

    folder: Path
    api: Emulator
    variables: dict[str, str] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def stack(self, program: Program) -> Stack:
        """Make a new stack of a program."""
        name = f"bench{next(self._numbers)}"
        folder, backend = self.folder / name, self.folder / name / "backend"
        backend.mkdir(parents=True)
        program.put(folder, name)
        keys = {
            "ALIBABA_CLOUD_ACCESS_KEY_ID": "testid",
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "testsecret",
            "ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true",
            # Where the do-nothing resources are.
            "PYTHONPATH": str(Path(__file__).parents[1]),
        }
        home = self.folder / "home"
        made = Stack(folder, backend, home, name, keys | self.variables)
        done = made.run("stack", "init", name)
        if done.code:
            raise SystemExit(done.text)
        with (folder / f"Pulumi.{name}.yaml").open("a") as config:
            config.write(
                "config:\n"
                "  mediaconvert:region: cn-shanghai\n"
                f"  mediaconvert:endpoint: {self.api.url}\n"
            )
        return made


@contextmanager
def workbench() -> Iterator[Workbench]:
    """Serve the API, and give stacks a folder that goes in the end."""
    require_engine()
    require("pulumi-language-yaml")
    with tempfile.TemporaryDirectory(prefix="bench.") as folder, Emulator() as api:
        yield Workbench(Path(folder), api)


def timed_up(stack: Stack, *arguments: str) -> Took:
    """Run `pulumi up` and measure it; ends the whole bench if it fails."""
    began = time.monotonic()
    with stack.start(*UP, *arguments) as process:
        meter = Meter(process.pid)
        try:
            text, _ = process.communicate()
            seconds = time.monotonic() - began
        finally:
            meter.stop()
            Session(process.pid).end()
    if process.returncode:
        raise SystemExit(text)
    return Took(
        seconds,
        meter.cpu(),
        meter.cpu(lambda member: member.is_plugin),
        meter.cpu(lambda member: any(one in member.command for one in PROGRAMS)),
        stack.state.stat().st_size,
    )


class Meter:
    """Reads the processor time of all processes of a session, again and again.

    What a process uses after the last sample is missed.
    """

    def __init__(self, leader: int) -> None:
        self._leader = leader
        self._used: dict[int, tuple[Member, float]] = {}
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._read_on, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Read no more."""
        self._is_over.set()
        self._thread.join()

    def cpu(self, is_counted: Callable[[Member], bool] = lambda _: True) -> float:
        """Return the seconds of all processes, or of some."""
        return sum(used for member, used in self._used.values() if is_counted(member))

    def _read_on(self) -> None:
        while not self._is_over.wait(SAMPLE_SECONDS):
            session = Session(self._leader)
            for member in session.members():
                # It may end meanwhile.
                with suppress(OSError):
                    self._used[member.pid] = member, _cpu_seconds(member.pid)
            session.release()


def _cpu_seconds(pid: int) -> float:
    stat = Path(f"/proc/{pid}/stat").read_text()
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / TICKS
