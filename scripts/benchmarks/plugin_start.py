"""Rows of scripts/bench: the start of the native plugin, and the size of its archive.

From archive, wheel and checkout in turn: time from the start of the process to its
first answer, which is the schema.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

import grpc
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc

from benchmarks.results import Compared
from benchmarks.stacks import TESTS

sys.path[:0] = [str(TESTS / "support")]

from installed import Deliveries  # noqa: E402  # found from here on

PLUGIN = "pulumi-resource-mediaconvert"
# No engine is there; the plugin connects to it only when it has to show something.
NO_ENGINE = "127.0.0.1:1"
REPETITIONS, QUICK_REPETITIONS = 21, 1
MAX_BYTES = 400 * 1024 * 1024
MB = 1_000_000


def starts(*, quick: bool) -> list[Compared]:
    """Compare the starts, and say how large the archive is."""
    with tempfile.TemporaryDirectory(prefix="bench.") as name:
        folder = Path(name)
        deliveries = Deliveries(folder)
        archive = deliveries.archive()
        with tarfile.open(archive) as opened:
            opened.extractall(folder / "archive", filter="data")
        programs = {
            "archive": folder / "archive" / PLUGIN,
            "wheel": deliveries.installed().programs / PLUGIN,
            "checkout": Path(sys.executable).with_name(PLUGIN),
        }
        seconds = _in_turn(programs, QUICK_REPETITIONS if quick else REPETITIONS)
        unpacked = sum(path.stat().st_size for path in (folder / "archive").rglob("*"))
        size = archive.stat().st_size
    return [
        Compared(
            name="start of the native plugin from its archive, to the first answer",
            baseline=f"from a {other}",
            unit="s",
            ours=seconds["archive"],
            theirs=seconds[other],
        )
        for other in ("wheel", "checkout")
    ] + [
        Compared(
            name="the plugin's archive",
            baseline="unpacked",
            unit="MB",
            ours=[size / MB],
            theirs=[unpacked / MB],
        )
    ]


def _in_turn(programs: dict[str, Path], times: int) -> dict[str, list[float]]:
    """Start each so many times; a first round of all is not counted."""
    rounds = [
        {name: _start(program) for name, program in programs.items()}
        for _ in range(times + 1)
    ]
    return {name: [one[name] for one in rounds[1:]] for name in programs}


def _start(program: Path) -> float:
    began = time.monotonic()
    with subprocess.Popen(
        [program, NO_ENGINE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None  # noqa: S101  # it is a pipe
        port = process.stdout.readline().strip()
        options = [("grpc.max_receive_message_length", MAX_BYTES)]
        with grpc.insecure_channel(f"127.0.0.1:{port}", options) as channel:
            stub = provider_pb2_grpc.ResourceProviderStub(channel)
            stub.GetSchema(provider_pb2.GetSchemaRequest())
        seconds = time.monotonic() - began
        process.terminate()
    return seconds
