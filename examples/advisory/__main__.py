"""A new rule, rolled out without stopping deployments: `advisory` only warns.

The codec counts for the verdict. The bit rate is a new rule that current jobs do not
meet:

1. The rule starts as advisory. If a job does not meet it, `pulumi up` shows a warning
   on the row of the job. The export `advice` lists what to fix in each stack.
2. When that list is empty, `pulumi config set enforceBitrate true` makes the rule
   mandatory, one stack at a time. A job that does not meet it then stops the `up`.
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
