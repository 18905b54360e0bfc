"""Answers of the API about a job: made by hand, and the vendor's own sample."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.api.models import (
    AudioStream,
    Facts,
    FileInfo,
    Job,
    Output,
    OutputGroup,
    VideoStream,
)
from pulumi_alicloud_mediaconvert.emulator.jobs import sample_answer

JOB_ID = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
REGION = "cn-shanghai"
NAME = f"job {JOB_ID} ({REGION})"


def make_answer(
    state: str | None = "Success",
    outputs: Mapping[str, str | None] | None = None,
    groups: Mapping[str, Mapping[str, str | None]] | None = None,
    **fields: Any,
) -> dict[str, Any]:
    """Make the value of `Job`: statuses of outputs, and of outputs by group."""
    single = {"video": "Success"} if outputs is None else outputs
    grouped = groups or {}
    return {
        "JobId": JOB_ID,
        "State": state,
        "Config": {
            "Outputs": [{"Name": name} for name in single],
            "OutputGroups": [
                {"Name": group, "Outputs": [{"Name": name} for name in members]}
                for group, members in grouped.items()
            ],
        },
        "OutputDetails": [
            {"Name": name, "Status": status} for name, status in single.items()
        ],
        "OutputGroupDetails": [
            {
                "Name": group,
                "Status": "Success",
                "Outputs": [
                    {"Name": name, "Status": status} for name, status in members.items()
                ],
            }
            for group, members in grouped.items()
        ],
        **fields,
    }


VIDEO = {"Index": 0, "Codec_name": "h264", "Width": 1280, "Height": 720, "Fps": 25}
AUDIO = {"Index": 1, "CodecName": "aac", "Channels": 2, "SampleRate": 44100}
FILE = {"FormatName": "mov,mp4,m4a,3gp,3g2,mj2", "Duration": 403.04}
Wire = dict[str, Any]


def make_video(**facts: Any) -> Wire:
    """Make a video stream; `None` takes a fact away."""
    return _without_nothing({**VIDEO, **facts})


def make_audio(**facts: Any) -> Wire:
    """Make an audio stream; `None` takes a fact away."""
    return _without_nothing({**AUDIO, **facts})


def make_output(
    name: str = "video",
    *,
    status: str | None = "Success",
    video: Sequence[Wire] | None = None,
    audio: Sequence[Wire] | None = None,
    url: str = "http://example.org/media/video.mp4",
    **file: Any,
) -> Wire:
    """Make an output with media: one video and one audio stream by default."""
    info = _without_nothing({**FILE, **file})
    return {
        "Name": name,
        "Status": status,
        "Result": {
            "OutputFile": {"Type": "OSS", "Url": url},
            "OutFileMeta": {
                "FileBasicInfo": info,
                "VideoStreamInfoList": [make_video()] if video is None else [*video],
                "AudioStreamInfoList": [make_audio()] if audio is None else [*audio],
            },
        },
    }


def make_bare_output(name: str = "video", status: str | None = "Success") -> Wire:
    """Make an output of which no fact is reported but how it ended."""
    return {"Name": name, "Status": status}


def make_job(
    *outputs: Wire, groups: Mapping[str, Sequence[Wire]] | None = None, **fields: Any
) -> Wire:
    """Make the value of `Job` of a job that succeeded, all of it as requested."""
    grouped = groups or {}
    return {
        "JobId": JOB_ID,
        "State": "Success",
        "Config": {
            "Outputs": [{"Name": one["Name"], "TemplateId": "t"} for one in outputs],
            "OutputGroups": [
                {
                    "Name": name,
                    "GroupConfig": {"Type": "Hls"},
                    "Outputs": [{"Name": one["Name"]} for one in members],
                }
                for name, members in grouped.items()
            ],
        },
        "OutputDetails": [*outputs],
        "OutputGroupDetails": [
            {"Name": name, "Status": "Success", "Outputs": [*members]}
            for name, members in grouped.items()
        ],
        **fields,
    }


def _without_nothing(facts: Wire) -> Wire:
    return {key: value for key, value in facts.items() if value is not None}


# In what is never to be seen again.
SIGNATURE_MARK = "MARKEDSIGNATURE"
UNSIGNED_URL = "http://bucket.oss-cn-shanghai.aliyuncs.com/v.m3u8"
SIGNED_URL = (
    f"{UNSIGNED_URL}?Expires=1767323045&OSSAccessKeyId={SIGNATURE_MARK}id&Signature={SIGNATURE_MARK}"
    f"&security-token={SIGNATURE_MARK}token&x-oss-signature={SIGNATURE_MARK}4&auth_key=1-0-0-{SIGNATURE_MARK}cdn"
)
# What would be another job if it were another text.
UNSIGNED_KEYS = frozenset({"State", "Status", "JobId", "Name", "Type"})


def signed_answer(**fields: Any) -> dict[str, Any]:
    """Make the vendor's sample with a signed address in every text of it."""
    answer = sample_answer()
    job = {**answer["Job"], "Message": "bad", **fields}
    signed: dict[str, Any] = _signed({**answer, "Job": job})
    return signed


def _signed(value: Any, key: str = "") -> Any:
    if isinstance(value, Mapping):
        return {name: _signed(entry, name) for name, entry in value.items()}
    if isinstance(value, list):
        return [_signed(entry) for entry in value]
    if isinstance(value, str) and key not in UNSIGNED_KEYS:
        return (
            SIGNED_URL
            if "://" in value or not value
            else f"{value.strip()} {SIGNED_URL}"
        )
    return value


VENDOR_SAMPLE = Path(__file__).parents[1] / "data" / "vendor-example.json"
FactTable = list[tuple[str, str, object]]
BAD_CODE = "InvalidParameter.ResourceContentBad"
# Name on the wire, name in the model, value in the sample; `None`: not in the sample.
JOB_TABLE: FactTable = [
    ("JobId", "job_id", "******4579b5e748b99a27f6d6******"),
    ("State", "state", "Success"),
    ("Code", "code", BAD_CODE),
    ("Message", "message", "The resource operated InputFile is bad"),
    ("RequestId", "request_id", "******11-DB8D-4A9A-875B-275798******"),
    ("PipelineId", "pipeline_id", "83500cb2a3b94fabb0956e38d64bd16d"),
    ("ClientToken", "client_token", "780018cb-55ba-466d-8acc-946c0c319a0e"),
    ("UserData", "user_data", '{"videoId": "ddd333"}'),
    ("Percent", "percent", None),
    ("CreateTime", "create_time", None),
    ("FinishTime", "finish_time", None),
]
OUTPUT_TABLE: FactTable = [
    ("Name", "name", "720P-mp4"),
    ("Status", "status", "Success"),
    ("Code", "code", BAD_CODE),
    ("Message", "message", "The resource operated InputFile is bad"),
    ("TaskId", "task_id", "******4215e042b3966ca5441e******"),
    ("CreateTime", "create_time", "2024-12-07T06:06:58Z"),
    ("FinishTime", "finish_time", "2024-12-07T13:01:07Z"),
]
GROUP_TABLE: FactTable = [
    ("Name", "name", "hls-group"),
    ("Status", "status", "Success"),
    ("Code", "code", BAD_CODE),
    ("Message", "message", 'The resource operated "InputFile" is bad'),
    ("TaskId", "task_id", "******22dad741d086a50325f9******"),
    ("CreateTime", "create_time", "2025-03-21T01:48:41Z"),
    ("FinishTime", "finish_time", "2025-03-21T01:48:41Z"),
]
LOCATION_TABLE: FactTable = [
    ("Type", "type", "OSS"),
    ("Media", "media", "oss://bucket/path/to/video.mp4"),
    ("Url", "url", "oss://bucket/path/to/video.mp4"),
]
FILE_TABLE: FactTable = [
    ("FileName", "file_name", "file.m3u8"),
    ("FormatName", "format", "hls,applehttp"),
    ("FileSize", "file_size_bytes", 31737),
    ("Duration", "duration_seconds", 403.039999),
    ("Bitrate", "bitrate_kbps", 888.563),
    ("Width", "width", 848),
    ("Height", "height", 478),
    ("MediaId", "media_id", "9066406c306771f0bfa35107e0c90102"),
    ("Region", "region", "cn-shanghai"),
    (
        "FileUrl",
        "file_url",
        "http://bucket.oss-cn-shanghai.aliyuncs.com/path/to/file.m3u8",
    ),
    ("FileStatus", "file_status", "Normal"),
    ("FileType", "file_type", "source_file"),
]
VIDEO_TABLE: FactTable = [
    ("Index", "index", 0),
    ("Codec_name", "codec", "h264"),
    (
        "Codec_long_name",
        "codec_long_name",
        "H.264 / AVC / MPEG-4 AVC / MPEG-4 part 10",
    ),
    ("Codec_tag", "codec_tag", "0x001b"),
    ("Codec_tag_string", "codec_tag_string", "[27][0][0][0]"),
    ("Codec_time_base", "codec_time_base", "1/50"),
    ("Profile", "profile", "High"),
    ("Level", "level", 31),
    ("Width", "width", 848),
    ("Height", "height", 478),
    ("Fps", "fps", 25),
    ("Avg_fps", "avg_fps", 25),
    ("Bit_rate", "bitrate_kbps", 888.563),
    ("Duration", "duration_seconds", 403.039989),
    ("Start_time", "start_seconds", 1.473556),
    ("PixFmt", "pix_fmt", "yuv420p"),
    ("Dar", "dar", "16:9"),
    ("Sar", "sar", "478:477"),
    ("Rotate", "rotate", 0),
    ("NumFrames", "num_frames", 10040),
    ("Has_b_frames", "has_b_frames", 2),
    ("Time_base", "time_base", "1/90000"),
    ("Lang", "lang", "cn"),
]
AUDIO_TABLE: FactTable = [
    ("Index", "index", 1),
    ("CodecName", "codec", "aac"),
    ("CodecLongName", "codec_long_name", "AAC (Advanced Audio Coding)"),
    ("CodecTag", "codec_tag", "0x000f"),
    ("CodecTagString", "codec_tag_string", "[15][0][0][0]"),
    ("CodecTimeBase", "codec_time_base", "1/44100"),
    ("Channels", "channels", 2),
    ("ChannelLayout", "channel_layout", "stereo"),
    ("SampleRate", "sample_rate_hz", 44100),
    ("SampleFmt", "sample_fmt", "fltp"),
    # The sample says "0.f", which is no bit rate.
    ("Bitrate", "bitrate_kbps", None),
    ("Duration", "duration_seconds", 403.039989),
    ("StartTime", "start_seconds", 1.473556),
    ("Timebase", "time_base", "1/90000"),
    ("Lang", "lang", "cn"),
]
FACT_TABLES: dict[str, tuple[type[Facts], FactTable]] = {
    "job": (Job, JOB_TABLE),
    "output": (Output, OUTPUT_TABLE),
    "group": (OutputGroup, GROUP_TABLE),
    "file": (FileInfo, FILE_TABLE),
    "video": (VideoStream, VIDEO_TABLE),
    "audio": (AudioStream, AUDIO_TABLE),
}


def sample_job() -> Job:
    """Read the vendor's own job, as printed on its page."""
    return job_from_answer(json.loads(VENDOR_SAMPLE.read_text())["Job"])
