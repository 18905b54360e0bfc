"""An HLS group: its renditions, what all of them must meet, and its manifest.

`where` selects outputs by facts instead of names. For HLS, expect sizes and bit rates
of the streams: the file of an HLS output is a manifest, so its size and bit rate are
not those of the media.
"""

import pulumi

from pulumi_alicloud_mediaconvert import MediaConvertJob

job = MediaConvertJob(
    "trailer",
    job_id=pulumi.Config().require("jobId"),
    expect={
        "output_groups": [
            {
                "name": "hls-group",
                "type": "Hls",
                "output_count": {"min": 2},
                "outputs": [
                    {
                        "where": {"format": "hls"},
                        "duration_seconds": {"near": 403, "tolerance": 0.5},
                        "video": {"codec": "h264", "fps": {"max": 30}, "dar": "16:9"},
                        "audio": {"codec": "aac"},
                    },
                    {"name": "720P-ts", "video": {"short_edge": 720}},
                    {"name": "480P-ts", "video": {"short_edge": 480}},
                ],
            }
        ],
        "rules": [
            {
                "query": "output_groups[?manifest_url].name | length(@)",
                "must_be": 1,
                "message": "the player needs one manifest",
            }
        ],
    },
)

pulumi.export("verdict", job.verdict)
pulumi.export("manifest", job.manifest_urls["hls-group"])
