"""A delivery from plain facts, by the fields of the package's outputs.

This module has its own mapping of facts to the vendor's keys, apart from the code that
reads them: the package verifies the response with the vendor's keys.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from pulumi_alicloud_mediaconvert.emulator.delivery import (
    DeliveredGroup,
    DeliveredOutput,
    Delivery,
    Json,
)
from pulumi_alicloud_mediaconvert.emulator.media import SOURCE, oss

Facts = Mapping[str, Any]


# The vendor's keys, by the names of the package's outputs.
VIDEO = {
    # written by scripts/generate: video
    "index": "Index",
    "codec": "Codec_name",
    "codec_long_name": "Codec_long_name",
    "codec_tag": "Codec_tag",
    "codec_tag_string": "Codec_tag_string",
    "codec_time_base": "Codec_time_base",
    "profile": "Profile",
    "level": "Level",
    "width": "Width",
    "height": "Height",
    "fps": "Fps",
    "avg_fps": "Avg_fps",
    "bitrate_kbps": "Bit_rate",
    "duration_seconds": "Duration",
    "start_seconds": "Start_time",
    "pix_fmt": "PixFmt",
    "dar": "Dar",
    "sar": "Sar",
    "rotate": "Rotate",
    "num_frames": "NumFrames",
    "has_b_frames": "Has_b_frames",
    "time_base": "Time_base",
    "lang": "Lang",
    # end
}
AUDIO = {
    # written by scripts/generate: audio
    "index": "Index",
    "codec": "CodecName",
    "codec_long_name": "CodecLongName",
    "codec_tag": "CodecTag",
    "codec_tag_string": "CodecTagString",
    "codec_time_base": "CodecTimeBase",
    "channels": "Channels",
    "channel_layout": "ChannelLayout",
    "sample_rate_hz": "SampleRate",
    "sample_fmt": "SampleFmt",
    "bitrate_kbps": "Bitrate",
    "duration_seconds": "Duration",
    "start_seconds": "StartTime",
    "time_base": "Timebase",
    "lang": "Lang",
    # end
}
FILE = {
    # written by scripts/generate: file
    "file_name": "FileName",
    "format": "FormatName",
    "file_size_bytes": "FileSize",
    "duration_seconds": "Duration",
    "bitrate_kbps": "Bitrate",
    "width": "Width",
    "height": "Height",
    "media_id": "MediaId",
    "region": "Region",
    "file_url": "FileUrl",
    "file_status": "FileStatus",
    "file_type": "FileType",
    # end
}
# Codecs as a request names them, by the reported name.
REQUESTED_CODECS = {"h264": "H.264", "hevc": "H.265", "aac": "AAC", "mp3": "MP3"}


def delivery_of(ordered: Facts) -> Delivery:
    """Build a delivery.

    Args:
        ordered: `outputs`, each with its `group`, and `groups`.
    """
    outputs = [(one.get("group"), _delivered(one)) for one in ordered["outputs"]]
    groups = tuple(
        DeliveredGroup(
            group["name"],
            _settings(group),
            tuple(one for name, one in outputs if name == group["name"]),
            group["status"],
        )
        for group in ordered["groups"]
    )
    single = tuple(one for name, one in outputs if name is None)
    return Delivery(single, groups, (SOURCE,))


def _settings(group: Facts) -> Json:
    kind = {} if group["type"] is None else {"Type": group["type"]}
    return {
        **kind,
        "ManifestName": "manifest",
        "OutputFileBase": oss(f"made/{group['name']}/"),
    }


def _delivered(output: Facts) -> DeliveredOutput:
    request: Json = {"Name": output["name"], "Priority": 6}
    if output.get("template_id") is not None:
        request["TemplateId"] = output["template_id"]
    if output["status"] == "Success":
        request["OverrideParams"] = json.dumps(_override(output))
    return DeliveredOutput(
        output["name"], request, partial(_result, output), output["status"]
    )


def _override(output: Facts) -> Json:
    """Build the parameters of a request for this output, with numbers as text."""
    params: Json = {}
    for video in output["video_streams"][:1]:
        stated = {"Width": video["width"], "Height": video["height"]}
        params["Video"] = _stated(video, stated | {"Fps": video["fps"]})
    for audio in output["audio_streams"][:1]:
        stated = {
            "Channels": audio["channels"],
            "Samplerate": audio["sample_rate_hz"],
        }
        params["Audio"] = _stated(audio, stated)
    return params


def _stated(stream: Facts, numbers: Facts) -> Json:
    codec = REQUESTED_CODECS.get(stream["codec"])
    stated = {} if codec is None else {"Codec": codec}
    known = {key: f"{value:g}" for key, value in numbers.items() if value is not None}
    return stated | known


def _result(output: Facts, region: str, media_id: str) -> Json:
    place = {"Type": output["type"], "Media": output["media"], "Url": output["url"]}
    file = {
        "MediaId": media_id,
        "FileStatus": "Normal",
        "FileType": "transcode_file",
        "Region": region,
        "FileUrl": output["url"],
        **_sent(FILE, output["file"]),
    }
    return {
        "OutputFile": _reported(place),
        "OutFileMeta": {
            "FileBasicInfo": _reported(file),
            "VideoStreamInfoList": [
                _sent(VIDEO, one) for one in output["video_streams"]
            ],
            "AudioStreamInfoList": [
                _sent(AUDIO, one) for one in output["audio_streams"]
            ],
        },
    }


def _sent(names: Mapping[str, str], facts: Facts) -> Json:
    return _reported({name: facts.get(field) for field, name in names.items()})


def _reported(facts: Facts) -> Json:
    return {name: value for name, value in facts.items() if value is not None}
