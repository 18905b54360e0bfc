"""A new rule, rolled out without stopping anybody: `advisory` warns and goes on.

The codec counts for the verdict. The bit rate is advice: this job misses it, which
every `pulumi up` says in a warning on the resource's row.
"""

import pulumi

from pulumi_alicloud_mediaconvert import MediaConvertJob

job = MediaConvertJob(
    "trailer",
    job_id=pulumi.Config().require("jobId"),
    expect={
        "outputs": [
            {
                "name": "720P-mp4",
                "video": {
                    "codec": "h264",
                    "bitrate_kbps": {
                        "max": 1500,
                        "enforcement_level": "advisory",
                        "message": "mobile viewers pay for every megabyte",
                    },
                },
            }
        ]
    },
)

pulumi.export("verdict", job.verdict)
pulumi.export(
    "advice", job.mismatches.apply(lambda found: [one["text"] for one in found])
)
