"""`MediaConvertJob`, as programs declare it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import pulumi
from pulumi.dynamic import (
    Resource,
)

from pulumi_alicloud_mediaconvert.outputs import (
    JobMismatch,
    JobOutput,
    JobOutputGroup,
    find_output,
    plain,
)
from pulumi_alicloud_mediaconvert.provider import MediaConvertJobProvider
from pulumi_alicloud_mediaconvert.schema import (
    INPUT_NAMES,
    EnforcementLevel,
    OnInconclusive,
    OnPreview,
    WaitArgs,
)


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
