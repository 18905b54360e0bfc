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

from pulumi_alicloud_mediaconvert.input_names import (
    ExpectationLevel,
    MismatchVerdict,
    Verdict,
)
from pulumi_alicloud_mediaconvert.schema.outputs import (
    JobAudioStream,
    JobFile,
    JobMismatch,
    JobOutput,
    JobOutputGroup,
    JobSetCounts,
    JobSetEntry,
    JobSetMismatch,
    JobVideoStream,
)

if TYPE_CHECKING:

    class LiftedJobVideoStream(pulumi.Output[JobVideoStream]):
        """One video stream of a delivered file."""

        # written by scripts/generate: LiftedJobVideoStream
        index: pulumi.Output[int | None]
        """Position among the streams of the file."""
        codec: pulumi.Output[str | None]
        """Codec, such as `h264`."""
        codec_long_name: pulumi.Output[str | None]
        """Full name of the codec."""
        codec_tag: pulumi.Output[str | None]
        """Codec tag as a hexadecimal number."""
        codec_tag_string: pulumi.Output[str | None]
        """Codec tag, such as `hvc1`."""
        codec_time_base: pulumi.Output[str | None]
        """Time base of the codec."""
        profile: pulumi.Output[str | None]
        """Profile, such as `High`."""
        level: pulumi.Output[int | None]
        """Level as the codec's own number: for H.264, 3.1 is 31."""
        width: pulumi.Output[int | None]
        """Width in pixels, before rotation."""
        height: pulumi.Output[int | None]
        """Height in pixels, before rotation."""
        long_edge: pulumi.Output[int | None]
        """The longer of width and height, in pixels."""
        short_edge: pulumi.Output[int | None]
        """The shorter of width and height, in pixels."""
        display_width: pulumi.Output[int | None]
        """Width in pixels as a viewer sees it, after rotation."""
        display_height: pulumi.Output[int | None]
        """Height in pixels as a viewer sees it, after rotation."""
        fps: pulumi.Output[float | None]
        """Frames per second."""
        avg_fps: pulumi.Output[float | None]
        """Average frames per second."""
        bitrate_kbps: pulumi.Output[float | None]
        """Bit rate in kbit/s."""
        duration_seconds: pulumi.Output[float | None]
        """Duration in seconds."""
        start_seconds: pulumi.Output[float | None]
        """Start time in seconds."""
        pix_fmt: pulumi.Output[str | None]
        """Pixel format, such as `yuv420p`."""
        dar: pulumi.Output[str | None]
        """Display aspect ratio, such as `16:9`."""
        sar: pulumi.Output[str | None]
        """Sample aspect ratio, such as `1:1`."""
        rotate: pulumi.Output[float | str | None]
        """Rotation in degrees, or the text that the API sent if it is not a number."""
        num_frames: pulumi.Output[int | None]
        """Number of frames."""
        has_b_frames: pulumi.Output[int | None]
        """Number of frames that the decoder reorders; 0 without B-frames."""
        time_base: pulumi.Output[str | None]
        """Time base of the stream."""
        lang: pulumi.Output[str | None]
        """Language, as the API sent it."""
        # end

    class LiftedJobAudioStream(pulumi.Output[JobAudioStream]):
        """One audio stream of a delivered file."""

        # written by scripts/generate: LiftedJobAudioStream
        index: pulumi.Output[int | None]
        """Position among the streams of the file."""
        codec: pulumi.Output[str | None]
        """Codec, such as `aac`."""
        codec_long_name: pulumi.Output[str | None]
        """Full name of the codec."""
        codec_tag: pulumi.Output[str | None]
        """Codec tag as a hexadecimal number."""
        codec_tag_string: pulumi.Output[str | None]
        """Codec tag, such as `mp4a`."""
        codec_time_base: pulumi.Output[str | None]
        """Time base of the codec."""
        channels: pulumi.Output[int | None]
        """Number of channels."""
        channel_layout: pulumi.Output[str | None]
        """Channel layout, such as `stereo`."""
        sample_rate_hz: pulumi.Output[int | None]
        """Sample rate in Hz."""
        sample_fmt: pulumi.Output[str | None]
        """Sample format, such as `fltp`."""
        bitrate_kbps: pulumi.Output[float | None]
        """Bit rate in kbit/s."""
        duration_seconds: pulumi.Output[float | None]
        """Duration in seconds."""
        start_seconds: pulumi.Output[float | None]
        """Start time in seconds."""
        time_base: pulumi.Output[str | None]
        """Time base of the stream."""
        lang: pulumi.Output[str | None]
        """Language, as the API sent it."""
        # end

    class LiftedJobFile(pulumi.Output[JobFile | None]):
        """The delivered file as a whole."""

        # written by scripts/generate: LiftedJobFile
        file_name: pulumi.Output[str | None]
        """Name of the file."""
        format: pulumi.Output[str | None]  # type: ignore[assignment]  # see `lifting`
        """Names of the container format."""
        file_size_bytes: pulumi.Output[int | None]
        """Size in bytes."""
        duration_seconds: pulumi.Output[float | None]
        """Duration in seconds."""
        bitrate_kbps: pulumi.Output[float | None]
        """Bit rate in kbit/s."""
        width: pulumi.Output[int | None]
        """Width in pixels."""
        height: pulumi.Output[int | None]
        """Height in pixels."""
        media_id: pulumi.Output[str | None]
        """ID of the media asset."""
        region: pulumi.Output[str | None]
        """Region of the file."""
        file_url: pulumi.Output[str | None]
        """URL of the file."""
        file_status: pulumi.Output[str | None]
        """Status of the file, such as `Normal`."""
        file_type: pulumi.Output[str | None]
        """Type: `source_file` or `transcode_file`."""
        # end

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

        # written by scripts/generate: LiftedJobOutput
        name: pulumi.Output[str | None]
        """Name."""
        status: pulumi.Output[str | None]
        """Status: `Init`, `Scheduled`, `Running`, `Success`, `Failed` or `Skipped`."""
        code: pulumi.Output[str | None]
        """The vendor's code. It may be set even if the status is `Success`."""
        message: pulumi.Output[str | None]
        """The vendor's message. It may be set even if the status is `Success`."""
        task_id: pulumi.Output[str | None]
        """ID of the task."""
        create_time: pulumi.Output[str | None]
        """Time of creation, ISO 8601."""
        finish_time: pulumi.Output[str | None]
        """Time when it ended, ISO 8601."""
        group: pulumi.Output[str | None]
        """Name of the output's group, if it has one."""
        type: pulumi.Output[str | None]
        """Type: `OSS` or `Media`."""
        media: pulumi.Output[str | None]
        """Location of the file, as the API sent it."""
        url: pulumi.Output[str | None]
        """URL of the file, in its http form if the API reports one."""
        template_id: pulumi.Output[str | None]
        """ID of the requested template."""
        bucket: pulumi.Output[str | None]
        """OSS bucket of the file."""
        key: pulumi.Output[str | None]
        """OSS object key of the file."""
        file: LiftedJobFile
        """The delivered file."""
        video_streams: LiftedJobVideoStreams
        """Video streams of the file."""
        audio_streams: LiftedJobAudioStreams
        """Audio streams of the file."""
        # end

    class LiftedJobOutputGroup(pulumi.Output[JobOutputGroup]):
        """One group of outputs, such as `job.output_groups[0]`."""

        # written by scripts/generate: LiftedJobOutputGroup
        name: pulumi.Output[str | None]
        """Name."""
        status: pulumi.Output[str | None]
        """Status: `Init`, `Scheduled`, `Running`, `Success`, `Failed` or `Skipped`."""
        code: pulumi.Output[str | None]
        """The vendor's code. It may be set even if the status is `Success`."""
        message: pulumi.Output[str | None]
        """The vendor's message. It may be set even if the status is `Success`."""
        task_id: pulumi.Output[str | None]
        """ID of the task."""
        create_time: pulumi.Output[str | None]
        """Time of creation, ISO 8601."""
        finish_time: pulumi.Output[str | None]
        """Time when it ended, ISO 8601."""
        type: pulumi.Output[str | None]
        """Type: `File`, `Hls` or `Dash`."""
        manifest_url: pulumi.Output[str | None]
        """URL of the manifest, for players."""
        output_names: pulumi.Output[Sequence[str] | None]
        """Names of the outputs in the group."""
        # end

    class LiftedJobMismatch(pulumi.Output[JobMismatch]):
        """One check that did not pass, such as `job.mismatches[0]`."""

        # written by scripts/generate: LiftedJobMismatch
        path: pulumi.Output[str]
        """Path of the fact in the outputs, such as `outputs["720P-mp4"].status`."""
        expected: pulumi.Output[str]
        """The constraint, as text."""
        actual: pulumi.Output[str]
        """What the API reported, as text."""
        verdict: pulumi.Output[MismatchVerdict]
        """`missed` or `inconclusive`."""
        text: pulumi.Output[str]
        """The mismatch in one line."""
        enforcement_level: pulumi.Output[ExpectationLevel]
        """`mandatory`, or `advisory` if it does not count for the verdict of the job.
        """
        # end

    class LiftedJobSetCounts(pulumi.Output[JobSetCounts]):
        """Number of jobs of a set, by verdict."""

        # written by scripts/generate: LiftedJobSetCounts
        total: pulumi.Output[int]
        """All jobs of the set."""
        ended: pulumi.Output[int]
        """Jobs that have ended."""
        passed: pulumi.Output[int]
        """Jobs with the verdict `passed`."""
        failed: pulumi.Output[int]
        """Jobs with the verdict `failed`."""
        inconclusive: pulumi.Output[int]
        """Jobs with the verdict `inconclusive`."""
        pending: pulumi.Output[int]
        """Jobs with the verdict `pending`: not ended at the last read."""
        unverified: pulumi.Output[int]
        """Jobs with the verdict `unverified`: enforcement disabled."""
        # end

    class LiftedJobSetEntry(pulumi.Output[JobSetEntry]):
        """One job of a set, such as `library.jobs["intro"]`."""

        # written by scripts/generate: LiftedJobSetEntry
        job_id: pulumi.Output[str]
        """ID of the job."""
        verdict: pulumi.Output[Verdict]
        """Verdict of the job."""
        state: pulumi.Output[str | None]
        """State: `Inited`, `Running`, `Success`, `Failed` or `Cancelled`."""
        code: pulumi.Output[str | None]
        """The vendor's code. It may be set even if the job succeeded."""
        message: pulumi.Output[str | None]
        """The vendor's message. It may be set even if the job succeeded."""
        output_urls: pulumi.Output[Mapping[str, str]]
        """URL of each output, by the name of the output."""
        text: pulumi.Output[str | None]
        """What is wrong with the job, in one line."""
        seen_at: pulumi.Output[str | None]
        """Time of the last read, ISO 8601, if the job had not ended."""
        stale: pulumi.Output[bool | None]
        """Whether the API no longer had the job's record at the last read."""
        # end

    class LiftedJobSetMismatch(pulumi.Output[JobSetMismatch]):
        """One check that did not pass, such as `library.mismatches[0]`."""

        # written by scripts/generate: LiftedJobSetMismatch
        name: pulumi.Output[str]
        """Name of the job in the set."""
        job_id: pulumi.Output[str]
        """ID of the job."""
        path: pulumi.Output[str]
        """Path of the fact in the outputs, such as `outputs["720P-mp4"].status`."""
        expected: pulumi.Output[str]
        """The constraint, as text."""
        actual: pulumi.Output[str]
        """What the API reported, as text."""
        verdict: pulumi.Output[MismatchVerdict]
        """`missed` or `inconclusive`."""
        text: pulumi.Output[str]
        """The mismatch in one line."""
        enforcement_level: pulumi.Output[ExpectationLevel]
        """`mandatory`, or `advisory` if it does not count for the verdict of the job.
        """
        # end

    class LiftedJobOutputs(pulumi.Output[Sequence[JobOutput]]):
        """All delivered outputs."""

        def __getitem__(self, key: object) -> LiftedJobOutput:
            """Lift one of them."""

    class LiftedJobOutputGroups(pulumi.Output[Sequence[JobOutputGroup]]):
        """All groups."""

        def __getitem__(self, key: object) -> LiftedJobOutputGroup:
            """Lift one of them."""

    class LiftedJobMismatches(pulumi.Output[Sequence[JobMismatch]]):
        """All checks that did not pass."""

        def __getitem__(self, key: object) -> LiftedJobMismatch:
            """Lift one of them."""

    class LiftedJobSetMismatches(pulumi.Output[Sequence[JobSetMismatch]]):
        """Checks that did not pass, of all jobs of a set."""

        def __getitem__(self, key: object) -> LiftedJobSetMismatch:
            """Lift one of them."""

    class LiftedUrls(pulumi.Output[Mapping[str, str]]):
        """URLs of the outputs or the output groups of a job, by name."""

        def __getitem__(self, key: object) -> pulumi.Output[str]:
            """Lift one of them."""

    class LiftedJobSetEntries(pulumi.Output[Mapping[str, JobSetEntry]]):
        """All jobs of a set, by name."""

        def __getitem__(self, key: object) -> LiftedJobSetEntry:
            """Lift one of them."""

else:
    # By these the SDK knows what to make of the values that the engine hands over.
    LiftedJobOutput = pulumi.Output[JobOutput]
    LiftedJobOutputs = pulumi.Output[Sequence[JobOutput]]
    LiftedJobOutputGroups = pulumi.Output[Sequence[JobOutputGroup]]
    LiftedJobMismatches = pulumi.Output[Sequence[JobMismatch]]
    LiftedUrls = pulumi.Output[Mapping[str, str]]
    LiftedJobSetCounts = pulumi.Output[JobSetCounts]
    LiftedJobSetEntries = pulumi.Output[Mapping[str, JobSetEntry]]
    LiftedJobSetMismatches = pulumi.Output[Sequence[JobSetMismatch]]
