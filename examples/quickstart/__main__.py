"""Wait for one transcoding job, stop if it is bad, and export what it delivered.

`pulumi up` shows the progress of the job and then its verdict. Another stack can read
the facts with a `StackReference`.
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
