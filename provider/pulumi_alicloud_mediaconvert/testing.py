"""Pulumi mocks for tests. Jobs are read and verified as in `pulumi up`.

    mocks = GateMocks(ims_emulator.config())
    mocks.run("site")

If a job does not pass, resources that depend on it are not registered.
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
    """Mocks that check, wait for and verify jobs as `pulumi up` does.

    If a job does not pass, its registration fails with the lines that `pulumi up`
    prints. Other resources return their inputs as outputs. If a program reads other
    outputs, override `new_resource`; for functions, override `call`.
    """

    registered: dict[str, MockResourceArgs]
    """Registered resources by name, as declared: `.inputs`, `.typ` and so on."""
    outputs: dict[str, dict[str, Any]]
    """Outputs of the resources, by name of the resource. A job has `verdict` etc."""

    def __init__(self, config: Mapping[str, str], project: str = "project") -> None:
        """Prepare mocks for one stack.

        Args:
            config: Stack configuration, such as `ims_emulator.config()` and your keys.
            project: Name of the project. The program's own keys start with it.
        """
        self.registered = {}
        self.outputs = {}
        self._config = dict(config)
        self._project = project

    def run(
        self, program: Callable[[], object] | str | Path, *, preview: bool = False
    ) -> Any:  # noqa: ANN401  # any value of the program
        """Run a program, then remove the mocks and the configuration.

        A folder's program runs in that folder, and its modules are imported again in
        each run.

        Args:
            program: A function, or the folder that contains the `__main__.py`.
            preview: Run as a preview. Jobs then have no outputs.

        Returns:
            For a folder, its exports by name. For a function, its return value; of a
            returned output its value, `None` if it is unknown.

        Raises:
            RunError: A job does not pass, or its inputs are invalid. One line for each
                problem. A `RunError` of the program itself is raised, too.
            OSError: There is no such folder.
        """
        given: list[Any] = []

        def started() -> pulumi.Output[None]:
            if isinstance(program, str | Path):
                _run_folder(Path(program).resolve())
                exported: pulumi.Output[Any] = pulumi.Output.from_input(_exports())
                return exported.apply(given.append)
            return pulumi.Output.from_input(program()).apply(given.append)

        def run() -> None:
            with event_loop():
                # Or the stack of mocks that another test has set would stay.
                pulumi.runtime.reset_options()
                pulumi.runtime.set_all_config(self._config)
                pulumi.runtime.set_mocks(
                    self, self._project, preview=preview, monitor=QuietMonitor(self)
                )
                pulumi.runtime.test(started)()  # type: ignore[no-untyped-call]  # the SDK's

        # The SDK keeps mocks and configuration in the context: none outlive the run.
        contextvars.copy_context().run(run)
        return given[0] if given else None

    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[Any, Any]]:
        """Register a resource: Pulumi calls this, and subclasses extend it.

        Args:
            args: The resource: `.typ`, `.name`, `.inputs` and so on.

        Returns:
            Its ID and its outputs.

        Raises:
            RunError: A job does not pass, or its inputs are invalid.
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
        """Return no values for function calls."""
        return {}, None

    def _gated(
        self, host: DynamicHost, args: MockResourceArgs
    ) -> tuple[str, dict[str, Any]]:
        process = PluginProcess(self._config, _loop())
        # The test contains them in plain text.
        process.open_settings.update(self._config)
        host.serve(process)
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
    """Return the exports of the program, with the values of outputs."""
    stack = pulumi.runtime.get_root_resource()
    exported: Mapping[str, Any] = getattr(stack, "outputs", {})
    return {
        name: await pulumi.Output.from_input(value).future()
        for name, value in exported.items()
    }


def _run_folder(folder: Path) -> None:
    """Run the program of a folder in that folder, as the language host does."""
    known = {*sys.modules}
    try:
        with contextlib.chdir(folder):
            runpy.run_path(str(folder), run_name="__main__")
    finally:
        for name in {*sys.modules} - known:
            file = getattr(sys.modules[name], "__file__", None)
            # The next run imports them again, so they declare their resources again.
            if file is not None and Path(file).is_relative_to(folder):
                del sys.modules[name]


@functools.cache
def _loop() -> EventLoop:
    """Return one loop for all mocks of the process."""
    return EventLoop()


class QuietMonitor(MockMonitor):
    """Leaves no event loop open: a test suite may turn that warning into an error."""

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
    """Give this thread a loop and close it: the SDK would leave its own open."""
    loop = asyncio.new_event_loop()
    # The error of a run is raised once; every output left behind would log it again.
    loop.set_exception_handler(lambda _loop, _context: None)
    asyncio.set_event_loop(loop)
    try:
        yield
    finally:
        asyncio.set_event_loop(None)
        loop.close()
