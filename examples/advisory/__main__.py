"""A new rule, rolled out without stopping anybody: `advisory` warns and goes on.

The codec counts for the verdict. The bit rate is a new rule, which today's jobs miss:

1. It begins as advice. Every `pulumi up` says who misses it, in a warning on the row of
   the job, and `advice` of all stacks is the list of what has to be mended.
2. When that list is empty, `pulumi config set enforceBitrate true` makes it binding,
   stack by stack. What misses it then stops the deployment.
"""

import pulumi

from pulumi_alicloud_mediaconvert import MediaConvertJob

config = pulumi.Config()
is_binding = config.get_bool("enforceBitrate") or False

job = MediaConvertJob(
    "trailer",
    job_id=config.require("jobId"),
    expect={
        "outputs": [
            {
                "name": "720P-mp4",
                "video": {
                    "codec": "h264",
                    "bitrate_kbps": {
                        "max": 1500,
                        "enforcement_level": "mandatory" if is_binding else "advisory",
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
