"""SDKs of another shape: the real one's plugin, less a hook that the provider uses."""

from __future__ import annotations

import importlib.util
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from stack import Stack

HEAD = "import sys, grpc, grpc._server, pulumi.runtime.proto\n"


@dataclass(frozen=True)
class Shape:
    """What is different, and what that costs.

    Attributes:
        edits: of the source of the SDK's server: pattern and replacement.
        code: that runs in the plugin's process before it.
        keeps: whether a bad job is still kept in the state.
        shows: whether lines still reach the engine's display as the resource's.
        widens: whether more than four calls are still served at once.
    """

    edits: tuple[tuple[str, str], ...] = ()
    code: str = ""
    keeps: bool = True
    shows: bool = True
    widens: bool = True

    def install(self, stack: Stack) -> None:
        """Let a stack start this plugin instead of the installed SDK's."""
        folder = stack.folder / "plugin"
        folder.mkdir()
        server = folder / "server.py"
        server.write_text(HEAD + self.code + self._edited(), "utf-8")
        program = folder / "pulumi-resource-pulumi-python"
        program.write_text(f'#!/bin/sh\nexec python3 -u {server} "$@"\n')
        program.chmod(0o755)
        first = [str(folder), str(Path(sys.executable).parent)]
        stack.variables["PATH"] = os.pathsep.join([*first, os.environ["PATH"]])

    def _edited(self) -> str:
        spec = importlib.util.find_spec("pulumi.dynamic.__main__")
        assert spec is not None
        source = Path(str(spec.origin)).read_text("utf-8")
        for pattern, replacement in self.edits:
            source, count = re.subn(pattern, replacement, source)
            assert count, f"this SDK's server has no {pattern}"
        return source


NO_POOL = """
grpc._server._select_thread_pool_for_behavior
grpc._server._select_thread_pool_for_behavior = lambda behavior, pool: pool
"""
# What serves the calls is then neither replaced nor let grow.
NO_GROWTH = """
import concurrent.futures.thread as threads
code = threads._worker.__code__
assert "executor_reference" in code.co_varnames
names = [name.replace("executor_reference", "pool") for name in code.co_varnames]
threads._worker.__code__ = code.replace(co_varnames=tuple(names))
"""
NO_ADDRESS = "del sys.argv[1:]\n"
NO_STATUS = "del grpc._server._Context.abort_with_status\n"
NO_PROTOCOL = """
for name in ("engine_pb2", "engine_pb2_grpc", "provider_pb2", "status_pb2"):
    __import__(f"pulumi.runtime.proto.{name}")
    delattr(pulumi.runtime.proto, name)
    sys.modules[f"pulumi.runtime.proto.{name}"] = None
"""
OTHER_ARGUMENTS = ((r"\bcontext\b", "ctx"), (r"\brequest\b", "req"))
OTHER_SERVICER = ((r"\bDynamicResourceProviderServicer\b", "PythonServicer"),)

SHAPES = {
    "no pool of a call's own": Shape(code=NO_POOL),
    "no pool to be widened": Shape(code=NO_POOL + NO_GROWTH, widens=False),
    "servicer of another name": Shape(OTHER_SERVICER, widens=False),
    "arguments of other names": Shape(OTHER_ARGUMENTS, keeps=False),
    "no address of the engine": Shape(code=NO_ADDRESS, shows=False),
    "no abort with a status": Shape(code=NO_STATUS, keeps=False),
    "protocol elsewhere": Shape(code=NO_PROTOCOL, keeps=False, shows=False),
    "none of all": Shape(
        OTHER_ARGUMENTS + OTHER_SERVICER,
        NO_POOL + NO_ADDRESS + NO_STATUS + NO_PROTOCOL,
        keeps=False,
        shows=False,
        widens=False,
    ),
}
