"""The media of a job without expectations: as requested, and as delivered.

Two single files and an HLS group of two, each 403.04 seconds long.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from typing import Any

from pulumi_alicloud_mediaconvert.emulator.delivery import (
    DeliveredGroup,
    DeliveredOutput,
    Delivery,
)

Json = dict[str, Any]

BUCKET = "media-bucket"
GROUP_NAME = "hls-group"
DURATION_SECONDS = 403.04
FPS = 25
AUDIO_KBPS = 128.0
_TEMPLATES = {"video": "1f7ec5e8f6174b0c8a0c47ad23c1e2b5", "audio": "92d0b1f5c1d24a8f"}


def oss(key: str) -> Json:
    """Describe an object of the bucket as the API does."""
    return {"Type": "OSS", "Media": f"oss://{BUCKET}/{key}", "Url": ""}


SOURCE = {"Name": "InputVideo", "InputFile": oss("masters/trailer.mov")}


@dataclass(frozen=True)
class Rendition:
    """One delivered file; `size` is width and height, `None` without video."""

    name: str
    key: str
    format_name: str
    video_kbps: float = 0
    size: tuple[int, int] | None = None
    codec_tag: tuple[str, str] = ("0x31637661", "avc1")

    @property
    def is_manifest(self) -> bool:
        """Whether the file is a playlist: its size is not that of the media."""
        return self.key.endswith(".m3u8")

    @property
    def kbps(self) -> float:
        """Bit rate of all streams together, in kbit/s."""
        return self.video_kbps + AUDIO_KBPS


_MP4 = "mov,mp4,m4a,3gp,3g2,mj2"
_TS_TAG = ("0x001b", "[27][0][0][0]")
SINGLE_OUTPUTS = (
    Rendition("720P-mp4", "trailer/720p.mp4", _MP4, 1800.5, (1280, 720)),
    Rendition("audio-m4a", "trailer/audio.m4a", _MP4),
)
GROUP_OUTPUTS = (
    Rendition(
        "720P-ts",
        "trailer/hls/720p.m3u8",
        "hls,applehttp",
        1750.2,
        (1280, 720),
        _TS_TAG,
    ),
    Rendition(
        "480P-ts", "trailer/hls/480p.m3u8", "hls,applehttp", 888.5, (854, 480), _TS_TAG
    ),
)


def usual_delivery() -> Delivery:
    """Build what a job without expectations delivers."""
    group = DeliveredGroup(
        GROUP_NAME,
        {
            "Type": "Hls",
            "ManifestName": "manifest",
            "OutputFileBase": oss("trailer/hls/"),
        },
        tuple(
            _delivered(r, {"OutputFileName": r.key.rpartition("/")[2]})
            for r in GROUP_OUTPUTS
        ),
    )
    return Delivery(
        tuple(_delivered(r, {"OutputFile": oss(r.key)}) for r in SINGLE_OUTPUTS),
        (group,),
        (SOURCE,),
    )


def _delivered(rendition: Rendition, place: Json) -> DeliveredOutput:
    return DeliveredOutput(
        rendition.name, {**_request(rendition), **place}, partial(_result, rendition)
    )


def _request(rendition: Rendition) -> Json:
    return {
        "Name": rendition.name,
        "TemplateId": _TEMPLATES["video" if rendition.size else "audio"],
        "Priority": 6,
        # JSON text, as in the vendor's structure.
        "OverrideParams": json.dumps(_override(rendition)),
        "Features": "{}",
    }


def _override(rendition: Rendition) -> Json:
    """Build the parameters of a rendition that its template leaves open."""
    sound = {"Codec": "AAC", "Channels": "2", "Samplerate": "44100"}
    if rendition.size is None:
        return {"Container": {"Format": "m4a"}, "Audio": sound}
    width, height = rendition.size
    picture = {"Codec": "H.264", "Width": str(width), "Height": str(height)}
    return {"Video": picture | {"Fps": str(FPS)}, "Audio": sound}


def _result(rendition: Rendition, region: str, media_id: str) -> Json:
    """Build `Result` of a delivered output: its location and its media."""
    url = f"http://{BUCKET}.oss-{region}.aliyuncs.com/{rendition.key}"
    audio_index = 1 if rendition.size else 0
    return {
        "OutputFile": {**oss(rendition.key), "Url": url},
        "OutFileMeta": {
            "FileBasicInfo": _file(rendition, region, media_id, url),
            "VideoStreamInfoList": [_video(rendition)] if rendition.size else [],
            "AudioStreamInfoList": [_audio(audio_index)],
        },
    }


def _file(rendition: Rendition, region: str, media_id: str, url: str) -> Json:
    width, height = rendition.size or (0, 0)
    media_bytes = int(rendition.kbps * 1000 / 8 * DURATION_SECONDS)
    return {
        "MediaId": media_id,
        "FileName": rendition.key.rpartition("/")[2],
        "FileStatus": "Normal",
        "FileType": "transcode_file",
        "FileSize": 31737 if rendition.is_manifest else media_bytes,
        "FileUrl": url,
        "Region": region,
        "FormatName": rendition.format_name,
        "Duration": DURATION_SECONDS,
        "Bitrate": rendition.kbps,
        "Width": width,
        "Height": height,
    }


def _video(rendition: Rendition) -> Json:
    width, height = rendition.size or (0, 0)
    tag, tag_text = rendition.codec_tag
    return {
        "Index": 0,
        "Codec_name": "h264",
        "Codec_long_name": "H.264 / AVC / MPEG-4 AVC / MPEG-4 part 10",
        "Codec_tag": tag,
        "Codec_tag_string": tag_text,
        "Codec_time_base": "1/50",
        "Profile": "High",
        "Level": 31,
        "Width": width,
        "Height": height,
        "Has_b_frames": 2,
        # 854 by 480 is not quite 16:9, so its pixels are not square.
        "Sar": "1:1" if width * 9 == height * 16 else f"{height * 16}:{width * 9}",
        "Dar": "16:9",
        "PixFmt": "yuv420p",
        "Rotate": 0,
        "Fps": FPS,
        "Avg_fps": FPS,
        "Time_base": "1/90000",
        "Start_time": 0.0,
        "Duration": DURATION_SECONDS,
        "Bit_rate": rendition.video_kbps,
        "NumFrames": int(DURATION_SECONDS * FPS),
        "Lang": "und",
    }


def _audio(index: int) -> Json:
    return {
        "Index": index,
        "CodecName": "aac",
        "CodecLongName": "AAC (Advanced Audio Coding)",
        "CodecTag": "0x6134706d",
        "CodecTagString": "mp4a",
        "CodecTimeBase": "1/44100",
        "SampleFmt": "fltp",
        "SampleRate": 44100,
        "Channels": 2,
        "ChannelLayout": "stereo",
        "Timebase": "1/44100",
        "StartTime": 0.0,
        "Duration": DURATION_SECONDS,
        "Bitrate": AUDIO_KBPS,
        "Lang": "zh",
    }
