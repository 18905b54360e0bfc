"""What type checkers see of outputs that the SDK lifts, such as `job.outputs[0].url`.

The SDK makes an output of each field of an output, but calls all of them
`Output[Any]`. Here they have the types of the classes that they are fields of; a
test holds that these are the same. At run time there is nothing but the SDK's outputs.

Fields of what may be absent, such as `file`, are not lifted: `apply` knows their types.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pulumi

from pulumi_alicloud_mediaconvert.border.outputs import (
    JobAudioStream,
    JobFile,
    JobOutput,
    JobOutputGroup,
    JobSetCounts,
    JobSetEntry,
    JobVideoStream,
)

if TYPE_CHECKING:

    class LiftedJobOutput(pulumi.Output[JobOutput]):
        """One delivered output, as `job.output("720P-mp4")` returns it."""

        name: pulumi.Output[str | None]
        group: pulumi.Output[str | None]
        template_id: pulumi.Output[str | None]
        status: pulumi.Output[str | None]
        code: pulumi.Output[str | None]
        message: pulumi.Output[str | None]
        task_id: pulumi.Output[str | None]
        create_time: pulumi.Output[str | None]
        finish_time: pulumi.Output[str | None]
        type: pulumi.Output[str | None]
        media: pulumi.Output[str | None]
        url: pulumi.Output[str | None]
        bucket: pulumi.Output[str | None]
        key: pulumi.Output[str | None]
        file: pulumi.Output[JobFile | None]
        video_streams: pulumi.Output[Sequence[JobVideoStream] | None]
        audio_streams: pulumi.Output[Sequence[JobAudioStream] | None]

    class LiftedJobOutputGroup(pulumi.Output[JobOutputGroup]):
        """One group of outputs, as `job.output_groups[0]` is it."""

        name: pulumi.Output[str | None]
        type: pulumi.Output[str | None]
        status: pulumi.Output[str | None]
        code: pulumi.Output[str | None]
        message: pulumi.Output[str | None]
        task_id: pulumi.Output[str | None]
        create_time: pulumi.Output[str | None]
        finish_time: pulumi.Output[str | None]
        manifest_url: pulumi.Output[str | None]
        output_names: pulumi.Output[Sequence[str] | None]

    class LiftedJobSetCounts(pulumi.Output[JobSetCounts]):
        """How many jobs of a set came to what."""

        total: pulumi.Output[int]
        ended: pulumi.Output[int]
        passed: pulumi.Output[int]
        failed: pulumi.Output[int]
        inconclusive: pulumi.Output[int]
        pending: pulumi.Output[int]
        unverified: pulumi.Output[int]

    class LiftedJobSetEntry(pulumi.Output[JobSetEntry]):
        """What is kept of one job of a set, as `jobs["intro"]` is it."""

        job_id: pulumi.Output[str]
        verdict: pulumi.Output[str]
        state: pulumi.Output[str | None]
        code: pulumi.Output[str | None]
        message: pulumi.Output[str | None]
        output_urls: pulumi.Output[Mapping[str, str]]
        text: pulumi.Output[str | None]

    class LiftedJobOutputs(pulumi.Output[Sequence[JobOutput]]):
        """All delivered outputs."""

        def __getitem__(self, key: object) -> LiftedJobOutput:
            """Lift one of them."""

    class LiftedJobOutputGroups(pulumi.Output[Sequence[JobOutputGroup]]):
        """All groups."""

        def __getitem__(self, key: object) -> LiftedJobOutputGroup:
            """Lift one of them."""

    class LiftedJobSetEntries(pulumi.Output[Mapping[str, JobSetEntry]]):
        """What is kept of each job of a set, by name."""

        def __getitem__(self, key: object) -> LiftedJobSetEntry:
            """Lift one of them."""

else:
    # By these the SDK knows what to make of the values that the engine hands over.
    LiftedJobOutput = pulumi.Output[JobOutput]
    LiftedJobOutputs = pulumi.Output[Sequence[JobOutput]]
    LiftedJobOutputGroups = pulumi.Output[Sequence[JobOutputGroup]]
    LiftedJobSetCounts = pulumi.Output[JobSetCounts]
    LiftedJobSetEntries = pulumi.Output[Mapping[str, JobSetEntry]]
