"""What type checkers see of outputs that the SDK lifts, such as `job.outputs[0].url`.

The SDK makes an output of each field of an output, but calls all of them
`Output[Any]`. Here they have the types of the classes that they are fields of; a
test holds that these are the same. At run time there is nothing but the SDK's outputs.

A part that may be absent, such as `file`, lifts too: all its fields are then `None`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pulumi

from pulumi_alicloud_mediaconvert.schema.outputs import (
    JobAudioStream,
    JobFile,
    JobOutput,
    JobOutputGroup,
    JobSetCounts,
    JobSetEntry,
    JobVideoStream,
)

if TYPE_CHECKING:

    class LiftedJobVideoStream(pulumi.Output[JobVideoStream]):
        """One video stream of a delivered file."""

        index: pulumi.Output[int | None]
        codec: pulumi.Output[str | None]
        codec_long_name: pulumi.Output[str | None]
        codec_tag: pulumi.Output[str | None]
        codec_tag_string: pulumi.Output[str | None]
        codec_time_base: pulumi.Output[str | None]
        profile: pulumi.Output[str | None]
        level: pulumi.Output[int | None]
        width: pulumi.Output[int | None]
        height: pulumi.Output[int | None]
        long_edge: pulumi.Output[int | None]
        short_edge: pulumi.Output[int | None]
        display_width: pulumi.Output[int | None]
        display_height: pulumi.Output[int | None]
        fps: pulumi.Output[float | None]
        avg_fps: pulumi.Output[float | None]
        bitrate_kbps: pulumi.Output[float | None]
        duration_seconds: pulumi.Output[float | None]
        start_seconds: pulumi.Output[float | None]
        pix_fmt: pulumi.Output[str | None]
        dar: pulumi.Output[str | None]
        sar: pulumi.Output[str | None]
        rotate: pulumi.Output[float | str | None]
        num_frames: pulumi.Output[int | None]
        has_b_frames: pulumi.Output[int | None]
        time_base: pulumi.Output[str | None]
        lang: pulumi.Output[str | None]

    class LiftedJobAudioStream(pulumi.Output[JobAudioStream]):
        """One audio stream of a delivered file."""

        index: pulumi.Output[int | None]
        codec: pulumi.Output[str | None]
        codec_long_name: pulumi.Output[str | None]
        codec_tag: pulumi.Output[str | None]
        codec_tag_string: pulumi.Output[str | None]
        codec_time_base: pulumi.Output[str | None]
        channels: pulumi.Output[int | None]
        channel_layout: pulumi.Output[str | None]
        sample_rate_hz: pulumi.Output[int | None]
        sample_fmt: pulumi.Output[str | None]
        bitrate_kbps: pulumi.Output[float | None]
        duration_seconds: pulumi.Output[float | None]
        start_seconds: pulumi.Output[float | None]
        time_base: pulumi.Output[str | None]
        lang: pulumi.Output[str | None]

    class LiftedJobFile(pulumi.Output[JobFile | None]):
        """The delivered file as a whole."""

        file_name: pulumi.Output[str | None]
        format: pulumi.Output[str | None]  # type: ignore[assignment]  # see `lifting`
        file_size_bytes: pulumi.Output[int | None]
        duration_seconds: pulumi.Output[float | None]
        bitrate_kbps: pulumi.Output[float | None]
        width: pulumi.Output[int | None]
        height: pulumi.Output[int | None]
        media_id: pulumi.Output[str | None]
        region: pulumi.Output[str | None]
        file_url: pulumi.Output[str | None]
        file_status: pulumi.Output[str | None]
        file_type: pulumi.Output[str | None]

    class LiftedJobVideoStreams(pulumi.Output[Sequence[JobVideoStream] | None]):
        """All video streams of a delivered file."""

        def __getitem__(self, key: object) -> LiftedJobVideoStream:
            """Lift one of them."""

    class LiftedJobAudioStreams(pulumi.Output[Sequence[JobAudioStream] | None]):
        """All audio streams of a delivered file."""

        def __getitem__(self, key: object) -> LiftedJobAudioStream:
            """Lift one of them."""

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
        file: LiftedJobFile
        video_streams: LiftedJobVideoStreams
        audio_streams: LiftedJobAudioStreams

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
        seen_at: pulumi.Output[str | None]
        stale: pulumi.Output[bool | None]

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
