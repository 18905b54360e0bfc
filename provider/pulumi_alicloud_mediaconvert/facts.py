"""Every fact of a job and its media, in one list.

From this list `scripts/generate` writes the models of the API's response, the typed
outputs, the models and types of `expect`, its JSON Schema, the schema of the Pulumi
package, and the tables of the reference.
The verifier and the emulator read it when they run.

To add a fact: add its line, then run `scripts/generate`.

Source: the vendor's page about GetMediaConvertJob, and its sample response.
"""

from __future__ import annotations

from typing import NamedTuple

# Instead of the vendor's key: the parser takes the fact from the request, or joins it.
JOINED = ""
# Instead of the vendor's key: the package computes the fact from others.
COMPUTED = "="
# Instead of a reader: the fact can be expected, but is not an output.
NO_OUTPUT = ""
# Instead of a value type: the fact is an output, but cannot be expected.
NOT_EXPECTED = ""


class MediaFact(NamedTuple):
    """One fact of a job, an output, a file or a stream.

    Attributes:
        name: of the output and of the key in `expect`. It ends in the unit.
        sent: the vendor's key with its parents, such as `Config.JobName`; `JOINED` or
            `COMPUTED`.
        reader: the type in `api/readers` that reads it, such as `Size`; `NO_OUTPUT`.
        value_type: the type of its key in `expect/expected_media`, such as `Number`;
            `NOT_EXPECTED`.
        meaning: one sentence, for the reference and for editors.
        expected: its meaning in `expect`, if that differs.
        known: well-known values, joined by `, `, which editors offer in `expect`.
    """

    name: str
    sent: str
    reader: str
    value_type: str
    meaning: str
    expected: str = ""
    known: str = ""

    @property
    def is_output(self) -> bool:
        """Whether programs see the fact."""
        return self.reader != NO_OUTPUT

    @property
    def is_field(self) -> bool:
        """Whether it is a field of the model; properties compute the others."""
        return self.is_output and self.sent != COMPUTED

    @property
    def is_sent(self) -> bool:
        """Whether the API sends the fact as it is."""
        return self.sent not in (JOINED, COMPUTED)

    @property
    def expected_meaning(self) -> str:
        """What the key means in `expect`."""
        return self.expected or self.meaning

    @property
    def known_values(self) -> list[str]:
        """Well-known values, which editors offer."""
        return self.known.split(", ") if self.known else []


def _facts(*rows: tuple[str, ...]) -> tuple[MediaFact, ...]:
    return tuple(MediaFact(*row) for row in rows)


_CODEC = "Codec, by any common name: `H.264`, `avc` and `h264` are equal."
_CODEC_TAG = (
    "Codec tag, such as `hvc1` or `0x001b`. It distinguishes `hvc1` from `hev1`."
)
_LANG = "Language, by ISO 639: `zh`, `zho` and `chi` are equal."
_LEVEL = (
    "Level, such as 3.1, or the codec's own number, such as 31. For AV1, 5.0 is a "
    "level, and 5 is the codec's own number."
)
_STATUS = (
    'Status; `"Success"` by default. `["Success", "Skipped"]` also allows a skipped '
    "output; its other checks then do not apply."
)
_DISPLAY_WIDTH = (
    "Width in pixels as a viewer sees it. Unknown if `rotate` is not a multiple of 90 "
    "degrees."
)
_DISPLAY_HEIGHT = (
    "Height in pixels as a viewer sees it. Unknown if `rotate` is not a multiple of "
    "90 degrees."
)

JOB = _facts(
    (
        *("state", "State", "State", ""),
        "State: `Inited`, `Running`, `Success`, `Failed` or `Cancelled`.",
    ),
    (
        *("code", "Code", "Text", ""),
        "The vendor's code. It may be set even if the job succeeded.",
    ),
    (
        *("message", "Message", "Text", ""),
        "The vendor's message. It may be set even if the job succeeded.",
    ),
    (
        *("request_id", "RequestId", "Text", ""),
        "Request ID of the call that submitted the job.",
    ),
    ("job_name", "Config.JobName", "Name", "", "Name of the job."),
    ("pipeline_id", "PipelineId", "Text", "", "ID of the pipeline."),
    ("client_token", "ClientToken", "Name", "", "Client token of the submission."),
    (
        *("user_data", "UserData", "Said", ""),
        "User data, as JSON text if it was an object.",
    ),
    ("percent", "Percent", "Percent", "", "Progress in percent."),
    ("create_time", "CreateTime", "Text", "", "Time of creation, ISO 8601."),
    ("finish_time", "FinishTime", "Text", "", "Time when it ended, ISO 8601."),
    ("config", "Config", "Request", "", "The request as the API sent it."),
)
# Of outputs and of groups.
PART = _facts(
    ("name", "Name", "Name", "", "Name."),
    (
        *("status", "Status", "State", "Status"),
        "Status: `Init`, `Scheduled`, `Running`, `Success`, `Failed` or `Skipped`.",
        _STATUS,
    ),
    (
        *("code", "Code", "Text", ""),
        "The vendor's code. It may be set even if the status is `Success`.",
    ),
    (
        *("message", "Message", "Text", ""),
        "The vendor's message. It may be set even if the status is `Success`.",
    ),
    ("task_id", "TaskId", "Text", "", "ID of the task."),
    ("create_time", "CreateTime", "Text", "", "Time of creation, ISO 8601."),
    ("finish_time", "FinishTime", "Text", "", "Time when it ended, ISO 8601."),
)
OUTPUT = _facts(
    ("group", JOINED, "Name", "", "Name of the output's group, if it has one."),
    ("type", "Result.OutputFile.Type", "Text", "", "Type: `OSS` or `Media`."),
    (
        "media",
        "Result.OutputFile.Media",
        "Text",
        "",
        "Location of the file, as the API sent it.",
    ),
    (
        *("url", "Result.OutputFile.Url", "Text", "Text"),
        "URL of the file, in its http form if the API reports one.",
        "URL of the file.",
    ),
    ("template_id", JOINED, "Name", "Text", "ID of the requested template."),
    ("bucket", JOINED, "Name", "", "OSS bucket of the file."),
    ("key", JOINED, "Name", "", "OSS object key of the file."),
)
GROUP = _facts(
    ("type", JOINED, "Text", "", "Type: `File`, `Hls` or `Dash`."),
    ("manifest_url", JOINED, "Text", "", "URL of the manifest, for players."),
)
FILE = _facts(
    ("file_name", "FileName", "Text", "", "Name of the file."),
    (
        *("extension", COMPUTED, NO_OUTPUT, "Extension"),
        "Extension of the file name. It distinguishes mp4 from mov.",
    ),
    (
        *("format", "FormatName", "Word", "Format", "Names of the container format."),
        "Container format, by any common name. It matches any name that the API sent.",
    ),
    (
        *("file_size_bytes", "FileSize", "Count", "Number", "Size in bytes."),
        "Size in bytes. Unknown for manifests.",
    ),
    ("duration_seconds", "Duration", "Length", "Measure", "Duration in seconds."),
    (
        *("bitrate_kbps", "Bitrate", "Bitrate", "Measure", "Bit rate in kbit/s."),
        "Bit rate in kbit/s. Unknown for manifests.",
    ),
    (
        *("average_kbps", COMPUTED, NO_OUTPUT, "Measure"),
        "Average bit rate in kbit/s: size divided by duration. Unknown for manifests.",
    ),
    ("width", "Width", "Size", "Number", "Width in pixels."),
    ("height", "Height", "Size", "Number", "Height in pixels."),
    (
        *("av_drift_seconds", COMPUTED, NO_OUTPUT, "Measure"),
        "Largest difference between the durations of all streams, in seconds.",
    ),
    (
        *("video_count", COMPUTED, NO_OUTPUT, "Number"),
        "Number of video streams, without cover art.",
    ),
    ("audio_count", COMPUTED, NO_OUTPUT, "Number", "Number of audio streams."),
    ("media_id", "MediaId", "Text", "", "ID of the media asset."),
    ("region", "Region", "Text", "", "Region of the file."),
    ("file_url", "FileUrl", "Text", "", "URL of the file."),
    ("file_status", "FileStatus", "Text", "", "Status of the file, such as `Normal`."),
    ("file_type", "FileType", "Text", "", "Type: `source_file` or `transcode_file`."),
)
VIDEO = _facts(
    ("index", "Index", "Whole", "", "Position among the streams of the file."),
    ("codec", "Codec_name", "Word", "Codec", "Codec, such as `h264`.", _CODEC),
    ("codec_long_name", "Codec_long_name", "Word", "", "Full name of the codec."),
    (
        *("codec_tag", "Codec_tag", "Tag", "Word"),
        "Codec tag as a hexadecimal number.",
        _CODEC_TAG,
        "avc1, avc3, hvc1, hev1, mp4a",
    ),
    ("codec_tag_string", "Codec_tag_string", "Tag", "", "Codec tag, such as `hvc1`."),
    ("codec_time_base", "Codec_time_base", "Ratio", "", "Time base of the codec."),
    (
        *("profile", "Profile", "Word", "Profile", "Profile, such as `High`."),
        "Profile; case is ignored. `baseline` also matches Constrained Baseline.",
    ),
    (
        *("level", "Level", "Level", "Level"),
        "Level as the codec's own number: for H.264, 3.1 is 31.",
        _LEVEL,
    ),
    ("width", "Width", "Size", "Number", "Width in pixels, before rotation."),
    ("height", "Height", "Size", "Number", "Height in pixels, before rotation."),
    (
        *("long_edge", COMPUTED, "Size", "Number"),
        "The longer of width and height, in pixels.",
    ),
    (
        *("short_edge", COMPUTED, "Size", "Number"),
        "The shorter of width and height, in pixels.",
    ),
    (
        *("display_width", COMPUTED, "Size", "Number"),
        "Width in pixels as a viewer sees it, after rotation.",
        _DISPLAY_WIDTH,
    ),
    (
        *("display_height", COMPUTED, "Size", "Number"),
        "Height in pixels as a viewer sees it, after rotation.",
        _DISPLAY_HEIGHT,
    ),
    (
        *("fps", "Fps", "FrameRate", "Rate", "Frames per second."),
        "Frames per second: 29.97 is 30000/1001, but not 30.",
    ),
    ("avg_fps", "Avg_fps", "FrameRate", "Rate", "Average frames per second."),
    ("bitrate_kbps", "Bit_rate", "Bitrate", "Measure", "Bit rate in kbit/s."),
    ("duration_seconds", "Duration", "Length", "Measure", "Duration in seconds."),
    ("start_seconds", "Start_time", "Moment", "Number", "Start time in seconds."),
    (
        *("pix_fmt", "PixFmt", "Word", "Word", "Pixel format, such as `yuv420p`."),
        *("", "yuv420p, yuv422p, yuv444p, yuv420p10le, yuv422p10le"),
    ),
    (
        *("dar", "Dar", "Ratio", "Ratio", "Display aspect ratio, such as `16:9`."),
        *("", "16:9, 9:16, 4:3, 1:1"),
    ),
    (
        *("sar", "Sar", "Ratio", "Ratio", "Sample aspect ratio, such as `1:1`."),
        *("", "1:1"),
    ),
    (
        *("rotate", "Rotate", "Rotation", "Angle"),
        "Rotation in degrees, or the text that the API sent if it is not a number.",
        "Rotation in degrees; -90 and 270 are equal.",
    ),
    ("num_frames", "NumFrames", "Size", "Number", "Number of frames."),
    (
        *("has_b_frames", "Has_b_frames", "Count", ""),
        "Number of frames that the decoder reorders; 0 without B-frames.",
    ),
    ("time_base", "Time_base", "Ratio", "", "Time base of the stream."),
    ("lang", "Lang", "Word", "Language", "Language, as the API sent it.", _LANG),
)
AUDIO = _facts(
    ("index", "Index", "Whole", "", "Position among the streams of the file."),
    ("codec", "CodecName", "Word", "Codec", "Codec, such as `aac`.", _CODEC),
    ("codec_long_name", "CodecLongName", "Word", "", "Full name of the codec."),
    (
        *("codec_tag", "CodecTag", "Tag", "Word"),
        "Codec tag as a hexadecimal number.",
        _CODEC_TAG,
        "avc1, avc3, hvc1, hev1, mp4a",
    ),
    ("codec_tag_string", "CodecTagString", "Tag", "", "Codec tag, such as `mp4a`."),
    ("codec_time_base", "CodecTimeBase", "Ratio", "", "Time base of the codec."),
    ("channels", "Channels", "Size", "Number", "Number of channels."),
    (
        *("channel_layout", "ChannelLayout", "Layout", "Word"),
        "Channel layout, such as `stereo`.",
        "Channel layout, such as `stereo`; `5.1` and `5.1(side)` are equal.",
        "mono, stereo, 5.1, 7.1",
    ),
    ("sample_rate_hz", "SampleRate", "Size", "Number", "Sample rate in Hz."),
    ("sample_fmt", "SampleFmt", "Word", "", "Sample format, such as `fltp`."),
    ("bitrate_kbps", "Bitrate", "Bitrate", "Measure", "Bit rate in kbit/s."),
    ("duration_seconds", "Duration", "Length", "Measure", "Duration in seconds."),
    ("start_seconds", "StartTime", "Moment", "Number", "Start time in seconds."),
    ("time_base", "Timebase", "Ratio", "", "Time base of the stream."),
    ("lang", "Lang", "Word", "Language", "Language, as the API sent it.", _LANG),
)
PARTS = {
    "job": JOB,
    "output": PART + OUTPUT,
    "group": PART + GROUP,
    "file": FILE,
    "video": VIDEO,
    "audio": AUDIO,
}


def expected_fields(known: tuple[MediaFact, ...]) -> set[str]:
    """Name the facts that the API reports and that can be expected."""
    return {fact.name for fact in known if fact.is_field and fact.value_type}
