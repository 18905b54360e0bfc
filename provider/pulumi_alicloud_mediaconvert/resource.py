"""`MediaConvertJob`, as programs declare it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, cast

import pulumi

from pulumi_alicloud_mediaconvert.args import Expect, WaitArgs
from pulumi_alicloud_mediaconvert.gate_resource import GateResource
from pulumi_alicloud_mediaconvert.hosts.dynamic.lifting import lifted
from pulumi_alicloud_mediaconvert.hosts.dynamic.program import (
    check_options,
    reads_by_id,
    when_known,
)
from pulumi_alicloud_mediaconvert.input_names import (
    INPUT_NAMES,
    EnforcementLevel,
    OnInconclusive,
    OnPreview,
    Verdict,
)
from pulumi_alicloud_mediaconvert.provider import MediaConvertJobProvider
from pulumi_alicloud_mediaconvert.schema.lifted import (
    LiftedJobMismatches,
    LiftedJobOutput,
    LiftedJobOutputGroups,
    LiftedJobOutputs,
    LiftedUrls,
)
from pulumi_alicloud_mediaconvert.schema.output_names import (
    manifest_urls_by_name,
    urls_by_name,
)
from pulumi_alicloud_mediaconvert.schema.outputs import JobOutput
from pulumi_alicloud_mediaconvert.schema.stated_levels import with_points
from pulumi_alicloud_mediaconvert.schema.typed_outputs import find_output, plain
from pulumi_alicloud_mediaconvert.text import HIDDEN


class MediaConvertJob(GateResource, module="mediaconvert", name="MediaConvertJob"):
    """One transcoding job of Alibaba Cloud Intelligent Media Services, by its ID.

    `pulumi up` waits until the job has ended, verifies what it delivered, and fails if
    the verdict is bad. Resources that depend on this one are then not deployed. The
    provider never changes the job; `destroy` only removes it from the state.

    If `job_id` or `expect` is a secret, the state encrypts it and every output that
    contains it, and no line prints it. The ID of the resource is the job ID, and the
    engine stores and displays IDs in plain text.

    Source: the vendor's API GetMediaConvertJob, version 2020-11-09.
    """

    _instead_of_import = (
        "pass the job's ID as job_id, or read the job with MediaConvertJob.get"
    )

    # written by scripts/generate: inputs
    job_id: pulumi.Output[str]
    """ID of the job. A change replaces the resource."""
    region: pulumi.Output[str]
    """Region of the job. A change replaces the resource."""
    expect: pulumi.Output[Any]
    """Expectations, or `"as-requested"` to check the job against its own request.
    Default: the job and all its outputs must have succeeded.
    """
    wait: pulumi.Output[Any]
    """Limits of the wait. `False` means one read without a wait."""
    enforcement_level: pulumi.Output[EnforcementLevel]
    """What a bad verdict does: `mandatory` fails the deployment, `advisory` warns.
    `disabled` skips the verification. Default: `mandatory`.
    """
    on_inconclusive: pulumi.Output[OnInconclusive]
    """What `mandatory` does with an inconclusive verdict: `fail` or `warn`. Default:
    `fail`.
    """
    on_preview: pulumi.Output[OnPreview]
    """What a preview does about a job that has ended badly: `warn` or `fail`. `off`
    means that a preview reads no job. Default: `warn`.
    """
    triggers: pulumi.Output[Sequence[Any]]
    """Arbitrary values. A change repeats the verification."""
    # end
    verdict: pulumi.Output[Verdict]
    """`passed`, `failed`, `inconclusive`, `pending` (not ended at the last read) or
    `unverified` (enforcement disabled).
    """
    # written by scripts/generate: MediaConvertJob
    state: pulumi.Output[str | None]
    """State: `Inited`, `Running`, `Success`, `Failed` or `Cancelled`."""
    code: pulumi.Output[str | None]
    """The vendor's code. It may be set even if the job succeeded."""
    message: pulumi.Output[str | None]
    """The vendor's message. It may be set even if the job succeeded."""
    request_id: pulumi.Output[str | None]
    """Request ID of the call that submitted the job."""
    job_name: pulumi.Output[str | None]
    """Name of the job."""
    pipeline_id: pulumi.Output[str | None]
    """ID of the pipeline."""
    client_token: pulumi.Output[str | None]
    """Client token of the submission."""
    user_data: pulumi.Output[str | None]
    """User data, as JSON text if it was an object."""
    percent: pulumi.Output[int | None]
    """Progress in percent."""
    create_time: pulumi.Output[str | None]
    """Time of creation, ISO 8601."""
    finish_time: pulumi.Output[str | None]
    """Time when it ended, ISO 8601."""
    config: pulumi.Output[Mapping[str, Any] | None]
    """The request as the API sent it."""
    # end
    outputs: LiftedJobOutputs
    """All outputs, ungrouped first, then by group."""
    output_groups: LiftedJobOutputGroups
    """All output groups."""
    mismatches: LiftedJobMismatches
    """Checks that did not pass."""
    skipped_checks: pulumi.Output[Sequence[str]]
    """Checks that could not be made: one line for each, with the reason."""
    facts_digest: pulumi.Output[str | None]
    """SHA-256 of the media facts: equal deliveries have equal digests."""
    stale: pulumi.Output[bool]
    """Whether the API no longer had the job's record at the last read."""

    def __init__(  # noqa: PLR0913  # the inputs, each by its name
        self,
        resource_name: str,
        *,
        job_id: pulumi.Input[str],
        region: pulumi.Input[str] | None = None,
        expect: pulumi.Input[Expect] | None = None,
        wait: pulumi.Input[WaitArgs | Literal[False]] | None = None,
        enforcement_level: pulumi.Input[EnforcementLevel | str] | None = None,
        on_inconclusive: pulumi.Input[OnInconclusive | str] | None = None,
        on_preview: pulumi.Input[OnPreview | str] | None = None,
        triggers: pulumi.Input[Sequence[Any]] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        # written by scripts/generate: constructor
        """Declare the job.

        Args:
            resource_name: Name of the resource.
            job_id: ID of the job. A change replaces the resource.
            region: Region of the job. A change replaces the resource. Default: the configured region.
            expect: Expectations, or `"as-requested"` to check the job against its own request. Default: the job and all its outputs must have succeeded.
            wait: Limits of the wait. `False` means one read without a wait. Default: a `timeout` of `"30m"`.
            enforcement_level: What a bad verdict does: `mandatory` fails the deployment, `advisory` warns. `disabled` skips the verification. Default: `mandatory`.
            on_inconclusive: What `mandatory` does with an inconclusive verdict: `fail` or `warn`. Default: `fail`.
            on_preview: What a preview does about a job that has ended badly: `warn` or `fail`. `off` means that a preview reads no job. Default: `warn`.
            triggers: Arbitrary values. A change repeats the verification.
            opts: Options of the resource.

        Raises:
            pulumi.RunError: `opts` has `import_`, which dynamic resources do not support.
            TypeError: `opts` is not a `ResourceOptions`.
        """  # noqa: E501  # editors show one line of each parameter
        # end
        inputs = {
            "job_id": job_id,
            "region": region,
            "expect": with_points(expect, when_known),
            "wait": wait,
            "enforcement_level": enforcement_level,
            "on_inconclusive": on_inconclusive,
            "on_preview": on_preview,
            "triggers": triggers,
        }
        super().__init__(
            MediaConvertJobProvider(), resource_name, inputs, OUTPUT_NAMES, opts
        )

    @staticmethod
    def get(  # noqa: PLR0913  # as the constructor
        resource_name: str,
        id: pulumi.Input[str],  # noqa: A002  # the SDK's name for it
        *,
        region: pulumi.Input[str] | None = None,
        expect: pulumi.Input[Expect] | None = None,
        enforcement_level: pulumi.Input[EnforcementLevel | str] | None = None,
        on_inconclusive: pulumi.Input[OnInconclusive | str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> MediaConvertJob:
        # written by scripts/generate: get
        """Read a job by its ID, also in previews, without managing it.

        It reads the job once, never waits, and verifies it. A bad verdict, including
        `pending`, stops the deployment, depending on `enforcement_level`.

        Args:
            resource_name: Name of the resource.
            id: ID of the job.
            region: Region of the job. Default: the configured region.
            expect: Expectations, or `"as-requested"` to check the job against its own request. Default: the job and all its outputs must have succeeded.
            enforcement_level: What a bad verdict does: `mandatory` fails the deployment, `advisory` warns. `disabled` skips the verification. Default: `mandatory`.
            on_inconclusive: What `mandatory` does with an inconclusive verdict: `fail` or `warn`. Default: `fail`.
            opts: Options of the resource.

        Raises:
            pulumi.RunError: The installed SDK is older than 3.268.
            TypeError: `opts` is not a `ResourceOptions`.
        """  # noqa: E501  # editors show one line of each parameter
        # end
        check_options(opts)
        if not reads_by_id():
            raise pulumi.RunError(
                "MediaConvertJob.get: the installed Pulumi SDK cannot read a dynamic "
                "resource by its ID; upgrade it (`pip install -U pulumi`), or declare "
                "a MediaConvertJob with this job ID"
            )
        # The SDK cannot send a secret ID; what derives from it stays secret by job_id.
        open_id = pulumi.Output.unsecret(pulumi.Output.from_input(id))
        by_id = pulumi.ResourceOptions(id=open_id)
        return MediaConvertJob(
            resource_name,
            job_id=id,
            region=region,
            expect=expect,
            enforcement_level=enforcement_level,
            on_inconclusive=on_inconclusive,
            opts=pulumi.ResourceOptions.merge(opts, by_id),
        )

    def output(self, name: pulumi.Input[str]) -> LiftedJobOutput:
        """Return the output with this name, such as `"720P-mp4"` or `"hls-group/720P"`.

        Args:
            name: Name of the output; `group/name` for an output of a group. A plain name means the ungrouped output, or else the only grouped one.

        Returns:
            The output. Its fields, such as `.url` or `.file.width`, are outputs too,
            and may be `None`. For a URL that an input of text accepts, use `urls`.

        Raises:
            pulumi.RunError: The verdict is `passed`, and there is no such output. With
                any other verdict all fields of an unknown output are `None`.
        """  # noqa: E501  # editors show one line of each parameter

        async def find(args: Sequence[Any]) -> JobOutput:
            outputs, verdict, job_id, asked = args
            # The text of an error is printed, whatever became of the value.
            shown = HIDDEN if await self.job_id.is_secret() else job_id
            must_exist = verdict == "passed"
            return find_output(outputs, asked, must_exist=must_exist, job_id=shown)

        known = pulumi.Output.all(self.outputs, self.verdict, self.job_id, name)
        shown = name if isinstance(name, str) else "…"
        found = lifted(known.apply(find), f'output("{shown}")', self.verdict)
        return cast("LiftedJobOutput", found)

    @property
    def urls(self) -> LiftedUrls:
        """URLs of the outputs, by name: `job.urls["720P-mp4"]` is an `Output[str]`.

        Names are those of `output`. The `url` of an output may be `None`; an input that
        takes text accepts a value of `urls` without a type error. If the verdict is
        `passed`, a name without a URL is an error that lists the known names. For any
        other verdict the value is `None`, so that the program can continue.
        """
        return self._by_name("urls", self.outputs, urls_by_name)

    @property
    def manifest_urls(self) -> LiftedUrls:
        """URLs of the manifests, by name of the output group.

        `job.manifest_urls["hls-group"]` is an `Output[str]`, as a value of `urls` is.
        If the verdict is `passed`, a name without a manifest is an error that lists the
        known names. For any other verdict the value is `None`.
        """
        return self._by_name("manifest_urls", self.output_groups, manifest_urls_by_name)

    def _by_name(
        self,
        name: str,
        parts: pulumi.Output[Any],
        urls_of: Callable[[Sequence[Mapping[str, Any]]], dict[str, str]],
    ) -> LiftedUrls:
        known = pulumi.Output.from_input(parts).apply(
            lambda found: urls_of(found or [])
        )
        return cast("LiftedUrls", lifted(known, name, self.verdict))

    @property
    def facts(self) -> pulumi.Output[Mapping[str, Any]]:
        """All outputs except the inputs, as one plain mapping, for `pulumi.export`."""
        values = {name: getattr(self, name) for name in OUTPUT_NAMES}
        return pulumi.Output.all(**values).apply(plain)


OUTPUT_NAMES = tuple(
    name for name in MediaConvertJob.__annotations__ if name not in INPUT_NAMES
)
