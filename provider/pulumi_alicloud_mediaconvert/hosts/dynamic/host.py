"""The dynamic provider as a host: the engine's calls by way of the SDK.

Converts values and answers, and remembers from call to call what the engine asks for in
another one than knows it. What becomes of a resource is decided by its controller.
"""

from __future__ import annotations

import sys
from collections.abc import Coroutine, Mapping
from concurrent.futures import CancelledError
from typing import Any, TypeVar

from pulumi import dynamic

from pulumi_alicloud_mediaconvert.hosts.call_results import (
    CallError,
    ResourceResult,
    preview_warnings,
)
from pulumi_alicloud_mediaconvert.hosts.dynamic.cancellation import hear_cancel
from pulumi_alicloud_mediaconvert.hosts.dynamic.detailed_diff import DetailedDiff
from pulumi_alicloud_mediaconvert.hosts.dynamic.diagnostics import Diagnostics
from pulumi_alicloud_mediaconvert.hosts.dynamic.engine import (
    configuration_names,
    current_call,
    per_process,
    project_name,
)
from pulumi_alicloud_mediaconvert.hosts.dynamic.engine_end import end_with_engine
from pulumi_alicloud_mediaconvert.hosts.dynamic.plain_properties import (
    write_plain_properties,
)
from pulumi_alicloud_mediaconvert.hosts.dynamic.process import PluginProcess
from pulumi_alicloud_mediaconvert.hosts.dynamic.sdk_values import (
    from_sdk,
    inputs_to_sdk,
    state_to_sdk,
)
from pulumi_alicloud_mediaconvert.hosts.dynamic.thread_pool import widen
from pulumi_alicloud_mediaconvert.hosts.event_loop import EventLoop
from pulumi_alicloud_mediaconvert.hosts.hidden_keys import (
    OPEN_SETTINGS_KEY,
    PREVIEW_KEY,
    READ_TIMEOUT_KEY,
)
from pulumi_alicloud_mediaconvert.hosts.resource_controller import (
    RUN_AGAIN,
    ResourceController,
)
from pulumi_alicloud_mediaconvert.schema.inputs import (
    CONFIGURATION_KEYS,
    parse_duration,
)
from pulumi_alicloud_mediaconvert.schema.unknown_keys import unread_keys

Result = TypeVar("Result")
Controller = ResourceController[Any]
Props = Mapping[str, Any]


class DynamicHost:
    """Answers the engine's calls for one type of resource.

    Args:
        kind: of the controller.

    Attributes:
        process: that all types of resources share.
        controller: of the resources.
    """

    process: PluginProcess
    controller: Controller

    def __init__(self, kind: type[Controller]) -> None:
        self._kind = kind

    def configure(self, config: dynamic.Config) -> None:
        """Read the stack's configuration; never raises, since `destroy` needs it."""
        values = {key: config.get(key) for key in CONFIGURATION_KEYS}
        known = {key: str(value) for key, value in values.items() if value is not None}
        unread = unread_keys(configuration_names(config), project_name(config))
        self.serve(
            per_process(
                "_mediaconvert", lambda: PluginProcess(known, EventLoop(), unread)
            )
        )
        hear_cancel(self.process.loop.cancel_all)
        widen()
        write_plain_properties()
        end_with_engine(sys.argv)

    def serve(self, process: PluginProcess) -> None:
        """Begin to serve in a process."""
        self.process = process
        self.controller = self._kind(process.runtime)

    def close(self) -> None:
        """Close all connections, where the process goes on."""
        self.process.loop.run(self.process.runtime.aclose())

    def check(self, olds: Props, news: Mapping[str, Any]) -> dynamic.CheckResult:
        """Validate the inputs and resolve their defaults; list every problem.

        In a preview it also says what an `up` will make of a job that has ended.
        """
        diagnostics = self._diagnostics(news)
        self.process.memory.forget_refresh(diagnostics.resource)
        self._open_settings(news)
        diagnostics.warn(self.process.memory.unread_once())
        found = self.controller.check(self._values(news), olds.get("region"))
        inputs = inputs_to_sdk(found.inputs, found.secret_inputs)
        lines = [problem.line for problem in found.problems]
        if found.declared is not None and news.get(PREVIEW_KEY) is True:
            if olds and self.controller.needs_state(self._values(olds), found.inputs):
                # What is stored, verdicts among it, is shown to `diff` alone.
                self.process.open_previews[diagnostics.resource] = found.declared
            else:
                lines = self._preview(diagnostics, found.declared)
        # With a property name the engine would print its value, secrets included.
        failures = [dynamic.CheckFailure("", line) for line in lines]
        return dynamic.CheckResult(inputs, failures)

    def create(self, props: Props) -> dynamic.CreateResult:
        """Wait until all has ended, verify it, and return its facts."""
        diagnostics = self._diagnostics(props)
        work = self.controller.create(
            self._values(props), diagnostics.show, diagnostics.call.timeout_seconds
        )
        outcome = self._run(diagnostics, work)
        return dynamic.CreateResult(outcome.id, _delivered(diagnostics, outcome))

    def update(
        self, id_: str, olds: Props, news: Mapping[str, Any]
    ) -> dynamic.UpdateResult:
        """As `create`, with what is stored."""
        diagnostics = self._diagnostics(news)
        work = self.controller.update(
            id_,
            self._values(olds),
            self._values(news),
            diagnostics.show,
            diagnostics.call.timeout_seconds,
        )
        outcome = self._run(diagnostics, work)
        return dynamic.UpdateResult(_delivered(diagnostics, outcome))

    def read(self, id_: str, props: Props) -> dynamic.ReadResult:
        """Read once and verify with the stored inputs; a bad verdict stays bad."""
        diagnostics = self._diagnostics(props)
        self._open_settings(props)
        work = self.controller.read(
            id_, self._values(props), _read_seconds(diagnostics, props)
        )
        outcome = self._run(diagnostics, work)
        self.process.memory.keep_refresh(
            diagnostics.resource, id_, has_changed=outcome.has_changed
        )
        outputs = _delivered(diagnostics, outcome)
        if READ_TIMEOUT_KEY in props:
            outputs[READ_TIMEOUT_KEY] = props[READ_TIMEOUT_KEY]
        return dynamic.ReadResult(id_, outputs)

    def diff(
        self, id_: str, olds: Props, news: Mapping[str, Any]
    ) -> dynamic.DiffResult:
        """Say whether a change matters; `olds` are the stored outputs."""
        diagnostics = self._diagnostics(olds)
        resource, process = diagnostics.resource, self.process
        refreshed = process.memory.take_refresh(resource, id_)
        if refreshed is not None:
            return dynamic.DiffResult(changes=refreshed, replaces=[])
        state = self._values(olds)
        found = self.controller.diff(state, self._values(news))
        asked = diagnostics if diagnostics.call.urn else self._diagnostics(news)
        declared = process.open_previews.pop(asked.resource, None)
        if found.needs_update:
            if declared is not None and (
                lines := self._preview(asked, declared, state)
            ):
                asked.fail(lines)
            return DetailedDiff(found.replaces, found.changes)
        # An unchanged resource gets no `update`, so its warnings come from here.
        if process.memory.warns_first(resource):
            diagnostics.warn(self.controller.stored_warnings(state))
        return dynamic.DiffResult(changes=False, replaces=[])

    def _diagnostics(self, props: Props) -> Diagnostics:
        call = current_call()
        # Where the URN cannot be seen, what tells resources apart best.
        subject = self.controller.subject
        resource = call.urn or f"{subject} {props.get(subject)}"
        return Diagnostics(call, self.process.log, resource)

    def _open_settings(self, props: Props) -> None:
        """Keep which settings may be quoted."""
        told = props.get(OPEN_SETTINGS_KEY)
        if isinstance(told, (list, tuple)):
            self.process.open_settings.update(map(str, told))

    def _values(self, props: Props) -> dict[str, Any]:
        return from_sdk(props, self.controller.input_names)

    def _preview(
        self,
        diagnostics: Diagnostics,
        declared: Any,  # noqa: ANN401  # of the controller
        state: Props | None = None,
    ) -> list[str]:
        """Say what `up` will find; return the lines that stop the preview."""
        found = self._run(diagnostics, self.controller.preview(declared, state))
        # The engine checks the same resource several times.
        if diagnostics.resource not in self.process.previewed:
            self.process.previewed.add(diagnostics.resource)
            diagnostics.note(found.notes)
            for lines in preview_warnings(found):
                diagnostics.warn(lines)
        return found.failures if found.stops else []

    def _run(
        self, diagnostics: Diagnostics, work: Coroutine[Any, Any, Result]
    ) -> Result:
        try:
            return self._waited(diagnostics, work)
        except CallError as error:
            diagnostics.fail(error.lines)
        except CancelledError:
            diagnostics.fail([f"interrupted.{RUN_AGAIN}"])

    def _waited(
        self, diagnostics: Diagnostics, work: Coroutine[Any, Any, Result]
    ) -> Result:
        """Run a wait, and let its last line arrive before anything else is said."""
        try:
            return self.process.loop.run(work)
        finally:
            diagnostics.end_passing()


def _delivered(diagnostics: Diagnostics, outcome: ResourceResult) -> dict[str, Any]:
    diagnostics.warn(outcome.warnings)
    if outcome.failures:
        diagnostics.fail_keeping(outcome)
    return state_to_sdk(outcome.state, outcome.secret_inputs)


def _read_seconds(diagnostics: Diagnostics, props: Props) -> float | None:
    """Return how long one read may take, from the resource's options."""
    text = props.get(READ_TIMEOUT_KEY)
    if diagnostics.call.timeout_seconds is not None or text is None:
        return diagnostics.call.timeout_seconds
    try:
        return parse_duration(text)
    except ValueError as error:
        diagnostics.fail([f"custom_timeouts.read: {error}"])
