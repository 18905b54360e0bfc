"""Wait for one transcoding job, stop if it went wrong, export what it delivered.

`pulumi up` shows the job's progress and then its verdict; a second stack can read
the facts by `StackReference`.
"""

import pulumi

from pulumi_alicloud_mediaconvert import MediaConvertJob

job = MediaConvertJob(
    "trailer",
    job_id=pulumi.Config().require("jobId"),
    wait={"timeout": "2h", "stall_timeout": "15m"},
)

pulumi.export("verdict", job.verdict)
pulumi.export("url", job.output("720P-mp4").url)
pulumi.export("trailer", job.facts)
