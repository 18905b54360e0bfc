"""The dynamic provider that serves `MediaConvertJob` in the engine's plugin process.

All that happens to a job is decided by `lifecycle`; this module carries properties
in and verdicts out. The provider's import path stands in every user's state, so it
must never change.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import CancelledError
from typing import Any

from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    ResourceProvider,
    UpdateResult,
)

from pulumi_alicloud_mediaconvert.checks import check_inputs
from pulumi_alicloud_mediaconvert.client import ImsClient
from pulumi_alicloud_mediaconvert.engine import (
    PROVIDER_KEY,
    Call,
    LiveRow,
    current_call,
    is_unknown,
    widen,
)
from pulumi_alicloud_mediaconvert.errors import (
    ConfigurationError,
    JobNotFoundError,
    ProviderError,
)
from pulumi_alicloud_mediaconvert.lifecycle import (
    DEFAULT_TIMEOUT_SECONDS,
    REPLACING,
    Lifecycle,
    Settled,
    changed_inputs,
    is_accepted,
    stored_lines,
)
from pulumi_alicloud_mediaconvert.loop import Loop
from pulumi_alicloud_mediaconvert.problems import Problem
from pulumi_alicloud_mediaconvert.report import job_name
from pulumi_alicloud_mediaconvert.schema import (
    CONFIGURED_INPUTS,
    CONFIGURED_TIMEOUT,
    INPUT_NAMES,
    JobInputs,
    parse_duration,
)
from pulumi_alicloud_mediaconvert.settings import (
    CONFIG_KEYS,
    CONFIG_NAMESPACE,
    read_settings,
)

# More bullets than a person reads; the state holds all of them.
MOST_LINES = 100
# What a failure of many thousand outputs is kept without.
BULKY = ("config", "outputs", "output_groups", "mismatches")


class Plugin:
    """What the provider has in the plugin process, from `configure` on.

    Attributes:
        lifecycle: of every job of the stack.
        settings: of the stack and the environment.
        loop: on which its work runs.
        row: of each resource, in the engine's display.
        configured: `mediaconvert:` configuration, keys without the prefix.
        warned: resources whose stored warnings were repeated in this run.
    """

    def __init__(self, config: Mapping[str, str]) -> None:
        settings = read_settings(config, os.environ)
        prefix = CONFIG_NAMESPACE + ":"
        self.configured = {
            key.removeprefix(prefix): value
            for key, value in config.items()
            if key.startswith(prefix)
        }
        self.settings = settings
        self.lifecycle = Lifecycle(ImsClient(settings.credentials()), settings)
        self.loop = Loop()
        self.row = LiveRow(sys.argv)
        self.warned: set[str] = set()

    def configuration_problems(self, inputs: Mapping[str, Any]) -> list[Problem]:
        """Say what is wrong with the configuration that these inputs rest on."""
        problems: list[Problem] = []
        region, wait = inputs["region"], inputs["wait"]
        if isinstance(region, str):
            try:
                self.settings.endpoint(region)
            except ConfigurationError as error:
                problems.append(Problem("endpoint", str(error)))
        try:
            self.settings.stated_keys()
        except ConfigurationError as error:
            problems.append(Problem("credentials", str(error)))
        if isinstance(wait, Mapping) and "timeout" not in wait:
            try:
                self.timeout_seconds(Call())
            except ConfigurationError as error:
                problems.append(Problem("configuration", str(error)))
        return problems

    def timeout_seconds(self, call: Call) -> float:
        """Say how long a wait may take that names no timeout of its own.

        Raises:
            ConfigurationError: the configured one is no duration.
        """
        if call.timeout_seconds is not None:
            return call.timeout_seconds
        configured = self.configured.get(CONFIGURED_TIMEOUT)
        if configured is None:
            return DEFAULT_TIMEOUT_SECONDS
        try:
            return parse_duration(configured)
        except ValueError as error:
            raise ConfigurationError(
                f"{CONFIG_NAMESPACE}:{CONFIGURED_TIMEOUT}: {error}"
            ) from None


class MediaConvertJobProvider(ResourceProvider):
    """Serves the engine's calls for `MediaConvertJob`.

    It has no attributes until `configure` runs in the plugin process, so that its
    serialized form is its import path: no code and no secret in the state, and no
    change by an upgrade.
    """

    serialize_as_secret_always = False
    plugin: Plugin

    def configure(self, req: ConfigureRequest) -> None:
        """Read the stack's configuration; never raises, since `destroy` needs it."""
        keys = {f"{CONFIG_NAMESPACE}:{key}" for key in CONFIGURED_INPUTS}
        keys |= {f"{CONFIG_NAMESPACE}:{CONFIGURED_TIMEOUT}", *CONFIG_KEYS}
        values = {key: req.config.get(key) for key in keys}
        self.plugin = Plugin(
            {key: str(value) for key, value in values.items() if value is not None}
        )
        widen(self.plugin.loop.cancel_all)

    def check(self, _olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        """Validate the inputs and resolve their defaults; list every problem."""
        stated = _without_provider(news)
        region_problems: list[Problem] = []
        try:
            stated["region"] = self._region(stated.get("region"), _olds.get("region"))
        except ConfigurationError as error:
            stated.pop("region", None)
            region_problems.append(Problem("region", str(error)))
        checked = check_inputs(stated, self.plugin.configured, is_unknown)
        problems = region_problems + [
            problem
            for problem in checked.problems
            if not (region_problems and problem.path == "region")
        ]
        if not problems:
            problems = self.plugin.configuration_problems(checked.inputs)
        # With a property name the engine would print its value, secrets included.
        failures = [CheckFailure("", problem.line) for problem in problems]
        return CheckResult(checked.inputs, failures)

    def _region(self, stated: object, stored: object) -> object:
        """Resolve the region; one from the environment does not move a resource."""
        if stated is not None and stated != "":
            return stated
        settings = self.plugin.settings
        configured = settings.configured_region()
        if configured is None and isinstance(stored, str) and stored:
            return stored
        return settings.region(None)

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Wait until the job has ended, verify it, and return its facts."""
        call = current_call()
        inputs = _inputs(call, props)
        outputs = self._deliver(call, inputs, self._settle(call, inputs))
        return CreateResult(inputs.job_id, outputs)

    def update(
        self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]
    ) -> UpdateResult:
        """Verify anew, as `create` does."""
        call = current_call()
        inputs = _inputs(call, _news)
        settled = self._settle(call, inputs).over(_without_provider(_olds))
        return UpdateResult(self._deliver(call, inputs, settled))

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        """Look again and verify with the stored inputs; a bad verdict stays bad."""
        call = current_call()
        stored = _without_provider(props)
        inputs = _inputs(call, stored)
        try:
            settled = self.plugin.loop.run(self.plugin.lifecycle.look(inputs))
        except JobNotFoundError as error:
            return self._keep_stale(call, id_, stored, str(error))
        except ProviderError as error:
            call.fail(str(error))
        except CancelledError:
            call.fail(f"{job_name(inputs.job_id, inputs.region)}: interrupted.")
        return ReadResult(id_, self._deliver(call, inputs, settled))

    def diff(
        self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]
    ) -> DiffResult:
        """Say whether a change matters; `_olds` are the stored outputs."""
        changed = changed_inputs(_olds, _news)
        accepted = is_accepted(_olds.get("verdict"), _news)
        if accepted and _olds.get("verdict") != "passed":
            # An unchanged resource gets no `update`, so its warnings come from here.
            call = current_call()
            # The engine compares more than once.
            if call.urn not in self.plugin.warned:
                self.plugin.warned.add(call.urn)
                self._warn(call, stored_lines(_olds))
        replaces = [name for name in REPLACING if name in changed]
        return DiffResult(changes=bool(changed) or not accepted, replaces=replaces)

    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        """Forget the record; the job is left alone and the API is not called."""

    def _settle(self, call: Call, inputs: JobInputs) -> Settled:
        def show(line: str) -> None:
            self.plugin.row.show(call.urn, line)

        try:
            timeout = self.plugin.timeout_seconds(call)
            work = self.plugin.lifecycle.settle(inputs, timeout, show)
            return self.plugin.loop.run(work)
        except ProviderError as error:
            call.fail(str(error))
        except CancelledError:
            name = job_name(inputs.job_id, inputs.region)
            call.fail(f"{name}: interrupted. Run `pulumi up` again.")

    def _deliver(
        self, call: Call, inputs: JobInputs, settled: Settled
    ) -> dict[str, Any]:
        self._warn(call, settled.warnings)
        if settled.failures:
            lines = settled.failures[:MOST_LINES]
            if more := len(settled.failures) - len(lines):
                lines.append(f"… and {more} more; see `mismatches` in the state")
            call.fail_keeping(inputs.job_id, settled.outputs, lines, bulky=BULKY)
        return settled.outputs

    def _keep_stale(
        self, call: Call, id_: str, stored: dict[str, Any], text: str
    ) -> ReadResult:
        """Keep the last verdict of a job whose record has gone, and say so."""
        outputs = stored | {"stale": True}
        line = f"{text} Its last verdict is kept: {stored.get('verdict')}."
        self._warn(call, [line])
        if not is_accepted(stored.get("verdict"), stored):
            call.fail_keeping(id_, outputs, [line, *stored_lines(stored)])
        return ReadResult(id_, outputs)

    def _warn(self, call: Call, lines: Sequence[str]) -> None:
        if lines:
            self.plugin.row.leave_warning(call.urn, "\n".join(lines))


def _inputs(call: Call, props: Mapping[str, Any]) -> JobInputs:
    """Read inputs that were checked, by this version or by another one."""
    stated = {name: props[name] for name in INPUT_NAMES if props.get(name) is not None}
    problems = check_inputs(stated, {}, is_unknown).problems
    if problems:
        lines = "; ".join(problem.line for problem in problems)
        call.fail(
            f"job {stated.get('job_id')}: its stored inputs are not understood by "
            f"this version ({lines}). Run `pulumi up` without a refresh."
        )
    return JobInputs.model_validate(stated)


def _without_provider(props: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in props.items() if key != PROVIDER_KEY}
