"""`MediaConvertJob` for programs, and the dynamic provider that serves it.

The resource class runs in the user's program, the provider in the engine's plugin
process. All that happens to a job is decided by `lifecycle`; this module carries
properties in and verdicts out.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import CancelledError
from typing import Any, Literal

import pulumi
from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    Resource,
    ResourceProvider,
    UpdateResult,
)

from pulumi_alicloud_mediaconvert.client import ImsClient
from pulumi_alicloud_mediaconvert.engine import (
    PROVIDER_KEY,
    Call,
    LiveRow,
    Loop,
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
    progress_line,
    stored_lines,
)
from pulumi_alicloud_mediaconvert.outputs import (
    JobMismatch,
    JobOutput,
    JobOutputGroup,
    find_output,
    plain,
)
from pulumi_alicloud_mediaconvert.report import job_name
from pulumi_alicloud_mediaconvert.schema import (
    CONFIGURED_INPUTS,
    CONFIGURED_TIMEOUT,
    EnforcementLevel,
    JobInputs,
    OnInconclusive,
    OnPreview,
    Problem,
    WaitArgs,
    check_inputs,
    parse_duration,
)
from pulumi_alicloud_mediaconvert.settings import (
    CONFIG_KEYS,
    CONFIG_NAMESPACE,
    read_settings,
)
from pulumi_alicloud_mediaconvert.waiter import Progress

INPUT_NAMES = tuple(JobInputs.model_fields)


class Plugin:
    """What the provider has in the plugin process, from `configure` on.

    Attributes:
        lifecycle: of every job of the stack.
        settings: of the stack and the environment.
        loop: on which its work runs.
        row: of each resource, in the engine's display.
        configured: `mediaconvert:` configuration, keys without the prefix.
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

    def configuration_problems(self, region: object) -> list[Problem]:
        """Say what is wrong with the stack's configuration, the region apart."""
        problems: list[Problem] = []
        if isinstance(region, str):
            try:
                self.settings.endpoint(region)
            except ConfigurationError as error:
                problems.append(Problem("endpoint", str(error)))
        try:
            self.settings.stated_keys()
        except ConfigurationError as error:
            problems.append(Problem("credentials", str(error)))
        try:
            self.timeout_seconds(Call())
        except ConfigurationError as error:
            problems.append(Problem("wait.timeout", str(error)))
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
            problems = self.plugin.configuration_problems(checked.inputs["region"])
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
        inputs = JobInputs.model_validate(_without_provider(props))
        outputs = self._deliver(call, inputs, self._settle(call, inputs))
        return CreateResult(inputs.job_id, outputs)

    def update(
        self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]
    ) -> UpdateResult:
        """Verify anew, as `create` does."""
        call = current_call()
        inputs = JobInputs.model_validate(_without_provider(_news))
        return UpdateResult(self._deliver(call, inputs, self._settle(call, inputs)))

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        """Look again and verify with the stored inputs; a bad verdict stays bad."""
        call = current_call()
        stored = _without_provider(props)
        inputs = JobInputs.model_validate(
            {name: stored[name] for name in INPUT_NAMES if name in stored}
        )
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
            self._warn(current_call(), stored_lines(_olds))
        replaces = [name for name in REPLACING if name in changed]
        return DiffResult(changes=bool(changed) or not accepted, replaces=replaces)

    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        """Forget the record; the job is left alone and the API is not called."""

    def _settle(self, call: Call, inputs: JobInputs) -> Settled:
        def show(progress: Progress) -> None:
            self.plugin.row.show(call.urn, progress_line(progress))

        try:
            timeout = self.plugin.timeout_seconds(call)
            work = self.plugin.lifecycle.settle(inputs, timeout, show)
            return self.plugin.loop.run(work)
        except ProviderError as error:
            call.fail(str(error))

    def _deliver(
        self, call: Call, inputs: JobInputs, settled: Settled
    ) -> dict[str, Any]:
        self._warn(call, settled.warnings)
        if settled.failures:
            call.fail_keeping(inputs.job_id, settled.outputs, settled.failures)
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


def _without_provider(props: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in props.items() if key != PROVIDER_KEY}


class MediaConvertJob(Resource, module="mediaconvert", name="MediaConvertJob"):
    """One transcoding job of Alibaba Cloud Intelligent Media Services, by its ID.

    An `up` waits until the job has ended, verifies what it delivered, and fails if
    the verdict is bad: nothing that depends on this resource is then deployed. The
    job itself is never touched, `destroy` forgets its record only.

    Source: the vendor's API GetMediaConvertJob, version 2020-11-09.
    """

    job_id: pulumi.Output[str]
    region: pulumi.Output[str]
    expect: pulumi.Output[Any]
    wait: pulumi.Output[Any]
    enforcement_level: pulumi.Output[str]
    on_inconclusive: pulumi.Output[str]
    on_preview: pulumi.Output[str]
    triggers: pulumi.Output[Sequence[Any]]
    verdict: pulumi.Output[str]
    state: pulumi.Output[str | None]
    code: pulumi.Output[str | None]
    message: pulumi.Output[str | None]
    request_id: pulumi.Output[str | None]
    job_name: pulumi.Output[str | None]
    pipeline_id: pulumi.Output[str | None]
    client_token: pulumi.Output[str | None]
    user_data: pulumi.Output[str | None]
    percent: pulumi.Output[int | None]
    create_time: pulumi.Output[str | None]
    finish_time: pulumi.Output[str | None]
    config: pulumi.Output[Mapping[str, Any] | None]
    outputs: pulumi.Output[Sequence[JobOutput]]
    output_groups: pulumi.Output[Sequence[JobOutputGroup]]
    mismatches: pulumi.Output[Sequence[JobMismatch]]
    skipped_checks: pulumi.Output[Sequence[str]]
    facts_digest: pulumi.Output[str | None]
    stale: pulumi.Output[bool]

    def __init__(  # noqa: PLR0913  # the inputs, each by its name
        self,
        resource_name: str,
        *,
        job_id: pulumi.Input[str],
        region: pulumi.Input[str] | None = None,
        expect: pulumi.Input[None] = None,
        wait: pulumi.Input[WaitArgs | Literal[False]] | None = None,
        enforcement_level: pulumi.Input[EnforcementLevel] | None = None,
        on_inconclusive: pulumi.Input[OnInconclusive] | None = None,
        on_preview: pulumi.Input[OnPreview] | None = None,
        triggers: pulumi.Input[Sequence[Any]] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare the job; see the README for the inputs and their defaults."""
        inputs = {
            "job_id": job_id,
            "region": region,
            "expect": expect,
            "wait": wait,
            "enforcement_level": enforcement_level,
            "on_inconclusive": on_inconclusive,
            "on_preview": on_preview,
            "triggers": triggers,
        }
        # The SDK makes an attribute of each property that is named here.
        outputs = dict.fromkeys(OUTPUT_NAMES)
        super().__init__(
            MediaConvertJobProvider(),
            resource_name,
            {**outputs, **inputs},
            _with_update_timeout(opts),
        )

    def output(self, name: str) -> pulumi.Output[JobOutput]:
        """Return the output of that name, as `"720P-mp4"` or `"hls-group/720P"`.

        With the verdict `passed` an unknown name is an error that lists the names
        there are. Otherwise all fields of an unknown output are `None`, so that a
        program that may go on does go on.
        """
        found = pulumi.Output.all(self.outputs, self.verdict, self.job_id)
        return found.apply(
            lambda args: find_output(
                args[0], name, must_exist=args[1] == "passed", job_id=args[2]
            )
        )

    @property
    def facts(self) -> pulumi.Output[Mapping[str, Any]]:
        """All outputs but the inputs, as one plain mapping to export."""
        values = {name: getattr(self, name) for name in OUTPUT_NAMES}
        return pulumi.Output.all(**values).apply(plain)


# Of the outputs that are no facts of the API; the others are described there.
OUTPUT_TEXTS = {
    "verdict": "`passed`, `failed`, `inconclusive`, `pending` (not ended when last "
    "seen) or `unverified` (enforcement disabled).",
    "mismatches": "Every expectation that is not met.",
    "skipped_checks": "What could not be tested, and why.",
    "facts_digest": "sha256 over the media facts: equal deliveries, equal digest.",
    "stale": "Whether the job's record was gone at the last refresh.",
}
OUTPUT_NAMES = tuple(
    name for name in MediaConvertJob.__annotations__ if name not in INPUT_NAMES
)


def _with_update_timeout(
    opts: pulumi.ResourceOptions | None,
) -> pulumi.ResourceOptions | None:
    """Let `create` limit updates too: a wait that is resumed is an update."""
    timeouts = opts.custom_timeouts if opts else None
    if timeouts is None or not timeouts.create or timeouts.update:
        return opts
    both = pulumi.CustomTimeouts(
        create=timeouts.create, update=timeouts.create, delete=timeouts.delete
    )
    return pulumi.ResourceOptions.merge(
        opts, pulumi.ResourceOptions(custom_timeouts=both)
    )
