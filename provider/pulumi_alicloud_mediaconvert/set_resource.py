"""`MediaConvertJobSet`, as programs declare it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import pulumi

from pulumi_alicloud_mediaconvert.args import Expect, WaitArgs
from pulumi_alicloud_mediaconvert.gate_resource import GateResource
from pulumi_alicloud_mediaconvert.hosts.dynamic.program import when_known
from pulumi_alicloud_mediaconvert.input_names import (
    SET_INPUT_NAMES,
    EnforcementLevel,
    OnInconclusive,
    OnPreview,
    Verdict,
)
from pulumi_alicloud_mediaconvert.schema.lifted import (
    LiftedJobSetCounts,
    LiftedJobSetEntries,
    LiftedJobSetMismatches,
)
from pulumi_alicloud_mediaconvert.schema.stated_levels import with_points
from pulumi_alicloud_mediaconvert.set_provider import MediaConvertJobSetProvider


class MediaConvertJobSet(
    GateResource, module="mediaconvert", name="MediaConvertJobSet"
):
    """Many transcoding jobs as one resource: one row, one gate, one verdict.

    Use it for hundreds or thousands of jobs. For a few jobs, a loop over
    `MediaConvertJob` is better: each job is then a separate gate with all its facts.

    Adding and removing jobs updates the resource in place, and reads only jobs that
    are new or have not passed yet. The provider never changes the jobs.

    Source: the vendor's APIs GetMediaConvertJob and ListMediaConvertJobs.
    """

    _instead_of_import = "pass the IDs of the jobs as job_ids"

    # written by scripts/generate: inputs
    job_ids: pulumi.Output[Any]
    """Job IDs, as a mapping of your own names to IDs or as a list. A change updates the
    resource and reads only jobs that are new or have not passed yet.
    """
    region: pulumi.Output[str]
    """Region of the jobs. A change replaces the resource."""
    expect: pulumi.Output[Any]
    """Expectations for every job that `expect_by_name` does not name."""
    expect_by_name: pulumi.Output[Any]
    """Expectations for single jobs, by name, or by ID if `job_ids` is a list."""
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
    fail_fast: pulumi.Output[bool]
    """Whether the first bad verdict ends the wait for all other jobs. Default: `False`.
    """
    # end
    verdict: pulumi.Output[Verdict]
    """Verdict of the worst job. From worst to best: `failed`, `pending`,
    `inconclusive`, `unverified`, `passed`.
    """
    counts: LiftedJobSetCounts
    """Number of jobs: in total (`total`), ended (`ended`), and by verdict."""
    jobs: LiftedJobSetEntries
    """Each job by its name: `job_id`, `verdict`, `state`, `code`, `message`, `text`
    (what is wrong), `output_urls`, `seen_at` (last read, if the job had not ended) and
    `stale` (whether the API no longer had its record).
    """
    mismatches: LiftedJobSetMismatches
    """Checks that did not pass, each with its job: the first 1,000. `jobs` has one line
    for each job.
    """

    def __init__(  # noqa: PLR0913  # the inputs, each by its name
        self,
        resource_name: str,
        *,
        job_ids: pulumi.Input[
            Sequence[pulumi.Input[str]] | Mapping[str, pulumi.Input[str]]
        ],
        region: pulumi.Input[str] | None = None,
        expect: pulumi.Input[Expect] | None = None,
        expect_by_name: pulumi.Input[Mapping[str, pulumi.Input[Expect]]] | None = None,
        wait: pulumi.Input[WaitArgs | Literal[False]] | None = None,
        enforcement_level: pulumi.Input[EnforcementLevel | str] | None = None,
        on_inconclusive: pulumi.Input[OnInconclusive | str] | None = None,
        on_preview: pulumi.Input[OnPreview | str] | None = None,
        triggers: pulumi.Input[Sequence[Any]] | None = None,
        fail_fast: pulumi.Input[bool] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        # written by scripts/generate: constructor
        """Declare the jobs.

        Args:
            resource_name: Name of the resource.
            job_ids: Job IDs, as a mapping of your own names to IDs or as a list. A change updates the resource and reads only jobs that are new or have not passed yet.
            region: Region of the jobs. A change replaces the resource. Default: the configured region.
            expect: Expectations for every job that `expect_by_name` does not name.
            expect_by_name: Expectations for single jobs, by name, or by ID if `job_ids` is a list.
            wait: Limits of the wait. `False` means one read without a wait. Default: a `timeout` of `"30m"`.
            enforcement_level: What a bad verdict does: `mandatory` fails the deployment, `advisory` warns. `disabled` skips the verification. Default: `mandatory`.
            on_inconclusive: What `mandatory` does with an inconclusive verdict: `fail` or `warn`. Default: `fail`.
            on_preview: What a preview does about a job that has ended badly: `warn` or `fail`. `off` means that a preview reads no job. Default: `warn`.
            triggers: Arbitrary values. A change repeats the verification.
            fail_fast: Whether the first bad verdict ends the wait for all other jobs. Default: `False`.
            opts: Options of the resource.

        Raises:
            pulumi.RunError: `opts` has `import_`, which dynamic resources do not support.
            TypeError: `opts` is not a `ResourceOptions`.
        """  # noqa: E501  # editors show one line of each parameter
        # end
        inputs = {
            "job_ids": job_ids,
            "region": region,
            "expect": with_points(expect, when_known),
            "expect_by_name": with_points(expect_by_name, when_known),
            "wait": wait,
            "enforcement_level": enforcement_level,
            "on_inconclusive": on_inconclusive,
            "on_preview": on_preview,
            "triggers": triggers,
            "fail_fast": fail_fast,
        }
        super().__init__(
            MediaConvertJobSetProvider(), resource_name, inputs, SET_OUTPUT_NAMES, opts
        )


SET_OUTPUT_NAMES = tuple(
    name for name in MediaConvertJobSet.__annotations__ if name not in SET_INPUT_NAMES
)
