"""Pulumi mocks for tests of programs that read and verify jobs as `pulumi up` does.

    mocks = GateMocks(ims_emulator.config())
    mocks.run(program)

As in `pulumi up`, resources that depend on a job that does not pass are not registered.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import functools
import runpy
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pulumi
from pulumi.runtime.mocks import MockCallArgs, MockMonitor, MockResourceArgs

from pulumi_alicloud_mediaconvert.hosts.dynamic.engine import EngineError
from pulumi_alicloud_mediaconvert.hosts.dynamic.host import DynamicHost
from pulumi_alicloud_mediaconvert.hosts.dynamic.process import PluginProcess
from pulumi_alicloud_mediaconvert.hosts.event_loop import EventLoop
from pulumi_alicloud_mediaconvert.hosts.hidden_keys import HIDDEN_KEYS, PREVIEW_KEY
from pulumi_alicloud_mediaconvert.hosts.job_controller import JobController
from pulumi_alicloud_mediaconvert.hosts.set_controller import JobSetController

TYPES: Mapping[str, type[JobController | JobSetController]] = {
    "pulumi-python:dynamic/mediaconvert:MediaConvertJob": JobController,
    "pulumi-python:dynamic/mediaconvert:MediaConvertJobSet": JobSetController,
}


class GateMocks(pulumi.runtime.Mocks):
    """Mocks with real jobs: only other resources are mocked.

    A job is checked, waited for and verified as in `pulumi up`. If it does not pass,
    its registration fails with the lines that `pulumi up` prints. The outputs of other
    resources are their inputs: override `new_resource` if a program reads other
    outputs, and `call` for functions.

    Args:
        config: configuration of the stack: `ims_emulator.config()`, and the keys of the
            program below the name of the project, such as `site:jobId`.
        project: name of the project.

    Attributes:
        registered: the created resources by name, with their inputs.
        outputs: their outputs by name, such as `verdict` of a job.
    """

    def __init__(self, config: Mapping[str, str], project: str = "project") -> None:
        self.registered: dict[str, MockResourceArgs] = {}
        self.outputs: dict[str, dict[str, Any]] = {}
        self._config = dict(config)
        self._project = project

    def run(
        self, program: Callable[[], object] | Path, *, preview: bool = False
    ) -> Any:  # noqa: ANN401  # whatever the program gives
        """Run a program to its end, then remove mocks and configuration.

        Args:
            program: a function, or the folder of a program with a `__main__.py`. Each
                run imports it again, in this folder.
            preview: whether to run a preview, in which jobs have no outputs.

        Returns:
            The result of the function; if it is an output, its value, or `None` if that
            is unknown. For a folder, the exports by name.

        Raises:
            RunError: a job does not pass, or its inputs are refused, with one line for
                each problem; or the program raises it itself.
        """
        given: list[Any] = []

        def started() -> pulumi.Output[None]:
            if isinstance(program, Path):
                _run_folder(program.resolve())
                exported: pulumi.Output[Any] = pulumi.Output.from_input(_exports())
                return exported.apply(given.append)
            return pulumi.Output.from_input(program()).apply(given.append)

        def run() -> None:
            with event_loop():
                pulumi.runtime.set_all_config(self._config)
                pulumi.runtime.set_mocks(
                    self, self._project, preview=preview, monitor=QuietMonitor(self)
                )
                pulumi.runtime.test(started)()  # type: ignore[no-untyped-call]  # the SDK's

        # The SDK keeps mocks and configuration in the context: none outlive the run.
        contextvars.copy_context().run(run)
        return given[0] if given else None

    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[Any, Any]]:
        """Create a resource.

        Raises:
            RunError: a job does not pass, or its inputs are refused.
        """
        kind = TYPES.get(args.typ)
        made: tuple[str | None, dict[Any, Any]]
        if kind is None:
            made = f"{args.name}-id", dict(args.inputs)
        else:
            made = self._gated(DynamicHost(kind), args)
        self.registered[args.name] = args
        self.outputs[args.name] = dict(made[1])
        return made

    def call(
        self, _args: MockCallArgs
    ) -> tuple[dict[Any, Any], list[tuple[str, str]] | None]:
        """Return no results for any function."""
        return {}, None

    def _gated(
        self, host: DynamicHost, args: MockResourceArgs
    ) -> tuple[str, dict[str, Any]]:
        host.serve(PluginProcess(self._config, _loop()))
        try:
            checked = host.check({}, dict(args.inputs))
            if checked.failures:
                lines = [failure.reason for failure in checked.failures]
                raise pulumi.RunError("\n".join(lines))
            if args.inputs.get(PREVIEW_KEY) is True:
                return "", _visible(checked.inputs)
            created = host.create(checked.inputs)
        except EngineError as error:
            raise pulumi.RunError(str(error)) from None
        finally:
            host.close()
        return created.id, _visible(created.outs or {})


def _visible(props: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in props.items() if name not in HIDDEN_KEYS}


async def _exports() -> Any:  # noqa: ANN401  # an Awaitable of anything
    """Return what the program has exported, each value once it is known."""
    stack = pulumi.runtime.get_root_resource()
    exported: Mapping[str, Any] = getattr(stack, "outputs", {})
    return {
        name: await pulumi.Output.from_input(value).future()
        for name, value in exported.items()
    }


def _run_folder(folder: Path) -> None:
    """Run the program of a folder as the language host does: within it."""
    known = {*sys.modules}
    try:
        with contextlib.chdir(folder):
            runpy.run_path(str(folder), run_name="__main__")
    finally:
        for name in {*sys.modules} - known:
            file = getattr(sys.modules[name], "__file__", None)
            # What its own modules declare is to be declared by the next run, too.
            if file is not None and Path(file).is_relative_to(folder):
                del sys.modules[name]


@functools.cache
def _loop() -> EventLoop:
    """Lend all mocks of a process one loop, which lives as long as they may."""
    return EventLoop()


class QuietMonitor(MockMonitor):
    """Leaves no event loop of its own open, which warns where warnings are errors."""

    def RegisterResource(self, request: Any) -> Any:  # noqa: ANN401, N802  # as the protocol says
        """Register a resource."""
        with event_loop():
            return super().RegisterResource(request)  # type: ignore[no-untyped-call]  # as above

    def ReadResource(self, request: Any) -> Any:  # noqa: ANN401, N802  # as the protocol says
        """Read a resource."""
        with event_loop():
            return super().ReadResource(request)  # type: ignore[no-untyped-call]  # as above


@contextlib.contextmanager
def event_loop() -> Iterator[None]:
    """Lend this thread a loop: the SDK would make one and leave it open."""
    loop = asyncio.new_event_loop()
    # What stops a run is raised once; each output that it leaves would log it again.
    loop.set_exception_handler(lambda _loop, _context: None)
    asyncio.set_event_loop(loop)
    try:
        yield
    finally:
        asyncio.set_event_loop(None)
        loop.close()
