"""Types of the outputs that a program reads; `typed_outputs` makes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi

from pulumi_alicloud_mediaconvert.input_names import (
    ExpectationLevel,
    MismatchVerdict,
    Verdict,
)


@pulumi.output_type
class JobVideoStream(dict[str, Any]):
    """One video stream of a delivered file."""

    # written by scripts/generate: JobVideoStream
    index: int | None
    """Position among the streams of the file."""
    codec: str | None
    """Codec, such as `h264`."""
    codec_long_name: str | None
    """Full name of the codec."""
    codec_tag: str | None
    """Codec tag as a hexadecimal number."""
    codec_tag_string: str | None
    """Codec tag, such as `hvc1`."""
    codec_time_base: str | None
    """Time base of the codec."""
    profile: str | None
    """Profile, such as `High`."""
    level: int | None
    """Level as the codec's own number: for H.264, 3.1 is 31."""
    width: int | None
    """Width in pixels, before rotation."""
    height: int | None
    """Height in pixels, before rotation."""
    long_edge: int | None
    """The longer of width and height, in pixels."""
    short_edge: int | None
    """The shorter of width and height, in pixels."""
    display_width: int | None
    """Width in pixels as a viewer sees it, after rotation."""
    display_height: int | None
    """Height in pixels as a viewer sees it, after rotation."""
    fps: float | None
    """Frames per second."""
    avg_fps: float | None
    """Average frames per second."""
    bitrate_kbps: float | None
    """Bit rate in kbit/s."""
    duration_seconds: float | None
    """Duration in seconds."""
    start_seconds: float | None
    """Start time in seconds."""
    pix_fmt: str | None
    """Pixel format, such as `yuv420p`."""
    dar: str | None
    """Display aspect ratio, such as `16:9`."""
    sar: str | None
    """Sample aspect ratio, such as `1:1`."""
    rotate: float | str | None
    """Rotation in degrees, or the text that the API sent if it is not a number."""
    num_frames: int | None
    """Number of frames."""
    has_b_frames: int | None
    """Number of frames that the decoder reorders; 0 without B-frames."""
    time_base: str | None
    """Time base of the stream."""
    lang: str | None
    """Language, as the API sent it."""
    # end


@pulumi.output_type
class JobAudioStream(dict[str, Any]):
    """One audio stream of a delivered file."""

    # written by scripts/generate: JobAudioStream
    index: int | None
    """Position among the streams of the file."""
    codec: str | None
    """Codec, such as `aac`."""
    codec_long_name: str | None
    """Full name of the codec."""
    codec_tag: str | None
    """Codec tag as a hexadecimal number."""
    codec_tag_string: str | None
    """Codec tag, such as `mp4a`."""
    codec_time_base: str | None
    """Time base of the codec."""
    channels: int | None
    """Number of channels."""
    channel_layout: str | None
    """Channel layout, such as `stereo`."""
    sample_rate_hz: int | None
    """Sample rate in Hz."""
    sample_fmt: str | None
    """Sample format, such as `fltp`."""
    bitrate_kbps: float | None
    """Bit rate in kbit/s."""
    duration_seconds: float | None
    """Duration in seconds."""
    start_seconds: float | None
    """Start time in seconds."""
    time_base: str | None
    """Time base of the stream."""
    lang: str | None
    """Language, as the API sent it."""
    # end


@pulumi.output_type
class JobFile(dict[str, Any]):
    """The delivered file. For HLS and DASH, this is the manifest."""

    # written by scripts/generate: JobFile
    file_name: str | None
    """Name of the file."""
    format: str | None
    """Names of the container format."""
    file_size_bytes: int | None
    """Size in bytes."""
    duration_seconds: float | None
    """Duration in seconds."""
    bitrate_kbps: float | None
    """Bit rate in kbit/s."""
    width: int | None
    """Width in pixels."""
    height: int | None
    """Height in pixels."""
    media_id: str | None
    """ID of the media asset."""
    region: str | None
    """Region of the file."""
    file_url: str | None
    """URL of the file."""
    file_status: str | None
    """Status of the file, such as `Normal`."""
    file_type: str | None
    """Type: `source_file` or `transcode_file`."""
    # end


@pulumi.output_type
class JobOutput(dict[str, Any]):
    """One delivered output, grouped or not."""

    # written by scripts/generate: JobOutput
    name: str | None
    """Name."""
    status: str | None
    """Status: `Init`, `Scheduled`, `Running`, `Success`, `Failed` or `Skipped`."""
    code: str | None
    """The vendor's code. It may be set even if the status is `Success`."""
    message: str | None
    """The vendor's message. It may be set even if the status is `Success`."""
    task_id: str | None
    """ID of the task."""
    create_time: str | None
    """Time of creation, ISO 8601."""
    finish_time: str | None
    """Time when it ended, ISO 8601."""
    group: str | None
    """Name of the output's group, if it has one."""
    type: str | None
    """Type: `OSS` or `Media`."""
    media: str | None
    """Location of the file, as the API sent it."""
    url: str | None
    """URL of the file, in its http form if the API reports one."""
    template_id: str | None
    """ID of the requested template."""
    bucket: str | None
    """OSS bucket of the file."""
    key: str | None
    """OSS object key of the file."""
    # end
    file: JobFile | None
    """The delivered file."""
    video_streams: Sequence[JobVideoStream] | None
    """Video streams of the file."""
    audio_streams: Sequence[JobAudioStream] | None
    """Audio streams of the file."""


@pulumi.output_type
class JobOutputGroup(dict[str, Any]):
    """One group of outputs."""

    # written by scripts/generate: JobOutputGroup
    name: str | None
    """Name."""
    status: str | None
    """Status: `Init`, `Scheduled`, `Running`, `Success`, `Failed` or `Skipped`."""
    code: str | None
    """The vendor's code. It may be set even if the status is `Success`."""
    message: str | None
    """The vendor's message. It may be set even if the status is `Success`."""
    task_id: str | None
    """ID of the task."""
    create_time: str | None
    """Time of creation, ISO 8601."""
    finish_time: str | None
    """Time when it ended, ISO 8601."""
    type: str | None
    """Type: `File`, `Hls` or `Dash`."""
    manifest_url: str | None
    """URL of the manifest, for players."""
    # end
    output_names: Sequence[str] | None
    """Names of the outputs in the group."""


@pulumi.output_type
class JobMismatch(dict[str, Any]):
    """One check that did not pass."""

    path: str
    """Path of the fact in the outputs, such as `outputs["720P-mp4"].status`."""
    expected: str
    """The constraint, as text."""
    actual: str
    """What the API reported, as text."""
    verdict: MismatchVerdict
    """`missed` or `inconclusive`."""
    text: str
    """The mismatch in one line."""
    enforcement_level: ExpectationLevel
    """`mandatory`, or `advisory` if it does not count for the verdict of the job."""


@pulumi.output_type
class JobSetCounts(dict[str, Any]):
    """Number of jobs of a set, by verdict."""

    total: int
    """All jobs of the set."""
    ended: int
    """Jobs that have ended."""
    passed: int
    """Jobs with the verdict `passed`."""
    failed: int
    """Jobs with the verdict `failed`."""
    inconclusive: int
    """Jobs with the verdict `inconclusive`."""
    pending: int
    """Jobs with the verdict `pending`: not ended at the last read."""
    unverified: int
    """Jobs with the verdict `unverified`: enforcement disabled."""


@pulumi.output_type
class JobSetEntry(dict[str, Any]):
    """One job of a set."""

    job_id: str
    """ID of the job."""
    verdict: Verdict
    """Verdict of the job."""
    state: str | None
    """State: `Inited`, `Running`, `Success`, `Failed` or `Cancelled`."""
    code: str | None
    """The vendor's code. It may be set even if the job succeeded."""
    message: str | None
    """The vendor's message. It may be set even if the job succeeded."""
    output_urls: Mapping[str, str]
    """URL of each output, by the name of the output."""
    text: str | None
    """What is wrong with the job, in one line."""
    seen_at: str | None
    """Time of the last read, ISO 8601, if the job had not ended."""
    stale: bool | None
    """Whether the API no longer had the job's record at the last read."""


@pulumi.output_type
class JobSetMismatch(dict[str, Any]):
    """One check that did not pass, with its job."""

    name: str
    """Name of the job in the set."""
    job_id: str
    """ID of the job."""
    path: str
    """Path of the fact in the outputs, such as `outputs["720P-mp4"].status`."""
    expected: str
    """The constraint, as text."""
    actual: str
    """What the API reported, as text."""
    verdict: MismatchVerdict
    """`missed` or `inconclusive`."""
    text: str
    """The mismatch in one line."""
    enforcement_level: ExpectationLevel
    """`mandatory`, or `advisory` if it does not count for the verdict of the job."""
