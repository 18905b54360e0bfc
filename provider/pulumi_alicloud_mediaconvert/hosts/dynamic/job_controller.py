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
    ConfigurationError,
    JobNotFoundError,
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
from pulumi_alicloud_mediaconvert.input_names import INPUT_NAMES
from pulumi_alicloud_mediaconvert.lifecycle.gate import is_accepted
from pulumi_alicloud_mediaconvert.lifecycle.gate_result import Declared, GateResult
from pulumi_alicloud_mediaconvert.lifecycle.preview import PreviewResult
from pulumi_alicloud_mediaconvert.lifecycle.stored_state import (
    REPLACING,
    SEEN_AT,
    changed_inputs,
    is_same,
    last_seen,
    stored_lines,
    was_seen,
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
from pulumi_alicloud_mediaconvert.waiting.absence import gone

# Properties that no user states or sees.
HIDDEN_KEYS = frozenset({PROVIDER_KEY, PREVIEW_KEY, SECRETS_KEY, READ_TIMEOUT_KEY})
STOPS_HERE = "`pulumi up` will stop here."
RUN_AGAIN = " Run `pulumi up` again."


class JobController:
    """Answers the engine's calls for `MediaConvertJob`.

    Attributes:
        plugin: of the process.
        model: of the inputs.
    """

    plugin: Runtime
    model: type[GateInputs] = JobInputs

    def configure(self, stated: Config) -> None:
        """Read the stack's configuration; never raises, since `destroy` needs it."""
        values = {key: stated.get(key) for key in CONFIGURATION_KEYS}
        config = {key: str(value) for key, value in values.items() if value is not None}
        unread = unread_keys(configuration_names(stated), project_name(stated))
        self.plugin = per_process(
            "_mediaconvert", lambda: Runtime(config, unread=unread)
        )
        widen(self.plugin.loop.cancel_all)
        end_with_engine(sys.argv)

    def check(self, _olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        """Validate the inputs and resolve their defaults; list every problem.

        In a preview it also says what an `up` will make of a job that has ended.
        """
        voice = self._voice(news)
        self.plugin.forget_refresh(voice.resource)
        voice.warn(self.plugin.untold())
        checked = self._checked(news, _olds.get("region"))
        lines = voice.refusals(checked.problems)
        if not lines and news.get(PREVIEW_KEY) is True:
            lines = self._previewed(voice, _olds, checked.inputs)
        # With a property name the engine would print its value, secrets included.
        failures = [CheckFailure("", line) for line in lines]
        return CheckResult({**checked.inputs, **voice.secrecy.mark}, failures)

    def _checked(self, news: Mapping[str, Any], stored_region: object) -> Checked:
        stated = {key: value for key, value in news.items() if key not in HIDDEN_KEYS}
        region_problems: list[Problem] = []
        try:
            stated["region"] = self.plugin.region(stated.get("region"), stored_region)
        except ConfigurationError as error:
            stated.pop("region", None)
            region_problems.append(Problem("region", str(error)))
        checked = check_inputs(stated, self.plugin.configured, is_unknown, self.model)
        problems = region_problems + [
            problem
            for problem in checked.problems
            if not (region_problems and problem.path == "region")
        ]
        if not problems:
            problems = self.plugin.configuration_problems(checked.inputs)
        return Checked(checked.inputs, problems)

    def _previewed(
        self, voice: Diagnostics, olds: Mapping[str, Any], checked: Mapping[str, Any]
    ) -> list[str]:
        """Say what `up` will find; return the lines that stop the preview."""
        unjudged = ("wait", "triggers")
        if any(has_unknown(checked[name]) for name in checked if name not in unjudged):
            return []
        known = {key: value for key, value in checked.items() if not has_unknown(value)}
        declared = Declared(JobInputs.model_validate(known), known, voice.secrecy)
        if olds and not changed_inputs(olds, checked):
            # An `up` verifies only what did not pass, and `diff` alone sees verdicts.
            self.plugin.unchanged[voice.resource] = declared
            return []
        return self._foretold(voice, declared)

    def _foretold(self, voice: Diagnostics, declared: Declared) -> list[str]:
        try:
            previewed = self.plugin.loop.run(self.plugin.previews.evaluate(declared))
        except CancelledError:
            previewed = PreviewResult()
        is_failing = declared.inputs.on_preview == "fail"
        # The engine checks the same resource several times.
        if voice.resource not in self.plugin.foretold:
            self.plugin.foretold.add(voice.resource)
            voice.note(previewed.notes)
            voice.warn(previewed.warnings)
            voice.warn(previewed.left_out)
            if previewed.failures and not is_failing:
                voice.warn([*previewed.failures, STOPS_HERE])
        return previewed.failures if is_failing else []

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Wait until the job has ended, verify it, and return its facts."""
        voice, declared = self._declared(props)
        settled = self._settle(voice, declared, None)
        job_id = declared.inputs.job_id
        return CreateResult(job_id, self._deliver(voice, job_id, settled))

    def update(
        self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]
    ) -> UpdateResult:
        """Verify anew, as `create` does; a record that has gone, by stored facts."""
        voice, declared = self._declared(_news)
        stored = visible(_olds)
        settled = self._settle(voice, declared, stored)
        settled = settled.over(stored, declared.stated)
        return UpdateResult(self._deliver(voice, declared.inputs.job_id, settled))

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        """Look again and verify with the stored inputs; a bad verdict stays bad."""
        voice, declared = self._declared(props)
        stored = visible(props) if "verdict" in props else {}
        with failing(voice, declared.name):
            seconds = self.plugin.look_seconds(voice.call, props)
            try:
                work = self.plugin.lifecycle.look(declared, seconds)
                settled = self.plugin.loop.run(work)
            except JobNotFoundError as error:
                if not stored:
                    raise
                settled = _stale(declared, stored, error)
        # The engine asks `diff` what to show of this, which sees the new facts only.
        key = (voice.resource, id_)
        self.plugin.refreshed[key] = not is_same(
            *({**one, SEEN_AT: None} for one in (settled.outputs, stored))
        )
        outputs = self._deliver(voice, id_, settled)
        return ReadResult(id_, outputs | read_timeout_of(props))

    def diff(
        self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]
    ) -> DiffResult:
        """Say whether a change matters; `_olds` are the stored outputs."""
        voice = self._voice(_olds)
        plugin, resource = self.plugin, voice.resource
        refreshed = plugin.refreshed.pop((resource, _id), None)
        if refreshed is not None:
            return DiffResult(changes=refreshed, replaces=[])
        changed = changed_inputs(_olds, _news)
        replaces = [name for name in REPLACING if name in changed]
        if changed or secrets_differ(_olds, _news, INPUT_NAMES):
            return DetailedDiff(replaces, differences(_olds, _news, changed))
        declared = plugin.unchanged.pop(resource, None)
        if is_accepted(_olds.get("verdict"), _news):
            # An unchanged resource gets no `update`, so its warnings come from here.
            # The engine compares more than once.
            if resource not in plugin.warned:
                plugin.warned.add(resource)
                voice.warn(stored_lines(_olds, voice.secrecy))
            return DiffResult(changes=False, replaces=[])
        if declared and (lines := self._foretold(voice, declared)):
            voice.fail("\n".join(lines))
        return DiffResult(changes=True, replaces=[])

    def _voice(self, props: Mapping[str, Any]) -> Diagnostics:
        call = current_call()
        # Where the URN cannot be seen, what tells resources apart best.
        resource = call.urn or f"job {props.get('job_id')}"
        return Diagnostics(call, self.plugin.row, Secrecy.of(props), resource)

    def _declared(self, props: Mapping[str, Any]) -> tuple[Diagnostics, Declared]:
        """Read inputs: checked by this version, by another one, or not at all."""
        voice = self._voice(props)
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
            lines = voice.refusals(checked.problems)
            job = f"job {props.get('job_id')}"
            voice.fail(f"{job}: {trouble} ({'; '.join(lines)}).{cure}")
        inputs = JobInputs.model_validate(checked.inputs)
        return voice, Declared(inputs, checked.inputs, voice.secrecy)

    def _settle(
        self, voice: Diagnostics, declared: Declared, stored: Mapping[str, Any] | None
    ) -> GateResult:
        with failing(voice, declared.name, RUN_AGAIN):
            timeout = self.plugin.timeout_seconds(voice.call)
            work = self.plugin.lifecycle.settle(declared, timeout, voice.show, stored)
            return self.plugin.loop.run(work)

    def _deliver(
        self, voice: Diagnostics, id_: str, settled: GateResult
    ) -> dict[str, Any]:
        voice.warn(voice.secrecy.told(settled.warnings))
        if settled.failures:
            lines = voice.secrecy.told(settled.failures)
            voice.fail_keeping(id_, settled.outputs, lines)
        return voice.encrypted(settled.outputs)


@contextmanager
def failing(voice: Diagnostics, name: str, cure: str = "") -> Iterator[None]:
    """End the engine's call with one line where its work fails or is interrupted.

    Args:
        voice: that says it.
        name: of what the work is about.
        cure: what to do after an interruption.
    """
    try:
        yield
    except ProviderError as error:
        voice.fail(str(error))
    except CancelledError:
        voice.fail(f"{name}: interrupted.{cure}")


def _stale(
    declared: Declared, stored: Mapping[str, Any], absence: JobNotFoundError
) -> GateResult:
    """Keep the last verdict of a job whose record has gone, and say so."""
    outputs = {**stored, "stale": True}
    text = str(absence)
    if was_seen(stored):
        text = str(gone(declared.name, last_seen(stored), absence))
    line = f"{text} Its last verdict is kept: {stored.get('verdict')}."
    is_stopping = declared.inputs.enforcement_level == "mandatory"
    if not is_stopping or is_accepted(stored.get("verdict"), stored):
        return GateResult(outputs=outputs, warnings=[line])
    lines = [line, *stored_lines(stored, declared.secrecy)]
    return GateResult(outputs=outputs, warnings=[line], failures=lines)


def visible(props: Mapping[str, Any]) -> dict[str, Any]:
    """Return the properties that users know."""
    return {key: value for key, value in props.items() if key not in HIDDEN_KEYS}
