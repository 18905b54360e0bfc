"""A strict MP4 delivery: each file as ordered, and all with the same duration.

A resource that uses the URL is created only if the job meets all expectations.
"""

import pulumi

from pulumi_alicloud_mediaconvert import (
    AudioExpectationArgs,
    MeasureMatcherArgs,
    MediaConvertJob,
)

LENGTH: MeasureMatcherArgs = {"near": 403, "tolerance": 0.5}
STEREO: AudioExpectationArgs = {
    "codec": "aac",
    "channels": 2,
    "sample_rate_hz": 44100,
    "lang": "zh",
}

job = MediaConvertJob(
    "trailer",
    job_id=pulumi.Config().require("jobId"),
    expect={
        "outputs": [
            {
                "name": "720P-mp4",
                "extension": "mp4",
                "duration_seconds": LENGTH,
                "average_kbps": {"max": 2500},
                "av_drift_seconds": {"max": 0.1},
                "video": {
                    "codec": "H.264",
                    "profile": "high",
                    "level": "3.1",
                    "width": 1280,
                    "height": 720,
                    "dar": "16:9",
                    "fps": 25,
                    "bitrate_kbps": {"near": 1800, "tolerance_percent": 10},
                },
                "audio": [STEREO],
                "audio_count": 1,
            },
            {
                "name": "audio-m4a",
                "duration_seconds": LENGTH,
                "video": [],
                "audio": STEREO,
            },
        ],
        "consistent": {"duration_seconds": 0.1},
    },
)

pulumi.export("verdict", job.verdict)
pulumi.export("url", job.output("720P-mp4").url)
