"""What the API answers: lenient towards the wire, exact towards the rest of us.

Every fact is read here once, by its type. A fact that the API did not report is `None`.
Field names are those of the outputs, so that a `Job` can be built from an answer and
from what was stored of it. `facts` says what each of them means.

Source: the vendor's page of GetMediaConvertJob and its sample answer.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from pydantic import AliasPath, BaseModel, ConfigDict, Field

from pulumi_alicloud_mediaconvert.api.coercion import QUARTER_TURN
from pulumi_alicloud_mediaconvert.api.readers import (
    Bitrate,
    Count,
    FrameRate,
    Layout,
    Length,
    Level,
    Moment,
    Name,
    Nullable,
    Percent,
    Ratio,
    Request,
    Rotation,
    Said,
    Size,
    State,
    Tag,
    Text,
    Whole,
    Word,
)
from pulumi_alicloud_mediaconvert.api.states import ENDED_STATES, ENDED_STATUSES

PERCENT = "Percent"


def wire(path: str) -> Any:  # noqa: ANN401  # as pydantic's Field
    """Declare a fact that the API sends at `path`: a key, those above it first."""
    *within, name = path.split(".")
    alias: str | AliasPath = AliasPath(*within, name) if within else name
    return Field(default=None, validation_alias=alias)


class Facts(BaseModel):
    """Base of all facts: frozen, unknown fields left to `Job.raw`."""

    model_config = ConfigDict(
        frozen=True,
        extra="ignore",
        validate_by_name=True,
        validate_by_alias=True,
    )


class VideoStream(Facts):
    """One video stream of a delivered file, as probed by the service."""

    # written by scripts/generate: video
    index: Whole = wire("Index")
    codec: Word = wire("Codec_name")
    codec_long_name: Word = wire("Codec_long_name")
    codec_tag: Tag = wire("Codec_tag")
    codec_tag_string: Tag = wire("Codec_tag_string")
    codec_time_base: Ratio = wire("Codec_time_base")
    profile: Word = wire("Profile")
    level: Level = wire("Level")
    width: Size = wire("Width")
    height: Size = wire("Height")
    fps: FrameRate = wire("Fps")
    avg_fps: FrameRate = wire("Avg_fps")
    bitrate_kbps: Bitrate = wire("Bit_rate")
    duration_seconds: Length = wire("Duration")
    start_seconds: Moment = wire("Start_time")
    pix_fmt: Word = wire("PixFmt")
    dar: Ratio = wire("Dar")
    sar: Ratio = wire("Sar")
    rotate: Rotation = wire("Rotate")
    num_frames: Size = wire("NumFrames")
    has_b_frames: Count = wire("Has_b_frames")
    time_base: Ratio = wire("Time_base")
    lang: Word = wire("Lang")
    # end

    @property
    def long_edge(self) -> int | None:
        """The longer of width and height; `None` if one of them is not reported."""
        return max(self.width, self.height) if self.width and self.height else None

    @property
    def short_edge(self) -> int | None:
        """The shorter of width and height; `None` if one of them is not reported."""
        return min(self.width, self.height) if self.width and self.height else None

    @property
    def display_width(self) -> int | None:
        """Width in pixels as a viewer sees it."""
        return self._after_turn(self.width, self.height)

    @property
    def display_height(self) -> int | None:
        """Height in pixels as a viewer sees it."""
        return self._after_turn(self.height, self.width)

    @property
    def is_turned(self) -> bool | None:
        """Whether rotation swaps width and height; `None` if it is no quarter turn."""
        if self.rotate is None:
            return False
        if isinstance(self.rotate, str) or self.rotate % QUARTER_TURN:
            return None
        return self.rotate % (2 * QUARTER_TURN) != 0

    def _after_turn(self, upright: int | None, turned: int | None) -> int | None:
        if self.is_turned is None:
            return None
        return turned if self.is_turned else upright


class AudioStream(Facts):
    """One audio stream of a delivered file, as probed by the service."""

    # written by scripts/generate: audio
    index: Whole = wire("Index")
    codec: Word = wire("CodecName")
    codec_long_name: Word = wire("CodecLongName")
    codec_tag: Tag = wire("CodecTag")
    codec_tag_string: Tag = wire("CodecTagString")
    codec_time_base: Ratio = wire("CodecTimeBase")
    channels: Size = wire("Channels")
    channel_layout: Layout = wire("ChannelLayout")
    sample_rate_hz: Size = wire("SampleRate")
    sample_fmt: Word = wire("SampleFmt")
    bitrate_kbps: Bitrate = wire("Bitrate")
    duration_seconds: Length = wire("Duration")
    start_seconds: Moment = wire("StartTime")
    time_base: Ratio = wire("Timebase")
    lang: Word = wire("Lang")
    # end


class FileInfo(Facts):
    """The delivered file as a whole; of HLS and DASH it is the manifest."""

    # written by scripts/generate: file
    file_name: Text = wire("FileName")
    format: Word = wire("FormatName")
    file_size_bytes: Count = wire("FileSize")
    duration_seconds: Length = wire("Duration")
    bitrate_kbps: Bitrate = wire("Bitrate")
    width: Size = wire("Width")
    height: Size = wire("Height")
    media_id: Text = wire("MediaId")
    region: Text = wire("Region")
    file_url: Text = wire("FileUrl")
    file_status: Text = wire("FileStatus")
    file_type: Text = wire("FileType")
    # end


class Part(Facts):
    """What outputs and groups have in common."""

    # written by scripts/generate: part
    name: Name = wire("Name")
    status: State = wire("Status")
    code: Text = wire("Code")
    message: Text = wire("Message")
    task_id: Text = wire("TaskId")
    create_time: Text = wire("CreateTime")
    finish_time: Text = wire("FinishTime")
    # end

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will come of it; an unknown word is no end."""
        return self.status in ENDED_STATUSES


class Output(Part):
    """One delivered output, grouped or not."""

    # written by scripts/generate: output
    group: Name = None
    type: Text = wire("Result.OutputFile.Type")
    media: Text = wire("Result.OutputFile.Media")
    url: Text = wire("Result.OutputFile.Url")
    template_id: Name = None
    bucket: Name = None
    key: Name = None
    # end
    file: FileInfo | None = wire("Result.OutFileMeta.FileBasicInfo")
    video_streams: list[Nullable[VideoStream]] | None = wire(
        "Result.OutFileMeta.VideoStreamInfoList"
    )
    audio_streams: list[Nullable[AudioStream]] | None = wire(
        "Result.OutFileMeta.AudioStreamInfoList"
    )

    @property
    def label(self) -> str:
        """The output as a person names it: `hls-group/720P`."""
        name = self.name or "(unnamed)"
        return f"{self.group}/{name}" if self.group else name


class OutputGroup(Part):
    """One group of outputs, such as the renditions of an HLS manifest."""

    # written by scripts/generate: group
    type: Text = None
    manifest_url: Text = None
    # end
    output_names: list[str] = Field(default_factory=list)

    @property
    def label(self) -> str:
        """The group as a person names it."""
        return self.name or "(unnamed)"


class Job(Facts):
    """One transcoding job as the API reports it."""

    job_id: Name = wire("JobId")
    # written by scripts/generate: job
    state: State = wire("State")
    code: Text = wire("Code")
    message: Text = wire("Message")
    request_id: Text = wire("RequestId")
    job_name: Name = wire("Config.JobName")
    pipeline_id: Text = wire("PipelineId")
    client_token: Name = wire("ClientToken")
    user_data: Said = wire("UserData")
    percent: Percent = wire("Percent")
    create_time: Text = wire("CreateTime")
    finish_time: Text = wire("FinishTime")
    config: Request = wire("Config")
    # end
    outputs: list[Output] = Field(default_factory=list)
    output_groups: list[OutputGroup] = Field(default_factory=list)
    raw: dict[str, Any] = Field(default_factory=dict, exclude=True, repr=False)

    @property
    def has_ended(self) -> bool:
        """Whether the job's state is an end state; an unknown word is none."""
        return self.state in ENDED_STATES

    def is_at_percent_of(self, other: Job) -> bool:
        """Whether both were sent with the same progress, understood or not."""
        here, there = (self.raw.get(PERCENT), other.raw.get(PERCENT))
        return self.percent == other.percent and here == there

    @property
    def member_keys(self) -> list[list[int]]:
        """The positions of the outputs of each group, in the order of the groups.

        Two groups may have one name, or none.
        """
        grouped = (
            key for key, output in enumerate(self.outputs) if output.group is not None
        )
        return [
            list(islice(grouped, len(group.output_names)))
            for group in self.output_groups
        ]

    @property
    def members(self) -> list[list[Output]]:
        """The outputs of each group, in the order of the groups."""
        return [[self.outputs[key] for key in keys] for keys in self.member_keys]

    @property
    def is_settled(self) -> bool:
        """Whether nothing more can come that a verdict would rest on.

        The API may report the success of a job before that of its outputs. A job
        that failed or was cancelled is bad whatever its outputs say.
        """
        return self.has_ended and (
            self.state != "Success"
            or all(part.has_ended for part in (*self.outputs, *self.output_groups))
        )
