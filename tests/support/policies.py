"""The policy pack of `examples`: its process, and what the engine asks it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
from google.protobuf.empty_pb2 import Empty
from google.protobuf.json_format import MessageToDict, ParseDict
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc

PACK = Path(__file__).parents[2] / "examples" / "policy-pack"
# Where scripts/bootstrap installs what no other program needs.
PACKAGES = Path(sys.prefix) / "policy"
COMMAND = (sys.executable, "-u", "-m", "pulumi.policy")
# How the protocol writes a text that is not known yet, and a secret.
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}


def secret(value: Any) -> dict[str, Any]:
    """Mark a value as a secret, as the engine does."""
    return {**SECRET, "value": value}


def launcher(folder: Path) -> Path:
    """Copy the pack, with a program in it that starts it.

    The engine takes the path of a program instead of the folder, and leaves the
    language host out: that of scripts/bootstrap is older than this way of packs.
    """
    shutil.copytree(PACK, folder, ignore=shutil.ignore_patterns("venv", "__pycache__"))
    program = folder / "start"
    words = " ".join(COMMAND)
    program.write_text(
        f'#!/bin/sh\nPYTHONPATH={PACKAGES} exec {words} "$1" {folder}\n', "utf-8"
    )
    program.chmod(0o755)
    return program


@dataclass(frozen=True)
class RunningPack:
    """The pack in a process of its own, asked as the engine does."""

    stub: analyzer_pb2_grpc.AnalyzerStub

    def configure(self, **changes: Mapping[str, Any]) -> None:
        """Set the configuration: the defaults of the pack, and what is given.

        Args:
            changes: settings by the name of a rule, with underscores.
        """
        info = self.stub.GetAnalyzerInfo(Empty())
        request = analyzer_pb2.ConfigureAnalyzerRequest()
        for policy in info.policies:
            schema = MessageToDict(policy.configSchema).get("properties", {})
            stated = {key: one["default"] for key, one in schema.items()}
            stated |= changes.get(policy.name.replace("-", "_"), {})
            request.policyConfig[policy.name].enforcementLevel = policy.enforcementLevel
            ParseDict(stated, request.policyConfig[policy.name].properties)
        self.stub.Configure(request)

    def refusals(self, kind: str, inputs: dict[str, Any], stack: str) -> list[str]:
        """Check a resource before it is deployed; return what a rule says of it."""
        return _lines(self._analyze(kind, inputs, stack), analyzer_pb2.MANDATORY)

    def notes(self, kind: str, inputs: dict[str, Any], stack: str) -> list[str]:
        """Check a resource in a preview; return what stops nothing."""
        return _lines(self._analyze(kind, inputs, stack), analyzer_pb2.ADVISORY)

    def refusals_of_stack(
        self, kind: str, outputs: dict[str, Any], stack: str
    ) -> list[str]:
        """Check a stack of one resource; return what a rule says of it."""
        request = analyzer_pb2.AnalyzeStackRequest()
        one = request.resources.add(type=kind, urn=urn(stack, kind), name="trailer")
        ParseDict(outputs, one.properties)
        return _lines(self.stub.AnalyzeStack(request), analyzer_pb2.MANDATORY)

    def _analyze(
        self, kind: str, inputs: dict[str, Any], stack: str
    ) -> analyzer_pb2.AnalyzeResponse:
        request = analyzer_pb2.AnalyzeRequest(
            type=kind, urn=urn(stack, kind), name="trailer"
        )
        ParseDict(inputs, request.properties)
        response: analyzer_pb2.AnalyzeResponse = self.stub.Analyze(request)
        return response


def urn(stack: str, kind: str) -> str:
    """Name a resource as the engine does."""
    return f"urn:pulumi:{stack}::project::{kind}::trailer"


@contextmanager
def running_pack() -> Iterator[RunningPack]:
    """Start the pack as a language host does."""
    with subprocess.Popen(
        [*COMMAND, "127.0.0.1:0", str(PACK)],
        env={**os.environ, "PYTHONPATH": str(PACKAGES)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            port = process.stdout.readline().strip()
            with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
                yield RunningPack(analyzer_pb2_grpc.AnalyzerStub(channel))
        finally:
            process.terminate()


def _lines(
    response: analyzer_pb2.AnalyzeResponse,
    level: analyzer_pb2.EnforcementLevel.ValueType,
) -> list[str]:
    """Return the rule and what it says, one line for each diagnostic of a level."""
    return [
        f"{one.policyName}: {one.message.removeprefix(one.description).strip()}"
        for one in response.diagnostics
        if one.enforcementLevel == level
    ]
