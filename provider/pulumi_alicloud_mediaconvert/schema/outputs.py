"""What crosses the Pulumi border outwards: typed outputs and the plain state.

The classes are what a program sees; the functions make them of the plain values that
the engine stores.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import pulumi

from pulumi_alicloud_mediaconvert.text import MAX_NAME, listed, quoted

Typed = TypeVar("Typed", bound=dict[str, Any])


@pulumi.output_type
class JobVideoStream(dict[str, Any]):
    """One video stream of a delivered file."""

    index: int | None
    codec: str | None
    codec_long_name: str | None
    codec_tag: str | None
    codec_tag_string: str | None
    codec_time_base: str | None
    profile: str | None
    level: int | None
    width: int | None
    height: int | None
    long_edge: int | None
    short_edge: int | None
    display_width: int | None
    display_height: int | None
    fps: float | None
    avg_fps: float | None
    bitrate_kbps: float | None
    duration_seconds: float | None
    start_seconds: float | None
    pix_fmt: str | None
    dar: str | None
    sar: str | None
    rotate: float | str | None
    num_frames: int | None
    has_b_frames: int | None
    time_base: str | None
    lang: str | None


@pulumi.output_type
class JobAudioStream(dict[str, Any]):
    """One audio stream of a delivered file."""

    index: int | None
    codec: str | None
    codec_long_name: str | None
    codec_tag: str | None
    codec_tag_string: str | None
    codec_time_base: str | None
    channels: int | None
    channel_layout: str | None
    sample_rate_hz: int | None
    sample_fmt: str | None
    bitrate_kbps: float | None
    duration_seconds: float | None
    start_seconds: float | None
    time_base: str | None
    lang: str | None


@pulumi.output_type
class JobFile(dict[str, Any]):
    """The delivered file as a whole; of HLS and DASH it is the manifest."""

    file_name: str | None
    format: str | None
    file_size_bytes: int | None
    duration_seconds: float | None
    bitrate_kbps: float | None
    width: int | None
    height: int | None
    media_id: str | None
    region: str | None
    file_url: str | None
    file_status: str | None
    file_type: str | None


@pulumi.output_type
class JobOutput(dict[str, Any]):
    """One delivered output, grouped or not."""

    name: str | None
    group: str | None
    template_id: str | None
    status: str | None
    code: str | None
    message: str | None
    task_id: str | None
    create_time: str | None
    finish_time: str | None
    type: str | None
    media: str | None
    url: str | None
    bucket: str | None
    key: str | None
    file: JobFile | None
    video_streams: Sequence[JobVideoStream] | None
    audio_streams: Sequence[JobAudioStream] | None


@pulumi.output_type
class JobOutputGroup(dict[str, Any]):
    """One group of outputs."""

    name: str | None
    type: str | None
    status: str | None
    code: str | None
    message: str | None
    task_id: str | None
    create_time: str | None
    finish_time: str | None
    manifest_url: str | None
    output_names: Sequence[str] | None


@pulumi.output_type
class JobMismatch(dict[str, Any]):
    """One expectation that is not met."""

    path: str
    expected: str
    actual: str
    verdict: str
    text: str
    enforcement_level: str


@pulumi.output_type
class JobSetCounts(dict[str, Any]):
    """How many jobs of a set came to what."""

    total: int
    ended: int
    passed: int
    failed: int
    inconclusive: int
    pending: int
    unverified: int


@pulumi.output_type
class JobSetEntry(dict[str, Any]):
    """What is kept of one job of a set."""

    job_id: str
    verdict: str
    state: str | None
    code: str | None
    message: str | None
    output_urls: Mapping[str, str]
    text: str | None
    seen_at: str | None
    stale: bool | None


@pulumi.output_type
class JobSetMismatch(dict[str, Any]):
    """One expectation that is not met, and by which job."""

    name: str
    job_id: str
    path: str
    expected: str
    actual: str
    verdict: str
    text: str
    enforcement_level: str


def typed_output(facts: Mapping[str, Any]) -> JobOutput:
    """Make the typed form of an output from its plain one."""
    nested: dict[str, Any] = {}
    if (file := facts.get("file")) is not None:
        nested["file"] = _typed(JobFile, file)
    if (video := facts.get("video_streams")) is not None:
        nested["video_streams"] = [_typed(JobVideoStream, one) for one in video]
    if (audio := facts.get("audio_streams")) is not None:
        nested["audio_streams"] = [_typed(JobAudioStream, one) for one in audio]
    return _typed(JobOutput, {**facts, **nested})


def typed_group(facts: Mapping[str, Any]) -> JobOutputGroup:
    """Make the typed form of a group from its plain one."""
    return _typed(JobOutputGroup, facts)


def _typed(kind: type[Typed], facts: Mapping[str, Any]) -> Typed:
    return kind(**{name: facts.get(name) for name in kind.__annotations__})


def find_output(
    outputs: Sequence[Mapping[str, Any]] | None,
    name: str,
    *,
    must_exist: bool,
    job_id: str,
) -> JobOutput:
    """Find the output of a name: the ungrouped one, else the only grouped one.

    Args:
        outputs: typed or plain; `Output.all` of the SDK makes plain ones of typed.
        name: as `720P-mp4` or `hls-group/720P`.
        must_exist: whether a missing one is an error; else all its fields are `None`.
        job_id: for the text of the error.

    Raises:
        pulumi.RunError: there is none, or there are several, though one must exist;
            the SDK prints it as one line.
    """
    known = outputs or []
    found = (
        [one for one in known if one.get("name") == name and not one.get("group")]
        or [one for one in known if one.get("name") == name]
        or [one for one in known if _label(one) == name]
    )
    if len(found) == 1:
        return typed_output(found[0])
    if not must_exist:
        return typed_output({})
    asked = quoted(name, longest=MAX_NAME)
    names = listed([_label(one) for one in known])
    trouble = "has several outputs" if found else "has no output"
    raise pulumi.RunError(f"job {job_id} {trouble} {asked}; there are: {names}")


def _label(output: Mapping[str, Any]) -> str:
    group, name = output.get("group"), output.get("name")
    return f"{group}/{name}" if group else str(name)


def plain(value: Any) -> Any:  # noqa: ANN401  # any output
    """Turn typed outputs into plain mappings and lists."""
    if isinstance(value, Mapping):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    return value
