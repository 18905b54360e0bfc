"""What serves `MediaConvertJob` in the engine's plugin process.

All that happens to a job is decided by `lifecycle`; this module carries properties
in and verdicts out.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import Any

from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    Config,
    CreateResult,
    DiffResult,
    ReadResult,
    UpdateResult,
)

from pulumi_alicloud_mediaconvert.errors import (
    Advice,
    ConfigurationError,
    NextStep,
    ProviderError,
)
from pulumi_alicloud_mediaconvert.expect.validation_messages import Problem
from pulumi_alicloud_mediaconvert.hosts.dynamic.detailed_diff import (
    DetailedDiff,
    differences,
)
from pulumi_alicloud_mediaconvert.hosts.dynamic.diagnostics import Diagnostics
from pulumi_alicloud_mediaconvert.hosts.dynamic.engine import (
    PROVIDER_KEY,
    configuration_names,
    current_call,
    has_unknown,
    is_unknown,
    per_process,
    project_name,
    widen,
)
from pulumi_alicloud_mediaconvert.hosts.dynamic.engine_watchdog import end_with_engine
from pulumi_alicloud_mediaconvert.hosts.dynamic.runtime import Runtime
from pulumi_alicloud_mediaconvert.hosts.engine_messages import ENGINE, UP
from pulumi_alicloud_mediaconvert.input_names import INPUT_NAMES
from pulumi_alicloud_mediaconvert.lifecycle.declared import Declared
from pulumi_alicloud_mediaconvert.lifecycle.gate import Policy, stands, stops_preview
from pulumi_alicloud_mediaconvert.lifecycle.gate_result import GateResult
from pulumi_alicloud_mediaconvert.lifecycle.preview import PreviewResult
from pulumi_alicloud_mediaconvert.lifecycle.stored_state import (
    REPLACING,
    SEEN_AT,
    changed_inputs,
    is_same,
    stored_lines,
)
from pulumi_alicloud_mediaconvert.schema.check import Checked, check_inputs
from pulumi_alicloud_mediaconvert.schema.inputs import (
    CONFIGURATION_KEYS,
    GateInputs,
    JobInputs,
)
from pulumi_alicloud_mediaconvert.schema.secrets import (
    PREVIEW_KEY,
    READ_TIMEOUT_KEY,
    SECRETS_KEY,
    Secrecy,
    read_timeout_of,
    secrets_differ,
)
from pulumi_alicloud_mediaconvert.schema.unknown_keys import unread_keys

# Properties that no user states or sees.
HIDDEN_KEYS = frozenset({PROVIDER_KEY, PREVIEW_KEY, SECRETS_KEY, READ_TIMEOUT_KEY})
STOPS_HERE = f"{UP} will stop here."
RUN_AGAIN = f" {ENGINE.next_step(Advice(NextStep.RUN_AGAIN))}"


class JobController:
    """Answers the engine's calls for `MediaConvertJob`.

    Attributes:
        runtime: of the process.
        model: of the inputs.
    """

    runtime: Runtime
    model: type[GateInputs] = JobInputs

    def configure(self, stated: Config) -> None:
        """Read the stack's configuration; never raises, since `destroy` needs it."""
        values = {key: stated.get(key) for key in CONFIGURATION_KEYS}
        config = {key: str(value) for key, value in values.items() if value is not None}
        unread = unread_keys(configuration_names(stated), project_name(stated))
        self.runtime = per_process(
            "_mediaconvert", lambda: Runtime(config, unread=unread)
        )
        widen(self.runtime.loop.cancel_all)
        end_with_engine(sys.argv)

    def check(self, _olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        """Validate the inputs and resolve their defaults; list every problem.

        In a preview it also says what an `up` will make of a job that has ended.
        """
        diagnostics = self._diagnostics(news)
        self.runtime.forget_refresh(diagnostics.resource)
        diagnostics.warn(self.runtime.untold())
        checked = self._checked(news, _olds.get("region"))
        lines = diagnostics.refusals(checked.problems)
        if not lines and news.get(PREVIEW_KEY) is True:
            lines = self._previewed(diagnostics, _olds, checked.inputs)
        # With a property name the engine would print its value, secrets included.
        failures = [CheckFailure("", line) for line in lines]
        return CheckResult({**checked.inputs, **diagnostics.secrecy.mark}, failures)

    def _checked(self, news: Mapping[str, Any], stored_region: object) -> Checked:
        stated = {key: value for key, value in news.items() if key not in HIDDEN_KEYS}
        region_problems: list[Problem] = []
        try:
            stated["region"] = self.runtime.region(stated.get("region"), stored_region)
        except ConfigurationError as error:
            stated.pop("region", None)
            region_problems.append(Problem("region", ENGINE.text(error)))
        checked = check_inputs(stated, self.runtime.configured, is_unknown, self.model)
        problems = region_problems + [
            problem
            for problem in checked.problems
            if not (region_problems and problem.path == "region")
        ]
        if not problems:
            problems = self.runtime.configuration_problems(checked.inputs)
        return Checked(checked.inputs, problems)

    def _previewed(
        self,
        diagnostics: Diagnostics,
        olds: Mapping[str, Any],
        checked: Mapping[str, Any],
    ) -> list[str]:
        """Say what `up` will find; return the lines that stop the preview."""
        unjudged = ("wait", "triggers")
        if any(has_unknown(checked[name]) for name in checked if name not in unjudged):
            return []
        known = {key: value for key, value in checked.items() if not has_unknown(value)}
        declared = Declared(JobInputs.model_validate(known), known, diagnostics.secrecy)
        if olds and not changed_inputs(olds, checked):
            # An `up` verifies only what did not pass, and `diff` alone sees verdicts.
            self.runtime.unchanged[diagnostics.resource] = declared
            return []
        return self._foretold(diagnostics, declared)

    def _foretold(self, diagnostics: Diagnostics, declared: Declared) -> list[str]:
        try:
            previewed = self.runtime.loop.run(self.runtime.previews.evaluate(declared))
        except CancelledError:
            previewed = PreviewResult()
        is_failing = stops_preview(declared.inputs.on_preview)
        # The engine checks the same resource several times.
        if diagnostics.resource not in self.runtime.foretold:
            self.runtime.foretold.add(diagnostics.resource)
            diagnostics.note(previewed.notes)
            diagnostics.warn(previewed.warnings)
            diagnostics.warn(previewed.left_out)
            if previewed.failures and not is_failing:
                diagnostics.warn([*previewed.failures, STOPS_HERE])
        return previewed.failures if is_failing else []

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Wait until the job has ended, verify it, and return its facts."""
        diagnostics, declared = self._declared(props)
        settled = self._settle(diagnostics, declared, None)
        job_id = declared.inputs.job_id
        return CreateResult(job_id, self._deliver(diagnostics, job_id, settled))

    def update(
        self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]
    ) -> UpdateResult:
        """Verify anew, as `create` does; a record that has gone, by stored facts."""
        diagnostics, declared = self._declared(_news)
        stored = visible(_olds)
        settled = self._settle(diagnostics, declared, stored)
        settled = settled.over(stored, declared.stated)
        return UpdateResult(self._deliver(diagnostics, declared.inputs.job_id, settled))

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        """Look again and verify with the stored inputs; a bad verdict stays bad."""
        diagnostics, declared = self._declared(props)
        stored = visible(props) if "verdict" in props else {}
        with failing(diagnostics, declared.name):
            seconds = self.runtime.read_seconds(diagnostics.call, props)
            work = self.runtime.lifecycle.read(declared, seconds, stored)
            settled = self.runtime.loop.run(work)
        # The engine asks `diff` what to show of this, which sees the new facts only.
        key = (diagnostics.resource, id_)
        self.runtime.refreshed[key] = not is_same(
            *({**one, SEEN_AT: None} for one in (settled.outputs, stored))
        )
        outputs = self._deliver(diagnostics, id_, settled)
        return ReadResult(id_, outputs | read_timeout_of(props))

    def diff(
        self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]
    ) -> DiffResult:
        """Say whether a change matters; `_olds` are the stored outputs."""
        diagnostics = self._diagnostics(_olds)
        runtime, resource = self.runtime, diagnostics.resource
        refreshed = runtime.refreshed.pop((resource, _id), None)
        if refreshed is not None:
            return DiffResult(changes=refreshed, replaces=[])
        changed = changed_inputs(_olds, _news)
        replaces = [name for name in REPLACING if name in changed]
        if changed or secrets_differ(_olds, _news, INPUT_NAMES):
            return DetailedDiff(replaces, differences(_olds, _news, changed))
        declared = runtime.unchanged.pop(resource, None)
        if stands(_olds.get("verdict"), Policy.of(_news)):
            # An unchanged resource gets no `update`, so its warnings come from here.
            # The engine compares more than once.
            if resource not in runtime.warned:
                runtime.warned.add(resource)
                diagnostics.warn(stored_lines(_olds, diagnostics.secrecy))
            return DiffResult(changes=False, replaces=[])
        if declared and (lines := self._foretold(diagnostics, declared)):
            diagnostics.fail("\n".join(lines))
        return DiffResult(changes=True, replaces=[])

    def _diagnostics(self, props: Mapping[str, Any]) -> Diagnostics:
        call = current_call()
        # Where the URN cannot be seen, what tells resources apart best.
        resource = call.urn or f"job {props.get('job_id')}"
        return Diagnostics(call, self.runtime.row, Secrecy.of(props), resource)

    def _declared(self, props: Mapping[str, Any]) -> tuple[Diagnostics, Declared]:
        """Read inputs: checked by this version, by another one, or not at all."""
        diagnostics = self._diagnostics(props)
        if "verdict" in props or "on_preview" in props:
            known = {name: props[name] for name in INPUT_NAMES if name in props}
            checked = check_inputs(known, {}, is_unknown)
            trouble = "its stored inputs are not understood by this version"
            cure = " Run `pulumi up` without a refresh."
        else:
            # The engine checks nothing of a resource that is only read.
            checked = self._checked(props, None)
            trouble, cure = "its inputs are refused", ""
        if checked.problems:
            lines = diagnostics.refusals(checked.problems)
            job = f"job {props.get('job_id')}"
            diagnostics.fail(f"{job}: {trouble} ({'; '.join(lines)}).{cure}")
        inputs = JobInputs.model_validate(checked.inputs)
        return diagnostics, Declared(inputs, checked.inputs, diagnostics.secrecy)

    def _settle(
        self,
        diagnostics: Diagnostics,
        declared: Declared,
        stored: Mapping[str, Any] | None,
    ) -> GateResult:
        with failing(diagnostics, declared.name, RUN_AGAIN):
            timeout = self.runtime.timeout_seconds(diagnostics.call)
            work = self.runtime.lifecycle.settle(
                declared, timeout, diagnostics.show, stored
            )
            return self.runtime.loop.run(work)

    def _deliver(
        self, diagnostics: Diagnostics, id_: str, settled: GateResult
    ) -> dict[str, Any]:
        diagnostics.warn(diagnostics.secrecy.told(settled.warnings))
        if settled.failures:
            lines = diagnostics.secrecy.told(settled.failures)
            diagnostics.fail_keeping(id_, settled.outputs, lines)
        return diagnostics.encrypted(settled.outputs)


@contextmanager
def failing(diagnostics: Diagnostics, name: str, cure: str = "") -> Iterator[None]:
    """End the engine's call with one line where its work fails or is interrupted.

    Args:
        diagnostics: that says it.
        name: of what the work is about.
        cure: what to do after an interruption.
    """
    try:
        yield
    except ProviderError as error:
        diagnostics.fail(ENGINE.text(error))
    except CancelledError:
        diagnostics.fail(f"{name}: interrupted.{cure}")


def visible(props: Mapping[str, Any]) -> dict[str, Any]:
    """Return the properties that users know."""
    return {key: value for key, value in props.items() if key not in HIDDEN_KEYS}
