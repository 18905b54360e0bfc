"""The sample answer of the vendor's page, and what each of its fields is there."""

from __future__ import annotations

import json
from pathlib import Path

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

SAMPLE = Path(__file__).parents[1] / "data" / "vendor-example.json"
Table = list[tuple[str, str, object]]
BAD_CODE = "InvalidParameter.ResourceContentBad"

# Name on the wire, name in the model, value in the sample; `None`: not in the sample.
JOB: Table = [
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
OUTPUT: Table = [
    ("Name", "name", "720P-mp4"),
    ("Status", "status", "Success"),
    ("Code", "code", BAD_CODE),
    ("Message", "message", "The resource operated InputFile is bad"),
    ("TaskId", "task_id", "******4215e042b3966ca5441e******"),
    ("CreateTime", "create_time", "2024-12-07T06:06:58Z"),
    ("FinishTime", "finish_time", "2024-12-07T13:01:07Z"),
]
GROUP: Table = [
    ("Name", "name", "hls-group"),
    ("Status", "status", "Success"),
    ("Code", "code", BAD_CODE),
    ("Message", "message", 'The resource operated "InputFile" is bad'),
    ("TaskId", "task_id", "******22dad741d086a50325f9******"),
    ("CreateTime", "create_time", "2025-03-21T01:48:41Z"),
    ("FinishTime", "finish_time", "2025-03-21T01:48:41Z"),
]
PLACE: Table = [
    ("Type", "type", "OSS"),
    ("Media", "media", "oss://bucket/path/to/video.mp4"),
    ("Url", "url", "oss://bucket/path/to/video.mp4"),
]
FILE: Table = [
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
VIDEO: Table = [
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
AUDIO: Table = [
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
TABLES: dict[str, tuple[type[Facts], Table]] = {
    "job": (Job, JOB),
    "output": (Output, OUTPUT),
    "group": (OutputGroup, GROUP),
    "file": (FileInfo, FILE),
    "video": (VideoStream, VIDEO),
    "audio": (AudioStream, AUDIO),
}


def sample_job() -> Job:
    """Read the vendor's own job, as printed on its page."""
    return job_from_answer(json.loads(SAMPLE.read_text())["Job"])
