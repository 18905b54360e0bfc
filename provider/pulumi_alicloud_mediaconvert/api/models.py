"""What the API answers: lenient towards the wire, exact towards the rest of us.

Every fact is read here once, by `readers`. A fact that the API did not report is
`None`. Field names are those of the outputs, so that a `Job` can be built from an
answer and from what was stored of it.

Source: the vendor's page of GetMediaConvertJob and its sample answer.
"""

from __future__ import annotations

from itertools import islice
from typing import Annotated, Any, TypeVar

from pydantic import AliasPath, BaseModel, BeforeValidator, ConfigDict, Field

from pulumi_alicloud_mediaconvert.api.coercion import (
    QUARTER_TURN,
    as_bitrate,
    as_count,
    as_frame_rate,
    as_layout,
    as_length,
    as_level,
    as_moment,
    as_name,
    as_object,
    as_optional_object,
    as_percent,
    as_ratio,
    as_rotation,
    as_said,
    as_size,
    as_state,
    as_tag,
    as_text,
    as_whole,
    as_word,
)

ENDED_STATES = frozenset({"Success", "Failed", "Cancelled"})
# Of outputs and groups; what is not here has not ended, unknown words included.
ENDED_STATUSES = ENDED_STATES | {"Skipped"}

Text = Annotated[str | None, BeforeValidator(as_text)]
Said = Annotated[str | None, BeforeValidator(as_said)]
State = Annotated[str | None, BeforeValidator(as_state)]
Name = Annotated[str | None, BeforeValidator(as_name)]
Word = Annotated[str | None, BeforeValidator(as_word)]
Tag = Annotated[str | None, BeforeValidator(as_tag)]
Layout = Annotated[str | None, BeforeValidator(as_layout)]
Ratio = Annotated[str | None, BeforeValidator(as_ratio)]
Whole = Annotated[int | None, BeforeValidator(as_whole)]
Percent = Annotated[int | None, BeforeValidator(as_percent)]
Count = Annotated[int | None, BeforeValidator(as_count)]
Level = Annotated[int | None, BeforeValidator(as_level)]
Size = Annotated[int | None, BeforeValidator(as_size)]
Bitrate = Annotated[float | None, BeforeValidator(as_bitrate)]
FrameRate = Annotated[float | None, BeforeValidator(as_frame_rate)]
Length = Annotated[float | None, BeforeValidator(as_length)]
Moment = Annotated[float | None, BeforeValidator(as_moment)]
Rotation = Annotated[int | float | str | None, BeforeValidator(as_rotation)]
Request = Annotated[dict[str, Any] | None, BeforeValidator(as_optional_object)]
Stream = TypeVar("Stream")
Nullable = Annotated[Stream, BeforeValidator(as_object)]

PERCENT = "Percent"


def wire(name: str, description: str, *within: str) -> Any:  # noqa: ANN401  # as pydantic's Field
    """Declare a fact that the API sends as `name`, below the keys `within`."""
    path: str | AliasPath = AliasPath(*within, name) if within else name
    return Field(default=None, validation_alias=path, description=description)


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

    index: Whole = wire("Index", "Position among the streams of the file.")
    codec: Word = wire("Codec_name", "Codec, such as `h264`.")
    codec_long_name: Word = wire("Codec_long_name", "Codec in words.")
    codec_tag: Tag = wire("Codec_tag", "Codec tag, in hexadecimal digits.")
    codec_tag_string: Tag = wire("Codec_tag_string", "Codec tag, such as `hvc1`.")
    codec_time_base: Ratio = wire("Codec_time_base", "Time base of the codec.")
    profile: Word = wire("Profile", "Profile, such as `High`.")
    level: Level = wire("Level", "Level in the codec's own counting: H.264 3.1 is 31.")
    width: Size = wire("Width", "Width in pixels, before rotation.")
    height: Size = wire("Height", "Height in pixels, before rotation.")
    fps: FrameRate = wire("Fps", "Frames per second.")
    avg_fps: FrameRate = wire("Avg_fps", "Average frames per second.")
    bitrate_kbps: Bitrate = wire("Bit_rate", "Bit rate in kbit/s.")
    duration_seconds: Length = wire("Duration", "Duration in seconds.")
    start_seconds: Moment = wire("Start_time", "Start time in seconds.")
    pix_fmt: Word = wire("PixFmt", "Pixel format, such as `yuv420p`.")
    dar: Ratio = wire("Dar", "Display aspect ratio, such as `16:9`.")
    sar: Ratio = wire("Sar", "Sample aspect ratio, such as `1:1`.")
    rotate: Rotation = wire(
        "Rotate", "Rotation in degrees; as sent where that is no number."
    )
    num_frames: Size = wire("NumFrames", "Number of frames.")
    has_b_frames: Count = wire("Has_b_frames", "B-frames in a row.")
    time_base: Ratio = wire("Time_base", "Time base of the stream.")
    lang: Word = wire("Lang", "Language as sent.")

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

    index: Whole = wire("Index", "Position among the streams of the file.")
    codec: Word = wire("CodecName", "Codec, such as `aac`.")
    codec_long_name: Word = wire("CodecLongName", "Codec in words.")
    codec_tag: Tag = wire("CodecTag", "Codec tag, in hexadecimal digits.")
    codec_tag_string: Tag = wire("CodecTagString", "Codec tag, such as `mp4a`.")
    codec_time_base: Ratio = wire("CodecTimeBase", "Time base of the codec.")
    channels: Size = wire("Channels", "Number of channels.")
    channel_layout: Layout = wire("ChannelLayout", "Channel layout, such as `stereo`.")
    sample_rate_hz: Size = wire("SampleRate", "Sample rate in Hz.")
    sample_fmt: Word = wire("SampleFmt", "Sample format, such as `fltp`.")
    bitrate_kbps: Bitrate = wire("Bitrate", "Bit rate in kbit/s.")
    duration_seconds: Length = wire("Duration", "Duration in seconds.")
    start_seconds: Moment = wire("StartTime", "Start time in seconds.")
    time_base: Ratio = wire("Timebase", "Time base of the stream.")
    lang: Word = wire("Lang", "Language as sent.")


class FileInfo(Facts):
    """The delivered file as a whole; of HLS and DASH it is the manifest."""

    file_name: Text = wire("FileName", "Name of the file.")
    format: Word = wire("FormatName", "Names of the container format.")
    file_size_bytes: Count = wire("FileSize", "Size in bytes.")
    duration_seconds: Length = wire("Duration", "Duration in seconds.")
    bitrate_kbps: Bitrate = wire("Bitrate", "Bit rate in kbit/s.")
    width: Size = wire("Width", "Width in pixels.")
    height: Size = wire("Height", "Height in pixels.")
    media_id: Text = wire("MediaId", "ID of the media asset.")
    region: Text = wire("Region", "Region of the file.")
    file_url: Text = wire("FileUrl", "Address of the file.")
    file_status: Text = wire("FileStatus", "Status of the file, such as `Normal`.")
    file_type: Text = wire("FileType", "`source_file` or `transcode_file`.")


class Part(Facts):
    """What outputs and groups have in common."""

    name: Name = wire("Name", "Its name.")
    status: State = wire(
        "Status", "`Init`, `Scheduled`, `Running`, `Success`, `Failed` or `Skipped`."
    )
    code: Text = wire("Code", "The vendor's code; may be filled beside a success.")
    message: Text = wire("Message", "The vendor's message; as the code.")
    task_id: Text = wire("TaskId", "ID of the task.")
    create_time: Text = wire("CreateTime", "When it was created, ISO 8601.")
    finish_time: Text = wire("FinishTime", "When it ended, ISO 8601.")

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will come of it; an unknown word is no end."""
        return self.status in ENDED_STATUSES


class Output(Part):
    """One delivered output, grouped or not."""

    group: Name = Field(default=None, description="Name of its group, if it has one.")
    template_id: Name = Field(default=None, description="Template that was requested.")
    type: Text = wire("Type", "`OSS` or `Media`.", "Result", "OutputFile")
    media: Text = wire("Media", "Where it lies, as sent.", "Result", "OutputFile")
    url: Text = wire(
        "Url", "Address, the http form if the API gave one.", "Result", "OutputFile"
    )
    bucket: Name = Field(default=None, description="OSS bucket of the file.")
    key: Name = Field(default=None, description="OSS object key of the file.")
    file: FileInfo | None = wire(
        "FileBasicInfo", "The file as a whole.", "Result", "OutFileMeta"
    )
    video_streams: list[Nullable[VideoStream]] | None = wire(
        "VideoStreamInfoList", "Its video streams.", "Result", "OutFileMeta"
    )
    audio_streams: list[Nullable[AudioStream]] | None = wire(
        "AudioStreamInfoList", "Its audio streams.", "Result", "OutFileMeta"
    )

    @property
    def label(self) -> str:
        """The output as a person names it: `hls-group/720P`."""
        name = self.name or "(unnamed)"
        return f"{self.group}/{name}" if self.group else name


class OutputGroup(Part):
    """One group of outputs, such as the renditions of an HLS manifest."""

    type: Text = Field(default=None, description="`File`, `Hls` or `Dash`.")
    manifest_url: Text = Field(default=None, description="What a player needs.")
    output_names: list[str] = Field(
        default_factory=list, description="Names of its outputs."
    )

    @property
    def label(self) -> str:
        """The group as a person names it."""
        return self.name or "(unnamed)"


class Job(Facts):
    """One transcoding job as the API reports it."""

    job_id: Name = wire("JobId", "ID of the job; masked in the vendor's sample.")
    state: State = wire(
        "State", "`Inited`, `Running`, `Success`, `Failed` or `Cancelled`."
    )
    code: Text = wire("Code", "The vendor's code; may be filled beside a success.")
    message: Text = wire("Message", "The vendor's message; as the code.")
    request_id: Text = wire("RequestId", "Request ID of the submission.")
    job_name: Name = wire("JobName", "Name of the job.", "Config")
    pipeline_id: Text = wire("PipelineId", "ID of the pipeline.")
    client_token: Name = wire("ClientToken", "Token of the submission.")
    user_data: Said = wire("UserData", "User data, JSON text if it was an object.")
    percent: Percent = wire(PERCENT, "Progress in whole percent.")
    create_time: Text = wire("CreateTime", "When it was created, ISO 8601.")
    finish_time: Text = wire("FinishTime", "When it ended, ISO 8601.")
    config: Request = wire("Config", "The request as the API sent it.")
    outputs: list[Output] = Field(
        default_factory=list, description="All outputs, ungrouped first, then by group."
    )
    output_groups: list[OutputGroup] = Field(
        default_factory=list, description="The groups of outputs."
    )
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
    def members(self) -> list[list[Output]]:
        """The outputs of each group, in the order of the groups.

        Two groups may have one name, or none.
        """
        grouped = (output for output in self.outputs if output.group is not None)
        return [
            list(islice(grouped, len(group.output_names)))
            for group in self.output_groups
        ]

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
